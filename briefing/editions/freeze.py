"""Editions through time: the text of an edition is frozen at its issue, and can be printed again as it was.

A brief is either its last issued edition, word for word, or a draft. Nobody has to set this by hand, because
the program compares the words.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from briefing import __version__
from briefing.content import encode, ladders, views
from briefing.editions import renames as editions_renames
from briefing.editions import segments
from briefing.language.wording import Wording, closed
from briefing.language.words import Words
from briefing.model import fact_links, query
from briefing.model.briefs import Brief
from briefing.model.editions import (
    NO_IMPRINT,
    Claim,
    DraftSection,
    Edition,
    Figure,
    Imprint,
    Mark,
    Note,
    Section,
)
from briefing.model.ledger import FileDigests, Issued, ListedSource, Printed, State, order_of
from briefing.model.library import Library, Renames
from briefing.model.signatures import UNREVIEWED, BriefState, Progress, progress_of
from briefing.model.values import Date, EditionNumber, Slug

CHANGES = views.CHANGES
FIRST = EditionNumber("1")


def printed(edition: Edition) -> Printed:
    """Return the words of an edition, without the parts that only the ledger adds."""
    return Printed(
        title=edition.title,
        subtitle=edition.subtitle,
        owner=edition.owner,
        marking=edition.marking,
        language=edition.language,
        publisher=edition.publisher,
        as_of=edition.as_of,
        as_of_day=Date(edition.as_of_day.isoformat()),
        length=edition.length,
        counts=edition.counts,
        sections=tuple(_with_words(section) for section in edition.sections),
        notes=edition.notes,
        references=edition.references,
        scales=edition.scales,
        authors=edition.authors,
        newest=edition.newest,
        checked=edition.checked,
    )


def state(edition: Edition, brief: Brief, library: Library) -> State:
    """Return the facts, entries and sources that an edition rests on."""
    return State(
        as_of=Date(edition.as_of_day.isoformat()),
        facts=tuple(library.facts[note.fact] for note in edition.notes),
        disagreements=tuple(query.chosen(brief, library, "disagreements")),
        gaps=tuple(query.chosen(brief, library, "gaps")),
        milestones=tuple(query.chosen(brief, library, "milestones")),
        judgements=tuple(library.judgements[key] for key in brief.judgements if key in library.judgements),
        sources=tuple(ListedSource(item.source, item.text) for item in edition.references),
    )


def of_brief(brief: Slug, library: Library) -> tuple[Issued, ...]:
    """Return the editions of a brief that are published, oldest first, under present names.

    For the authors, those that are held until their hour count as published.
    """
    return tuple(
        _called_now(item, brief, library)
        for item in library.issued.get(brief, ())
        if not (item.withdrawn and item.withdrawn.is_unpublished)
        and (not item.publish_on or library.has_come(item.publish_on))
    )


def reduced(brief: Slug, library: Library) -> Issued | None:
    """Return the last edition of a brief without its words, if the library shows only a part of its state."""
    found = library.reduced.get(brief)
    return _called_now(found, brief, library) if found else None


def label_of(issued: Issued, wording: Wording) -> str:
    """Return the number and the day of an edition: 5 of 30 November 2026."""
    return wording.say("edition.of_day", number=issued.id, date=wording.date(issued.dated))


def reissued(issued: Issued, later: Sequence[Issued] = (), imprint: Imprint = NO_IMPRINT) -> Edition:
    """Return an edition as it was printed, with a notice if it was withdrawn, corrected or superseded.

    ``later`` are the editions of the brief issued after it. The imprint is that of today: readers of an
    old edition write to the present address.
    """
    words = issued.printed
    numbers = {note.fact: note.number for note in words.notes}
    marked: set[int] = set()

    def claim(link: fact_links.Link, is_marked: bool) -> Claim:
        number = numbers[link.key]
        is_first = is_marked and number not in marked
        if is_marked:
            marked.add(number)
        return Claim(link.key, link.words, number, is_marked, is_first)

    wording = Wording(words.language, {})
    return segments.sealed(
        Edition(
            brief=issued.brief,
            title=words.title,
            subtitle=words.subtitle,
            owner=words.owner,
            marking=words.marking,
            language=words.language,
            publisher=words.publisher,
            as_of=words.as_of,
            as_of_day=words.as_of_day.latest,
            label=label_of(issued, wording),
            is_draft=False,
            notice=_notice(issued, later, wording),
            length=words.length,
            sections=tuple(
                Section(
                    section.role,
                    section.title,
                    segments.marks_in_order(
                        part
                        for part in segments.cut(section.text, tuple(fact_links.find(section.text)), claim)
                        if part
                    ),
                    section.figure,
                )
                for section in words.sections
            ),
            notes=words.notes,
            references=words.references,
            scales=words.scales,
            counts=words.counts,
            digest="",
            authors=words.authors,
            newest=words.newest,
            checked=words.checked,
            imprint=imprint,
        )
    )


def frozen(
    words: Printed, state: State, brief: Slug, number: EditionNumber, issued: Date, by: str, note: str
) -> Issued:
    """Return an edition about to be issued; its seal and the digests of its files are still missing."""
    files = FileDigests("", "", "")
    return Issued(number, brief, issued, issued, by, note, __version__, "", files, words, state)


def is_as_printed(edition: Edition, issued: Issued) -> bool:
    """Return whether the present text of a brief is, word for word, that of an issued edition.

    The comparison ignores when its passages were last verified, how new its sources are, the publisher's
    name, which spaces do not break, and of how many steps a scale is shown. It ignores figures if the edition
    has none, because older editions were issued without figures, and likewise the ladders of figures, and
    drawings of a single rung.
    It ignores the words that notes cite from their passages, which are on cards only.
    """
    now, then = _without_terms(printed(edition)), _without_terms(issued.printed)
    figures = [section.figure for section in then.sections if section.figure]
    if not any(figure.ladders for figure in figures):
        now = _redrawn(now, bool(figures))
    now = _drawn_as(now, then)
    sources = {scale.title: scale.source for scale in then.scales}
    scales = (dataclasses.replace(item, source=sources.get(item.title, item.source)) for item in now.scales)
    now = dataclasses.replace(now, scales=tuple(scales))
    same = dataclasses.replace(
        now, counts=then.counts, newest=then.newest, checked=then.checked, publisher=then.publisher
    )
    return same == then or _with_plain_spaces(same) == _with_plain_spaces(then)


def _without_terms(words: Printed) -> Printed:
    def bare(note: Note) -> Note:
        places = (dataclasses.replace(passage, terms=()) for passage in note.passages)
        return dataclasses.replace(note, passages=tuple(places))

    return dataclasses.replace(words, notes=tuple(map(bare, words.notes)))


def _with_plain_spaces(words: Printed) -> str:
    return repr(words).replace(repr("\N{NO-BREAK SPACE}")[1:-1], " ")


def _redrawn(words: Printed, has_figures: bool) -> Printed:
    """Return the words of a brief without figures, or with figures that keep no ladder."""

    def drawn(figure: Figure | None) -> Figure | None:
        return _on_old_ladder(figure) if figure and has_figures else None

    sections = (dataclasses.replace(item, figure=drawn(item.figure)) for item in words.sections)
    return dataclasses.replace(words, sections=tuple(sections))


def _drawn_as(now: Printed, then: Printed) -> Printed:
    """Return the words of a brief with the earlier drawings where now the captions alone say it."""
    before = {section.role: section.figure for section in then.sections}

    def drawn(section: DraftSection) -> DraftSection:
        old, new = before.get(section.role), section.figure
        if not old or not new or new.is_drawn:
            return section
        return dataclasses.replace(
            section, figure=dataclasses.replace(new, marks=old.marks, ladders=old.ladders)
        )

    return dataclasses.replace(now, sections=tuple(map(drawn, now.sections)))


def _on_old_ladder(figure: Figure) -> Figure:
    return ladders.of_figure(dataclasses.replace(figure, ladders=()))


def changes_printed(issued: Issued) -> DraftSection | None:
    """Return the section of an issued edition that says what was new in it; None if it had none."""
    return next((item for item in issued.printed.sections if item.role == CHANGES), None)


def next_number(numbers: Sequence[str], is_minor: bool) -> EditionNumber:
    """Return the number of the next edition of a brief, after those that it has had, oldest first."""
    if not numbers:
        return FIRST
    major, minor = order_of(numbers[-1])
    return EditionNumber(f"{major}.{minor + 1}" if is_minor else str(major + 1))


def as_draft(edition: Edition, editions: Sequence[Issued], state: BriefState = BriefState.DRAFT) -> Edition:
    """Return the draft of an edition; its label says how far it is, and which edition is the last one."""
    if not editions and state is BriefState.DRAFT:
        return edition
    say = Words(edition.language)
    label = say(f"edition.{_LABELS[state]}")
    if editions:
        label = say(f"edition.{_LABELS[state]}_after", number=editions[-1].id)
    return segments.sealed(dataclasses.replace(edition, label=label))


_LABELS: Mapping[BriefState, str] = {
    BriefState.DRAFT: "draft",
    BriefState.IN_REVIEW: "in_review",
    BriefState.CLEARED: "cleared",
}


def words_of(edition: Edition) -> str:
    """Return the digest of what an edition prints, as far as a review answers for it."""
    words = dataclasses.replace(
        _without_terms(printed(edition)), counts="", newest="", checked="", publisher=""
    )
    plain = json.dumps(encode.to_plain(words), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def progress(edition: Edition, brief: Slug, library: Library) -> Progress:
    """Return how far a brief is whose text is no edition that counts."""
    reviews = library.reviews.get(brief, ())
    if library.as_of or not reviews:
        return UNREVIEWED
    words = words_of(edition)
    cleared = (item.cleared.words for item in library.issued.get(brief, ()) if item.cleared)
    return progress_of(words, reviews, sum(item == words for item in cleared))


def digest(issued: Issued) -> str:
    """Return the digest of everything that an edition's page on the site depends on, except its style."""
    return hashlib.sha256(repr(issued).encode()).hexdigest()


