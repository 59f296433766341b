"""Known names in running text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import mentions
from briefing.language.mentions import NameMention, Names
from briefing.model.library import by_name
from briefing.model.scales import ActorKind
from briefing.model.sources import Actor, System
from briefing.model.values import Slug
from tests import values

ACTORS = (
    Actor(Slug("holm"), "Ida Holm", ActorKind.PERSON, names=("Mayor Holm", "I.  Holm")),
    Actor(Slug("courier"), "The Courier", ActorKind.ORGANISATION),
    Actor(Slug("yard"), "Yard", ActorKind.ORGANISATION, names=("Port Yard", "PY")),
    Actor(Slug("strasse"), "Straße & Söhne", ActorKind.ORGANISATION),
    Actor(Slug("istanbul"), "İstanbul Ferries", ActorKind.ORGANISATION),
    Actor(Slug("ministry"), "Міністерство", ActorKind.ORGANISATION, names=("C++ (sic)",)),
    Actor(Slug("nobreak"), "SAMP/T\u00a0NG", ActorKind.ORGANISATION),
)
SYSTEMS = (
    System(Slug("ferry"), "Ferry", "ship", names=("Sound ferry",)),
    System(Slug("yard-system"), "Yard", "software"),
)
NAMES = Names({item.id: item for item in ACTORS}, {item.id: item for item in SYSTEMS})


def found(text: str) -> list[tuple[str, str]]:
    """The names in a text, each as it is written there, with the first id of its bearers."""
    return [(text[item.start : item.end], item.ids[0]) for item in NAMES.find(text)]


FOUND = {
    "Ida Holm came.": [("Ida Holm", "holm")],
    "They asked ida holm.": [("ida holm", "holm")],
    "IDA HOLM": [("IDA HOLM", "holm")],
    "Ida\u00a0Holm and Ida\nHolm": [("Ida\u00a0Holm", "holm"), ("Ida\nHolm", "holm")],
    "I. Holm": [("I. Holm", "holm")],
    "Ida Holm’s plan and Ida Holm's": [("Ida Holm", "holm"), ("Ida Holm", "holm")],
    "The Sound ferry sails.": [("Sound ferry", "ferry")],
    "Sound ferries": [],
    "Ferrys": [("Ferry", "ferry")],
    "The Port Yard and PY": [("Port Yard", "yard"), ("PY", "yard")],
    "straße & söhne": [("straße & söhne", "strasse")],
    "Istanbul Ferries and İstanbul Ferries": [
        ("Istanbul Ferries", "istanbul"),
        ("İstanbul Ferries", "istanbul"),
    ],
    "Листа має міністерство та Міністерство.": [("Міністерство", "ministry")],
    "C++ (sic)!": [("C++ (sic)", "ministry")],
    "SAMP/T NG": [("SAMP/T NG", "nobreak")],
    # A common word that is also somebody's name counts where it is written as one.
    "a ferry and a yard": [],
    "the Ferry": [("Ferry", "ferry")],
    # Within another word is no name.
    "Ferryman, Vorholm, Ida Holmes, pre-Ferry": [],
    "": [],
}


@pytest.mark.parametrize("text", FOUND)
def test_names_are_found(text: str) -> None:
    assert found(text) == FOUND[text]


def test_a_system_goes_before_an_actor_of_the_same_name() -> None:
    (mention,) = NAMES.find("The Yard is new.")
    assert mention == NameMention(4, 8, "system", ("yard-system",))


def test_all_bearers_of_a_name_are_told() -> None:
    twins = {name: values.actor(name, names=("the twin",)) for name in ("one", "two")}
    (mention,) = Names(twins, {}).find("Said the twin.")
    assert mention.ids == ("one", "two")


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert Names({}, {}).find("Ida Holm") == []


@given(
    st.lists(st.text(min_size=1, max_size=6), max_size=4),
    st.lists(st.text(max_size=6), max_size=6),
)
def test_any_name_and_any_text_can_be_read(names: list[str], pieces: list[str]) -> None:
    """Names stand in the text, in order and apart, whatever letters they are of."""
    actors = {"a": Actor(Slug("a"), "Ab", ActorKind.PERSON, names=tuple(names))}
    text = " ".join([*pieces, *names, *(name.upper() for name in names)])
    end = 0
    for mention in Names(actors, {}).find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.ids == ("a",)
        end = mention.end


@given(st.text("abcİıſßKéє ", min_size=1).filter(lambda name: name.strip()))
def test_a_name_is_found_as_it_is_written(name: str) -> None:
    written = f"X{name.strip()}x"
    (mention,) = Names({"a": Actor(Slug("a"), written, ActorKind.PERSON)}, {}).find(f"So {written}.")
    assert (mention.start, mention.end) == (3, 3 + len(written))


def test_of_names_that_begin_alike_the_longest_one_is_found() -> None:
    names = ("The master", "The master of Dehaven", "The master of Dehaven and Fihaven", "The council")
    actors = {f"a{n}": values.actor(f"a{n}", names=(name,)) for n, name in enumerate(names)}
    text = "The master of Dehaven and the master met the masters; the master of Dehaven and Fihaven came."
    shown = [text[item.start : item.end] for item in Names(actors, {}).find(text)]
    assert shown == [
        "The master of Dehaven",
        "the master",
        "the master",
        "the master of Dehaven and Fihaven",
    ]


def test_persons_are_found_by_their_family_names_where_nothing_else_is() -> None:
    records = tuple(by_name(item) for item in (*ACTORS, Actor(Slug("rich"), "Tom St-Rich", ActorKind.PERSON)))
    text = "Holm, St-Rich and Ida Holm of Holmstad"
    found = mentions.by_family_name(text, records, NAMES.find(text))
    assert [(text[item.start : item.end], item.start, item.ids) for item in found] == [
        ("Holm", 0, ("holm",)),
        ("St-Rich", 6, ("rich",)),
    ]


def test_what_is_made_of_names_is_made_once_for_a_library() -> None:
    records = tuple(map(by_name, ACTORS))
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [mentions.derived(records, "a test", make) for _ in range(3)] == [1, 1, 1]
    assert mentions.derived((*records, *records), "a test", make) == 2


def test_many_names_are_found_in_good_time() -> None:
    actors = {f"a{n}": Actor(Slug(f"a{n}"), f"Actor Number {n}", ActorKind.PERSON) for n in range(1000)}
    names, text = Names(actors, {}), "Actor Number 7 met nobody in particular. " * 50
    start = time.thread_time()
    assert len(names.find(text)) == 50
    assert time.thread_time() - start < 1
