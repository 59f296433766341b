"""Notes say a thing once."""

from __future__ import annotations

import dataclasses

from briefing.language import note_texts
from briefing.language.words import Words
from briefing.model.editions import Edition, Note, Passage
from briefing.model.values import Slug
from tests import values

ENGLISH = Words("en-GB")
PASSAGES = "Holm's words at the quay (S1 ¶2, S2 ¶4). Credibility\N{NO-BREAK SPACE}3."
REPORTED = "No text says that the town has asked for it."
OURS = "By our reading both texts relay one speech."


def _worded(note: Note, head: str, caveat: str) -> Note:
    text = " ".join(filter(None, (head, caveat)))
    return dataclasses.replace(note, text=text, caveat=caveat, grade="3: possibly true")


def edition(*notes: tuple[str, str]) -> Edition:
    keys = [f"trams.n{number}" for number in range(len(notes))]
    made = values.edition("letter", *keys)
    worded = [
        dataclasses.replace(
            note, text=" ".join(filter(None, words)), caveat=words[1], grade="3: possibly true"
        )
        for note, words in zip(made.notes, notes, strict=True)
    ]
    return dataclasses.replace(made, notes=tuple(worded))


def printed(*notes: tuple[str, str]) -> list[str]:
    return list(note_texts.printed(edition(*notes)).values())


def test_a_note_refers_to_the_first_that_says_the_same() -> None:
    whole = (PASSAGES, f"{REPORTED} {OURS}")
    more = "It has no number."
    first, second, third, fourth = printed(
        whole, whole, (PASSAGES, f"{REPORTED} {more} {OURS}"), ("S3 ¶1. Credibility 3.", f"{REPORTED} {OURS}")
    )
    assert first == f"Holm's words at the quay (S1 ¶2, S2 ¶4). {REPORTED} {OURS}"
    assert second == "As note 1."
    assert third == f"Passages of note 1. {more} See also note 1."
    assert fourth == "S3 ¶1. See also note 1."


def test_a_note_never_refers_to_a_caveat_that_is_not_its_own() -> None:
    _, bare, part = printed((PASSAGES, f"{REPORTED} {OURS}"), (PASSAGES, ""), (PASSAGES, OURS))
    assert bare == "Passages of note 1."
    assert part == f"Passages of note 1. {OURS}"


def test_a_few_words_are_referred_to_only_where_the_passage_is_the_same() -> None:
    """A caveat such as "at third hand" fits many statements, and the note on another one is about that."""
    brief = "We have this at third hand."
    elsewhere = edition(("S1 ¶6.", brief), ("S4 ¶7.", f"{OURS} {brief}"))
    notes = [
        dataclasses.replace(note, passages=relayed(place))
        for note, place in zip(elsewhere.notes, (("S1", 6, False), ("S4", 7, False)), strict=True)
    ]
    first, second = note_texts.printed(dataclasses.replace(elsewhere, notes=tuple(notes))).values()
    assert (first, second) == (f"S1 ¶6. {brief}", f"S4 ¶7. {OURS} {brief}")
    notes[1] = dataclasses.replace(notes[1], passages=relayed(("S4", 7, False), ("S1", 6, False)))
    _, here = note_texts.printed(dataclasses.replace(elsewhere, notes=tuple(notes))).values()
    assert here == f"S4 ¶7. {OURS} See also note 1."


def relayed(*places: tuple[str, int, bool], origin: str = "Holm's words at the quay") -> tuple[Passage, ...]:
    """Passages that relay one statement: source, paragraph, and whether that is our reading."""
    return tuple(
        Passage(label, Slug(label), paragraph, origin, "", is_ours, "Holm at the quay")
        for label, paragraph, is_ours in places
    )


def printed_of(*found: tuple[Passage, ...]) -> list[str]:
    made = edition(*[("", "")] * len(found))
    notes = tuple(
        dataclasses.replace(note, text=note_texts.where(passages, ENGLISH), passages=passages, grade="")
        for note, passages in zip(made.notes, found, strict=True)
    )
    texts = note_texts.printed(dataclasses.replace(made, notes=notes)).values()
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_a_statement_has_its_full_name_in_the_first_note_that_names_it() -> None:
    quay = relayed(("S1", 2, False))
    own = (Passage("S2", Slug("S2"), 9, "", ""),)
    assert printed_of(own, quay, (*own, *quay), quay) == [
        "S2 ¶9.",
        "Holm's words at the quay (S1 ¶2).",
        "S2 ¶9; Holm at the quay (S1 ¶2).",
        "As note 2.",
    ]


def test_a_statement_without_a_short_name_keeps_its_own() -> None:
    passages = tuple(dataclasses.replace(item, short="") for item in relayed(("S1", 2, False)))
    other = tuple(dataclasses.replace(item, paragraph=3) for item in passages)
    assert printed_of(passages, other)[1] == "Holm's words at the quay (S1 ¶3)."


def test_one_statement_is_named_once_in_a_note_and_each_source_once() -> None:
    assert printed_of(relayed(("S1", 2, True), ("S1", 3, False), ("S2", 4, True), ("S1", 5, False))) == [
        "Holm's words at the quay (S1 ¶2†, ¶3, S2 ¶4†, S1 ¶5)."
    ]


def test_a_note_that_begins_otherwise_stays_as_it_is() -> None:
    """Another version of the program wrote it."""
    made = edition(("By Holm, in S1 ¶2.", ""))
    note = dataclasses.replace(made.notes[0], passages=relayed(("S1", 2, False)), grade="")
    assert note_texts.printed(dataclasses.replace(made, notes=(note,))) == {1: "By Holm, in S1 ¶2."}


def test_the_grade_of_most_notes_is_said_once() -> None:
    few = edition(("S1 ¶2. Credibility 3.", ""), ("S1 ¶3. Credibility 3.", ""))
    assert note_texts.usual_grade(few) == ""
    most = edition(*[(f"S1 ¶{number}. Credibility 3.", "") for number in range(2, 5)])
    assert note_texts.usual_grade(most) == "3: possibly true"
    assert list(note_texts.printed(most).values()) == ["S1 ¶2.", "S1 ¶3.", "S1 ¶4."]
