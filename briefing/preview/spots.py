"""Where on the page of a brief a finding belongs: from its place in a file to the words that are printed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.language import sentences
from briefing.language.sentences import Sentence
from briefing.model import fact_links, query
from briefing.model.briefs import Brief
from briefing.model.editions import Edition
from briefing.model.facts import FactSheet
from briefing.model.findings import Finding, Place
from briefing.model.library import Library
from briefing.model.values import Placed, place_of
from briefing.preview.marks import Spot


class Spots:
    """The spots of one brief: what of its page comes from which place of the content."""

    def __init__(self, brief: Brief, edition: Edition, library: Library) -> None:
        self._library = library
        self._shown = {note.fact for note in edition.notes}
        self._labels: dict[str, str] = {reference.source: reference.label for reference in edition.references}
        self._own = sorted(_of_brief(brief, library), key=lambda item: item[0])
        listed = (brief.judgements, brief.disagreements, brief.gaps, brief.milestones)
        keys = (*self._shown, *(key for entries in listed for key in entries or ()))
        self._sheets = {*brief.sheets, *map(query.sheet_of, keys)} & {*library.sheets}
        self._elsewhere: set[str] = set()
        """Files from which nothing on the page comes."""
        self._of_sheets: dict[str, list[tuple[Place, Spot]]] = {}

    def of(self, finding: Finding) -> Spot | None:
        """Return the spot of a finding; None if nothing on the page comes from its place."""
        if finding.at.path in self._elsewhere:
            return None
        folder, _, file = finding.at.path.removeprefix("content/").rpartition("/")
        name = file.partition(".")[0]
        if folder == "briefs":
            return _last_before(self._own, finding.at)
        if folder == "sources" and name in self._labels:
            return Spot(anchor=f"source-{self._labels[name]}")
        if folder == "facts" and name in self._sheets:
            if name not in self._of_sheets:
                found = _of_sheet(self._library.sheets[name])
                self._of_sheets[name] = sorted(found, key=lambda item: item[0])
            spot = _last_before(self._of_sheets[name], finding.at)
            return spot if spot and (not spot.fact or spot.fact in self._shown) else None
        self._elsewhere.add(finding.at.path)
        return None


def _last_before(known: list[tuple[Place, Spot]], at: Place) -> Spot | None:
    before = [spot for place, spot in known if place.path == at.path and place <= at]
    return before[-1] if before else None


def _of_brief(brief: Brief, library: Library) -> Iterator[tuple[Place, Spot]]:
    yield from _of_fields(brief, ("title", "subtitle"))
    seen: Counter[tuple[str, ...]] = Counter()
    for name, text in brief.prose.items():
        start = place_of(text, brief.body_at if name == "body" else brief.at)
        for sentence in sentences.split(text, brief.language, library.facts):
            spot = _of_sentence(sentence)
            place = fact_links.place_at(text, sentence.origins[0] if sentence.origins else 0, start)
            yield place, dataclasses.replace(spot, nth=seen[spot.words])
            seen[spot.words] += 1


def _of_sentence(sentence: Sentence) -> Spot:
    """Return the words of a sentence outside its links: only those are printed as they are written."""
    words: list[str] = []
    position = before = 0
    for cited in sorted(sentence.cited, key=lambda item: item.start):
        words += sentences.words(sentence.text[position : cited.start])
        before += not words
        position = cited.end
    rest = sentences.words(sentence.text[position:])
    after = sum(not sentences.words(sentence.text[item.end :]) for item in sentence.cited)
    words += rest
    if words:
        return Spot(tuple(words), before=before, after=after)
    return Spot(fact=sentence.cited[0].fact) if sentence.cited else Spot()


def _of_sheet(sheet: FactSheet) -> Iterator[tuple[Place, Spot]]:
    for fact in sheet.facts:
        yield fact.at, Spot(fact=fact.id)
    for entry in sheet.entries:
        names = [field.name for field in dataclasses.fields(entry)]
        found = list(_of_fields(entry, names))
        yield entry.at, found[0][1] if found else Spot()
        yield from found


def _of_fields(record: Any, names: Iterable[str]) -> Iterator[tuple[Place, Spot]]:
    for name in names:
        text = getattr(record, name)
        if isinstance(text, Placed) and (words := tuple(sentences.words(text))):
            yield text.at, Spot(words)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the preview shows it."""

    number: int
    finding: Finding
    line: str
    """The line of the file at its place."""
    spot: Spot | None = None
