"""Standard output and standard error that the rest of the program can rely on.

One rule holds for all commands. Text for people is written in the encoding of the stream; a character that
this encoding lacks is written as its escape (backslash, u, 2019). ASCII counts as a locale that nobody has
set, and click then uses UTF-8. Text for programs is always UTF-8 (``console.print_data``). If the reader has
gone away, or a stream was closed from the start, nothing changes: the work continues, and the exit status is
that of the work. Whatever a text quotes, no control characters are written but those of our own colours.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from typing import TextIO

from briefing.model import characters
from briefing.model.findings import BriefingError

LACKING = "backslashreplace"
"""The treatment of a character that the encoding of a stream lacks."""
_GONE = (errno.EPIPE, errno.ESHUTDOWN, *((errno.EINVAL,) if sys.platform == "win32" else ()))


class _Output(io.FileIO):
    """A file whose reader may have gone away: it drops whatever is written after that."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "wb", closefd=False)
        self._is_lost = False

    def write(self, data: object) -> int:
        """Write some bytes. Raises BriefingError, only once, if the disk is full."""
        size = memoryview(data).nbytes  # type: ignore[arg-type]
        if self._is_lost:
            return size
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            # The rest of the buffer would raise the same error again when the program ends.
            self._is_lost = True
            if error.errno in _GONE:
                return size
            raise BriefingError(f"the output could not be written: {error.strerror}") from error


_OWN = re.compile(r"(\x1b\[[0-9;]*m|\A\r|\r\Z)")
"""Controls that the program itself writes: a colour, and the return to the start of a line of progress."""


class _Text(io.TextIOWrapper):
    """A stream of text in which every control character can be seen."""

    def write(self, text: str) -> int:
        """Write some text."""
        shown = [part if index % 2 else characters.shown(part) for index, part in enumerate(_OWN.split(text))]
        return super().write("".join(shown))


@contextlib.contextmanager
def prepared() -> Iterator[None]:
    """Replace the standard streams, for the length of a block, by ones that follow the rule above."""
    _open_what_is_closed()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _tolerant(sys.stdout, 1), _tolerant(sys.stderr, 2)
    try:
        yield
        sys.stdout.flush()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BriefingError):
                stream.flush()
        sys.stdout, sys.stderr = before


def is_terminal(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that can erase a line."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def room(stream: TextIO) -> int:
    """Return how wide the lines of a stream may be; 0 if there is no limit, as in a file."""
    is_asked = os.environ.get("COLUMNS", "").isdecimal()
    return shutil.get_terminal_size((0, 0)).columns if is_asked or stream.isatty() else 0


def _open_what_is_closed() -> None:
    """Open the null device for a closed standard stream; a file opened later would get its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest free number: this one
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open


def _tolerant(stream: TextIO | None, number: int) -> TextIO:
    if stream is None:
        return open(number, "w", encoding="utf-8", errors=LACKING, closefd=False)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    try:
        own = stream.fileno()
    except OSError:
        return stream  # a buffer in memory
    stream.flush()
    return _Text(
        io.BufferedWriter(_Output(own)),
        encoding=stream.encoding,
        errors=LACKING,
        line_buffering=stream.line_buffering or stream.isatty(),
        write_through=stream.write_through,
    )
