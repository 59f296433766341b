"""Cases for the checks that hold statuses and speakers to the passages cited, in every language."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.scales import ActorKind, Degree, FactKind
from briefing.model.sources import Evidence
from briefing.model.values import Placed, Slug
from briefing.sources import captures, verify
from tests import values
from tests.checkcases import EVIDENCE_AT, Case, told
from tests.values import Reached, on_ladder

BASIS_AT = Place("content/facts/drones.yaml", 9, 19)
SPEAKER_AT = Place("content/facts/drones.yaml", 8, 15)
PASSAGE = replace(values.evidence(), at=EVIDENCE_AT)


def at_status(status: str, *terms: str, language: str = "en", basis: str = "") -> Case:
    """A commitment of a status, with these terms."""
    letter = values.fact(
        status=on_ladder(Degree(status)),
        status_basis=Placed(basis, BASIS_AT) if basis else "",
        evidence=(replace(values.evidence(terms=terms), at=EVIDENCE_AT),),
    )
    return Case(values.library(letter, sources=(values.source(language=language),)))


ACTORS = (
    replace(
        values.actor("holm"),
        name="Olena Holm",
        names=("Olena Holm", "Олена Гольм"),
        role="Minister of Transport",
    ),
    replace(values.actor("berg"), name="Otto Berg", names=("Берг",)),
    replace(
        values.actor("ministry"),
        name="Ministry of Transport",
        kind=ActorKind.ORGANISATION,
        speaks_for=Slug("holm"),
    ),
)


def by(
    speaker: str, *terms: str, origin: str = "", language: str = "en", text: str = "", **changes: Any
) -> Case:
    """A claim of a speaker with these terms, who may be a minister, her ministry or somebody else."""
    relayed = Slug(origin) if origin else None
    last = text.count("\n\n") + 1
    passage = Evidence(Slug("report"), last, terms, relayed, at=EVIDENCE_AT, **changes)
    claim = values.fact(kind=FactKind.CLAIM, said_by=(Placed(speaker, SPEAKER_AT),), evidence=(passage,))
    source = values.source(language=language, capture="report.txt", sha256=_digest(text))
    library = values.library(
        claim,
        sources=(source,),
        actors=ACTORS,
        origins=(values.origin("speech", "holm"), values.origin("post", "ministry")),
    )
    held = verify.sources(library, {"report": captures.read(text.encode())}) if text else ()
    return Case(library, verified=held)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def of_the_past(**changes: Any) -> Library:
    """A letter that was said to be delivered before."""
    earlier = values.assertion("2025", status=Reached.DELIVERED, evidence=(PASSAGE,), **changes)
    return values.library(values.fact(asserted=values.date("2026"), history=(earlier,)))


WITHOUT_NAME = "It is said that four ferries are wanted."
BERG_SPOKE = "Otto Berg spoke.\n\nHe asked for four ferries."
LADDER = {
    "interest": "is interested in ferries",
    "requested": "asked for four ferries",
    "discussed": "talks about ferries",
    "announced": "plans four ferries",
    "intent": "signed a letter of intent",
    "agreed": "signed an agreement",
    "contracted": "the contract was signed",
    "financed": "has allocated the money",
    "in-production": "are being built",
    "delivering": "the first was delivered",
    "delivered": "received four ferries",
    "in-service": "entered into service",
}
"""Every rung with words that name it."""
ABROAD = (
    ("de", "discussed", "sprachen über vier Fähren"),
    ("de", "intent", "unterzeichneten eine Absichtserklärung"),
    ("de", "contracted", "hat vier Fähren bestellt"),
    ("de", "delivered", "wurden geliefert"),
    ("fr", "discussed", "ont parlé de bacs"),
    ("fr", "intent", "ont signé une lettre d’intention"),
    ("fr", "contracted", "a commandé quatre bacs"),
    ("fr", "delivered", "ont été livrés"),
    ("uk", "discussed", "обговорили чотири пороми"),
    ("uk", "intent", "підписали лист про наміри"),
    ("uk", "contracted", "замовила чотири пороми"),
    ("uk", "delivered", "отримала чотири пороми"),
    ("ru", "discussed", "обсудили четыре парома"),
    ("ru", "intent", "подписали письмо о намерениях"),
    ("ru", "contracted", "заказала четыре парома"),
    ("ru", "delivered", "получила четыре парома"),
)
"""The same for some rungs in other languages."""

GOOD: dict[str, list[Case]] = {
    "status-evidence": [
        *(at_status(status, words) for status, words in LADDER.items()),
        *(at_status(status, words, language=name) for name, status, words in ABROAD),
        at_status("contracted", "four ferries", "the contract was signed"),
        at_status("contracted", "Contract No. 7"),
        at_status("supplied", "previously supplied"),
        # What is denied or put off leaves the words beside it.
        at_status("intent", "four ferries"),  # the statement names the letter of intent
        at_status("intent", "letter of intent", "no contract"),
        at_status("intent", "letter of intent", "potential SAMP/T contract"),
        # We say why it is ours.
        at_status("intent", "four ferries", basis="intent, because the letter that names them binds nobody"),
        at_status("in-production", "four ferries", basis="In production: the hulls are on the slipway"),
        # No words are known of the source's language.
        at_status("contracted", "quatro barcos", language="pt"),
        Case(of_the_past(status_basis="delivered, by the list of the yard")),
    ],
    "speaker-not-stated": [
        Case(values.library()),
        by("holm", "Holm said", "four ferries"),
        by("holm", "four ferries", origin="speech"),
        # An office speaks for its head.
        by("holm", "the Ministry of Transport said"),
        by("ministry", "four ferries", origin="speech"),
        # In languages with cases a name has many endings.
        by("holm", "за словами Олени Гольм", language="uk"),
        # With the capture, the paragraph names the speaker, or one before it the person of a pronoun.
        by("holm", "four ferries", origin="speech", text="Olena Holm asked for four ferries."),
        by("holm", "four ferries", origin="speech", text="The Minister of Transport asked for four ferries."),
        by("holm", "four ferries", origin="speech", text="Olena Holm spoke.\n\nShe asked for four ferries."),
        by(
            "holm",
            "four ferries",
            origin="speech",
            text=WITHOUT_NAME,
            inferred=True,
        ),
    ],
}
BAD: dict[str, list[Case]] = {
    "status-evidence": [
        *(
            told(
                at_status(status, "four ferries"),
                EVIDENCE_AT,
                says=f"is {Degree(status).words}, and none of its cited words names a status",
            )
            for status in LADDER
            if status != "intent"  # its statement names that
        ),
        told(
            at_status("intent", "signed an agreement"),
            EVIDENCE_AT,
            says="is intent, and its cited words say agreed: 'agreement'",
        ),
        # A word of another rung is none of this one.
        told(at_status("in-service", "the contract was signed"), EVIDENCE_AT, says="say contracted"),
        *(
            told(at_status("in-service", words, language=name), EVIDENCE_AT, says=f"say {status}")
            for name, status, words in ABROAD
        ),
        # What is denied, wished for or put off has not happened.
        *(
            told(at_status("contracted", term), EVIDENCE_AT)
            for term in (
                "no contract",
                "not yet under contract",
                "potential SAMP/T contract",
                "aims to order ferries",
                "in order to sail",
                "would be ordered",
            )
        ),
        told(at_status("contracted", "nicht bestellt", language="de"), EVIDENCE_AT),
        told(at_status("contracted", "n’a pas commandé", language="fr"), EVIDENCE_AT),
        told(at_status("contracted", "не замовила", language="uk"), EVIDENCE_AT),
        told(at_status("contracted", "не заказала", language="ru"), EVIDENCE_AT),
        told(at_status("delivered", "will be delivered"), EVIDENCE_AT),
        told(at_status("delivering", "preparations to deliver"), EVIDENCE_AT),
        told(
            at_status("intent", "four ferries", basis="because the letter names them"),
            BASIS_AT,
            says="the basis of the status of drones.letter does not name 'intent'",
        ),
        told(Case(of_the_past()), EVIDENCE_AT, says="drones.letter, history of 2025 is delivered"),
    ],
    "speaker-not-stated": [
        told(by("berg", "Holm said"), SPEAKER_AT, says="is said by berg, whom no cited passage names"),
        told(by("berg", "four ferries", origin="speech"), SPEAKER_AT, says="; they relay holm"),
        told(by("holm", "за словами Берга", language="uk"), SPEAKER_AT),
        # What relays somebody has to name him, or to say that we concluded it.
        told(
            by("holm", "four ferries", origin="speech", text=WITHOUT_NAME),
            EVIDENCE_AT,
            says="paragraph 1 of report does not name Olena Holm, whose statement it is to relay",
        ),
        told(
            by("holm", "four ferries", origin="speech", text=BERG_SPOKE),
            EVIDENCE_AT,
            says="does not name Olena Holm",
        ),
    ],
}
