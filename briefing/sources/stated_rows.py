"""Rows held against the passages cited for them: a value counts only together with the row's name or time.

A passage that gives several values gives each beside a name or a time. Which belongs to which is read from
the order within its sentence, or from the term that has both; where that leaves it open, either counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.language import source_dates
from briefing.language.lexicon import folded
from briefing.language.source_words import SourceWords
from briefing.model import edtf
from briefing.model.facts import Fact, Row
from briefing.model.library import Library
from briefing.model.values import Date, Label, Money, Quantity
from briefing.sources import stated, stated_dates, term_matching
from briefing.sources.stated import Passage

Span = tuple[int, int]
_SENTENCE = re.compile(r"[.!?](?=\s+[^\s\da-zà-ÿ])")
_WORD = re.compile(r"[^\W_]+")
_LABELLED = re.compile(r"\s*[:=(–-]\s*")
"""What is between the head of a cell and its figure."""
_LEAST_STEM = 0.75


@dataclass(frozen=True, slots=True)
class RowLack:
    """What the passages of a row do not state together with its value."""

    part: str
    """name or time."""
    wanted: str
    """The name or the date of the row."""
    found: tuple[str, ...] = ()
    """The names or the times that they have in its place, as they write them."""
    has_value: bool = False
    """Whether they state the value, beside another name or time."""


def is_misread_date(row: Row) -> bool:
    """Return whether the id of a row is made of figures as a date is, and is none: 20226, 2026-13."""
    return not row.name and bool(re.fullmatch(r"\d{3,}[\d-]*", row.id)) and not edtf.is_date(row.id)


def lacking(fact: Fact, row: Row, cited: Sequence[Passage], library: Library) -> RowLack | None:
    """Return what the passages do not state of a row; None where one states its value and what it is of."""
    if not cited or (row.value is None and not row.evidence):
        return None
    reader = _Reader(fact, row, library)
    if not reader.can_read(cited):
        return None
    read = [reader.read(item) for item in cited]
    if any(item.is_stated for item in read):
        return None
    # The head of a table may be a passage of its own, beside that of the value.
    heads = [item for item in read if item.own and not item.figures]
    if any(item.has_value and not item.own and not item.rivals for item in read) and heads:
        return None
    if all(not item.own and not item.rivals for item in read) and not reader.is_demanded(cited):
        return None
    found = tuple(dict.fromkeys(text for item in read for text in item.rivals))
    return RowLack(reader.part, reader.wanted, found, any(item.has_value for item in read))


def values(fact: Fact, cited: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """Return the figures of some passages that are of the kind of the values of a fact's rows."""
    model = next((row.value for row in fact.rows if isinstance(row.value, Quantity | Money)), None)
    if model is None:
        return ()
    return tuple(
        text[start:end]
        for item in cited
        for text in stated.joined(item.evidence.terms)
        for start, end, _ in stated.figures_for(model, text, item, library)
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What one passage has for a row."""

    is_stated: bool
    """Whether it states the value of the row together with its name or time."""
    has_value: bool
    own: tuple[Span, ...]
    """Where it has the name or the time of the row."""
    rivals: tuple[str, ...]
    """The names of other rows, or other times, that it has."""
    figures: tuple[Span, ...]
    """Where it has a figure that could be the value of a row."""


class _Reader:
    """What names a row and what names the other rows of its fact."""

    def __init__(self, fact: Fact, row: Row, library: Library) -> None:
        self.row, self.library = row, library
        self.is_time = edtf.is_date(row.id)
        self.when = row.when if self.is_time else None
        self.part = "time" if self.is_time else "name"
        self.wanted = self.when.edtf if self.when else row.named
        self.names = _names(row, library)
        self.others = [_names(other, library) for other in fact.rows if other.id != row.id]
        value = row.value
        basis = value.price_basis or "" if isinstance(value, Money) else ""
        self.price_years = {int(year) for year in re.findall(r"\d{4}", basis)}

    def can_read(self, cited: Sequence[Passage]) -> bool:
        """Return whether the passages can state it: a time that is marked as inferred, they need not."""
        return bool(cited) and not (self.when and self.when.inferred)

    def is_demanded(self, cited: Sequence[Passage]) -> bool:
        """Return whether a passage must have it: a name need not, in a language whose words are not known."""
        return self.is_time or any(item.words.is_known for item in cited)

    def read(self, item: Passage) -> _Read:
        texts = (item.paragraph,) if item.paragraph else stated.joined(item.evidence.terms)
        parts = [self._of_text(text, item) for text in texts]
        is_stated = any(part.is_stated for part in parts)
        if not is_stated and not item.paragraph:
            # Without the capture, another term may have the name, unless it has a figure of its own.
            values = [part for part in parts if part.has_value and not part.own and not part.rivals]
            names = [part for part in parts if part.own and not part.figures]
            is_stated = bool(names) and (bool(values) or self._has_no_figure(item))
        return _Read(
            is_stated,
            any(part.has_value for part in parts),
            tuple(span for part in parts for span in part.own),
            tuple(text for part in parts for text in part.rivals),
            tuple(span for part in parts for span in part.figures),
        )

    def _has_no_figure(self, item: Passage) -> bool:
        """Return whether the value is not in figures, so that its own check says what of it is stated."""
        return not isinstance(self.row.value, Quantity | Money) or not item.figures

    def _of_text(self, text: str, item: Passage) -> _Read:
        own, rivals = self._dates(text, item) if self.is_time else self._named(text, item.words)
        values, others = self._figures(text, item)
        rival_texts = tuple(text[start:end] for start, end in rivals)
        if not values:
            is_free = self._has_no_figure(item)
            return _Read(bool(own) and is_free, False, own, rival_texts, others)
        cited = [span for term in item.evidence.terms for span in term_matching.spans(term, text)] or [
            (0, len(text))
        ]
        figures = tuple(sorted({*values, *others}))
        is_stated = any(
            _belongs(
                text, value, figures, own, rivals, [span for span in cited if _touch(value, span)], item.words
            )
            for value in values
        )
        return _Read(is_stated, True, own, rival_texts, figures)

    def _figures(self, text: str, item: Passage) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Return where a text has the value of the row, and where other figures of its kind."""
        value = self.row.value
        if isinstance(value, Label | Date) or value is None:
            return (), ()
        found = tuple(stated.figures_for(value, text, item, self.library))
        mine = tuple((start, end) for start, end, is_same in found if is_same)
        return mine, tuple((start, end) for start, end, is_same in found if not is_same)

    # ------------------------------------------------------------------------------------------- times

    def _dates(self, text: str, item: Passage) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Return where a text has the time of the row, and where another."""
        when = self.when or Date(str(self.row.id))
        days = source_dates.find(text, item.words)
        registered = stated_dates.registered((item.evidence,), self.library)
        points = [point for point in dict.fromkeys((when.span.start, when.span.end)) if point]
        own, rivals = [], []
        for day in days:
            if any(stated_dates.is_point(point, day, days, item, registered) for point in points):
                own.append((day.start, day.end))
            elif day.year and any(
                point.earliest.year != day.year or point.precision != "year" for point in points
            ):
                is_coarser = any(
                    point.earliest.year == day.year and not day.month and not day.season for point in points
                )
                if not is_coarser and day.year not in self.price_years:
                    rivals.append((day.start, day.end))
        own = [span for span in own if span not in rivals]
        if not all(
            any(stated_dates.is_point(point, day, days, item, registered) for day in days) for point in points
        ):
            own = []
        return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(rivals))

    # ------------------------------------------------------------------------------------------- names

    def _named(self, text: str, words: SourceWords) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Return where a text has the name of the row, and where that of another; the longer name counts."""
        own = [span for name in self.names for span in _mentions(name, text, words)]
        others = [span for names in self.others for name in names for span in _mentions(name, text, words)]
        rivals = [span for span in others if not any(_within(span, mine) for mine in own)]
        own = [span for span in own if not any(_within(span, other) and span != other for other in others)]
        return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(rivals))


