"""The layout of a project's folder, and the reading of its texts into records.

This is the only module that knows that layout, and the pages that the program adds to every project. It reads
every file to the end, whatever the errors in the others.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from briefing.content import decode, linker, suppressions, yaml_nodes
from briefing.content.decode import LadderWord
from briefing.content.linker import Records
from briefing.content.seals import ACCEPTED, EDITIONS_FOLDER, REVIEWS, SEALS, SIGNATURES, WITHDRAWN
from briefing.content.signed import KEYS_FILE, SIGNED_KEYS_FILE
from briefing.model.briefs import Brief, Page
from briefing.model.facts import FactSheet
from briefing.model.findings import Finding, Place, nearest_of, on_characters
from briefing.model.ladders import Ladder
from briefing.model.ledger import Accepted, Issued, Seals, Withdrawal
from briefing.model.library import Project
from briefing.model.matters import Matter
from briefing.model.project_words import NO_WORDS, ProjectWords
from briefing.model.scales import Marking
from briefing.model.signatures import Reviews, Signatures, SignedKeys, SigningKey
from briefing.model.sources import Actor, Origin, Source, System, Verification
from briefing.model.values import Placed, place_of
from briefing.store import disk, versions
from briefing.store.disk import Texts
from briefing.store.request import FOLDERS, PROJECT_FILE

_T = TypeVar("_T")
VERIFICATION_FILE = "content/verification.yaml"
"""The file that ``briefing verify --record`` writes."""
WORDS_FILE = "content/words.yaml"
"""The file of the project's own words."""
LADDERS_FILE = "content/ladders.yaml"
"""The file of the project's own ladders."""
_REGISTERS: dict[str, type[Any]] = {
    "content/origins.yaml": Origin,
    "content/actors.yaml": Actor,
    "content/systems.yaml": System,
    "content/matters.yaml": Matter,
    LADDERS_FILE: Ladder,
    VERIFICATION_FILE: Verification,
    KEYS_FILE: SigningKey,
    SIGNED_KEYS_FILE: SignedKeys,
}
_KINDS: dict[tuple[str, str], type[Any]] = {
    ("content/sources", ".yaml"): Source,
    ("content/facts", ".yaml"): FactSheet,
    ("content/briefs", ".md"): Brief,
    ("content/pages", ".md"): Page,
}
_BESIDE: Mapping[str, type[Any]] = {
    ACCEPTED: Accepted,
    SEALS: Seals,
    SIGNATURES: Signatures,
    REVIEWS: Reviews,
}
"""The records beside the editions of a brief, by the name of their file, apart from the withdrawals."""
_MOVE_BACK = "move it back; if the brief was renamed, write 'formerly:' in the brief"
PROGRAM_PAGES = "briefing/pages"
"""The folder of the pages that the program adds to every project: the handbook, the method."""
UNREAD = Project("", "", "", (), Marking.CLEAR, "")
"""The project where its file has errors, so that references can be followed at least."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """What one file of the content holds."""

    records: tuple[Any, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressions: tuple[suppressions.Suppression, ...] = ()
    is_broken: bool = False
    """Whether it has errors, so that records may be missing."""
    beside: Any = None
    """What a file of the ledger beside the editions holds; None for any other file."""
    ladder_words: tuple[LadderWord, ...] = ()
    """Its words of ladders where its records are missing."""


@dataclass(frozen=True)
class _File:
    """The text of a file, parsed once, however often its nodes are asked for."""

    path: str
    text: str

    @functools.cached_property
    def nodes(self) -> tuple[yaml_nodes.Node | None, tuple[Finding, ...]]:
        return yaml_nodes.parse_leniently(self.text, self.path)

    @functools.cached_property
    def front(self) -> tuple[yaml_nodes.FrontMatter | None, tuple[Finding, ...]]:
        return yaml_nodes.parse_front_matter(self.text, self.path)


@dataclass(slots=True)
class _Collected:
    """The records and findings of one file so far."""

    records: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    beside: Any = None

    def take(self, result: tuple[_T | None, tuple[Finding, ...]]) -> _T | None:
        value, findings = result
        self.findings.extend(findings)
        return value

    def keep(self, record: object) -> None:
        if record is not None:
            self.records.append(record)


def load(texts: Texts) -> tuple[Records | None, tuple[Finding, ...]]:
    """Return the records of a project, read from its texts; None if the project file cannot be used."""
    read = {path: read_file(path, text) for path, text in disk.below(texts, "content").items()}
    own = {*texts.texts, *(finding.at.path for finding in texts.findings)}
    pages = {path: read_file(path, text) for path, text in added_pages(own).items()}
    findings = (
        *texts.findings,
        *(finding for item in read.values() for finding in item.findings),
        *template_problems(texts),
        *(finding for item in pages.values() for finding in item.findings),
    )
    unread = (finding.at.path for finding in texts.findings if finding.is_error)
    broken = {
        broken_name(path) for path in (*(path for path, item in read.items() if item.is_broken), *unread)
    }
    by_type: dict[type[Any], list[Any]] = {}
    for record in (record for item in (*read.values(), *pages.values()) for record in item.records):
        by_type.setdefault(type(record), []).append(record)
    projects = by_type.get(Project, [])
    words = next(iter(by_type.get(ProjectWords, ())), NO_WORDS)
    records = Records(
        project=(projects[0] if projects else UNREAD).with_words(words),
        sources=tuple(by_type.get(Source, ())),
        origins=tuple(by_type.get(Origin, ())),
        actors=tuple(by_type.get(Actor, ())),
        systems=tuple(by_type.get(System, ())),
        matters=tuple(by_type.get(Matter, ())),
        ladders=tuple(by_type.get(Ladder, ())),
        sheets=tuple(by_type.get(FactSheet, ())),
        briefs=tuple(by_type.get(Brief, ())),
        pages=tuple(by_type.get(Page, ())),
        verifications=tuple(by_type.get(Verification, ())),
        issued=tuple(by_type.get(Issued, ())),
        **beside_editions(read),
        signing_keys=tuple(by_type.get(SigningKey, ())),
        signed_keys=tuple(by_type.get(SignedKeys, ())),
        suppressions=tuple(found for item in read.values() for found in item.suppressions),
        ladder_words=tuple(word for item in read.values() for word in item.ladder_words),
        broken=frozenset(broken),
        captures=texts.captures,
    )
    if not projects:
        return None, (*findings, *linker.lost(records))
    return records, findings


def beside_editions(files: Mapping[str, FileContent]) -> dict[str, Any]:
    """Return the records beside the editions, by the name of the field of ``Records`` and by folder."""
    found: dict[str, dict[str, Any]] = {name: {} for name in _FIELDS.values()}
    for path, item in files.items():
        pure = PurePosixPath(path)
        if item.beside is not None:
            found[_FIELDS[pure.stem]][pure.parent.name] = item.beside
    return found


_FIELDS: Mapping[str, str] = {
    WITHDRAWN: "withdrawals",
    ACCEPTED: "accepted",
    SEALS: "seals",
    SIGNATURES: "signatures",
    REVIEWS: "reviews",
}


def brief_names(texts: Texts) -> tuple[str, ...]:
    """Return the names of the files of all briefs, including those with errors."""
    paths = (path for path in texts.texts if path.startswith("content/briefs/"))
    return tuple(path.rpartition("/")[2].removesuffix(".md") for path in paths)


def template_problems(texts: Texts) -> Iterator[Finding]:
    """Yield findings on the project's own templates: hidden characters, and names that a system rejects."""
    spelt: dict[str, str] = {}
    for path, text in disk.below(texts, "templates").items():
        for part in PurePosixPath(path).parts[1:]:
            yield from decode.check_file_name(part, Place(path))
        yield from on_characters(text, Place(path), is_template=True)
        first = spelt.setdefault(path.lower(), path)
        if first != path:
            message = f"on Windows and macOS this is the same file as {first}; only the case differs"
            yield Finding("name", message, Place(path), "rename one of the two")


