"""Records to a library: this module follows every reference and makes every index, as of one day.

After everything has been linked, ``as_of`` decides which records the library shows as of a day.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from briefing.content import as_of as asof
from briefing.content import derived, field_docs, ladders, seals, signed
from briefing.content.decode import DEFINED, LadderWord
from briefing.content.signed import SignedRecords
from briefing.content.suppressions import Suppression
from briefing.model.briefs import Brief, Page
from briefing.model.facts import REGISTERS, Entry, Fact, FactSheet, Judgement
from briefing.model.findings import Finding, Place, nearest
from briefing.model.ladders import Ladder
from briefing.model.ledger import Accepted, Issued, Sealed, Seals, Withdrawal
from briefing.model.library import Library, Project, Renames
from briefing.model.matters import Matter
from briefing.model.query import sheet_of
from briefing.model.scales import Degree, FactKind
from briefing.model.signatures import Review, Reviews, Signatures, SignedKeys, SigningKey
from briefing.model.sources import Actor, Evidence, Origin, Source, System, Verification
from briefing.model.values import NOWHERE, Money, Value, place_of

NAMED = ("facts", *REGISTERS)
"""The kinds of records in a sheet, each with a name of its own."""
_DESCRIBED: Mapping[str, type[Any]] = {
    "actor": Actor,
    "system": System,
    "matter": Matter,
    "origin": Origin,
}
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
    matters: tuple[Matter, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    """Those of the project's own file."""
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
    ladder_words: tuple[LadderWord, ...] = ()
    """The words of ladders in files with errors."""

    def broken_in(self, folder: str) -> frozenset[str]:
        """Return the ids of the records with errors in a folder of the content."""
        return broken_in(self.broken, folder)


def broken_in(broken: Iterable[str], folder: str) -> frozenset[str]:
    """Return the ids of the records with errors in a folder of the content."""
    return frozenset(name.removeprefix(f"{folder}/") for name in broken if name.startswith(f"{folder}/"))


def defined(words: Iterable[LadderWord]) -> tuple[str, ...]:
    """Return the words that a file of ladders with errors defines."""
    return tuple(dict.fromkeys(item.word for item in words if item.field == DEFINED))


def named_ladders(records: Records) -> Iterator[str]:
    """Yield the ladders that sheets and matters name; "" for a sheet with statuses that names none."""
    yield from (name for sheet in records.sheets for name in ladders.named_by(sheet))
    yield from (matter.ladder for matter in records.matters if matter.ladder)


