"""Records to a library: this module follows every reference and makes every index, as of one day.

After everything has been linked, ``as_of`` decides which records the library shows as of a day.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from briefing.content import as_of as asof
from briefing.content import field_docs, seals, signed
from briefing.content.signed import SignedRecords
from briefing.content.suppressions import Suppression
from briefing.model.briefs import Brief, Page
from briefing.model.facts import REGISTERS, Entry, Fact, FactSheet, Judgement
from briefing.model.findings import Finding, Place, nearest
from briefing.model.ledger import Accepted, Issued, Sealed, Seals, Withdrawal
from briefing.model.library import Library, Project, Renames
from briefing.model.query import sheet_of
from briefing.model.signatures import Review, Reviews, Signatures, SignedKeys, SigningKey
from briefing.model.sources import Actor, Evidence, Origin, Source, System, Verification
from briefing.model.values import Date, place_of

NAMED = ("facts", *REGISTERS)
"""The kinds of records in a sheet, each with a name of its own."""
_DESCRIBED: Mapping[str, type[Any]] = {"actor": Actor, "system": System, "origin": Origin}
"""The records of registers, by their name in findings."""
_VERIFY_AGAIN = "'briefing verify --captures {} --record' writes this file again"
"""The hint for a record of a source that no longer exists, in a file that the program keeps."""


@dataclass(frozen=True, slots=True)
class Records:
    """All valid records, not yet linked. ``broken`` names the files with errors."""

    project: Project
    sources: tuple[Source, ...] = ()
    origins: tuple[Origin, ...] = ()
    actors: tuple[Actor, ...] = ()
    systems: tuple[System, ...] = ()
    sheets: tuple[FactSheet, ...] = ()
    briefs: tuple[Brief, ...] = ()
    pages: tuple[Page, ...] = ()
    verifications: tuple[Verification, ...] = ()
    issued: tuple[Issued, ...] = ()
    withdrawals: Mapping[str, tuple[Withdrawal, ...]] = field(default_factory=dict)
    """By their folder, which is the present or a former id of the brief."""
    accepted: Mapping[str, Accepted] = field(default_factory=dict)
    """By folder, likewise."""
    seals: Mapping[str, Seals] = field(default_factory=dict)
    """By folder, likewise."""
    signatures: Mapping[str, Signatures] = field(default_factory=dict)
    """By folder, likewise."""
    reviews: Mapping[str, Reviews] = field(default_factory=dict)
    """By folder, likewise."""
    signing_keys: tuple[SigningKey, ...] = ()
    signed_keys: tuple[SignedKeys, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    """Findings that the authors allow, each with a reason."""
    captures: str = ""
    """The folder of the captures, if the project has one."""
    broken: frozenset[str] = frozenset()
    """Files with errors: ``actors``, ``facts/trams``. References to their records are not reported."""

    def broken_in(self, folder: str) -> frozenset[str]:
        """Return the ids of the records with errors in a folder of the content."""
        return broken_in(self.broken, folder)


def broken_in(broken: Iterable[str], folder: str) -> frozenset[str]:
    """Return the ids of the records with errors in a folder of the content."""
    return frozenset(name.removeprefix(f"{folder}/") for name in broken if name.startswith(f"{folder}/"))


def link(
    records: Records, as_of: datetime.date | None = None, now: datetime.datetime | None = None
) -> tuple[Library, tuple[Finding, ...]]:
    """Link records to a library, and report every reference that leads nowhere.

    With ``now``, the library is that of readers: editions are held until their hour.
    """
    sources: dict[str, Source] = {source.id: source for source in records.sources}
    known: dict[str, Fact] = {
        fact.id: dated(fact, sources) for sheet in records.sheets for fact in sheet.facts
    }
    sheets: dict[str, FactSheet] = {sheet.id: resting_on(sheet, known) for sheet in records.sheets}
    former = renamed(records)
    library = Library(
        project=records.project,
        sources=MappingProxyType(sources),
        origins=_index(records.origins),
        actors=_index(records.actors),
        systems=_index(records.systems),
        sheets=MappingProxyType(sheets),
        facts=_index(known.values()),
        **asof.registers(sheets.values()),
        briefs=_index(in_its_language(brief, records.project) for brief in records.briefs),
        pages=_index(records.pages),
        verifications=_index(records.verifications),
        issued=issued(records, former.briefs, as_of),
        accepted=accepted(records, former),
        seals=sealed(records, former),
        signatures=MappingProxyType({**records.signatures}),
        signed=SignedRecords(
            signed.by_brief(records.signatures, former.briefs), records.signing_keys, records.signed_keys
        ),
        reviews=reviews(records, former.briefs),
        signing_keys=records.signing_keys,
        signed_keys=records.signed_keys,
        renamed=former,
        later=MappingProxyType({}),
        otherwise=frozenset(),
        as_of=None,
        is_whole=not records.broken,
        captures=records.captures,
        broken=records.broken,
        now=now,
    )
    return asof.shown(library, as_of) if as_of else library, lost(records)


def lost(records: Records) -> tuple[Finding, ...]:
    """Return the references that lead nowhere, of records that may not be linked to a library."""
    check = ReferenceCheck(KnownNames.of(records))
    return (*check.of_each(records), *check.of_all(records))


def in_its_language(brief: Brief, project: Project) -> Brief:
    """Return a brief with its language, which is the project's first where it names none."""
    first = next(iter(project.languages), "en")
    return brief if brief.language else dataclasses.replace(brief, language=first)