def _names(row: Row, library: Library) -> tuple[str, ...]:
    """Return the names of a row: its own, and those that the registers give for it."""
    if edtf.is_date(row.id) and not row.name:
        return ()
    names = [row.named]
    for record in library.named():
        if record.id == row.id or folded(row.named) in (folded(record.name), *map(folded, record.names)):
            names += [record.name, *record.names]
    if matter := library.matters.get(row.id):
        names += [matter.name, matter.label]
    return tuple(dict.fromkeys(filter(None, names)))


def _mentions(name: str, text: str, words: SourceWords) -> Iterator[Span]:
    """Yield where a text has a name in whole words; in an unknown language, anywhere."""
    if not words.is_known:
        at = text.casefold().find(name.casefold())
        if at >= 0:
            yield at, at + len(name)
        return
    wanted = _WORD.findall(name)
    tokens = list(_WORD.finditer(text))
    for index in range(len(tokens) - len(wanted) + 1 if wanted else 0):
        window = tokens[index : index + len(wanted)]
        if all(
            _is_form(one, other.group(), words.language) for one, other in zip(wanted, window, strict=True)
        ):
            yield window[0].start(), window[-1].end()


def _is_form(word: str, other: str, language: str) -> bool:
    """Return whether two words of names are one: they may differ in the ending of a case or of a plural."""
    one, two = folded(word), folded(other)
    if one == two:
        return True
    if not (one.isalpha() and two.isalpha()):
        return False
    stem = 0
    while stem < min(len(one), len(two)) and one[stem] == two[stem]:
        stem += 1
    ends = one[stem:], two[stem:]
    if language == "en":
        return stem >= 3 and not any(end not in ("", "s") for end in ends)
    return stem >= max(3, _LEAST_STEM * min(len(one), len(two))) and all(len(end) <= 2 for end in ends)


