"""The short forms of a full brief, on one page and on two: fewer sections, never different words.

A short form is an edition like any other: its notes are renumbered in the order in which they are first
marked, and it says that it is a short form and what it leaves out. A source keeps the label that it has in
the full brief, so that S2 is one text in every form. It is made from an edition, so that an edition frozen
long ago has short forms as well.

Only typesetting shows how much fits on a page. Therefore each length has several forms, the most complete
first. A later one has shorter lists, or leaves out sections from the end.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.compose import draft_marks
from briefing.editions import freeze, segments
from briefing.language import end_matter, note_texts
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Claim, Edition, Note, Reference, Scale, Section
from briefing.model.scales import Length
from briefing.review import reasons

_Line = list[str | Claim]
ROLE = "short-form"
"""Role of the section that says that this is a short form, and what it leaves out."""
_ROOM = {Length.TWO_PAGES: 7_600, Length.FLASH: 4_800, Length.ONE_PAGE: 5_600}
"""More characters than this never fit; each attempt costs as much as a PDF."""


_JUDGEMENTS, _LISTS = "judgements", ("gaps", "milestones")
_MOST = 3
"""The most open questions, signs, dates and judgements in brief that a short form shows."""

_FEWER = ((2, 2), (2, 1), (1, 1))
"""How many open questions and signs, step by step; a question outlasts a sign."""


@dataclass(frozen=True, slots=True)
class _Abridgement:
    """The parts that one form keeps."""

    roles: tuple[str, ...]
    """The sections, in the order in which they are printed."""
    caveats: bool = False
    """Whether notes keep the caveats of their facts."""
    scales: bool = False
    judgements: int | None = None
    """How many judgements it gives in brief, with what follows and without the reasons; None: all in full."""
    entries: int = _MOST
    """The most open questions."""
    signs: int = _MOST
    """The most signs to watch for, and dates, each."""
    changes: int = 2
    """The most changes since the last edition that it names; the gravest come first."""
    says_nothing: bool = True
    """Whether it says of what nothing is stated: no amount, no date."""
    rows: int | None = None
    """The most rows of the table that shows the state of play; None: all."""


_FEWER_ROWS = (6, 4)
"""How many rows of a long table stay, step by step, so that open questions and signs have room beside it."""


def _less_and_less(first: tuple[str, ...], roles: Sequence[str]) -> Iterator[_Abridgement]:
    """Yield forms with less and less; a long table loses its last rows before open questions or signs go.

    A single question or sign is the last resort: a shorter table with two of each says more.
    """
    every = tuple(_with_fewer_sections(first, roles))
    with_lists = [form for form in every if {*_LISTS} <= {*form.roles}]
    several = [form for form in with_lists if min(form.entries, form.signs) > 1]
    single = [form for form in with_lists if form not in several]
    without = [form for form in every if form not in with_lists]
    for forms_alike in (several, single, without):
        yield from forms_alike
        for rows in _FEWER_ROWS:
            yield from (dataclasses.replace(form, rows=rows) for form in forms_alike)


def _with_fewer_sections(first: tuple[str, ...], roles: Sequence[str]) -> Iterator[_Abridgement]:
    """Yield a form with all these sections, then forms with one section fewer each time, from the end.

    Judgements go in steps: without their reasons, then all but the first. Changes since the last edition are
    left to the full brief before the last judgement goes, and so is the last of several open questions and
    signs, because what follows is what a reader does next. Lists get shorter before one of them goes.
    """
    for end in range(len(roles), -1, -1):
        kept = (*first, *roles[:end])
        yield _Abridgement(kept)
        if kept[-1] == _JUDGEMENTS:
            yield from (_Abridgement(kept, judgements=most) for most in (_MOST, 1))
            yield from (
                _Abridgement(kept, judgements=1, changes=0, entries=most, signs=signs, says_nothing=False)
                for most, signs in ((_MOST, _MOST), *_FEWER)
            )
        if kept[-1] in _LISTS:
            yield from (_Abridgement(kept, changes=most) for most in (1, 0))
            yield from (_Abridgement(kept, entries=most, signs=signs, changes=0) for most, signs in _FEWER)


_FIRST = ("as-of", draft_marks.TO_CHECK, "bottom-line", "why", freeze.CHANGES)
"""The sections that say what the edition is and what its reader must know; they are never left out."""
_STATE = "state"
_STATES = ("board", "commitments", "money")
"""What shows the state of play: the first of these sections that a brief has."""
_AFTER = (_STATE, "gaps", "milestones", "judgements", "options", "lines", "commitments", "money")
_HEART = (*_FIRST, *_AFTER)
FORMS: Mapping[Length, tuple[_Abridgement, ...]] = {
    Length.TWO_PAGES: (
        _Abridgement((*_HEART, "timeline", "disagreements"), caveats=True, scales=True),
        _Abridgement((*_HEART, "timeline", "disagreements")),
        _Abridgement((*_HEART, "timeline"), caveats=True),
        *_less_and_less(_FIRST, (*_AFTER, "timeline")),
    ),
    Length.ONE_PAGE: tuple(
        _less_and_less(
            _FIRST, ("board", "commitments", "money", "gaps", "milestones", "judgements", "narrative")
        )
    ),
    Length.FLASH: tuple(_less_and_less(_FIRST, (_STATE, "gaps", "milestones", "judgements", "lines"))),
}
"""The forms of each length, the most complete first."""


def most_complete(edition: Edition, length: Length) -> Edition:
    """Return the most complete short form of a full edition."""
    return forms(edition, length)[0]


@functools.lru_cache(maxsize=8)
def forms(edition: Edition, length: Length) -> tuple[Edition, ...]:
    """Return the short forms of a full edition, the most complete first; the first that fits is printed.

    They are cached for a few editions, because laying one out asks for them several times.
    """
    kept = _Kept(edition)
    parts = dict.fromkeys(kept.by(form) for form in FORMS[length])
    *others, last = dict.fromkeys(_abridged(edition, length, part, kept) for part in parts)
    return tuple(_sealed(form) for form in (*(form for form in others if _size(form) <= _ROOM[length]), last))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one form keeps of an edition. Forms that keep the same are equal."""

    sections: tuple[int, ...]
    """The sections as they are shortened, by their numbers among all that any form has."""
    gone: tuple[str, ...]
    """What is left out of them, in words."""
    caveats: bool
    scales: bool
    has_reasons: bool
    """Whether the judgements keep their reasons."""


