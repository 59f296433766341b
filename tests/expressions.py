"""How many steps Python's engine takes over a text with an expression, counted and not timed.

The engine tries one way after another and forgets what it has tried, so with some expressions the steps
grow with the square of the text, or beyond all bounds. ``Expression`` walks the tree that Python's own parser
makes of one, in the order in which the engine does, and counts. ``hostile`` makes the texts on which that
shows: what an expression may repeat, very often, behind its beginning and before something that does not fit.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]  # Python's own, which has no other door
from typing import Any

MOST = 4
"""How often that is repeated which has a bound: with a larger one the steps grow as fast, but later."""
LENGTH = 40
"""About the length of the shorter text; the longer one has twice that."""
END = "\x01"
"""What fits nothing, at the end of every text."""
LIMIT = 200_000
"""More steps than these are too many for any text here."""
_LETTERS = "aA1 -.,([“*'/\n\t|:"
"""Characters of which texts are made, each where an expression can have it."""
_ROOT = Path(__file__).parent.parent
_PROGRAM = _ROOT / "briefing"
_Next = Callable[[int], bool]
_Step = Callable[[int, _Next], bool]


class TooManyError(Exception):
    """More steps than anybody wants to wait for."""


class Expression:
    """An expression whose steps can be counted."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        tree = _parser.parse(pattern, flags & ~re.UNICODE)
        self.flags = tree.state.flags
        self.items = _without_likes(list(tree))
        self._steps, self._limit, self._text = 0, 0, ""
        self._groups: dict[int, tuple[int, int]] = {}
        self._begin = self._sequence(self.items, self.flags)

    def steps(self, text: str, limit: int, *, anywhere: bool = True) -> int:
        """Return the steps of looking for every match in a text, or for one at its beginning.

        Raises TooManyError if they are more than ``limit``.
        """
        self._steps, self._limit, self._text = 0, limit, text
        place = 0
        with _deep():
            while place <= len(text):
                self._groups = {}
                ends: list[int] = []
                found = self._begin(place, lambda end, ends=ends: ends.append(end) or True)  # type: ignore[misc]
                self._count()
                if not anywhere:
                    break
                place = max(ends[0], place + 1) if found else place + 1
        return self._steps

    def repetitions(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Yield what may be repeated at will, each with what is before it."""
        yield from _repetitions(self.items, [])

    def _count(self) -> None:
        self._steps += 1
        if self._steps > self._limit:
            raise TooManyError

    def _sequence(self, items: list[Any], flags: int) -> _Step:
        steps = [self._item(item, flags) for item in items]
        if len(steps) == 1:
            return steps[0]

        def run(place: int, then: _Next, index: int = 0) -> bool:
            if index == len(steps):
                return then(place)
            return steps[index](place, lambda end: run(end, then, index + 1))

        return run

    def _item(self, item: tuple[Any, Any], flags: int) -> _Step:
        name, given = str(item[0]), item[1]
        if name in _SINGLE:
            return self._single(_fits(item, flags))
        if name in _REPEATS:
            (least, most), body = _bounds(*given[:2]), given[2]
            if len(body) == 1 and str(body[0][0]) in _SINGLE:
                return self._run(least, most, _fits(body[0], flags), name)
            return self._repeat(least, most, self._sequence(list(body), flags), name)
        if name == "SUBPATTERN":
            group, added, removed, body = given
            return self._group(group, self._sequence(list(body), (flags | added) & ~removed))
        if name == "BRANCH":
            choices = [self._sequence(list(body), flags) for body in given[1]]
            return lambda place, then: any(choice(place, then) for choice in choices)
        if name == "ATOMIC_GROUP":
            return self._atomic(self._sequence(list(given), flags))
        if name in ("ASSERT", "ASSERT_NOT"):
            return self._look(given, flags, wanted=name == "ASSERT")
        if name == "AT":
            return self._at(item, flags)
        if name == "GROUPREF":
            return self._again(given)
        if name == "GROUPREF_EXISTS":
            group, yes, no = given
            return self._if_said(
                group, self._sequence(list(yes), flags), self._sequence(list(no or []), flags)
            )
        raise AssertionError(f"an expression has {name}, which nothing here counts")

    def _single(self, fits: Callable[[str], bool]) -> _Step:
        def run(place: int, then: _Next) -> bool:
            self._count()
            return place < len(self._text) and fits(self._text[place]) and then(place + 1)

        return run

    def _run(self, least: int, most: int, fits: Callable[[str], bool], name: str) -> _Step:
        """Return the step for one character, repeated."""

        def run(place: int, then: _Next) -> bool:
            end, last = place, min(len(self._text), place + most)
            if name == "MIN_REPEAT":
                while True:
                    self._count()
                    if end - place >= least and then(end):
                        return True
                    if end == last or not fits(self._text[end]):
                        return False
                    end += 1
            while end < last and fits(self._text[end]):
                self._count()
                end += 1
            if name == "POSSESSIVE_REPEAT":
                return end - place >= least and then(end)
            for back in range(end, place + least - 1, -1):
                self._count()
                if then(back):
                    return True
            return False

        return run

    def _repeat(self, least: int, most: int, body: _Step, name: str) -> _Step:
        def run(place: int, then: _Next, done: int = 0) -> bool:
            def again(end: int) -> bool:
                if end == place and done >= least:
                    return False  # nothing, repeated, is tried once
                return run(end, then, done + 1)

            self._count()
            if name == "MIN_REPEAT":
                return (done >= least and then(place)) or (done < most and body(place, again))
            return (done < most and body(place, again)) or (done >= least and then(place))

        if name != "POSSESSIVE_REPEAT":
            return run
        once = self._atomic(body)

        def kept(place: int, then: _Next) -> bool:
            done, ends = 0, [place]
            while done < most and once(ends[-1], lambda end: ends.append(end) or True):  # type: ignore[func-returns-value]
                done += 1
                if ends[-1] == ends[-2]:
                    break
            return (done >= least or ends[-1:] == ends[-2:-1]) and then(ends[-1])

        return kept

    def _group(self, group: int | None, body: _Step) -> _Step:
        if group is None:
            return body

        def run(place: int, then: _Next) -> bool:
            def close(end: int) -> bool:
                before = self._groups.get(group)
                self._groups[group] = (place, end)
                if then(end):
                    return True
                if before is None:
                    del self._groups[group]
                else:
                    self._groups[group] = before
                return False

            return body(place, close)

        return run

    def _again(self, group: int) -> _Step:
        def run(place: int, then: _Next) -> bool:
            self._count()
            start, end = self._groups.get(group, (-1, -1))
            said = self._text[start:end]
            return start >= 0 and self._text.startswith(said, place) and then(place + len(said))

        return run

    def _if_said(self, group: int, yes: _Step, no: _Step) -> _Step:
        def run(place: int, then: _Next) -> bool:
            return yes(place, then) if group in self._groups else no(place, then)

        return run

    def _atomic(self, body: _Step) -> _Step:
        def run(place: int, then: _Next) -> bool:
            ends: list[int] = []
            return body(place, lambda end: ends.append(end) or True) and then(ends[0])  # type: ignore[func-returns-value]

        return run

    def _look(self, given: tuple[int, Any], flags: int, *, wanted: bool) -> _Step:
        direction, tree = given
        body = self._sequence(list(tree), flags)
        back = tree.getwidth()[0] if direction < 0 else 0

        def run(place: int, then: _Next) -> bool:
            self._count()
            is_there = place >= back and body(place - back, lambda _: True)
            return is_there is wanted and then(place)

        return run

    def _at(self, item: tuple[Any, Any], flags: int) -> _Step:
        known = _compiled(item, flags)

        def run(place: int, then: _Next) -> bool:
            self._count()
            return known.match(self._text, place) is not None and then(place)

        return run


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_SINGLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY")


def _compiled(item: tuple[Any, Any], flags: int) -> re.Pattern[str]:
    state = _parser.State()
    state.flags = flags
    made: re.Pattern[str] = _compiler.compile(_parser.SubPattern(state, [item]), flags)
    return made


def _bounds(least: int, most: int) -> tuple[int, int]:
    """Return how often something is repeated here: what has a bound as well, but less often."""
    if most is _parser.MAXREPEAT:
        return min(least, MOST), int(most)
    return min(least, MOST), min(int(most), MOST)


def _fits(item: tuple[Any, Any], flags: int) -> Callable[[str], bool]:
    known = _compiled(item, flags)
    return functools.cache(lambda letter: known.match(letter) is not None)


def _without_likes(items: list[Any]) -> list[Any]:
    """Return parts of an expression with two of all choices that differ in their letters only."""
    made = []
    for name, given in items:
        if str(name) == "BRANCH":
            kept: dict[str, list[Any]] = {}
            for body in given[1]:
                few = _without_likes(list(body))
                kept.setdefault(shape(few), []).append(few)
            made.append((name, (None, [body for likes in kept.values() for body in likes[:2]])))
        elif str(name) in (*_REPEATS, "SUBPATTERN"):
            made.append((name, (*given[:-1], _without_likes(list(given[-1])))))
        else:
            made.append((name, given))
    return made


def shape(items: list[Any]) -> str:
    """Return parts of an expression with one mark for any letters in a row."""
    return re.sub(r"L(?:, L)+", "L", re.sub(r"\(LITERAL, \d+\)", "L", str(items)))


@contextlib.contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _repetitions(items: list[Any], before: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    for index, (name, given) in enumerate(items):
        ahead = [*before, *items[:index]]
        if str(name) in _REPEATS:
            if given[1] is _parser.MAXREPEAT:
                yield list(given[2]), ahead
            yield from _repetitions(list(given[2]), ahead)
        elif str(name) == "SUBPATTERN":
            yield from _repetitions(list(given[3]), ahead)
        elif str(name) == "BRANCH":
            for body in given[1]:
                yield from _repetitions(list(body), ahead)
        elif str(name) == "ATOMIC_GROUP":
            yield from _repetitions(list(given), ahead)
        elif str(name) in ("ASSERT", "ASSERT_NOT"):
            yield from _repetitions(list(given[1]), ahead)


def hostile(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield what texts that may take an expression long begin with and repeat."""
    flags = expression.flags
    parts = list(expression.repetitions())
    letters = _unlike(parts, flags)
    seen, units = set(), {_some(expression.items, flags, "")[:-1]}
    for body, before in parts:
        ahead = _some(before, flags, "")
        bodies = dict.fromkeys(_some(body, flags, letter) for letter in letters)
        seen |= {(start, made) for made in bodies for start in ("", ahead)}
        units |= {ahead, ahead + next(iter(bodies))}
    yield from sorted(item for item in seen | {("", unit) for unit in units} if item[1])


def _unlike(parts: list[tuple[list[Any], list[Any]]], flags: int) -> list[str]:
    """Return letters of which each may be repeated at another place than the others."""
    single = {str(item): _fits(item, flags) for body, _ in parts for item in body if str(item[0]) in _SINGLE}
    found: dict[tuple[bool, ...], str] = {}
    for letter in _LETTERS:
        found.setdefault(tuple(fits(letter) for fits in single.values()), letter)
    return list(found.values())


def _some(items: list[Any], flags: int, wish: str) -> str:
    """Return a text that fits some parts of an expression, with a certain letter wherever it may be."""
    return "".join(_one(item, flags, wish) for item in items)


def _one(item: tuple[Any, Any], flags: int, wish: str) -> str:
    name, given = str(item[0]), item[1]
    if name == "LITERAL":
        return chr(int(given))
    if name in _SINGLE:
        fits = _fits(item, flags)
        others = map(chr, range(33, 0x3000))
        found = (letter for letter in (*wish, *_LETTERS, *others) if fits(letter))
        return next(found, "")
    if name in _REPEATS:
        times: int = max(1, min(given[0], MOST))
        return _some(list(given[2]), flags, wish) * times
    if name == "SUBPATTERN":
        return _some(list(given[3]), (flags | given[1]) & ~given[2], wish)
    if name == "BRANCH":
        made = [_some(list(body), flags, wish) for body in given[1]]
        return next((one for one in made if wish and wish in one), max(made, key=len))
    if name == "ATOMIC_GROUP":
        return _some(list(given), flags, wish)
    return ""


def slow(pattern: str, flags: int = 0, *, anywhere: bool = True, in_sentences: bool = False) -> str:
    """Return a text over which an expression takes ever more steps if it is longer; "" if there is none.

    Over spaces and lines alone the steps may grow with the square: nobody has as many as that would take; and
    so they may over words, where an expression is only tried on sentences, which are never long.
    """
    expression = Expression(pattern, flags)
    if not any(True for _ in expression.repetitions()):
        return ""
    for start, made in hostile(expression):
        may_be_square = made.isspace() or (in_sentences and re.search(r"\s", made))
        few = max(10, LENGTH // len(made))
        texts = (start + made * number + END for number in (few, 2 * few))
        try:
            short, long = (expression.steps(text, LIMIT, anywhere=anywhere) for text in texts)
        except TooManyError:
            return start + made * 3
        if long > (5.5 if may_be_square else 2.7) * short:
            return start + made * 3
    return ""


@dataclass(frozen=True)
class Compiled:
    """An expression that the program has compiled."""

    pattern: str
    flags: int
    module: str
    line: int
    by: str
    """The function of ``re`` that compiled it: compile, or the one that used it at once."""


def compiled(projects: Sequence[Path]) -> list[Compiled]:
    """Return every expression that the program compiles for its modules, and to check some projects."""
    script = "from tests import expressions; expressions.report()"
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, projects)],
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
    )
    return [Compiled(*item) for item in json.loads(done.stdout)]


