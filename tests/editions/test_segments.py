"""The marks of notes: in order, each once, and one number for facts of which the notes say the same."""

from __future__ import annotations

from briefing.editions import segments
from briefing.model.editions import Claim, Note, Section
from briefing.model.values import Key

FERRY, TRAM, QUAY = (Key(f"port.{name}") for name in ("ferry", "tram", "quay"))
NUMBERS = {FERRY: 1, TRAM: 2, QUAY: 3}


def claim(fact: Key, words: str = "", is_first: bool = True) -> Claim:
    return Claim(fact, words, NUMBERS[fact], is_marked=True, is_first=is_first)


def as_text(section: Section) -> str:
    return "".join(
        part if isinstance(part, str) else part.words + (f"[{part.note}]" if part.is_marked else "")
        for part in section.segments
    )


def shared(*parts: str | Claim, notes: dict[Key, str]) -> tuple[Section, tuple[Note, ...]]:
    found = tuple(Note(NUMBERS[fact], fact, text) for fact, text in notes.items())
    (section,), numbered = segments.share_notes([Section("why", "", parts)], found)
    return section, numbered


def test_facts_of_which_the_notes_say_the_same_have_one_number() -> None:
    section, notes = shared(
        *(claim(FERRY, "A ferry"), ", ", claim(TRAM, "a tram"), " and ", claim(QUAY, "a quay"), "."),
        notes={FERRY: "S1 ¶2.", TRAM: "S1 ¶2.", QUAY: "S2 ¶4."},
    )
    assert as_text(section) == "A ferry[1], a tram[1] and a quay[2]."
    assert [(note.fact, note.number) for note in notes] == [(FERRY, 1), (TRAM, 1), (QUAY, 2)]


def test_a_caveat_keeps_notes_apart() -> None:
    section, _ = shared(
        *(claim(FERRY, "A ferry"), " and ", claim(TRAM, "a tram")),
        notes={FERRY: "S1 ¶2.", TRAM: "S1 ¶2. Nobody has seen it."},
    )
    assert as_text(section) == "A ferry[1] and a tram[2]"


def test_a_number_stands_once_where_its_marks_meet() -> None:
    section, _ = shared(
        *(claim(FERRY, "A ferry"), claim(QUAY), claim(TRAM), claim(FERRY, is_first=False), "."),
        notes={FERRY: "S1 ¶2.", TRAM: "S1 ¶2.", QUAY: "S2 ¶4."},
    )
    assert as_text(section) == "A ferry[1][2]."


def test_the_first_mark_of_a_number_is_where_its_note_belongs() -> None:
    section, _ = shared(
        *(claim(FERRY, "A ferry"), " and ", claim(TRAM, "a tram")), notes={FERRY: "S1 ¶2.", TRAM: "S1 ¶2."}
    )
    assert [part.is_first for part in section.segments if isinstance(part, Claim)] == [True, False]


def test_a_mark_in_other_words_stands_again() -> None:
    section, _ = shared(
        *(claim(FERRY, "A ferry"), ", and ", claim(FERRY, "this ferry", is_first=False)),
        notes={FERRY: "S1 ¶2."},
    )
    assert as_text(section) == "A ferry[1], and this ferry[1]"
