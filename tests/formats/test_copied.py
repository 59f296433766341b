"""The text of every output, as it is copied or extracted: each run of digits in it is one of its figures."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from briefing.build.steps import Snapshot
from briefing.formats import html, markdown
from briefing.formats.base import Format
from briefing.formats.pdf import prepare as pdf
from briefing.model.editions import FactFile
from briefing.model.scales import Paper
from briefing.store import versions
from tests.browsing import opened
from tests.conftest import needs
from tests.copied import extracted, figures, rendered, runs
from tests.formats.test_paper_pages import typeset


def test_page_without_brackets_is_caught() -> None:
    page = "<p>by 2035<sup>3</sup></p>"
    assert runs(extracted(page)) - figures(page) == {"20353"}


@pytest.mark.parametrize("kind", ["page", "markdown", "site"])
def test_screen_has_no_other_figure(kind: str, snapshot: Snapshot, built_sample: Path) -> None:
    for edition in snapshot.editions.values():
        page = html.FORMAT.prepare(edition, snapshot.theme, FactFile()).text
        if kind == "page":
            found = extracted(page)
        elif kind == "site":
            page = (built_sample / f"output/site/briefs/{edition.brief}.html").read_text("utf-8")
            found = extracted(page)
        else:  # a viewer prints the number of a note for its mark
            text = markdown.FORMAT.prepare(edition, snapshot.theme, FactFile()).text
            found = rendered(text)
        assert len(runs(found)) > 10
        assert runs(found) - figures(page) - runs(edition.digest[:7]) == set()


@pytest.mark.parametrize("sheet", Paper)
@pytest.mark.parametrize("made_by", [pdf.FORMAT, pdf.TWO_PAGES, pdf.FLASH], ids=lambda item: item.name)
@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
def test_paper_has_no_other_figure(made_by: Format, sheet: Paper, snapshot: Snapshot, tmp_path: Path) -> None:
    for edition in snapshot.editions.values():
        prepared = made_by.prepare(edition, snapshot.theme, FactFile())
        allowed = set().union(*map(figures, (prepared.text, *prepared.shorter)))
        file = tmp_path / "brief.pdf"
        file.write_bytes(typeset(edition, made_by, sheet))
        for name, text in _extracted(file).items():
            assert len(runs(text)) > 10, name
            assert runs(text) - allowed == set(), (name, edition.brief)


def _extracted(file: Path) -> dict[str, str]:
    """The text of a PDF as several programs take it out."""
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    commands = {
        "poppler": ("pdftotext", str(file), "-"),
        "as it is drawn": ("pdftotext", "-raw", str(file), "-"),
        "as it is laid out": ("pdftotext", "-layout", str(file), "-"),
    }
    found = {
        name: subprocess.run(command, capture_output=True, check=True).stdout.decode()
        for name, command in commands.items()
    }
    tagged = subprocess.run(("pdfinfo", "-struct-text", str(file)), capture_output=True, check=True).stdout
    # What is between quotation marks is text; programs that follow the tags join it without a space.
    found["in the order of the tags"] = _in_order(tagged.decode())
    return found | {"PDFium": "\n".join(pages)}


def _in_order(tree: str) -> str:
    text = ""
    for line in tree.splitlines():
        words = re.fullmatch(r'\s*"(.*)"', line)
        is_inline = re.match(r"\s*(Reference|Link|Span|Object)\b", line)
        text += words[1] if words else "" if is_inline else "\n"
    return text


@pytest.mark.parametrize("folder", ["briefs", "site/briefs"])
def test_copy_in_the_browser_has_no_other_figure(folder: str, browser: Browser, built_sample: Path) -> None:
    for file in sorted((built_sample / "output" / folder).glob("*.html")):
        with opened(browser, file.as_uri()) as page:
            page.evaluate("getSelection().selectAllChildren(document.body)")
            copied = page.evaluate("getSelection().toString()")
            assert len(runs(copied)) > 10
            assert runs(copied) - figures(file.read_text("utf-8")) == set()
            # Screen readers hear each number once; the brackets are hidden from them, and take no room.
            bracket = page.locator(".bracket").first
            assert bracket.get_attribute("aria-hidden") == "true"
            assert bracket.evaluate("element => element.getBoundingClientRect().width") == 0