def link(
    records: Records, as_of: datetime.date | None = None, now: datetime.datetime | None = None
) -> tuple[Library, tuple[Finding, ...]]:
    """Link records to a library, and report every reference that leads nowhere.

    With ``now``, the library is that of readers: editions are held until their hour.
    """
    sources: dict[str, Source] = {source.id: source for source in records.sources}
    in_use = ladders.in_use(records.ladders, records.project, named_ladders(records))
    of_facts = _ladders_of_facts(records, in_use)
    written: dict[str, Fact] = {
        fact.id: ladders.linked(fact, of_facts[fact.id]) for sheet in records.sheets for fact in sheet.facts
    }
    known: dict[str, Fact] = {key: derived.linked(fact, written, sources) for key, fact in written.items()}

    def ladder_of(key: str) -> Ladder:
        return of_facts.get(key) or ladders.of_sheet(None, in_use)

    sheets: dict[str, FactSheet] = {sheet.id: resting_on(sheet, known) for sheet in records.sheets}
    former = renamed(records)
    editions = issued(records, former.briefs, as_of).items()
    signed_off = accepted(records, former).items()
    library = Library(
        project=records.project,
        sources=MappingProxyType(sources),
        origins=_index(records.origins),
        actors=_index(records.actors),
        systems=_index(records.systems),
        matters=_index(records.matters),
        ladders=in_use,
        sheets=MappingProxyType(sheets),
        facts=_index(known.values()),
        **asof.registers(sheets.values()),
        briefs=_index(in_its_language(brief, records.project) for brief in records.briefs),
        pages=_index(records.pages),
        verifications=_index(records.verifications),
        issued=MappingProxyType(
            {key: tuple(ladders.issued(it, ladder_of, in_use) for it in items) for key, items in editions}
        ),
        accepted=MappingProxyType({key: ladders.accepted(it, ladder_of, in_use) for key, it in signed_off}),
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


def _ladders_of_facts(records: Records, in_use: Mapping[str, Ladder]) -> dict[str, Ladder]:
    matters: dict[str, Matter] = {matter.id: matter for matter in records.matters}
    return {
        fact.id: ladders.of_fact(fact, sheet, matters, in_use)
        for sheet in records.sheets
        for fact in sheet.facts
    }


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
    """Return the former names of facts, entries, sheets, briefs and matters, with the present ones."""
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
        MappingProxyType({old: matter.id for matter in records.matters for old in matter.formerly}),
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
                    dataclasses.replace(
                        item,
                        met_by=item.met_by if item.met_by in known else None,
                        date=derived.date(item.date, known),
                    )
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
    matters: Set[str]
    ladders: Mapping[str, Ladder]
    """Those of the project and of the program."""
    in_use: Mapping[str, Ladder]
    """Those that the project defines or names, the one of the project first."""
    of_project: str
    """The ladder that the project names, if it names one."""
    unread_words: tuple[str, ...]
    """The words of its own ladders where their file has errors, if they can be read."""
    described: Mapping[str, Matter]
    """The matters, which may name ladders."""
    sheets: Set[str]
    briefs: Set[str]
    facts: Set[str]
    registers: Mapping[str, Set[str]]
    """The entries of each register: disagreements, gaps, milestones, judgements."""
    instruments: tuple[str, ...]
    """The ways in which money may be given, those of the project included."""
    renamed: Renames
    broken: Set[str]
    """Files with errors. References to their records are not reported."""
    captures: str = ""

    @classmethod
    def of(cls, records: Records) -> KnownNames:
        """Return the names of all records, with those of the files that have errors."""
        broken_sheets = records.broken_in("facts")
        in_use = ladders.in_use(records.ladders, records.project, named_ladders(records))
        matters: dict[str, Matter] = {matter.id: matter for matter in records.matters}
        return cls(
            sources={source.id for source in records.sources} | records.broken_in("sources"),
            origins={origin.id for origin in records.origins},
            actors={actor.id for actor in records.actors},
            systems={system.id for system in records.systems},
            matters={matter.id for matter in records.matters},
            ladders=ladders.known(records.ladders),
            in_use=in_use,
            of_project=records.project.ladder,
            unread_words=defined(records.ladder_words),
            described=matters,
            sheets={sheet.id for sheet in records.sheets} | broken_sheets,
            briefs={brief.id for brief in records.briefs} | records.broken_in("briefs"),
            facts={fact.id for sheet in records.sheets for fact in sheet.facts},
            registers={
                kind: {item.id for sheet in records.sheets for item in getattr(sheet, kind)}
                for kind in REGISTERS
            },
            instruments=records.project.own_words.instrument_names,
            renamed=renamed(records),
            broken=records.broken,
            captures=records.captures,
        )

    def ladders_of(self, matters: Iterable[str], of_sheet: str | None) -> tuple[Ladder, ...]:
        """Return the ladder of a fact, by its matters and its sheet, or all that it may be on.

        Where a file with errors or a name that leads nowhere leaves it open, it may be on every known one, so
        that one mistake does not make the words of every fact unknown.
        """
        matters = tuple(matters)
        if of_sheet is None or any(name not in self.described for name in matters):
            return tuple(self.ladders.values())
        first = next(ladders.named_for(matters, of_sheet, self.described), "")
        if not first:
            return self.usual_ladders
        return (self.ladders[first],) if first in self.ladders else tuple(self.ladders.values())

    @property
    def are_ladders_unread(self) -> bool:
        """Whether the project has ladders of which no word can be read, so that no word is unknown."""
        return "ladders" in self.broken and not self.unread_words

    @property
    def named_ladders(self) -> Set[str]:
        """The names that a ladder may have."""
        return {*self.ladders, *self.unread_words}

    @property
    def usual_ladders(self) -> tuple[Ladder, ...]:
        """The ladder of the project, or all that it may be."""
        is_lost = self.of_project != "" and self.of_project not in self.ladders
        is_open = is_lost or "project" in self.broken or "ladders" in self.broken
        return tuple(self.ladders.values()) if is_open else (next(iter(self.in_use.values())),)

    @property
    def ladders_anywhere(self) -> tuple[Ladder, ...]:
        """The ladders that facts of the project may be on."""
        may_name_one = any(name == "matters" or name.startswith("facts/") for name in self.broken)
        is_open = may_name_one or len(self.usual_ladders) > 1
        return tuple((self.ladders if is_open else self.in_use).values())

    def new_name(self, what: str, name: str) -> str | None:
        """Return the present name of a record that was renamed."""
        keys: Mapping[str, str] = self.renamed.keys
        names: Mapping[str, Mapping[str, str]] = {
            "sheet": self.renamed.sheets,
            "brief": self.renamed.briefs,
            "matter": self.renamed.matters,
        }
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
            above = filter(None, (actor.speaks_for, actor.part_of))
            yield from self.lost(above, names.actors, "actor", actor.at)
        for matter in records.matters:
            yield from self.lost((matter.topic,), names.sheets, "sheet", matter.at)
            yield from self.ladder(matter)
            yield from self.lost(matter.systems, names.systems, "system", matter.at)
            yield from self.lost(matter.actors, names.actors, "actor", matter.at)
        for sheet in records.sheets:
            # A name in the defaults of a sheet leads nowhere once, however many facts take it.
            yield from dict.fromkeys(self.sheet(sheet))
        for brief in records.briefs:
            yield from self.brief(brief)
        for word in dict.fromkeys(records.ladder_words):
            yield from self.ladder_word(word)
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
        project = records.project
        yield from self.lost(project.home, self.names.briefs, "brief", project.at)
        yield from self.ladder(project)
        yield from self.rungs_anywhere(project.review_after, "review_after", project.at)

    def instrument(self, value: Value | None) -> Iterator[Finding]:
        """Yield a finding where money is given in a way that neither the program nor the project knows."""
        name = value.instrument if isinstance(value, Money) else None
        if name and name not in self.names.instruments and "words" not in self.names.broken:
            choices = nearest(name, self.names.instruments)
            hint = f"{choices}; others are named under 'instruments:' in content/words.yaml"
            yield Finding("unknown-word", f"'instrument' cannot be '{name}'", place_of(name, NOWHERE), hint)

    def sheet(self, sheet: FactSheet) -> Iterator[Finding]:
        """Yield the references of a sheet that lead nowhere, and names that occur twice in it."""
        yield from self.ladder(sheet)
        for fact in sheet.facts:
            if fact.computed and fact.value is not None:
                message = f"{fact.id} is computed, so it cannot have a value of its own"
                yield Finding("does-not-fit", message, fact.at, "delete 'value', or 'computed'")
            yield from self.statuses(fact, self.names.ladders_of(fact.matters, sheet.ladder))
            yield from self.lost(fact.actors, self.names.actors, "actor", fact.at)
            yield from self.lost(fact.systems, self.names.systems, "system", fact.at)
            yield from self.lost(fact.matters, self.names.matters, "matter", fact.at)
            if fact.table:
                yield from self.lost((fact.table.source,), self.names.sources, "source", fact.at)
            for state in fact.states:
                yield from self.lost(state.said_by, self.names.actors, "actor", state.at)
                yield from self.evidence(state.evidence, state.at)
                yield from self.instrument(state.value)
        for disagreement in sheet.disagreements:
            yield from self.lost(disagreement.actors, self.names.actors, "actor", disagreement.at)
        for entry in sheet.entries:
            yield from self.lost(entry.matters, self.names.matters, "matter", entry.at)
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

    def ladder(self, record: Project | FactSheet | Matter) -> Iterator[Finding]:
        """Yield the ladder of a record if there is none of that name."""
        if record.ladder:
            yield from self.lost((record.ladder,), self.names.named_ladders, "ladder", record.at)

    def ladder_word(self, item: LadderWord) -> Iterator[Finding]:
        """Yield a word of a file with errors if no ladder that may be meant has it."""
        at = place_of(item.word, NOWHERE)
        if item.fact:
            choices = self.names.ladders_of(item.matters, item.ladder)
            if not item.word:
                yield self.without_status(item.fact, choices, at)
            elif item.field == "status":
                yield from self.rungs((item.word,), item.field, choices, at)
            else:
                yield from self.flags((item.word,), choices, at)
        elif item.field == "ladder":
            yield from self.lost((item.word,), self.names.named_ladders, "ladder", at)
        elif item.field != DEFINED:
            yield from self.rungs_anywhere((item.word,), item.field, at)

    def statuses(self, fact: Fact, choices: Sequence[Ladder]) -> Iterator[Finding]:
        """Yield the statuses of a fact that its ladder lacks, and a commitment without a status."""
        if fact.kind is FactKind.COMMITMENT and fact.status is None:
            yield self.without_status(fact.id, choices, fact.at)
        for state in fact.states:
            if state.status:
                yield from self.rungs((state.status.id,), "status", choices, state.at)
            yield from self.flags((flag.id for flag in state.flags), choices, state.at)

    def without_status(self, fact: str, choices: Sequence[Ladder], at: Place) -> Finding:
        """Return the finding for a commitment without a status."""
        rungs = [rung.id for rung in choices[0].rungs] if len(choices) == 1 else ["a rung of its ladder"]
        message = f"fact '{fact}': a commitment needs a status"
        return Finding("does-not-fit", message, at, f"add 'status:' with {', '.join(rungs)}")

    def flags(self, names: Iterable[str], known: Iterable[Ladder], at: Place) -> Iterator[Finding]:
        """Yield a finding for each name that is a flag of none of some ladders."""
        known = tuple(known)
        choices = dict.fromkeys(str(flag.id) for ladder in known for flag in ladder.all_flags)
        yield from self.choice(names, "flags", list(choices), at, known=known)

    def rungs_anywhere(self, names: Iterable[str], field: str, at: Place) -> Iterator[Finding]:
        """Yield a finding for each name that is a rung of no ladder of the project."""
        degrees = [degree.value for degree in Degree] if field == "review_after" else []
        yield from self.rungs(names, field, self.names.ladders_anywhere, at, degrees)

    def rungs(
        self,
        names: Iterable[str],
        field: str,
        known: Iterable[Ladder],
        at: Place,
        others: Iterable[str] = (),
    ) -> Iterator[Finding]:
        """Yield a finding for each name that is a rung of none of some ladders, and no other word allowed."""
        known = tuple(known)
        rungs = [rung for ladder in known for rung in ladder.rungs]
        choices = dict.fromkeys([*(rung.id for rung in rungs), *others])
        now = {str(old): str(rung.id) for rung in rungs for old in rung.formerly}
        yield from self.choice(names, field, list(map(str, choices)), at, now, known)

    def choice(
        self,
        names: Iterable[str],
        field: str,
        choices: Sequence[str],
        at: Place,
        now: Mapping[str, str] = MappingProxyType({}),
        known: Sequence[Ladder] = (),
    ) -> Iterator[Finding]:
        """Yield a finding for each name that is none of the choices.

        ``now`` has new names by old ones; ``known`` are the ladders of the choices.
        """
        if self.names.are_ladders_unread:
            return
        choices = [*choices, *(word for word in self.names.unread_words if word not in choices)]
        for name in names:
            if name not in choices:
                elsewhere = self.elsewhere(name, field, known)
                usual = (
                    f"{elsewhere}; the choices are {', '.join(choices)}"
                    if elsewhere
                    else nearest(name, choices)
                )
                hint = f"it is called '{now[name]}' now" if name in now else usual
                yield Finding("unknown-word", f"'{field}' cannot be '{name}'", place_of(name, at), hint)

    def elsewhere(self, name: str, field: str, known: Sequence[Ladder]) -> str:
        """Return how to write a word that another ladder has, or that is a flag and no status; else ""."""
        every = self.names.ladders.values() if field in ("status", "flags") else ()
        rungs, flags = ([it for it in every if it.rung(name)], [it for it in every if it.flag(name)])
        own, other = (rungs, flags) if field == "status" else (flags, rungs)
        written = f"'flags: [{name}]' beside the status" if field == "status" else f"'status: {name}'"
        if not (having := own or other):
            return ""
        how = "" if own else f"write {written}"
        names = [ladder.id for ladder in known]
        if not any(ladder.id in names for ladder in having):
            ladder = having[0].id
            of = f"the ladder '{ladder}' has it: write 'ladder: {ladder}' at the head of the sheet"
            return f"{of}, and {how.removeprefix('write ')}" if how else of
        return f"it is no {'status' if field == 'status' else 'flag'} of its ladder: {how}" if how else ""

    def brief(self, brief: Brief) -> Iterator[Finding]:
        """Yield the references of a brief's front matter that lead nowhere."""
        yield from self.lost(brief.sheets, self.names.sheets, "sheet", brief.at)
        for kind, known in self.names.registers.items():
            yield from self.lost(getattr(brief, kind) or (), known, kind.removesuffix("s"), brief.at)
        yield from self.lost((item.fact for item in brief.series), self.names.facts, "fact", brief.at)
        for selection in brief.selections:
            yield from self.lost(selection.sheets, self.names.sheets, "sheet", brief.at)
            yield from self.lost(selection.systems, self.names.systems, "system", brief.at)
            yield from self.rungs_anywhere(selection.statuses, "statuses", brief.at)
            yield from self.lost(selection.actors, self.names.actors, "actor", brief.at)
            yield from self.lost(selection.matters, self.names.matters, "matter", brief.at)
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
            ("matter", records.matters, self.names.matters),
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
        is_ladder, is_broken = what == "ladder", f"{what}s" in self.names.broken
        if self.names.are_ladders_unread if is_ladder else is_broken:
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