def report() -> None:
    """Print the expressions that are compiled in a process that has imported nothing yet."""
    found: dict[tuple[str, int], tuple[str, int, str]] = {}
    compile_one = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: Any) -> Any:
        made = compile_one(pattern, flags)
        frame, by = sys._getframe(1), ""
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame, by = frame.f_back, frame.f_code.co_name
        path = Path(frame.f_code.co_filename)
        if isinstance(pattern, str) and path.is_relative_to(_PROGRAM):
            module = path.relative_to(_PROGRAM).as_posix()
            found.setdefault((pattern, made.flags), (module, frame.f_lineno, by))
        return made

    re._compile = noted  # type: ignore[attr-defined]
    for module in pkgutil.walk_packages([str(_PROGRAM)], "briefing."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    cli = importlib.import_module("briefing.cli")
    for project in sys.argv[1:]:
        with contextlib.redirect_stdout(sys.stderr), contextlib.suppress(SystemExit):
            cli.main(["check", "--project", project])
    print(json.dumps([(*what, *where) for what, where in found.items()]))


class Uses:
    """How the sources of the program use an expression, by the name that they give it."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, int], str] = {}
        self._calls: dict[tuple[str, str], set[str]] = {}
        for path in _PROGRAM.rglob("*.py"):
            module = path.relative_to(_PROGRAM).as_posix()
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Assign | ast.AnnAssign):
                    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                    for line in range(node.lineno, (node.end_lineno or 0) + 1):
                        self._names[module, line] = _name(target)
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    for key in ((module, _name(node.func.value)), ("", _name(node.func.value))):
                        self._calls.setdefault(key, set()).add(node.func.attr)

    def name(self, item: Compiled) -> str:
        """Return the name that an expression is assigned to; empty where it has none."""
        return self._names.get((item.module, item.line), "")

    def is_searched(self, item: Compiled) -> bool:
        """Return whether an expression is looked for anywhere in a text, as far as names tell."""
        name = self.name(item)
        used = {item.by}
        if item.by == "compile":
            used = self._calls.get((item.module, name)) or self._calls.get(("", name)) or set()
        return not used.isdisjoint(("search", "finditer", "findall", "sub", "subn"))


def _name(node: ast.expr | None) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
