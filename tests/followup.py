"""An invented follow-up to the shipped corpus: a contract for a first lot, planted in a copy of it.

Nothing of it has happened. ``python -m tests.followup FOLDER`` leaves a copy of the corpus there with the
first edition of a brief and the follow-up behind it, for a look.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from briefing.cli import main
from tests.conftest import REPOSITORY, Project

BRIEF = "rafale-deal"
RAFALE = "content/facts/rafale.yaml"
SOURCE = """\
title: First lot signed
publisher: The Invented Courier
author: not stated
published: 2026-11-10
retrieved: 2026-11-11
url: not stated
language: en
capture: follow-up.txt
sha256: "0000000000000000000000000000000000000000000000000000000000000000"
reliability: C
label: Invented report on a first lot
"""
FIRST_LOT = """\
  first-lot:
    kind: commitment
    statement: Ukraine has signed a contract for a first lot of Rafale aircraft.
    evidence:
      - {source: follow-up, paragraph: 1, terms: [signed a contract, first lot, 20 aircraft, 9 November 2026]}
    value: {amount: 20, unit: aircraft}
    status: contracted
    date: 2026-11-09
    asserted: 2026-11-10
    actors: [ukraine]
    systems: [rafale]
    credibility: "3"
    review_by: 2027-06-30
"""
RAISED = """\
    history:
      - asserted: {edtf: 2025-11-17, inferred: [year, month, day]}
        statement: By Zelenskyy's account Ukraine can buy Rafale aircraft under the declaration.
        evidence:
          - {source: paris-visit, paragraph: 5, terms: [100 Rafale F4 aircraft, by 2035],
             origin: zelenskyy-social-media}
          - {source: paris-visit, paragraph: 4, terms: [aims to purchase], origin: zelenskyy-tf1-lci}
        said_by: [zelenskyy]
        value: {amount: 100, unit: Rafale F4 aircraft}
        status: intent
        date: ../2035
        credibility: "3"
"""


def copy(folder: Path) -> Project:
    """A copy of the shipped content."""
    shutil.copytree(REPOSITORY / "content", folder / "content")
    editions = folder / "content/editions"
    if editions.exists():
        shutil.rmtree(editions)
    project = Project(folder)
    listed = "disagreements: [rafale.order-or-intent"
    project.change(f"content/briefs/{BRIEF}.md", listed, f"{listed}, rafale.what-it-concerns")
    return project


def plant(project: Project) -> None:
    """A new source, a contract, a changed amount, and a disagreement that is over."""
    project.write("content/sources/follow-up.yaml", SOURCE)
    text = project.read(RAFALE)
    text = text.replace("  purpose:\n", f"{FIRST_LOT}  purpose:\n", 1)
    head, found, rest = text.partition("  aircraft:\n")
    assert found
    fact, _, after = rest.partition("  version:\n")
    fact = fact.replace("value: {amount: 100,", "value: {amount: 114,", 1)
    fact = fact.replace("    date: ../2035\n", "    date: ../2035\n    asserted: 2026-11-10\n", 1)
    fact = fact.replace(
        "    evidence:\n",
        "    evidence:\n      - {source: follow-up, paragraph: 2, terms: [114 Rafale F4 aircraft]}\n",
        1,
    )
    text = f"{head}  aircraft:\n{fact}{RAISED}  version:\n{after}"
    before, found, rest = text.partition("  what-it-concerns:\n")
    assert found
    _, found, after = rest.partition("gaps:\n")
    assert found
    project.write(RAFALE, f"{before}gaps:\n{after}")
    brief = f"content/briefs/{BRIEF}.md"
    text = project.read(brief)
    text = text.replace("    - rafale.aircraft\n", "    - rafale.aircraft\n    - rafale.first-lot\n", 1)
    text = text.replace(", rafale.what-it-concerns", "", 1)
    text = text.replace(
        "Number, date and [version]",
        "One text reports [a contract](fact:rafale.first-lot) for [](fact:rafale.first-lot).\n\n"
        "Number, date and [version]",
        1,
    )
    assert "rafale.first-lot)" in text
    project.write(brief, text)


if __name__ == "__main__":
    made = copy(Path(sys.argv[1]))
    words = ["issue", BRIEF, "--note", "First edition.", "--by", "A. Person", "--project", str(made.root)]
    try:
        main(words)
    except SystemExit as done:
        print(f"issued: {done.code}")
    plant(made)
