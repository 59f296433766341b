"""Editions: frozen as printed, printed again as frozen, and told from drafts by their words."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.build.steps import Snapshot
from briefing.changes import states
from briefing.content import decode, yaml_nodes
from briefing.editions import freeze as editions
from briefing.editions import ledger
from briefing.model.editions import Edition
from briefing.model.findings import Place
from briefing.model.ledger import FileDigests, Issued, Withdrawal
from briefing.model.scales import Marking
from briefing.model.values import Date, EditionNumber, Key, Slug
from tests import values

DAY = Date("2031-05-01")


def freeze(snapshot: Snapshot, name: str = "ferry-purchase", number: str = "1") -> Issued:
    assert snapshot.library
    stands = snapshot.standings[name]
    issued = editions.frozen(
        editions.printed(stands.edition),
        stands.state,
        Slug(name),
        EditionNumber(number),
        DAY,
        "R. Lund",
        "First edition.",
    )
    issued = dataclasses.replace(issued, files=FileDigests("a", "b", "c"))
    return dataclasses.replace(issued, seal=ledger.seal(issued))


def read_again(issued: Issued) -> Issued:
    node, findings = yaml_nodes.parse(ledger.of_edition(issued), "1.yaml")
    assert node is not None, findings
    again, misfits = decode.shape(Issued, node, id=issued.id, at=Place("1.yaml"))
    assert again is not None, misfits
    return again


@pytest.mark.parametrize("name", ["ferry-purchase", "overview"])
def test_what_is_frozen_is_printed_again_word_for_word(snapshot: Snapshot, name: str) -> None:
    edition = snapshot.editions[name]
    again = editions.reissued(read_again(freeze(snapshot, name)), imprint=edition.imprint)
    kept = {"label": edition.label, "is_draft": True, "digest": edition.digest}
    assert dataclasses.replace(again, **kept) == edition  # type: ignore[arg-type]
    assert again.label == "1 of 1\N{NO-BREAK SPACE}May 2031"
    assert not again.is_draft


def test_the_file_gives_back_the_edition_and_its_seal(snapshot: Snapshot) -> None:
    issued = freeze(snapshot)
    again = read_again(issued)
    assert again == issued
    assert ledger.seal(again) == issued.seal


def test_the_seal_tells_a_later_change(snapshot: Snapshot) -> None:
    issued = freeze(snapshot)
    text = ledger.of_edition(issued).replace("4 ferries", "5 ferries")
    node, _ = yaml_nodes.parse(text, "1.yaml")
    assert node
    forged, _ = decode.shape(Issued, node, id=issued.id, at=Place("1.yaml"))
    assert forged
    assert ledger.seal(forged) != forged.seal


def test_what_says_the_same_is_the_edition(snapshot: Snapshot) -> None:
    edition, issued = snapshot.editions["ferry-purchase"], freeze(snapshot)
    assert editions.is_as_printed(edition, issued)
    assert editions.is_as_printed(dataclasses.replace(edition, counts="", publisher="A new name"), issued)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another"},
        {"owner": "N. Else"},
        {"authors": ("N. Else",)},
        {"marking": Marking.GREEN},
        {"notes": ()},
        {"sections": ()},
    ],
    ids=str,
)
def test_what_says_anything_else_is_a_draft(snapshot: Snapshot, changed: dict[str, object]) -> None:
    edition = dataclasses.replace(snapshot.editions["ferry-purchase"], **changed)  # type: ignore[arg-type]
    assert not editions.is_as_printed(edition, freeze(snapshot))


def test_a_draft_names_the_edition_before_it(snapshot: Snapshot) -> None:
    edition = snapshot.editions["ferry-purchase"]
    assert editions.as_draft(edition, ()) is edition
    draft = editions.as_draft(edition, [freeze(snapshot)])
    assert draft.label == "Draft after edition 1"
    assert draft.is_draft
    assert draft.digest != edition.digest


@pytest.mark.parametrize(
    ("numbers", "is_minor", "expected"),
    [
        ([], False, "1"),
        (["1"], False, "2"),
        (["1"], True, "1.1"),
        (["1", "1.1"], True, "1.2"),
        (["1", "1.1"], False, "2"),
        (["1", "2", "2.9"], True, "2.10"),
    ],
)
def test_editions_are_counted(numbers: list[str], is_minor: bool, expected: str) -> None:
    assert editions.next_number(numbers, is_minor) == expected


def test_editions_stand_in_order_of_number_not_of_letters(snapshot: Snapshot) -> None:
    numbers = ["10", "2", "2.10", "2.9", "1"]
    found = sorted((freeze(snapshot, number=number) for number in numbers), key=lambda item: item.order)
    assert [item.id for item in found] == ["1", "2", "2.9", "2.10", "10"]


def notice(issued: Issued, *later: Issued) -> str:
    return editions.reissued(issued, later).notice


def test_an_edition_says_what_has_become_of_it(snapshot: Snapshot) -> None:
    first = freeze(snapshot)
    second = dataclasses.replace(
        first, id=EditionNumber("2"), dated=Date("2031-06-01"), issued=Date("2031-06-01")
    )
    correction = dataclasses.replace(second, corrects=EditionNumber("1"), note="Four, not five.")
    taken = Withdrawal(EditionNumber("1"), Date("2031-07-01"), "R. Lund", "A figure was wrong.")
    assert notice(first) == ""
    assert notice(first, second) == "Superseded by edition 2 of 1\N{NO-BREAK SPACE}June 2031."
    assert notice(first, correction).endswith(
        "Edition 2 of 1\N{NO-BREAK SPACE}June 2031 corrects it: Four, not five."
    )
    withdrawn = dataclasses.replace(first, withdrawn=taken)
    assert (
        notice(withdrawn, correction)
        == "Withdrawn on 1\N{NO-BREAK SPACE}July 2031 by R. Lund: A figure was wrong."
    )


def test_an_edition_is_read_with_the_names_of_today(snapshot: Snapshot) -> None:
    assert snapshot.library
    issued = freeze(snapshot)
    old = dataclasses.replace(issued, brief=Slug("boats"))
    renames = dataclasses.replace(snapshot.library.renamed, keys={"ferry.count": Key("ferry.number")})
    library = dataclasses.replace(snapshot.library, issued={"ferry-purchase": (old,)}, renamed=renames)
    (now,) = editions.of_brief(Slug("ferry-purchase"), library)
    assert now.brief == "ferry-purchase"
    keys = {note.fact for note in now.printed.notes}
    assert "ferry.number" in keys
    assert "ferry.count" not in keys
    assert not any("(fact:ferry.count" in section.text for section in now.printed.sections)
    edition = editions.reissued(now)
    assert isinstance(edition, Edition)
    assert "ferry.number" in [fact.id for fact in now.state.facts]
    assert states.between(issued.state, now.state, renames) == ()


def test_an_edition_of_a_brief_that_nobody_issued_does_not_exist() -> None:
    assert editions.of_brief(Slug("letter"), values.library()) == ()
