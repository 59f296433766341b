"""Steps in other processes: they run there, and all results stay with one engine.

A process runs one step at a time. What the step reads, it asks the engine for, which works it out if it has
to: so only steps that take long need another process, and each result is worked out once. What a process has
been given stays true until the engine is closed, because nothing that has been read changes during a run.

Both sides write pickles to each other and to nobody else.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import queue
import subprocess
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from briefing.memo import coding
from briefing.memo.engine import Engine, Rule, Worked, work

MANY = 400
"""How many results make it worth starting processes, which takes each a second; later ones may be fewer."""
MAX_STEPS = 5_000
"""After so many steps a process gives way to a new one: what its libraries keep grows with the project."""
_FEW = 4
_MAX_KNOWN = 4_000_000
"""Bytes of results, as they are kept, whose values a process remembers."""


@dataclass(frozen=True, slots=True)
class _One:
    """Asks for a result."""

    rule: str
    key: str

    def answered_by(self, engine: Engine) -> object:
        return engine.as_kept(self.rule, self.key)


@dataclass(frozen=True, slots=True)
class _All:
    """Asks for some results of a rule, and says that the step reads all of it."""

    rule: str
    keys: Collection[str]

    def answered_by(self, engine: Engine) -> object:
        return engine.mark_of_all(self.rule), {key: engine.as_kept(self.rule, key) for key in self.keys}


@dataclass(frozen=True, slots=True)
class _Part:
    """Asks for a part of some results."""

    rule: str
    part: str
    keys: Collection[str]

    def answered_by(self, engine: Engine) -> object:
        return engine.all_of_part(self.rule, self.part, self.keys)


@dataclass(frozen=True, slots=True)
class _Failed:
    """Says that a step raised something."""

    error: Exception | None
    """What it raised, if that can be sent."""
    trace: str


class Processes:
    """Processes that run steps for an engine, started once there are many to run."""

    def __init__(
        self,
        size: int,
        start: Callable[[], subprocess.Popen[bytes]],
        setup: Callable[[], bytes],
        many: int = MANY,
        max_steps: int = MAX_STEPS,
    ) -> None:
        """``start`` starts a process that reads what ``setup`` returns first, and then calls ``serve``."""
        self._many = many
        self._max_steps = max_steps
        self._size = size if size > 1 else 0
        self._start = start
        self._setup = functools.cache(setup)
        self.started = 0
        """How many processes have been started."""
        self._all: list[_Process] = []
        self._said: queue.SimpleQueue[tuple[_Process, Any]] = queue.SimpleQueue()

    def work_out(self, engine: Engine, wanted: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Work results out, by rule and key, and hand them to the engine. Return those that are left to it.

        Raises what a step raises. If a process ends, what it had to do is left to the engine.
        """
        if not self._size or len(wanted) < (_FEW if self._all else self._many):
            return wanted
        self._all = [process for process in self._all if process.is_alive]
        for _ in range(self._size - len(self._all)):
            self._all.append(self._begun())
        waiting = deque(wanted)
        left: list[tuple[str, str]] = []
        busy: dict[_Process, tuple[str, str]] = {}
        try:
            for process in self._all:
                self._hand_out(process, waiting, busy)
            while busy:
                process, said = self._said.get()
                task = busy.get(process)
                if task is None:
                    continue
                if isinstance(said, _One | _All | _Part):
                    process.send(said.answered_by(engine))
                    continue
                del busy[process]
                if isinstance(said, Worked):
                    engine.take(*task, said)
                    self._hand_out(self._fresh(process) if waiting else process, waiting, busy)
                elif isinstance(said, _Failed):
                    raise said.error or RuntimeError(said.trace)
                else:
                    left.append(task)
        except BaseException:
            self.close()
            raise
        return [*left, *waiting]

    def _begun(self) -> _Process:
        self.started += 1
        return _Process(self._start(), self._setup(), self._said)

    def _fresh(self, process: _Process) -> _Process:
        """Return the process, or a new one in its place if it has run enough steps."""
        process.steps += 1
        if process.steps < self._max_steps:
            return process
        process.end()
        self._all[self._all.index(process)] = new = self._begun()
        return new

    def _hand_out(
        self,
        process: _Process,
        waiting: deque[tuple[str, str]],
        busy: dict[_Process, tuple[str, str]],
    ) -> None:
        if waiting:
            busy[process] = waiting.popleft()
            process.send(busy[process])

    def close(self) -> None:
        """End the processes; their present work is lost."""
        for process in self._all:
            process.end()
        self._all = []


