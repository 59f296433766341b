"""The command ``new``: a skeleton of a record, in the file where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.findings import UsageError, nearest

if TYPE_CHECKING:
    from briefing.commands.new import Made


@click.command(name="new", epilog=EXIT_STATUS)
@click.argument("kind", help="What to write: sheet, fact, brief, actor, system, origin, matter or ladder.")
@click.argument(
    "names", nargs=-1, required=True, help="Its name; of a fact, SHEET.NAME. Several are possible."
)
@click.option("--called", metavar="WORDS", default="", help="Its title or name as briefs print it.")
@click.option(
    "--source", metavar="SOURCE", default="", help="The source that a fact, or most facts of a sheet, cite."
)
@click.option(
    "--sheet",
    "sheets",
    metavar="SHEET",
    multiple=True,
    help="A sheet of a brief or a matter; can be repeated.",
)
@console.PROJECT
def new(
    kind: str, names: tuple[str, ...], called: str, source: str, sheets: tuple[str, ...], project: Path
) -> None:
    r"""Write a skeleton of a record for you to complete.

    \b
      briefing new sheet trams --source courier
      briefing new fact trams.price trams.order
      briefing new actor mara-ashdown --called "Mara Ashdown"

    A sheet and a brief get files of their own, a fact goes to the end of its sheet, and the others to the end
    of their registers. What is there already stays as it is. Empty fields say what you have to write; the
    command lists them, and "check" asks for them. If a name is taken, nothing is written.
    """
    with console.machine_problems():
        from briefing.commands import new as making

        if kind not in making.KINDS:
            raise UsageError(f"there is no kind '{kind}'; {nearest(kind, making.KINDS)}")
        if called and len(names) > 1:
            raise UsageError("--called is the name of one record; name only that one")
        with console.recording(project) as records:
            made = making.write(records, kind, names, making.Wish(called, source, sheets))
    console.print_lines(_written(made))


def _written(made: Made) -> Iterator[str]:
    """Yield where the records are, and what is to be completed there."""
    yield f"Written into {', '.join(made.paths)}."
    if made.findings:
        yield "To be completed:"
    for item in made.findings:
        yield f"  {item.at.path}:{item.at.line}: {item.message}; {item.hint}"
