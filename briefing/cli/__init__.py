"""The command line: it reads the call, the clock and the terminal, starts the work and reports the result.

Modules that are slow to import are imported only where they are needed, so that ``--help`` and a build with
nothing to do answer at once.
"""

from __future__ import annotations

import click

from briefing import __version__
from briefing.cli import (
    accept,
    build,
    console,
    diff,
    due,
    editions,
    handbook,
    impact,
    init,
    migrate,
    new,
    preview,
    rows,
    schema,
    signers,
    sources,
)
from briefing.cli.console import EXIT_STATUS
from briefing.cli.program import Program


@click.group(
    name="briefing",
    cls=Program,
    subcommand_metavar="COMMAND [OPTIONS]",
    epilog="To start with a text of your own: 'briefing init FOLDER --text FILE --language en'. To read on: "
    f"'briefing handbook', 'briefing reference'. {EXIT_STATUS}",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "BRIEFING"},
)
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn sourced facts into policy briefs.

    "briefing init" makes a project to start from, with a text of your own or with invented facts, "briefing
    handbook" explains how to go on, and "briefing reference" prints every option and field.

    Facts are in content/facts, briefs in content/briefs. "briefing check" reports what is wrong with them,
    "briefing plan" shows what a build would do and why, and "briefing build" makes the site and the Markdown,
    HTML and PDF files of every brief.
    """


@click.command(name="reference", epilog=EXIT_STATUS)
def print_reference() -> None:
    """Print the reference: every command, field, form, scale and check."""
    from briefing.cli import reference

    console.print_data(reference.text(main))


for _command in (
    init.init,
    build.check,
    build.plan,
    build.build,
    new.new,
    preview.preview,
    sources.source_group,
    sources.verify,
    sources.coverage,
    rows.rows,
    impact.impact,
    migrate.migrate,
    accept.accept,
    editions.review,
    editions.issue,
    editions.withdraw,
    editions.editions,
    signers.signers,
    signers.adopt,
    diff.diff,
    due.due,
    schema.schema,
    handbook.handbook,
    print_reference,
):
    main.add_command(_command)
