"""The library record by record: rules that read and link a project as far as a step asks for it.

``RecordedLibrary`` is a library whose every look-up is on record, so that a step which is given one can read
nothing unseen. Going over all records of a kind is on record as one reading of all.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Never

from briefing.content import derived, ladders, layout, linker, signed, views
from briefing.content.layout import LADDERS_FILE, FileContent
from briefing.content.linker import KnownNames, Records, ReferenceCheck
from briefing.content.seals import EDITIONS_FOLDER
from briefing.content.signed import KEYS_FILE, SIGNED_KEYS_FILE
from briefing.memo.engine import Engine, Parts, Rule, View
from briefing.model import moments
from briefing.model.briefs import Brief, Page
from briefing.model.facts import REGISTERS, Fact, FactSheet
from briefing.model.findings import Finding
from briefing.model.ladders import Ladder
from briefing.model.ledger import Accepted, Issued
from briefing.model.library import (
    Library,
    NamedRecord,
    Project,
    Renames,
    by_matter,
    by_name,
    named_by,
)
from briefing.model.matters import Matter
from briefing.model.project_words import NO_WORDS, ProjectWords
from briefing.model.query import sheet_of
from briefing.model.scales import Marking
from briefing.model.signatures import CheckedSignature, Review
from briefing.model.sources import Actor, Origin, Source, System, Verification
from briefing.model.values import Key
from briefing.store import known_texts
from briefing.store.disk import Texts
from briefing.store.known_texts import KnownTexts
from briefing.store.request import PROJECT_FILE

PATHS = "paths"
TEXT = "text"
FILE = "file"
TOP = 20
"""The first level for steps that read a linked library."""
_PLAIN: Mapping[type[Any], str] = {
    Source: "sources",
    Origin: "origins",
    Actor: "actors",
    System: "systems",
    Matter: "matters",
    FactSheet: "sheets",
    Brief: "briefs",
    Page: "pages",
    Verification: "verifications",
}
_FILES: Mapping[str, str] = {
    "sources": "content/sources/{}.yaml",
    "sheets": "content/facts/{}.yaml",
    "briefs": "content/briefs/{}.md",
    "origins": "content/origins.yaml",
    "actors": "content/actors.yaml",
    "systems": "content/systems.yaml",
    "matters": "content/matters.yaml",
    "verifications": layout.VERIFICATION_FILE,
}
"""Kind -> the file of a record, by its id."""
RECORDS = (*_FILES, "pages", "facts", *REGISTERS, "issued", "accepted")
"""The kinds of records of a library, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file adds to the whole: the names in it, and whether it can be used."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind -> ids of its records, in order."""
    has_former_names: bool = False
    is_broken: bool = False


# ------------------------------------------------------------------------------------------------- inputs


def put(engine: Engine, texts: Texts, now: datetime.datetime | None = None) -> None:
    """Give the texts of a project and the time of the call to an engine, as inputs of the rules below."""
    own = {*texts.texts, *(finding.at.path for finding in texts.findings)}
    content = {path: _digest_in(texts, path) for path in texts.texts if path.startswith("content/")}
    content |= {path: _digest_of(text) for path, text in layout.added_pages(own).items()}
    engine.put(TEXT, content)
    engine.put(PATHS, {"": "\n".join(content)})
    unread = [finding.at.path for finding in texts.findings if finding.is_error]
    engine.put("unread", {"": "\n".join(map(layout.broken_name, unread))})
    engine.put("captures", {"": texts.captures})
    engine.put("now", {"": now.isoformat() if now else ""})


def _digest_in(texts: Texts, path: str) -> str:
    found = texts.texts
    return found.digests[path] if isinstance(found, KnownTexts) else _digest_of(found[path])


@functools.lru_cache(maxsize=16384)
def _digest_of(text: str) -> str:
    return known_texts.digest_of(text)


