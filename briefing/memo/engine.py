"""The engine: it works a result out once, records what its step read, and again only after that has changed.

A step reads through a ``View`` and has nothing else, so what it reads is on record without its doing. Rules
have levels, and a step reads results of lower levels only. So the stale results of one level can be worked
out in any order once those below are done, and a result that comes out equal makes nothing above it stale.
This is early cut-off, with the traces of "Build Systems à la Carte" (Mokhov, Mitchell, Peyton Jones, 2018)
turned round: each result knows its readers.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from briefing.memo import coding
from briefing.memo.kept import Kept, Row
from briefing.store.database import BrokenError

_IN_MEMORY = 16_000_000
"""Bytes of what is beside results that stay in memory."""
_MAX_KNOWN = 4_000_000
"""Bytes of results, as they are kept, whose values stay in memory, where they take many times as much."""
ALL = "*"
"""The rule of the marks for every result of a rule, by the name of that rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of result. The key says which of them: the id of a brief, the path of a page."""

    name: str
    level: int
    """Its step reads results of lower levels only."""
    step: Callable[[View, str], object] | None = None
    """Works a result out, from what the view shows; None for an input."""
    load: Callable[[str], object] | None = None
    """Returns the value of an input, by its key, if that is more than its mark."""
    has_places: bool = True
    """Whether its results say where in a file something is; else a line more above it changes none."""
    is_long: bool = False
    """Whether its step takes so long that it is worth running in another process."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A result with something beside it that is too large to keep, and that running the step again gives."""

    result: object
    extra: Any


@dataclass(frozen=True, slots=True)
class Parts:
    """A result in parts, by name: who has read one of them is not concerned by a change of another."""

    parts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Worked:
    """What a step gave, as it is kept."""

    data: bytes
    """The result, or the names of its parts."""
    reads: frozenset[int]
    """The numbers of the results that the step read."""
    parts: Mapping[str, bytes] | None = None
    """Its parts, by name, if it has any."""
    extra: bytes | None = field(default=None, repr=False)
    """What is beside it, pickled."""


