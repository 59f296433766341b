"""The file copy of a brief: its text in the last build, and the facts under it, for later comparison.

It is the program's own record and not part of the content. If a copy is damaged, or has the format of another
version of the program, it is ignored; the earlier text is then not known.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from briefing.content import decode, encode, yaml_nodes
from briefing.model.ledger import Printed, State
from briefing.model.values import NOWHERE

VERSION = 1


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A brief as it was printed."""

    label: str
    """Its label: a draft, or an edition with its day; empty if labels are not compared."""
    printed: Printed
    """Its words."""
    state: State
    """What it rested on."""


def write(copy: FileCopy) -> bytes:
    """Return the file of a copy."""
    record = _text(encode.to_plain(copy))
    return f'{{"version": {VERSION}, "digest": "{_digest(record)}", "copy": {record}}}\n'.encode()


def read(data: bytes) -> FileCopy | None:
    """Return the copy in a file; None if it cannot be used."""
    try:
        record = json.loads(data)
        if not isinstance(record, dict) or record.get("version") != VERSION:
            return None
        written = record.get("copy")
        if record.get("digest") != _digest(_text(written)):
            return None
        copy, _ = decode.shape(FileCopy, _node(written))
    except (ValueError, RecursionError):
        return None
    return copy


def _text(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _node(record: Any) -> yaml_nodes.Node:
    """Return plain data as nodes for ``decode``. Raises ValueError for data that the program never writes."""
    if isinstance(record, str):
        return yaml_nodes.Scalar(record, NOWHERE, record)
    if isinstance(record, list):
        return yaml_nodes.Sequence(tuple(_node(item) for item in record), NOWHERE)
    if isinstance(record, dict):
        pairs = ((yaml_nodes.Scalar(name, NOWHERE, name), _node(item)) for name, item in record.items())
        return yaml_nodes.Mapping(tuple(pairs), NOWHERE)
    raise ValueError(f"a record cannot contain a {type(record).__name__}")
