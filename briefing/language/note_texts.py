"""The notes of an edition as printed: what an earlier note says already is referred to, not said again.

An edition keeps each note complete, because cards print it alone and a short form numbers the notes afresh.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.language.words import Words
from briefing.model.editions import Edition, Note, Passage

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\w\"“«(\\])")
_SHORT = 5
"""Passages or a sentence of so few words are not worth a reference: it would be as long."""
_BRIEF = 10
"""A caveat of so few words fits many statements: who is sent to a note on another passage loses the way."""


def printed(edition: Edition) -> Mapping[int, str]:
    """Return the text of each note by its number, as Markdown.

    A note refers only to a note whose whole caveat it shares, so that no reader takes a caveat on another
    statement for one on this; for a few words only to one on a passage of its own. A statement that sources
    relay has its full name once, and then its short one.
    """
    say = Words(edition.language)
    usual = usual_grade(edition)
    passages: dict[str, int] = {}
    said: dict[frozenset[str], Note] = {}
    """The notes that first have a caveat, by its sentences."""
    whole: dict[int, frozenset[str]] = {}
    named: set[str] = set()
    found: dict[int, str] = {}
    for note in edition.notes:
        if note.number in found:
            continue  # facts of which the notes say the same share one
        full, caveat = _parts(note, usual, say)
        whole[note.number] = frozenset(caveat)
        shared = {
            sentences: before.number
            for sentences, before in said.items()
            if sentences <= whole[note.number]
            and (_places_of(before) & _places_of(note) or _count(sentences) > _BRIEF)
        }
        new = [sentence for sentence in caveat if not any(sentence in sentences for sentences in shared)]
        first = passages.setdefault(full, note.number)
        is_known = first != note.number
        head = _named_once(note, full, named, say)
        is_long = len(head.split()) > _SHORT
        if is_known and whole[first] == whole[note.number] and (is_long or caveat):
            found[note.number] = say("note.as", note=first)
        else:
            head = say("note.passages_as", note=first) if is_known and is_long else head
            see = say("note.see", notes=say.listed(map(str, sorted(shared.values())))) if shared else ""
            found[note.number] = " ".join(filter(None, (head, *new, see)))
        if _count(caveat) > _SHORT:
            said.setdefault(whole[note.number], note)
    return found


def usual_grade(edition: Edition) -> str:
    """Return the grade that more than half of the notes have; it is said once, and not in each of these."""
    grades = Counter(note.grade for note in edition.notes if note.grade)
    grade, count = grades.most_common(1)[0] if grades else ("", 0)
    return grade if count > len(edition.notes) / 2 and count > 2 else ""


def first_sentence(text: str) -> str:
    """Return the first sentence of a caveat."""
    return _SENTENCE.split(text, maxsplit=1)[0]


def where(passages: Iterable[Passage], say: Words) -> str:
    """Return the beginning of a complete note: who says so and in which passages, as Markdown."""
    by_origin: dict[tuple[str, bool], list[Passage]] = {}
    for item in passages:
        by_origin.setdefault((item.origin, item.is_ours), []).append(item)
    parts = []
    for (origin, is_ours), found in by_origin.items():
        places = say("value.list").join(_place(item, say) for item in found)
        key = "note.relayed_ours" if is_ours else "note.relayed"
        parts.append(say(key, origin=origin, places=places) if origin else places)
    return say("value.long_list").join(parts) + "."


def _count(sentences: Iterable[str]) -> int:
    """Return how many words some sentences have."""
    return sum(len(sentence.split()) for sentence in sentences)


def _places_of(note: Note) -> set[tuple[str, int]]:
    """Return the paragraphs that a note names, each with its source."""
    return {(item.reference, item.paragraph) for item in note.passages}


def _named_once(note: Note, full: str, named: set[str], say: Words) -> str:
    """Return the beginning of a note with the short names of the statements that have been named.

    It is left as it is where another version of the program wrote it.
    """
    beginning = next((text for text in _beginnings(note, say) if full.startswith(text)), "")
    if not beginning:
        return full
    by_origin: dict[str, list[Passage]] = {}
    for item in note.passages:
        by_origin.setdefault(item.origin, []).append(item)
    parts = []
    for origin, found in by_origin.items():
        places = say("value.list").join(_places(dict.fromkeys(found), say))
        name = found[0].short if origin in named and found[0].short else origin
        parts.append(say("note.relayed", origin=name, places=places) if origin else places)
        named.add(origin)
    return say("value.long_list").join(parts) + "." + full[len(beginning) :]


def _beginnings(note: Note, say: Words) -> Iterator[str]:
    """Yield how a complete note begins; what was worked out names a passage of several addends once."""
    yield where(note.passages, say)
    yield where(dict.fromkeys(note.passages), say)


def _places(passages: Iterable[Passage], say: Words) -> Iterator[str]:
    """Yield the passages, each source named once, with a sign where it is our reading who speaks."""
    source = ""
    for item in passages:
        is_further = item.reference == source
        place = say("note.place_on", paragraph=item.paragraph) if is_further else _place(item, say)
        source = item.reference
        yield say("note.place_ours", place=place) if item.is_ours else place


def _place(passage: Passage, say: Words) -> str:
    return say("note.place", source=passage.reference, paragraph=passage.paragraph)


def _parts(note: Note, usual: str, say: Words) -> tuple[str, Sequence[str]]:
    """Return what a note says before its caveat, without the usual grade, and the caveat's sentences."""
    text = note.text
    caveat = next((item for item in (note.caveat, first_sentence(note.caveat)) if _ends_with(text, item)), "")
    head = text[: len(text) - len(caveat)].rstrip()
    if usual and note.grade == usual:
        step = usual.partition(":")[0].strip()
        for key in ("note.credibility", "note.credibility_plain"):
            head = head.replace(f" {say(key, grade=step)}", "", 1)
    return head, _SENTENCE.split(caveat) if caveat else ()


def _ends_with(text: str, caveat: str) -> bool:
    return bool(caveat) and text.endswith(f" {caveat}")