class Helpers(Protocol):
    """Other processes that run steps for an engine."""

    def work_out(self, engine: Engine, wanted: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Work results out, by rule and key, for an engine. Return those that are left to it."""
        ...


class Engine:
    """Results by rule and key, worked out where none is kept or something that it was made of has changed."""

    def __init__(self, kept: Kept, rules: Iterable[Rule], helpers: Helpers | None = None) -> None:
        self.rules: Mapping[str, Rule] = {rule.name: rule for rule in rules}
        self._helpers = helpers
        self.worked: Counter[str] = Counter()
        """How many steps of each rule ran in this process."""
        self._extras = _Spool()
        """What steps gave beside their results in this process."""
        self._kept = kept
        self._known: dict[tuple[str, str], tuple[int, Any]] = {}
        """Results that are not stale, in this process: number and value. Not all of them are here."""
        self._size = 0
        """The bytes of these, as they are kept."""
        self._all: dict[str, int] = {}
        """The number of the mark of a rule, if anything may have read that."""
        self._fresh: dict[str, set[str]] = {}
        """The keys of those results of a rule that are not stale, for rules of which they were asked for."""
        self._marks: dict[str, Mapping[str, str]] = {}
        """The marks of inputs as they were put last, by rule."""

    def put(self, rule: str, marks: Mapping[str, str]) -> frozenset[str]:
        """Set the marks of all inputs of a rule, and forget the others. Return the keys that have changed.

        An input counts as changed where its mark differs. Where it is gone its mark is empty.
        """
        level = self.rules[rule].level
        before = self._marks.get(rule)
        if before is None:
            before = self._kept.marks(rule)
        self._marks[rule] = dict(marks)
        changed: dict[str, int] = {}
        for key in {*marks, *before}:
            mark = marks.get(key, "")
            if before.get(key) != mark:
                changed[key] = self._kept.write(rule, key, level, mark.encode())
                self._known.pop((rule, key), None)
        if changed:
            self._kept.set_marks(rule, self._marks[rule])
        self._spread(rule, list(changed.values()))
        return frozenset(changed)

    def get(self, rule: str, key: str) -> Any:
        """Return a result. Those of lower levels must be settled."""
        return self.one(rule, key)[1]

    def has(self, rule: str, key: str) -> bool:
        """Return whether a result is kept, be it stale."""
        return self._kept.find(rule, key) is not None

    def extra(self, rule: str, key: str) -> Any:
        """Return what a step gives beside its result; if it ran in another process, it runs again."""
        if (rule, key) not in self._extras:
            step = self.rules[rule].step
            assert step
            # Its result is known, so nothing is written: another run may be using the store by now.
            found = step(View(self, self.rules[rule]), key)
            assert isinstance(found, Beside)
            self.worked[rule] += 1
            self._extras.put((rule, key), _pickled(found.extra))
        return self._extras.get((rule, key))

    def settle(self, below: int, only: Container[str] | None = None) -> None:
        """Work out every stale result of the levels below one, from the lowest up.

        With ``only``, those of some rules; nothing that has read others of these levels may be asked for.
        """
        for level in range(below):
            stale = [(rule, key) for rule, key in self._kept.stale(level) if only is None or rule in only]
            for rule, _ in stale:
                if rule not in self.rules:
                    raise BrokenError(f"there is no rule {rule}")
            # A step of this level makes no other of it stale.
            self._work_out_all(stale)

    def prepare(self, rule: str, keys: Iterable[str]) -> None:
        """Work out those results of a rule that are not there yet, in other processes if there are many.

        It saves time only, so where as many are kept as are asked for none is looked up. Those of lower
        levels must be settled.
        """
        if not self._helpers or not self.rules[rule].is_long:
            return
        wanted = list(keys)
        if self._kept.count(rule) < len(wanted):
            fresh = self._fresh_of(rule)
            self._work_out_all([(rule, key) for key in wanted if key not in fresh])

    def _work_out_all(self, wanted: Collection[tuple[str, str]]) -> None:
        """Work out results of one level, each if nothing else has done so meanwhile."""
        if self._helpers:
            long = [(rule, key) for rule, key in wanted if self.rules[rule].is_long]
            left = self._helpers.work_out(self, long) if long else ()
            wanted = [*(name for name in wanted if not self.rules[name[0]].is_long), *left]
        for rule, key in wanted:
            row = self._kept.find(rule, key)
            if row is None or row.is_stale:
                self._work_out(self.rules[rule], key)

    @property
    def state(self) -> str:
        """A name for the present state of all results; empty if no later run can find this store again."""
        return self._kept.state

    def changed(self, state: str) -> list[tuple[str, str]] | None:
        """Return the results, as (rule, key), that changed after a state; None if that is not known."""
        name, _, run = state.partition(" ")
        return self._kept.changed(int(run)) if name and name == self._kept.name else None

    def differing(self) -> Iterator[tuple[str, str]]:
        """Yield the results that come out otherwise when they are worked out again: there are none.

        A result that differs has read something that is not on record. All results must be settled.
        """
        for name, rule in self.rules.items():
            if rule.step is None:
                continue
            for key, row in self._kept.of_rule(name).items():
                found = rule.step(View(self, rule), key)
                found = found.result if isinstance(found, Beside) else found
                parts = found.parts if isinstance(found, Parts) else {}
                kept = {part: self._kept.find(_rule_of(name, part), key) for part in parts}
                found = _names_of(found) if isinstance(found, Parts) else found
                are_equal = all(
                    item and item.data == coding.dump(parts[part], rule.has_places)
                    for part, item in kept.items()
                )
                if not row.is_stale and not (are_equal and coding.dump(found, rule.has_places) == row.data):
                    yield name, key

    def one(self, rule: str, key: str) -> tuple[int, Any]:
        """Return the number of a result, and its value."""
        known = self._known.get((rule, key))
        if known is not None:
            return known
        definition = self.rules[rule]
        row = self._kept.find(rule, key)
        if definition.step is None:
            number = row.id if row else self._kept.write(rule, key, definition.level, b"")
            found = number, self._input(definition, key, row.data if row else b"")
        elif row is None or row.is_stale:
            return self._work_out(definition, key)
        else:
            found = row.id, coding.load(row.data)
        self._remember(rule, key, found, len(row.data) if row else 0)
        return found

    def _remember(self, rule: str, key: str, found: tuple[int, Any], size: int) -> None:
        """Keep a value in memory. Once there are many, all are forgotten: they are in the store."""
        self._size += size
        if self._size > _MAX_KNOWN:
            self._known.clear()
            self._size = size
        self._known[rule, key] = found

    def _input(self, rule: Rule, key: str, mark: bytes) -> Any:
        if not mark:
            return None
        return rule.load(key) if rule.load else mark.decode()

    def _work_out(self, rule: Rule, key: str) -> tuple[int, Any]:
        worked, value = work(self, rule, key)
        found = self.take(rule.name, key, worked), value
        self._remember(rule.name, key, found, len(worked.data))
        return found

    def take(self, rule: str, key: str, worked: Worked) -> int:
        """Take what a step gave into the store; return the number of the result."""
        level = self.rules[rule].level
        self.worked[rule] += 1
        if worked.extra is not None:
            self._extras.put((rule, key), worked.extra)
        row = self._kept.find(rule, key)
        before = coding.load(row.data) if row else None
        if worked.parts is not None:
            self._write_parts(self.rules[rule], key, worked.parts, before or ())
        elif before and coding.is_nothing(worked.data):
            self._write_parts(self.rules[rule], key, {}, self._in_parts(rule, key, before))
        number = self._kept.write(rule, key, level, worked.data)
        self._kept.set_reads(number, worked.reads)
        self._fresh.get(rule, set()).add(key)
        if row is None or row.data != worked.data:
            self._known.pop((rule, key), None)
            self._spread(rule, [number] if row else [])
        return number

    def as_kept(self, rule: str, key: str) -> tuple[int, bytes | None, Any]:
        """Return the number of a result, and its bytes as they are kept; of an input None and its value."""
        if self.rules[rule].step is None:
            number, value = self.one(rule, key)
            return number, None, value
        row = self._kept.find(rule, key)
        if row is None or row.is_stale:
            self._work_out(self.rules[rule], key)
            row = self._kept.find(rule, key)
            assert row
        return row.id, row.data, None

    def _in_parts(self, rule: str, key: str, before: object) -> tuple[str, ...]:
        """Return the parts of a result that is gone; none if it had none. Coming back, it has new ones."""
        names = before if isinstance(before, tuple) else ()
        texts = (name for name in names if isinstance(name, str))
        return tuple(name for name in texts if self._kept.find(_rule_of(rule, name), key))

    def _write_parts(self, rule: Rule, key: str, parts: Mapping[str, bytes], before: Iterable[str]) -> None:
        """Write the parts of a result that have changed; those that are gone become None."""
        gone = coding.dump(None, rule.has_places)
        for part in {**parts, **dict.fromkeys(set(before) - parts.keys())}:
            name, data = _rule_of(rule.name, part), parts.get(part, gone)
            row = self._kept.find(name, key)
            if row is None or row.data != data:
                number = self._kept.write(name, key, rule.level, data)
                self._spread(name, [number] if row else [])

    def all_of_part(self, rule: str, part: str, keys: Collection[str]) -> tuple[int, dict[str, bytes]]:
        """Return the number of the mark for all parts of a name, and those of some results, as kept."""
        number = self.mark_of_all(_rule_of(rule, part))
        if any((rule, key) not in self._known for key in keys):
            fresh = self._fresh_of(rule)
            for key in [key for key in keys if key not in fresh]:
                self.one(rule, key)
        rows = self._kept.of_rule(_rule_of(rule, part))
        return number, {key: rows[key].data for key in keys if key in rows}

    def _fresh_of(self, rule: str) -> set[str]:
        """Return the keys of a rule whose results are not stale; a page may ask for many of its parts."""
        if rule not in self._fresh:
            self._fresh[rule] = self._kept.fresh(rule)
        return self._fresh[rule]

    def all_of(self, rule: str, keys: Collection[str]) -> tuple[int, dict[str, Any]]:
        """Return the number of the mark for all results of a rule, and some of them."""
        number = self.mark_of_all(rule)
        return number, dict(self._every(rule, keys))

    def _spread(self, rule: str, numbers: list[int]) -> None:
        """Mark the readers of changed results as stale, and those of all results of their rule."""
        if numbers:
            self._mark_readers(numbers)
        if rule == ALL:
            return
        number = self._mark_of_all(rule, is_new=False)
        if number:
            self._mark_readers([number])

    def _mark_readers(self, numbers: list[int]) -> None:
        for name in self._kept.mark_readers(numbers):
            self._fresh.get(name[0], set()).discard(name[1])
            self._known.pop(name, None)
            self._extras.drop(name)

    def mark_of_all(self, rule: str) -> int:
        """Return the number of the mark for all results of a rule."""
        return self._mark_of_all(rule, is_new=True)

    def _mark_of_all(self, rule: str, is_new: bool) -> int:
        if rule not in self._all:
            row = self._kept.find(ALL, rule)
            self._all[rule] = row.id if row else 0
        if is_new and not self._all[rule]:
            self._all[rule] = self._kept.write(ALL, rule, 0, b"")
        return self._all[rule]

    def _every(self, rule: str, keys: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """Yield results of a rule, reading those that are kept in one go."""
        keys = tuple(keys)
        missing = sum((rule, key) not in self._known for key in keys)
        rows: Mapping[str, Row] = {}
        if missing > len(keys) // 4 and self.rules[rule].step:
            rows = self._kept.of_rule(rule)
        for key in keys:
            if (rule, key) not in self._known and key in rows and not rows[key].is_stale:
                yield key, coding.load(rows[key].data)
            else:
                yield key, self.one(rule, key)[1]


class _Spool:
    """Values by name, of which at most a few megabytes are in memory and the others in a temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it lives as long as this
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        weakref.finalize(self, self._file.close)

    def __contains__(self, name: tuple[str, str]) -> bool:
        return name in self._places

    def put(self, name: tuple[str, str], data: bytes) -> None:
        """Put a pickled value."""
        self._places[name] = self._file.seek(0, os.SEEK_END), len(data)
        self._file.write(data)

    def drop(self, name: tuple[str, str]) -> None:
        self._places.pop(name, None)

    def get(self, name: tuple[str, str]) -> Any:
        """Return a value. Nobody else can reach the file, so its bytes are as they were written."""
        start, length = self._places[name]
        self._file.seek(start)
        return pickle.loads(self._file.read(length))


def _rule_of(rule: str, part: str) -> str:
    """Return the rule under which a part of results is kept."""
    return f"{rule} / {part}"


def _names_of(found: Parts) -> tuple[str, ...]:
    return tuple(sorted(found.parts))


class Results(Protocol):
    """Where a view reads: an engine, or what asks one in another process."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by name."""
        ...

    def one(self, rule: str, key: str) -> tuple[int, Any]:
        """Return the number of a result, and its value."""
        ...

    def all_of(self, rule: str, keys: Collection[str]) -> tuple[int, dict[str, Any]]:
        """Return the number of the mark for all results of a rule, and some of them."""
        ...

    def all_of_part(self, rule: str, part: str, keys: Collection[str]) -> tuple[int, dict[str, bytes]]:
        """Return the number of the mark for all parts of a name, and those of some results, as kept."""
        ...


class View:
    """What a step sees. Everything that it reads is on record."""

    def __init__(self, results: Results, rule: Rule) -> None:
        self.reads: set[int] = set()
        self._results = results
        self._rule = rule

    def get(self, rule: str, key: str = "") -> Any:
        """Return the result of a rule of a lower level."""
        self._refuse_upward(rule)
        number, value = self._results.one(rule, key)
        self.reads.add(number)
        return value

    def every(self, rule: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return many results of a rule. On record is that all results of that rule were read.

        So it costs one entry instead of thousands, and any change of a result of that rule counts.
        """
        self._refuse_upward(rule)
        number, found = self._results.all_of(rule, tuple(keys))
        self.reads.add(number)
        return found

    def part(self, rule: str, part: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return a part of many results; those without it are left out.

        On record is that this part of all results of that rule was read.
        """
        self._refuse_upward(rule)
        number, found = self._results.all_of_part(rule, part, tuple(keys))
        self.reads.add(number)
        values = {key: coding.load(data) for key, data in found.items()}
        return {key: value for key, value in values.items() if value is not None}

    def _refuse_upward(self, rule: str) -> None:
        if self._results.rules[rule].level >= self._rule.level:
            raise AssertionError(f"a step of '{self._rule.name}' reads '{rule}', which is not below it")


def work(results: Results, rule: Rule, key: str) -> tuple[Worked, Any]:
    """Run a step; return what it gave as it is kept, and its value."""
    assert rule.step
    view = View(results, rule)
    found = rule.step(view, key)
    extra: bytes | None = None
    parts: dict[str, bytes] | None = None
    if isinstance(found, Beside):
        extra = _pickled(found.extra)
        found = found.result
    if isinstance(found, Parts):
        parts = {name: coding.dump(part, rule.has_places) for name, part in found.parts.items()}
        found = _names_of(found)
    data = coding.dump(found, rule.has_places)
    try:
        # What a later run reads from the store and what this one goes on with are the same.
        value = coding.load(data)
    except coding.DamagedError as error:
        raise TypeError(f"a result of '{rule.name}' cannot be kept: {error}") from error
    return Worked(data, frozenset(view.reads), parts, extra), value


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
