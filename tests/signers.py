"""A project whose records are signed, the keys of its people, and what somebody without a key may try."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from briefing.build import steps
from briefing.checks import signatures
from briefing.checks.base import Subject
from briefing.content import encode, seals, yaml_nodes
from briefing.editions import ledger
from briefing.model.findings import Finding
from briefing.model.ledger import Issued, Seals
from briefing.model.library import Library
from briefing.store import disk, request
from tests import values
from tests.conftest import Project, Said

SSH = shutil.which("ssh-keygen")
GPG = shutil.which("gpg")
LETTER = "content/editions/letter"
KEYS = "content/signers.yaml"
ADA, BOB = "Ada Marsh", "Bob Reed"
TODAY = datetime.date(2031, 5, 1)


@dataclass(frozen=True)
class Office:
    """A project that asks for signatures, and the folder of everybody's keys."""

    project: Project
    keys: Path

    def call(self, command: str, *arguments: str, by: str = ADA, key: str = "") -> Said:
        """Call a command as a person, with that person's key or another."""
        file = self.keys / (key or by.partition(" ")[0].lower())
        return self.project.call(command, *arguments, "--by", by, "--key", str(file))

    def expect(self, command: str, *arguments: str, by: str = ADA) -> None:
        said = self.call(command, *arguments, by=by)
        assert said.exit_code == 0, said.text

    def copy(self, folder: Path) -> Office:
        root = Path(shutil.copytree(self.project.root, folder / "project"))
        return Office(Project(root), self.keys)

    @property
    def library(self) -> Library:
        return library(self.project)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the files and with the signatures."""
        return problems(self.project)


def library(project: Project) -> Library:
    linked = steps.link(steps.read(disk.read(project.root, request.FOLDERS)))
    assert linked.library
    return linked.library


def problems(project: Project) -> tuple[Finding, ...]:
    linked = steps.link(steps.read(disk.read(project.root, request.FOLDERS)))
    if linked.library is None:
        return linked.findings
    found = signatures.signature(Subject(linked.library, (), TODAY))
    return (*(item for item in linked.findings if item.is_error), *found)


def make_key(folder: Path, name: str, *options: str) -> str:
    """Make a pair of SSH keys, and return the public one."""
    assert SSH
    subprocess.run(
        [SSH, "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@office", "-f", folder / name, *options],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return (folder / f"{name}.pub").read_text("utf-8").strip()


def entry(identifier: str, name: str, key: str, *more: str) -> str:
    lines = [f"{identifier}:", f"  name: {name}", f"  key: {key}", *(f"  {line}" for line in more)]
    return "\n".join(lines) + "\n"


def opened(folder: Path, *settings: str, since: str = "2020-01-01") -> Office:
    """A project that asks for signatures; its list of two keys is signed, and nothing else is there yet."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    project = Project(Path(shutil.copytree(values.GOOD_PROJECT, folder / "office")))
    # Under this name no check reads them, which takes half of the time of every command.
    (project.root / "captures").rename(project.root / "texts")
    lines = (project.read("content/project.yaml").rstrip(), f"signed_since: {since}", *settings)
    project.write("content/project.yaml", "\n".join(lines) + "\n")
    listed = [entry(name.partition(" ")[0].lower(), name, "") for name in (ADA, BOB)]
    listed = [
        text.replace("key: ", f"key: {make_key(keys, name)}")
        for text, name in zip(listed, ("ada", "bob"), strict=True)
    ]
    project.write(KEYS, "".join(listed))
    office = Office(project, keys)
    office.expect("signers")
    return office


def seal_again(project: Project, folder: str = "letter") -> None:
    """Write digests that fit whatever is there, as a person would who wants a forgery to pass."""
    records = steps.read(disk.read(project.root, request.FOLDERS)).records
    assert records
    for issued in records.issued:
        if issued.brief == folder and ledger.seal(issued) != issued.seal:
            again = dataclasses.replace(issued, seal=ledger.seal(issued))
            project.write(f"content/editions/{folder}/{issued.id}.yaml", ledger.of_edition(again))
    (project.root / f"content/editions/{folder}/seals.yaml").unlink(missing_ok=True)
    found = library(project).seals.get(folder, ())
    text = yaml_nodes.write(encode.to_plain(Seals(tuple(found))), "sealed again")
    project.write(seals.path(folder, seals.SEALS), text)


def forge(project: Project, issued: Issued) -> None:
    """Put an edition on record without any command."""
    project.write(f"content/editions/{issued.brief}/{issued.id}.yaml", ledger.of_edition(issued))
    seal_again(project, issued.brief)
