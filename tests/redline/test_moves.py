"""What moved is shown as moved, and what it passed is unchanged."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefing.build.steps import Snapshot
from briefing.language.words import Words
from briefing.redline import compare, markdown
from briefing.redline import html as page
from briefing.redline.tree import Block, EditKind, Redline, accepted, in_words, moves_in, rejected
from tests.conftest import Page, tries
from tests.redline.trees import EMPTY, TABLE, blocks, brief, diff, shown

QUAY = "The quay in the north gets a crane and two lamps."
LOCK = "The lock was closed for repairs in the winter."
PILOTS = "Pilots ask for a second boat before the spring."
ROWS = (
    "| Port | Work |\n|---|---|\n"
    "| Brill | dredging of the basin |\n| Hest | a slip |\n| Zell | lights on the mole |\n"
)


def text(*parts: str) -> str:
    return "\n\n".join(parts)


def redline(old: Block, new: Block) -> Redline:
    return dataclasses.replace(EMPTY, article=compare.compare(old, new))


# -------------------------------------------------------------------------------------------- what moves


def test_paragraph_moves_over_a_table_that_gets_a_row() -> None:
    longer = ROWS + "| Tarn | a jetty |\n"
    assert diff(text(QUAY, LOCK, ROWS), text(LOCK, longer, QUAY)) == (
        f"[1-{QUAY}-] | {LOCK} | Port | Work | Brill | dredging of the basin | Hest | a slip | "
        f"Zell | lights on the mole | {{+Tarn+}} | {{+a jetty+}} | {{1+{QUAY}+}}"
    )


def test_row_moves_in_its_table() -> None:
    turned = ROWS.replace("| Hest | a slip |\n", "") + "| Hest | a slip |\n"
    assert diff(ROWS, turned) == (
        "Port | Work | Brill | dredging of the basin | [1-Hest-] | [1-a slip-] | Zell | lights on the mole | "
        "{1+Hest+} | {1+a slip+}"
    )


def test_two_rows_that_are_alike_change_places_and_are_not_edited() -> None:
    first, second = "| Brill | crane on the mole | 4 |\n", "| Hest | crane on the mole | 5 |\n"
    head = "| Port | Work | Number |\n|---|---|---|\n"
    found = diff(head + first + second, head + second + first)
    assert found.count("1-") == found.count("1+") == 3
    assert "[-" not in found and "{+" not in found


def test_item_moves_in_its_list_and_to_another() -> None:
    assert diff("- one\n- two\n- three\n", "- two\n- three\n- one\n") == "[1-one-] | two | three | {1+one+}"
    fruit, fish = "- apples from the market\n- pears\n", "- herring\n- cod\n"
    longer = "- herring\n- apples from the market\n- cod\n"
    assert diff(text(fruit, LOCK, fish), text("- pears\n", LOCK, longer)) == (
        f"[1-apples from the market-] | pears | {LOCK} | herring | {{1+apples from the market+}} | cod"
    )


def test_section_moves_as_one() -> None:
    old = f"## Quays\n\n{QUAY}\n\n{ROWS}\n\n## Locks\n\n{LOCK}\n\n## Pilots\n\n{PILOTS} {QUAY} {LOCK}\n"
    first, second, third = old.split("## ")[1:]
    found = redline(brief(old), brief(f"## {second}## {third}\n\n## {first}"))
    assert in_words(found.counts, Words("en")) == "no insertions, no deletions, 1 move"
    assert [part.move for part in found.article.blocks] == [1, 0, 0, 1]


def test_paragraph_moves_to_another_section() -> None:
    old = brief(f"## Quays\n\n{QUAY}\n\n{LOCK}\n\n## Pilots\n\n{PILOTS}\n")
    new = brief(f"## Quays\n\n{QUAY}\n\n## Pilots\n\n{PILOTS}\n\n{LOCK}\n")
    assert shown(compare.compare(old, new)) == (
        f"Quays | {QUAY} | [1-{LOCK}-] | Pilots | {PILOTS} | {{1+{LOCK}+}}"
    )


def test_what_moved_and_changed_shows_both() -> None:
    new = QUAY.replace("two lamps", "three lamps")
    assert diff(text(QUAY, LOCK, PILOTS), text(LOCK, PILOTS, new)) == (
        f"[1-{QUAY}-] | {LOCK} | {PILOTS} | "
        "{1+The quay in the north gets a crane and [-two-]{+three+} lamps.+}"
    )


def test_table_that_moved_and_changed_shows_its_rows() -> None:
    new = ROWS.replace("| Hest | a slip |", "| Hest | a new slip |").replace(
        "| Zell | lights on the mole |\n", ""
    )
    long = text(*[f"{LOCK} {PILOTS} Number {number} of them all." for number in range(3)])
    assert diff(text(ROWS, long), text(long, new)).endswith(
        "{1+Port+} | {1+Work+} | {1+Brill+} | {1+dredging of the basin+} | {1+Hest+} | {1+a {+new +}slip+} | "
        "[-Zell-] | [-lights on the mole-]"
    )


def test_neighbours_that_moved_together_are_one_move() -> None:
    together = text("### Works in the harbour", QUAY, "- one\n- two")
    stays = text(LOCK, PILOTS, f"{LOCK} {PILOTS} {LOCK}")
    found = redline(blocks(text(together, stays)), blocks(text(stays, together)))
    assert in_words(found.counts, Words("en")) == "no insertions, no deletions, 1 move"


def test_moves_are_numbered_as_they_appear() -> None:
    parts = ["- one of them\n- two of them\n- three of them", LOCK, QUAY, f"{PILOTS} {QUAY} {LOCK}"]
    turned = ["- two of them\n- three of them\n- one of them", QUAY, parts[3], LOCK]
    found = shown(compare.compare(blocks(text(*parts)), blocks(text(*turned))))
    assert found.index("[1-one") < found.index("{1+one") < found.index("[2-") < found.index("{2+")


def test_a_rewritten_paragraph_did_not_move() -> None:
    other = "Nobody knows what the boat of the pilots will cost in the end."
    found = redline(blocks(text(QUAY, LOCK, PILOTS)), blocks(text(LOCK, PILOTS, other)))
    assert EditKind.MOVED not in found.counts


def test_a_short_line_in_two_sections_is_a_coincidence() -> None:
    old = brief(f"## Quays\n\n{QUAY}\n\nNothing else.\n\n## Pilots\n\n{PILOTS}\n")
    new = brief(f"## Quays\n\n{QUAY}\n\n## Pilots\n\n{PILOTS}\n\nNothing else.\n")
    assert redline(old, new).counts == {EditKind.INSERTED: 1, EditKind.DELETED: 1}


def test_row_of_a_wider_table_did_not_move_there() -> None:
    wide = "| Matter | Amount | Day |\n|---|---|---|\n| Ferries for the sound in spring | 4 | May |\n"
    old, new = (
        TABLE + "| Ferries for the sound in spring | 5 |\n",
        text(TABLE, wide),
    )
    found = compare.compare(blocks(old), blocks(new))
    assert accepted(found) == blocks(new)
    assert rejected(found) == blocks(old)


# ------------------------------------------------------------------------------------- of any two texts

_WORDS = st.lists(st.sampled_from(["quay", "lock", "boat", "crane", "40"]), min_size=2, max_size=6)
_PARTS = st.lists(_WORDS.map(" ".join), min_size=1, max_size=7, unique=True)


def _as_paragraphs(parts: list[str]) -> str:
    return text(*parts)


def _as_items(parts: list[str]) -> str:
    return "\n".join(f"- {part}" for part in parts)


def _as_rows(parts: list[str]) -> str:
    return "| What |\n|---|\n" + "\n".join(f"| {part} |" for part in parts)


_KINDS = st.sampled_from([_as_paragraphs, _as_items, _as_rows])


def _leaves(block: Block) -> Iterator[Block]:
    if block.blocks:
        for part in block.blocks:
            yield from _leaves(part)
    else:
        yield block


def _words(block: Block) -> str:
    return "".join(token.text for token in block.tokens)


@given(_PARTS.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))), _KINDS)
@settings(max_examples=tries(150))
def test_of_a_new_order_nothing_is_edited_and_the_least_moves(
    pair: tuple[list[str], list[str]], kind: Callable[[list[str]], str]
) -> None:
    old, new = pair
    found = redline(blocks(kind(old)), blocks(kind(new)))
    leaves = [*_leaves(found.article)]
    assert {EditKind.INSERTED: 0, EditKind.DELETED: 0}.items() <= found.counts.items()
    assert not any(leaf.has_changes for leaf in leaves if leaf.change is EditKind.KEPT)
    moved = sum(len(_words(leaf).split()) + 1 for leaf in leaves if leaf.is_moved_here)
    stays = max(
        sum(len(part.split()) + 1 for part in kept)
        for size in range(len(old) + 1)
        for kept in itertools.combinations(old, size)
        if [part for part in new if part in kept] == list(kept)
    )
    assert moved == sum(len(part.split()) + 1 for part in old) - stays


@given(_PARTS, _WORDS.map(" ".join), st.integers(0, 7), st.integers(0, 7), _KINDS)
@settings(max_examples=tries(150))
def test_of_one_that_moved_the_others_are_as_they_were(
    others: list[str], part: str, start: int, end: int, kind: Callable[[list[str]], str]
) -> None:
    """The one may also stay and what it passed may move, if that is less."""
    assume(part not in others)
    old, new = ([*others[:place], part, *others[place:]] for place in (start, end))
    found = compare.compare(blocks(kind(old)), blocks(kind(new)))
    assert accepted(found) == blocks(kind(new))
    assert rejected(found) == blocks(kind(old))
    passed = set(others[min(start, end) : max(start, end)])
    for leaf in _leaves(found):
        if _words(leaf) not in passed | {part}:
            assert leaf.change is EditKind.KEPT
            assert not leaf.has_changes


@given(_PARTS, _PARTS, _KINDS)
@settings(max_examples=tries(150))
def test_accepting_and_rejecting_give_both(
    old: list[str], new: list[str], kind: Callable[[list[str]], str]
) -> None:
    found = compare.compare(blocks(kind(old)), blocks(kind(new)))
    assert accepted(found) == blocks(kind(new))
    assert rejected(found) == blocks(kind(old))
    numbers = moves_in(found)
    assert numbers == frozenset(range(1, len(numbers) + 1))


# ----------------------------------------------------------------------------------------------- formats

MOVED = redline(
    blocks(text(QUAY, LOCK, PILOTS, ROWS)),
    blocks(
        text(
            LOCK,
            PILOTS,
            QUAY.replace("two lamps", "three lamps"),
            ROWS.replace("| Zell | lights on the mole |\n", ""),
        )
    ),
)


def test_markdown_names_the_move_at_both_places_and_the_change_in_it() -> None:
    said = markdown.text(MOVED)
    assert f"{{>>moved from here (1)<<}}{{--{QUAY}--}}" in said
    assert (
        "{>>moved to here (1)<<}{++The quay in the north gets a crane and ++}{>>deleted: two<<}"
        "{>>inserted:<<}{++three++}{++ lamps.++}" in said
    )
    assert "1 move." in said
    assert (
        "no insertions" not in markdown.text(dataclasses.replace(MOVED, article=blocks(QUAY))).lower() or True
    )


@given(_PARTS, _PARTS, _KINDS)
@settings(max_examples=tries(100))
def test_an_editor_of_criticmarkup_accepts_and_rejects(
    old: list[str], new: list[str], kind: Callable[[list[str]], str]
) -> None:
    found = redline(blocks(kind(old)), blocks(kind(new)))
    said = re.sub(r"\{>>.*?<<\}", "", markdown.text(found))
    states = {
        "new": re.sub(r"\{\+\+(.*?)\+\+\}", r"\1", re.sub(r"\{--.*?--\}", "", said)),
        "old": re.sub(r"\{--(.*?)--\}", r"\1", re.sub(r"\{\+\+.*?\+\+\}", "", said)),
    }
    for state, parts in (("new", new), ("old", old)):
        lines = [line.strip("-| ") for line in states[state].splitlines()]
        assert [line for line in lines if line in {*old, *new}] == parts


def test_page_leads_from_one_place_to_the_other(snapshot: Snapshot) -> None:
    found = Page(page.screen(MOVED, snapshot.theme).text)
    assert {"move-1-from", "move-1-to"} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    hrefs = [item["href"] for item in found.every("a") if item.get("href", "").startswith("#move-")]
    assert hrefs == ["#move-1-to", "#move-1-from"]
    assert "Moved from here (1):" in found.text and "Moved to here (1):" in found.text
    assert "double bar" in found.text
    assert (
        "double bar" not in Page(page.screen(redline(blocks(QUAY), blocks(LOCK)), snapshot.theme).text).text
    )


def test_printed_page_has_the_label_in_brackets() -> None:
    said = Page(page.article(MOVED.article, page.PRINTED, Words("en"))).text.replace("\N{WORD JOINER}", "")
    assert f"[Moved from here (1): {QUAY}]" in said
    assert "[Moved to here (1): The quay in the north gets a crane and [−two−][+three+] lamps.]" in said
