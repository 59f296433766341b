"""The other processes that run long steps of the line on demand: this module run as a program.

Each begins with the templates and the fonts of the project; everything else that a step reads, it asks for.
"""

from __future__ import annotations

import dataclasses
import os
import pickle
import subprocess
import sys

from briefing.build import recorded
from briefing.memo import processes
from briefing.memo.processes import MANY, Processes
from briefing.store import box, disk
from briefing.store.disk import Texts


def of(texts: Texts, size: int, many: int = MANY) -> Processes:
    """Return up to ``size`` processes for steps, started once there are ``many``; none if it is 1."""
    return Processes(size, _start, lambda: _setup(texts), many)


def _setup(texts: Texts) -> bytes:
    bare = dataclasses.replace(texts, texts=disk.below(texts, "templates"), captured={}, findings=())
    return pickle.dumps(bare, pickle.HIGHEST_PROTOCOL)


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "briefing.build.step_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=box.environment(),
        start_new_session=True,
    )


def main() -> None:
    """Serve on standard input and output, and discard whatever a library prints."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    texts = pickle.load(requests)
    processes.serve(recorded.rules(texts), requests, answers)


if __name__ == "__main__":
    main()