def template_texts(texts: Texts) -> dict[str, str]:
    """Return the shipped templates and styles, or those of the project instead, by file name."""
    own = {path.removeprefix("templates/"): text for path, text in disk.below(texts, "templates").items()}
    return dict(sorted({**shipped_templates(), **own}.items()))


def own_templates(templates: Mapping[str, str]) -> dict[str, str]:
    """Return those of some templates that are not the program's."""
    shipped = shipped_templates()
    return {
        name: text for name, text in templates.items() if name.endswith(".j2") and shipped.get(name) != text
    }


@functools.cache
def shipped_templates() -> Mapping[str, str]:
    """Return the templates of the program, by file name; their folders are only for people."""
    folder = versions.templates_folder()
    return MappingProxyType(
        {
            path.name: path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.suffix in FOLDERS["templates"]
        }
    )


@functools.cache
def program_pages() -> Mapping[str, str]:
    """Return the pages of the program, as text with front matter, by name."""
    folder = Path(__file__).parents[1] / "pages"
    return MappingProxyType({path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))})


def added_pages(own: Container[str]) -> dict[str, str]:
    """Return the texts of the pages that the program adds, by path; a page of the content replaces one."""
    return {
        f"{PROGRAM_PAGES}/{name}.md": text
        for name, text in program_pages().items()
        if f"content/pages/{name}.md" not in own
    }


