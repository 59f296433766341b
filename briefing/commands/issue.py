"""Issuing a brief: it is frozen as its next edition, in the ledger, and taken back where it was wrong.

Nothing in the ledger is ever changed. A withdrawal stands beside the editions; a correction is an edition.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from pathlib import Path

from briefing.build import pipeline, workers
from briefing.changes import states
from briefing.changes.states import Change
from briefing.commands import accept
from briefing.compose import current
from briefing.compose.current import Standing
from briefing.content import layout, linker
from briefing.editions import freeze, ledger
from briefing.formats import registry
from briefing.formats.base import Theme
from briefing.model.findings import Finding, RenderError, UsageError
from briefing.model.ledger import FileDigests, Issued, Withdrawal
from briefing.model.values import Date, EditionNumber, Slug
from briefing.review import signoff
from briefing.store import disk
from briefing.store.disk import Texts
from briefing.store.request import SITE, Request


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever issues an edition says of it."""

    brief: str
    by: str
    note: str
    is_minor: bool = False
    corrects: str = ""
    """Number of the earlier edition that it corrects; empty where none was wrong."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What came of it."""

    issued: Issued | None
    """None where errors of the content keep the brief from being issued."""
    path: str
    """Where in the project the edition stands now."""
    changed: tuple[Change, ...]
    """What is new since the edition before."""
    findings: tuple[Finding, ...]
    reason: str = ""
    """Why it was not issued."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A brief in the list of editions."""

    brief: str
    issued: tuple[Issued, ...]
    """Oldest first."""
    stands: str
    """How it stands now: its edition, that it is a draft, or why it cannot go out."""
    changed: tuple[Change, ...]
    """What changed since its last edition."""


def issue(root: Path, texts: Texts, wish: Wish, today: datetime.date, crew: workers.Crew) -> Issue:
    """Freeze a brief as its next edition. Raises UsageError where that is not to be done."""
    desk = pipeline.prepare_desk(Request("check", root, root / "output", today, (wish.brief,)), texts)
    concerned = tuple(item for item in desk.findings if item.brief in ("", wish.brief))
    if reason := desk.held.get(wish.brief, ""):
        return Issue(None, "", (), concerned, reason)
    assert desk.library
    brief = desk.library.briefs[wish.brief]
    _refuse_repetition(desk.standings[wish.brief], wish)
    if suspects := signoff.suspects(brief, desk.library):
        return Issue(None, "", (), concerned, _to_be_checked(len(suspects)))
    stands, findings = current.of(brief, desk.library, desk.theme.templates, wish.note)
    if stands is None:
        return Issue(None, "", (), findings, "it cannot be cited")
    _refuse_heavy(stands, wish)
    issued = _frozen(stands, wish, today)
    issued = dataclasses.replace(issued, files=_digests(issued, desk.theme, crew))
    issued = dataclasses.replace(issued, seal=ledger.seal(issued))
    path = f"{layout.EDITIONS_FOLDER}/{wish.brief}/{issued.id}.yaml"
    text = ledger.of_edition(issued)
    ledger.refuse_misread(text, issued, path, id=issued.id)
    disk.put_new(root, path, text.encode())
    accept.put_issued(root, texts, brief, desk.library, wish.by, today, issued.id)
    return Issue(issued, path, stands.changed, concerned)


def withdraw(
    root: Path, texts: Texts, brief: str, number: str, by: str, reason: str, today: datetime.date
) -> str:
    """Take an edition back. Returns where that stands. Raises UsageError where there is no such edition."""
    records, findings = layout.load(texts)
    library = records and linker.link(records)[0]
    known = library.issued.get(brief, ()) if library else ()
    issued = next((item for item in known if item.id == number), None)
    if issued is None or records is None:
        there = ", ".join(item.id for item in known) or "none"
        raise UsageError(f"there is no edition {number} of '{brief}'; there are {there}")
    if issued.withdrawn:
        raise UsageError(
            f"edition {number} of '{brief}' was withdrawn already, on {issued.withdrawn.day.edtf}"
        )
    new = Withdrawal(EditionNumber(number), Date(today.isoformat()), by, reason)
    withdrawals = (*records.withdrawals.get(issued.brief, ()), new)
    path = f"{layout.EDITIONS_FOLDER}/{issued.brief}/{layout.WITHDRAWN}.yaml"
    if any(item.is_error and item.at.path == path for item in findings):
        raise UsageError(f"{path} has errors; mend it first, so that no withdrawal in it is lost")
    disk.put(root, path, ledger.of_withdrawals(withdrawals).encode())
    return path


