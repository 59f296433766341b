"""The command ``schema``: what editors need to complete and check a file while somebody types."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.counting import counted


@click.command(name="schema", epilog=EXIT_STATUS)
@console.PROJECT
def schema(project: Path) -> None:
    r"""Write JSON Schemas for editors into the folder schemas of the project.

    An editor that reads them shows fields with their meaning, and completes choices and the names of facts,
    actors, sources and systems. "init" and "new" begin a file with the comment that names its schema; for
    another one, put it into the first line:

    \b
      # yaml-language-server: $schema=../../schemas/facts.json

    There is one for each kind of file: project, sources, facts, actors, systems and so on. Write them again
    when names have been added.
    """
    with console.machine_problems():
        from briefing.commands import schema as writing

        paths = writing.write(project, console.read_texts(project))
    console.print_lines([f"{counted(len(paths), 'schema')} written: {', '.join(paths)}."])
