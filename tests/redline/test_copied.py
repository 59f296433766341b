"""The text of a redline, as it is copied or extracted: each run of digits in it is one of its figures."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from briefing.build.steps import Snapshot
from briefing.model.editions import Edition
from briefing.model.scales import Paper
from briefing.redline import html as redlines
from briefing.redline import markdown as redline_markdown
from briefing.redline import word
from tests.conftest import demand
from tests.copied import extracted, figures, rendered, runs
from tests.redline.trees import redline_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.process
def test_redline_has_no_other_figure(fewer: Edition, purchase: Edition, snapshot: Snapshot) -> None:
    demand(word.is_available(), "pandoc is not installed")
    redline = redline_of(fewer, purchase)
    page = redlines.screen(redline, snapshot.theme).text
    document = zipfile.ZipFile(io.BytesIO(word.make(redline, Paper.A4))).read("word/document.xml")
    in_word = "\n".join(_words(part) for part in ElementTree.fromstring(document).iter(f"{W}p"))
    in_markdown = rendered(redline_markdown.text(redline))
    for text in (extracted(page), in_word, in_markdown):
        assert len(runs(text)) > 10
        assert runs(text) - figures(page) == set()


def _words(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph, with the number of a note where Word prints it."""
    texts = {f"{W}t", f"{W}delText", f"{W}footnoteReference"}
    return "".join((part.text or part.get(f"{W}id") or "") for part in paragraph.iter() if part.tag in texts)
