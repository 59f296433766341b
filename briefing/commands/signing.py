"""Signing: the signature that a command adds to what it writes, older records, and the list of keys."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.build import steps
from briefing.content import encode, seals, signed, yaml_nodes
from briefing.editions import ledger, proof
from briefing.editions.proof import ProvableRecord, Unproven
from briefing.model.findings import UsageError, nearest
from briefing.model.library import Library
from briefing.model.signatures import Signature, Signatures, SignedKeys, SigningKey
from briefing.model.values import Date, EditionNumber, Slug
from briefing.store import signing
from briefing.store.records import Records
from briefing.store.request import PROJECT_FILE

_ASKS_FOR_NONE = f"this project asks for no signatures; write 'signed_since' with a day in {PROJECT_FILE} "
_WRITTEN = "Written by `briefing signers`; not to be edited by hand."


@dataclass(frozen=True, slots=True)
class Signer:
    """The person who calls a command that writes records."""

    by: str
    day: datetime.date
    key_file: str = ""
    """The file of the SSH key; empty for the agent's."""


@dataclass(frozen=True, slots=True)
class SignedList:
    """The list of keys that a person signed."""

    record: SignedKeys
    path: str
    digest: str


def refuse_unable(signer: Signer, library: Library) -> None:
    """Raise UsageError if the project asks for signatures and this person has no key for one."""
    if library.project.signed_since is None:
        return
    _refuse_faults(signed.key_problems(library.project, library.signing_keys, library.signed_keys))
    _, reason = signed.usable_keys(signer.by, signer.day, library.signing_keys)
    if reason:
        raise UsageError(f"this project asks for signatures, and {reason}")


def signature_for(
    folder: str, covered: Sequence[ProvableRecord], signer: Signer, library: Library, is_adopted: bool = False
) -> dict[str, object]:
    """Return the signatures of a folder of the ledger with one more, over new records, by its file's name.

    Return nothing if the project asks for none. Raises UsageError if this person has no key for it, and
    BriefingError if the signature could not be made.
    """
    if library.project.signed_since is None or not covered:
        return {}
    refuse_unable(signer, library)
    before = library.signatures.get(folder, Signatures())
    new = Signature(
        signer.by,
        Date(signer.day.isoformat()),
        Slug(folder),
        signed.digest_of_keys(library.signed_keys[-1]),
        tuple(item.covered for item in covered),
        is_adopted,
    )
    made = _made(new, signer, library.signing_keys)
    new = dataclasses.replace(new, signature=made)
    return {seals.SIGNATURES: Signatures((*before.signatures, new))}


def adopt(records: Records, brief: str, signer: Signer) -> tuple[Unproven, ...]:
    """Sign the records of a brief that are older than the signatures of the project. Return them.

    Raises UsageError if there is no such brief, or the project asks for no signatures.
    """
    library = _library(records)
    if library.project.signed_since is None:
        raise UsageError(_ASKS_FOR_NONE)
    known = {*library.briefs, *library.issued}
    if brief not in known:
        raise UsageError(f"there is no brief '{brief}'; {nearest(brief, known)}")
    found = tuple(item for item in proof.unproven(brief, library) if item.is_adoptable)
    folders = {item.record.folder or brief for item in found}
    files: dict[str, bytes] = {}
    for folder in sorted(folders):
        own = [item.record for item in found if (item.record.folder or brief) == folder]
        new = signature_for(folder, own, signer, library, is_adopted=True)
        files |= ledger.files_of(folder, new, library)
    if files:
        records.write(files)
    return found


def sign_keys(records: Records, signer: Signer) -> SignedList | None:
    """Sign the present list of keys. Return None if it was signed as it is.

    Raises UsageError if the list has an error, or this person has no key that may sign it.
    """
    library = _library(records)
    project, keys, before = library.project, library.signing_keys, library.signed_keys
    if project.signed_since is None:
        raise UsageError(_ASKS_FOR_NONE)
    _refuse_faults(signed.key_faults(keys, before))
    if not any(signed.unconfirmed(project, keys, before)):
        return None
    last = before[-1] if before else None
    new = SignedKeys(
        EditionNumber(str(len(before) + 1)),
        signer.by,
        Date(signer.day.isoformat()),
        project.signed_since,
        project.two_persons_since,
        signed.digest_of_keys(last) if last else "",
        keys,
    )
    # A person whom this very list adds cannot confirm it, unless it is the first list.
    made = _made(new, signer, last.keys if last else keys)
    new = dataclasses.replace(new, signature=made)
    lists = (*before, new)
    text = yaml_nodes.write(encode.to_plain(lists), _WRITTEN)
    ledger.refuse_misread(text, lists, signed.SIGNED_KEYS_FILE)
    records.write({signed.SIGNED_KEYS_FILE: text.encode()})
    return SignedList(new, signed.SIGNED_KEYS_FILE, signed.digest_of_keys(new))


def _made(record: Signature | SignedKeys, signer: Signer, keys: Sequence[SigningKey]) -> str:
    """Return the signature over a record, once it is known to count."""
    usable, reason = signed.usable_keys(signer.by, signer.day, keys)
    if reason:
        raise UsageError(f"this needs a signature, and {reason}")
    made = signing.sign(signed.statement(record), [key.key for key in usable], signer.key_file)
    if problem := signed.problem_of(dataclasses.replace(record, signature=made), signer.by, signer.day, keys):
        raise UsageError(f"the signature does not count, so nothing was written: {problem}")
    return made


def _refuse_faults(problems: Iterable[signed.Problem]) -> None:
    """Raise UsageError with the first problem of the keys, if there is one."""
    for message, at, hint in problems:
        raise UsageError(f"{at.path}:{at.line}: {message}; {hint}")


def _library(records: Records) -> Library:
    """Return the library of a project. Raises UsageError if a file of what is signed has errors."""
    linked = steps.link(steps.read(records.texts))
    signed_files = (seals.EDITIONS_FOLDER, signed.KEYS_FILE, signed.SIGNED_KEYS_FILE, PROJECT_FILE)
    wrong = (item for item in linked.findings if item.is_error and item.at.path.startswith(signed_files))
    if found := next(wrong, None):
        raise UsageError(f"{found.at.path} has errors; 'briefing check' names them, and they come first")
    if linked.library is None:
        raise UsageError(f"{PROJECT_FILE} has errors; 'briefing check' names them, and they come first")
    return linked.library