def rules(texts: Texts) -> tuple[Rule, ...]:
    """Return the rules of the content; the texts are read where a file has changed."""
    pages = layout.added_pages(())
    return (
        Rule(TEXT, 0, load=lambda path: texts.texts[path] if path in texts.texts else pages[path]),
        Rule(PATHS, 0),
        Rule("unread", 0),
        Rule("captures", 0),
        Rule("now", 0),
        Rule("has come", 1, _has_come),
        Rule(FILE, 1, _file),
        Rule("outline", 2, _outline),
        Rule("register", 2, _register),
        Rule("is", 3, _is),
        Rule("all names", 3, _all_names),
        Rule("project", 2, _project),
        Rule("markings", 2, _markings),
        Rule("is marked", 3, _is_marked),
        Rule("ladders", 4, _ladders),
        Rule("renamed", 4, _renamed),
        Rule("broken", 4, _broken),
        Rule("names", 5, _names),
        *(Rule(kind, 6, _record_of(kind)) for kind in (*_FILES, "pages") if kind != "sheets"),
        Rule("ladders in", 5, _ladders_in),
        Rule("issued", 6, _issued),
        Rule("accepted", 6, _accepted),
        Rule("seals", 6, _seals),
        Rule("reviews", 6, _reviews),
        Rule("signing keys", 2, functools.partial(_all_in, KEYS_FILE)),
        Rule("signed keys", 2, functools.partial(_all_in, SIGNED_KEYS_FILE)),
        Rule("signed", 6, _signed),
        Rule("facts", 7, _fact),
        Rule("sheets", 8, _sheet),
        *(Rule(register, 9, _entry_of(register)) for register in REGISTERS),
        Rule("names of records", 7, _named),
        Rule("records named in", 9, _named_in),
        Rule("records named", 10, _named_anywhere),
        Rule("about", 11, _about),
        Rule("entries of matters in", 10, _entries_of_matters),
        Rule("entries of matters", 11, _entries_of_matters_anywhere),
        Rule("entries about", 12, _entries_about),
        Rule("lost", 9, _lost),
        Rule("lost of all", 9, _lost_of_all),
        Rule("problems", 10, _problems),
        Rule("all problems", 11, _all_problems),
    )


def _paths(view: View) -> tuple[str, ...]:
    return tuple(filter(None, (view.get(PATHS) or "").split("\n")))


def _file(view: View, path: str) -> FileContent:
    text = view.get(TEXT, path)
    return FileContent() if text is None else layout.read_file(path, text)


def _has_come(view: View, moment: str) -> bool:
    """Return whether a moment has come. Time passes at every call, and this is all that depends on it."""
    now: str = view.get("now")
    return not now or moments.has_come(moment, datetime.datetime.fromisoformat(now))


def _outline(view: View, path: str) -> Outline:
    found: FileContent = view.get(FILE, path)
    names: dict[str, list[str]] = {}
    has_former = False
    for record in found.records:
        if isinstance(record, Issued):
            names.setdefault("issued", []).append(record.brief)
        elif (kind := _PLAIN.get(type(record))) is not None:
            names.setdefault(kind, []).append(record.id)
        if isinstance(record, FactSheet):
            for register in ("facts", *REGISTERS):
                names[register] = [item.id for item in getattr(record, register)]
            names["named ladders"] = list(ladders.named_by(record))
            has_former = bool(record.formerly) or any(fact.formerly for fact in record.facts)
        elif isinstance(record, Brief):
            has_former = bool(record.formerly)
        elif isinstance(record, Matter):
            has_former = has_former or bool(record.formerly)
            if record.ladder:
                names.setdefault("named ladders", []).append(record.ladder)
    if isinstance(found.beside, Accepted):
        names["accepted"] = [PurePosixPath(path).parent.name]
    return Outline({kind: tuple(ids) for kind, ids in names.items()}, has_former, found.is_broken)


def _all_names(view: View, _: str) -> dict[str, tuple[str, ...]]:
    """Return kind -> ids of all records in the order of a library, and the paths that need a closer look."""
    outlines: dict[str, Outline] = view.every("outline", _paths(view))
    names: dict[str, dict[str, None]] = {kind: {} for kind in (*RECORDS, "named ladders", "former", "broken")}
    for path, outline in outlines.items():
        for kind, ids in outline.names.items():
            names[kind].update(dict.fromkeys(ids))
        if outline.has_former_names:
            names["former"][path] = None
        if outline.is_broken:
            names["broken"][layout.broken_name(path)] = None
    return {kind: tuple(ids) for kind, ids in names.items()}


def _names(view: View, kind: str) -> tuple[str, ...]:
    found: tuple[str, ...] = view.get("all names")[kind]
    if kind in ("issued", "accepted"):
        now: Mapping[str, str] = view.get("renamed").briefs
        return tuple(dict.fromkeys(sorted(now.get(name, name) for name in found)))
    return found


