"""The commands that sign the list of keys, and records from before the project asked for signatures."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli import console
from briefing.cli.console import EXIT_STATUS
from briefing.model.counting import counted


@click.command(epilog=EXIT_STATUS)
@console.BY
@console.KEY
@console.PROJECT
def signers(by: str, key_file: str, project: Path) -> None:
    """Sign the list of keys in content/signers.yaml, so that nobody can add a key unseen.

    The first list is signed with one of its own keys. After that, a change of a key, or of "signed_since" or
    "two_persons_since" in content/project.yaml, is an error until a person on the list before confirms it
    with this command.
    """
    with console.machine_problems():
        from briefing.commands import signing

        with console.recording(project) as records:
            done = signing.sign_keys(records, signing.Signer(by, console.today(), key_file))
    if done is None:
        console.print_lines(["The list of keys is signed as it is; nothing was written."])
        return
    keys = counted(len(done.record.keys), "key")
    console.print_lines(
        [
            f"List {done.record.id} with {keys} is signed by {by}, in {done.path}.",
            f"  Its digest is {done.digest}.",
            "Keep this digest outside the project: it shows whether somebody began the list again.",
        ]
    )


@click.command(epilog=EXIT_STATUS)
@console.BRIEF
@console.BY
@console.KEY
@console.PROJECT
def adopt(brief: str, by: str, key_file: str, project: Path) -> None:
    """Sign the records of BRIEF that are older than the signatures of the project.

    These are its editions, withdrawals and acceptances from before "signed_since". They keep the names that
    they have; your signature says that you found them as they are. Later records are signed by the commands
    that write them.
    """
    with console.machine_problems():
        from briefing.commands import signing

        with console.recording(project) as records:
            found = signing.adopt(records, brief, signing.Signer(by, console.today(), key_file))
    if not found:
        console.print_lines([f"No older record of {brief} lacks a signature; nothing was written."])
        return
    console.print_lines([f"{counted(len(found), 'older record')} of {brief} signed by {by}:"])
    console.print_lines(f"  {item.record.words}, by {item.record.by}" for item in found)
