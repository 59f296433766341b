"""The command ``preview``."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS


@click.command(epilog=EXIT_STATUS)
@click.argument("brief", required=False, default="")
@console.PROJECT
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="The port of the address. Default: any that is free.",
)
@click.option("--no-open", is_flag=True, help="Only print the address, and open no browser.")
def preview(brief: str, project: Path, port: int, no_open: bool) -> None:
    """Show a brief in the browser while you write it.

    After every save the page shows the new state, at the place that you were reading, with what the checks
    find at each sentence; so do its PDFs. Nothing is written into the project or its results. Only this
    machine can open the address. Ctrl-C ends the preview.
    """
    with console.machine_problems():
        from briefing.build import steps
        from briefing.content import layout

        names = layout.brief_names(console.read_texts(project))
        steps.refuse_unknown_briefs([brief] if brief else [], names)
        from briefing.preview import server
        from briefing.preview.session import Session

        def ready(address: str) -> None:
            click.echo(f"The preview is at {address}")
            click.echo("Ctrl-C ends it.")
            if not no_open and click.launch(address):
                console.print_problem(
                    "briefing: no browser could be started; open the address in one yourself"
                )

        def start() -> Session:
            return Session(lambda: console.read_texts(project), project, project / "output", console.today)

        try:
            server.run(start, project, brief, port, ready)
        except console.Terminated:
            raise
        except KeyboardInterrupt:
            click.echo("The preview has ended.")
