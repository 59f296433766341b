"""What each field of the model means, read from the docstrings that stand under the fields in ``model``.

Python throws those docstrings away when it runs, so the source is parsed again; only the reference and the
hints of error messages need them, and they pay for it when they ask.
"""

from __future__ import annotations

import ast
import functools
import inspect

from briefing.model import briefs, editions, facts, ledger, library, scales, sources, values

MODULES = (values, scales, sources, facts, briefs, library, editions, ledger)
"""The modules whose classes are documented field by field."""


@functools.cache
def of_fields(name: str) -> dict[str, str]:
    """Field or enum member -> its one-line meaning, for the class of that name in the model."""
    return _all().get(name, {})


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
