"""The ledger as plain text: the record of an issued edition, and the seal that shows later changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from briefing.content import decode, encode, seals, yaml_nodes
from briefing.model.findings import BriefingError
from briefing.model.ledger import Accepted, Issued, Sealed, Seals, Withdrawal
from briefing.model.library import Library
from briefing.model.signatures import Reviews, Signatures

_ISSUED = "Written by `briefing issue`; not to be edited by hand."
_ACCEPTED = "Written by `briefing accept` and `briefing issue`; not to be edited by hand."
_SEALED = (
    "Written by `briefing issue`, `accept` and `withdraw`: the records here, each with its seal. Not to be "
    "edited by hand, except to say why a record is lost."
)
_REVIEWED = "Written by `briefing review`; not to be edited by hand."
_SIGNED = "Written by the commands that write the records here; not to be edited by hand."
_WITHDRAWN = "Written by `briefing withdraw`; not to be edited by hand."


def seal(issued: Issued) -> str:
    """Return the digest of the record of an edition: its words, what it rested on, who issued it and when."""
    sealed = {**_written(issued), "id": issued.id, "seal": ""}
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def of_edition(issued: Issued) -> str:
    """Return the file of an issued edition."""
    return yaml_nodes.write(_written(issued), _ISSUED)


def _written(issued: Issued) -> dict[str, Any]:
    """Return the record in its file, without a withdrawal, which has a file of its own."""
    record: dict[str, Any] = encode.to_plain(issued)
    return {name: item for name, item in record.items() if name != "withdrawn"}


def of_withdrawals(withdrawals: tuple[Withdrawal, ...]) -> str:
    """Return the file of a brief's withdrawn editions."""
    return yaml_nodes.write(encode.to_plain(withdrawals), _WITHDRAWN)


def of_accepted(accepted: Accepted) -> str:
    """Return the file of a brief's acceptances."""
    return yaml_nodes.write(encode.to_plain(accepted), _ACCEPTED)


def of_reviews(reviews: Reviews) -> str:
    """Return the file of the steps of a brief's reviews."""
    return yaml_nodes.write(encode.to_plain(reviews), _REVIEWED)


def of_signatures(signatures: Signatures) -> str:
    """Return the file of the signatures of a brief's records."""
    return yaml_nodes.write(encode.to_plain(signatures), _SIGNED)


def files_of(
    folder: str, new: Mapping[str, object], library: Library, gone: Collection[tuple[str, str]] = ()
) -> dict[str, bytes]:
    """Return the files of new records in a folder of the ledger, with the seals of the folders they change.

    ``new`` has an edition, acceptances or withdrawals by the name of the file; ``gone`` names other records,
    by folder and name, which are to be removed. Raises BriefingError for a record that would be misread.
    """
    present = {place: {item.record: item for item in items} for place, items in library.seals.items()}

    files, changed = {}, {folder: present.get(folder, {})}
    for name, record in new.items():
        given = {"id": record.id} if isinstance(record, Issued) else {}
        text = _WRITERS[type(record)](record)
        refuse_misread(text, record, seals.path(folder, name), **given)
        files[seals.path(folder, name)] = text.encode()
        seal = record.seal if isinstance(record, Issued) else seals.digest(record)
        changed[folder][name] = Sealed(name, seal)
    for other, name in gone:
        changed.setdefault(other, present.get(other, {})).pop(name, None)
    for place, items in changed.items():
        text = yaml_nodes.write(encode.to_plain(Seals(tuple(items.values()))), _SEALED)
        files[seals.path(place, seals.SEALS)] = text.encode()
    return files


def refuse_misread(text: str, value: object, path: str, **given: object) -> None:
    """Raise BriefingError if reading a record again would not give the same value.

    ``given`` are the fields that come from the place of the file: the number of an edition.
    """
    node, findings = yaml_nodes.parse(text, path)
    again: object = None
    if node is not None and isinstance(value, tuple):
        again, findings = decode.shape_register(type(value[0]), node)
    elif node is not None:
        again, findings = decode.shape(type(value), node, **given)
    if again != value:
        reason = findings[0].message if findings else "reading it again would give another value"
        raise BriefingError(f"{path} cannot be recorded: {reason}")


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    Issued: of_edition,
    Accepted: of_accepted,
    Reviews: of_reviews,
    Signatures: of_signatures,
    tuple: of_withdrawals,
}
"""How each kind of record is written."""
