"""Where a fact is used, and what happens to those places, before anything is written.

The report names every place that shows a fact or rests on it, whether the place changes or not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.build import pipeline, preview, redacted, steps, workers
from briefing.build.pipeline import Survey
from briefing.build.preview import Compared
from briefing.changes import impact, in_words, states
from briefing.changes.fact_fields import FIELDS
from briefing.changes.impact import BriefPart, ChangedSentence, Fate, Impact, Membership
from briefing.editions import renames
from briefing.language.wording import MESSAGES, Wording
from briefing.model import query
from briefing.model.facts import REGISTERS, Fact
from briefing.model.findings import Finding, UsageError, nearest
from briefing.model.library import Library
from briefing.store import built
from briefing.store.built import Manifest
from briefing.store.disk import Texts
from briefing.store.request import AGAINST_BUILD, SITE
from briefing.store.results import Action


@dataclass(frozen=True, slots=True)
class RegisterUse:
    """An entry of a register, or a fact, that rests on another fact."""

    register: str
    """disagreements, gaps, milestones, judgements, or facts (totals that include it)."""
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class BriefUse:
    """A brief that shows a fact or showed it."""

    brief: str
    title: str
    owner: str | None
    fate: Fate
    since: str
    sentences: tuple[ChangedSentence, ...]
    """Every sentence, row and note that cites it; before and after are the same if nothing changed."""
    memberships: tuple[Membership, ...] = ()

    @property
    def is_touched(self) -> bool:
        """Whether any text that cites the fact changes."""
        return bool(self.memberships) or any(item.before != item.after for item in self.sentences)


@dataclass(frozen=True, slots=True)
class FileUse:
    """A file that shows a fact or showed it."""

    path: str
    action: Action
    """The action of the next build."""


@dataclass(frozen=True, slots=True)
class FactUse:
    """The state of a fact, and where it is used."""

    key: str
    statement: str
    fate: Fate
    how: tuple[str, ...]
    """Its changes, each with the old and the new value, the heaviest first."""
    briefs: tuple[BriefUse, ...] = ()
    entries: tuple[RegisterUse, ...] = ()
    files: tuple[FileUse, ...] = ()

    @property
    def is_touching(self) -> bool:
        """Whether any printed text changes because of it."""
        is_written = any(item.action in (Action.MAKE, Action.REMOVE) for item in self.files)
        is_shown = any(item.is_touched for item in self.briefs)
        return self.fate is not Fate.SAME and (is_shown or is_written)


@dataclass(frozen=True, slots=True)
class UsageReport:
    """Where some facts are used."""

    uses: tuple[FactUse, ...]
    findings: tuple[Finding, ...]
    held: Mapping[str, str]
    """Briefs about which nothing is known, and why."""

    @property
    def exit_code(self) -> int:
        """1 if any printed text changes because of these facts, or the content has errors; 0 otherwise."""
        has_errors = any(finding.is_error for finding in self.findings)
        return int(has_errors or any(use.is_touching for use in self.uses))


def find_uses(
    texts: Texts,
    names: Sequence[str],
    output: Path,
    today: datetime.date,
    against: str = AGAINST_BUILD,
    progress: workers.Progress = workers.no_progress,
    now: datetime.datetime | None = None,
    audience: str = "",
) -> UsageReport:
    """Return where facts are used. The name of a sheet means those of its facts that changed.

    For an audience, the report says nothing that its readers may not see.

    Raises UsageError if there is no such fact, sheet or edition.
    """
    manifest = built.read(output)
    snapshot = steps.snapshot(texts, today, progress=progress, now=now, audience=audience)
    seen = pipeline.survey(snapshot, manifest, output, progress=progress)
    snapshot, library = seen.snapshot, seen.snapshot.library
    if library is None:
        return UsageReport((), snapshot.findings, snapshot.held)
    try:
        report = _report(seen, library, names, output, against, manifest)
    except UsageError as error:
        # It names the nearest that there are and were.
        if redacted.for_readers(str(error), snapshot) != str(error):
            raise UsageError("there is no such fact, sheet or edition for these readers") from None
        raise
    return redacted.for_readers(report, snapshot)


def _report(
    seen: Survey, library: Library, names: Sequence[str], output: Path, against: str, manifest: Manifest
) -> UsageReport:
    snapshot = seen.snapshot
    for name in names:
        _refuse_unknown_sheet(name, library)
    wanted = {key for key in library.facts if key in names or query.sheet_of(key) in names}
    compared = preview.compared(snapshot, seen.decisions, output, against, wanted)
    search = _UsageSearch(seen, library, list(compared), manifest if against == AGAINST_BUILD else None)
    uses: dict[str, FactUse] = {}
    for name in names:
        for key in search.keys_of(name):
            use = search.use(key)
            if "." in name or use.fate is not Fate.SAME:
                uses[key] = use
    return UsageReport(tuple(uses.values()), snapshot.findings, snapshot.held)


def _refuse_unknown_sheet(name: str, library: Library) -> None:
    if "." in name or name in library.sheets or not library.is_whole:
        return
    if now := library.renamed.sheets.get(name):
        raise UsageError(f"there is no sheet '{name}'; it is called '{now}' now")
    hint = nearest(name, library.sheets, "name a fact as sheet.name")
    raise UsageError(f"there is no sheet '{name}'; {hint}")


class _UsageSearch:
    """A search for the uses of one fact after another, on a comparison made once."""

    def __init__(
        self,
        seen: Survey,
        library: Library,
        compared: Sequence[Compared],
        manifest: Manifest | None,
    ) -> None:
        self.seen = seen
        self.library = library
        self.wording = Wording(library.project.languages[0], library.actors, library.project.own_words)
        self.compared = [(pair, preview.of_brief(pair, library, seen.decisions)) for pair in compared]
        self.actions = {item.path: item.action for item in seen.decisions}
        self.shown_before: dict[str, set[str]] = {}
        """Files of the last build -> the facts that they showed, under their present names."""
        self.words: dict[str, Mapping[str, str]] = {}
        """Facts as the pages of the last build showed them, in words."""
        if manifest:
            self._recall(manifest)
        self.facts: dict[str, Fact] = {}
        """Facts as briefs showed them."""
        for pair, _ in self.compared:
            if pair.before:
                state = renames.renamed(pair.before.state, library.renamed)
                self.facts |= {fact.id: fact for fact in state.facts}

    def _recall(self, manifest: Manifest) -> None:
        now = self.library.renamed.keys
        before = self.seen.before
        for artifact in manifest.artifacts.values():
            inputs = before.inputs(artifact.inputs)
            shown = inputs.facts if inputs else frozenset[str]()
            self.shown_before[artifact.path] = {now.get(key, key) for key in shown}
            for key in shown:
                words = before.said(key, artifact.build) if _is_about(artifact.path, key) else {}
                if words:
                    self.words[now.get(key, key)] = words

    def keys_of(self, name: str) -> list[str]:
        """Return the facts that a name means. Raises UsageError if there is and was no such fact."""
        known = dict.fromkeys((*self.library.facts, *self.facts, *self.words))
        if "." not in name:
            return [key for key in known if query.sheet_of(key) == name]
        if name not in known and self._is_readable(name):
            now = self.library.renamed.keys.get(name)
            hint = nearest(name, known, "look at the sheet")
            raise UsageError(f"there is no fact '{name}'; " + (f"it is called '{now}' now" if now else hint))
        return [name]

    def _is_readable(self, key: str) -> bool:
        """Return whether the sheet of a fact could be read, so that a fact not in it does not exist."""
        return self.library.is_whole or query.sheet_of(key) in self.library.sheets

    def use(self, key: str) -> FactUse:
        """Return the state of a fact, and where it is used."""
        fact, before = self.library.facts.get(key), self.facts.get(key)
        fate, how = self._fate(key, fact, before)
        statement = fact.statement if fact else before.statement if before else ""
        return FactUse(
            key,
            statement or self.words.get(key, {}).get("statement", ""),
            fate,
            how,
            tuple(self._briefs(key)),
            tuple(_entries(key, self.library)),
            tuple(self._files(key)),
        )

    def _fate(self, key: str, fact: Fact | None, before: Fact | None) -> tuple[Fate, tuple[str, ...]]:
        if fact is None:
            if not self._is_readable(key):
                return Fate.UNKNOWN, ("its sheet has errors",)
            return Fate.GONE, ()
        if before:
            how = (*self._changes(before, fact), *_other_changes(before, fact))
            return (Fate.CHANGED if how else Fate.SAME), how
        if key in self.words and key not in self.seen.facts:
            return Fate.UNKNOWN, ("the files that show it are held back by errors",)
        if key in self.words:
            how = tuple(_reworded(self.words[key], self.seen.facts.get(key, {})))
            return (Fate.CHANGED if how else Fate.SAME), how
        is_shown = any(
            pair.before and pair.after and any(item.id == key for item in pair.after.state.facts)
            for pair, _ in self.compared
        )
        return (Fate.NEW if is_shown or self.words else Fate.UNKNOWN), ()

    def _changes(self, before: Fact, fact: Fact) -> Iterator[str]:
        return (item.what for item in in_words.texts(states.of_fact(before, fact), self.wording))

    def _briefs(self, key: str) -> Iterator[BriefUse]:
        for pair, found in self.compared:
            units = tuple(_sentences(key, pair, found))
            members = tuple(item for item in found.memberships if item.fact == key)
            if units or members:
                yield BriefUse(found.brief, found.title, found.owner, pair.fate, pair.since, units, members)

    def _files(self, key: str) -> Iterator[FileUse]:
        now = {job.path for job in self.seen.jobs if key in job.inputs.facts}
        before = {path for path, shown in self.shown_before.items() if key in shown}
        for path in sorted(now | before):
            if path in self.actions:
                yield FileUse(path, self.actions[path])


def _is_about(path: str, key: str) -> bool:
    return path == f"{SITE}/facts/{key}.html"


def _sentences(key: str, pair: Compared, found: Impact) -> Iterator[ChangedSentence]:
    """Yield the sentences of a brief that cite a fact: those that changed first, then the others."""
    changed = [item for item in found.sentences if key in item.cited]
    yield from changed
    shown = {(item.part, item.section, item.after) for item in changed}
    copy = pair.after or pair.before
    for unit in impact.units_citing(key, copy) if copy else ():
        if (unit.part, unit.section, unit.text) in shown or unit.part is BriefPart.NEWS:
            continue
        yield ChangedSentence(
            unit.part,
            unit.section,
            "" if pair.fate is Fate.NEW else unit.text,
            "" if pair.fate is Fate.GONE else unit.text,
            unit.cited,
            (),
        )


def _other_changes(before: Fact, fact: Fact) -> Iterator[str]:
    """Yield the other fields that changed, such as systems, which decide which tables show a fact."""
    other = [field.title for field in FIELDS if not field.turn and field.differs(before, fact)]
    if other:
        yield f"Also changed: {', '.join(other)}"


def _reworded(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield how a fact changed, if only its words are on record."""
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield name.capitalize() + MESSAGES.change(was or "none", now or "none")


def _entries(key: str, library: Library) -> Iterator[RegisterUse]:
    """Yield the entries of registers, and the facts, that rest on a fact."""
    for register in (*REGISTERS, "facts"):
        for item in getattr(library, register).values():
            if key in item.rests_on:
                yield RegisterUse(register, item.id, in_words.subject(item, MESSAGES.say))
