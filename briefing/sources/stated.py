"""Amounts and labels held against the passages that are cited for them: what of a value no passage states.

A passage is read in its own language: its terms, which every project has, or, where its capture is at hand,
the figures and dates of its paragraph that the terms touch. This is a pure step from records and texts to
what is missing; the checks say what it means for an author.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from briefing.language import source_dates, source_figures, source_words
from briefing.language.lexicon import expression, folded, spelled
from briefing.language.source_dates import StatedDate
from briefing.language.source_figures import StatedFigure
from briefing.language.source_words import SourceWords
from briefing.model.amounts import as_counted
from briefing.model.library import Library
from briefing.model.project_words import UnitNames
from briefing.model.scales import Bound, ValuePart
from briefing.model.sources import Evidence
from briefing.model.values import Label, Money, Quantity
from briefing.sources import term_matching

_ENDINGS = frozenset(("", "s", "es", "y", "ies", "'s", "’s", "s'", "s’"))
"""Endings by which two forms of one English word may differ: ferry, ferries."""
_LEAST_STEM = 3
SMALL_WORD = 3
"""The most letters of a word that need not be cited: of, the, for."""
_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One cited passage, read for what it states."""

    evidence: Evidence
    words: SourceWords
    texts: tuple[str, ...]
    """Its terms."""
    figures: tuple[StatedFigure, ...]
    """The figures of its terms, or those of its paragraph that the terms touch."""
    dates: tuple[StatedDate, ...]
    """The same for dates."""
    paragraph: str = ""
    """The whole paragraph; empty where the capture is not at hand."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A part of a value that no cited passage states."""

    part: str
    """Its name: amount, bound, unit, currency, instrument, text, year, month, day, season, bound."""
    wanted: str
    """What the record has."""
    found: tuple[str, ...] = ()
    """What the passages have in its place, as they write it."""
    bounds: tuple[str, ...] = ()
    """The bounds that the words beside the figure give it, where the record has another one or none."""


