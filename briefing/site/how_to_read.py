"""How to read the site, shown on one sentence: from its words to their note, its card and its source.

The example is the first commitment that the first brief cites in a sentence, so it is right for any subject.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.formats import html
from briefing.formats.html import Card, ClaimMarkup
from briefing.language import markdown_blocks, note_texts, scale_texts, sentences
from briefing.language.markdown_blocks import BlockKind
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition, Note, Passage, Reference, Section
from briefing.site.exports import data_files
from briefing.site.files import SiteFile
from briefing.site.lookups import Lookups
from briefing.site.printer import Printer

PATH = "how-to-read.html"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a brief with the evidence of one of its claims."""

    edition: Edition
    heading: str
    """The part of the brief that it is in; empty where that has no title."""
    text: Any
    """The sentence, as HTML: the number of the one note opens its card."""
    facts: tuple[str, ...]
    """What the sentence cites."""
    note: Note
    printed: Any
    """The note as it is printed at the end of the brief."""
    card: Card
    passage: Passage
    """The first passage that it rests on."""
    reference: Reference
    """The source of that passage."""
    reliability: str
    credibility: str


def worked_example(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:
    """Yield the page, with its data."""
    example = _example(lookups)
    shown = example.facts if example else ()
    say = lookups.say
    yield printer.page(
        PATH,
        "site-how-to-read.html.j2",
        shown,
        title=say("how.title"),
        example=example,
        say_of_edition=Words(example.edition.language) if example else say,
    )
    data = {"brief": example.edition.brief, "fact": example.note.fact} if example else {}
    yield data_files.written(printer, PATH.removesuffix(".html"), {"example": data}, shown)


def _example(lookups: Lookups) -> Example | None:
    """Return the example; None where no brief cites anything in a sentence."""
    for edition in lookups.editions.values():
        found = [(section, claim) for section in edition.sections for claim in _in_sentences(section)]
        notes = {note.number: note for note in edition.notes}
        first = next((item for item in found if notes[item[1].note].status), None) or next(iter(found), None)
        if first and notes[first[1].note].passages:
            return _explained(edition, *first)
    return None


def _in_sentences(section: Section) -> Iterator[Claim]:
    """Yield the marked claims of a section that are in a paragraph, not in a table."""
    for segments in _paragraphs(section):
        yield from (part for part in segments if isinstance(part, Claim) and part.words and part.is_marked)


def _paragraphs(section: Section) -> Iterator[tuple[str | Claim, ...]]:
    """Yield the paragraphs of a section, each cut where a fact appears."""
    text, places = "", list[tuple[int, int, str | Claim]]()
    for part in section.segments:
        words = part if isinstance(part, str) else part.words or "*"
        places.append((len(text), len(text) + len(words), part))
        text += words
    for block in markdown_blocks.find(text):
        if block.kind is not BlockKind.TEXT:
            continue
        inside: list[str | Claim] = []
        for start, end, part in places:
            if isinstance(part, Claim):
                inside += [part] if block.words_start <= start < block.words_end else []
            elif cut := part[max(0, block.words_start - start) : max(0, block.words_end - start)]:
                inside.append(cut if end > block.words_start else "")
        yield tuple(inside)


def _sentence(segments: Sequence[str | Claim], claim: Claim, language: str) -> tuple[str | Claim, ...]:
    """Return the sentence of a paragraph in which a claim is."""
    words = [part if isinstance(part, str) else part.words for part in segments]
    starts = [0, *itertools.accumulate(map(len, words))]
    text, place = "".join(words), starts[segments.index(claim)]
    end = next((end for end in sentences.ends(text, language) if end > place), len(text))
    start = max((end for end in sentences.ends(text, language) if end <= place), default=0)
    found: list[str | Claim] = []
    for part, first, last in zip(segments, starts, starts[1:], strict=False):
        if isinstance(part, Claim):
            found += [part] if start <= first < end else []
        elif cut := part[max(0, start - first) : max(0, min(last, end) - first)]:
            found.append(cut)
    return tuple(found)


def _explained(edition: Edition, section: Section, claim: Claim) -> Example:
    note = next(item for item in edition.notes if item.fact == claim.fact)
    paragraph = next(item for item in _paragraphs(section) if claim in item)
    segments = _sentence(paragraph, claim, edition.language)
    say = Words(edition.language)
    opens = html.opener(edition.language)
    only = replace(claim, is_first=True)

    def marker(part: Claim) -> ClaimMarkup:
        if part.note == claim.note:
            return opens(replace(part, is_first=part == only))
        number = f'<sup class="mark">{html.OPENING}{part.note}{html.CLOSING}</sup>' if part.is_marked else ""
        return ClaimMarkup("", number)

    passage = note.passages[0]
    reference = next(item for item in edition.references if item.label == passage.reference)
    return Example(
        edition,
        section.title,
        html.section_html(Section("example", "", segments), marker, edition.language, is_screen=True).html,
        tuple(str(part.fact) for part in segments if isinstance(part, Claim)),
        note,
        html.inline(note_texts.printed(edition)[note.number], edition.language),
        next(card for card in html.cards(edition)[note.number] if card.note.fact == note.fact),
        passage,
        reference,
        scale_texts.graded(reference.reliability, say),
        note.grade,
    )
