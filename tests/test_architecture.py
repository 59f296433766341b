"""The house: which module may use which, held over the imports as they stand in the source.

Nothing is imported here; the source is parsed. Every failure names the rule, the file and the line.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"
MAX_LINES = 60

ROWS: dict[str, tuple[str, ...]] = {
    "face": (
        "cli",
        "__main__",
        "report",
        "audit_report",
        "editions_report",
        "impact_report",
        "exchange",
        "reference",
    ),
    "whole": (
        "build",
        "comparing",
        "due",
        "impact",
        "preview",
        "whereused",
        "standing",
        "issuing",
        "accepting",
        "holding",
        "audit",
        "intake",
        "starter",
        "manual",
        "project",
        "request",
    ),
    "work": ("plan", "files", "workers"),
    "out": (
        "draft",
        "charting",
        "drawings",
        "galley",
        "cite",
        "abridging",
        "editions",
        "telling",
        "history",
        "templating",
        "wording",
        "formats",
        "redline",
        "calendars",
        "site",
        "archive",
        "frontpage",
        "citing",
        "feeds",
        "search",
        "twins",
        "metadata",
        "listings",
        "posters",
    ),
    "in": (
        "nodes",
        "shape",
        "ledger",
        "factfile",
        "filecopy",
        "library",
        "sentences",
        "checks",
        "verify",
        "coverage",
        "extract",
    ),
    "words": (
        "__init__",
        "model",
        "unshape",
        "amounts",
        "problems",
        "edtf",
        "links",
        "silences",
        "passages",
        "captures",
        "query",
        "reviews",
        "asof",
        "changes",
        "paragraphs",
        "acceptance",
        "suspicion",
        "disclosure",
        "lexicon",
        "numerals",
        "figures",
        "names",
        "ladder",
        "scales",
        "tally",
        "jobs",
        "record",
        "fielddocs",
        "versions",
    ),
}
"""Row -> its modules and packages, from the top of the house to its floor."""
HEIGHT = {"face": 4, "whole": 3, "work": 2, "out": 1, "in": 1, "words": 0}

DOORS: dict[str, tuple[str, ...]] = {
    "yaml": ("nodes",),
    "jinja2": ("templating",),
    "markupsafe": ("templating", "formats.html", "metadata", "redline.page", "drawings", "drawings.svg"),
    "markdown_it": ("formats.html",),
    "weasyprint": ("formats.typesetting",),
    "pydyf": ("formats.archiving", "formats.tagging"),
    "fontTools": ("formats.webfonts",),
    "babel": ("wording",),
    "pypandoc": ("redline.word",),
    "icalendar": ("calendars",),
    "sentencex": ("sentences",),
    "trafilatura": ("extract.html",),
    "pypdfium2": ("extract.pdf", "posters"),
    "click": (
        "cli",
        "cli.accepting",
        "cli.console",
        "cli.diff",
        "cli.due",
        "cli.editions",
        "cli.handbook",
        "cli.impact",
        "cli.init",
        "cli.making",
        "cli.program",
        "cli.sources",
        "report",
        "impact_report",
        "reference",
    ),
}
"""Every library that is not Python's own, and the modules that may import it."""
PYTHONS_OWN = sys.stdlib_module_names

CLOCK = (
    "datetime.date.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.now",
    "datetime.utcnow",
)
CLOCK_MODULES = ("time",)
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "os.unsetenv")
MAY_READ_ENVIRONMENT = {
    "cli.program": "it asks whether colour is wanted",
    "cli.streams": "it asks what the terminal can do, and how wide it is",
    "cli.making": "it asks on how many processors it may run",
    "workers": "it passes the environment on to the processes that it starts",
    "formats.typesetting": "it shows the font library, which listens to nothing else, where the fonts are",
}


@dataclass(frozen=True)
class Import:
    """One name that a module takes from another; ``of`` is the module's full name, ``name`` what is taken."""

    of: str
    name: str
    line: int