def _called_now(issued: Issued, brief: Slug, library: Library) -> Issued:
    renames = library.renamed
    words = issued.printed
    if renames.keys.keys() & {str(note.fact) for note in words.notes}:
        words = dataclasses.replace(
            words,
            sections=tuple(_section_called_now(section, renames) for section in words.sections),
            notes=tuple(
                dataclasses.replace(note, fact=renames.keys.get(note.fact, note.fact)) for note in words.notes
            ),
        )
    return dataclasses.replace(
        issued, brief=brief, printed=words, state=editions_renames.renamed(issued.state, renames)
    )


def _section_called_now(section: DraftSection, renames: Renames) -> DraftSection:
    text, position = "", 0
    for link in fact_links.find(section.text):
        key = renames.keys.get(link.key, link.key)
        text += section.text[position : link.start] + fact_links.write(key, link.form, link.words)
        position = link.end
    return dataclasses.replace(
        section, text=text + section.text[position:], figure=_figure_called_now(section.figure, renames)
    )


def _figure_called_now(figure: Figure | None, renames: Renames) -> Figure | None:
    if figure is None:
        return None

    def called_now(marks: Iterable[Mark]) -> tuple[Mark, ...]:
        return tuple(dataclasses.replace(mark, fact=renames.keys.get(mark.fact, mark.fact)) for mark in marks)

    rows = tuple(dataclasses.replace(row, marks=called_now(row.marks)) for row in figure.rows)
    return dataclasses.replace(figure, marks=called_now(figure.marks), rows=rows)


def _with_words(section: Section) -> DraftSection:
    """Return a section in which every link contains its printed words."""
    text = "".join(
        part
        if isinstance(part, str)
        else fact_links.write(part.fact, words=part.words)
        if part.words
        else fact_links.write(part.fact, "mark")
        for part in section.segments
    )
    return DraftSection(section.role, section.title, text.strip(), section.figure)


def _notice(issued: Issued, later: Sequence[Issued], wording: Wording) -> str:
    """Return the notice of an edition; if several apply, only the most serious one."""
    say = wording.say
    if taken := issued.withdrawn:
        return say(
            "edition.withdrawn", date=wording.date(taken.day), by=taken.by, reason=closed(taken.reason)
        )
    correction = next((item for item in later if item.corrects == issued.id), None)
    if correction:
        day = wording.date(correction.issued)
        return say("edition.corrected", number=correction.id, date=day, note=closed(correction.note))
    if later:
        return say("edition.superseded", number=later[-1].id, date=wording.date(later[-1].dated))
    return ""