def read_file(path: str, text: str) -> FileContent:
    """Return what one file of the content, or one page of the program, holds."""
    pure, file = PurePosixPath(path), _File(path, text)
    read = _Collected()
    if path.startswith(f"{PROGRAM_PAGES}/"):
        read.keep(read.take(_fitted_prose(Page, pure.stem, file)))
        return FileContent(tuple(read.records), tuple(read.findings))
    if path == PROJECT_FILE:
        read.keep(read.take(_fitted(Project, file.nodes)))
    elif path == WORDS_FILE:
        read.keep(read.take(_fitted(ProjectWords, file.nodes)))
    elif path in _REGISTERS:
        for record in read.take(_fitted(_REGISTERS[path], file.nodes, decode.shape_register)) or ():
            read.keep(record)
    elif (cls := _KINDS.get((str(pure.parent), pure.suffix))) is not None:
        read.findings.extend(decode.check_name(pure.stem, Place(path)))
        if pure.suffix == ".md":
            read.keep(read.take(_fitted_prose(cls, pure.stem, file)))
        else:
            read.keep(read.take(_fitted(cls, file.nodes, id=pure.stem, at=Place(path))))
    elif str(pure.parent.parent) == EDITIONS_FOLDER and pure.suffix == ".yaml":
        _read_ledger(pure, file, read)
    else:
        known = ", ".join(
            [PROJECT_FILE, WORDS_FILE, *_REGISTERS, *(f"{folder}/*{ending}" for folder, ending in _KINDS)]
        )
        likely = [
            PROJECT_FILE,
            WORDS_FILE,
            *_REGISTERS,
            *(f"{folder}/{pure.stem}{ending}" for folder, ending in _KINDS),
        ]
        meant = nearest_of(path, likely)
        hint = (f"did you mean '{meant}'? " if meant else "") + f"The program reads {known}"
        read.findings.append(
            Finding("unknown-file", "the program does not read this file", Place(path), hint)
        )
    is_broken = any(finding.is_error for finding in read.findings)
    return FileContent(
        tuple(read.records),
        tuple(read.findings),
        tuple(suppressions.find(path, text)),
        is_broken,
        read.beside,
        _ladder_words(pure, file) if is_broken and not read.records else (),
    )


_WITH_LADDER_WORDS = (Project, Matter, Ladder, FactSheet, Brief)


def _ladder_words(pure: PurePosixPath, file: _File) -> tuple[LadderWord, ...]:
    """Return the words of ladders in a file of the content with errors, as far as it can be read."""
    path = file.path
    cls = Project if path == PROJECT_FILE else _REGISTERS.get(path)
    cls = cls or _KINDS.get((str(pure.parent), pure.suffix))
    if cls not in _WITH_LADDER_WORDS:
        return ()
    given: dict[str, object] = {"id": pure.stem, "at": Place(path)} if cls is FactSheet else {}
    if cls is Brief:
        front, findings = file.front
        node = front.head if front else None
        given = {"id": pure.stem, "at": Place(path), "body": "", "body_at": Place(path)}
    else:
        node, findings = file.nodes
    if node is None:
        return ()
    misread = {finding.at.line for finding in findings}
    words = decode.ladder_words(cls, node, is_whole=not misread, **given)
    return tuple(item for item in words if place_of(item.word, Place(path)).line not in misread)