def _broken(view: View, _: str) -> frozenset[str]:
    unread = filter(None, (view.get("unread") or "").split("\n"))
    return frozenset((*view.get("all names")["broken"], *unread))


def _renamed(view: View, _: str) -> Renames:
    return linker.renamed(_records_in(view, view.get("all names")["former"]))


def _records_in(view: View, paths: Iterable[str]) -> Records:
    """Return the records of some files of sheets, briefs, matters and the ledger."""
    files: dict[str, FileContent] = {path: view.get(FILE, path) for path in paths}
    records = [record for item in files.values() for record in item.records]
    return Records(
        project=view.get("project"),
        sheets=tuple(record for record in records if isinstance(record, FactSheet)),
        briefs=tuple(record for record in records if isinstance(record, Brief)),
        matters=tuple(record for record in records if isinstance(record, Matter)),
        issued=tuple(record for record in records if isinstance(record, Issued)),
        **layout.beside_editions(files),
    )


def _project(view: View, _: str) -> Project:
    found: FileContent = view.get(FILE, PROJECT_FILE)
    project = next((record for record in found.records if isinstance(record, Project)), layout.UNREAD)
    own: FileContent = (
        view.get(FILE, layout.WORDS_FILE) if layout.WORDS_FILE in _paths(view) else FileContent()
    )
    words = next((record for record in own.records if isinstance(record, ProjectWords)), NO_WORDS)
    return project.with_words(words)


def _own_ladders(view: View) -> tuple[Ladder, ...]:
    found: FileContent = view.get(FILE, LADDERS_FILE)
    return found.records


def _ladders(view: View, _: str) -> Mapping[str, Ladder]:
    """Return the ladders that the project defines or names, the one of the project first."""
    named: tuple[str, ...] = view.get("all names")["named ladders"]
    return ladders.in_use(_own_ladders(view), view.get("project"), named)


def _ladders_in(view: View, name: str) -> Mapping[str, str]:
    """Return the ladder of a sheet, under an empty name, and those of facts whose matters name another."""
    found: FileContent = view.get(FILE, _file_of("sheets", name))
    sheet = next((item for item in found.records if isinstance(item, FactSheet)), None)
    known, matters = view.get("ladders"), _Matters(view)
    usual = str(ladders.of_sheet(sheet, known).id)
    of_facts = {
        str(fact.id): str(ladders.of_fact(fact, sheet, matters, known).id)
        for fact in (sheet.facts if sheet else ())
    }
    return {"": usual, **{key: ladder for key, ladder in of_facts.items() if ladder != usual}}


def _ladder_of(view: View, key: str) -> Ladder:
    """Return the ladder of a fact; of one that is gone, that of its sheet or of the project.

    It is read for the whole sheet, because that comes out equal after nearly every change of the sheet.
    """
    found: Mapping[str, str] = view.get("ladders in", sheet_of(key))
    ladder: Ladder = view.get("ladders")[found.get(key, found[""])]
    return ladder


