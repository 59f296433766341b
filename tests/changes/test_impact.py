"""Two copies of a brief, and what the one says otherwise than the other."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.changes import impact
from briefing.changes.impact import BriefPart, ChangedSentence, CopyDifference, Membership
from briefing.editions import file_copy
from briefing.editions.file_copy import FileCopy
from briefing.language import sentences
from briefing.model.editions import DraftSection, Note, Reference, Scale
from briefing.model.facts import Fact
from briefing.model.ladders import Status
from briefing.model.ledger import ListedSource, Printed, State
from briefing.model.library import Renames
from briefing.model.scales import FactKind, Length, Marking, Reliability
from briefing.model.sources import Evidence
from briefing.model.values import Date, Key, Slug
from tests.values import Reached

DAY = Date("2031-04-02")
NONE = Renames()


def fact(key: str, statement: str = "Holm signed.", status: Status | None = None) -> Fact:
    passage = Evidence(Slug("gazette"), 2, ("signed",))
    return Fact(Key(key), FactKind.COMMITMENT, statement, (passage,), status=status, asserted=DAY)


def section(text: str, role: str = "narrative", title: str = "Text") -> DraftSection:
    return DraftSection(role, title, text)


def copy(*sections: DraftSection | str, facts: tuple[Fact, ...] = (), **words: object) -> FileCopy:
    printed = Printed(
        title="The ferries",
        subtitle="",
        owner="R. Lund",
        marking=Marking.CLEAR,
        language="en-GB",
        publisher="The Desk",
        as_of="2 April 2031",
        as_of_day=DAY,
        length=Length.FULL,
        counts="",
        sections=tuple(section(item) if isinstance(item, str) else item for item in sections),
        notes=(),
        references=(),
    )
    return FileCopy("Draft", dataclasses.replace(printed, **words), State(DAY, facts))  # type: ignore[arg-type]


def between(before: FileCopy, after: FileCopy, renames: Renames = NONE) -> CopyDifference:
    return impact.between(before, after, renames)


def pairs(before: str, after: str) -> list[tuple[str, str]]:
    return [(item.before, item.after) for item in between(copy(before), copy(after)).sentences]


# --------------------------------------------------------------------------------------------- sentences


def test_exactly_the_sentence_that_carries_a_figure_is_shown() -> None:
    before = "The letter names [4 ferries](fact:ferry.count). No price is named.\n\nHolm signed it."
    found = between(
        copy(before, facts=(fact("ferry.count"),)),
        copy(before.replace("4", "5"), facts=(fact("ferry.count", "Holm signed five."),)),
    )
    assert found.sentences == (
        ChangedSentence(
            BriefPart.SENTENCE,
            "Text",
            "The letter names 4 ferries.",
            "The letter names 5 ferries.",
            ("ferry.count",),
            ("ferry.count",),
        ),
    )


def test_a_sentence_that_was_reworded_names_no_fact_that_did_not_change() -> None:
    one = fact("ferry.count")
    found = between(
        copy("The letter names [4 ferries](fact:ferry.count).", facts=(one,)),
        copy("That letter names [4 ferries](fact:ferry.count).", facts=(one,)),
    )
    assert [(item.cited, item.facts) for item in found.sentences] == [(("ferry.count",), ())]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A stands here. B stands here.", "A stands here. B stands here.", []),
        ("A stands here.", "A stands\nhere.", []),
        ("A stands here.", "A *stands* here.", []),
        ("One thing is so.", "One thing is so. Quite another holds.", [("", "Quite another holds.")]),
        ("One thing is so.\n\nQuite another holds.", "One thing is so.", [("Quite another holds.", "")]),
        (
            "Norrvik pays four crowns. It rains in Telmark.",
            "It rains in Telmark. Norrvik pays four crowns.",
            [("It rains in Telmark.", "It rains in Telmark.")],
        ),
        (
            "Ada Holm spoke at the quay.",
            "Nothing whatever follows from that.",
            [("Ada Holm spoke at the quay.", ""), ("", "Nothing whatever follows from that.")],
        ),
        (
            "- One ferry sails.\n- Two wait.",
            "- One ferry sails.\n- Three wait.",
            [("Two wait.", "Three wait.")],
        ),
    ],
    ids=["same", "line break", "emphasis", "added", "removed", "moved", "nothing alike", "item"],
)
def test_old_and_new_stand_side_by_side(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(before, after) == expected


def test_what_moved_is_called_moved() -> None:
    (moved,) = between(
        copy("It snows. It rains in Telmark."), copy("It rains in Telmark. It snows.")
    ).sentences
    assert moved.is_moved
    assert moved.before == moved.after


def test_a_sentence_that_cites_the_same_fact_is_the_same_sentence() -> None:
    assert pairs("[Four](fact:ferry.count) come.", "Telmark sells [five](fact:ferry.count) come spring.") == [
        ("Four come.", "Telmark sells five come spring.")
    ]


def test_very_many_changes_are_told_without_being_weighed() -> None:
    before = " ".join(f"Ferry {number} sails." for number in range(300))
    after = " ".join(f"Boat {number} waits." for number in range(300))
    assert len(pairs(before, after)) == 600


def test_the_nearest_heading_names_the_place() -> None:
    before = section("## What is meant\n\nFour.\n\n## What is paid\n\nIt pays 3 crowns.", title="")
    after = dataclasses.replace(before, text=before.text.replace("3", "4"))
    assert [item.section for item in between(copy(before), copy(after)).sentences] == ["What is paid"]


def test_the_section_on_what_changed_is_told_last() -> None:
    found = between(copy("It rains."), copy(section("- **New.**", "changes", "What changed"), "It snows."))
    assert [item.part for item in found.sentences] == [BriefPart.SENTENCE, BriefPart.NEWS]


# ------------------------------------------------------------------------------------------------ tables

TABLE = "| Matter | Amount |\n|---|---|\n| Ferries | [4](fact:ferry.count#table) |\n"
BERTHS = "| Berths | [up to 3](fact:harbour.berths) |\n"


def test_a_row_is_one_piece_with_bars_between_its_cells() -> None:
    (found,) = between(copy(TABLE), copy(TABLE.replace("[4]", "[5]"))).sentences
    assert (found.part, found.before, found.after) == (BriefPart.ROW, "Ferries | 4", "Ferries | 5")


def test_a_row_that_comes_or_goes_is_a_membership() -> None:
    before, after = (
        section(TABLE, "commitments", "Where it stands"),
        section(TABLE + BERTHS, "commitments", "Where it stands"),
    )
    found = between(copy(before), copy(after))
    assert found.memberships == (Membership("harbour.berths", "Where it stands", True),)
    assert [(item.before, item.after) for item in found.sentences] == [("", "Berths | up to 3")]
    back = between(copy(after), copy(before))
    assert back.memberships == (Membership("harbour.berths", "Where it stands", False),)


def test_a_fact_cited_in_prose_is_in_no_table() -> None:
    assert not between(copy("It rains."), copy("It rains [there](fact:ferry.count).")).memberships


def test_a_table_that_is_gone_altogether_loses_its_facts() -> None:
    found = between(copy(section(TABLE, "commitments", "Where it stands"), "It rains."), copy("It rains."))
    assert found.memberships == (Membership("ferry.count", "Where it stands", False),)


# -------------------------------------------------------------------------------------- beside the text


def note(number: int, key: str, text: str, **more: str) -> Note:
    return Note(number, Key(key), text, **more)  # type: ignore[arg-type]


def reference(label: str, source: str, text: str = "The Gazette.") -> Reference:
    return Reference(label, Slug(source), text, "Title", Reliability.B, "")


def test_numbers_of_notes_and_labels_of_sources_are_no_words() -> None:
    before = copy(
        "It rains.",
        notes=(note(1, "ferry.count", "S1\N{NO-BREAK SPACE}¶3."),),
        references=(reference("S1", "gazette"),),
    )
    after = copy(
        "It rains.",
        notes=(note(1, "ferry.price", "S1 ¶9."), note(2, "ferry.count", "S2\N{NO-BREAK SPACE}¶3.")),
        references=(reference("S1", "post", "The Post."), reference("S2", "gazette")),
    )
    assert [(item.part, item.before, item.after) for item in between(before, after).sentences] == [
        (BriefPart.NOTE, "", "S1 ¶9."),
        (BriefPart.SOURCE, "", "The Post. Reliability B."),
    ]


def test_a_note_tells_which_of_its_lines_changed() -> None:
    before = copy("", notes=(note(1, "ferry.count", "S1.", value="4 ferries", status="intent"),))
    after = copy("", notes=(note(1, "ferry.count", "S1.", value="5 ferries", status="intent"),))
    (found,) = between(before, after).sentences
    assert (found.section, found.before, found.after) == (
        "Note on ferry.count, value",
        "4 ferries",
        "5 ferries",
    )


def test_head_and_scales_are_told() -> None:
    scale = Scale("Status", "Ours", (("intent", "it is meant"),))
    longer = dataclasses.replace(scale, rows=(*scale.rows, ("agreed", "it is agreed")))
    found = between(copy("", scales=(scale,)), copy("", scales=(longer,), owner=None))
    assert [(item.part, item.before, item.after) for item in found.sentences] == [
        (BriefPart.SCALE, "", "agreed: it is agreed"),
        (BriefPart.HEAD, "Owner: R. Lund", "Owner: not stated"),
    ]


# ----------------------------------------------------------------------------------------------- renames


def test_a_rename_changes_no_sentence() -> None:
    before = copy(
        "It names [4](fact:ferry.count)[](fact:ferry.count#mark).\n\n" + TABLE,
        facts=(fact("ferry.count"),),
        notes=(note(1, "ferry.count", "S1."),),
    )
    after = copy(
        "It names [4](fact:ferry.number)[](fact:ferry.number#mark).\n\n"
        + TABLE.replace("ferry.count", "ferry.number"),
        facts=(fact("ferry.number"),),
        notes=(note(1, "ferry.number", "S1."),),
    )
    renames = Renames(keys={"ferry.count": Key("ferry.number")})
    assert between(before, after, renames) == CopyDifference((), (), ())
    assert between(before, after).memberships  # without the old name they are two facts


# -------------------------------------------------------------------------------------------- where used


def test_every_place_that_cites_a_fact_is_found() -> None:
    found = impact.units_citing(
        "ferry.count",
        copy(
            "It names [4](fact:ferry.count). It rains.\n\nIt names [9](fact:ferry.counter).\n\n" + TABLE,
            notes=(note(1, "ferry.count", "S1."), note(2, "ferry.counter", "S1.")),
        ),
    )
    assert [(unit.part, unit.text) for unit in found] == [
        (BriefPart.SENTENCE, "It names 4."),
        (BriefPart.ROW, "Ferries | 4"),
        (BriefPart.NOTE, "S1."),
    ]


# --------------------------------------------------------------------------------------------- properties

_WORDS = st.lists(
    st.sampled_from(["Ferries sail.", "It rains.", "[4](fact:a.b) come.", "| a | b |", "- So."])
)
_TEXTS = _WORDS.map("\n\n".join)


@given(_TEXTS, _TEXTS)
def test_nothing_changes_between_a_text_and_itself_and_back_is_the_mirror(one: str, other: str) -> None:
    assert not between(copy(one), copy(one)).sentences
    there, back = between(copy(one), copy(other)), between(copy(other), copy(one))
    assert {item.fact for item in there.memberships} == {item.fact for item in back.memberships}
    gained = sorted(item.after for item in there.sentences if not item.is_moved)
    assert gained == sorted(item.before for item in back.sentences if not item.is_moved)


def test_plain_text_of_markdown() -> None:
    assert sentences.plain("A *b* \\[c\\] &amp; [d](fact:a.b)", "en-GB", {}) == "A b [c] & d"


# ---------------------------------------------------------------------------------------- the file copy


def whole() -> FileCopy:
    return dataclasses.replace(
        copy(
            "It names [4](fact:ferry.count).",
            section(TABLE.strip(), "commitments", "Where it stands"),
            notes=(note(1, "ferry.count", "S1 ¶2. “Ключ” — no break", value=""),),
            references=(reference("S1", "gazette"),),
            scales=(Scale("Status", "Ours", (("intent", "it is meant"),)),),
            owner=None,
        ),
        state=State(
            DAY,
            (fact("ferry.count", status=Reached.INTENT),),
            sources=(ListedSource(Slug("gazette"), "The Gazette."),),
        ),
    )


def test_a_copy_comes_back_as_it_was_kept() -> None:
    assert file_copy.read(file_copy.write(whole())) == whole()


@given(st.binary(max_size=40), st.integers(min_value=0), st.booleans())
def test_a_damaged_copy_is_no_copy_and_no_traceback(junk: bytes, index: int, is_added: bool) -> None:
    data = file_copy.write(whole())
    place = index % len(data)
    damaged = data[:place] + junk + data[place + (0 if is_added else len(junk) or 1) :]
    assert file_copy.read(damaged) in (None, whole())
    assert file_copy.read(junk) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"version": 2, "digest": "", "copy": {}}',
        b"[" * 200_000,
        b'{"version": 1, "copy": ' + b"[" * 200_000,
        b'{"version": 1, "digest": "\\ud800", "copy": "\\ud800"}',
    ],
)
def test_a_foreign_copy_is_no_copy(data: bytes) -> None:
    assert file_copy.read(data) is None


def test_a_copy_of_another_shape_is_no_copy() -> None:
    for record in (
        "{}",
        '{"label": "x"}',
        "3",
        "true",
        '{"label": {"a": ["b"]}, "printed": "x", "state": []}',
    ):
        digest = file_copy._digest(record)
        assert file_copy.read(f'{{"version": 1, "digest": "{digest}", "copy": {record}}}'.encode()) is None