class _Kept:
    """The sections of an edition, each shortened once for all forms that have it alike."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._words = Words(edition.language)
        self._by_role = {section.role: section for section in edition.sections}
        self._state = next((role for role in _STATES if role in self._by_role), _STATES[0])
        self._numbers: dict[Section, int] = {}
        self._shortened: dict[tuple[object, ...], tuple[int, Sequence[str]]] = {}

    def by(self, form: _Abridgement) -> _Parts:
        """Return what a form keeps."""
        roles = dict.fromkeys(self._state if role == _STATE else role for role in form.roles)
        kept = [self._by_role[role] for role in roles if role in self._by_role]
        found = [self._short(section, form) for section in kept or self._edition.sections[:1]]
        gone = tuple(part for _, parts in found for part in parts)
        numbers = tuple(number for number, _ in found)
        return _Parts(numbers, gone, form.caveats, form.scales, form.judgements is None)

    def sections(self, parts: _Parts) -> list[Section]:
        """Return the sections that a form keeps."""
        every = [*self._numbers]
        return [every[number] for number in parts.sections]

    def _short(self, section: Section, form: _Abridgement) -> tuple[int, Sequence[str]]:
        shorten, taken = _way(section.role, form)
        key = (section.role, shorten, taken)
        if key not in self._shortened:
            short, gone = shorten(section, *taken, self._words)
            # Without figures: their tables say the same, and leave room for questions and signs to watch for.
            short = dataclasses.replace(short, figure=None)
            self._shortened[key] = (self._numbers.setdefault(short, len(self._numbers)), gone)
        return self._shortened[key]


def _abridged(edition: Edition, length: Length, parts: _Parts, whole: _Kept) -> Edition:
    kept = whole.sections(parts)
    numbering = _Numbering(edition)
    sections = [numbering.section(section) for section in kept if section.role != draft_marks.TO_CHECK]
    in_rows = {
        str(claim.fact) for section in sections if section.role in _TABLES for claim in _in_rows(section)
    }
    notes = tuple(
        numbering.note(note, parts.caveats, _is_figure(note) or str(note.fact) in in_rows)
        for note in numbering.notes
    )
    shared, notes = segments.share_notes(sections, notes)
    # The notes name the origins of a source as well.
    references = tuple(
        item if parts.caveats else dataclasses.replace(item, origins="") for item in numbering.references
    )
    used = tuple(scale for scale in edition.scales if parts.scales and _is_used(scale, notes, kept, edition))
    if not parts.scales:
        text = end_matter.graded_text(sections)
        legends = (end_matter.legend(scale, text) for scale in end_matter.ladders(edition))
        confidence = Words(edition.language)("scale.confidence")
        grades = (scale for scale in edition.scales if scale.title == confidence)
        used = (*filter(None, legends), *(item for item in grades if _is_used(item, notes, kept, edition)))
    return dataclasses.replace(
        edition,
        length=length,
        sections=(*_opening(edition, sections, parts), *shared),
        notes=notes,
        references=references,
        scales=used,
        counts="",
    )


def _sealed(form: Edition) -> Edition:
    """Return a form with the digest of what it prints.

    A page keeps the digest of the brief whose only print it is. A short form prints none: it is made again
    only where something that it shows has changed.
    """
    return segments.sealed(form) if form.is_short_form else form


_Shortened = tuple[Section, Sequence[str]]
"""A section as a short form has it, and what of it is left out, in words."""


def _way(role: str, form: _Abridgement) -> tuple[Callable[..., _Shortened], tuple[object, ...]]:
    """Return how a form shortens a section of a role: a function, and what it takes beside section and words.

    It takes nothing else of the form, so sections that are shortened in one way are shortened alike.
    """
    if role == _JUDGEMENTS and form.judgements is not None:
        return _in_brief, (form.judgements,)
    if role == freeze.CHANGES and not form.changes:
        return _in_one_line, ()
    if role in _TABLES:
        return _table, (form.says_nothing, form.rows)
    most = {freeze.CHANGES: form.changes, "milestones": form.signs}.get(role, form.entries)
    return _first_items, (most,)


def _table(section: Section, says_nothing: bool, rows: int | None, say: Words) -> _Shortened:
    """Return a section of tables, with or without what is not stated, and with its first rows."""
    kept = section if says_nothing else _without_sentences(section)
    return _first_rows(kept, rows, say) if rows and section.role in _STATES else (kept, ())


def _without_sentences(section: Section) -> Section:
    """Return a section of tables without the sentences on columns in which nothing is stated."""
    lines = list(_lines(section.segments))
    kept = [line for line in lines if _words(line)[:1] in ("|", "*", "")]
    return dataclasses.replace(section, segments=tuple(part for line in kept for part in (*line, "\n")))


def _first_rows(section: Section, most: int, say: Words) -> _Shortened:
    """Return a section with the first rows of its table, and the number of the others."""
    lines = list(_lines(section.segments))
    rows = [number for row in _rows(lines) for number in row]
    gone = rows[most:]
    if not gone:
        return section, ()
    kept = [part for number, line in enumerate(lines) if number not in gone for part in (*line, "\n")]
    left_out = say("short.left_rows", n=len(gone))
    return dataclasses.replace(section, segments=tuple(kept)), [left_out]


def _in_one_line(section: Section, say: Words) -> _Shortened:
    """Return what changed since the last edition as one paragraph, without the single changes."""
    if not section.title:
        return section, ()
    lines = list(_lines(section.segments))
    single = {number for entry in _bullets(lines) for number in entry}
    whole = [line for number, line in enumerate(lines) if number not in single and _words(line).strip()]
    parts = [part for line in whole for part in (" ", *line)] or [" " + say("short.not_listed")]
    title = f"**{fact_links.escape(say('short.changed', title=section.title))}**"
    return Section(section.role, "", (title, *parts)), ()


_JUDGEMENT = re.compile(r"[0-9]+\. ")
"""How a judgement begins; what belongs to it is indented below."""


def _in_brief(section: Section, most: int, say: Words) -> _Shortened:
    """Return a section with its first judgements, each with its confidence and with what follows from it."""
    confidence = re.compile(rf"\s*({re.escape(say('brief.confidence'))} \*[^*]+\*\.)")
    entries: list[_Line] = []
    for line in _lines(section.segments):
        words = _words(line)
        if _JUDGEMENT.match(words):
            entries.append([*line])
        elif entries and (found := confidence.match(words)):
            entries[-1].append(f" {found[1]}")
        elif entries and words.strip().startswith(say("brief.implication")):
            first, *others = line
            entries[-1] += [f" {first.strip()}", *others] if isinstance(first, str) else [" ", *line]
    if not entries:
        return section, ()
    kept = [part for entry in entries[:most] for part in (*entry, "\n")]
    left_out = len(entries) - most
    gone = [say("short.left_judgements", n=left_out)] if left_out > 0 else []
    return dataclasses.replace(section, segments=tuple(kept)), gone


def _first_items(section: Section, most: int, say: Words) -> _Shortened:
    """Return a section with its first open questions, signs or next dates, and the number of the others."""
    lines = list(_lines(section.segments))
    left_out: set[int] = set()
    gone = []
    for key, entries, shown in _lists(section.role, lines, most, say):
        if len(shown) < len(entries):
            left_out.update(number for entry in entries if entry not in shown for number in entry)
            gone += [say(key, n=len(entries) - len(shown))] if key else []
    if not left_out:
        return section, ()
    kept = [part for number, line in enumerate(lines) if number not in left_out for part in (*line, "\n")]
    return dataclasses.replace(section, segments=tuple(kept)), gone


def _lists(
    role: str, lines: Sequence[_Line], most: int, say: Words
) -> Iterator[tuple[str, Sequence[range], Sequence[range]]]:
    """Yield the lists of a section of which a short form shows the first entries.

    Each comes with the words for what is left out, its entries by their lines, and those shown. That there
    were further changes is not said: a reader who wants them has the full brief.
    """
    if role == "gaps":
        entries = list(_bullets(lines))
        yield "short.left_gaps", entries, entries[:most]
    if role == freeze.CHANGES:
        entries = list(_bullets(lines))
        yield "", entries, entries[:most]
    if role == "milestones":
        entries = list(_bullets(lines))
        yield "short.left_signs", entries, entries[:most]
        rows = list(_rows(lines))
        past = [say(f"brief.{key}") for key in ("met", "expected_then", "called_off")]
        ahead = [row for row in rows if not any(words in _words(lines[row.start]) for words in past)]
        yield "short.left_milestones", rows, (ahead or rows)[:most]


_BULLET = re.compile(r"[-*+] ")


def _bullets(lines: Sequence[_Line]) -> Iterator[range]:
    """Yield the entries of a list, each with the lines that go on with it or are indented below it."""
    entry, is_after_blank = range(0), False
    for number, line in enumerate(lines):
        words = _words(line)
        is_first = bool(_BULLET.match(words))
        if entry and words.strip() and (is_first or (is_after_blank and not words.startswith(" "))):
            yield entry
            entry = range(0)
        if is_first:
            entry = range(number, number + 1)
        elif entry and words.strip():
            entry = range(entry.start, number + 1)
        is_after_blank = not words.strip()
    if entry:
        yield entry


def _rows(lines: Sequence[_Line]) -> Iterator[range]:
    """Yield the rows of a table below its head."""
    rule = next((number for number, line in enumerate(lines) if _words(line).startswith("|--")), len(lines))
    for number in range(rule + 1, len(lines)):
        if _words(lines[number]).startswith("| "):
            yield range(number, number + 1)


def _lines(parts: Iterable[str | Claim]) -> Iterator[_Line]:
    """Yield the parts of each line of a text, without the break at its end."""
    line: _Line = []
    for part in parts:
        first, *others = part.split("\n") if isinstance(part, str) else [part]
        line.append(first)
        for other in others:
            yield line
            line = [other]
    yield line


def _words(line: Iterable[str | Claim]) -> str:
    return "".join(part if isinstance(part, str) else part.words for part in line)


_TABLES = ("board", "commitments", "money")
"""The sections whose rows keep the first sentence of a caveat in every form."""


def _in_rows(section: Section) -> Iterator[Claim]:
    """Yield the claims in the rows of the tables of a section."""
    for line in _lines(section.segments):
        if _words(line).startswith("| "):
            yield from (part for part in line if isinstance(part, Claim))


def _size(edition: Edition) -> int:
    """Return how many characters it prints, without headings and head."""
    texts = [text for section in edition.sections for text in _texts(section)]
    texts += [*note_texts.printed(edition).values()] + [reference.text for reference in edition.references]
    texts += [word for scale in edition.scales for row in scale.rows for word in row]
    return sum(map(len, texts))


class _Numbering:
    """The new numbers of notes, assigned in one pass over the kept sections, and the sources cited."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.numbers: dict[str, int] = {}
        self.by_fact = {str(note.fact): note for note in edition.notes}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that are marked, in their new order and otherwise unchanged."""
        return tuple(self.by_fact[key] for key in self.numbers)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The sources that are cited, in the order of the full brief."""
        cited = {passage.reference for note in self.notes for passage in note.passages}
        return tuple(reference for reference in self.edition.references if reference.label in cited)

    def section(self, section: Section) -> Section:
        firsts = [self.claim(part) if isinstance(part, Claim) else part for part in section.segments]
        numbered = (
            dataclasses.replace(part, note=self.numbers[part.fact]) if isinstance(part, Claim) else part
            for part in firsts
        )
        return dataclasses.replace(section, segments=segments.marks_in_order(numbered))

    def claim(self, claim: Claim) -> Claim:
        is_first = claim.is_marked and claim.fact not in self.numbers
        if is_first:
            self.numbers[claim.fact] = len(self.numbers) + 1
        return dataclasses.replace(claim, is_first=is_first)

    def note(self, note: Note, has_caveat: bool, is_grave: bool = False) -> Note:
        """Return a note with its new number, and with its caveat where there is room for it.

        That of a figure, or of what a row says, changes what a reader takes away: its first sentence is kept.
        """
        text = note.text
        if note.caveat and not has_caveat:
            text = text.removesuffix(f" {note.caveat}")
            if is_grave:  # the row itself has no room for what changes its meaning
                text += f" {note_texts.first_sentence(note.caveat)}"
        return dataclasses.replace(note, number=self.numbers[note.fact], text=text)


