"""One command as a whole process, cold: wall seconds, processor seconds, peak memory, and what it said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable


_WAIT = """
import os, sys, time
begun = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - begun
os.write(int(sys.argv[1]), f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}".encode())
sys.exit(os.waitstatus_to_exitcode(status) & 255)
"""
"""Starts a command and waits. Linux counts the memory of a process that starts another as the other's, so it
has to be a small one."""


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, processor seconds with its children, peak memory of the largest in MiB."""

    wall: float
    processor: float
    memory: float
    said: str = ""
    """The last line of its output."""


class FailedError(Exception):
    """A command ended otherwise than it should; such a run is never counted."""


def run(command: Sequence[str], limit: float | None = None) -> Run:
    """Run a command. Raises FailedError where it fails, or takes longer than a limit in seconds."""
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as problems,
        tempfile.TemporaryFile() as used,
    ):
        process = subprocess.Popen(
            [PYTHON, "-I", "-S", "-c", _WAIT, str(used.fileno()), *command],
            cwd=ROOT,
            env=environment(),
            stdout=out,
            stderr=problems,
            start_new_session=True,
            pass_fds=[used.fileno()],
        )
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired as error:
            raise FailedError(f"it had not ended after {limit:.0f} s") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        said, complaint, usage = map(_last_line, (out.fileno(), problems.fileno(), used.fileno()))
    if code:
        raise FailedError(f"it ended with {code}: {complaint or said}")
    wall, processor, memory = map(float, usage.split())
    return Run(wall, processor, memory, said)


def environment() -> Mapping[str, str]:
    """Return the environment of all commands.

    The fonts are the same for everybody: WeasyPrint alone would look through those of the whole machine.
    """
    settings = Path(tempfile.gettempdir()) / f"briefing-bench-{os.getpid()}-fonts.conf"
    if not settings.exists():
        from briefing.formats.pdf import typeset as typesetting

        folders = "".join(f"<dir>{folder}</dir>" for folder in typesetting.font_folders())
        settings.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
            f'<fontconfig>{folders}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>',
            "utf-8",
        )
    return {**os.environ, "FONTCONFIG_FILE": str(settings), "PYTHONPATH": str(ROOT)}


def _last_line(file: int) -> str:
    size = os.lseek(file, 0, os.SEEK_END)
    lines = os.pread(file, 4096, max(0, size - 4096)).decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""
