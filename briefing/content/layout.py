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
from briefing.content.linker import Records
from briefing.model.briefs import Brief, Page
from briefing.model.facts import FactSheet
from briefing.model.findings import Finding, Place, nearest_of
from briefing.model.ledger import Accepted, Issued, Withdrawal
from briefing.model.library import Project
from briefing.model.scales import Marking
from briefing.model.sources import Actor, Origin, Source, System, Verification
from briefing.model.values import Placed
from briefing.store import versions
from briefing.store.disk import Texts
from briefing.store.request import FOLDERS, PROJECT_FILE

_T = TypeVar("_T")
VERIFICATION_FILE = "content/verification.yaml"
"""The file that ``briefing verify --record`` writes."""
_REGISTERS: dict[str, type[Any]] = {
    "content/origins.yaml": Origin,
    "content/actors.yaml": Actor,
    "content/systems.yaml": System,
    VERIFICATION_FILE: Verification,
}
_KINDS: dict[tuple[str, str], type[Any]] = {
    ("content/sources", ".yaml"): Source,
    ("content/facts", ".yaml"): FactSheet,
    ("content/briefs", ".md"): Brief,
    ("content/pages", ".md"): Page,
}
PROGRAM_PAGES = "briefing/pages"
"""The folder of the pages that the program adds to every project: the handbook, the method."""
EDITIONS_FOLDER = "content/editions"
"""The folder that ``briefing issue``, ``withdraw`` and ``accept`` write, with a folder for each brief."""
_UNREAD = Project("", "", "", (), Marking.CLEAR, "")
"""The project where its file has errors, so that references can be followed at least."""
WITHDRAWN = "withdrawn"
ACCEPTED = "accepted"


@dataclass(slots=True)
class _Collected:
    """The records and findings so far."""

    by_type: dict[type[Any], list[Any]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    suppressions: list[suppressions.Suppression] = field(default_factory=list)
    withdrawals: dict[str, tuple[Withdrawal, ...]] = field(default_factory=dict)
    accepted: dict[str, Accepted] = field(default_factory=dict)

    def take(self, result: tuple[_T | None, tuple[Finding, ...]]) -> _T | None:
        value, findings = result
        self.findings.extend(findings)
        return value


def load(texts: Texts) -> tuple[Records | None, tuple[Finding, ...]]:
    """Return the records of a project, read from its texts; None if the project file cannot be used."""
    read = _Collected(findings=list(texts.findings))
    for path, text in texts.texts.items():
        if path.startswith("content/"):
            _read_file(path, text, read)
    read.findings += _template_names(texts)
    _add_program_pages({*texts.texts, *(finding.at.path for finding in texts.findings)}, read)
    for finding in texts.findings:
        if finding.is_error:
            _mark_broken(finding.at.path, read)
    projects = read.by_type.get(Project, [])
    records = Records(
        project=projects[0] if projects else _UNREAD,
        sources=tuple(read.by_type.get(Source, ())),
        origins=tuple(read.by_type.get(Origin, ())),
        actors=tuple(read.by_type.get(Actor, ())),
        systems=tuple(read.by_type.get(System, ())),
        sheets=tuple(read.by_type.get(FactSheet, ())),
        briefs=tuple(read.by_type.get(Brief, ())),
        pages=tuple(read.by_type.get(Page, ())),
        verifications=tuple(read.by_type.get(Verification, ())),
        issued=tuple(read.by_type.get(Issued, ())),
        withdrawals=read.withdrawals,
        accepted=read.accepted,
        suppressions=tuple(read.suppressions),
        broken=frozenset(read.broken),
        captures=texts.captures,
    )
    if not projects:
        return None, (*read.findings, *linker.lost(records))
    return records, tuple(read.findings)


def brief_names(texts: Texts) -> tuple[str, ...]:
    """Return the names of the files of all briefs, including those with errors."""
    return tuple(PurePosixPath(path).stem for path in texts.texts if path.startswith("content/briefs/"))


def _template_names(texts: Texts) -> Iterator[Finding]:
    """Yield findings for names of the project's own templates that another system rejects or confuses."""
    spelt: dict[str, str] = {}
    for path in texts.texts:
        if not path.startswith("templates/"):
            continue
        for part in PurePosixPath(path).parts[1:]:
            yield from decode.check_file_name(part, Place(path))
        first = spelt.setdefault(path.lower(), path)
        if first != path:
            message = f"on Windows and macOS this is the same file as {first}; only the case differs"
            yield Finding("name", message, Place(path), "rename one of the two")


def template_texts(texts: Texts) -> dict[str, str]:
    """Return the shipped templates and styles, or those of the project instead, by file name."""
    own = {
        path.removeprefix("templates/"): text
        for path, text in texts.texts.items()
        if path.startswith("templates/")
    }
    return dict(sorted((shipped_templates() | own).items()))


def shipped_templates() -> dict[str, str]:
    """Return the templates of the program, by file name; their folders are only for people."""
    folder = versions.templates_folder()
    return {
        path.name: path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in FOLDERS["templates"]
    }


@functools.cache
def program_pages() -> Mapping[str, str]:
    """Return the pages of the program, as text with front matter, by name."""
    folder = Path(__file__).parents[1] / "pages"
    return MappingProxyType({path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))})