def _read_ledger(pure: PurePosixPath, file: _File, read: _Collected) -> None:
    """Read one file of the ledger: an edition of a brief, its withdrawals, its acceptances, or the seals."""
    parsed = file.nodes
    if pure.stem == WITHDRAWN:
        read.beside = read.take(_fitted(Withdrawal, parsed, decode.shape_register)) or ()
        return
    if pure.stem in _BESIDE:
        cls = _BESIDE[pure.stem]
        read.beside = read.take(_fitted(cls, parsed)) or cls()
        for item in getattr(read.beside, "signatures", ()):
            if item.brief != pure.parent.name:
                message = f"this signature of '{item.brief}' is in the folder of '{pure.parent.name}'"
                read.findings.append(Finding("does-not-fit", message, item.at, _MOVE_BACK))
        return
    misnamed = decode.check_number(pure.stem, Place(str(pure)))
    read.findings.extend(misnamed)
    issued = None if misnamed else read.take(_fitted(Issued, parsed, id=pure.stem, at=Place(str(pure))))
    if issued and issued.brief != pure.parent.name:
        message = f"this edition of '{issued.brief}' is in the folder of '{pure.parent.name}'"
        read.findings.append(Finding("does-not-fit", message, issued.at, _MOVE_BACK))
    elif issued:
        read.keep(issued)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A kind of file that people write."""

    path: str
    """Its path; NAME for the names of several."""
    cls: type[Any]
    """The type of its record, or of its records."""
    is_register: bool
    """Whether it holds records by their names."""


def written_by_people() -> tuple[WrittenFile, ...]:
    """Return the kinds of files that people write; the program writes the others."""
    written = (VERIFICATION_FILE, SIGNED_KEYS_FILE)
    return (
        WrittenFile(PROJECT_FILE, Project, False),
        *(WrittenFile(path, cls, True) for path, cls in _REGISTERS.items() if path not in written),
        *(WrittenFile(f"{folder}/NAME{ending}", cls, False) for (folder, ending), cls in _KINDS.items()),
    )


def broken_name(path: str) -> str:
    """Return the name by which a file with errors is known: actors, facts/trams."""
    # References to records in a file that an editor named actors.yaml.txt are not reported.
    return path.removeprefix("content/").removesuffix(".txt").rpartition(".")[0]


def _fitted(
    cls: type[Any],
    parsed: tuple[yaml_nodes.Node | None, tuple[Finding, ...]],
    fit: Callable[..., tuple[Any, tuple[Finding, ...]]] = decode.shape,
    **given: object,
) -> tuple[Any, tuple[Finding, ...]]:
    node, findings = parsed
    if node is None:
        return None, findings
    return _unless_misread(findings, *fit(cls, node, **given))


def _unless_misread(
    findings: tuple[Finding, ...], value: Any, misfits: tuple[Finding, ...]
) -> tuple[Any, tuple[Finding, ...]]:
    """Return the value of a text, or None if not all of it could be read, and all findings."""
    # A line that is not valid YAML gets only that finding; others on it would be guesses.
    misread = {finding.at.line for finding in findings}
    further = (misfit for misfit in misfits if misfit.at.line not in misread)
    return (None if any(finding.is_error for finding in findings) else value), (*findings, *further)


def _fitted_prose(cls: type[Any], name: str, file: _File) -> tuple[Any, tuple[Finding, ...]]:
    front, findings = file.front
    if front is None:
        return None, findings
    written = suppressions.without(front.body)
    body = Placed(written, front.body_at, written)
    given = {"id": name, "body": body, "body_at": front.body_at, "at": Place(file.path)}
    return _unless_misread(findings, *decode.shape(cls, front.head, **given))
