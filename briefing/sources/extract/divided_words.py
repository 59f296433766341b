"""Words that the end of a line divides, joined as the rest of their text writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

HYPHEN = "\x02"
"""The character that pdfium returns for a hyphen at the end of a line."""
SOFT = "\u00ad\u2010"
"""The characters that typesetting programs insert where they divide a word."""
_DIVIDED = re.compile(rf"(?<!\w)(\w+)([{HYPHEN}{SOFT}-])\n(\w+)")


def joined(texts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return texts of several lines each with divided words joined, and the words that remain uncertain.

    The rest of the texts decides whether a word has a hyphen. Where they do not have the word, the character
    decides: a hyphen of a typesetting program goes, an ordinary one stays.
    """
    words = {word.lower() for text in texts for word in re.findall(r"[\w-]+", _DIVIDED.sub(" ", text))}
    undecided: list[str] = []

    def whole(match: re.Match[str]) -> str:
        before, hyphen, after = match.groups()
        plain, hyphened = before + after, f"{before}-{after}"
        if before[-1].isdigit() or after[0].isdigit():  # two figures are never made one
            undecided.append(hyphened)
            return hyphened
        if plain.lower() in words or (hyphen in SOFT and hyphened.lower() not in words):
            return plain
        if hyphened.lower() not in words:
            undecided.append(hyphened)
        return hyphened

    return [_DIVIDED.sub(whole, text) for text in texts], tuple(dict.fromkeys(undecided))


def remark(undecided: Sequence[str]) -> str:
    """Return the sentence for the note on a source about words that remain uncertain; empty without any."""
    if not undecided:
        return ""
    return f"It is not known whether these words have a hyphen: {', '.join(undecided)}."
