"""The house: what import-linter does not see, and that its contracts and CONTRIBUTING say the same.

Layers, doors and circles are held by import-linter (`lint-imports`). Nothing is imported here; the source is
parsed. Every failure names the rule, the file and the line.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import parsed

PACKAGE = Path(__file__).parent.parent / "briefing"
MAX_LINES = 60


CONTRACTS = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]
"""What import-linter holds the imports to."""
LAYERS: list[str] = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
"""The packages, from the top of the house to its floor."""
DOORS: dict[str, tuple[str, ...]] = {
    library: tuple(name.removeprefix("briefing.") for name in contract["allowed_importers"])
    for contract in CONTRACTS
    if contract["type"] == "protected"
    for library in contract["protected_modules"]
}
"""Every library that is not Python's own, and the modules or packages that may import it."""
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
    "cli.build": "it asks on how many processors it may run",
    "build.workers": "it passes the environment on to the processes that it starts",
    "store.box": "it passes the environment on to the processes that it starts",
    "formats.pdf.typeset": "it shows the font library, which listens to nothing else, where the fonts are",
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
    return Module(name, path, parsed(path))


def modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if len(parts) > 1 and parts[-1] == "__init__":
            parts = parts[:-1]
        found.append(module_named(".".join(parts), path))
    return found


MODULES = modules()


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


def broken_escape(module: Module) -> Iterator[str]:
    for taken in imports(module):
        if taken.of == "markupsafe" and taken.name != "Markup" and module.name != "compose.templates":
            yield (
                f"{module.at(taken.line)}: {module.name} imports markupsafe.{taken.name}; "
                "only templates decides what is escaped"
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


def test_no_library_comes_in_without_a_door() -> None:
    taken = {item.of.partition(".")[0] for module in MODULES for item in imports(module)}
    assert taken - PYTHONS_OWN - {"briefing"} <= set(DOORS), (
        "give a new library its contract in pyproject.toml"
    )


def test_every_door_is_used() -> None:
    used = {(taken.of.partition(".")[0], module.name) for module in MODULES for taken in imports(module)}
    idle = [
        (library, door)
        for library, doors in DOORS.items()
        for door in doors
        if not any(door == name or name.startswith(f"{door}.") for one, name in used if one == library)
    ]
    assert not idle, f"these doors lead nowhere any more; close them in pyproject.toml: {idle}"


def test_only_templates_decides_what_is_escaped() -> None:
    all_broken("escape", (line for module in MODULES for line in broken_escape(module)))


def test_contributing_names_the_packages_in_the_order_of_the_contract() -> None:
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    assert re.findall(r"^\| `(\w+)` \|", page.partition("A package imports")[0], re.MULTILINE) == LAYERS


def test_contributing_names_every_door() -> None:
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    said = " ".join(page.partition("One door a library:")[2].partition("\n\n")[0].split())
    for library, doors in DOORS.items():
        assert re.search(rf"\b{library} in ", said), library
        assert not [door for door in doors if f"`{door.replace('.', '/')}`" not in said], library


def test_a_package_holds_modules_and_nothing_of_its_own() -> None:
    full = [
        module.at(1)
        for module in MODULES
        if module.is_package and module.name not in ("__init__", "cli") and len(module.tree.body) > 1
    ]
    assert not full, f"these packages hold code; give it a module: {full}"


def test_only_the_command_line_reads_the_clock() -> None:
    all_broken("clock", (line for module in MODULES for line in broken_clock(module)))


def test_only_the_command_line_reads_the_environment() -> None:
    all_broken("environment", (line for module in MODULES for line in broken_environment(module)))


BREACHES = {
    "escaping elsewhere": ("formats.html", "from markupsafe import escape", broken_escape),
    "the day": ("compose.cite", "import datetime\nTODAY = datetime.date.today()", broken_clock),
    "the time": ("build.plan", "import time", broken_clock),
    "the environment": ("store.disk", "import os\nHOME = os.environ['HOME']", broken_environment),
    "the environment by name": ("store.disk", "from os import environ", broken_environment),
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
KNOWS_LANGUAGES = {"lexicons/en.toml", "formats/fonts.py", "site/citations.py"}
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
