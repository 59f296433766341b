"""New records for people to complete: a skeleton with notes, in the file where it belongs.

A skeleton says by empty fields what has to be written: ``briefing check`` asks for these only.
What is in a file already stays as it is, comments and order included. To add a kind, add it to ``KINDS``.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from briefing.content import decode, field_docs, layout, schemas, yaml_nodes
from briefing.model.findings import Finding, Place, UsageError, nearest, ordered
from briefing.model.matters import Matter
from briefing.model.scales import FactKind
from briefing.model.sources import Actor, Origin, System
from briefing.store.disk import Texts
from briefing.store.records import Records

MOST = 12
"""A new brief has a line for at most so many facts."""
_TEMPLATES = Path(__file__).parents[1] / "starters" / "new"
_SHEETS, _BRIEFS, _SOURCES = "content/facts", "content/briefs", "content/sources"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a call says about a new record besides its name."""

    called: str = ""
    """The title or name that briefs print; by default made from the name."""
    source: str = ""
    """The source that its facts cite."""
    sheets: tuple[str, ...] = ()
    """The sheets to which it belongs."""

    @property
    def given(self) -> frozenset[str]:
        """The names of what the call says."""
        return frozenset(item.name for item in dataclasses.fields(self) if getattr(self, item.name))


@dataclass(frozen=True, slots=True)
class Made:
    """New records, written."""

    paths: tuple[str, ...]
    """Their files, each once."""
    findings: tuple[Finding, ...]
    """What is to be completed, in order of place."""
    texts: Texts
    """The texts of the project with the new records."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record for which there is a skeleton."""

    meaning: str
    """What it is, for the help."""
    add: Callable[[_Project, str, Wish], tuple[str, str]]
    """Return the path of the file with the new record, and its new text."""
    takes: frozenset[str] = frozenset({"called"})
    """What a call may say about it: names of fields of a wish."""