class _Matters(Mapping[str, Matter]):
    """The matters as they are written, each read when it is asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, name: str) -> Matter:
        path = _FILES["matters"]
        found: Matter | None = self._view.part("register", name, (path,)).get(path)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.get("names", "matters"))

    def __len__(self) -> int:
        return len(self._view.get("names", "matters"))


def _markings(view: View, path: str) -> tuple[Marking, ...]:
    """Return the markings that a file of the content states anywhere in its records."""
    found: FileContent = view.get(FILE, path)
    accepted = found.beside if isinstance(found.beside, Accepted) else None
    records = [*(item for item in found.records if not isinstance(item, Project)), accepted]
    return tuple(sorted({marking for record in records for marking in views.stated(record)}))


def _is_marked(view: View, _: str) -> bool:
    usual: Marking = view.get("project").marking
    own = [path for path in _paths(view) if not path.startswith(layout.PROGRAM_PAGES)]
    every: dict[str, tuple[Marking, ...]] = view.every("markings", own)
    return any(marking is not usual for found in every.values() for marking in found)


def _is(view: View, name: str) -> bool:
    """Return whether there is a record, named as ``kind:id``."""
    kind, _, key = name.partition(":")
    path = _file_of(kind if kind in _FILES else "sheets", key if kind in _FILES else sheet_of(key))
    outline: Outline = view.get("outline", path)
    return key in outline.names.get(kind, ())


def _file_of(kind: str, name: str) -> str:
    return _FILES[kind].format(name)


def _record_of(kind: str) -> Callable[[View, str], Any]:
    cls = next(cls for cls, name in _PLAIN.items() if name == kind)

    def record(view: View, name: str) -> Any:
        if kind == "pages":
            own = f"content/pages/{name}.md"
            path = own if own in _paths(view) else f"{layout.PROGRAM_PAGES}/{name}.md"
        else:
            path = _file_of(kind, name)
        if path == _FILES.get(kind):
            return view.part("register", name, (path,)).get(path)
        found: FileContent = view.get(FILE, path)
        same = [item for item in found.records if isinstance(item, cls) and item.id == name]
        last = same[-1] if same else None
        return linker.in_its_language(last, view.get("project")) if isinstance(last, Brief) else last

    return record


def _register(view: View, path: str) -> Parts:
    """Return the records of a file with many, each as a part, so that a change of one concerns no other."""
    found: FileContent = view.get(FILE, path)
    return Parts({record.id: record for record in found.records})


def _ledger(view: View, brief: str) -> Records:
    """Return the records of the ledger of one brief, under its present and former names."""
    renamed: Renames = view.get("renamed")
    names = {brief, *(old for old, now in renamed.briefs.items() if now == brief)}
    folders = {f"{EDITIONS_FOLDER}/{name}" for name in names}
    return _records_in(view, (path for path in _paths(view) if path.rpartition("/")[0] in folders))


def _issued(view: View, brief: str) -> tuple[Issued, ...] | None:
    renamed: Renames = view.get("renamed")
    found = linker.issued(_ledger(view, brief), renamed.briefs, None).get(brief)
    return found and tuple(ladders.issued(item, _ladders_by_key(view), view.get("ladders")) for item in found)


def _accepted(view: View, brief: str) -> Any:
    found = linker.accepted(_ledger(view, brief), view.get("renamed")).get(brief)
    return found and ladders.accepted(found, _ladders_by_key(view), view.get("ladders"))


def _ladders_by_key(view: View) -> Callable[[str], Ladder]:
    return functools.partial(_ladder_of, view)


def _reviews(view: View, brief: str) -> tuple[Review, ...] | None:
    return linker.reviews(_ledger(view, brief), view.get("renamed").briefs).get(brief)


def _all_in(path: str, view: View, _: str) -> tuple[Any, ...]:
    found: FileContent = view.get(FILE, path)
    return found.records


def _signed(view: View, brief: str) -> tuple[CheckedSignature, ...] | None:
    """Return the signatures of a brief; they are compared with the keys again only after a change."""
    found = signed.by_brief(_ledger(view, brief).signatures, view.get("renamed").briefs).get(brief)
    return signed.checked(found, view.get("signing keys"), view.get("signed keys")) if found else None


def _fact(view: View, key: str) -> Any:
    written = _Written(view)
    fact = written.get(key)
    return derived.linked(fact, written, AllOf(view, "sources")) if fact else None


def _sheet(view: View, name: str) -> FactSheet | None:
    found: FileContent = view.get(FILE, _file_of("sheets", name))
    sheet = next((item for item in found.records if isinstance(item, FactSheet)), None)
    return linker.resting_on(sheet, AllOf(view, "facts")) if sheet else None


def _entry_of(register: str) -> Callable[[View, str], Any]:
    def entry(view: View, key: str) -> Any:
        sheet: FactSheet | None = view.get("sheets", sheet_of(key))
        same = [item for item in getattr(sheet, register, ()) if item.id == key]
        return same[-1] if same else None

    return entry


def _named(view: View, _: str) -> tuple[NamedRecord, ...]:
    """Return the systems and the actors by their names."""
    kinds = [view.every(kind, view.get("names", kind)).values() for kind in ("systems", "actors")]
    return tuple(by_name(record) for records in kinds for record in records if record)


def _named_in(view: View, sheet: str) -> dict[str, tuple[Key, ...]]:
    """Return what the facts of a sheet name, as ``kind:id``, each with these facts."""
    found: FactSheet | None = view.get("sheets", sheet)
    named = named_by(found.facts) if found else {}
    return {f"{kind}:{name}": keys for (kind, name), keys in named.items()}


def _named_anywhere(view: View, _: str) -> dict[str, tuple[Key, ...]]:
    found: dict[str, list[Key]] = {}
    for named in view.every("records named in", view.get("names", "sheets")).values():
        for name, keys in named.items():
            found.setdefault(name, []).extend(keys)
    return {name: tuple(keys) for name, keys in found.items()}


def _about(view: View, name: str) -> tuple[Key, ...]:
    found: tuple[Key, ...] = view.get("records named").get(name, ())
    return found


def _entries_of_matters(view: View, sheet: str) -> dict[str, tuple[Key, ...]]:
    """Return the matters that the entries of a sheet are about, each with these entries."""
    found: FactSheet | None = view.get("sheets", sheet)
    return by_matter(found.entries, AllOf(view, "facts")) if found else {}


def _entries_of_matters_anywhere(view: View, _: str) -> dict[str, tuple[Key, ...]]:
    every = view.every("entries of matters in", view.get("names", "sheets")).values()
    found: dict[str, list[Key]] = {}
    for matters in every:
        for name, keys in matters.items():
            found.setdefault(name, []).extend(keys)
    return {name: tuple(keys) for name, keys in found.items()}


def _entries_about(view: View, matter: str) -> tuple[Key, ...]:
    found: tuple[Key, ...] = view.get("entries of matters").get(matter, ())
    return found


# -------------------------------------------------------------------------------------------- references


def _known(view: View) -> KnownNames:
    """Return the names that a reference may have. Those of broken files are known by the names of these."""
    broken: frozenset[str] = view.get("broken")
    named = {folder: linker.broken_in(broken, folder) for folder in ("sources", "briefs", "facts")}
    return KnownNames(
        **{
            kind: _Names(view, kind, named.get("facts" if kind == "sheets" else kind, frozenset()))
            for kind in _FILES
            if kind != "verifications"
        },
        ladders=ladders.known(_own_ladders(view)),
        in_use=view.get("ladders"),
        of_project=view.get("project").ladder,
        unread_words=linker.defined(view.get(FILE, LADDERS_FILE).ladder_words),
        described=_Matters(view),
        facts=_Names(view, "facts"),
        registers={register: _Names(view, register) for register in REGISTERS},
        instruments=view.get("project").own_words.instrument_names,
        renamed=view.get("renamed"),
        broken=broken,
        captures=view.get("captures") or "",
    )


def _lost(view: View, path: str) -> tuple[Finding, ...]:
    found: FileContent = view.get(FILE, path)
    records: dict[str, list[Any]] = {}
    for record in found.records:
        if (kind := _PLAIN.get(type(record))) is not None and kind != "pages":
            records.setdefault(kind, []).append(record)
    accepted = {path: found.beside} if isinstance(found.beside, Accepted) else {}
    fields: dict[str, Any] = {kind: tuple(items) for kind, items in records.items()}
    given = Records(view.get("project"), accepted=accepted, ladder_words=found.ladder_words, **fields)
    return tuple(ReferenceCheck(_known(view)).of_each(given))


def _ledger_paths(view: View) -> list[str]:
    return [path for path in _paths(view) if path.startswith(f"{EDITIONS_FOLDER}/")]


def _seals(view: View, _: str) -> Mapping[str, Any]:
    records = dataclasses.replace(_records_in(view, _ledger_paths(view)), broken=view.get("broken"))
    return linker.sealed(records, view.get("renamed"))


def _lost_of_all(view: View, _: str) -> tuple[Finding, ...]:
    paths = dict.fromkeys((*view.get("all names")["former"], *_ledger_paths(view)))
    records = dataclasses.replace(_records_in(view, paths), broken=view.get("broken"))
    return tuple(ReferenceCheck(_known(view)).of_all(records))


def _problems(view: View, path: str) -> tuple[Finding, ...]:
    found: FileContent = view.get(FILE, path)
    return (*found.findings, *view.get("lost", path))


def _all_problems(view: View, _: str) -> tuple[Finding, ...]:
    every: dict[str, tuple[Finding, ...]] = view.every("problems", _paths(view))
    found = [finding for findings in every.values() for finding in findings]
    return (*found, *view.get("lost of all"))


# ------------------------------------------------------------------------------------------------ library


class _Names(Set[str]):
    """The names of all records of a kind, and others; whether one is among them, its file alone says."""

    def __init__(self, view: View, kind: str, others: frozenset[str] = frozenset()) -> None:
        self._view = view
        self._kind = kind
        self._others = others

    def __contains__(self, name: object) -> bool:
        return name in self._others or (bool(name) and bool(self._view.get("is", f"{self._kind}:{name}")))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._view.get("names", self._kind), *self._others)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Written(Mapping[str, Fact]):
    """The facts as they are written, each read from its sheet when it is asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, key: str) -> Fact:
        found: FileContent = self._view.get(FILE, _file_of("sheets", sheet_of(key)))
        facts = [fact for sheet in found.records if isinstance(sheet, FactSheet) for fact in sheet.facts]
        same = [fact for fact in facts if fact.id == key]
        if not same:
            raise KeyError(key)
        return ladders.linked(same[-1], _ladder_of(self._view, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.get("names", "facts"))

    def __len__(self) -> int:
        return len(self._view.get("names", "facts"))


class AllOf(Mapping[str, Any]):
    """All records of a kind, by id, read when they are asked for, by the rule of that name or another."""

    def __init__(self, view: View, kind: str, rule: str = "") -> None:
        self._view = view
        self._kind = kind
        self._rule = rule or kind

    def __getitem__(self, name: str) -> Any:
        found = self._view.get(self._rule, name) if name else None
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        if self._kind in ("facts", *REGISTERS, *_FILES):
            return name in _Names(self._view, self._kind)
        return name in self._view.get("names", self._kind)

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.get("names", self._kind))

    def __len__(self) -> int:
        return len(self._view.get("names", self._kind))

    def _every(self) -> dict[str, Any]:
        return self._view.every(self._rule, self._view.get("names", self._kind))

    def values(self) -> Any:
        """Return all records: one entry in the record of what was read."""
        return self._every().values()

    def items(self) -> Any:
        """Return all records with their ids, likewise."""
        return self._every().items()


