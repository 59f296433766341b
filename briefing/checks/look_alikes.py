"""The check for words and figures that read as others than they are."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence, SheetText
from briefing.model import characters
from briefing.model.findings import Finding, Severity


def look_alike(subject: Subject) -> Iterator[Finding]:
    """Yield words and figures of our own texts that are written in other characters than they seem."""
    texts: tuple[ProseSentence | SheetText, ...] = (*subject.sentences, *subject.texts)
    for read in texts:
        for index, written, plain in characters.disguised(read.text):
            odd = next((item for item in written if not item.isascii()), "")
            which = f"{characters.named(odd)} in it" if odd else "it has letters among its digits"
            message = f"'{written}' reads as '{plain}' and is not: {which}"
            yield read.finding(index, message, f"write '{plain}' if it is meant")


CHECKS = (
    Check(
        "look-alike",
        Severity.ERROR,
        "A word or figure in our own texts seems to be another: all its letters are those of another script, "
        "of mathematics or in circles that look like Latin ones, or a figure has digits of another script.",
        "The other checks read the characters, and a reader reads what they look like.",
        "ordered, 30 trams",
        "\N{MATHEMATICAL BOLD SMALL O}\N{MATHEMATICAL BOLD SMALL R}\N{MATHEMATICAL BOLD SMALL D}, 3O trams",
        look_alike,
    ),
)
