"""The command ``impact``: where facts are used, and what changes with them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from briefing.cli import audiences, console, streams
from briefing.model.findings import Severity
from briefing.store import json_record, request

_AGAINST = re.compile(r"build|issued|[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})?")


class AgainstParam(click.ParamType):  # type: ignore[type-arg]
    """The state to compare with: build, issued, or the number of an edition."""

    name = "against"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value unchanged if it is one of these; click calls this."""
        if not _AGAINST.fullmatch(value):
            self.fail(
                f"expected build, issued or the number of an edition, such as 2, found '{value}'", param, ctx
            )
        return value


AGAINST = click.option(
    "--against",
    type=AgainstParam(),
    metavar="build|issued|EDITION",
    default=request.AGAINST_BUILD,
    help="Compare the words with the last build (default), the last issued edition of every brief, or the "
    "edition with this number of every brief that has one.",
)


def width() -> int:
    """Return how many characters a line of the results may have."""
    return streams.room(sys.stdout) or 100


@click.command(
    epilog="Exit status: 0 all is well and no printed text changes because of FACT, 1 some text changes, or "
    "the content has errors, 2 the call or the computer has a problem."
)
@click.argument(
    "facts",
    metavar="FACT...",
    nargs=-1,
    required=True,
    help="A fact by its name, sheet.fact, or a sheet by the name of its file.",
)
@AGAINST
@audiences.AUDIENCE
@console.PROJECT
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with the results of the last build. Default: output/ in the project; with --audience, the "
    "folder for those readers inside it.",
)
@click.option(
    "--verbose", is_flag=True, help="Name every file, and show what the briefs say about the change."
)
@console.JSON
def impact(
    facts: tuple[str, ...],
    against: str,
    audience: str,
    project: Path,
    output: Path | None,
    verbose: bool,
    json: bool,
) -> None:
    """Show how FACT changed and every place that shows it or rests on it, before anything is written.

    FACT is the name of a fact, such as trams.contract, or of a sheet, which means all facts in it that
    changed. The command lists the briefs with their owners, each old and new sentence, row and note, the
    registers, and the files.
    """
    with console.machine_problems():
        from briefing.cli.reports import impact as impact_report
        from briefing.commands import where_used

        texts = console.read_texts(project)
        readers = audiences.known(project, audience)
        folder = output or audiences.folder(project, readers)
        with console.progress() as progress:
            answer = where_used.find_uses(
                texts, facts, folder, console.today(), against, progress, console.now(), readers
            )
    if json:
        found = [json_record.of_finding(item) for item in answer.findings]
        console.print_record({**impact_report.of_answer(answer), "findings": found})
    else:
        errors = [item for item in answer.findings if item.severity is Severity.ERROR]
        console.print_findings(errors, texts)
        console.print_lines(impact_report.uses(answer, width(), verbose))
    sys.exit(answer.exit_code)
