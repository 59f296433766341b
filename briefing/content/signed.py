"""What is signed, and whether it was signed: statements as bytes, signatures, and the signed list of keys.

A statement names the brief, the person, the day and the digest of each record, so that no signature fits a
record of another brief, edition or person. It also names the signed list of keys of its day. Each such list
is signed with a key of the one before it, so that a key which somebody else adds is an error.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.content import encode
from briefing.model.facts import AcceptedState
from briefing.model.findings import Place, nearest
from briefing.model.ledger import Acceptance, Withdrawal
from briefing.model.library import Project
from briefing.model.signatures import (
    CheckedSignature,
    Covered,
    Review,
    Signature,
    Signatures,
    SignedKeys,
    SigningKey,
    of_person,
)
from briefing.model.values import Key
from briefing.store import signing

KEYS_FILE = "content/signers.yaml"
"""The public keys and the persons to whom they belong."""
SIGNED_KEYS_FILE = "content/signers-signed.yaml"
"""The lists of keys that persons signed; ``briefing signers`` writes it."""

_SIGN_KEYS = "a person on the list that was signed last confirms it with 'briefing signers --by NAME'"
_RESTORE_KEYS = f"restore {KEYS_FILE} and {SIGNED_KEYS_FILE} from version control"


def statement(record: Signature | SignedKeys) -> bytes:
    """Return the bytes that a signature signs: everything in its entry but the signature itself."""
    named = {"id": str(record.id)} if isinstance(record, SignedKeys) else {}
    plain = encode.to_plain(dataclasses.replace(record, signature=""))
    kind = "keys" if isinstance(record, SignedKeys) else "records"
    return (json.dumps({"briefing": kind, **named, **plain}, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of_keys(record: SignedKeys) -> str:
    """Return the digest of a signed list of keys, by which signatures and the next list name it."""
    return _digest([str(record.id), encode.to_plain(record)])


def of_withdrawal(withdrawal: Withdrawal, seal: str) -> Covered:
    """Return a withdrawal as a signature covers it, with the seal of its edition."""
    record = [str(withdrawal.id), encode.to_plain(withdrawal), seal]
    return Covered(f"withdrawal {withdrawal.id}", _digest(record))


def of_review(review: Review) -> Covered:
    """Return a step of a review as a signature covers it."""
    return Covered("review", _digest(encode.to_plain(review)))


def of_acceptance(
    acceptance: Acceptance, states: Mapping[str, AcceptedState], then: Covered | None = None
) -> Covered:
    """Return an acceptance as a signature covers it, with the states of its facts.

    With ``then``, the paragraph and its facts have the names that they had in that record.
    """
    known = [states[name] for name in acceptance.rests_on if name in states]
    paragraph = then.record.removeprefix(PARAGRAPH) if then else acceptance.paragraph
    facts: Sequence[Key] = then.facts if then else [state.fact for state in known]
    renamed = [dataclasses.replace(state, fact=key) for state, key in zip(known, facts, strict=False)]
    plain = encode.to_plain(dataclasses.replace(acceptance, paragraph=paragraph))
    record = [plain, [[str(state.id), encode.to_plain(state)] for state in renamed]]
    return Covered(f"{PARAGRAPH}{paragraph}", _digest(record), tuple(facts))


PARAGRAPH = "paragraph "
"""What the record of an accepted paragraph begins with."""


def _digest(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


# --------------------------------------------------------------------------------------------- signatures


class SignedRecords(Mapping[str, tuple[CheckedSignature, ...]]):
    """The signatures by brief, each checked when it is asked for."""

    def __init__(
        self,
        signatures: Mapping[str, Sequence[Signature]],
        keys: Sequence[SigningKey],
        lists: Sequence[SignedKeys],
    ) -> None:
        self._signatures = signatures
        self._keys = keys
        self._lists = lists
        self._checked: dict[str, tuple[CheckedSignature, ...]] = {}

    def __getitem__(self, brief: str) -> tuple[CheckedSignature, ...]:
        if brief not in self._checked:
            self._checked[brief] = checked(self._signatures[brief], self._keys, self._lists)
        return self._checked[brief]

    def __iter__(self) -> Iterator[str]:
        return iter(self._signatures)

    def __len__(self) -> int:
        return len(self._signatures)


def by_brief(
    signatures: Mapping[str, Signatures], renamed: Mapping[str, str]
) -> Mapping[str, tuple[Signature, ...]]:
    """Return signatures by the present name of their brief; those under a former name are older."""
    found: dict[str, tuple[Signature, ...]] = {}
    for folder, record in sorted(signatures.items(), key=lambda item: item[0] not in renamed):
        brief = renamed.get(folder, folder)
        found[brief] = (*found.get(brief, ()), *record.signatures)
    return found


def checked(
    signatures: Sequence[Signature], keys: Sequence[SigningKey], lists: Sequence[SignedKeys]
) -> tuple[CheckedSignature, ...]:
    """Return signatures, each with the reason why it does not count, if it does not."""
    known = {digest_of_keys(item) for item in lists}
    return tuple(CheckedSignature(item, _problem(item, keys, known)) for item in signatures)


def _problem(signature: Signature, keys: Sequence[SigningKey], known: set[str]) -> str:
    if signature.keys not in known:
        return f"it names a list of keys that is not in {SIGNED_KEYS_FILE}"
    return problem_of(signature, signature.by, signature.day.latest, keys)


def problem_of(
    record: Signature | SignedKeys, by: str, day: datetime.date, keys: Sequence[SigningKey]
) -> str:
    """Return why a record does not count as signed by a person with one of some keys; empty if it does."""
    usable, reason = usable_keys(by, day, keys)
    return reason or signing.problem(statement(record), record.signature, [key.key for key in usable], day)


def usable_keys(
    by: str, day: datetime.date, keys: Sequence[SigningKey]
) -> tuple[tuple[SigningKey, ...], str]:
    """Return the keys with which a person may sign on a day, or why there are none."""
    own = tuple(of_person(by, keys))
    found = tuple(key for key in own if not key.revoked and _is_valid_on(key, day))
    if found:
        return found, ""
    if not own:
        return (), f"'{by}' has no key in {KEYS_FILE}; {nearest(by, sorted({key.name for key in keys}))}"
    revoked = next((key for key in own if key.revoked), None)
    if revoked and not any(not key.revoked for key in own):
        return (), f"the key '{revoked.id}' of {by} is revoked: {revoked.revoked}"
    return (), f"no key of {by} was valid on {day}"


def _is_valid_on(key: SigningKey, day: datetime.date) -> bool:
    begins = key.valid_after is None or key.valid_after.earliest <= day
    return begins and (key.valid_before is None or day < key.valid_before.earliest)


# ------------------------------------------------------------------------------------------- list of keys

Problem = tuple[str, Place, str]
"""Message, place and hint."""


def key_problems(
    project: Project, keys: Sequence[SigningKey], lists: Sequence[SignedKeys]
) -> Iterator[Problem]:
    """Yield what is wrong with the keys and with the lists of them that were signed."""
    if project.signed_since is None:
        if lists:
            message = f"{SIGNED_KEYS_FILE} has signed keys, and the project no longer asks for signatures"
            yield message, project.at, "restore the line 'signed_since'"
        return
    found = list(key_faults(keys, lists))
    yield from found or unconfirmed(project, keys, lists)


def key_faults(keys: Sequence[SigningKey], lists: Sequence[SignedKeys]) -> Iterator[Problem]:
    """Yield keys that two persons share, and the first signed list that does not count."""
    owners = {signing.ssh_key(key.key) or key.key.strip(): key.name for key in reversed(keys)}
    for key in keys:
        owner = owners[signing.ssh_key(key.key) or key.key.strip()]
        if owner != key.name:
            message = f"'{key.name}' has the key of '{owner}', so they count as one person"
            yield message, key.at, "a key belongs to one person; give each name one of its own"
    for item, before in zip(lists, (None, *lists), strict=False):
        if problem := _problem_of_list(item, before):
            yield f"list {item.id} of the keys: {problem}", item.at, _RESTORE_KEYS
            return


def unconfirmed(
    project: Project, keys: Sequence[SigningKey], lists: Sequence[SignedKeys]
) -> Iterator[Problem]:
    """Yield what was changed since the list of keys was signed; everything, if nobody ever signed it."""
    if not lists:
        message = "nobody has signed the list of keys, so anybody could add one"
        yield message, _place_of_line(project), "run 'briefing signers --by NAME' with a key of the list"
        return
    last = lists[-1]
    then, now = ({str(key.id): key for key in each} for each in (last.keys, keys))
    signed = f"{last.by} signed the list on {last.day.edtf}"
    for name, key in now.items():
        if name not in then:
            yield f"the key '{name}' of {key.name} was added after {signed}", key.at, _SIGN_KEYS
        elif key != then[name]:
            yield f"the key '{name}' of {key.name} was changed after {signed}", key.at, _SIGN_KEYS
    for name in then.keys() - now.keys():
        yield f"the key '{name}' was removed after {signed}", Place(KEYS_FILE), _SIGN_KEYS
    if project.signed_since != last.signed_since or project.two_persons_since != last.two_persons_since:
        message = f"'signed_since' or 'two_persons_since' was changed after {signed}"
        yield message, _place_of_line(project), _SIGN_KEYS


def _place_of_line(project: Project) -> Place:
    """Return the place of the line that asks for signatures."""
    return project.signed_since.at if project.signed_since else project.at


def _problem_of_list(record: SignedKeys, before: SignedKeys | None) -> str:
    """Return why a signed list of keys does not count; empty if it does. ``before`` is the one before it."""
    number = int(before.id) + 1 if before else 1
    if str(record.id) != str(number):
        return f"expected list {number}; one is missing"
    if record.follows != (digest_of_keys(before) if before else ""):
        return "it does not follow the list before it, which was changed or replaced"
    # The first list has to be signed with one of its own keys: nothing is there to hold it against.
    return problem_of(record, record.by, record.day.latest, before.keys if before else record.keys)