class _Process:
    """One process, and the thread that reads what it says: pipes of Windows cannot be waited for."""

    def __init__(
        self, child: subprocess.Popen[bytes], setup: bytes, said: queue.SimpleQueue[tuple[_Process, Any]]
    ) -> None:
        assert child.stdin
        assert child.stdout
        self.is_alive = True
        self.steps = 0
        """How many steps it has run."""
        self._child = child
        self._stdin: BinaryIO = child.stdin  # type: ignore[assignment]
        self._stdout: BinaryIO = child.stdout  # type: ignore[assignment]
        self._queue = said
        threading.Thread(target=self._listen, daemon=True).start()
        self._write(setup)

    def send(self, message: object) -> None:
        """Send a message. If the process has ended, the thread says so."""
        self._write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def end(self) -> None:
        """End the process at once."""
        self._child.kill()
        self._child.wait()
        with contextlib.suppress(OSError):
            self._stdin.close()

    def _write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self._stdin.write(data)
            self._stdin.flush()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
            while True:
                self._queue.put((self, pickle.load(self._stdout)))
        self.is_alive = False
        self._queue.put((self, None))
        self._stdout.close()


class _Asked:
    """The results that steps of another process read: asked for once, then known."""

    def __init__(self, rules: Iterable[Rule], ask: Callable[[object], Any]) -> None:
        self.rules: Mapping[str, Rule] = {rule.name: rule for rule in rules}
        self._ask = ask
        self._known: dict[tuple[str, str], tuple[int, Any]] = {}
        self._size = 0

    def one(self, rule: str, key: str) -> tuple[int, Any]:
        """Return the number of a result, and its value."""
        known = self._known.get((rule, key))
        return known if known else self._remember(rule, key, self._ask(_One(rule, key)))

    def all_of(self, rule: str, keys: Collection[str]) -> tuple[int, dict[str, Any]]:
        """Return the number of the mark for all results of a rule, and some of them."""
        found = {key: self._known[rule, key][1] for key in keys if (rule, key) in self._known}
        number, others = self._ask(_All(rule, [key for key in keys if key not in found]))
        found |= {key: self._remember(rule, key, kept)[1] for key, kept in others.items()}
        return number, {key: found[key] for key in keys}

    def all_of_part(self, rule: str, part: str, keys: Collection[str]) -> tuple[int, dict[str, bytes]]:
        """Return the number of the mark for all parts of a name, and those of some results, as kept."""
        found: tuple[int, dict[str, bytes]] = self._ask(_Part(rule, part, keys))
        return found

    def _remember(self, rule: str, key: str, kept: tuple[int, bytes | None, Any]) -> tuple[int, Any]:
        number, data, value = kept
        found = number, value if data is None else coding.load(data)
        self._size += len(data) if data is not None else len(value or "")
        if self._size > _MAX_KNOWN:
            self._known.clear()
            self._size = 0
        self._known[rule, key] = found
        return found


def serve(rules: Sequence[Rule], requests: BinaryIO, answers: BinaryIO) -> None:
    """Run steps for the engine of another process until it asks for no more."""

    def say(message: object) -> None:
        pickle.dump(message, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()

    def ask(question: object) -> Any:
        say(question)
        return pickle.load(requests)

    asked = _Asked(rules, ask)
    while True:
        try:
            rule, key = pickle.load(requests)
        except EOFError:
            return
        try:
            answer: object = work(asked, asked.rules[rule], key)[0]
        except EOFError:  # the engine has ended in the middle of a step
            return
        except Exception as error:
            answer = _Failed(_if_it_can_be_sent(error), traceback.format_exc())
        say(answer)


def _if_it_can_be_sent(error: Exception) -> Exception | None:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an exception may have anything in it
        return None
    return error
