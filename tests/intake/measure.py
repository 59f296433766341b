"""What a reader made of a file, compared with its truth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.sources.extract.extracted import Extracted
from tests.intake.truth import Truth

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Measured:
    """The counts of one file, or of several."""

    right: int = 0
    """Paragraphs of the capture that are wanted."""
    found: int = 0
    """Paragraphs of the capture."""
    wanted: int = 0
    figures: int = 0
    """Figures in what is wanted."""
    figures_right: int = 0
    silent: int = 0
    """Figures of the file that are neither in the capture nor in what is named as left out."""
    invented: int = 0
    """Figures of the capture that nobody sees in the file."""

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def precision(self) -> float:
        """The share of the paragraphs of the captures that are wanted."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the wanted paragraphs that the captures have."""
        return self.right / self.wanted if self.wanted else 1.0


def figures(texts: Iterable[str]) -> Counter[str]:
    """Return the figures of some texts."""
    return Counter(figure for text in texts for figure in _FIGURE.findall(text))


def compare(truth: Truth, found: Extracted) -> Measured:
    """Return how far what was read is the truth."""
    right = Counter(map(_plain, found.paragraphs)) & Counter(map(_plain, truth.wanted))
    wanted, captured = figures(truth.wanted), figures(found.paragraphs)
    seen = wanted + figures(truth.others)
    named = figures([*(item.text for item in found.left_out), *found.doubts])
    return Measured(
        right.total(),
        len(found.paragraphs),
        len(truth.wanted),
        wanted.total(),
        (wanted & captured).total(),
        (seen + figures(truth.hidden) - captured - named).total(),
        (captured - seen).total(),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
