"""Whatever character is put into a text, it is found, or what is printed has the same figures."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.content import withheld
from briefing.formats import registry
from briefing.formats.pdf import typeset, unpacked
from briefing.model.editions import FactFile
from briefing.model.look_alikes import LOOK_ALIKES
from tests import values
from tests.conftest import tries

TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2063\ufeff\ufe00\ufe0f\U000e0030\U000e0100\u2800\u3164"
FIGURES = "\u00b2\u2070\u2082\u2460\u2169\u0663\u09ea\uff13\U0001d7d1\u215b\u3007\u0338\u20e3"
LETTERS = "".join(looking[0] for looking in LOOK_ALIKES.values())
OF_THE_FORM = frozenset(
    ["id", "terms", "capture", "sha256", "passages", "url", "language", "edtf", "currency", "template"]
)
"""Fields with texts of a fixed form, or compared with a source, which another character breaks."""


def fields() -> list[tuple[str, int, str]]:
    """Every text in the records of the tiny good project: its file, its line, and the text as it is there."""
    texts = values.good_texts()
    library = steps.link(steps.read(texts)).library
    assert library
    found = {("content/project.yaml", 1, library.project.title)}
    for trace in withheld.traces(library):
        path, line = trace.at.path, trace.at.line
        if isinstance(trace.what, str) and path in texts.texts and trace.field not in OF_THE_FORM:
            first = trace.what.strip().split("\n")[0]
            if len(first) > 1 and first in texts.texts[path].split("\n")[line - 1]:
                found.add((path, line, first))
    return sorted(found)


FIELDS = fields()
_FORMATS = ("markdown", "html", "flash")


def taken(path: str, line: int, text: str, character: str, index: int) -> Snapshot:
    """The project with a character within a text."""
    texts = values.good_texts()
    lines = texts.texts[path].split("\n")
    place = lines[line - 1].index(text) + 1 + index % len(text)
    lines[line - 1] = lines[line - 1][:place] + character + lines[line - 1][place:]
    return steps.snapshot(replace(texts, texts={**texts.texts, path: "\n".join(lines)}), values.TODAY)


def figures(snapshot: Snapshot) -> dict[str, list[str]]:
    """The figures that a reader sees, by format."""
    formats = registry.by_name()
    return {
        name: re.findall(
            r"\d+(?:[.,]\d+)*",
            re.sub(
                r"<[^>]*>|sha256:\S*|[0-9a-f]{12,}|version [0-9a-f]{7}\b",
                "",
                formats[name].prepare(snapshot.editions["letter"], snapshot.theme, FactFile()).text,
            ),
        )
        for name in _FORMATS
        if "letter" in snapshot.editions
    }


GOOD = steps.snapshot(values.good_texts(), values.TODAY)


def test_every_kind_of_record_is_tried() -> None:
    assert {path for path, _, _ in FIELDS} >= {
        f"content/{name}"
        for name in (
            "actors.yaml",
            "briefs/letter.md",
            "facts/drones.yaml",
            "origins.yaml",
            "pages/method.md",
            "sources/report.yaml",
            "systems.yaml",
        )
    }
    assert len(FIELDS) > 80


@settings(max_examples=tries(60))
@given(
    st.sampled_from(FIELDS),
    st.sampled_from(TURNS + UNSEEN + FIGURES + LETTERS),
    st.integers(0, 200),
)
@example(("content/briefs/letter.md", 8, "They signed"), "\u202e", 3)
@example(("content/facts/drones.yaml", 10, "The two ministers"), "\u2460", 5)
def test_a_character_is_found_or_changes_no_figure(
    field: tuple[str, int, str], character: str, index: int
) -> None:
    snapshot = taken(*field, character, index)
    is_found = any(finding.is_error for finding in snapshot.findings)
    if character in TURNS + UNSEEN:
        assert is_found, (field, ascii(character), index)
    elif not is_found:
        assert character in FIGURES + LETTERS
        assert _ascii(figures(snapshot)) == _ascii(figures(GOOD))


def _ascii(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [figure for figure in listed if figure.isascii()] for name, listed in found.items()}


@pytest.mark.pdf
@pytest.mark.parametrize(
    "title", ["Of 1\u00a0250, 3\u20134 and \u22125", "Of 3\u2009%, 12\u00d730 and 0\u202f800", "Of 1,250.75"]
)
def test_a_pdf_says_the_figures_of_its_page(title: str) -> None:
    texts = values.good_texts()
    path = "content/briefs/letter.md"
    brief = texts.texts[path].replace("title: The letter", f"title: {title}")
    snapshot = steps.snapshot(replace(texts, texts={**texts.texts, path: brief}), values.TODAY)
    edition = steps.compose(steps.link(snapshot.content)).editions["letter"]
    prepared = registry.by_name()["flash"].prepare(edition, snapshot.theme, FactFile())
    page = re.sub(r"<style.*?</style>|<[^>]*>", " ", prepared.text, flags=re.DOTALL)
    pages = dict(unpacked.texts(typeset.make(prepared)))
    printed = " ".join(text for where, text in pages.items() if where.startswith("page "))
    said = set(re.findall(r"\d+", html.unescape(page)))
    assert set(re.findall(r"\d+", printed)) == said, title
    assert re.findall(r"\d+", title) == re.findall(r"\d+", printed)[: len(re.findall(r"\d+", title))]
