"""The seals of the ledger: which records it has, what each said, and that no edition is missing.

Each folder of the ledger has a list of its records with their seals, and each edition contains the digest of
all editions before it. So a record that was removed, changed, replaced or put there by another hand is an
error. Editions of earlier versions have no such digest. They count as they are on record, until a command
writes into their folder: its list then seals what is there, and the next edition's digest all before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.content import decode, encode
from briefing.model.findings import Finding, Place
from briefing.model.ledger import Accepted, Issued, Sealed, Seals, Withdrawal, order_of
from briefing.model.signatures import Reviews, Signatures
from briefing.model.values import place_of

EDITIONS_FOLDER = "content/editions"
"""The folder that ``briefing issue``, ``accept`` and their like write, with a folder for each brief."""
WITHDRAWN = "withdrawn"
ACCEPTED = "accepted"
SEALS = "seals"
SIGNATURES = "signatures"
REVIEWS = "reviews"
_RESTORE = "restore it from version control, with the files beside it"
_MISSING = f"{_RESTORE}; if no copy is left anywhere, add lost: and the reason to this entry"
_CHANGED = (
    f"{_RESTORE}. If two versions were merged, keep the files of one, and accept or withdraw again what the "
    "other one did"
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger as it was read, by folder: the present or a former name of a brief."""

    issued: tuple[Issued, ...]
    accepted: Mapping[str, Accepted]
    withdrawals: Mapping[str, tuple[Withdrawal, ...]]
    seals: Mapping[str, Seals]
    unread: frozenset[str]
    """Files that could not be read: ``letter/2``."""
    renamed: Mapping[str, str]
    """Former names of briefs, with the present ones."""
    signatures: Mapping[str, Signatures] = field(default_factory=dict)
    reviews: Mapping[str, Reviews] = field(default_factory=dict)

    def folders(self) -> list[str]:
        """Return the folders that have a record."""
        found = {str(item.brief) for item in self.issued}
        return sorted(found.union(self.seals, *self._others().values()))

    def present(self, folder: str) -> dict[str, Sealed]:
        """Return the records that are in a folder and could be read, with their seals."""
        found = [Sealed(item.id, item.seal, at=item.at) for item in self.issued if item.brief == folder]
        found.sort(key=lambda item: order_of(item.record))
        found += [
            Sealed(name, digest(records[folder]), at=Place(path(folder, name)))
            for name, records in self._others().items()
            if folder in records
        ]
        return {item.record: item for item in found if f"{folder}/{item.record}" not in self.unread}

    def _others(self) -> Mapping[str, Mapping[str, object]]:
        """Return the records beside the editions, by the name of their file and by folder."""
        return {
            ACCEPTED: self.accepted,
            WITHDRAWN: self.withdrawals,
            REVIEWS: self.reviews,
            SIGNATURES: self.signatures,
        }

    def listed(self, folder: str) -> tuple[Sealed, ...]:
        """Return the seals on record for a folder."""
        return self.seals[folder].records if folder in self.seals else ()


def path(folder: str, record: str) -> str:
    """Return the path of a record in the project."""
    return f"{EDITIONS_FOLDER}/{folder}/{record}.yaml"


def digest(record: object) -> str:
    """Return the seal of a record beside the editions."""
    return _digest(encode.to_plain(record))


def chain(before: Iterable[Sealed]) -> str:
    """Return the digest of the editions before another one, by number and seal, oldest first."""
    return _digest([[str(item.record), item.seal] for item in before])


