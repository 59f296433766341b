"""The notes of an edition as printed: what an earlier note says already is referred to, not said again.

An edition keeps each note complete, because cards print it alone and a short form numbers the notes afresh.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.language.words import Words
from briefing.model.editions import Edition, Note

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\w\"“«(\\])")
_SHORT = 4
"""Passages or a sentence of so few words are not worth a reference."""


def printed(edition: Edition) -> Mapping[int, str]:
    """Return the text of each note by its number, as Markdown.

    A note refers only to a note whose whole caveat it shares, so that no reader takes a caveat on another
    statement for one on this.
    """
    say = Words(edition.language)
    usual = usual_grade(edition)
    passages: dict[str, int] = {}
    said: dict[frozenset[str], int] = {}
    """The notes that first have a caveat, by its sentences."""
    whole: dict[int, frozenset[str]] = {}
    found = {}
    for note in edition.notes:
        head, caveat = _parts(note, usual, say)
        whole[note.number] = frozenset(caveat)
        shared = {sentences: number for sentences, number in said.items() if sentences <= whole[note.number]}
        new = [sentence for sentence in caveat if not any(sentence in sentences for sentences in shared)]
        first = passages.get(head)
        if len(head.split()) > _SHORT:
            passages.setdefault(head, note.number)
        if first is not None and whole[first] == whole[note.number]:
            found[note.number] = say("note.as", note=first)
        else:
            head = head if first is None else say("note.passages_as", note=first)
            see = say("note.see", notes=say.listed(map(str, sorted(shared.values())))) if shared else ""
            found[note.number] = " ".join(filter(None, (head, *new, see)))
        if len(" ".join(caveat).split()) > _SHORT:
            said.setdefault(whole[note.number], note.number)
    return found


def usual_grade(edition: Edition) -> str:
    """Return the grade that more than half of the notes have; it is said once, and not in each of these."""
    grades = Counter(note.grade for note in edition.notes if note.grade)
    grade, count = grades.most_common(1)[0] if grades else ("", 0)
    return grade if count > len(edition.notes) / 2 and count > 2 else ""


def first_sentence(text: str) -> str:
    """Return the first sentence of a caveat."""
    return _SENTENCE.split(text, maxsplit=1)[0]


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
