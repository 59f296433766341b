"""The changes in the words of a brief, down to the sentence: old and new side by side. Pure.

Two copies of a brief are compared: identical blocks drop out first, then the remaining sentences and rows are
compared with one another. The numbers of notes and the labels of sources do not count as words: a source that
is added at the top renumbers all others and changes nothing that the brief says.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.changes import align, states
from briefing.changes.states import Change
from briefing.editions import freeze
from briefing.editions.file_copy import FileCopy
from briefing.language import markdown_blocks, sentences
from briefing.language.markdown_blocks import Block, BlockKind
from briefing.model import fact_links
from briefing.model.editions import DraftSection, Note
from briefing.model.facts import Fact
from briefing.model.library import Renames

_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"\bS\d+\b")
_HEAD = "Head of the brief"
_TEXT = "Text"
_ALIKE = 0.4
"""Two sentences with at least this share of common words are one sentence that was changed."""
_SAME_FACTS = 0.3
"""Likeness added where two sentences cite the same facts."""
_CARD = ("value", "status", "kind", "date", "speakers", "statement", "caveat", "grade", "independence")
"""The fields that a note prints beside its text."""


class BriefPart(StrEnum):
    """The parts of a brief, in the order in which changes are reported."""

    SENTENCE = "sentence"
    """A sentence of a paragraph, an item of a list or a heading."""
    ROW = "row"
    """A row of a table."""
    NOTE = "note"
    """A note, or a line of the card that it opens."""
    SOURCE = "source"
    """An entry of the list of sources."""
    SCALE = "scale"
    """A step of a scale."""
    HEAD = "head"
    """Title, owner, day and the other lines at the top."""
    NEWS = "news"
    """A line of the brief's own section on what changed, which repeats what the others show."""


