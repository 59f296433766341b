"""Whatever character is put into a text, it is found, or what is printed has the same figures."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.formats import registry
from briefing.model.editions import FactFile
from briefing.model.look_alikes import LOOK_ALIKES
from tests import values
from tests.conftest import tries

TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2063\ufeff\ufe00\ufe0f\U000e0030\U000e0100\u2800\u3164"
FIGURES = "\u00b2\u2070\u2082\u2460\u2169\u0663\u09ea\uff13\U0001d7d1\u215b\u3007\u0338\u20e3"
LETTERS = "".join(looking[0] for looking in LOOK_ALIKES.values())
FIELDS = {
    "content/briefs/letter.md": ("The letter", "What it says", "They signed", "in the first batch", "names"),
    "content/facts/drones.yaml": ("statement: ", "label: ", "caveat: ", "title: "),
    "content/sources/report.yaml": ("title: ", "publisher: "),
    "content/actors.yaml": ("name: ",),
    "content/project.yaml": ("title: ",),
}
"""Where a text of the tiny good project begins, by file."""
_FORMATS = ("markdown", "html")


def taken(path: str, begin: str, character: str, index: int) -> Snapshot:
    """The project with a character within a text."""
    texts = values.good_texts()
    text = texts.texts[path]
    start = text.index(begin) + len(begin)
    line = text[start : text.index("\n", start)]
    place = start + index % (len(line) + 1)
    changed = {**texts.texts, path: text[:place] + character + text[place:]}
    return steps.snapshot(replace(texts, texts=changed), values.TODAY)


def figures(snapshot: Snapshot) -> dict[str, list[str]]:
    """The figures that a reader sees, by format."""
    formats = registry.by_name()
    return {
        name: re.findall(
            r"\d+(?:[.,]\d+)*",
            re.sub(
                r"<[^>]*>|sha256:\S*|[0-9a-f]{12,}",
                "",
                str(formats[name].prepare(snapshot.editions["letter"], snapshot.theme, FactFile())),
            ),
        )
        for name in _FORMATS
        if "letter" in snapshot.editions
    }


@settings(max_examples=tries(60))
@given(
    st.sampled_from([(path, begin) for path, begins in FIELDS.items() for begin in begins]),
    st.sampled_from(TURNS + UNSEEN + FIGURES + LETTERS),
    st.integers(0, 200),
)
@example(("content/briefs/letter.md", "They signed"), "\u202e", 3)
@example(("content/facts/drones.yaml", "statement: "), "\u2460", 5)
def test_a_character_is_found_or_changes_no_figure(
    field: tuple[str, str], character: str, index: int
) -> None:
    snapshot = taken(*field, character, index)
    is_found = any(finding.is_error for finding in snapshot.findings)
    if character in TURNS + UNSEEN:
        assert is_found, (field, ascii(character), index)
    elif not is_found:
        assert character in FIGURES + LETTERS
        assert _ascii(figures(snapshot)) == _ascii(figures(taken(*field, "", 0)))


def _ascii(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [figure for figure in listed if figure.isascii()] for name, listed in found.items()}