@dataclass(frozen=True)
class Module:
    """One file of the program: its name below the package, and its syntax."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(PACKAGE.parent).as_posix()}:{line}"


def module_named(name: str, path: Path) -> Module:
    return Module(name, path, ast.parse(path.read_text("utf-8")))


def modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if len(parts) > 1 and parts[-1] == "__init__":
            parts = parts[:-1]
        found.append(module_named(".".join(parts), path))
    return found


MODULES = modules()
NAMES = {module.name for module in MODULES}


@functools.cache
def imports(module: Module) -> tuple[Import, ...]:
    """Every import of a module, wherever it stands: late imports keep the house as well."""
    return tuple(_imports(module))


def _imports(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", node.lineno)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(full_name(module, node), alias.name, node.lineno)


def full_name(module: Module, node: ast.ImportFrom) -> str:
    """The module of a ``from`` import; a relative one is made absolute, so that dots hide nothing."""
    if not node.level:
        return node.module or ""
    home = ["briefing", *module.name.split(".")]
    kept = home[: len(home) - node.level + (1 if module.is_package else 0)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def own_module(taken: Import) -> str | None:
    """The module of the program that an import leads to; None for libraries."""
    whole = f"{taken.of}.{taken.name}".rstrip(".")
    if whole != "briefing" and not whole.startswith("briefing."):
        return None
    inner = whole.removeprefix("briefing").removeprefix(".")
    while inner and inner not in NAMES:
        inner = inner.rpartition(".")[0]
    return inner or "__init__"


def row_of(name: str) -> str | None:
    first = name.partition(".")[0]
    return next((row for row, members in ROWS.items() if first in members), None)


def broken_rows(module: Module) -> Iterator[str]:
    mine = row_of(module.name)
    for taken in imports(module):
        target = own_module(taken)
        if mine is None or target is None:
            continue
        theirs = row_of(target)
        if theirs is None or theirs == mine:
            continue
        if HEIGHT[theirs] >= HEIGHT[mine]:
            yield (
                f"{module.at(taken.line)}: {module.name} ({mine}) imports {target} ({theirs}); "
                "a module imports only from the rows below, or from its own"
            )


def broken_doors(module: Module) -> Iterator[str]:
    for taken in imports(module):
        library = taken.of.partition(".")[0]
        is_outside = library not in PYTHONS_OWN and library != "briefing"
        if is_outside and module.name not in DOORS.get(library, ()):
            doors = ", ".join(DOORS.get(library, ())) or "no module"
            yield f"{module.at(taken.line)}: {module.name} imports {library}; its only door is {doors}"
        if library == "markupsafe" and taken.name != "Markup" and module.name != "templating":
            yield (
                f"{module.at(taken.line)}: {module.name} imports markupsafe.{taken.name}; "
                "only templating decides what is escaped"
            )


def broken_clock(module: Module) -> Iterator[str]:
    if module.name == "cli.console":
        return
    for line, name in dotted_names(module.tree):
        if name in CLOCK:
            yield f"{module.at(line)}: {module.name} reads the clock ({name}); only console does"
    for taken in imports(module):
        if taken.of in CLOCK_MODULES:
            yield f"{module.at(taken.line)}: {module.name} imports {taken.of}; only console reads the clock"


def broken_environment(module: Module) -> Iterator[str]:
    if module.name in MAY_READ_ENVIRONMENT:
        return
    for line, name in dotted_names(module.tree):
        if name in ENVIRONMENT:
            yield f"{module.at(line)}: {module.name} reads the environment ({name}); only console does"
    for taken in imports(module):
        if f"{taken.of}.{taken.name}" in ENVIRONMENT:
            yield f"{module.at(taken.line)}: {module.name} takes {taken.of}.{taken.name}; only console does"


def dotted_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            parts, inner = [node.attr], node.value
            while isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name):
                yield node.lineno, ".".join([inner.id, *reversed(parts)])


def all_broken(rule: str, found: Iterable[str]) -> None:
    broken = sorted(found)
    assert not broken, f"{rule}:\n" + "\n".join(broken)


# ------------------------------------------------------------------------------------------- the house


def test_every_module_has_its_row() -> None:
    homeless = [module.at(1) for module in MODULES if row_of(module.name) is None]
    assert not homeless, f"these modules stand in no row of the house; give them one in ROWS: {homeless}"


def test_no_row_names_a_module_that_is_gone() -> None:
    known = {name.partition(".")[0] for name in NAMES}
    assert {name for members in ROWS.values() for name in members} <= known


def test_modules_import_downwards_only_and_in_and_out_never_meet() -> None:
    all_broken("rows", (line for module in MODULES for line in broken_rows(module)))


@pytest.mark.parametrize("library", DOORS)
def test_every_library_has_one_door(library: str) -> None:
    broken = (line for module in MODULES for line in broken_doors(module))
    all_broken("doors", (line for line in broken if f" imports {library}" in line))


def test_no_library_comes_in_without_a_door() -> None:
    taken = {item.of.partition(".")[0] for module in MODULES for item in imports(module)}
    assert taken - PYTHONS_OWN - {"briefing"} <= set(DOORS), "give a new library its door in DOORS"


def test_every_door_is_used() -> None:
    used = {(taken.of.partition(".")[0], module.name) for module in MODULES for taken in imports(module)}
    idle = [
        (library, door) for library, doors in DOORS.items() for door in doors if (library, door) not in used
    ]
    assert not idle, f"these doors lead nowhere any more; close them in DOORS: {idle}"


def test_only_the_command_line_reads_the_clock() -> None:
    all_broken("clock", (line for module in MODULES for line in broken_clock(module)))


def test_only_the_command_line_reads_the_environment() -> None:
    all_broken("environment", (line for module in MODULES for line in broken_environment(module)))


BREACHES = {
    "upwards": ("model", "from briefing.build import pipeline", broken_rows),
    "upwards, late": ("model", "def late():\n    import briefing.cli", broken_rows),
    "upwards, with dots": ("model", "from .checks import prose", broken_rows),
    "upwards, from within a package": ("formats.html", "from .. import project", broken_rows),
    "from in to out": ("shape", "from briefing.formats import html", broken_rows),
    "from out to in": ("cite", "from briefing.content import yaml_nodes", broken_rows),
    "past the door": ("shape", "import yaml", broken_doors),
    "past the door, late": ("cite", "def late():\n    from weasyprint.text import fonts", broken_doors),
    "an unknown library": ("model", "import attrs", broken_doors),
    "escaping elsewhere": ("formats.html", "from markupsafe import escape", broken_doors),
    "the day": ("cite", "import datetime\nTODAY = datetime.date.today()", broken_clock),
    "the time": ("plan", "import time", broken_clock),
    "the environment": ("files", "import os\nHOME = os.environ['HOME']", broken_environment),
    "the environment by name": ("files", "from os import environ", broken_environment),
}


@pytest.mark.parametrize("story", BREACHES)
def test_a_breach_is_told_with_its_line(story: str) -> None:
    name, source, rule = BREACHES[story]
    path = PACKAGE.joinpath(*name.split(".")).with_suffix(".py")
    told = list(rule(Module(name, path, ast.parse(source))))
    line = len(source.splitlines())
    assert len(told) == 1
    assert told[0].startswith(f"briefing/{PurePosixPath(*name.split('.'))}.py:{line}: {name} ")


# --------------------------------------------------------------------------------------------- manners


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{module.at(node.lineno)}: {node.name} has {length} lines, more than {MAX_LINES}"
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MAX_LINES
    ]
    all_broken("length", long)


def public(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Functions and classes for others, and the methods of such classes."""
    waiting: list[ast.stmt] = list(module.tree.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                waiting += node.body


def test_everything_public_says_what_it_is_for() -> None:
    silent = [f"{module.at(1)}: {module.name}" for module in MODULES if not ast.get_docstring(module.tree)]
    silent += [
        f"{module.at(node.lineno)}: {node.name}"
        for module in MODULES
        for node in public(module)
        if not ast.get_docstring(node)
    ]
    all_broken("docstrings", silent)


SUBJECTS = re.compile(
    r"\b(rafale|french|france|ukrain\w*|kyiv|paris|aircraft|missiles?|drones?|fighters?|zelensk\w*|macron)\b",
    re.IGNORECASE,
)
KNOWS_LANGUAGES = {"lexicons/en.toml", "formats/webfonts.py"}
"""Files in which names of languages, scripts and currencies are no subject."""


def test_the_program_knows_no_subject() -> None:
    """Its hints and examples are about trams; what a corpus is about stands in that corpus."""
    files = [*PACKAGE.rglob("*"), *(PACKAGE.parent / "templates").rglob("*")]
    found = [
        f"{path.relative_to(PACKAGE.parent)}: {line.strip()}"
        for path in sorted(files)
        if path.is_file() and path.suffix not in (".pyc", ".ttf")
        if not path.as_posix().endswith(tuple(KNOWS_LANGUAGES))
        for line in path.read_text("utf-8").splitlines()
        if SUBJECTS.search(line) and not re.search(r"language|en is English", line)
    ]
    assert found == []
