"""Moving a corpus of an earlier version to what the program records now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.counting import counted

if TYPE_CHECKING:
    from briefing.commands.migrate import Migration


@click.command(epilog=EXIT_STATUS)
@click.option("--write", "is_written", is_flag=True, help="Write it. Without this, it is only shown.")
@console.PROJECT
def migrate(is_written: bool, project: Path) -> None:
    """Give the commitments of a corpus matters, the undertakings that they are about.

    The matters are proposed from the systems that commitments name and, where they name none, from their
    sheet. The command describes them in content/matters.yaml and adds a line to each fact; everything else in
    the files stays as it is, comments too. Then join matters that readers take for one, and give them labels.
    """
    with console.machine_problems():
        from briefing.commands import migrate as migrating

        if is_written:
            with console.recording(project) as records:
                texts = records.texts
                found = migrating.proposed(texts)
                if found.files:
                    records.write({path: text.encode() for path, text in found.files.items()})
        else:
            texts = console.read_texts(project)
            found = migrating.proposed(texts)
    console.print_findings(found.findings, texts)
    if found.facts is None:
        console.print_lines(["Nothing was written: correct these errors first."])
        sys.exit(1)
    console.print_lines(_told(found, is_written))


def _told(found: Migration, is_written: bool) -> Iterator[str]:
    if not found.files:
        yield "Every commitment has a matter; there is nothing to write."
        return
    changed = len(found.files) - bool(found.matters)
    facts, sheets = counted(len(found.facts or ()), "fact"), counted(changed, "sheet")
    done = "were written" if is_written else "would be written"
    yield f"{counted(len(found.matters), 'new matter')}, and the matters of {facts} in {sheets}, {done}."
    names = {item.id: item.name for item in found.matters}
    for name, count in found.counts.items():
        yield f"  {name}: {names.get(name, 'there already')} ({counted(count, 'fact')})"
    if not is_written:
        yield "'briefing migrate --write' writes this."
    else:
        yield "Join matters that readers take for one, and give them labels, in content/matters.yaml."
