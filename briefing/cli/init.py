"""A project to start from."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.commands import init as starter

_ABOUT_FIRST = "Open its files in a text editor; their notes say what to put in place of what is there."
_ABOUT_EXAMPLE = "It is made up, and has one of everything; content/pages/about.md says where."
_VERIFY = f"briefing verify --captures {starter.CAPTURES}"
_ADD = (
    f"briefing source add FILE --captures {starter.CAPTURES} --language en "
    '--title "HEADLINE" --publisher "NAME" --published 2026-04-28'
)
_NEXT = (
    ("briefing check", "says what is wrong, and in which line"),
    (_VERIFY, "looks up every passage that a fact cites"),
    ("briefing build", "makes the briefs and the site"),
)
"""The next commands, with what each does."""


@click.command(epilog=EXIT_STATUS)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--example", is_flag=True, help="Lay a small complete corpus instead, to look at and to try things on."
)
def init(folder: Path, example: bool) -> None:
    """Make a project to start from.

    It is made in FOLDER, by default here: one text, five facts and one brief, all made up. Every line has a
    note that says what to put in its place. The project can be checked and built at once. Nothing that is
    there already is overwritten.
    """
    with console.machine_problems():
        starter.lay(starter.EXAMPLE if example else starter.FIRST, folder)
    click.echo(f"A project is in {folder.absolute()}. {_ABOUT_EXAMPLE if example else _ABOUT_FIRST}")
    click.echo("Next:")
    if folder != Path():
        click.echo(f"  cd {console.quoted(folder)}")
    for command, what in _NEXT:
        click.echo(f"  {command.ljust(len(_VERIFY))}  {what}")
    click.echo(f"Then open {folder.absolute() / 'output' / 'site' / 'index.html'} in a browser.")
    click.echo(f"To register a text of your own, type in one line: {_ADD}")
    click.echo("What you give there must be in the text. 'briefing handbook' says how to go on.")