def _all_of(kind: str) -> Any:
    return property(lambda self: AllOf(self._view, kind))


class RecordedLibrary(Library):
    """A library as of now of which every look-up is on record."""

    __slots__ = ("_view",)
    _view: View

    def __init__(self, view: View) -> None:
        object.__setattr__(self, "_view", view)

    def __replace__(self, **_: object) -> Never:
        raise TypeError("a recorded library cannot be copied")

    def about(self, kind: str, name: str) -> tuple[Key, ...]:
        """Return the facts that name a source, origin, actor, system or matter."""
        found: tuple[Key, ...] = self._view.get("about", f"{kind}:{name}")
        return found

    def entries_about(self, matter: str) -> tuple[Key, ...]:
        """Return the entries of registers that are about a matter."""
        found: tuple[Key, ...] = self._view.get("entries about", matter)
        return found

    def has_come(self, moment: str) -> bool:
        """Return whether the moment has come until which an edition is held."""
        return bool(self._view.get("has come", moment))

    def named(self) -> tuple[NamedRecord, ...]:
        """Return the systems and the actors by their names."""
        found: tuple[NamedRecord, ...] = self._view.get("names of records")
        return found

    project = property(lambda self: self._view.get("project"))
    ladders = property(lambda self: self._view.get("ladders"))
    renamed = property(lambda self: self._view.get("renamed"))
    is_marked = property(lambda self: self._view.get("is marked"))
    seals = property(lambda self: self._view.get("seals"))
    broken = property(lambda self: self._view.get("broken"))
    captures = property(lambda self: self._view.get("captures") or "")
    is_whole = property(lambda self: not self.broken)
    later: Mapping[str, datetime.date] = MappingProxyType({})
    otherwise: frozenset[str] = frozenset()
    as_of: datetime.date | None = None
    level: Marking | None = None
    withheld: Mapping[str, int] = MappingProxyType({})
    reduced: Mapping[str, Issued] = MappingProxyType({})
    sources = _all_of("sources")
    origins = _all_of("origins")
    actors = _all_of("actors")
    systems = _all_of("systems")
    matters = _all_of("matters")
    sheets = _all_of("sheets")
    facts = _all_of("facts")
    disagreements = _all_of("disagreements")
    gaps = _all_of("gaps")
    milestones = _all_of("milestones")
    judgements = _all_of("judgements")
    briefs = _all_of("briefs")
    pages = _all_of("pages")
    verifications = _all_of("verifications")
    issued = _all_of("issued")
    accepted = _all_of("accepted")
    signed = _all_of("signed")
    reviews = _all_of("reviews")
    signing_keys = property(lambda self: self._view.get("signing keys"))
    signed_keys = property(lambda self: self._view.get("signed keys"))
