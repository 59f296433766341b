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
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.memo import coding
from briefing.memo.database import BrokenError
from briefing.memo.kept import Kept, Row

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


@dataclass(frozen=True, slots=True)
class Beside:
    """A result with something beside it that is too large to keep, and that running the step again gives."""

    result: object
    extra: Any


@dataclass(frozen=True, slots=True)
class Parts:
    """A result in parts, by name: who has read one of them is not concerned by a change of another."""

    parts: Mapping[str, Any]


class Engine:
    """Results by rule and key, worked out where none is kept or something that it was made of has changed."""

    def __init__(self, kept: Kept, rules: Iterable[Rule]) -> None:
        self.rules: Mapping[str, Rule] = {rule.name: rule for rule in rules}
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
        self._marks: dict[str, Mapping[str, str]] = {}
        """The marks of inputs as they were put last, by rule."""

    def put(self, rule: str, marks: Mapping[str, str]) -> frozenset[str]:
        """Set the marks of all inputs of a rule, and forget the others. Return the keys that have changed.

        An input counts as changed where its mark differs. Where it is gone its mark is empty.
        """
        level = self.rules[rule].level
        before = self._marks.get(rule)
        if before is None:
            before = {key: row.data.decode() for key, row in self._kept.of_rule(rule).items()}
        self._marks[rule] = dict(marks)
        changed: dict[str, int] = {}
        for key in {*marks, *before}:
            mark = marks.get(key, "")
            if before.get(key) != mark:
                changed[key] = self._kept.write(rule, key, level, mark.encode())
                self._known.pop((rule, key), None)
        self._spread(rule, list(changed.values()))
        return frozenset(changed)

    def get(self, rule: str, key: str) -> Any:
        """Return a result. Those of lower levels must be settled."""
        return self._result(rule, key)[1]

    def extra(self, rule: str, key: str) -> Any:
        """Return what a step gives beside its result; if it ran in another process, it runs again."""
        if (rule, key) not in self._extras:
            step = self.rules[rule].step
            assert step
            # Its result is known, so nothing is written: another run may be using the store by now.
            found = step(View(self, self.rules[rule]), key)
            assert isinstance(found, Beside)
            self.worked[rule] += 1
            self._extras.put((rule, key), found.extra)
        return self._extras.get((rule, key))

    def settle(self, below: int, only: Container[str] | None = None) -> None:
        """Work out every stale result of the levels below one, from the lowest up.

        With ``only``, those of some rules; nothing that has read others of these levels may be asked for.
        """
        for level in range(below):
            # A step of this level that runs may ask for others of it that are stale, but makes none stale.
            for rule, key in self._kept.stale(level):
                if only is not None and rule not in only:
                    continue
                row = self._kept.find(rule, key)
                if row is None or not row.is_stale:
                    continue
                if rule not in self.rules:
                    raise BrokenError(f"there is no rule {rule}")
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

    def _result(self, rule: str, key: str) -> tuple[int, Any]:
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
        assert rule.step
        view = View(self, rule)
        found = rule.step(view, key)
        if isinstance(found, Beside):
            self._extras.put((rule.name, key), found.extra)
            found = found.result
        self.worked[rule.name] += 1
        row = self._kept.find(rule.name, key)
        if isinstance(found, Parts):
            self._write_parts(rule, key, found.parts, coding.load(row.data) if row else ())
            found = _names_of(found)
        data = coding.dump(found, rule.has_places)
        number = self._kept.write(rule.name, key, rule.level, data)
        self._kept.set_reads(number, frozenset(view.reads))
        try:
            # What a later run reads from the store and what this one goes on with are the same.
            kept = number, coding.load(data)
        except coding.DamagedError as error:
            raise TypeError(f"a result of '{rule.name}' cannot be kept: {error}") from error
        if row is None or row.data != data:
            self._spread(rule.name, [number] if row else [])
        self._remember(rule.name, key, kept, len(data))
        return kept

    def _write_parts(self, rule: Rule, key: str, parts: Mapping[str, Any], before: Iterable[str]) -> None:
        """Write the parts of a result that have changed; those that are gone become None."""
        for part in {**parts, **dict.fromkeys(set(before) - parts.keys())}:
            name, data = _rule_of(rule.name, part), coding.dump(parts.get(part), rule.has_places)
            row = self._kept.find(name, key)
            if row is None or row.data != data:
                number = self._kept.write(name, key, rule.level, data)
                self._spread(name, [number] if row else [])

    def _part(self, rule: str, part: str, keys: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """Yield a part of those results of a rule that have it."""
        keys = tuple(keys)
        if any((rule, key) not in self._known for key in keys):
            fresh = self._kept.fresh(rule)
            for key in keys:
                if key not in fresh:
                    self._result(rule, key)
        rows = self._kept.of_rule(_rule_of(rule, part))
        found = ((key, coding.load(rows[key].data)) for key in keys if key in rows)
        yield from ((key, value) for key, value in found if value is not None)

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
            self._known.pop(name, None)
            self._extras.drop(name)

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
                yield key, self._result(rule, key)[1]


class _Spool:
    """Values by name, of which at most a few megabytes are in memory and the others in a temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it lives as long as this
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        weakref.finalize(self, self._file.close)

    def __contains__(self, name: tuple[str, str]) -> bool:
        return name in self._places

    def put(self, name: tuple[str, str], value: Any) -> None:
        # Nobody else can reach the file, so its bytes are read back as they were written.
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._places[name] = self._file.seek(0, os.SEEK_END), len(data)
        self._file.write(data)

    def drop(self, name: tuple[str, str]) -> None:
        self._places.pop(name, None)

    def get(self, name: tuple[str, str]) -> Any:
        start, length = self._places[name]
        self._file.seek(start)
        return pickle.loads(self._file.read(length))


def _rule_of(rule: str, part: str) -> str:
    """Return the rule under which a part of results is kept."""
    return f"{rule} / {part}"


def _names_of(found: Parts) -> tuple[str, ...]:
    return tuple(sorted(found.parts))


class View:
    """What a step sees. Everything that it reads is on record."""

    def __init__(self, engine: Engine, rule: Rule) -> None:
        self.reads: set[int] = set()
        self._engine = engine
        self._rule = rule

    def get(self, rule: str, key: str = "") -> Any:
        """Return the result of a rule of a lower level."""
        self._refuse_upward(rule)
        number, value = self._engine._result(rule, key)
        self.reads.add(number)
        return value

    def every(self, rule: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return many results of a rule. On record is that all results of that rule were read.

        So it costs one entry instead of thousands, and any change of a result of that rule counts.
        """
        self._refuse_upward(rule)
        self.reads.add(self._engine._mark_of_all(rule, is_new=True))
        return dict(self._engine._every(rule, keys))

    def part(self, rule: str, part: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return a part of many results; those without it are left out.

        On record is that this part of all results of that rule was read.
        """
        self._refuse_upward(rule)
        self.reads.add(self._engine._mark_of_all(_rule_of(rule, part), is_new=True))
        return dict(self._engine._part(rule, part, keys))

    def _refuse_upward(self, rule: str) -> None:
        if self._engine.rules[rule].level >= self._rule.level:
            raise AssertionError(f"a step of '{self._rule.name}' reads '{rule}', which is not below it")
