"""The seals of the ledger: what another hand does is found, and records of earlier versions count."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import seals
from briefing.content.seals import Ledger
from briefing.editions import ledger as writing
from briefing.model.findings import Finding, Place
from briefing.model.ledger import Acceptance, Accepted, Issued, Sealed, Seals, Withdrawal, order_of
from briefing.model.values import Date, EditionNumber
from tests import values

WITHDRAWN = (Withdrawal(EditionNumber("1"), Date("2026-03-01"), "R. Lund", "Wrong."),)
ACCEPTED = Accepted((Acceptance("text.1", "They signed", "R. Lund", Date("2026-03-01"), "ab", ()),))


def edition(number: str, follows: str = "", note: str = "As agreed.", brief: str = "letter") -> Issued:
    at = Place(seals.path(brief, number))
    return values.issued(brief, number, note=note, follows=follows, at=at)


def ledger_of(*issued: Issued, listed: bool = True, **more: object) -> Ledger:
    """The ledger of a brief as the program leaves it, with the seals of everything in it."""
    made = Ledger(issued, {"letter": ACCEPTED}, {"letter": WITHDRAWN}, {}, frozenset(), {})
    made = dataclasses.replace(made, **more)  # type: ignore[arg-type]
    found = seals.on_record(made)
    return dataclasses.replace(made, seals={name: Seals(found[name]) for name in found}) if listed else made


def grown(numbers: list[str], first_chained: int = 0) -> tuple[Issued, ...]:
    """Editions issued one after the other; those before ``first_chained`` by an earlier version."""
    issued: list[Issued] = []
    for index, number in enumerate(numbers):
        before = [Sealed(item.id, item.seal) for item in issued]
        issued.append(edition(number, seals.chain(before) if index >= first_chained else ""))
    return tuple(issued)


def found(ledger: Ledger) -> list[Finding]:
    return list(seals.findings(ledger))


NUMBERS = st.lists(st.booleans(), min_size=1, max_size=6).map(lambda minors: _numbered([False, *minors[1:]]))


def _numbered(minors: list[bool]) -> list[str]:
    numbers: list[str] = []
    for is_minor in minors:
        major, minor = order_of(numbers[-1]) if numbers else (0, 0)
        numbers.append(f"{major}.{minor + 1}" if is_minor else str(major + 1))
    return numbers


@given(NUMBERS, st.integers(0, 6))
def test_what_the_program_wrote_is_sound(numbers: list[str], first_chained: int) -> None:
    assert found(ledger_of(*grown(numbers, first_chained))) == []


@given(NUMBERS)
def test_records_of_earlier_versions_count_as_they_are_on_record(numbers: list[str]) -> None:
    assert found(ledger_of(*grown(numbers, len(numbers)), listed=False)) == []


@given(NUMBERS, st.integers(0, 6), st.data())
def test_an_edition_that_is_removed_or_replaced_is_found(
    numbers: list[str], first_chained: int, data: st.DataObject
) -> None:
    """Even where an earlier version issued all of them, once any command has sealed them."""
    sound = ledger_of(*grown(numbers, first_chained))
    victim = data.draw(st.sampled_from(sound.issued))
    others = tuple(item for item in sound.issued if item != victim)
    forged = edition(victim.id, victim.follows, "Another note.")
    for issued in (others, (*others, forged)):
        (finding, *_) = found(dataclasses.replace(sound, issued=issued))
        assert (finding.check, finding.brief, finding.is_error) == ("ledger", "letter", True)
        assert finding.at.path.startswith("content/editions/letter/")
        assert "version control" in finding.hint


@given(NUMBERS, st.data())
def test_an_edition_replaced_together_with_its_seal_is_found_by_the_next_one(
    numbers: list[str], data: st.DataObject
) -> None:
    sound = ledger_of(*grown([*numbers, str(order_of(numbers[-1])[0] + 1)]))
    victim = data.draw(st.sampled_from(sound.issued[:-1]))
    forged = edition(victim.id, victim.follows, "Another note.")
    issued = tuple(forged if item == victim else item for item in sound.issued)
    (finding,) = found(ledger_of(*issued))
    assert "was issued after other editions than are on record" in finding.message
    assert order_of(finding.at.path.rpartition("/")[2].removesuffix(".yaml")) > victim.order


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"withdrawals": {}}, "withdrawn.yaml is missing"),
        ({"withdrawals": {"letter": ()}}, "this is not the record that"),
        ({"accepted": {}}, "accepted.yaml is missing"),
        ({"accepted": {"letter": Accepted()}}, "this is not the record that"),
        ({"seals": {}}, "seals.yaml is missing"),
        ({"seals": {"letter": Seals()}}, "does not seal this record"),
    ],
)
def test_withdrawals_and_acceptances_are_sealed_too(change: dict[str, object], says: str) -> None:
    sound = ledger_of(*grown(["1", "2"]))
    messages = [item.message for item in found(dataclasses.replace(sound, **change))]  # type: ignore[arg-type]
    assert any(says in message for message in messages), messages


def test_a_gap_in_the_numbers_is_an_error_where_an_earlier_version_issued_them() -> None:
    issued = (edition("1"), edition("3"))
    (finding,) = found(ledger_of(*issued, listed=False))
    assert finding.message == "edition 2 of letter is missing: edition 3 comes after it"
    assert finding.at.path == "content/editions/letter/3.yaml"


def test_a_first_edition_that_is_missing_is_a_gap() -> None:
    (finding,) = found(ledger_of(edition("1.1"), listed=False))
    assert finding.message == "edition 1 of letter is missing: edition 1.1 comes after it"


def test_an_edition_that_was_lost_for_good_may_be_listed_as_lost() -> None:
    sound = ledger_of(*grown(["1", "2", "3"]))
    records = [
        dataclasses.replace(item, lost="The disk broke.") if item.record == "2" else item
        for item in sound.seals["letter"].records
    ]
    lost = dataclasses.replace(sound, seals={"letter": Seals(tuple(records))})
    (finding,) = found(lost)
    assert "is called lost here, and is there" in finding.message
    gone = dataclasses.replace(lost, issued=tuple(item for item in lost.issued if item.id != "2"))
    assert found(gone) == []
    assert Sealed("2", records[1].seal, "The disk broke.") in seals.on_record(gone)["letter"]


def test_the_editions_of_a_renamed_brief_are_one_chain() -> None:
    """The first edition is in the folder of the former name."""
    first = edition("1", seals.chain(()), brief="paper")
    second = edition("2", seals.chain([Sealed("1", first.seal)]))
    sound = ledger_of(first, second, renamed={"paper": "letter"})
    assert found(sound) == []
    (finding, *_) = found(dataclasses.replace(sound, issued=(second,)))
    assert (finding.at.path, finding.brief) == ("content/editions/paper/1.yaml", "letter")


def test_a_record_that_cannot_be_read_is_not_called_missing_as_well() -> None:
    sound = ledger_of(*grown(["1", "2"]))
    unread = dataclasses.replace(sound, issued=sound.issued[1:], unread=frozenset({"letter/1"}))
    assert found(unread) == []


def test_the_seal_of_an_edition_covers_what_it_follows() -> None:
    issued = edition("2", seals.chain([Sealed("1", "ab")]))
    assert writing.seal(dataclasses.replace(issued, follows="")) != issued.seal


def test_a_change_seals_every_folder_that_it_touches() -> None:
    library = values.library(briefs=(values.brief(),))
    library = dataclasses.replace(library, seals={"paper": (Sealed("1", "ab"), Sealed("accepted", "cd"))})
    files: Mapping[str, bytes] = writing.files_of(
        "letter", {"accepted": ACCEPTED}, library, [("paper", "accepted")]
    )
    assert set(files) == {
        "content/editions/letter/accepted.yaml",
        "content/editions/letter/seals.yaml",
        "content/editions/paper/seals.yaml",
    }
    assert b"accepted" not in files["content/editions/paper/seals.yaml"].partition(b"records:")[2]
    assert seals.digest(ACCEPTED).encode() in files["content/editions/letter/seals.yaml"]