def _to_be_checked(number: int) -> str:
    return "1 paragraph is to be checked" if number == 1 else f"{number} paragraphs are to be checked"


def _refuse_repetition(stands: Standing, wish: Wish) -> None:
    numbers = [item.id for item in stands.issued]
    if stands.is_issued and not stands.issued[-1].withdrawn:
        raise UsageError(f"edition {numbers[-1]} of '{wish.brief}' says the same, word for word")
    if wish.is_minor and not numbers:
        raise UsageError(f"'{wish.brief}' has no edition yet; the first one cannot be minor")
    if wish.corrects and wish.corrects not in numbers:
        there = ", ".join(numbers) or "none"
        raise UsageError(
            f"there is no edition {wish.corrects} of '{wish.brief}' to correct; there are {there}"
        )


def _refuse_heavy(stands: Standing, wish: Wish) -> None:
    """A minor edition keeps the day of the one before: nothing that a reader relies on may differ."""
    heavy = [change for change in stands.changed if change.turn not in states.LIGHT]
    if wish.is_minor and heavy:
        named = "; ".join(f"{change.key}: {change.turn.value}" for change in heavy[:5])
        more = f"; and {len(heavy) - 5} more" if len(heavy) > 5 else ""
        raise UsageError(f"a minor edition may change wording only, and here changed {named}{more}")


def _frozen(stands: Standing, wish: Wish, today: datetime.date) -> Issued:
    day = Date(today.isoformat())
    issued = freeze.frozen(
        freeze.printed(stands.edition),
        stands.state,
        Slug(wish.brief),
        freeze.next_number(stands.issued, wish.is_minor),
        day,
        wish.by,
        wish.note,
    )
    return dataclasses.replace(
        issued,
        dated=stands.issued[-1].dated if wish.is_minor else day,
        corrects=EditionNumber(wish.corrects),
    )


def _digests(issued: Issued, theme: Theme, crew: workers.Crew) -> FileDigests:
    """The edition's files are made, to know what they are; a build makes the same ones."""
    edition = freeze.reissued(issued)
    whole = [item for item in registry.of(edition) if item.short is None]
    prepared = {item.name: page for item, page in pipeline.laid_out(edition, issued.state, theme, whole)}
    made, failures = workers.make_all(list(prepared.values()), crew, workers.in_silence)
    for message in failures.values():
        raise RenderError(f"the edition cannot be made, and is not issued: {message}")
    digests = {name: disk.digest(made[item.fingerprint]) for name, item in prepared.items()}
    return FileDigests(digests["markdown"], digests["html"], digests["pdf"])


def listed(root: Path, texts: Texts, today: datetime.date, brief: str | None = None) -> tuple[Listed, ...]:
    """The editions of every brief, or of one. Raises UsageError where there is no such brief."""
    asked = Request("check", root, root / "output", today, (brief,) if brief else ())
    desk = pipeline.prepare_desk(asked, texts)
    known = desk.library.issued if desk.library else {}
    names = sorted({*desk.standings, *desk.held, *known} - {SITE})
    return tuple(
        Listed(
            name,
            known.get(name, ()),
            desk.standings[name].edition.label if name in desk.standings else desk.held.get(name, "Retired"),
            desk.standings[name].changed if name in desk.standings else (),
        )
        for name in names
        if brief in (None, name)
    )
