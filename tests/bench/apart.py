"""The program with its PDFs apart: everything runs as ever, but a PDF is a few bytes that nobody typesets.

    python -m tests.bench.apart build --project FOLDER

What a build of thousands of pages costs would drown in the cost of its PDFs, which is that of WeasyPrint.
No worker starts; the fonts of the site, which workers make as well, are made in this process.
"""

from __future__ import annotations

from briefing.build import workers
from briefing.formats.base import Prepared


def main() -> None:
    """Run a command of the program."""
    workers.Pool = _Apart  # type: ignore[misc]
    from briefing.cli import main as program

    program(prog_name="briefing")


class _Apart(workers.Pool):
    """Workers of which none ever starts."""

    def warm_up(self) -> None:
        """Start nothing."""

    def make(self, prepared: Prepared) -> bytes:
        """Return a font as the program makes it, and stand-ins for what would be typeset."""
        from briefing.build import makers

        is_typeset = prepared.maker in ("pdf", "poster")
        return prepared.fingerprint.encode() if is_typeset else makers.make(prepared)


if __name__ == "__main__":
    main()