# ------------------------------------------------------------------------------------------------- pairs


def _belongs(
    text: str,
    value: Span,
    figures: Sequence[Span],
    own: Sequence[Span],
    rivals: Sequence[Span],
    terms: Sequence[Span],
    words: SourceWords,
) -> bool:
    """Return whether a figure of a text belongs to one of the names or times that are the row's."""
    if not own:
        return False
    if not rivals:
        return True
    start, end = _sentence(text, value)
    figures, own, rivals = (
        [span for span in spans if start <= span[0] and span[1] <= end] for spans in (figures, own, rivals)
    )
    keys = {**dict.fromkeys(rivals, False), **dict.fromkeys(own, True)}
    if not keys:
        return True  # what it is of is said elsewhere in the paragraph
    for key, is_own in keys.items():
        if key[1] <= value[0] and _LABELLED.fullmatch(text, key[1], value[0]):
            return is_own
    events = sorted([*((span, True) for span in figures), *((span, False) for span in keys)])
    if (partner := _in_rows(value, events)) is not None:
        return keys[partner]
    near = [key for key in _beside(value, events) if not _is_broken(text, key, value, words)]
    if len(near) == 1:
        return keys[near[0]]
    if (partner := _in_turn(value, events)) is not None:
        return keys[partner]
    in_term = {key: is_own for key, is_own in keys.items() if any(_within(key, term) for term in terms)}
    if in_term:
        return any(in_term.values())
    beside = list(_beside(value, events))
    return any(keys[key] for key in beside) if beside else bool(own)


def _in_rows(value: Span, events: Sequence[tuple[Span, bool]]) -> Span | None:
    """Return the name or time of a figure where as many come in a row as figures; else None."""
    kinds = [is_figure for _, is_figure in events]
    half, index = len(kinds) // 2, events.index((value, True))
    if half > 1 and kinds in ([True] * half + [False] * half, [False] * half + [True] * half):
        return events[index + half if kinds[0] else index - half][0]
    return None


def _in_turn(value: Span, events: Sequence[tuple[Span, bool]]) -> Span | None:
    """Return the name or time of a figure where these and figures take turns; else None."""
    kinds = [is_figure for _, is_figure in events]
    half, index = len(kinds) // 2, events.index((value, True))
    if half > 1 and kinds in ([True, False] * half, [False, True] * half):
        return events[index + 1 if kinds[0] else index - 1][0]
    return None


def _beside(value: Span, events: Sequence[tuple[Span, bool]]) -> Iterator[Span]:
    """Yield the names or times just before and just after a figure, with no other figure between."""
    index = events.index((value, True))
    for run in (events[:index][::-1], events[index + 1 :]):
        if run and not run[0][1]:
            yield run[0][0]


def _is_broken(text: str, key: Span, value: Span, words: SourceWords) -> bool:
    """Return whether a comma or an "and" is between a figure and a name or time."""
    between = text[key[1] : value[0]] if key < value else text[value[1] : key[0]]
    joins = {folded(join) for join in words.words.get("joins", ())}
    return bool(re.search(r"[,;]", between)) or any(folded(word) in joins for word in between.split())


def _sentence(text: str, value: Span) -> Span:
    """Return where the sentence of a figure begins and ends."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return (
        max((end for end in ends if end <= value[0]), default=0),
        min((end for end in ends if end >= value[1]), default=len(text)),
    )


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _touch(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]
