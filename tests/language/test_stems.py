"""The words that silence a finding: whole words, and none that a stem reaches by chance."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from briefing.language import lexicon
from briefing.language.status_claims import ladder_of

FIGURES = ("numbers", "dates", "designations", "sums", "evidence")
"""Tables that qualify figures or evidence, and silence nothing over prose."""
TRAPS = (
    "plant",
    "plants",
    "plane",
    "planet",
    "planets",
    "plank",
    "plankton",
    "planted",
    "studio",
    "stud",
    "studs",
    "student",
    "students",
    "wanton",
    "listen",
    "listener",
    "meander",
    "meantime",
    "meanwhile",
    "designer",
    "notebook",
    "notable",
    "postpone",
    "postman",
    "callous",
    "figurine",
    "ideal",
    "ideology",
    "intense",
    "intensive",
    "intentionally",
    "considerable",
    "considerate",
    "interesting",
    "differential",
    "standard",
    "standby",
    "termite",
    "waiter",
    "aimless",
    "wishbone",
    "hopeless",
    "projectile",
    "projector",
    "prospectus",
    "reviewer",
    "tenderly",
    "bidet",
    "existential",
)
REACHED = {"game-changer*": set[str](), "worst-*": set[str]()}
"""What each stem reaches in the list of words: nothing else may be added unseen."""


@functools.cache
def words() -> frozenset[str]:
    """Common English words: what codespell would correct to, and some that have misled a stem before."""
    text = (resources.files("codespell_lib") / "data" / "dictionary.txt").read_text("utf-8")
    right = (word.strip() for line in text.splitlines() for word in line.partition("->")[2].split(","))
    return frozenset({word for word in right if re.fullmatch("[a-z]+", word)} | {*TRAPS})


def stems(table: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every word of a lexicon that ends with a star, with the path of its list."""
    for name, value in table.items():
        here = f"{path}.{name}".lstrip(".")
        if isinstance(value, dict):
            yield from stems(value, here)
        elif isinstance(value, list):
            for phrase in value:
                for choice in str(phrase).replace("|", " ").split():
                    if choice.rstrip("?").endswith("*") and len(choice.strip("?*")) > 1:
                        yield here, choice.rstrip("?")


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_stem_reaches_only_what_is_listed(language: str) -> None:
    found = lexicon.of_language(language)
    assert found
    reached = {
        stem: {word for word in words() if word.startswith(stem.rstrip("*").lower())}
        for path, stem in stems(found.words)
        if not path.startswith(FIGURES) and not stem.startswith("*")
    }
    assert reached == REACHED


@pytest.mark.parametrize("language", lexicon.languages())
def test_what_takes_a_claim_back_is_a_whole_word(language: str) -> None:
    """No trap takes anything back: a plant is no plan, and a follow-on batch does not follow."""
    found = lexicon.of_language(language)
    assert found
    ladder = ladder_of(found)
    for pattern in (ladder.before, ladder.before_nouns, ladder.after, ladder.unsettled, ladder.conditions):
        assert [word for word in TRAPS if pattern.search(f"the {word} there")] == []
    assert not ladder.after.search("a follow-on batch")
    assert not ladder.before.search("a no-fly zone")


@pytest.mark.parametrize(
    "text",
    [
        "In May the yard delivered them.",
        "On 21 May 2030 the yard delivered them.",
        "Since last May the yard has delivered them.",
        "By the will of the council the yard delivered them.",
    ],
)
def test_a_month_or_a_noun_is_no_modal_verb(text: str) -> None:
    found = lexicon.of_language("en")
    assert found
    assert ladder_of(found).said(text)
