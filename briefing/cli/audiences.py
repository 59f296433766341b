"""The option ``--audience``, and the folder with the results of an audience."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from briefing.cli import console
from briefing.store import request

AUDIENCE = click.option(
    "--audience",
    metavar="NAME",
    default="",
    help="Only what these readers may see: an audience of the project, or a marking such as GREEN.",
)


def known(project: Path, name: str) -> str:
    """Return the name of an audience as the records of a build have it, before its folder is made."""
    if not name:
        return ""
    from briefing.content import layout, views

    with console.machine_problems():
        text = console.read_texts(project).texts.get(request.PROJECT_FILE, "")
        found = (item for item in layout.read_file(request.PROJECT_FILE, text).records if item)
        return str(views.audience_of(next(found, layout.UNREAD), name).id)


def folder(project: Path, audience: str = "", as_of: datetime.date | None = None) -> Path:
    """Return the folder for results: each audience and each day has its own, for the same names."""
    readers = f"audience-{audience.lower().replace('+', '-')}" if audience else ""
    day = f"as-of-{as_of.isoformat()}" if as_of else ""
    return project / "output" / readers / day