def passages(
    evidence: Iterable[Evidence], library: Library, texts: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> tuple[Passage, ...]:
    """Return the passages of some evidence; ``texts`` are paragraphs by source where captures are at hand."""
    return tuple(_passage(item, library, texts) for item in evidence if item.source in library.sources)


def _passage(item: Evidence, library: Library, texts: Mapping[str, Sequence[str]]) -> Passage:
    words = source_words.of_language(library.sources[item.source].language)
    known = texts.get(item.source, ())
    paragraph = known[item.paragraph - 1] if 0 < item.paragraph <= len(known) else ""
    # Equal evidence of two facts is read once; each keeps its own place in the files.
    return dataclasses.replace(_read(item, words, paragraph), evidence=item)


@functools.lru_cache(maxsize=8192)
def _read(item: Evidence, words: SourceWords, paragraph: str) -> Passage:
    """Return a passage, read once for all the checks that look at it."""
    spans = (
        [span for term in item.terms for span in term_matching.spans(term, paragraph)] if paragraph else []
    )
    if not paragraph:
        texts_read = joined(item.terms)
        figures = tuple(figure for term in texts_read for figure in source_figures.find(term, words))
        # "No later than" may be a term of its own before the day.
        pairs = [f"{one} {other}" for one, other in itertools.permutations(item.terms, 2)]
        dates = tuple(date for term in (*item.terms, *pairs) for date in source_dates.find(term, words))
        return Passage(item, words, texts_read, figures, dates, paragraph)
    return Passage(
        item,
        words,
        item.terms,
        tuple(
            figure
            for figure in source_figures.find(paragraph, words)
            if _touches(figure.start, figure.end, spans)
        ),
        tuple(date for date in source_dates.find(paragraph, words) if _touches(date.start, date.end, spans)),
        paragraph,
    )


def joined(terms: Sequence[str]) -> tuple[str, ...]:
    """Return the terms, those joined that overlap: "half a million" and "million tonnes" are one."""
    texts: list[str] = []
    for term in terms:
        words = term.split()
        for index, other in enumerate(texts):
            first, second = other.split(), words
            size = next(
                (n for n in range(min(len(first), len(second)), 0, -1) if first[-n:] == second[:n]), 0
            )
            back = next(
                (n for n in range(min(len(first), len(second)), 0, -1) if second[-n:] == first[:n]), 0
            )
            if size or back:
                texts[index] = " ".join(
                    [*first, *second[size:]] if size >= back else [*second, *first[back:]]
                )
                break
        else:
            texts.append(term)
    return tuple(texts)


def lacking(value: Quantity | Money | Label, cited: Sequence[Passage], library: Library) -> tuple[Lack, ...]:
    """Return the parts of a value that no passage states and that are not marked as inferred."""
    if isinstance(value, Label):
        is_stated = ValuePart.TEXT in value.inferred or any(_says(value.text, item) for item in cited)
        return () if is_stated else (Lack("text", value.text),)
    lacks = _amount_lacks(as_counted(value), cited, library)
    name = value.instrument if isinstance(value, Money) and value.per else None
    if name and not any(_names_instrument(name, item, library) for item in cited):
        lacks = (*lacks, Lack("instrument", name))
    basis = value.price_basis if isinstance(value, Money) else None
    if basis and not _is_inferred(value, "price_basis") and not _states_price_basis(basis, cited, library):
        lacks = (*lacks, Lack("price_basis", basis))
    return lacks


def _states_price_basis(basis: str, cited: Sequence[Passage], library: Library) -> bool:
    """Return whether the passages have the figures of a price basis; without any, its words: current prices.

    Words are compared only with passages in the language of the project, which is that of the price basis.
    """
    words = re.findall(r"\w+", basis)
    figures = [word for word in words if any(character.isnumeric() for character in word)]
    own = source_words.of_language(library.project.languages[0]).language
    read = cited if figures else [item for item in cited if item.words.language == own]
    wanted = figures or [word for word in words if len(word) > SMALL_WORD]
    texts = [text for item in read for text in _all_texts(item)]
    return not read or all(any(_has_word(word, text) for text in texts) for word in wanted)


# ------------------------------------------------------------------------------------------------ amounts


def _amount_lacks(value: Quantity | Money, cited: Sequence[Passage], library: Library) -> tuple[Lack, ...]:
    best: tuple[Lack, ...] | None = None
    for item in cited:
        for figure in item.figures:
            lacks = tuple(_figure_lacks(value, figure, item, library))
            if best is None or _weight(lacks) < _weight(best):
                best = lacks
    if best is None:
        best = tuple(_without_figure(value, cited, library))
    return tuple(lack for lack in best if not _is_inferred(value, lack.part))


def figures_for(
    value: Quantity | Money, text: str, item: Passage, library: Library
) -> Iterator[tuple[int, int, bool]]:
    """Yield the place of each figure of a text that could be a value like this one, and whether it is it.

    Only figures that the terms touch are it; figures of another unit or currency, and years, are left out.
    """
    spans = [span for term in item.evidence.terms for span in term_matching.spans(term, text)]
    years = [(day.start, day.end) for day in source_dates.find(text, item.words) if day.year]
    found = source_figures.find(text, item.words)
    figures = [figure for figure in found if not _touches(figure.start, figure.end, years)]
    for index, figure in enumerate(figures):
        end = figure.last or figure.end
        parts = {lack.part for lack in _figure_lacks(value, figure, item, library)}
        rest = text[end : figures[index + 1].start] if index + 1 < len(figures) else "."
        if "amount" not in parts:
            yield figure.start, end, not item.paragraph or _touches(figure.start, end, spans)
        elif not parts & {"unit", "currency"} or _LISTED.fullmatch(rest):
            yield figure.start, end, False


_LISTED = re.compile(r"\s*,?\s*(?:\w{1,3}\s)?\s*")
"""What is between two figures of one list: 4 and 3 ferries."""


def _weight(lacks: tuple[Lack, ...]) -> tuple[bool, int]:
    return any(lack.part == "amount" for lack in lacks), len(lacks)


def _is_inferred(value: Quantity | Money, part: str) -> bool:
    return part in {item.value for item in value.inferred}


def _without_figure(value: Quantity | Money, cited: Sequence[Passage], library: Library) -> Iterator[Lack]:
    """Yield what is missing where the passages have no figure at all: "a tram" may still state one tram."""
    if (
        value.amount == 1
        and isinstance(value, Quantity)
        and any(_is_single(value, item, library) for item in cited)
    ):
        return
    yield Lack("amount", _plain(value.amount))
    if isinstance(value, Money):
        yield Lack("currency", value.currency)
    elif value.unit != "%" and not any(_names_unit(value.unit, item, library) for item in cited):
        yield Lack("unit", value.unit)


def _is_single(value: Quantity, item: Passage, library: Library) -> bool:
    articles = item.words.words.get("articles", ())
    either = "|".join(map(re.escape, articles))
    return bool(either) and any(
        re.search(rf"(?<!\w)(?:{either})\s+\w", text, re.I) for text in item.texts
    ) and _names_unit(value.unit, item, library)  # fmt: skip


def _figure_lacks(
    value: Quantity | Money, figure: StatedFigure, item: Passage, library: Library
) -> Iterator[Lack]:
    """Yield what of a value one figure does not state."""
    said = _as_written(figure, item)
    scale = Decimal(1) if isinstance(value, Money) else _unit_of(value.unit, library).scale
    amounts = figure.amounts | {amount * _scale_in_label(figure, item) for amount in figure.amounts}
    if value.amount * scale not in amounts:
        yield Lack("amount", _plain(value.amount), (said,))
    elif value.upper is not None and value.upper * scale not in figure.upper:
        yield Lack("amount", _plain(value.upper), (said,))
    if item.words.is_known and not _fits_bound(value.bound, figure):
        yield Lack("bound", value.bound.value, (said,), tuple(sorted(figure.bounds)))
    if isinstance(value, Money):
        is_word = not figure.currency and not item.words.is_known
        if (
            figure.currency != value.currency
            and not is_word
            and not _is_shared_name(value.currency, figure, item)
            and not _is_in_label(value.currency, figure, item)
        ):
            yield Lack("currency", value.currency, (said,))
        if value.instrument and not _names_instrument(value.instrument, item, library):
            yield Lack("instrument", value.instrument)
    elif not _has_unit(value.unit, figure, item, library):
        yield Lack("unit", value.unit, (said,))
    if other := _other_per(value.currency if isinstance(value, Money) else value.unit, figure, item):
        yield Lack("unit", value.currency if isinstance(value, Money) else value.unit, (other,))


def _fits_bound(bound: Bound, figure: StatedFigure) -> bool:
    said = figure.bounds
    if figure.is_rough and bound.sense in (Bound.EXACTLY, Bound.ABOUT) and not said - {"about", "nearly"}:
        return True
    if bound is Bound.EXACTLY:
        return not said or (figure.may_be_plain and said == {"more than"})
    if bound is Bound.BETWEEN:
        return "between" in said and bool(figure.upper)
    return bound.sense.value in said


def _is_shared_name(currency: str, figure: StatedFigure, item: Passage) -> bool:
    """Return whether a currency's noun follows a figure, and its country elsewhere: Swedish … crowns."""
    if figure.currency:
        return False
    after = figure.after.lstrip()
    for phrase in item.words.table("currencies").get(currency, ()):
        *country, noun = phrase.split()
        names = [name for word in country for name in word.split("|")]
        if names and re.match(rf"(?:{expression(noun)})(?!\w)", after, re.I):
            text = " ".join(_all_texts(item))
            return any(re.search(rf"(?<!\w){re.escape(name[:5])}", text, re.I) for name in names)
    return False


_LABEL = re.compile(r"(?:^|;)(?P<label>[^;]*)[:=(]\s*$")
"""The head of a column, before the figure of its cell."""


def _is_in_label(currency: str, figure: StatedFigure, item: Passage) -> bool:
    """Return whether the head of a column has the currency of a figure: Price (GBP): 241."""
    label = _LABEL.search(figure.before)
    return bool(label) and not figure.currency and source_figures.names_currency(
        currency, label["label"] if label else "", item.words
    )  # fmt: skip


def _scale_in_label(figure: StatedFigure, item: Passage) -> Decimal:
    """Return the scale that the head of a column gives its figures: Price (GBP million): 3.5."""
    label = _LABEL.search(figure.before)
    said = {folded(word) for word in re.findall(r"[^\W\d_]+", label["label"])} if label else set()
    if figure.scale != 1 or not said:
        return Decimal(1)
    scales = (
        Decimal(size)
        for size, names in item.words.table("times").items()
        if said & {folded(name).rstrip(".") for name in spelled(names)}
    )
    return next((size for size in scales if size >= 1000), Decimal(1))


_SHORT = {
    "a": "year", "y": "year", "yr": "year", "an": "year", "jahr": "year", "d": "day", "h": "hour",
    "hr": "hour", "s": "second", "mo": "month", "wk": "week",
}  # fmt: skip
"""Abbreviations of lengths of time behind a stroke: t/a."""
_EACH = re.compile(
    r"(?<![\w€£$%³²°])(?P<what>[\w€£$%³²°]+)\s*(?:/|\bper\b|\bje\b|\bpro\b|\bpar\b)"
    r"\s*(?P<each>[^\W\d_][\w³²]*)",
    re.I,
)
"""A unit for each of another, in the head of a column: GBP/MWh."""


def _head(figure: StatedFigure) -> str:
    """Return the head of the column of a figure, with a stroke as "per"; empty where it has none."""
    label = _LABEL.search(figure.before)

    def in_words(match: re.Match[str]) -> str:
        each = match["each"]
        return f"{match['what']} per {_SHORT.get(each.lower(), each)}"

    return _EACH.sub(in_words, label["label"]) if label else ""


def _is_in_head(unit: _Unit, figure: StatedFigure, item: Passage, library: Library) -> bool:
    """Return whether the head of a column names a whole unit: Price (EUR/kg), Share (%), Output (t/a)."""
    head = _head(figure)
    if not head or figure.currency:
        return False
    if unit.is_percent and not re.search(r"[%٪]", head) and not any(
        re.search(rf"(?<!\w)(?:{expression(phrase)})(?!\w)", head, re.I)
        for phrase in item.words.table("percent").get("words", ())
    ):  # fmt: skip
        return False
    if unit.currency and not source_figures.names_currency(unit.currency, head, item.words):
        return False
    return all(_is_named(word, head, item, library) for word in unit.words)


def _other_per(measure: str, figure: StatedFigure, item: Passage) -> str:
    """Return the unit in the head of a column that is for each of something, where a measure is not."""
    if "/" in measure or " per " in measure:
        return ""
    label = _LABEL.search(figure.before)
    each = _EACH.search(label["label"]) if label else None
    if not each or not label:
        return ""
    measures = item.words.table("measures")
    known = {folded(name) for name in (*measures, *_SHORT)}
    known |= {folded(name) for phrases in measures.values() for name in spelled(phrases)}
    return each.group() if folded(each["each"]) in known and figure.scale == 1 else ""


def _names_instrument(name: str, item: Passage, library: Library) -> bool:
    """Return whether a passage names a way of giving money; in an unknown language any may."""
    if not item.words.is_known or name not in library.project.own_words.instrument_names:
        return True
    own = [found for found in library.project.own_words.instruments if found.id == name]
    listed = [phrase for found in own for phrase in (found.name, *found.names)]
    phrases = (*item.words.table("instruments").get(name, ()), *listed)
    either = "|".join(expression(phrase) for phrase in phrases)
    return bool(either) and any(
        re.search(rf"(?<!\w)(?:{either})(?!\w)", text, re.I) for text in _all_texts(item)
    )


def _has_unit(name: str, figure: StatedFigure, item: Passage, library: Library) -> bool:
    """Return whether a figure counts a unit: its noun is after it, or before it at an end."""
    unit = _unit_of(name, library)
    if _is_in_head(unit, figure, item, library):
        return True
    is_word = not item.words.is_known  # only its digits and symbols are read; ``language-not-read`` says so
    if unit.is_percent and not figure.is_percent:
        return False
    if unit.currency and figure.currency != unit.currency:
        return (is_word and not figure.currency) or _is_listed_in(name, item, library)
    if is_word:
        return True
    after, before = figure.after, figure.before
    if unit.currency or unit.is_percent:  # the figure has its noun; what it is per may be anywhere beside it
        texts = (after, before, *item.texts)
        return all(
            any(_is_named(word, text, item, library) for text in texts) for word in unit.words
        ) or _is_listed_in(name, item, library)
    near, rest = unit.words[:1], unit.words[1:]
    is_near = all(_is_named(word, after, item, library) for word in near) or ((
        not after.strip(" .,;:)]") or not re.search(r"\w", after)
    ) and all(_is_named(word, before, item, library) for word in near))  # fmt: skip
    is_labelled = bool(re.search(r"[:=(]\s*$", before)) and all(
        _is_named(word, before, item, library) for word in near
    )
    return (is_near or is_labelled) and all(
        _is_named(word, after, item, library)
        or any(_is_named(word, text, item, library) for text in item.texts)
        for word in rest
    )


def _names_unit(name: str, item: Passage, library: Library) -> bool:
    text = " | ".join(item.texts)
    return all(_is_named(word, text, item, library) for word in _unit_of(name, library).words)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit in its parts: euros per household are a currency and the word of what it is for each of."""

    words: tuple[str, ...]
    """What a passage must name: nouns, and measures as a whole, such as cubic metres."""
    currency: str = ""
    """ISO 4217 code of the money that it counts; empty for other units."""
    scale: Decimal = Decimal(1)
    """The multiplier that it begins with: million litres per day."""
    is_percent: bool = False


def _is_listed(unit: str, library: Library) -> bool:
    """Return whether the project lists names for a whole unit of several words."""
    return any(folded(item.unit) == folded(unit) and " " in unit for item in library.project.units)


def _is_listed_in(unit: str, item: Passage, library: Library) -> bool:
    """Return whether a passage has one of the names that the project lists for a unit of several words."""
    return _is_listed(unit, library) and any(
        re.search(rf"(?<!\w)(?:{name})(?!\w)", text, re.I)
        for name in _synonyms(unit, library)
        for text in _all_texts(item)
    )


def _unit_of(unit: str, library: Library) -> _Unit:
    """Return the parts of a unit; one that is a measure as a whole, or is listed, has a single word."""
    read = _read_unit(unit, library.project.languages[0])
    if _is_listed(unit, library) and not (read.currency or read.is_percent):
        return dataclasses.replace(read, words=(unit,))
    return read


@functools.lru_cache(maxsize=4096)
def _read_unit(unit: str, language: str) -> _Unit:
    own = source_words.of_language(language)
    if not own.is_known:
        own = source_words.of_language("en")
    if _measures(own).fullmatch(unit):
        return _Unit((unit,))
    figure = next(iter(source_figures.find(f"1 {unit}", own)), None)
    rest = figure.after if figure else unit
    words = tuple(match.group() for match in _measures(own).finditer(rest))
    found = tuple(word for word in words if folded(word) not in own.words["of_units"])
    return _Unit(found, figure.currency, figure.scale, figure.is_percent) if figure else _Unit(found)


@functools.cache
def _measures(words: SourceWords) -> re.Pattern[str]:
    """Return an expression for one word of a unit, or the words of one measure: square metres, km/h."""
    names = [
        *(re.escape(name) for name in words.table("measures")),
        *(expression(phrase) for phrases in words.table("measures").values() for phrase in phrases),
    ]
    longest = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest})(?!\w)|[^\W\d_][\w²³°%·’'-]*", re.I)


def _is_named(word: str, text: str, item: Passage, library: Library) -> bool:
    """Return whether a text has a word of a unit, in its language or by a name that the project gives."""
    if _CURRENCY.fullmatch(word) and any(
        source_figures.names_currency(word, one, item.words) for one in (text, *item.texts)
    ):
        return True  # a rate of exchange: £1 buys €1.14
    if any(re.search(rf"(?<![\w])(?:{pattern})(?!\w)", text, re.I) for pattern in _synonyms(word, library)):
        return True
    names = {word, _measure(word, library.project.languages[0])}
    for name, phrases in item.words.table("measures").items():
        if name in names:
            either = "|".join([re.escape(name), *(expression(phrase) for phrase in phrases)])
            if re.search(rf"(?:(?<!\w)|(?<=\d))(?:{either})(?!\w)", text):
                return True
            if re.search(rf"(?:(?<!\w)|(?<=\d))(?:{either})(?!\w)", text, re.I) and len(name) > 2:
                return True
    return has_form(word, text, item.words)


def has_form(word: str, text: str, words: SourceWords) -> bool:
    """Return whether a text has a form of a word."""
    others = [part for other in re.findall(r"[\w’'²³°·-]+", text) for part in {other, *other.split("-")}]
    return any(_is_form_of(word, other, words.language) for other in others)


@functools.lru_cache(maxsize=4096)
def _measure(word: str, language: str) -> str:
    """Return the name of a measure in the words of a language: GW for gigawatts."""
    fitting = [
        (len(phrase), name)
        for name, phrases in source_words.of_language(language).table("measures").items()
        for phrase in phrases
        if re.fullmatch(expression(phrase), word, re.I)
    ]
    return max(fitting, default=(0, ""))[1]  # kilowatt-hour, not kilowatt


def _synonyms(word: str, library: Library) -> list[str]:
    """Return the words that the project or the register of systems gives for a unit."""
    names: list[str] = []
    units: Sequence[UnitNames] = library.project.units
    for unit in units:
        if _is_form_of(word, unit.unit, "en") or folded(word) in folded(unit.unit).split():
            names += unit.called
    for system in library.named():
        if system.kind == "system" and folded(word) in (folded(system.name), *map(folded, system.names)):
            names += [system.name, *system.names]
    return [expression(name) for name in names]


def _is_form_of(word: str, other: str, language: str) -> bool:
    """Return whether two words are forms of one: they differ in an ending."""
    one, two = folded(word), folded(other)
    if one == two:
        return True
    stem = 0
    while stem < min(len(one), len(two)) and one[stem] == two[stem]:
        stem += 1
    ends = one[stem:], two[stem:]
    if stem < _LEAST_STEM:
        return False
    if language in ("en", ""):
        return all(end in _ENDINGS for end in ends)
    return stem >= 0.6 * min(len(one), len(two)) and all(len(end) <= 3 for end in ends)


# ------------------------------------------------------------------------------------------------- labels


def _says(text: str, item: Passage) -> bool:
    """Return whether one term has all the words of a label, whole and in any order."""
    wanted = re.findall(r"[\w.,/’'-]*\w", text)
    return any(all(_has_word(word, term) for word in wanted) for term in item.texts)


def lost_words(text: str, item: Passage) -> list[str]:
    """Return the words of a text that none of the terms of a passage has."""
    wanted = re.findall(r"[\w.,/’'-]*\w", text)
    return [word for word in wanted if not any(_has_word(word, term) for term in item.texts)]


def _has_word(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", term_matching.normalised(text), re.I) is not None


# ------------------------------------------------------------------------------------------------ helpers


def _as_written(figure: StatedFigure, item: Passage) -> str:
    """Return a figure with its bound, as the passage writes it."""
    text = item.paragraph or next(
        (term for term in item.texts if figure in source_figures.find(term, item.words)), ""
    )
    before = figure.before.split()[-3:] if figure.bounds else []
    written = " ".join([*before, text[figure.start : figure.last or figure.end], *figure.after.split()[:3]])
    return written.strip(" ,.;:")


def _all_texts(item: Passage) -> tuple[str, ...]:
    return (*item.texts, item.paragraph) if item.paragraph else item.texts


def _plain(amount: Decimal) -> str:
    return f"{amount:,f}"


def _touches(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)
