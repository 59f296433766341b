"""The part of a cluster that runs on its machines, in the processes of Dask's workers.

A Dask worker hands every file to a child process of its own, as a build on one machine does (``workers``):
so a file has the same limits of time and memory everywhere, what it breaks is a process and not the worker,
and a worker with four threads uses four processors. Nothing here raises, because Dask would write the text
of a brief into its log.
"""

from __future__ import annotations

import dataclasses
import functools
import pickle
import subprocess
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.build import machine, workers
from briefing.model.findings import BriefingError, ClusterError
from briefing.store import disk, font_files
from briefing.store.font_files import FontFile

if TYPE_CHECKING:
    from briefing.formats.base import Prepared


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says to the request for a file: one of these."""

    data: bytes = b""
    problem: BriefingError | None = None
    """Why the file cannot be made, as it would be on any machine."""
    bug: str = ""
    """A traceback."""
    lacks: tuple[str, ...] = ()
    """Digests of fonts of the project that have to be sent with the request."""
    has_changed: bool = False
    """Whether the worker is no longer what it said."""


class _Children(workers.Pool):
    """The child processes of this worker. All describe the machine in the same words as the first."""

    def __init__(self) -> None:
        super().__init__(1)
        self.description = b""
        self.lock = threading.Lock()

    def _start(self) -> subprocess.Popen[bytes]:
        # The program may be replaced while a worker runs, and a child is what is on the disk now.
        child = super()._start()
        found = self._ask(child, machine.REQUEST)
        with self.lock:
            self.description = self.description or found
        if found != self.description:
            child.kill()
            raise ClusterError("the installation has changed")
        return child


@functools.cache
def _children() -> _Children:
    return _Children()


def describe() -> bytes:
    """Return the description of this worker's machine, and have a child process ready."""
    children = _children()
    if not children.description:
        children.warm_up()
    return children.description


def make(description: bytes, folder: str, wanted: bytes, fonts: Mapping[str, bytes]) -> Answer:
    """Make a prepared file, if this worker is as described.

    ``folder`` is Dask's own for this worker and goes with it; ``fonts`` are files of the project by digest.
    """
    try:
        if describe() != description:
            return Answer(has_changed=True)
        prepared: Prepared = pickle.loads(wanted)
        here = [_here(file, Path(folder) / "briefing-fonts", fonts) for file in prepared.fonts]
        lacks = tuple(file.digest for file in here if not file.place.is_file())
        if lacks:
            return Answer(lacks=lacks)
        return Answer(_children().make(dataclasses.replace(prepared, fonts=tuple(here))))
    except ClusterError:
        return Answer(has_changed=True)
    except BriefingError as error:
        return Answer(problem=error)
    except Exception:
        return Answer(bug=traceback.format_exc())


def _here(file: FontFile, folder: Path, fonts: Mapping[str, bytes]) -> FontFile:
    """Return a font file at its place here: in its package, or in the folder of fonts that were sent."""
    for packaged in font_files.packaged():
        if packaged == file:
            return packaged
    name = f"{file.digest}{file.place.suffix}"
    with _children().lock:
        if file.digest in fonts and not (folder / name).is_file():
            disk.put(folder, name, fonts[file.digest])
    return dataclasses.replace(file, place=folder / name)
