"""The ledger as text: readable, sealed, and read again by the same door."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.content import decode, yaml_nodes
from briefing.editions import ledger
from briefing.model.findings import BriefingError, Place
from briefing.model.ledger import Issued, Withdrawal
from briefing.model.values import Date, EditionNumber
from tests import values


def test_an_edition_is_read_as_it_was_written() -> None:
    issued = values.issued("letter", "2.1", values.fact(), corrects=EditionNumber("1"))
    node, findings = yaml_nodes.parse(ledger.of_edition(issued), "2.1.yaml")
    assert node is not None, findings
    assert decode.shape(Issued, node, id="2.1", at=Place("2.1.yaml")) == (issued, ())


def test_withdrawals_are_read_as_they_were_written() -> None:
    withdrawals = (
        Withdrawal(EditionNumber("1"), Date("2026-03-01"), "R. Lund", "A figure: wrong."),
        Withdrawal(EditionNumber("2.10"), Date("2026-03-02"), "R. Lund", "# Not a comment"),
    )
    node, findings = yaml_nodes.parse(ledger.of_withdrawals(withdrawals), "withdrawn.yaml")
    assert node is not None, findings
    assert decode.shape_register(Withdrawal, node) == (withdrawals, ())


def test_an_edition_that_is_withdrawn_is_written_as_it_was_issued() -> None:
    issued = values.issued()
    taken = Withdrawal(EditionNumber("1"), Date("2026-03-01"), "R. Lund", "Wrong.")
    assert ledger.of_edition(dataclasses.replace(issued, withdrawn=taken)) == ledger.of_edition(issued)


def test_the_seal_covers_all_that_is_written_and_no_withdrawal() -> None:
    issued = values.issued("letter", "1", values.fact())
    reworded = dataclasses.replace(issued, printed=dataclasses.replace(issued.printed, title="Another"))
    other_fact = dataclasses.replace(issued, state=dataclasses.replace(issued.state, facts=()))
    taken = Withdrawal(EditionNumber("1"), Date("2026-03-01"), "R. Lund", "Wrong.")
    assert ledger.seal(dataclasses.replace(issued, withdrawn=taken)) == issued.seal
    forged = [
        dataclasses.replace(issued, **{name: value})  # type: ignore[arg-type]
        for name, value in {
            "note": "Another note.",
            "by": "Somebody else",
            "issued": Date("2020-01-01"),
            "dated": Date("2020-01-01"),
            "corrects": EditionNumber("1"),
            "id": EditionNumber("7"),
            "files": dataclasses.replace(issued.files, pdf="0" * 64),
        }.items()
    ]
    seals = {issued.seal, *(ledger.seal(item) for item in (reworded, other_fact, *forged))}
    assert len(seals) == 3 + len(forged)


def test_a_number_that_is_none_is_told() -> None:
    for number in ("0", "1.0", "01", "1.2.3", "one", ""):
        (finding,) = decode.check_number(number, Place("x.yaml"))
        assert finding.check == "name"
    for number in ("1", "2.1", "10.12"):
        assert decode.check_number(number, Place("x.yaml")) == ()


def test_what_would_not_be_read_as_it_was_written_is_never_written() -> None:
    issued = values.issued()
    text = ledger.of_edition(issued)
    ledger.refuse_misread(text, issued, "1.yaml", id=issued.id)
    with pytest.raises(BriefingError, match="would give another value"):
        ledger.refuse_misread(text.replace("R. Lund", "N. Else"), issued, "1.yaml", id=issued.id)
    with pytest.raises(BriefingError, match="cannot be recorded: this is not valid YAML"):
        ledger.refuse_misread("a: [", issued, "1.yaml", id=issued.id)