class Fate(StrEnum):
    """The effect of a change on a brief or a fact."""

    CHANGED = "changed"
    """It exists before and after; perhaps only its appearance changed."""
    NEW = "new"
    """It did not exist before."""
    GONE = "gone"
    """It no longer exists."""
    SAME = "unchanged"
    """It is the same."""
    UNKNOWN = "not known"
    """Its earlier words are not on record."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or row as it is printed."""

    part: BriefPart
    section: str
    """The heading that it is under."""
    text: str
    """Plain text; the cells of a row with bars between them."""
    cited: tuple[str, ...] = ()
    """The facts that it cites, by their present keys."""


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence or row whose printed words changed."""

    part: BriefPart
    section: str
    before: str
    """Empty where it is new."""
    after: str
    """Empty where it is gone."""
    cited: tuple[str, ...]
    """The facts that it cites or cited."""
    facts: tuple[str, ...]
    """Those of them that changed."""
    is_moved: bool = False
    """Whether it says the same and only moved within its section."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A fact that a table or timeline newly shows, or no longer shows."""

    fact: str
    section: str
    is_in: bool
    """Whether it is now shown."""


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of a change on one brief."""

    brief: str
    title: str
    owner: str | None
    fate: Fate
    since: str
    """The state that it is compared with: the last build, or edition 2."""
    files: tuple[str, ...] = ()
    """Its files and its pages of the site that would be made or removed."""
    sentences: tuple[ChangedSentence, ...] = ()
    memberships: tuple[Membership, ...] = ()
    changed: tuple[Change, ...] = ()
    """The changes in what it rests on."""


@dataclass(frozen=True, slots=True)
class CopyDifference:
    """The differences between two copies of a brief."""

    sentences: tuple[ChangedSentence, ...]
    memberships: tuple[Membership, ...]
    changed: tuple[Change, ...]


def between(before: FileCopy, after: FileCopy, renames: Renames) -> CopyDifference:
    """Return the differences in what a brief prints."""
    changed = states.between(before.state, after.state, renames)
    keys = {change.key for change in changed}
    reading = _CopyComparison(renames, before, after)
    pairs = [
        *(pair for old, new in reading.sections() for pair in reading.text(old, new)),
        *reading.notes(),
        *_by_key(_sources(before), _sources(after)),
        *_aligned(list(_scales(before)), list(_scales(after))),
        *_by_key(_head(before), _head(after)),
    ]
    found = [_sentence(old, new, keys) for old, new in pairs]
    order = list(BriefPart)
    return CopyDifference(
        tuple(sorted(found, key=lambda item: order.index(item.part))),
        tuple(reading.memberships()),
        changed,
    )


def units_citing(key: str, copy: FileCopy) -> Iterator[Unit]:
    """Yield every sentence, row and note that cites a fact."""
    reading = _CopyComparison(Renames(), copy, copy)
    for section in copy.printed.sections:
        for heading, block in _blocks(section):
            if f"({fact_links.SCHEME}{key}" in block:
                yield from (unit for unit in reading.units(section, heading, block) if key in unit.cited)
    for note in copy.printed.notes:
        if note.fact == key:
            yield Unit(BriefPart.NOTE, _note_title(key), reading.plain(note.text), (key,))


def _sentence(old: Unit | None, new: Unit | None, changed: Collection[str]) -> ChangedSentence:
    either = new or old
    assert either
    cited = tuple(dict.fromkeys((*(old.cited if old else ()), *(new.cited if new else ()))))
    return ChangedSentence(
        either.part,
        either.section,
        old.text if old else "",
        new.text if new else "",
        cited,
        tuple(key for key in cited if key in changed),
        is_moved=bool(old and new and old.text == new.text),
    )


# ------------------------------------------------------------------------------------------------ reading

_Pair = tuple[Unit | None, Unit | None]


class _CopyComparison:
    """Two copies of a brief, read side by side under the present names of their facts."""

    def __init__(self, renames: Renames, before: FileCopy, after: FileCopy) -> None:
        self.before = before
        self.after = after
        self.now = renames.keys
        self.facts: dict[str, Fact] = {
            fact.id: fact for state in (before.state, after.state) for fact in state.facts
        }

    def sections(self) -> Iterator[tuple[DraftSection | None, DraftSection | None]]:
        """Yield the sections in pairs by role; the second of a role goes with the second of that role."""
        old, new = _by_role(self.before), _by_role(self.after)
        for role in (*new, *(role for role in old if role not in new)):
            yield old.get(role), new.get(role)

    def text(self, old: DraftSection | None, new: DraftSection | None) -> Iterator[_Pair]:
        """Yield the sentences and rows of a section that changed."""
        olds = list(_blocks(old)) if old else []
        news = list(_blocks(new)) if new else []
        found: list[_Pair] = []
        if old and new and old.title != new.title:
            found.append((_title(old), _title(new)))
        for is_same, was, now in align.stretches([text for _, text in olds], [text for _, text in news]):
            if not is_same:
                found += _aligned(
                    [unit for block in olds[was] if old for unit in self.units(old, *block)],
                    [unit for block in news[now] if new for unit in self.units(new, *block)],
                )
        yield from _with_moves(found)

    def units(self, section: DraftSection, heading: str, block: str) -> Iterator[Unit]:
        """Yield the sentences and rows of a block."""
        part = _part(section)
        for row, text in _runs(block):
            if row is None:
                for said in sentences.split(text, self.language, self.facts):
                    yield Unit(part, heading, said.text, self._names(item.fact for item in said.cited))
            elif words := " | ".join(map(self.plain, row)).strip():
                cited = self._names(link.key for link in fact_links.find(text))
                yield Unit(BriefPart.ROW if part is BriefPart.SENTENCE else part, heading, words, cited)

    @property
    def language(self) -> str:
        """The language by whose rules sentences are split."""
        return self.after.printed.language

    def plain(self, markdown: str) -> str:
        """Return Markdown as plain text."""
        return sentences.plain(markdown, self.language, self.facts)

    def _names(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(self.now.get(key, key)) for key in keys))

    def notes(self) -> Iterator[_Pair]:
        """Yield the notes that changed, by fact."""
        old = {self.now.get(note.fact, note.fact): note for note in self.before.printed.notes}
        new = {note.fact: note for note in self.after.printed.notes}
        labels, new_labels = _labels(self.before), _labels(self.after)
        for key in (*new, *(key for key in old if key not in new)):
            was, now = old.get(key), new.get(key)
            if was is None or now is None:
                yield self._note(was, key), self._note(now, key)
                continue
            says_same = _labelled(was.text, labels) == _labelled(now.text, new_labels)
            if not says_same:
                yield self._note(was, key), self._note(now, key)
            for name in _CARD:
                one, other = getattr(was, name).strip(), getattr(now, name).strip()
                if one != other and (says_same or name not in ("caveat", "grade")):
                    title = f"{_note_title(key)}, {name}"
                    yield self._line(one, title, key), self._line(other, title, key)

    def _note(self, note: Note | None, key: str) -> Unit | None:
        return Unit(BriefPart.NOTE, _note_title(key), self.plain(note.text), (key,)) if note else None

    def _line(self, words: str, title: str, key: str) -> Unit | None:
        return Unit(BriefPart.NOTE, title, self.plain(words), (key,)) if words else None

    def memberships(self) -> Iterator[Membership]:
        """Yield the facts that a table newly shows, or no longer shows."""
        for old, new in self.sections():
            was, now = self._in_rows(old), self._in_rows(new)
            title = (new or old or DraftSection("", "", "")).title or _TEXT
            yield from (Membership(key, title, True) for key in now if key not in was)
            yield from (Membership(key, title, False) for key in was if key not in now)

    def _in_rows(self, section: DraftSection | None) -> tuple[str, ...]:
        runs = _runs(section.text) if section else ()
        return self._names(
            link.key for row, text in runs if row is not None for link in fact_links.find(text)
        )


def _by_role(copy: FileCopy) -> dict[tuple[str, int], DraftSection]:
    seen: Counter[str] = Counter()
    found = {}
    for section in copy.printed.sections:
        found[section.role, seen[section.role]] = section
        seen[section.role] += 1
    return found


def _part(section: DraftSection) -> BriefPart:
    return BriefPart.NEWS if section.role == freeze.CHANGES else BriefPart.SENTENCE


def _title(section: DraftSection) -> Unit:
    return Unit(_part(section), section.title, section.title)


def _blocks(section: DraftSection) -> Iterator[tuple[str, str]]:
    """Yield paragraphs, lists and tables, each with the heading that it is under."""
    heading = section.title or _TEXT
    for passage in markdown_blocks.passages(section.text):
        if passage[0].is_title:
            heading = section.text[passage[0].words_start : passage[0].words_end] or heading
        yield heading, section.text[passage[0].start : passage[-1].end]


def _runs(text: str) -> Iterator[tuple[tuple[str, ...] | None, str]]:
    """Yield the rows of a text, each with its cells, and the stretches between them."""

    def is_row(block: Block) -> bool:
        return block.kind is BlockKind.ROW

    blocks = (block for block in markdown_blocks.find(text) if block.kind is not BlockKind.MARKUP)
    for is_table, group in itertools.groupby(blocks, is_row):
        found = list(group)
        if is_table:
            yield from ((row.cells, text[row.start : row.end]) for row in found)
        else:
            yield None, text[found[0].start : found[-1].end]


# ------------------------------------------------------------------------------- what is beside the text


def _note_title(key: str) -> str:
    return f"Note on {key}"


def _labels(copy: FileCopy) -> Mapping[str, str]:
    return {item.label: item.source for item in copy.printed.references}


def _labelled(text: str, labels: Mapping[str, str]) -> str:
    """Return the text of a note with the ids of sources in place of their labels."""
    return _LABEL.sub(lambda match: labels.get(match.group(), match.group()), text.strip())


def _sources(copy: FileCopy) -> Mapping[str, Unit]:
    found = {}
    for item in copy.printed.references:
        relays = f" Relays: {item.origins}." if item.origins else ""
        words = f"{item.text} Reliability {item.reliability}.{relays}"
        found[str(item.source)] = Unit(
            BriefPart.SOURCE, "Sources", sentences.plain(words, copy.printed.language, {})
        )
    return found


def _scales(copy: FileCopy) -> Iterator[Unit]:
    for scale in copy.printed.scales:
        for step, meaning in scale.rows:
            yield Unit(BriefPart.SCALE, scale.title, f"{step}: {meaning}")


def _head(copy: FileCopy) -> Mapping[str, Unit]:
    words = copy.printed
    lines = {
        "Title": words.title,
        "Subtitle": words.subtitle,
        "Edition": copy.label,
        "As of": words.as_of,
        "Marking": f"TLP:{words.marking.value}",
        "Owner": words.owner or "not stated",
        "Authors": ", ".join(words.authors),
        "Basis": " ".join(filter(None, (words.newest, words.counts, words.checked))),
        "Publisher": words.publisher,
    }
    return {name: Unit(BriefPart.HEAD, _HEAD, f"{name}: {text}") for name, text in lines.items() if text}


def _by_key(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> Iterator[_Pair]:
    for key in (*new, *(key for key in old if key not in new)):
        if old.get(key) != new.get(key):
            yield old.get(key), new.get(key)


# ---------------------------------------------------------------------------------------------- aligning


def _aligned(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[_Pair]:
    """Yield the units that differ: in pairs of before and after, or alone."""
    for before, after in align.pairs(old, new, lambda unit: unit.text, _likeness, _ALIKE):
        if before is None or after is None or before.text != after.text:
            yield before, after


def _likeness(one: Unit, other: Unit) -> float:
    """Return how alike two units are: by their words, and by the facts that both cite."""
    is_of_same_facts = one.cited and one.cited == other.cited
    return align.share(_bag(one.text), _bag(other.text)) + (_SAME_FACTS if is_of_same_facts else 0)


@functools.lru_cache(maxsize=4096)
def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _with_moves(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Yield the pairs; a unit deleted in one place of a section and inserted in another becomes one pair."""
    gone: dict[str, list[Unit]] = defaultdict(list)
    for old, new in pairs:
        if old and not new:
            gone[old.text].append(old)
    come = Counter(new.text for old, new in pairs if new and not old)
    for old, new in pairs:
        if old and not new and come[old.text]:
            come[old.text] -= 1
        elif new and not old and gone[new.text]:
            yield gone[new.text].pop(0), new
        else:
            yield old, new
