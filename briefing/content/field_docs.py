"""The meaning of each field of the model, read from the docstrings below the fields in ``model``.

Python discards those docstrings, so this module parses the source again; only the reference and the hints of
error messages need them, so only they pay for it.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import inspect
import types
import typing
from typing import Any

from briefing.model import (
    briefs,
    editions,
    facts,
    ladders,
    ledger,
    library,
    matters,
    project_words,
    scales,
    signatures,
    sources,
    values,
)

MODULES = (
    values,
    scales,
    sources,
    ladders,
    matters,
    facts,
    briefs,
    project_words,
    library,
    editions,
    ledger,
    signatures,
)
"""The modules whose classes are documented field by field."""
REGISTER_FILES: dict[type[Any], str] = {
    sources.Actor: "content/actors.yaml",
    sources.System: "content/systems.yaml",
    matters.Matter: "content/matters.yaml",
    sources.Origin: "content/origins.yaml",
    ladders.Ladder: "content/ladders.yaml",
    signatures.SigningKey: "content/signers.yaml",
}
"""The files in which people describe the records that facts name, by type of the record."""


@functools.cache
def of_fields(name: str) -> dict[str, str]:
    """Return the one-line meaning of each field or enum member of the class with this name in the model."""
    return _all().get(name, {})


def entry(cls: type[Any], name: str, words: str = "") -> str:
    """Return the lines of a record of a register for people to copy: its name and the required fields.

    ``words`` is the name that a brief prints, if the author gave one already.
    """
    lines = [f"{name}:"]
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        is_required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if not is_required or field.name == "id":
            continue
        meaning = of_fields(cls.__name__).get(field.name, "").replace("``", "")
        wanted = hints[field.name]
        value = ""
        if known := scales.members(wanted):
            value = known[0].value
        elif types.NoneType in typing.get_args(wanted):
            value = values.NOT_STATED
        elif field.name == "name":
            value = words or name.replace("-", " ").title()
        elif typing.get_origin(wanted) is tuple:
            value = "[]"
        lines.append(f"  {field.name}: {value}".rstrip() + f"   # {meaning}")
    return "\n".join(lines)


@functools.cache
def _all() -> dict[str, dict[str, str]]:
    trees = (ast.parse(inspect.getsource(module)) for module in MODULES)
    return {
        item.name: _documented(item) for tree in trees for item in tree.body if isinstance(item, ast.ClassDef)
    }


def _documented(item: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, following in zip(item.body, item.body[1:], strict=False):
        target = line.target if isinstance(line, ast.AnnAssign) else None
        if isinstance(line, ast.Assign):
            target = line.targets[0] if isinstance(line.targets[0], ast.Name) else None
        is_docstring = (
            isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        )
        if isinstance(target, ast.Name) and is_docstring:
            found[target.id] = inspect.cleandoc(following.value.value)  # type: ignore[attr-defined]
    return found
