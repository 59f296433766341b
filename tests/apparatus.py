"""How much of a full brief is apparatus: its notes, sources, scales and how it was made, in words.

``python -m tests.apparatus`` prints the share of each brief of the shipped corpus, or of a project named.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from briefing.build import steps
from briefing.compose.templates import Templates
from briefing.formats import markdown
from briefing.formats.base import Theme
from briefing.language.words import Words
from briefing.model.editions import Edition, FactFile
from briefing.model.scales import Paper
from briefing.store import disk, request

_NOTE = re.compile(r"^\[\^\d+\]: ", re.MULTILINE)
_WORD = re.compile(r"\w[\w’'.,-]*")


def share(edition: Edition) -> float:
    """Return the share of the words of an edition's Markdown that are apparatus."""
    text = markdown_of(edition)
    sources = f"\n## {Words(edition.language)('brief.sources')}\n"
    body, _, apparatus = text.partition(sources)
    assert apparatus
    assert _NOTE.search(apparatus)
    return _words(apparatus) / (_words(body) + _words(apparatus))


def markdown_of(edition: Edition) -> str:
    """Return an edition as Markdown."""
    return str(markdown.prepare(edition, Theme(Templates({}), {}, Paper.A4), FactFile()).text)


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def of_project(folder: Path) -> Iterator[Edition]:
    """Yield the present form of every brief of a project."""
    linked = steps.link(steps.read(disk.read(folder, request.FOLDERS)))
    assert linked.library, linked.findings
    yield from (item.edition for item in steps.compose(linked).standings.values())


if __name__ == "__main__":
    for found in of_project(Path(sys.argv[1] if len(sys.argv) > 1 else ".")):
        print(f"{found.brief}: {share(found):.0%} of {_words(markdown_of(found))} words")
