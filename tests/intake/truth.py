"""Invented text with figures, and the truth of a file that is made of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_WHO = (
    "The harbour office",
    "The council",
    "A spokeswoman",
    "The yard",
    "The minister",
    "The pilots’ guild",
    "An auditor",
)
_DID = ("said that", "wrote that", "told the council that", "explained that", "denied that", "confirmed that")
_WHAT = (
    "{} tugs would be repaired before the winter of {}",
    "the new mole costs {} million crowns, of which {} million are paid",
    "{} of the {} berths had been let to other towns",
    "the ferries carried {} passengers and {} cars in that year",
    "up to {} workers and {} apprentices would be needed",
    "the lock had been closed on {} days since {}",
)
_TAIL = (
    "although nobody had asked for it so early in the year",
    "and that the towns of the inner bay would have to agree first",
    "because the older boats need constant repair",
    "but that the offer of the southern yards was still awaited",
    "which surprised those who had followed the debate from the beginning",
)


@dataclass
class Writer:
    """A writer of invented sentences, each with figures that occur nowhere else."""

    seed: int
    _random: random.Random = field(init=False)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._next = 1000 + 37 * self.seed

    def figure(self) -> int:
        """Return a figure that this writer has not used."""
        self._next += self._random.randrange(1, 9)
        return self._next

    def sentence(self) -> str:
        """Return a sentence with two figures."""
        what = self._random.choice(_WHAT).format(self.figure(), self.figure())
        return (
            f"{self._random.choice(_WHO)} {self._random.choice(_DID)} {what}, {self._random.choice(_TAIL)}."
        )

    def paragraph(self, sentences: int = 0) -> str:
        """Return a paragraph of some sentences."""
        return " ".join(self.sentence() for _ in range(sentences or self._random.randrange(2, 5)))

    def short(self, words: str) -> str:
        """Return a short text that ends with a figure."""
        return f"{words} {self.figure()}"


@dataclass(frozen=True)
class Truth:
    """A file with what is in it."""

    kind: str
    name: str
    data: bytes
    wanted: tuple[str, ...]
    """The paragraphs that a capture should have."""
    others: tuple[str, ...] = ()
    """Texts that readers of the file see and that are no part of its article."""
    hidden: tuple[str, ...] = ()
    """Texts in the file that nobody sees."""
