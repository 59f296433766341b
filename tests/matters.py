"""Matters and sides for the sample project, which has none."""

from __future__ import annotations

import re

from tests.conftest import Project

MATTERS = """\
ferries:
  name: New ferries for the strait
  label: Ferries
  topic: ferry
  systems: [m2-ferry]
  names: [ferry deal]
  description: What Norrvik may buy from Telmark.
crossing:
  name: The first crossing
  topic: ferry
"""
SIDES = {
    "norrvik:\n  name: Norrvik\n": "norrvik:\n  name: Norrvik\n  short: NO\n",
    "telmark:\n  name: Telmark\n": "telmark:\n  name: Telmark\n  short: TE\n",
    "Transport of Norrvik\n": "Transport of Norrvik\n  part_of: norrvik\n",
    "the Sea of Telmark\n": "the Sea of Telmark\n  part_of: telmark\n",
}
FACTS = {
    "letter": "ferries",
    "count": "ferries",
    "price": "ferries",
    "first-crossing": "crossing",
}


def give(project: Project) -> None:
    """Say which facts of the sample are about which matters, and who is part of whom."""
    project.write("content/matters.yaml", MATTERS)
    for old, new in SIDES.items():
        project.change("content/actors.yaml", old, new)
    sheet = project.read("content/facts/ferry.yaml")
    for fact, matter in FACTS.items():
        sheet, found = re.subn(rf"(^  {fact}:\n)", rf"\1    matters: [{matter}]\n", sheet, flags=re.MULTILINE)
        assert found == 1
    project.write("content/facts/ferry.yaml", sheet)
