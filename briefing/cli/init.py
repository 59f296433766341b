"""The command ``init``: a project to start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.commands import init as starter
from briefing.model.counting import counted

if TYPE_CHECKING:
    from briefing.commands.draft_project import LaidProject

_ABOUT_FIRST = "Open its files in a text editor; their notes say what to write instead of the invented text."
_ABOUT_EXAMPLE = "It is invented and has one of everything; content/pages/about.md says where."
_VERIFY = f"briefing verify --captures {starter.CAPTURES}"
_OWN = "briefing init FOLDER --text FILE --language en"
_NEXT = (
    ("briefing check", "says what is wrong, and in which line"),
    (_VERIFY, "looks up every passage that a fact cites"),
    ("briefing build", "makes the briefs and the site"),
)
"""The next commands, with what each does."""
_NEXT_OF_DRAFT = (
    ("briefing check", "says what is wrong, and in which line; when nothing is,"),
    (f"{_VERIFY} --record", "looks up every passage that a fact cites, and records the day"),
    ("briefing build", "makes the brief and the site"),
)


@click.command(epilog=EXIT_STATUS)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Begin with a text of your own: a plain text, a saved web page or a PDF.",
)
@click.option(
    "--language",
    metavar="TAG",
    default="",
    help="Language of that text, such as en, if the file does not say.",
)
@click.option(
    "--example", is_flag=True, help="Make a small complete corpus instead, to read and to try things on."
)
def init(folder: Path, text: Path | None, language: str, example: bool) -> None:
    r"""Make a project to start from.

    The project goes into FOLDER, by default the current one. With --text it is about a text of your own: the
    program registers the text, drafts facts from its figures and dates (the first twelve, in an English
    text), and makes a brief with links to them. You write the rest where notes ask for it:

    \b
      briefing init library --text report.txt --language en

    Without --text the content is invented: one text, five facts and one brief, with a note on every line. You
    can check and build that project at once. The command never overwrites an existing file.
    """
    if text and example:
        raise click.UsageError("--text and --example exclude each other; give one of them")
    if language and not text:
        raise click.UsageError("--language needs a text; name it with --text FILE")
    with console.machine_problems():
        if text:
            from briefing.commands import draft_project

            laid = draft_project.lay(text, language, console.today(), folder, console.call())
        else:
            starter.lay(starter.EXAMPLE if example else starter.FIRST, folder, console.call())
    if text:
        _print_draft(laid, folder)
    else:
        _print_made_up(folder, _ABOUT_EXAMPLE if example else _ABOUT_FIRST)


def _print_draft(laid: LaidProject, folder: Path) -> None:
    """Print what to write, in which order, and what to type next."""
    name, has_speakers = laid.source, any(draft.speaker for draft in laid.drafts)
    click.echo(f"A project on {name} is in {folder.absolute()}. Open in a text editor there, and write:")
    for path, what in (
        (
            f"content/facts/{name}.yaml",
            f"{_counted(len(laid.drafts))}, {_origin(laid)}: write their statements, or delete them",
        ),
        (f"content/briefs/{name}.md", "the brief: write sentences around its links"),
        *([("content/actors.yaml", "the speakers: compare them with the text")] if has_speakers else ()),
        (f"content/sources/{name}.yaml", "its headline, who published it, and when, if you know"),
    ):
        click.echo(f"  {path}\n      {what}")
    click.echo("Then type:")
    _print_commands(folder, _NEXT_OF_DRAFT)
    click.echo("Before others read it, write your name into content/project.yaml.")
    click.echo("'briefing handbook' explains how to go on and how to add further texts.")


def _print_made_up(folder: Path, about: str) -> None:
    click.echo(f"A project is in {folder.absolute()}. {about}")
    click.echo("Next:")
    _print_commands(folder, _NEXT)
    click.echo(f"To begin with a text of your own, name another folder and your file: {_OWN}")
    click.echo("'briefing handbook' explains how to go on.")


def _print_commands(folder: Path, commands: Sequence[tuple[str, str]]) -> None:
    """Print the next commands, and where their results can be read."""
    if folder != Path():
        click.echo(f"  cd {console.quoted(folder)}")
    width = max(len(command) for command, _ in commands)
    for command, what in commands:
        click.echo(f"  {command.ljust(width)}  {what}")
    click.echo(f"Then open {folder.absolute() / 'output' / 'site' / 'index.html'} in a browser.")


def _origin(laid: LaidProject) -> str:
    """Return where the drafted facts come from, and what of the text was not drafted."""
    if laid.unread:
        return f"of the first words only, because figures in the language '{laid.unread}' are not recognised"
    left_out = counted(laid.left_out, "figure or date", "figures and dates")
    rest = f", without its last {left_out}" if laid.left_out > 1 else ", without its last figure or date"
    rest = rest if laid.left_out else ""
    return f"drafted from the text{rest}"


def _counted(count: int) -> str:
    return "one fact" if count == 1 else counted(count, "fact")
