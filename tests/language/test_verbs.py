"""The forms of verbs, and what the words before one make of it."""

from __future__ import annotations

import pytest

from briefing.language import lexicon
from briefing.language.verbs import Form, Mood, VerbList, Voice, grammar_of, words_of

ENGLISH = lexicon.of_language("en")
assert ENGLISH
GRAMMAR = grammar_of(ENGLISH)


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("ship", "ship ships shipped shipping"),
        ("carry", "carry carries carried carrying"),
        ("ply", "ply plies plied plying"),
        ("patrol", "patrol patrols patrolled patrolling"),
        ("use", "use uses used using"),
        ("lay", "lay lays laid laying"),
        ("fly", "fly flies flew flown flying"),
        ("sink", "sink sinks sank sunk sinking"),
        ("tie", "tie ties tied tying"),
        ("open", "open opens opened opening"),
        ("pass", "pass passes passed passing"),
        ("put", "put puts putting"),
        ("be", "are is was|were been being"),
    ],
)
def test_a_verb_has_all_its_forms(base: str, forms: str) -> None:
    made = {form for form, _ in GRAMMAR.forms(base)}
    assert made == {form for some in forms.split() for form in some.split("|")}


def heard(text: str, *verbs: str) -> list[tuple[str, str]]:
    """The mood and the voice of those verbs in a text."""
    words = words_of(text)
    found = VerbList(verbs, GRAMMAR).find(text, words)
    groups = [GRAMMAR.group(words, one.index, one.forms, one.end) for one in found]
    return [(group.mood.value, group.voice.value) for group in groups if group and not group.is_denied]


@pytest.mark.parametrize(
    ("text", "mood", "voice"),
    [
        ("The crews have sailed them.", Mood.REAL, Voice.ACTIVE),
        ("The crews have long since sailed them.", Mood.REAL, Voice.ACTIVE),
        ("The ships have been sailed.", Mood.REAL, Voice.PASSIVE),
        ("The ships are being sailed.", Mood.REAL, Voice.PASSIVE),
        ("The crews have been sailing them.", Mood.REAL, Voice.ACTIVE),
        ("The crews are now sailing them.", Mood.REAL, Voice.ACTIVE),
        ("The crews sailed them.", Mood.REAL, Voice.EITHER),
        ("The crews sail them.", Mood.REAL, Voice.ACTIVE),
        ("The crew sails them.", Mood.REAL, Voice.ACTIVE),
        ("The crews began to sail them.", Mood.REAL, Voice.ACTIVE),
        ("In sailing them, the crews broke a rule.", Mood.REAL, Voice.ACTIVE),
        ("The crews, which sail them, are paid.", Mood.REAL, Voice.ACTIVE),
        ("The crews will sail them.", Mood.PROMISED, Voice.ACTIVE),
        ("The ships will be sailed.", Mood.PROMISED, Voice.PASSIVE),
        ("The crews would sail them.", Mood.UNREAL, Voice.ACTIVE),
        ("The crews might have sailed them.", Mood.UNREAL, Voice.ACTIVE),
        ("The crews hope to sail them.", Mood.UNREAL, Voice.ACTIVE),
        ("The ships are to be sailed.", Mood.UNREAL, Voice.PASSIVE),
    ],
)
def test_the_words_before_a_verb_say_whether_it_is_real(text: str, mood: Mood, voice: Voice) -> None:
    assert heard(text, "sail") == [(mood.value, voice.value)]


@pytest.mark.parametrize(
    "text",
    ["The sail is torn.", "They have not sailed.", "A sail of canvas.", "Under sail.", "The yard's sail."],
)
def test_a_noun_or_a_denial_is_no_verb(text: str) -> None:
    assert heard(text, "sail") == []


def test_what_follows_a_verb_belongs_to_it() -> None:
    assert heard("They laid the keel of a ship.", "lay the keel of") == [("real", "either")]
    assert heard("They laid the table.", "lay the keel of") == []


def test_a_particle_may_be_behind_the_object() -> None:
    text = "They handed the ships over."
    found = list(VerbList(["hand over"], GRAMMAR).find(text, words_of(text)))
    assert [(one.is_split, text[words_of(text)[one.index].start : one.end]) for one in found] == [
        (True, "handed the ships over")
    ]


def test_a_particle_belongs_to_no_verb_across_another() -> None:
    text = "They made the pumps and have yet to hand them over."
    assert list(VerbList(["make over"], GRAMMAR).find(text, words_of(text))) == []


@pytest.mark.parametrize("text", ["They spoke of money for night sails.", "On sailing them, views differ."])
def test_a_noun_or_a_topic_is_no_verb(text: str) -> None:
    assert heard(text, "sail") == []


def test_the_forms_of_a_word_are_told_apart() -> None:
    (found,) = VerbList(["sink"], GRAMMAR).find("It sank.", words_of("It sank."))
    assert found.forms == {Form.PAST}
