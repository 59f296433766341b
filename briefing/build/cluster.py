"""Workers on other machines, by Dask. The only door to distributed.

``Cluster`` is a pool like the one of this machine (``workers.Pool``): it makes one prepared file a call, and
the rest of the build knows of no difference. Dask connects the machines, encrypts, moves the bytes and
notices who leaves; this module decides who may work. A worker gets a file only after it has described its
machine in the same words as this one (``machine``). Each file goes to a worker by name, so no more files are
under way than the workers need to be busy, and it is known what each had when it ended.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib.util
import ipaddress
import logging
import pickle
import queue
import socket
import threading
import urllib.parse
import uuid
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from briefing.build import cluster_worker, machine, workers
from briefing.formats.base import Prepared
from briefing.model.counting import counted
from briefing.model.findings import ClusterError, MissingLibraryError, RenderError, UsageError
from briefing.store import versions

GUIDE = "CLUSTER.md says how to start a scheduler and workers"
_DESCRIBE = f"__import__({cluster_worker.__name__!r}, fromlist=['*']).describe()"
"""Asked as a text, because a function of a module that a worker has not would end the whole worker."""
TRIES = 3
"""The number of workers that may end while they make one file."""
_AHEAD = 1
"""The files that wait at a worker beyond those that it is making, so that it need not wait for the next."""
_AT_MOST = 256
"""The most files that are under way at a time, on all workers together."""
_INTERVAL = 0.5
"""Seconds between two looks at who is there."""
_PATIENCE = 10
"""Seconds to wait for the scheduler, and for another worker where none is left, which takes time to start."""

_SILENCE = 60
"""Seconds without an answer after which a scheduler counts as lost."""


def check(address: str) -> None:
    """Raise UsageError for an address that a build must not use, MissingLibraryError without distributed."""
    parts = urllib.parse.urlsplit(address)
    if (
        parts.scheme not in ("tcp", "tls")
        or not parts.hostname
        or not parts.netloc.rpartition(":")[2].isdigit()
    ):
        raise UsageError(
            f"expected the address of a Dask scheduler such as tls://scheduler:8786, found '{address}'"
        )
    if not _is_private(address):
        raise UsageError(
            f"expected an address that begins with tls://, found '{address}': without TLS anybody in the "
            f"network could read the briefs and run programs on these machines; {GUIDE}"
        )
    if importlib.util.find_spec("distributed") is None:
        raise MissingLibraryError(
            f"a build on a cluster needs distributed; install it with: {versions.how_to_install('cluster')}"
        )


def _is_private(address: str) -> bool:
    """Return whether nobody else can read what is sent to an address: by TLS, or within this machine."""
    parts = urllib.parse.urlsplit(address)
    host = parts.hostname or ""
    with contextlib.suppress(ValueError):
        return parts.scheme == "tls" or ipaddress.ip_address(host).is_loopback
    return host == "localhost"


@contextlib.contextmanager
def started(address: str, report: Callable[[str], None]) -> Iterator[Cluster]:
    """Provide the workers of a cluster for the length of a block; then report which of them were lost."""
    cluster = Cluster(address)
    try:
        yield cluster
    finally:
        cluster.close()
        for note in cluster.notes:
            report(note)


@dataclass(eq=False, slots=True)
class _Worker:
    """A worker as this build knows it."""

    address: str
    threads: int
    folder: str
    """Where Dask lets this worker keep files."""
    is_good: bool | None = None
    """Whether it may make files; None until it has described itself."""
    tasks: dict[str, threading.Event] = field(default_factory=dict)
    """What it has been given, by key, each with what is set when there is nothing more to wait for."""
    is_reserved: bool = False
    """Whether it makes one file alone, or is about to."""
    is_gone: bool = False

    @property
    def room(self) -> int:
        """The number of tasks that it can be given now."""
        can_work = self.is_good and not self.is_gone and not self.is_reserved
        return self.threads + _AHEAD - len(self.tasks) if can_work else 0


class _GoneError(Exception):
    """A worker ended before it answered."""


class Cluster(workers.Pool):
    """The workers of a Dask cluster, as a pool."""

    def __init__(self, address: str) -> None:
        super().__init__(_AT_MOST)
        self.address = address
        self.notes: list[str] = []
        """For the user: a line for each worker that was lost or may not be used."""
        self._workers: dict[str, _Worker] = {}
        """By address."""
        self._had_one = False
        """Whether any worker was ever good."""
        self._lock = threading.RLock()
        self._room = threading.Condition(self._lock)
        """Notified when a worker can be given something, and at the end."""
        self._emptied = threading.Condition(self._lock)
        """Notified when something is done."""
        self._end: ClusterError | None = None
        """Why no file is made any more."""
        self._is_over = threading.Event()
        self._client: Any = None
        self._here = b""
        self._connection: Future[None] | None = None
        self._threads = ThreadPoolExecutor(_AT_MOST, "cluster")

    def warm_up(self) -> None:
        """Begin to connect ahead of the work."""
        with self._lock:
            self._connection = self._connection or self._threads.submit(self._connect)

    def make(self, prepared: Prepared) -> bytes:
        """Make a file at a worker. Raises RenderError if no worker can, ClusterError if there is none."""
        self.warm_up()
        assert self._connection
        self._connection.result()
        fonts: Mapping[str, bytes] = {}
        ended = 0
        while ended < TRIES:
            # Of the files that a worker was making when it ended, one may be to blame; the last try shows it.
            is_alone = ended == TRIES - 1
            worker, key = self._next_worker(is_alone)
            order = (self._here, worker.folder, pickle.dumps(prepared), fonts)
            try:
                answer = self._answer(worker, key, cluster_worker.make, *order)
            except _GoneError:
                ended += 1
                continue
            finally:
                self._release(worker, key, is_alone)
            if answer.bug:
                raise RuntimeError(answer.bug)
            if answer.problem:
                raise answer.problem
            if answer.has_changed:
                self._refuse(worker, "its installation has changed since it was started; start it again")
            elif answer.lacks:
                fonts = _fonts(prepared, answer.lacks)
            else:
                return bytes(answer.data)
        raise RenderError(
            f"{counted(ended, 'worker')} of the cluster ended while making it, so the others were spared; "
            "their machines may be out of memory"
        )

    def close(self) -> None:
        """Leave the cluster; what its workers have not made yet they need not make."""
        with self._lock:
            self._give_up("the build has ended")
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._client:
            self._client.close()
        super().close()

    def _connect(self) -> None:
        described = self._threads.submit(workers.Pool.make, self, machine.REQUEST)
        self._client = _client(self.address, self._is_over)
        self._here = described.result()
        self._threads.submit(self._watch)

    # ---------------------------------------------------------------------------------- who is there

    def _watch(self) -> None:
        """Look at who is there, again and again, until there is nobody left or nothing to do."""
        alone = 0.0
        while not self._is_over.wait(_INTERVAL):
            found = self._seen()
            with self._lock:
                if found is None:
                    self._give_up(f"the connection to the scheduler {self.address} was lost; build again")
                    return
                self._take_note_of(found)
                here = [worker for worker in self._workers.values() if not worker.is_gone]
                alone = 0 if any(worker.is_good is not False for worker in here) else alone + _INTERVAL
                if alone > _PATIENCE or (alone and here and not self._had_one):
                    self._give_up(self._why_nobody(bool(here)))

    def _seen(self) -> Mapping[str, Any] | None:
        """Return what the scheduler says of each of its workers; None if it cannot be asked."""
        try:
            identity = self._client.scheduler.identity
            answer = self._client.sync(identity, n_workers=-1, callback_timeout=_SILENCE)
            found: Mapping[str, Any] = answer["workers"]
        except Exception:  # Dask names no exceptions for this
            return None
        return found if self._client.status == "running" else None

    def _take_note_of(self, found: Mapping[str, Any]) -> None:
        """Let new workers describe themselves, and give what others have left behind back to be made."""
        for address, worker in self._workers.items():
            if address not in found and not worker.is_gone:
                worker.is_gone = True
                if worker.is_good:
                    files = counted(len(worker.tasks), "file")
                    self.notes.append(f"the worker {address} has left; {files} went to others")
                for answered in worker.tasks.values():
                    answered.set()
        for address, about in found.items():
            known = self._workers.get(address)
            if known is None or known.is_gone:
                worker = _Worker(address, about["nthreads"], about["local_directory"])
                self._workers[address] = worker
                self._threads.submit(self._admit, worker)

    def _why_nobody(self, is_refused: bool) -> str:
        if is_refused and not self._had_one:
            return f"no worker of {self.address} has what this machine has, so none may make files; {GUIDE}"
        what = "has no worker left" if self._had_one else "has no workers"
        return (
            f"the scheduler {self.address} {what}; start some and build again ({GUIDE}). Nothing was written"
        )

    def _admit(self, worker: _Worker) -> None:
        """Let a worker take part if it makes the same bytes as this machine."""
        if not _is_private(worker.address):
            self._refuse(worker, "it is reached without TLS")
            return
        key = uuid.uuid4().hex
        worker.tasks[key] = threading.Event()
        try:
            there = self._answer(worker, key, eval, _DESCRIBE, priority=1)
            why = machine.differences(self._here, there)
        except ClusterError:
            return
        except _GoneError:
            why = "it ended before it could say what it has"
        except Exception as error:  # whatever it may have instead of this program
            why = f"it cannot say what it has ({type(error).__name__}: {error})"
        finally:
            self._release(worker, key)
        if why:
            self._refuse(worker, why)
            return
        with self._lock:
            worker.is_good = self._had_one = True
            self._room.notify(worker.room)

    def _refuse(self, worker: _Worker, why: str) -> None:
        with self._lock:
            if worker.is_good is not False:
                self.notes.append(f"the worker {worker.address} is not used: {why}")
            worker.is_good = False

    # ---------------------------------------------------------------------------------- work and its end

    def _next_worker(self, is_alone: bool) -> tuple[_Worker, str]:
        """Return the worker with the least to do, as soon as one has room, and the key of a task for it."""
        with self._lock:
            self._room.wait_for(lambda: self._end or any(item.room > 0 for item in self._workers.values()))
            free = [worker for worker in self._workers.values() if worker.room > 0]
            if not self._end:
                worker = min(free, key=lambda worker: len(worker.tasks) / worker.threads)
                worker.is_reserved = is_alone
                self._emptied.wait_for(lambda: self._end or not is_alone or not worker.tasks)
            if self._end:
                raise self._end
            key = uuid.uuid4().hex
            worker.tasks[key] = threading.Event()
            return worker, key

    def _release(self, worker: _Worker, key: str, was_alone: bool = False) -> None:
        """Take note that a task has ended."""
        with self._lock:
            del worker.tasks[key]
            worker.is_reserved &= not was_alone
            self._room.notify(max(worker.room, 0))
            self._emptied.notify_all()

    def _answer(
        self, worker: _Worker, key: str, call: Callable[..., Any], *order: Any, priority: int = 0
    ) -> Any:
        """Return what a worker answers. Raises _GoneError if it ends before."""
        from distributed import CancelledError, KilledWorker

        answered = worker.tasks[key]
        # The key is all that others who look at the scheduler see of a task.
        named = {"key": f"briefing-{key}", "pure": False, "priority": priority}
        future = self._client.submit(call, *order, workers=[worker.address], **named)
        future.add_done_callback(lambda _: answered.set())
        try:
            answered.wait()
            while not self._end and not worker.is_gone:
                with contextlib.suppress(TimeoutError):  # it may end while it sends
                    return future.result(timeout=_PATIENCE)
        except (CancelledError, KilledWorker, OSError) as error:
            raise _GoneError from error
        finally:
            future.release()
        if self._end:
            raise self._end
        raise _GoneError

    def _give_up(self, why: str) -> None:
        """Let everybody who waits for a worker or an answer go on, with an error."""
        self._end = self._end or ClusterError(why)
        self._is_over.set()
        self._room.notify_all()
        self._emptied.notify_all()
        for worker in self._workers.values():
            for answered in worker.tasks.values():
                answered.set()


def _fonts(prepared: Prepared, digests: Collection[str]) -> dict[str, bytes]:
    """Return the bytes of fonts of the project. Raises RenderError if a file is not the one that was read."""
    found = {file.digest: file.place.read_bytes() for file in prepared.fonts if file.digest in digests}
    if any(hashlib.sha256(data).hexdigest() != digest for digest, data in found.items()):
        raise RenderError("a font of the project was changed during the build; build again")
    return found


def _client(address: str, is_over: threading.Event) -> Any:
    """Return a connection to a scheduler. Certificates come from Dask's own configuration."""
    import distributed

    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters, we say ourselves
    opened: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def connect() -> None:
        connection: Any = distributed.Client
        try:
            where = urllib.parse.urlsplit(address)
            socket.create_connection((where.hostname or "", where.port or 0), _PATIENCE).close()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of other versions: workers are compared more strictly
                client = connection(address, timeout=_PATIENCE, set_as_default=False, name="briefing")
        except Exception as error:  # what else listens there may answer anything
            why = str(error) or type(error).__name__
        else:
            client.close() if is_over.is_set() else opened.put(client)
            return
        gc.collect()  # Dask closes what it could not open; at the end of the process it could no more
        opened.put(why)

    # Dask waits for ever for a scheduler that takes a connection and says nothing.
    threading.Thread(target=connect, daemon=True).start()
    found: Any = "it does not answer"
    for _ in range(int(2 * _PATIENCE / _INTERVAL)):
        with contextlib.suppress(queue.Empty):
            found = opened.get(timeout=_INTERVAL)
            break
        if is_over.is_set():
            found = "the build has ended"
            break
    if isinstance(found, str):
        raise ClusterError(f"the scheduler {address} cannot be reached: {found}; {GUIDE}")
    return found
