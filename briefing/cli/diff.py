"""The command ``diff``: redlines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.store import disk

FORMATS = {"html": ".html", "pdf": ".pdf", "md": ".md", "docx": ".docx"}
"""The formats of a redline, with the endings of their files."""


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@click.option(
    "--from",
    "old",
    metavar="EDITION|DATE",
    default="",
    help="The earlier state: the number of an edition, or a day such as 2025-11-30. Default: the last "
    "edition.",
)
@click.option(
    "--to",
    "new",
    metavar="EDITION|DATE",
    default="now",
    help="The later state, in the same form. Default: the present brief.",
)
@click.option(
    "--format",
    type=console.ChoiceParam(tuple(FORMATS)),
    default="html",
    help="A page for the screen (default), a PDF, Markdown with CriticMarkup, or a Word document with "
    "tracked changes.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it. Default: output/redlines/BRIEF-FROM-to-TO in the project, with the "
    "ending of the format.",
)
@console.PROJECT
def diff(brief: str, old: str, new: str, format: str, output: Path | None, project: Path) -> None:
    """Mark up what has changed in the text of BRIEF between two states, word by word.

    The redline contains the whole text, with tables and notes, after a list of the facts that changed.
    Deletions are struck through and insertions underlined. In the Word document they are tracked changes,
    which you can accept or reject.
    """
    with console.machine_problems():
        from briefing.commands import diff as comparing
        from briefing.language.wording import MESSAGES
        from briefing.redline import tree, write

        texts = console.read_texts(project)
        found = comparing.run(texts, brief, old, new, console.today())
        if found.redline is None:
            console.print_findings(found.findings, texts)
            console.print_problem(f"briefing: {found.problem}")
            sys.exit(1)
        sides = f"{found.redline.old.name}-to-{found.redline.new.name}"
        path = output or project / "output" / comparing.FOLDER / f"{brief}-{sides}{FORMATS[format]}"
        made = write.make(found.redline, format, found.theme)
        if leaks := found.leaks(path.name, made):
            console.print_findings(leaks, texts)
            console.print_problem(
                "briefing: the redline would say what its readers may not see; nothing was written"
            )
            sys.exit(1)
        disk.put(path.parent, path.name, made)
        counts = tree.in_words(found.redline.counts, MESSAGES.say)
    console.print_lines([f"{path}: {counts}"])
