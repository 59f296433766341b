"""A full brief to its short forms, on one page and on two: fewer sections, never other words.

A short form is an edition like any other: its notes and sources are numbered anew, in the order in which they
are first marked, and it says what it is and what it leaves out. It is made of an edition, so that one frozen
long ago has its short forms as well.

How much fits on a page is known only when it is typeset. So there are several forms of one length, the most
complete first. A later one leaves out sections from the end only, so that a note has the same number in all.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.compose import cite, draft_marks
from briefing.editions import clearance, segments
from briefing.language import scale_texts
from briefing.model import fact_links
from briefing.model.editions import Claim, Edition, Note, Passage, Reference, Scale, Section
from briefing.model.scales import Length
from briefing.review import reasons

ROLE = "short-form"
"""Role of the section that says what a short form is and what it leaves out."""
_WITHOUT_TITLE = {"narrative": "the full text"}
_ROOM = {Length.TWO_PAGES: 7_600, Length.FLASH: 4_800}
"""More characters than that do not fit, whatever they are; trying costs as much as a PDF each time."""


@dataclass(frozen=True, slots=True)
class _Abridgement:
    """What one form keeps."""

    roles: tuple[str, ...]
    """The sections, in the order in which they are printed."""
    caveats: bool = False
    """Whether notes keep what a reader must know of their facts."""
    figures: bool = False
    scales: bool = False


def _less_and_less(first: tuple[str, ...], roles: Sequence[str]) -> Iterator[_Abridgement]:
    """A form of all these sections, then the same without one more each time, from the end."""
    for end in range(len(roles), -1, -1):
        yield _Abridgement((*first, *roles[:end]))


_FIRST = ("as-of", draft_marks.TO_CHECK, "bottom-line", clearance.CHANGES)
"""What an edition is, and what its reader must know of it: these are never left out."""
_HEART = (*_FIRST, "judgements", "commitments", "money", "milestones", "gaps")
FORMS: Mapping[Length, tuple[_Abridgement, ...]] = {
    Length.TWO_PAGES: (
        _Abridgement((*_HEART, "timeline", "disagreements"), caveats=True, figures=True, scales=True),
        _Abridgement((*_HEART, "timeline", "disagreements")),
        _Abridgement((*_HEART, "timeline"), caveats=True),
        *_less_and_less(_FIRST, ("judgements", "commitments", "money", "milestones", "gaps", "timeline")),
    ),
    Length.FLASH: tuple(_less_and_less(_FIRST, ("judgements", "commitments", "milestones", "gaps"))),
}
"""The forms of each length, the most complete first."""


def most_complete(edition: Edition, length: Length) -> Edition:
    """The most complete short form of a full edition."""
    return forms(edition, length)[0]


@functools.lru_cache(maxsize=8)
def forms(edition: Edition, length: Length) -> tuple[Edition, ...]:
    """Return the short forms of a full edition, the most complete first; the first that fits is printed.

    Kept for a few editions: laying one out asks for its most complete form, for its facts and for all forms.
    """
    *others, last = dict.fromkeys(_abridged(edition, length, form) for form in FORMS[length])
    return (*(form for form in others if _size(form) <= _ROOM[length]), last)


def _abridged(edition: Edition, length: Length, form: _Abridgement) -> Edition:
    by_role = {section.role: section for section in edition.sections}
    kept = [by_role[role] for role in form.roles if role in by_role] or list(edition.sections[:1])
    if not form.figures:
        kept = [dataclasses.replace(section, figure=None) for section in kept]
    numbering = _Numbering(edition)
    sections = [numbering.section(section) for section in kept if section.role != draft_marks.TO_CHECK]
    notes = tuple(numbering.note(note, form.caveats) for note in numbering.notes)
    references = tuple(numbering.reference(item, form.caveats) for item in numbering.references)
    used = tuple(scale for scale in edition.scales if form.scales and _is_used(scale, notes, kept))
    abridged = dataclasses.replace(
        edition,
        length=length,
        sections=(*_opening(edition, sections, form), *sections),
        notes=notes,
        references=references,
        scales=used,
        counts=_counts(edition, notes, references),
    )
    return segments.sealed(abridged)


def _size(edition: Edition) -> int:
    """How many characters it prints, headings and head apart."""
    texts = [text for section in edition.sections for text in _texts(section)]
    texts += [note.text for note in edition.notes] + [reference.text for reference in edition.references]
    texts += [word for scale in edition.scales for row in scale.rows for word in row]
    return sum(map(len, texts))


class _Numbering:
    """Numbers notes and labels sources anew, as the sections that are kept are walked from top to end."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.numbers: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.by_fact = {str(note.fact): note for note in edition.notes}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that are marked, in their new order and as they were."""
        return tuple(self.by_fact[key] for key in self.numbers)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The sources that are cited, in their new order and as they were."""
        by_label = {reference.label: reference for reference in self.edition.references}
        return tuple(by_label[label] for label in self.labels)

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
            for passage in self.by_fact[claim.fact].passages:
                self.labels.setdefault(passage.reference, f"S{len(self.labels) + 1}")
        return dataclasses.replace(claim, is_first=is_first)

    def passage(self, passage: Passage) -> Passage:
        return dataclasses.replace(passage, reference=self.labels[passage.reference])

    def note(self, note: Note, has_caveat: bool) -> Note:
        """A note under its new number. How it begins is written anew; the rest is what stood behind that."""
        passages = tuple(self.passage(item) for item in note.passages)
        began = cite.where(note.passages)
        rest = note.text[len(began) :] if note.text.startswith(began) else _graded(note)
        if note.caveat and not has_caveat:
            rest = rest.removesuffix(f" {note.caveat}")
        return dataclasses.replace(
            note, number=self.numbers[note.fact], text=cite.where(passages) + rest, passages=passages
        )

    def reference(self, reference: Reference, has_origins: bool) -> Reference:
        """A source under its new label. What it relays is said in the notes as well."""
        origins = reference.origins if has_origins else ""
        return dataclasses.replace(reference, label=self.labels[reference.label], origins=origins)


def _graded(note: Note) -> str:
    """What stands behind the passages in a note that another version of the program wrote."""
    grade = f" Credibility {note.grade.partition(':')[0]}." if note.grade else ""
    return grade + (f" {note.caveat}" if note.caveat else "")


# ----------------------------------------------------------------------------------- what it says of itself


def _opening(edition: Edition, kept: Sequence[Section], form: _Abridgement) -> Iterator[Section]:
    """What a short form says of itself, and how many paragraphs are to be checked in it."""
    state = edition.label[:1].lower() + edition.label[1:] if edition.is_draft else f"edition {edition.label}"
    words = f"Short form of “{edition.title}”, {state}."
    if missing := list(_missing(edition, kept, form)):
        words += f" Left out here: {_enumerated(missing)}."
    yield Section(ROLE, "", (fact_links.escape(words),))
    to_check = next((item for item in edition.sections if item.role == draft_marks.TO_CHECK), None)
    if to_check:
        shown = sum(_marks(section) for section in kept)
        total = sum(_marks(section) for section in edition.sections)
        yield to_check if shown == total else _to_check(shown, total)


def _missing(edition: Edition, kept: Sequence[Section], form: _Abridgement) -> Iterator[str]:
    roles = {section.role for section in kept} | {draft_marks.TO_CHECK}
    for section in edition.sections:
        if section.role not in roles:
            yield f"“{section.title}”" if section.title else _WITHOUT_TITLE.get(section.role, "more text")
    if not form.figures and any(section.figure for section in edition.sections):
        yield "the figures"
    if not form.caveats and any(note.caveat for note in edition.notes):
        yield "the caveats in its notes"
    if edition.scales and not form.scales:
        yield "the scales"


def _enumerated(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _marks(section: Section) -> int:
    return reasons.marks_in("".join(_texts(section)))


def _texts(section: Section) -> Iterator[str]:
    return (part if isinstance(part, str) else part.words for part in section.segments)


def _to_check(shown: int, total: int) -> Section:
    many = "1 paragraph of the full brief is" if total == 1 else f"{total} paragraphs of the full brief are"
    why = "a fact under each has changed since the text was accepted"
    words = f"{many} to be checked, {shown or 'none'} of them shown here: {why}."
    return Section(draft_marks.TO_CHECK, "", (words,))


def _counts(edition: Edition, notes: Sequence[Note], references: Sequence[Reference]) -> str:
    """What is shown here can be counted; on how many origins that rests, only the full brief knows."""
    facts = f"{len(notes)} fact{'s' * (len(notes) != 1)}"
    sources = f"{len(references)} source{'s' * (len(references) != 1)}"
    return f"Here {facts} from {sources}. The full brief: {edition.counts}"


def _is_used(scale: Scale, notes: Iterable[Note], kept: Iterable[Section]) -> bool:
    """Whether anything that is kept is graded by a scale; one that is not known here counts as used."""
    if scale.title in (scale_texts.LIKELIHOOD.title, scale_texts.CONFIDENCE.title):
        return any(section.role == "judgements" for section in kept)
    if scale.title == scale_texts.CREDIBILITY.title:
        return any(note.grade for note in notes)
    steps = {step for step, _ in scale.rows}
    return scale.title != scale_texts.STATUS.title or any(
        note.status.partition(":")[0] in steps for note in notes
    )
