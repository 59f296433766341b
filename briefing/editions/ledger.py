"""The ledger as plain text: the record of an issued edition, and the seal that shows later changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from briefing.content import decode, encode, yaml_nodes
from briefing.model.findings import BriefingError
from briefing.model.ledger import Accepted, Issued, Withdrawal

_ISSUED = "Written by `briefing issue`; not to be edited by hand."
_ACCEPTED = "Written by `briefing accept` and `briefing issue`; not to be edited by hand."
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


def refuse_misread(text: str, value: object, path: str, **given: object) -> None:
    """Raise BriefingError if reading a record again would not give the same value.

    ``given`` are the fields that come from the place of the file: the number of an edition.
    """
    node, findings = yaml_nodes.parse(text, path)
    again: object = None
    if node is not None:
        again, findings = decode.shape(type(value), node, **given)
    if again != value:
        reason = findings[0].message if findings else "reading it again would give another value"
        raise BriefingError(f"{path} cannot be recorded: {reason}")
