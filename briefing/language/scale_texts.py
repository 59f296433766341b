"""The scales that briefs use, as data, each with its source.

They are ICD 203 for likelihood, the Admiralty code for sources and statements, the Traffic Light Protocol for
markings, and our own ladder of commitments.
"""

from __future__ import annotations

from briefing.language.wording import for_reading
from briefing.model.editions import Edition, Scale
from briefing.model.facts import Fact
from briefing.model.scales import Confidence, Credibility, Likelihood, Marking, Reliability, Stage, Status

KEY = (
    "A number in the text names its note. In a note, S1 ¶4 is the fourth paragraph of source S1. A part of a "
    "date or a value in square brackets was inferred; no source states it."
)
"""Instructions for finding a passage, printed in a brief."""
OUR_READING = {
    (True, False): "“Our reading” beside a name: no passage names that speaker.",
    (False, True): "“Our reading” beside a status: no passage names that status.",
    (True, True): "“Our reading” beside a name or a status: no passage names that speaker or that status.",
}
"""What it says beside names and beside statuses, by whether it is beside any."""

STATUS_MEANINGS: dict[Status, str] = {
    Status.INTEREST: "one side has said that it is interested in it",
    Status.REQUESTED: "one side has asked for it or proposed it",
    Status.DISCUSSED: "both sides have talked about it",
    Status.ANNOUNCED: "one side has said that it is going to do it, or is preparing to",
    Status.INTENT: "an intention of both sides is in writing, or one of them says so; nothing is ordered",
    Status.AGREED: "both sides have said that they agree to it; nothing is ordered",
    Status.CONTRACTED: "a contract or order is named",
    Status.FINANCED: "the money for it is set aside",
    Status.IN_PRODUCTION: "it is being made",
    Status.DELIVERING: "some of it has been handed over",
    Status.DELIVERED: "all of it has been handed over",
    Status.IN_SERVICE: "it is in use",
}

LIKELIHOOD_RANGES: dict[Likelihood, tuple[str, str]] = {
    Likelihood.ALMOST_NO_CHANCE: ("remote", "1–5%"),
    Likelihood.VERY_UNLIKELY: ("highly improbable", "5–20%"),
    Likelihood.UNLIKELY: ("improbable", "20–45%"),
    Likelihood.ROUGHLY_EVEN: ("roughly even odds", "45–55%"),
    Likelihood.LIKELY: ("probable", "55–80%"),
    Likelihood.VERY_LIKELY: ("highly probable", "80–95%"),
    Likelihood.ALMOST_CERTAIN: ("nearly certain", "95–99%"),
}
"""First-row word -> the second row's word for the same step, and its range of probability."""

CONFIDENCE_MEANINGS: dict[Confidence, str] = {
    Confidence.LOW: "the basis is thin, comes from one origin or is doubtful",
    Confidence.MODERATE: "the basis is credible but not confirmed independently",
    Confidence.HIGH: "the basis is good and comes from several independent origins",
}

RELIABILITY_MEANINGS: dict[Reliability, str] = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}

CREDIBILITY_MEANINGS: dict[Credibility, str] = {
    Credibility.ONE: "confirmed by independent origins",
    Credibility.TWO: "probably true",
    Credibility.THREE: "possibly true",
    Credibility.FOUR: "doubtful",
    Credibility.FIVE: "improbable",
    Credibility.SIX: "truth cannot be judged",
}

MARKING_MEANINGS: dict[Marking, str] = {
    Marking.CLEAR: "may be passed on without limit",
    Marking.GREEN: "may be passed on within the community",
    Marking.AMBER: "for the recipient’s organisation and its clients, where they need to know",
    Marking.AMBER_STRICT: "for the recipient’s organisation only, where they need to know",
    Marking.RED: "for the eyes of the individual recipients only",
}

LIKELIHOOD = Scale(
    "Likelihood",
    "Intelligence Community Directive 203 (2015)",
    tuple((str(step), f"{share}; also: {other}") for step, (other, share) in LIKELIHOOD_RANGES.items()),
)
CONFIDENCE = Scale(
    "Confidence",
    "after ICD 203; it grades the basis, not the likelihood",
    tuple((str(step), meaning) for step, meaning in CONFIDENCE_MEANINGS.items()),
)
STATUS = Scale(
    "Status of a commitment",
    f"our own ladder: {', '.join(f'{stage.shape} {stage.value}' for stage in Stage)}; lowest rung first; "
    "contracted and above need a named contract, order or delivery",
    tuple((status.words, meaning) for status, meaning in STATUS_MEANINGS.items()),
)
RELIABILITY = Scale(
    "Reliability of a source",
    "Admiralty code (NATO AJP-2.1); a label, never averaged",
    tuple((str(grade), meaning) for grade, meaning in RELIABILITY_MEANINGS.items()),
)
CREDIBILITY = Scale(
    "Credibility of a statement",
    "Admiralty code (NATO AJP-2.1); 1 needs two independent origins",
    tuple((str(grade), meaning) for grade, meaning in CREDIBILITY_MEANINGS.items()),
)
MARKING = Scale(
    "Marking",
    "Traffic Light Protocol 2.0, FIRST (2022)",
    tuple((f"TLP:{marking.value}", meaning) for marking, meaning in MARKING_MEANINGS.items()),
)

ALL = (STATUS, LIKELIHOOD, CONFIDENCE, RELIABILITY, CREDIBILITY, MARKING)


def only(scale: Scale, steps: set[str]) -> Scale:
    """Return a scale with only some of its steps, and the number of all of them."""
    rows = tuple((step, meaning) for step, meaning in scale.rows if step in steps)
    counted = f"{len(rows)} of {len(scale.rows)} steps"
    return Scale(scale.title, f"{scale.source.partition(';')[0]}; {counted}", rows)


def key(edition: Edition) -> str:
    """Return how to read an edition: its numbers, brackets, our readings, and grades without scales."""
    mark = f"({for_reading(edition.language).vocabulary.our_reading})"
    is_beside = (
        any(mark in note.speakers for note in edition.notes),
        any(mark in note.status for note in edition.notes),
    )
    return " ".join(filter(None, [KEY, OUR_READING.get(is_beside, ""), grades(edition)]))


def caveat(fact: Fact) -> str:
    """Return what a reader must know of a fact: its caveat, and how we came to what no source states."""
    return " ".join(filter(None, (fact.caveat, *our_readings(fact))))


def our_readings(fact: Fact) -> tuple[str, ...]:
    """Return in sentences how we came to what no source states of a fact: its value, date and status."""
    date = fact.date.basis if fact.date else ""
    value = fact.value.basis if fact.value else ""
    bases = (("Value", value), ("Date", date), ("Status", fact.status_basis))
    return tuple(f"{what} by our reading: {basis.rstrip('.')}." for what, basis in bases if basis)


def grades(edition: Edition) -> str:
    """Return a sentence on what the grades in an edition mean; empty where it prints the scales."""
    if edition.scales:
        return ""
    found = {reference.reliability for reference in edition.references}
    words = [
        f"{grade}\N{NO-BREAK SPACE}= {meaning}"
        for grade, meaning in RELIABILITY_MEANINGS.items()
        if grade in found
    ]
    words += sorted(
        {note.grade.replace(": ", "\N{NO-BREAK SPACE}= ") for note in edition.notes if note.grade}
    )
    return f"Grades by the Admiralty code: {'; '.join(words)}." if words else ""
