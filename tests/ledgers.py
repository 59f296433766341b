"""A ledger for the sample, written without typesetting anything: editions, a withdrawal, renames."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefing.build import jobs
from briefing.compose import current
from briefing.editions import freeze, ledger
from briefing.model.ledger import FileDigests, Issued, Withdrawal
from briefing.model.values import Date, EditionNumber, Slug
from tests.conftest import Project, snapshot_of

FERRY = "content/facts/ferry.yaml"
HARBOUR = "content/facts/harbour.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
OVERVIEW = "content/briefs/overview.md"
ANNOUNCED = "status: announced\n    status_basis: announced, because the Gazette calls it planned"
"""Another status of the first crossing, for which no cited words stand."""


def issue(project: Project, brief: str, day: str, note: str = "As agreed.", **changes: Any) -> Issued:
    """Put a brief as it stands on record as its next edition."""
    snapshot = snapshot_of(project.root)
    assert snapshot.library, snapshot.findings
    stands, findings = current.compose(
        snapshot.library.briefs[brief], snapshot.library, snapshot.theme.templates, note
    )
    assert stands, findings
    number = changes.pop("id", None) or freeze.next_number(
        [item.id for item in stands.issued], is_minor=False
    )
    words = freeze.printed(stands.edition)
    issued = freeze.frozen(
        words, stands.state, Slug(brief), EditionNumber(number), Date(day), "R. Lund", note
    )
    files = FileDigests("a" * 64, "b" * 64, "c" * 64)
    issued = dataclasses.replace(issued, files=files, **changes)
    issued = dataclasses.replace(issued, seal=ledger.seal(issued))
    project.write(f"content/editions/{brief}/{issued.id}.yaml", ledger.of_edition(issued))
    return issued


def withdraw(project: Project, brief: str, number: str, day: str, reason: str) -> None:
    taken = Withdrawal(EditionNumber(number), Date(day), "R. Lund", reason)
    project.write(f"content/editions/{brief}/withdrawn.yaml", ledger.of_withdrawals((taken,)))


def tell_a_story(project: Project) -> None:
    """Two editions with a change between them, a correction, a withdrawal, a retired brief, three renames.

    The site shows drafts apart: the withdrawn brief is being written anew.
    """
    project.change("content/project.yaml", "contact:", "drafts: apart\ncontact:")
    issue(project, "ferry-purchase", "2031-04-10", "First edition.")
    issue(project, "overview", "2031-04-11", "First edition, at a glance.")
    project.write("content/briefs/dues.md", project.read(OVERVIEW).replace("at a glance", "and their dues"))
    issue(project, "dues", "2031-04-12", "The only edition.")
    (project.root / "content/briefs/dues.md").unlink()
    project.change(FERRY, "value: {amount: 4, unit: ferries}", "value: {amount: 5, unit: ferries}")
    project.change(FERRY, "status: discussed", ANNOUNCED)
    issue(project, "ferry-purchase", "2031-05-02", "A fifth ferry was left out.", corrects=EditionNumber("1"))
    withdraw(project, "overview", "1", "2031-05-03", "It counted the ferries of a draft.")
    rename_fact(project)
    rename_brief(project)
    rename_sheet(project)


def rename_fact(project: Project) -> None:
    project.change(FERRY, "\n  type:\n", "\n  class:\n    formerly: [ferry.type]\n")
    project.change(PURCHASE, "[](fact:ferry.type)", "[](fact:ferry.class)")
    project.change("content/pages/method.md", "fact:ferry.type", "fact:ferry.class")


def rename_brief(project: Project) -> None:
    text = project.read(OVERVIEW).replace("length: one-page", "length: one-page\nformerly: [overview]")
    project.write("content/briefs/at-a-glance.md", text)
    (project.root / OVERVIEW).unlink()
    project.change("content/project.yaml", "home: [overview]", "home: [at-a-glance]")


def rename_sheet(project: Project) -> None:
    text = project.read(HARBOUR).replace("harbour.", "quays.")
    project.write("content/facts/quays.yaml", f"formerly: [harbour]\n{text}")
    (project.root / HARBOUR).unlink()
    for path in (PURCHASE, "content/briefs/at-a-glance.md", FERRY, "content/pages/method.md"):
        text = (
            project.read(path)
            .replace("harbour.", "quays.")
            .replace("sheets: [ferry, harbour]", "sheets: [ferry, quays]")
        )
        project.write(path, text)


def site_of(project: Project) -> dict[str, str]:
    """The texts of the site, by path, without its downloads."""
    snapshot = snapshot_of(project.root)
    assert snapshot.library
    assert "site" not in snapshot.held, [item for item in snapshot.findings if item.is_error]
    found = jobs.site_jobs(snapshot, snapshot.library, {})
    return {
        job.path.removeprefix("site/"): job.prepared.text for job in found if job.prepared.maker == "text"
    }
