"""Cases for the checks over words that need a key: of likelihood, and abbreviations."""

from __future__ import annotations

import dataclasses

from briefing.model.values import Prose
from tests import values
from tests.checkcases import AT, Case, told
from tests.checkcases.ferries import FACTS, library, on_page, said, wrong


def resting_on(basis: str) -> Case:
    """A judgement with that basis, and where it stands."""
    judgement = values.judgement("ferries.order", basis)
    placed = dataclasses.replace(judgement, at=AT)
    return Case(library(sheets=(values.sheet("ferries", *FACTS, judgements=(placed,)),)))


GOOD: dict[str, list[Case]] = {
    "likelihood": [
        *map(
            said,
            (
                "A contract is unlikely; a delay is almost certain.",
                "It may follow, it could fail, and it might be late.",
                "A contract is improbable, and a delay nearly certain.",
                "A contract is likely. Our confidence is low.",
                "The mayor says that a contract will probably follow.",
                "The mayor calls it “highly likely”.",
                "It has 40 metres, perhaps 50.",
                "Port and yard are bound to deliver.",
            ),
        ),
        # Each text keeps to a row of its own.
        said("A delay is likely.", bottom_line=Prose("A letter exists.")),
    ],
    "judgement-basis": [resting_on("There is [a letter](fact:ferries.letter) and no contract."), said("x")],
    "undefined-acronym": [
        *map(
            said,
            (
                "The Fund for Port Repair (FPR) pays. The FPR is new.",
                "The FPR, the Fund for Port Repair, pays.",
                "The FPR (Fund for Port Repair) pays.",
                # What every reader knows, what is a name, and what is no abbreviation.
                "The EU, NATO and the UK pay in EUR.",
                "PY is the yard, and Port Yard (PY) its name.",
                "King Charles III, Chapter IV and Type XXI.",
                "A plan, I think, and an F-16.",
            ),
        ),
        on_page("The FPR is an example."),
    ],
}
BAD: dict[str, list[Case]] = {
    "likelihood": [
        wrong("A contract may well follow.", "may well", says="'may well' is not on the scale of likelihood"),
        wrong("It is highly likely to fail.", "highly likely"),
        wrong("Perhaps it fails.", "Perhaps"),
        wrong("The smart money is on a delay.", "The smart money is on"),
        wrong("We would not be surprised if it came late.", "would not be surprised if"),
        wrong("A refusal has one chance in three.", "one chance in three"),
        wrong(
            "We judge with high confidence that a contract is likely.",
            "high confidence",
            says="this sentence states a likelihood and a confidence",
        ),
        wrong(
            "A contract is likely. A delay is improbable.",
            "improbable",
            says="'improbable' is from the second row of the scale, and this text uses the first",
        ),
        wrong("In all probability we think that it fails.", "In all probability"),
    ],
    "judgement-basis": [told(resting_on("It seems so."), AT, says="ferries.order rests on no fact")],
    "undefined-acronym": [
        wrong("The FPR pays.", "FPR", says="nothing explains the abbreviation FPR"),
        # Once a text.
        wrong("The FPR pays. The FPR is new.", "FPR"),
        wrong("The MoD and the FPR pay.", "MoD", "FPR"),
        wrong("The FPR pays. It is the Fund for Port Repair (FPR).", "FPR"),
    ],
}
