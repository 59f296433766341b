"""The command ``handbook``: the program's own pages, in the terminal or in the browser."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.findings import BriefingError
from briefing.store import disk

_PAGES = ("handbook", "method")
"""The pages of the program, as ``handbook.names`` returns them; that module is slow to import."""


@click.command(epilog=EXIT_STATUS)
@click.argument("page", type=console.ChoiceParam(_PAGES), default=_PAGES[0])
@click.option("--open", "is_opened", is_flag=True, help="Show it in the browser instead.")
def handbook(page: str, is_opened: bool) -> None:
    """Show the handbook for editors.

    If PAGE is "method", show how to read facts, statuses and grades instead. Both pages are also on the site
    of every project.
    """
    from briefing.commands import handbook as manual

    if not is_opened:
        text = manual.text(page)
        click.echo_via_pager(text) if sys.stdout.isatty() else console.print_data(text)
        return
    with console.machine_problems():
        folder = Path(tempfile.mkdtemp(prefix="briefing-"))
        for name, data in manual.html_pages().items():
            disk.put(folder, name, data)
        path = folder / f"{page}.html"
        click.echo(f"The page is in {path}.")
        if click.launch(str(path)):
            raise BriefingError("no browser could be started; open the file in one yourself")
