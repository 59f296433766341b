"""Accepting prose: a person has read paragraphs beside their facts, and that is put on record.

The record belongs to the brief and moves with it when the brief is renamed. Nothing is taken out of it, but
when an edition is issued: then what is neither in the brief by name nor by its words is dropped.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.build import pipeline
from briefing.build.pipeline import Desk
from briefing.content import layout
from briefing.editions import ledger
from briefing.model.briefs import Brief
from briefing.model.findings import Finding, UsageError, nearest
from briefing.model.ledger import Accepted
from briefing.model.library import Library
from briefing.model.values import Date
from briefing.review import signoff
from briefing.review.signoff import Reviewed
from briefing.store import disk
from briefing.store.disk import Texts
from briefing.store.request import Request


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever accepts says of it."""

    brief: str
    by: str
    paragraphs: tuple[str, ...] = ()
    """Names of the paragraphs; empty for all that are not accepted as they stand."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    accepted: tuple[Reviewed, ...] = ()
    """The paragraphs put on record, as they stood before."""
    of: int = 0
    """How many paragraphs of the brief rest on facts."""
    path: str = ""
    """Where that stands; empty where there was nothing to put on record."""
    findings: tuple[Finding, ...] = ()
    held: str = ""
    """Why nothing was accepted: the brief has errors."""


def accept(root: Path, texts: Texts, wish: Wish, today: datetime.date) -> Done:
    """Put paragraphs on record as accepted. Raises UsageError where there is no such brief or paragraph."""
    desk, findings = _desk(root, texts, wish.brief, today)
    if reason := desk.held.get(wish.brief, ""):
        return Done(findings=findings, held=reason)
    assert desk.library
    brief = desk.library.briefs[wish.brief]
    found = signoff.review(brief, desk.library)
    chosen = _chosen(found, wish)
    if not chosen:
        return Done(of=len(found))
    record = signoff.added(
        desk.library.accepted.get(brief.id, Accepted()),
        [item.paragraph for item in chosen],
        desk.library,
        wish.by,
        Date(today.isoformat()),
        wish.reason,
    )
    return Done(chosen, len(found), _write(root, texts, brief, record))


def reviewed(root: Path, texts: Texts, brief: str, today: datetime.date) -> tuple[tuple[Reviewed, ...], Done]:
    """Every paragraph of a brief and how it stands. Raises UsageError where there is no such brief."""
    desk, findings = _desk(root, texts, brief, today)
    if reason := desk.held.get(brief, ""):
        return (), Done(findings=findings, held=reason)
    assert desk.library
    return signoff.review(desk.library.briefs[brief], desk.library), Done()


def put_issued(
    root: Path, texts: Texts, brief: Brief, library: Library, by: str, today: datetime.date, number: str
) -> None:
    """Whoever issues a brief answers for its words: what was not accepted before is so now."""
    found = signoff.review(brief, library)
    before = library.accepted.get(brief.id, Accepted())
    kept = signoff.without_gone(before, [item.paragraph for item in found])
    new = [item.paragraph for item in found if not item.is_accepted]
    reason = f"issued as edition {number}"
    record = signoff.added(kept, new, library, by, Date(today.isoformat()), reason)
    if record != before:
        _write(root, texts, brief, record)


def _desk(root: Path, texts: Texts, brief: str, today: datetime.date) -> tuple[Desk, tuple[Finding, ...]]:
    desk = pipeline.prepare_desk(Request("check", root, root / "output", today, (brief,)), texts)
    return desk, tuple(item for item in desk.findings if item.brief in ("", brief) and item.is_error)


def _chosen(found: Sequence[Reviewed], wish: Wish) -> tuple[Reviewed, ...]:
    if not wish.paragraphs:
        return tuple(item for item in found if not item.is_accepted)
    _refuse_unknown(wish, found)
    return tuple(item for item in found if item.paragraph.name in wish.paragraphs)


def _refuse_unknown(wish: Wish, found: Collection[Reviewed]) -> None:
    known = [item.paragraph.name for item in sorted(found, key=lambda item: not item.is_suspect)]
    for name in wish.paragraphs:
        if name not in known:
            there = ", ".join(known) or "none that rests on a fact"
            hint = nearest(name, known, f"there are {there}")
            raise UsageError(f"'{wish.brief}' has no paragraph '{name}'; {hint}")


def _write(root: Path, texts: Texts, brief: Brief, record: Accepted) -> str:
    """Write a brief's record, in the folder of its present name only."""
    path, *former = (
        f"{layout.EDITIONS_FOLDER}/{name}/{layout.ACCEPTED}.yaml" for name in (brief.id, *brief.formerly)
    )
    text = ledger.of_accepted(record)
    ledger.refuse_misread(text, record, path)
    disk.put(root, path, text.encode())
    for old in former:
        if old in texts.texts:
            disk.remove(root, old)
    return path
