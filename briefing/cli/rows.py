"""The command that reads the rows of a fact from a table."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.store import disk


@click.command(epilog=EXIT_STATUS)
@click.argument("fact", metavar="FACT", help="The fact, by its key: trams.fleet.")
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The table: CSV, or a workbook (.xlsx) with one table.",
)
@click.option("--record", "is_recorded", is_flag=True, help="Write the rows into the sheet of the fact.")
@console.PROJECT
def rows(fact: str, file: Path, is_recorded: bool, project: Path) -> None:
    """Read the rows of FACT from FILE, a table, and show how they differ from those that it has.

    The fact says under "table" which source the table is and which of its columns have the name and the value
    of each row. A question mark is a value that is not known, an empty cell is none, and 0 is a value.
    Nothing is written without --record.
    """
    with console.machine_problems():
        from briefing.commands import rows as command

        console.refuse_no_project(project)
        data = disk.read_foreign(file)
        if is_recorded:
            with console.recording(project) as records:
                found = command.read(records.texts, fact, data, file.name)
                path = command.record(records, found) if found.differences else ""
        else:
            found, path = command.read(console.read_texts(project), fact, data, file.name), ""
    console.print_lines(found.differences or ["The rows are as they were."])
    if path:
        console.print_lines([f"Recorded in {path}."])
    elif found.differences:
        console.print_lines(["Nothing was written; --record writes these rows."])
