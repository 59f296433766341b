"""Workers, the processes that make slow files: several at a time, with limits, and safe for the build.

A worker is this module run as a program. It reads a prepared file as a pickle, and answers with bytes or with
a sentence. Threads of one interpreter would not be faster, and a crash inside a C library would end the
build; so would a fork after Pango is loaded. The first worker starts before the build knows what there is to
do, because importing WeasyPrint takes as long as reading the project.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from briefing.model.findings import BriefingError, ClusterError, RenderError
from briefing.store import box, versions

if TYPE_CHECKING:
    from briefing.formats.base import Prepared

Progress = Callable[[int, int, str], None]
"""A callback for progress: how many are done, how many there are, and the title of the last one."""


def no_progress(done: int, total: int, title: str) -> None:
    """Ignore progress."""


class Pool:
    """Up to ``size`` workers, started when they are needed, each with one request at a time."""

    def __init__(self, size: int) -> None:
        self.size = max(1, size)
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def warm_up(self) -> None:
        """Start one worker ahead of the work."""
        self._idle.put(self._start())

    def make(self, prepared: Prepared) -> bytes:
        """Make a file in a worker. Raises RenderError if the worker cannot make it, or ends."""
        worker = self._take()
        data = self._ask(worker, prepared)
        self._idle.put(worker)
        return data

    def _ask(self, worker: subprocess.Popen[bytes], prepared: Prepared) -> bytes:
        assert worker.stdin
        assert worker.stdout
        try:
            pickle.dump(prepared, worker.stdin)
            worker.stdin.flush()
            data, problem, bug = pickle.load(worker.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise RenderError(_last_words(worker)) from error
        if bug or problem:
            worker.kill()  # the failure may have left it short of memory; the next file gets a new worker
            if bug:
                raise RuntimeError(bug)
            raise problem
        return bytes(data)

    def close(self) -> None:
        """End all workers at once; their present work is lost."""
        for worker in self._all:
            worker.kill()
        for worker in self._all:
            worker.communicate()
        if self._scratch:
            self._scratch.cleanup()

    def _take(self) -> subprocess.Popen[bytes]:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._scratch is None:
            # A worker may end at any moment; the pool removes its temporary files.
            self._scratch = tempfile.TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True)
        worker = subprocess.Popen(
            [sys.executable, "-m", "briefing.build.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=box.environment(
                **versions.library_search(os.environ),
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._scratch.name),
            ),
            start_new_session=True,
        )
        self._all.append(worker)
        return worker


@contextlib.contextmanager
def started(size: int) -> Iterator[Pool]:
    """Provide workers for the length of a block, and end them after it."""
    workers = Pool(size)
    try:
        yield workers
    finally:
        workers.close()


class Wanted(Protocol):
    """A file to be made. What it is made of may be large, so it is asked for when its turn comes."""

    @property
    def fingerprint(self) -> str:
        """The digest of all that it is made of."""
        ...

    @property
    def prepared(self) -> Prepared:
        """What it is made of."""
        ...


@dataclass(frozen=True, slots=True)
class _AtHand:
    prepared: Prepared

    @property
    def fingerprint(self) -> str:
        return self.prepared.fingerprint


def make_all(
    wanted: Iterable[Prepared], pool: Pool, progress: Progress = no_progress
) -> tuple[dict[str, bytes], dict[str, BriefingError]]:
    """Make every prepared file once, even if it occurs twice; return bytes and problems by fingerprint."""
    made: dict[str, bytes] = {}
    problems = make_each(map(_AtHand, wanted), pool, made.__setitem__, progress)
    return made, problems


def make_each(
    wanted: Iterable[Wanted], pool: Pool, take: Callable[[str, bytes], None], progress: Progress = no_progress
) -> dict[str, BriefingError]:
    """Make every file once, even if it occurs twice, and hand its fingerprint and its bytes over at once.

    Return the problems by fingerprint. No more files are in memory than workers have to do.
    """
    from briefing.build import makers

    distinct = {item.fingerprint: item for item in wanted}
    slow: list[tuple[int, str, str]] = []
    for name, item in distinct.items():
        prepared = item.prepared
        if prepared.maker in makers.SLOW_MAKERS:
            slow.append((makers.weight(prepared), name, prepared.title))
        else:
            take(name, makers.make(prepared))
    if not slow:
        return {}
    # The longest work first, so that at the end nobody waits for it.
    slow.sort(key=lambda item: item[0], reverse=True)
    waiting = iter(slow)
    problems: dict[str, BriefingError] = {}
    done = 0
    with ThreadPoolExecutor(pool.size) as threads:
        running: dict[Future[bytes], tuple[str, str]] = {}
        try:
            while True:
                for _, name, title in itertools.islice(waiting, 2 * pool.size - len(running)):
                    running[threads.submit(pool.make, distinct[name].prepared)] = name, title
                if not running:
                    break
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    name, title = running.pop(future)
                    done += 1
                    try:
                        take(name, future.result())
                    except ClusterError:
                        raise
                    except BriefingError as error:
                        problems[name] = error
                    progress(done, len(slow), f"made {title}")
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            pool.close()
            raise
    return problems


def _last_words(worker: subprocess.Popen[bytes]) -> str:
    try:
        code = worker.wait(timeout=1)
    except subprocess.TimeoutExpired:
        worker.kill()
        code = worker.wait()
    cpu_limit = getattr(signal, "SIGXCPU", None)
    if cpu_limit is not None and code == -cpu_limit:
        return "it took too much processor time and was stopped; look for an endless table or style"
    return f"the worker that makes it exited with code {code}; the machine may be out of memory"


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more; a worker does nothing else."""
    from briefing.build import makers
    from briefing.formats.pdf import typeset

    typeset.warm_up()
    while True:
        try:
            prepared = pickle.load(requests)
        except EOFError:
            return
        answer: tuple[bytes, BriefingError | None, str]
        try:
            with box.limited(box.PAGE):
                answer = (makers.make(prepared), None, "")
        except BriefingError as error:
            answer = (b"", error, "")
        except MemoryError:
            answer = (b"", RenderError("it needs more memory than a page may use"), "")
        except Exception:  # a bug here is a bug of the build, which prints the traceback
            answer = (b"", None, traceback.format_exc())
        pickle.dump(answer, answers)
        answers.flush()


def main() -> None:
    """Serve on standard input and output, and discard whatever a library prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