def _digest(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def on_record(ledger: Ledger) -> dict[str, tuple[Sealed, ...]]:
    """Return the seals of every folder as they are now, with those of the records that were lost."""
    found = {}
    for folder in ledger.folders():
        present = ledger.present(folder)
        gone = [item for item in ledger.listed(folder) if item.record not in present]
        found[folder] = (*present.values(), *gone)
    return found


def findings(ledger: Ledger) -> Iterator[Finding]:
    """Yield what is wrong with the ledger, for every brief."""
    briefs: dict[str, list[str]] = {}
    for folder in ledger.folders():
        briefs.setdefault(ledger.renamed.get(folder, folder), []).append(folder)
    for brief, folders in briefs.items():
        found = [item for folder in folders for item in _in_folder(ledger, folder)]
        found += _gaps(ledger, brief, folders)
        for message, at, hint in found or _broken_chain(ledger, folders):
            yield Finding("ledger", message, at, hint, brief=brief)


_Found = tuple[str, Place, str]
"""Message, place and hint."""


def _in_folder(ledger: Ledger, folder: str) -> Iterator[_Found]:
    present, listed = ledger.present(folder), {item.record: item for item in ledger.listed(folder)}
    place = path(folder, SEALS)
    if f"{folder}/{SEALS}" in ledger.unread:
        return
    if folder not in ledger.seals:
        chained = next((item for item in ledger.issued if item.brief == folder and item.follows), None)
        if chained:
            message = f"{place} is missing, which seals this edition and the records beside it"
            yield message, chained.at, _RESTORE.replace("it", place, 1)
        return
    for name, item in listed.items():
        if f"{folder}/{name}" in ledger.unread:
            continue
        if name not in present and not item.lost:
            message = f"{path(folder, name)} is missing; it was sealed here"
            yield message, item.at, _MISSING
        elif name in present and item.lost:
            message = f"{path(folder, name)} is called lost here, and is there"
            yield message, place_of(item.lost, item.at), "delete the line 'lost:'"
        elif name in present and present[name].seal != item.seal:
            message = f"this is not the record that {place} seals: it was changed or replaced by another hand"
            yield message, present[name].at, _CHANGED
    for name in present.keys() - listed.keys():
        message = f"{place} does not seal this record: another hand put it here"
        hint = f"remove it; or, if {SEALS}.yaml is an older copy, restore that from version control"
        yield message, present[name].at, hint


def _gaps(ledger: Ledger, brief: str, folders: Sequence[str]) -> Iterator[_Found]:
    """Yield gaps in the numbers of the editions of a brief."""
    known = {item.record: item for item in _editions(ledger, folders)}
    numbers = {*known, *(name for folder in folders for name in _unread_in(ledger, folder))}
    for later in sorted(filter(_is_number, numbers), key=order_of):
        major, minor = order_of(later)
        before = f"{major}.{minor - 1}" if minor > 1 else f"{major if minor else major - 1}"
        if before not in {"0", *numbers}:
            at = known[later].at if later in known else Place(path(folders[-1], later))
            where = path(folders[-1], SEALS)
            message = f"edition {before} of {brief} is missing: edition {later} comes after it"
            yield message, at, f"{_RESTORE}; if no copy is left, list it as lost in {where}"


def _broken_chain(ledger: Ledger, folders: Sequence[str]) -> Iterator[_Found]:
    """Yield editions that do not follow the editions which are on record before them."""
    if any(_is_number(name) for folder in folders for name in _unread_in(ledger, folder)):
        return
    items = [item for folder in folders for item in ledger.issued if item.brief == folder]
    sealed = sorted(_editions(ledger, folders), key=lambda item: order_of(item.record))
    is_chained = False
    for item in sorted(items, key=lambda item: item.order):
        before = [other for other in sealed if order_of(other.record) < item.order]
        if item.follows and item.follows != chain(before):
            named = ", ".join(other.record for other in before) or "none"
            message = f"edition {item.id} was issued after other editions than are on record ({named})"
            yield message, place_of(item.follows, item.at), f"one of them was replaced: {_RESTORE}"
            return
        if is_chained and not item.follows:
            message = f"edition {item.id} does not say which editions it follows, and the one before it does"
            yield message, item.at, "remove it, and issue the brief with this version of the program"
            return
        is_chained = bool(item.follows)


def _editions(ledger: Ledger, folders: Sequence[str]) -> list[Sealed]:
    """Return the editions of a brief that are there, or are listed as lost."""
    found: dict[str, Sealed] = {}
    for folder in folders:
        found |= {item.record: item for item in ledger.listed(folder) if _is_number(item.record)}
        found |= {name: item for name, item in ledger.present(folder).items() if _is_number(name)}
    return list(found.values())


def _unread_in(ledger: Ledger, folder: str) -> list[str]:
    return [name.partition("/")[2] for name in ledger.unread if name.startswith(f"{folder}/")]


def _is_number(name: str) -> bool:
    return not decode.check_number(name, Place(""))
