"""The last word of a command that hangs in one operation of the interpreter; ``box`` runs it as a program.

It reads what the other process works on, a line each, and at its end what Python's faulthandler writes. It
imports nothing of this program, because it is started with each command that uses a project's own templates
and seldom has anything to say.
"""

from __future__ import annotations

import re
import sys

_END = re.compile(r"^Timeout \(", re.MULTILINE)
_TEMPLATE = re.compile(r'File "([^"\n/\\<]+)", line')


def sentence(said: str, seconds: str) -> str:
    """Return what to say about a hung process; empty if it has ended by itself."""
    end = _END.search(said)
    if not end:
        return ""
    at = _TEMPLATE.search(said, end.start())
    work = f"templates/{at[1]}" if at else said[: end.start()].strip().rpartition("\n")[2]
    return (
        f"briefing: {work}: it has not come to an end after {seconds} seconds, so the command was ended; "
        "finished files stay as they were; simplify it\n"
    )


if __name__ == "__main__":
    sys.stderr.write(sentence(sys.stdin.read(), sys.argv[1]))