def _is_figure(note: Note) -> bool:
    """Return whether a note is that of a figure."""
    return any(map(str.isdigit, note.value))


# ----------------------------------------------------------------------------------- what it says of itself


def _opening(edition: Edition, kept: Sequence[Section], parts: _Parts) -> Iterator[Section]:
    """Yield what a short form says of itself, and how many of its paragraphs have to be checked.

    Its title and its edition are in its head.
    """
    say = Words(edition.language)
    missing = [*_missing(edition, kept, parts), *parts.gone]
    keys = ("short.opening", "short.opening_whole")
    if edition.length is Length.ONE_PAGE:
        keys = ("short.opening_one", "short.opening_one_whole")
    words = say(keys[not missing], parts=say.listed(missing))
    yield Section(ROLE, "", (fact_links.escape(words),))
    to_check = next((item for item in edition.sections if item.role == draft_marks.TO_CHECK), None)
    if to_check:
        shown = sum(_marks(section) for section in kept)
        total = sum(_marks(section) for section in edition.sections)
        yield to_check if shown == total else _to_check(shown, total, say)


def _missing(edition: Edition, kept: Sequence[Section], parts: _Parts) -> Iterator[str]:
    say = Words(edition.language)
    roles = {section.role for section in kept} | {draft_marks.TO_CHECK}
    for section in edition.sections:
        if section.role not in roles:
            is_body = section.role == "narrative"
            untitled = say("short.background" if is_body else "short.more_text")
            yield say("value.quoted", words=section.title) if section.title else untitled
    if not parts.has_reasons and _JUDGEMENTS in roles:
        yield say("short.reasons")
    if not parts.caveats and any(note.caveat for note in edition.notes):
        yield say("short.caveats")


def _marks(section: Section) -> int:
    return reasons.marks_in("".join(_texts(section)))


def _texts(section: Section) -> Iterator[str]:
    return (part if isinstance(part, str) else part.words for part in section.segments)


def _to_check(shown: int, total: int, say: Words) -> Section:
    words = say("to_check.paragraphs_shown", n=total, shown=say("to_check.shown", n=shown))
    return Section(draft_marks.TO_CHECK, "", (words,))


def _is_used(scale: Scale, notes: Iterable[Note], kept: Iterable[Section], edition: Edition) -> bool:
    """Return whether a scale grades anything that is kept; an unknown scale counts as used."""
    say = Words(edition.language)
    if scale.title in (say("scale.likelihood"), say("scale.confidence")):
        return any(section.role == "judgements" for section in kept)
    if scale.title == say("scale.credibility"):
        return any(note.grade for note in notes)
    steps = {step for step, _ in scale.rows}
    return scale.title != say("scale.status") or any(step in note.status for step in steps for note in notes)
