"""Keys, signatures and reviews: who may answer for a record, and the proof that this person did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.findings import Place
from briefing.model.values import Date, EditionNumber, Key, Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key with which a person may sign records."""

    id: Slug
    """Id of the key. A person may have several, one after the other."""
    name: str
    """The person, as records name this person."""
    key: str
    """The public key: a line such as that in ``id_ed25519.pub``, or an OpenPGP block in ASCII armour."""
    valid_after: Date | None = None
    """The first day on which the key may sign."""
    valid_before: Date | None = None
    """The first day on which it may no longer sign. What it signed before stays signed."""
    revoked: str = ""
    """Why nothing that it signed counts any more, whatever the day: it was stolen."""
    at: Place = at_nowhere()

    @property
    def is_open_pgp(self) -> bool:
        """Whether it is for GPG; otherwise it is for SSH."""
        return self.key.lstrip().startswith(PGP_BEGIN)


PGP_BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
"""The first line of an OpenPGP key."""


@dataclass(frozen=True, slots=True)
class SignedKeys:
    """The keys and the rules of signing, as a person on the list before signed them."""

    id: EditionNumber
    """1 for the first list of keys, and so on."""
    by: str
    """Who signed it."""
    day: Date
    """When."""
    signed_since: Date | None
    """The setting of the project."""
    two_persons_since: Date | None
    """The setting of the project."""
    follows: str
    """Digest of the list before; empty for the first."""
    keys: tuple[SigningKey, ...]
    """All keys."""
    signature: str = ""
    """The signature over everything else in this entry."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Covered:
    """A record that a signature covers."""

    record: str
    """The kind of record with the name that it had then: edition 2, withdrawal 1, review, paragraph body."""
    digest: str
    """Digest of what it said."""
    facts: tuple[Key, ...] = ()
    """The facts that an accepted paragraph cites, by the names that they had then."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature over the records that a person wrote with one command."""

    by: str
    """Who signed."""
    day: Date
    """When."""
    brief: Slug
    """Id of the brief then."""
    keys: str
    """Digest of the signed list of keys of that day."""
    covers: tuple[Covered, ...]
    """The records."""
    is_adopted: bool = False
    """Whether other persons wrote them, before the project asked for signatures."""
    signature: str = ""
    """The signature over everything else in this entry."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class CheckedSignature:
    """A signature that was compared with the keys of the person who is said to have made it."""

    signature: Signature
    problem: str = ""
    """Why it does not count; empty if it is valid."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures over the records of a brief, oldest first."""

    signatures: tuple[Signature, ...] = ()
    """Every signature."""


class ReviewStep(StrEnum):
    """A step of the review of a brief."""

    SUBMITTED = "submitted"
    """Its author hands it in for review."""
    CLEARED = "cleared"
    """Another person clears it for issue."""
    RETURNED = "returned"
    """Another person gives it back, so that it is a draft again."""


@dataclass(frozen=True, slots=True)
class Review:
    """A step of the review of a brief. It counts for exactly the words that the brief had then."""

    step: ReviewStep
    """What happened."""
    by: str
    """Who did it."""
    day: Date
    """When."""
    words: str
    """Digest of the printed words."""
    reason: str = ""
    """What that person said about it."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class Reviews:
    """The steps of the reviews of a brief, oldest first."""

    reviews: tuple[Review, ...] = ()
    """Every step."""


class BriefState(StrEnum):
    """How far a brief is on its way to its readers."""

    DRAFT = "draft"
    """Nobody has handed in its present words."""
    IN_REVIEW = "in review"
    """Its author has handed in its present words."""
    CLEARED = "cleared"
    """Another person has cleared its present words."""
    ISSUED = "issued"
    """Its present words are an edition."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """The two persons who answer for the words of an edition."""

    author: str
    """Who handed them in."""
    by: str
    """Who cleared them."""
    words: str
    """Digest of the words that were cleared."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the present words of a brief are, and who answers for that."""

    state: BriefState = BriefState.DRAFT
    author: str = ""
    """Who handed them in; empty if nobody did."""
    clearance: Clearance | None = None
    """Who cleared them."""


UNREVIEWED = Progress()
"""The progress of words that nobody has handed in."""


def progress_of(words: str, reviews: Sequence[Review], issued: int = 0) -> Progress:
    """Return how far a brief is whose words have a digest.

    ``issued`` is the number of editions that were issued on a clearance of these words; each uses one up.
    """
    found = Progress()
    for review in reviews:
        if review.words != words:
            continue
        if review.step is ReviewStep.SUBMITTED:
            found = Progress(BriefState.IN_REVIEW, review.by)
        elif review.step is ReviewStep.RETURNED:
            found = Progress()
        elif found.author and not is_same_person(found.author, review.by):
            clearance = Clearance(found.author, review.by, words)
            found = Progress() if issued else Progress(BriefState.CLEARED, found.author, clearance)
            issued = max(issued - 1, 0)
    return found


def is_same_person(one: str, other: str) -> bool:
    """Return whether two names are one person's, whatever their case and spaces."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def of_person(name: str, keys: Sequence[SigningKey]) -> Iterator[SigningKey]:
    """Yield the keys of a person."""
    return (key for key in keys if key.name == name)
