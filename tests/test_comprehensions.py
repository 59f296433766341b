"""No comprehension shares a name with what its function takes from outside.

From Python 3.12 on, list, set and dict comprehensions run within the frame of their function. In 3.12 before
3.12.4, and for closures in 3.13.0 too, a name that one comprehension binds hides the global or enclosing name
of the same spelling from the function's other comprehensions, lambdas and generators: the call ends with an
UnboundLocalError or reads the wrong value (python/cpython#118513). No linter that we use has a rule for this.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for folder in ("briefing", "tests") for path in (ROOT / folder).rglob("*.py"))

_Inlined = ast.ListComp | ast.SetComp | ast.DictComp
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass
class Scope:
    """The names of one scope of a source."""

    kind: str
    """function (also a generator or a lambda), comprehension, class or module."""
    name: str
    line: int
    parent: Scope | None = None
    bound: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    """Names that ``global`` or ``nonlocal`` gives to another scope."""
    inner: list[Scope] = field(default_factory=list)

    def open(self, kind: str, name: str, line: int) -> Scope:
        """Return a new scope within this one."""
        self.inner.append(Scope(kind, name, line, self))
        return self.inner[-1]

    @property
    def frame(self) -> Scope:
        """The function, class or module in whose frame this scope runs."""
        return self.parent.frame if self.kind == "comprehension" and self.parent else self

    @property
    def from_outside(self) -> set[str]:
        """Names that this scope, or one within it, takes from an enclosing scope."""
        own = self.bound - self.declared
        inner = {name for scope in self.inner for name in scope.from_outside}
        # Functions within a class do not see its names.
        return (self.used - own) | (inner if self.kind == "class" else inner - own)

    @property
    def bound_by_comprehensions(self) -> set[str]:
        """Names that comprehensions bind in the frame of this scope."""
        return {
            name
            for scope in self.inner
            if scope.kind == "comprehension"
            for name in scope.bound | scope.bound_by_comprehensions
        }


class Reader(ast.NodeVisitor):
    """Reads a source into its scopes."""

    def __init__(self, tree: ast.Module) -> None:
        self.scope = Scope("module", "module", 0)
        self.functions: list[Scope] = []
        self.generic_visit(tree)

    def visit_Name(self, node: ast.Name) -> None:
        (self.scope.used if isinstance(node.ctx, ast.Load) else self.scope.bound).add(node.id)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """A walrus within a comprehension binds in the function around it."""
        self.scope.frame.bound.add(node.target.id)
        self.visit(node.value)

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        self.scope.declared |= set(node.names)
        self.scope.used |= set(node.names)

    visit_Nonlocal = visit_Global

    def visit_alias(self, node: ast.alias) -> None:
        self.scope.bound.add(node.asname or node.name.partition(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.scope.bound |= {node.name} if node.name else set()
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        self.scope.bound |= {node.name} if node.name else set()
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.scope.bound |= {node.rest} if node.rest else set()
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.scope.bound.add(node.name)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        outer, self.scope = self.scope, self.scope.open("class", node.name, node.lineno)
        for part in node.body:
            self.visit(part)
        self.scope = outer

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.scope.bound.add(node.name)
        for part in node.decorator_list:
            self.visit(part)
        self._function(node, node.name, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, "a lambda", [node.body])

    def _function(self, node: _Function, name: str, body: list[ast.stmt] | list[ast.expr]) -> None:
        """Defaults and annotations belong to the scope around a function, all else to its own."""
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [item for item in (arguments.vararg, arguments.kwarg) if item]
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default:
                self.visit(default)
        outer, self.scope = self.scope, self.scope.open("function", name, node.lineno)
        self.functions.append(self.scope)
        self.scope.bound |= {item.arg for item in every}
        for part in body:
            self.visit(part)
        self.scope = outer

    def visit_ListComp(self, node: _Inlined | ast.GeneratorExp) -> None:
        """Read the first iterable in the scope around it; a generator has a frame of its own."""
        self.visit(node.generators[0].iter)
        is_generator = isinstance(node, ast.GeneratorExp)
        kind = "function" if is_generator else "comprehension"
        outer, self.scope = self.scope, self.scope.open(kind, "a generator", node.lineno)
        if is_generator:
            self.functions.append(self.scope)
        for number, part in enumerate(node.generators):
            self.visit(part.target)
            for inner in part.ifs if number == 0 else [part.iter, *part.ifs]:
                self.visit(inner)
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for value in values:
            self.visit(value)
        self.scope = outer

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp


def shared(source: str) -> Iterator[tuple[int, str, str]]:
    """Line and name of each function with such a name, and the name."""
    for scope in Reader(ast.parse(source)).functions:
        for name in sorted(scope.bound_by_comprehensions & scope.from_outside):
            yield scope.line, scope.name, name


def test_no_comprehension_binds_what_its_function_takes_from_outside() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: a comprehension of {function} binds '{name}', which the function "
        "also takes from outside; rename what the comprehension binds"
        for path in FILES
        for line, function, name in shared(path.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


BINDERS = {
    "list": "a = [x for x in y]",
    "set": "a = {x for x in y}",
    "dict": "a = {x: 1 for x in y}",
    "in a condition": "a = [z for z in y if [x for x in z]]",
    "second loop": "a = [1 for z in y for x in z]",
    "in the iterable of a generator": "a = all(z for z in [x for x in y])",
    "unpacked": "a = [1 for (z, *x) in y]",
}
USERS = {
    "plain": "b = x",
    "comprehension": "b = [x.real for z in y]",
    "condition": "b = [z for z in y if x]",
    "iterable": "b = [z for z in x]",
    "generator": "b = all(x for z in y)",
    "lambda": "b = lambda: x",
    "function": "def b(): return x",
    "itself": "b = [x for x in x]",
}


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("binder", BINDERS)
def test_every_form_of_the_pattern_is_found(binder: str, user: str) -> None:
    for lines in ((BINDERS[binder], USERS[user]), (USERS[user], BINDERS[binder])):
        body = "\n    ".join(lines)
        assert list(shared(f"def f(y):\n    {body}\n")) == [(1, "f", "x")]
        assert list(shared(f"def o(x):\n  def f(y):\n    {body}\n")) == [(2, "f", "x")]


HARMLESS = {
    "bound twice": "def f(y):\n    a = [x for x in y]\n    b = [x for x in y]",
    "also an argument": "def f(x, y):\n    a = [x for x in y]\n    b = x",
    "assigned before": "def f(y):\n    x = y\n    a = [x for x in y]\n    b = [x for z in y]",
    "a walrus is the function's own name": "def f(y):\n    a = [(x := z) for z in y]\n    b = [x for z in y]",
    "a generator has a frame of its own": "def f(y):\n    a = all(x for x in y)\n    b = [x for z in y]",
    "only in an attribute": "def f(y):\n    a = [x for x in y]\n    b = y.x",
    "in another function": "def f(y):\n    a = [x for x in y]\ndef g(y):\n    b = [x for z in y]",
    "in a function's own frame": "def f(y):\n    a = [x for x in y]\n    def g(x): return x",
    "of a class": "class C:\n    a = [x for x in ()]\n    b = [x for z in ()]",
    "of a module": "a = [x for x in ()]\nb = [x for z in ()]",
}


@pytest.mark.parametrize("story", HARMLESS)
def test_what_is_harmless_is_not_reported(story: str) -> None:
    assert not list(shared(HARMLESS[story]))