@dataclass(slots=True)
class _Project:
    """The texts of a project, with the new records so far."""

    texts: dict[str, str]
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def in_folder(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files in a folder of the content."""
        paths = (path.rpartition("/") for path in self.texts)
        return tuple(name.rpartition(".")[0] for above, _, name in paths if above == folder)

    def node(self, path: str) -> yaml_nodes.Mapping:
        """Return the fields of a file. Raises UsageError if it cannot be read, and so not be extended."""
        node, findings = yaml_nodes.parse(self.texts[path], path)
        if isinstance(node, yaml_nodes.Mapping):
            return node
        found = next(iter(findings), None)
        what = f"{found.at}: {found.message}" if found else "expected names with their fields"
        raise UsageError(f"{path} has an error, so nothing was written; correct it first: {what}")

    def choice(self, what: str, named: str, folder: str) -> str:
        """Return the name of a file in a folder: the one given, or the only one; "" if there are several.

        Raises UsageError if there is no file of that name.
        """
        known = self.in_folder(folder)
        if named and named not in known:
            makes = "'briefing new sheet NAME' makes one"
            otherwise = makes if what == "sheet" else "'briefing source add FILE' registers one"
            raise UsageError(f"there is no {what} '{named}'; {nearest(named, known, otherwise)}")
        return named or (known[0] if len(known) == 1 else "")


def write(records: Records, kind: str, names: tuple[str, ...], wish: Wish) -> Made:
    """Write new records of a kind. Raises UsageError, before anything is written, if one cannot be made."""
    wanted = KINDS[kind]
    if odd := sorted(wish.given - wanted.takes):
        options = ", ".join(f"--{_OPTIONS[name]}" for name in odd)
        takes = ", ".join(f"--{_OPTIONS[name]}" for name in sorted(wanted.takes)) or "no options"
        raise UsageError(f"{options}: a new {kind} takes {takes}")
    project = _Project(dict(records.texts.texts))
    paths: dict[str, None] = {}
    has_schemas = (records.root / schemas.FOLDER).is_dir()
    for name in names:
        path, text = wanted.add(project, name, wish)
        is_new = has_schemas and path not in project.texts
        project.texts[path] = (schemas.modeline(path) if is_new else "") + text
        paths[path] = None
    texts = dataclasses.replace(records.texts, texts=project.texts, digest="")
    records.write({path: _bytes_of(records.root / path, project.texts[path]) for path in paths})
    return Made(tuple(paths), _to_complete(records.texts, texts, tuple(paths)), texts)


_OPTIONS = {"called": "called", "source": "source", "sheets": "sheet"}


def _bytes_of(file: Path, text: str) -> bytes:
    """Return the new bytes of a file, with the ends of lines that it has."""
    is_of_windows = file.is_file() and b"\r\n" in file.read_bytes()
    return text.replace("\n", "\r\n" if is_of_windows else "\n").encode()


def _to_complete(before: Texts, after: Texts, paths: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings of the reading of some files that were not there before."""

    def found(texts: Texts) -> Iterator[Finding]:
        for path in paths:
            if path in texts.texts:
                yield from layout.read_file(path, texts.texts[path]).findings

    # Lines move, so a finding is known by its words. The new records are below those that have the same.
    known = Counter((item.check, item.message) for item in found(before))
    fresh = []
    for item in ordered(found(after)):
        known[item.check, item.message] -= 1
        if known[item.check, item.message] < 0:
            fresh.append(item)
    return tuple(fresh)


def _refuse_name(name: str, path: str, known: tuple[str, ...], what: str) -> None:
    for item in decode.check_name(name, Place(path)):
        raise UsageError(f"{item.message}: {item.hint}")
    if name in known:
        raise UsageError(f"the {what} '{name}' is already in {path}; choose another name, or change it there")


def _title(name: str, wish: Wish) -> str:
    return wish.called or name.replace("-", " ").capitalize()


def _template(file: str, **words: str) -> str:
    return Template((_TEMPLATES / file).read_text("utf-8")).substitute(words)


def _as_yaml(text: str) -> str:
    """Return a text as a value on its line; in quotation marks where YAML would read something else."""
    is_plain = re.fullmatch(r"[^\W\d_][\w ’'.()/-]*", text) and text == text.strip()
    return text if is_plain and text.lower() != "null" else json.dumps(text, ensure_ascii=False)


# ----------------------------------------------------------------------------------------- files of their own


def _sheet(project: _Project, name: str, wish: Wish) -> tuple[str, str]:
    path = f"{_SHEETS}/{name}.yaml"
    _refuse_name(name, path, project.in_folder(_SHEETS), "sheet")
    source = project.choice("source", wish.source, _SOURCES)
    defaults = "" if source else "#"
    lines = ("defaults:", f"  source: {source or 'courier'}", "  kind: context")
    words = {
        "name": name,
        "title": _as_yaml(_title(name, wish)),
        "defaults": "\n".join(f"{defaults}{line}" for line in lines),
    }
    return path, _template("sheet.yaml", **words)


def _brief(project: _Project, name: str, wish: Wish) -> tuple[str, str]:
    path = f"{_BRIEFS}/{name}.md"
    _refuse_name(name, path, project.in_folder(_BRIEFS), "brief")
    named = wish.sheets or tuple(filter(None, (name if name in project.in_folder(_SHEETS) else "",)))
    sheets = [project.choice("sheet", sheet, _SHEETS) for sheet in named] or [
        project.choice("sheet", "", _SHEETS)
    ]
    if not all(sheets):
        known = ", ".join(project.in_folder(_SHEETS)) or "there is none; 'briefing new sheet NAME' makes one"
        raise UsageError(f"name the sheets of the brief with --sheet: {known}")
    links = [link for sheet in sheets for link in _links(project, sheet)][:MOST]
    words = {
        "title": _as_yaml(_title(name, wish)),
        "sheets": ", ".join(sheets),
        "body": "\n\n".join(links) or "Nothing is known yet.",
    }
    return path, _template("brief.md", **words)


def _links(project: _Project, sheet: str) -> Iterator[str]:
    """Yield a line for each fact of a sheet, for the author to complete as a sentence."""
    facts = _field(project.node(f"{_SHEETS}/{sheet}.yaml"), "facts")
    for key, item in facts.items if isinstance(facts, yaml_nodes.Mapping) else ():
        words = "" if isinstance(item, yaml_nodes.Mapping) and _field(item, "value") else "your own words"
        yield f"… [{words}](fact:{sheet}.{key.text}) …"


# ------------------------------------------------------------------------------------------ within a sheet


def _fact(project: _Project, name: str, wish: Wish) -> tuple[str, str]:
    sheet, dot, rest = name.partition(".")
    if not dot:
        sheets = ", ".join(project.in_folder(_SHEETS)) or "none yet; 'briefing new sheet NAME' makes one"
        raise UsageError(f"expected SHEET.NAME, found '{name}'; the sheets are {sheets}")
    sheet = project.choice("sheet", sheet, _SHEETS)
    path = f"{_SHEETS}/{sheet}.yaml"
    node = project.node(path)
    there = _field(node, "facts")
    taken = [
        there,
        *(_field(node, register) for register in ("disagreements", "gaps", "milestones", "judgements")),
    ]
    known = tuple(key.text for item in taken if isinstance(item, yaml_nodes.Mapping) for key, _ in item.items)
    _refuse_name(rest, path, known, "record")
    defaults = _field(node, decode.DEFAULTS)
    usual = [key.text for key, _ in defaults.items] if isinstance(defaults, yaml_nodes.Mapping) else []
    source = (
        "" if wish.source == "" and "source" in usual else project.choice("source", wish.source, _SOURCES)
    )
    passage = '5 "key words", "more key words"'
    if "source" not in usual or wish.source:
        passage = f"{source or 'SOURCE'} {passage}"
    kinds = ", ".join(item.value for item in FactKind)
    kind = "" if "kind" in usual else f"    kind: {FactKind.CONTEXT.value}   # One of {kinds}.\n"
    block = _template("fact.yaml", name=rest, kind=kind, passage=passage)
    text = _within(project.texts[path], node, "facts", block, path)
    written, _ = yaml_nodes.parse(text, path)
    facts = _field(written, "facts") if isinstance(written, yaml_nodes.Mapping) else None
    if not isinstance(facts, yaml_nodes.Mapping) or rest not in [key.text for key, _ in facts.items]:
        raise UsageError(f"the facts of {path} cannot be extended; write each fact on lines of its own first")
    return path, text


def _within(text: str, node: yaml_nodes.Mapping, name: str, block: str, path: str) -> str:
    """Return the text of a file with a block more at the end of one of its mappings."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    keys = {key.text: (key.at.line, item) for key, item in node.items}
    if name not in keys:
        return "".join((*lines, f"{name}:\n", block))
    begin, item = keys[name]
    if item.at.line == begin:
        opened = re.fullmatch(rf"({name}:)\s*(?:\{{\s*\}})?[ \t]*(#.*)?\n", lines[begin - 1])
        if opened is None:
            raise UsageError(f"the {name} of {path} are between braces; write each on lines of its own first")
        lines[begin - 1] = f"{name}:{'   ' + opened[2] if opened[2] else ''}\n"
    end = min((line for line, _ in keys.values() if line > begin), default=len(lines) + 1) - 1
    # What is just above the next field belongs to that: empty lines and notes at the margin.
    while end > begin and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    spaced = "\n" if any(not line.strip() for line in lines[begin:end]) else ""
    indent = _indent(item)
    block = "".join(
        line.replace("  ", indent, 1) if indent else line for line in block.splitlines(keepends=True)
    )
    return "".join((*lines[:end], spaced, block, *lines[end:]))


def _indent(item: yaml_nodes.Node) -> str:
    """Return the spaces before the names of a mapping, where it has any."""
    first = item.items[0][0] if isinstance(item, yaml_nodes.Mapping) and item.items else None
    return " " * (first.at.column - 1) if first else ""


def _field(node: yaml_nodes.Mapping, name: str) -> yaml_nodes.Node | None:
    return next((item for key, item in node.items if key.text == name), None)


# ------------------------------------------------------------------------------------------ registers


def _registered(cls: type[Any], project: _Project, name: str, wish: Wish) -> tuple[str, str]:
    """Add a record to the register of its type."""
    path = field_docs.REGISTER_FILES[cls]
    what = cls.__name__.lower()
    before = project.texts.get(path, "")
    known = tuple(key.text for key, _ in project.node(path).items) if before.strip() else ()
    _refuse_name(name, path, known, what)
    entry = field_docs.entry(cls, name, _as_yaml(wish.called) if wish.called else "")
    if wish.sheets or "sheets" in KINDS[what].takes:
        topic = project.choice("sheet", next(iter(wish.sheets), ""), _SHEETS)
        entry = re.sub(r"(?m)^  topic:", f"  topic: {topic}".rstrip(), entry)
    return path, _appended(before, entry)


def _ladder(project: _Project, name: str, wish: Wish) -> tuple[str, str]:
    """Add a ladder to those of the project."""
    path = layout.LADDERS_FILE
    before = project.texts.get(path, "")
    known = tuple(key.text for key, _ in project.node(path).items) if before.strip() else ()
    _refuse_name(name, path, known, "ladder")
    text = _template("ladder.yaml", name=name, title=_as_yaml(_title(name, wish)))
    return path, _appended(before, text.rstrip())


def _appended(before: str, block: str) -> str:
    """Return the text of a register with a block more at its end."""
    if before and not before.endswith("\n"):
        before += "\n"
    is_spaced = "\n\n" in before.strip("\n")
    return f"{before}{chr(10) if before and is_spaced else ''}{block}\n"


KINDS: Mapping[str, Kind] = {
    "sheet": Kind("the facts of one topic", _sheet, frozenset({"called", "source"})),
    "fact": Kind("a statement with its passage, named SHEET.NAME", _fact, frozenset({"source"})),
    "brief": Kind("a brief on one page", _brief, frozenset({"called", "sheets"})),
    "actor": Kind("somebody who speaks or is concerned", functools.partial(_registered, Actor)),
    "system": Kind("a thing that facts are about", functools.partial(_registered, System)),
    "origin": Kind("a statement that sources relay", functools.partial(_registered, Origin)),
    "matter": Kind("an undertaking", functools.partial(_registered, Matter), frozenset({"called", "sheets"})),
    "ladder": Kind("the steps of one kind of undertaking", _ladder),
}
"""The kinds of records that the command makes, by the word of the call."""