def _add_program_pages(known: Container[str], read: _Collected) -> None:
    """Read the program's pages as pages of the corpus, unless it has a page with the same name."""
    for name, text in program_pages().items():
        if f"content/pages/{name}.md" not in known:
            _keep(read, read.take(_fitted_prose(Page, name, text, f"{PROGRAM_PAGES}/{name}.md")))


def _read_file(path: str, text: str, read: _Collected) -> None:
    pure = PurePosixPath(path)
    before = len(read.findings)
    read.suppressions += suppressions.find(path, text)
    if path == PROJECT_FILE:
        _keep(read, read.take(_fitted(Project, yaml_nodes.parse_leniently(text, path))))
    elif path in _REGISTERS:
        for record in (
            read.take(
                _fitted(_REGISTERS[path], yaml_nodes.parse_leniently(text, path), decode.shape_register)
            )
            or ()
        ):
            _keep(read, record)
    elif (cls := _KINDS.get((str(pure.parent), pure.suffix))) is not None:
        read.findings.extend(decode.check_name(pure.stem, Place(path)))
        if pure.suffix == ".md":
            _keep(read, read.take(_fitted_prose(cls, pure.stem, text, path)))
        else:
            _keep(
                read,
                read.take(_fitted(cls, yaml_nodes.parse_leniently(text, path), id=pure.stem, at=Place(path))),
            )
    elif str(pure.parent.parent) == EDITIONS_FOLDER and pure.suffix == ".yaml":
        _read_ledger(pure, text, read)
    else:
        known = ", ".join([PROJECT_FILE, *_REGISTERS, *(f"{folder}/*{ending}" for folder, ending in _KINDS)])
        likely = [PROJECT_FILE, *_REGISTERS, *(f"{folder}/{pure.stem}{ending}" for folder, ending in _KINDS)]
        meant = nearest_of(path, likely)
        hint = (f"did you mean '{meant}'? " if meant else "") + f"The program reads {known}"
        read.findings.append(
            Finding("unknown-file", "the program does not read this file", Place(path), hint)
        )
    if any(finding.is_error for finding in read.findings[before:]):
        _mark_broken(path, read)


def _read_ledger(pure: PurePosixPath, text: str, read: _Collected) -> None:
    """Read one file of the ledger: an edition of a brief, its withdrawals, or its acceptances."""
    parsed = yaml_nodes.parse_leniently(text, str(pure))
    if pure.stem == WITHDRAWN:
        found = read.take(_fitted(Withdrawal, parsed, decode.shape_register))
        read.withdrawals[pure.parent.name] = found or ()
        return
    if pure.stem == ACCEPTED:
        read.accepted[pure.parent.name] = read.take(_fitted(Accepted, parsed)) or Accepted()
        return
    misnamed = decode.check_number(pure.stem, Place(str(pure)))
    read.findings.extend(misnamed)
    issued = None if misnamed else read.take(_fitted(Issued, parsed, id=pure.stem, at=Place(str(pure))))
    if issued and issued.brief != pure.parent.name:
        message = f"this edition of '{issued.brief}' is in the folder of '{pure.parent.name}'"
        hint = "move it back; if the brief was renamed, write 'formerly:' in the brief"
        read.findings.append(Finding("does-not-fit", message, issued.at, hint))
    elif issued:
        _keep(read, issued)


def _mark_broken(path: str, read: _Collected) -> None:
    # References to records in a file that an editor named actors.yaml.txt are not reported.
    read.broken.add(path.removeprefix("content/").removesuffix(".txt").rpartition(".")[0])


def _keep(read: _Collected, record: object) -> None:
    if record is not None:
        read.by_type.setdefault(type(record), []).append(record)


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


def _fitted_prose(cls: type[Any], name: str, text: str, path: str) -> tuple[Any, tuple[Finding, ...]]:
    front, findings = yaml_nodes.parse_front_matter(text, path)
    if front is None:
        return None, findings
    written = suppressions.without(front.body)
    body = Placed(written, front.body_at, written)
    given = {"id": name, "body": body, "body_at": front.body_at, "at": Place(path)}
    return _unless_misread(findings, *decode.shape(cls, front.head, **given))
