"""Two sequences held against one another: nothing is lost, and the pairs are the best that there are."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.changes import align

ALIKE = 0.5


def likeness(one: str, other: str) -> float:
    return align.share(Counter(one.split()), Counter(other.split()))


def pairs(old: Sequence[str], new: Sequence[str]) -> list[align.Pair[str]]:
    found = align.pairs(old, new, str.casefold, likeness, ALIKE)
    return list(found)


def both(found: Sequence[align.Pair[str]]) -> list[tuple[str, str]]:
    """Return the pairs in which neither side is missing."""
    return [(before, after) for before, after in found if before is not None and after is not None]


STORIES: dict[str, tuple[list[str], list[str], list[align.Pair[str]]]] = {
    "the same": (["a b", "c d"], ["A B", "c d"], [("a b", "A B"), ("c d", "c d")]),
    "one more": (["a b"], ["x y", "a b"], [(None, "x y"), ("a b", "a b")]),
    "one fewer": (["x y", "a b"], ["a b"], [("x y", None), ("a b", "a b")]),
    "edited": (["a b c", "x y"], ["a b d", "x y"], [("a b c", "a b d"), ("x y", "x y")]),
    "replaced": (["a b"], ["x y"], [("a b", None), (None, "x y")]),
    "the most alike": (
        ["a b c d"],
        ["a b x y", "a b c x"],
        [(None, "a b x y"), ("a b c d", "a b c x")],
    ),
    "as alike": (["a b"], ["a x", "b x"], [("a b", "a x"), (None, "b x")]),
    "in order": (["a b", "x y"], ["x z", "a c"], [("a b", None), ("x y", "x z"), (None, "a c")]),
    "nothing": ([], [], []),
}


@pytest.mark.parametrize("story", STORIES)
def test_old_and_new_are_pairs(story: str) -> None:
    old, new, wanted = STORIES[story]
    assert pairs(old, new) == wanted


def test_very_many_changes_are_not_weighed() -> None:
    """It would take as long as their product."""
    size = int(align.MAX_PAIRS**0.5) + 1
    old, new = [f"a {number} x" for number in range(size)], [f"a {number} y" for number in range(size)]
    assert pairs(old, new) == [*((item, None) for item in old), *((None, item) for item in new)]


# ------------------------------------------------------------------------------------------ of anything

TEXTS = st.lists(st.lists(st.sampled_from("abcxy"), min_size=1, max_size=4).map(" ".join), max_size=7)


@given(TEXTS, TEXTS)
def test_keeping_and_deleting_give_the_old_and_keeping_and_inserting_the_new(
    old: list[str], new: list[str]
) -> None:
    found = pairs(old, new)
    assert [before for before, _ in found if before is not None] == old
    assert [after for _, after in found if after is not None] == new
    assert (None, None) not in found
    assert all(likeness(*pair) >= ALIKE for pair in both(found))


@given(TEXTS, TEXTS)
def test_the_stretches_of_both_are_all_of_both(old: list[str], new: list[str]) -> None:
    found = list(align.stretches(old, new))
    assert [item for _, was, _ in found for item in old[was]] == old
    assert [item for _, _, now in found for item in new[now]] == new
    assert all((old[was] == new[now]) == is_same for is_same, was, now in found)
    assert all(one[0] != other[0] for one, other in itertools.pairwise(found))


@given(TEXTS)
def test_nothing_changes_between_equal_texts(texts: list[str]) -> None:
    assert pairs(texts, list(texts)) == [(item, item) for item in texts]


def _worth(found: Sequence[align.Pair[str]]) -> float:
    return sum(likeness(*pair) for pair in both(found))


def _orders(old: Sequence[str], new: Sequence[str]) -> Iterator[float]:
    """What each choice of pairs that keeps the order is worth."""
    for size in range(min(len(old), len(new)) + 1):
        for first in itertools.combinations(old, size):
            for second in itertools.combinations(new, size):
                worth = [likeness(*pair) for pair in zip(first, second, strict=True)]
                if all(pair >= ALIKE for pair in worth):
                    yield sum(worth)


@given(TEXTS, TEXTS)
def test_the_pairs_are_worth_as_much_as_any_and_as_much_backwards(old: list[str], new: list[str]) -> None:
    others = [f"{item} z" for item in new]  # so that nothing is the same
    found = _worth(pairs(old, others))
    assert found == pytest.approx(max(_orders(old, others)))
    assert found == pytest.approx(_worth(pairs(others, old)))


@given(TEXTS)
def test_the_share_of_words_is_between_none_and_all(texts: list[str]) -> None:
    bags = [Counter(text.split()) for text in texts]
    for one, other in itertools.product(bags, bags):
        assert 0 <= align.share(one, other) == align.share(other, one) <= 1
        assert (align.share(one, other) == 1) == (one == other)
    assert align.share(Counter(), Counter()) == 0