def _index(records: Iterable[Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType({record.id: record for record in records})


def renamed(records: Records) -> Renames:
    """Return the former names of facts, entries, sheets and briefs, with the present ones."""
    keys = {
        f"{old}.{item.id.partition('.')[2]}": item.id
        for sheet in records.sheets
        for old in sheet.formerly
        for register in NAMED
        for item in getattr(sheet, register)
    }
    with_former = [
        (sheet, fact, old) for sheet in records.sheets for fact in sheet.facts for old in fact.formerly
    ]
    keys |= {
        f"{was}.{old.partition('.')[2]}": fact.id
        for sheet, fact, old in with_former
        if sheet_of(old) == sheet.id  # the fact was renamed after its sheet
        for was in sheet.formerly
    }
    keys |= {old: fact.id for _, fact, old in with_former}
    return Renames(
        MappingProxyType(keys),
        MappingProxyType({old: sheet.id for sheet in records.sheets for old in sheet.formerly}),
        MappingProxyType({old: brief.id for brief in records.briefs for old in brief.formerly}),
    )


def sealed(records: Records, renamed: Renames) -> Mapping[str, tuple[Sealed, ...]]:
    """Return the seals of every folder of the ledger as they are now."""
    return MappingProxyType(seals.on_record(_ledger(records, renamed)))


def _ledger(records: Records, renamed: Renames) -> seals.Ledger:
    return seals.Ledger(
        records.issued,
        records.accepted,
        records.withdrawals,
        records.seals,
        records.broken_in("editions"),
        renamed.briefs,
        records.signatures,
        records.reviews,
    )


def reviews(records: Records, renamed: Mapping[str, str]) -> Mapping[str, tuple[Review, ...]]:
    """Return the steps of reviews, oldest first, by the present name of their brief."""
    found: dict[str, tuple[Review, ...]] = {}
    # Those in the folder of a former name are older.
    for folder, record in sorted(records.reviews.items(), key=lambda item: item[0] not in renamed):
        brief = renamed.get(folder, folder)
        found[brief] = (*found.get(brief, ()), *record.reviews)
    return MappingProxyType(found)


def issued(
    records: Records, renamed: Mapping[str, str], as_of: datetime.date | None
) -> Mapping[str, tuple[Issued, ...]]:
    """Return the editions issued by then, oldest first, by the present name of their brief."""
    found: dict[str, list[Issued]] = {}
    for item in sorted(records.issued, key=lambda item: item.order):
        if as_of and item.issued.latest > as_of:
            continue
        withdrawn = {other.id: other for other in records.withdrawals.get(item.brief, ())}
        withdrawal = withdrawn.get(item.id)
        is_withdrawn = withdrawal and not (as_of and withdrawal.day.latest > as_of)
        shown = dataclasses.replace(item, withdrawn=withdrawal) if is_withdrawn else item
        found.setdefault(renamed.get(item.brief, item.brief), []).append(shown)
    return MappingProxyType({brief: tuple(items) for brief, items in sorted(found.items())})


def accepted(records: Records, renamed: Renames) -> Mapping[str, Accepted]:
    """Return the acceptances, oldest first, under the present names of briefs, entries and facts."""
    found: dict[str, Accepted] = {}
    now = renamed.keys
    # Acceptances in the folder of a former name are older.
    for folder, record in sorted(records.accepted.items(), key=lambda item: item[0] not in renamed.briefs):
        brief = renamed.briefs.get(folder, folder)
        before = found.get(brief, Accepted())
        acceptances = [
            dataclasses.replace(item, paragraph=str(now.get(item.paragraph, item.paragraph)))
            for item in record.acceptances
        ]
        states = [dataclasses.replace(item, fact=now.get(item.fact, item.fact)) for item in record.states]
        found[brief] = Accepted(
            (*before.acceptances, *(item for item in acceptances if item not in before.acceptances)),
            tuple({item.id: item for item in (*before.states, *states)}.values()),
        )
    return MappingProxyType(found)


def dated(fact: Fact, sources: Mapping[str, Source]) -> Fact:
    """Return the fact with ``asserted``, by default the day of its first source.

    That is the day on which the source was published or, where it states none, the day as of which it counts.
    Of several on one day the stated one counts, and of these the most exact, whatever their order.
    """
    if fact.asserted:
        return fact
    cited = [source for item in fact.evidence if (source := sources.get(item.source))]
    days = [day for source in cited if (day := source.published or source.as_of)]
    stated = {source.published for source in cited}

    def order(day: Date) -> tuple[object, ...]:
        return day.latest, day not in stated, len(day.inferred), -day.earliest.toordinal(), day.edtf

    return dataclasses.replace(fact, asserted=min(days, key=order, default=None))


def resting_on(sheet: FactSheet, known: Mapping[str, Fact]) -> FactSheet:
    """Return the sheet with the facts that are known, and without entries that rest on others."""

    def are_known(item: Entry) -> bool:
        return all(key in known for key in item.rests_on)

    return dataclasses.replace(
        sheet,
        facts=tuple(known[fact.id] for fact in sheet.facts if fact.id in known),
        disagreements=tuple(filter(are_known, sheet.disagreements)),
        gaps=tuple(filter(are_known, sheet.gaps)),
        milestones=tuple(
            filter(
                are_known,
                # Unless a known fact met it, a milestone is still expected.
                (
                    item if item.met_by in known else dataclasses.replace(item, met_by=None)
                    for item in sheet.milestones
                ),
            )
        ),
        judgements=tuple(filter(are_known, sheet.judgements)),
    )


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that references may lead to. The sets may be lazy."""

    sources: Set[str]
    origins: Set[str]
    actors: Set[str]
    systems: Set[str]
    sheets: Set[str]
    briefs: Set[str]
    facts: Set[str]
    registers: Mapping[str, Set[str]]
    """The entries of each register: disagreements, gaps, milestones, judgements."""
    renamed: Renames
    broken: Set[str]
    """Files with errors. References to their records are not reported."""
    captures: str = ""

    @classmethod
    def of(cls, records: Records) -> KnownNames:
        """Return the names of all records, with those of the files that have errors."""
        broken_sheets = records.broken_in("facts")
        return cls(
            sources={source.id for source in records.sources} | records.broken_in("sources"),
            origins={origin.id for origin in records.origins},
            actors={actor.id for actor in records.actors},
            systems={system.id for system in records.systems},
            sheets={sheet.id for sheet in records.sheets} | broken_sheets,
            briefs={brief.id for brief in records.briefs} | records.broken_in("briefs"),
            facts={fact.id for sheet in records.sheets for fact in sheet.facts},
            registers={
                kind: {item.id for sheet in records.sheets for item in getattr(sheet, kind)}
                for kind in REGISTERS
            },
            renamed=renamed(records),
            broken=records.broken,
            captures=records.captures,
        )

    def new_name(self, what: str, name: str) -> str | None:
        """Return the present name of a record that was renamed."""
        keys: Mapping[str, str] = self.renamed.keys
        names: Mapping[str, Mapping[str, str]] = {"sheet": self.renamed.sheets, "brief": self.renamed.briefs}
        has_key = what == "fact" or f"{what}s" in self.registers
        return names.get(what, keys if has_key else {}).get(name)


class ReferenceCheck:
    """A check of references; it reports those that lead nowhere."""

    def __init__(self, names: KnownNames) -> None:
        self.names = names

    def of_each(self, records: Records) -> Iterator[Finding]:
        """Yield the findings of some records that depend on no other record but those that they name."""
        names = self.names
        for source in records.sources:
            yield from self.lost(source.origins, names.origins, "origin", source.at)
        for origin in records.origins:
            yield from self.lost((*origin.said_by, *origin.via), names.actors, "actor", origin.at)
        for actor in records.actors:
            yield from self.evidence((role.evidence for role in actor.roles), actor.at)
            spoken_for = (actor.speaks_for,) if actor.speaks_for else ()
            yield from self.lost(spoken_for, names.actors, "actor", actor.at)
        for sheet in records.sheets:
            yield from self.sheet(sheet)
        for brief in records.briefs:
            yield from self.brief(brief)
        for record in records.accepted.values():
            states = {item.id for item in record.states}
            for item in record.acceptances:
                yield from self.lost(item.rests_on, states, "state", item.at)
        verified = (item.id for item in records.verifications)
        for found in self.lost(verified, names.sources, "source", Place("content/verification.yaml")):
            yield dataclasses.replace(found, hint=_VERIFY_AGAIN.format(names.captures or "FOLDER"))

    def of_all(self, records: Records) -> Iterator[Finding]:
        """Yield the findings for which all records have to be compared."""
        yield from self.former_names(records)
        yield from self.editions(records)
        yield from seals.findings(_ledger(records, self.names.renamed))
        yield from self.lost(records.project.home, self.names.briefs, "brief", records.project.at)

    def sheet(self, sheet: FactSheet) -> Iterator[Finding]:
        """Yield the references of a sheet that lead nowhere, and names that occur twice in it."""
        for fact in sheet.facts:
            yield from self.lost(fact.actors, self.names.actors, "actor", fact.at)
            yield from self.lost(fact.systems, self.names.systems, "system", fact.at)
            for state in fact.states:
                yield from self.lost(state.said_by, self.names.actors, "actor", state.at)
                yield from self.evidence(state.evidence, state.at)
        for disagreement in sheet.disagreements:
            yield from self.lost(disagreement.actors, self.names.actors, "actor", disagreement.at)
        named = (*sheet.facts, *sheet.entries)
        for item in named:
            prose = item.basis if isinstance(item, Judgement) else ""
            for key in item.rests_on:
                yield from self.lost(
                    (key,), self.names.facts, "fact", place_of(prose, item.at, f"(fact:{key}")
                )
        seen: dict[str, Place] = {}
        for item in named:
            if item.id in seen:
                message = f"two records have the name '{item.id}'; the other is on line {seen[item.id].line}"
                yield Finding("duplicate-name", message, item.at, "rename one of the two")
            seen.setdefault(item.id, item.at)

    def brief(self, brief: Brief) -> Iterator[Finding]:
        """Yield the references of a brief's front matter that lead nowhere."""
        yield from self.lost(brief.sheets, self.names.sheets, "sheet", brief.at)
        for kind, known in self.names.registers.items():
            yield from self.lost(getattr(brief, kind) or (), known, kind.removesuffix("s"), brief.at)
        for selection in (brief.commitments, brief.timeline, brief.money):
            yield from self.lost(selection.sheets, self.names.sheets, "sheet", brief.at)
            yield from self.lost(selection.systems, self.names.systems, "system", brief.at)
            yield from self.lost(selection.actors, self.names.actors, "actor", brief.at)
            yield from self.lost(
                (*selection.facts, *selection.except_facts), self.names.facts, "fact", brief.at
            )

    def former_names(self, records: Records) -> Iterator[Finding]:
        """Yield findings for former names of two records, and for those that are in use now."""
        facts = [fact for sheet in records.sheets for fact in sheet.facts]
        kinds: tuple[tuple[str, Iterable[Any], Set[str]], ...] = (
            ("fact", facts, self.names.facts),
            ("sheet", records.sheets, self.names.sheets),
            ("brief", records.briefs, self.names.briefs),
        )
        for what, items, known in kinds:
            seen: dict[str, str] = {}
            for item in items:
                for old in item.formerly:
                    other = old if old in known else seen.get(old)
                    if other:
                        message = f"'{old}' cannot be a former name of '{item.id}': it is one of '{other}'"
                        if old in known:
                            message = f"'{old}' cannot be a former name: there is a {what} with that name"
                        hint = "remove it from 'formerly', or rename the record that has the name now"
                        yield Finding("former-name", message, place_of(old, item.at), hint)
                    seen.setdefault(old, item.id)

    def editions(self, records: Records) -> Iterator[Finding]:
        """Yield findings for editions that occur twice, and for references to editions that do not exist."""
        renamed: Mapping[str, str] = self.names.renamed.briefs
        numbers: dict[str, set[str]] = {}
        for item in records.issued:
            known = numbers.setdefault(renamed.get(item.brief, item.brief), set())
            if item.id in known:
                message = f"there are two editions {item.id} of '{item.brief}', one under its former name"
                yield Finding("duplicate-name", message, item.at, "keep only one of the two files")
            known.add(item.id)
        if any(name.startswith("editions/") for name in records.broken):
            return
        for folder, withdrawals in records.withdrawals.items():
            for withdrawal in withdrawals:
                known = numbers.get(renamed.get(folder, folder), set())
                yield from self.lost((withdrawal.id,), known, "edition", withdrawal.at)
        for item in records.issued:
            if item.corrects:
                known = numbers[renamed.get(item.brief, item.brief)]
                yield from self.lost((item.corrects,), known, "edition", item.at)

    def evidence(self, evidence: Iterable[Evidence], at: Place) -> Iterator[Finding]:
        """Yield the sources and origins of passages that do not exist."""
        for item in evidence:
            yield from self.lost((item.source,), self.names.sources, "source", at)
            yield from self.lost((item.origin,) if item.origin else (), self.names.origins, "origin", at)

    def lost(self, names: Iterable[str], known: Set[str], what: str, at: Place) -> Iterator[Finding]:
        """Yield a finding for each name that is not known; ``what`` is the kind of record in a word."""
        if f"{what}s" in self.names.broken:
            return
        for name in names:
            if name not in known and not ("." in name and f"facts/{sheet_of(name)}" in self.names.broken):
                yield Finding(
                    "unknown-reference",
                    f"there is no {what} '{name}'",
                    place_of(name, at),
                    self.hint(name, known, what),
                )

    def hint(self, name: str, known: Set[str], what: str) -> str:
        """Return what to write instead of a name that leads nowhere, such as its new name."""
        now = self.names.new_name(what, name)
        if now:
            return f"it is called '{now}' now"
        otherwise = "add it"
        if what == "source":
            otherwise = "register it with 'briefing source add FILE'"
        if described := _DESCRIBED.get(what):
            path = field_docs.REGISTER_FILES[described]
            file = path if known else f"{path}, a file that you make if there is none"
            otherwise = f"describe it in {file}:\n{field_docs.entry(described, name)}"
        return nearest(name, known, otherwise)
