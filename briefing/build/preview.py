"""The changes that a build would make to the words of the briefs, each compared with its printed text."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.build.steps import Snapshot
from briefing.changes import impact
from briefing.changes.impact import Fate, Impact
from briefing.compose.current import Standing
from briefing.editions import file_copy, freeze
from briefing.editions.file_copy import FileCopy
from briefing.model.findings import UsageError
from briefing.model.ledger import Issued
from briefing.model.library import Library
from briefing.store import disk
from briefing.store.request import AGAINST_BUILD, AGAINST_ISSUED, SITE
from briefing.store.results import Action, Decision, Decisions


@dataclass(frozen=True, slots=True)
class Compared:
    """The present state of a brief, and an earlier one."""

    brief: str
    since: str
    """The earlier state, in words."""
    is_old: bool
    """Whether the brief existed before."""
    before: FileCopy | None
    """None if the brief did not exist, or its earlier state is not on record."""
    after: FileCopy | None
    """None if the brief no longer exists."""

    @property
    def fate(self) -> Fate:
        """The change of the brief as a whole."""
        if self.after is None:
            return Fate.GONE
        if not self.is_old:
            return Fate.NEW
        return Fate.CHANGED if self.before else Fate.UNKNOWN


def impacts(snapshot: Snapshot, decisions: Decisions, output: Path, against: str) -> tuple[Impact, ...]:
    """Return the changes in every brief that has any. Raises UsageError if there is no such edition."""
    library = snapshot.library
    if library is None:
        return ()
    return tuple(
        item
        for pair in compared(snapshot, decisions, output, against)
        if (item := of_brief(pair, library, decisions)).files or item.sentences
    )


def of_brief(pair: Compared, library: Library, decisions: Decisions) -> Impact:
    """Return the changes in one brief."""
    known = pair.after or pair.before
    found = Impact(
        pair.brief,
        known.printed.title if known else "",
        known.printed.owner if known else None,
        pair.fate,
        pair.since,
        tuple(item.path for item in decisions.acted if _is_of(item, pair.brief)),
    )
    if pair.before and pair.after:
        other = impact.between(pair.before, pair.after, library.renamed)
        return dataclasses.replace(
            found, sentences=other.sentences, memberships=other.memberships, changed=other.changed
        )
    return found


def copy_of(standing: Standing) -> FileCopy:
    """Return the present text and state of a brief, to keep or to compare."""
    return FileCopy(standing.edition.label, freeze.printed(standing.edition), standing.state)


def compared(
    snapshot: Snapshot, decisions: Decisions, output: Path, against: str, keys: Collection[str] = ()
) -> Iterator[Compared]:
    """Yield the briefs whose text may have changed, and those that show one of these facts.

    Compared with the last build, a text may have changed if one of the brief's files does not stay as it is;
    the file copies of other briefs are not read. Raises UsageError if there is no such edition.
    """
    if against != AGAINST_BUILD:
        yield from _against_editions(snapshot.standings, against, keys)
        return
    moved = {item.group for item in decisions.acted}
    now = snapshot.library.renamed.briefs if snapshot.library else {}
    for name in snapshot.standings:
        if name not in moved and not (keys and _shows(snapshot.standings[name], keys)):
            continue
        standing = snapshot.standings[name]
        names = (name, *(old for old in now if now[old] == name))
        kept = next(filter(None, (disk.read_copy(output, item) for item in names)), b"")
        is_renamed = any(item in moved for item in names[1:])
        before = file_copy.read(kept)
        yield Compared(
            name,
            "the last build",
            bool(kept) or is_renamed or not _is_new(name, decisions),
            before,
            copy_of(standing),
        )
    going = {item.group for item in decisions.acted if item.action is Action.REMOVE} - {
        SITE,
        *snapshot.standings,
        *now,
    }
    for name in sorted(going):
        before = file_copy.read(disk.read_copy(output, name))
        yield Compared(name, "the last build", True, before, None)


def _shows(standing: Standing, keys: Collection[str]) -> bool:
    return any(fact.id in keys for fact in standing.state.facts)


def _is_new(group: str, decisions: Decisions) -> bool:
    """Return whether a group has files, and none of an earlier build."""
    reasons = {item.reason for item in decisions if item.group == group}
    return reasons == {"new"}


def _against_editions(
    standings: Mapping[str, Standing], against: str, keys: Collection[str]
) -> Iterator[Compared]:
    chosen = {name: _edition(standing.issued, against) for name, standing in standings.items()}
    if standings and not any(chosen.values()):
        listed = ", ".join(
            f"{name} {item.id}" for name, standing in standings.items() for item in standing.issued
        )
        wanted = "edition" if against == AGAINST_ISSUED else f"edition {against}"
        raise UsageError(f"there is no {wanted} to compare with; there are {listed or 'none'}")
    for name, issued in chosen.items():
        if issued:
            before = FileCopy("", issued.printed, issued.state)
            after = dataclasses.replace(copy_of(standings[name]), label="")
            yield Compared(name, f"edition {issued.id}", True, before, after)
        elif _shows(standings[name], keys):
            yield Compared(name, "", True, None, copy_of(standings[name]))


def _edition(issued: Sequence[Issued], against: str) -> Issued | None:
    if against == AGAINST_ISSUED:
        return issued[-1] if issued else None
    return next((item for item in issued if item.id == against), None)


def _is_of(decision: Decision, brief: str) -> bool:
    """Return whether a file is the brief's own, or its page or download on the site."""
    return decision.group == brief or decision.path.startswith(f"{SITE}/briefs/{brief}.")
