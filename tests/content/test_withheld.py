"""What of a record is a tell-tale of its own, and what other briefs may say in the same words."""

from __future__ import annotations

import re

from briefing.content import withheld
from tests.conftest import REPOSITORY

WRITTEN = {"bottom-line", "why", "options", "lines", "narrative"}
"""The sections whose words somebody writes for one brief."""


def test_every_section_of_a_brief_is_known_as_composed_or_as_written_for_it() -> None:
    """A new section is searched for in full until it stands in one of these lists."""
    template = (REPOSITORY / "templates/brief/brief.md.j2").read_text("utf-8")
    begun = set(re.findall(r'{{ section\("([a-z-]+)"', template))
    assert begun == withheld.COMPOSED | WRITTEN
