"""Labelled sentences, what the checks find in each, and how often they are right."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from briefing.checks import prose_input, runner
from briefing.content import layout, linker
from briefing.model.briefs import Brief
from briefing.model.library import Library
from briefing.model.values import Prose, Slug
from briefing.store import disk, request
from tests import values

PROSE_CHECKS = (
    "overclaim",
    "unqualified",
    "bare-number",
    "possible-number",
    "figure-mismatch",
    "rounded-figure",
    "inferred-date",
    "mixed-sum",
    "attribution",
    "unclear-speaker",
    "relayed",
    "confirmation",
    "likelihood",
    "undefined-acronym",
)
"""The checks that are measured."""


FOLDER = Path(__file__).parent
PRACTICE = "practice"
"""Sentences written beside the checks, for trying them: no round, because nothing of them was ever blind."""


@dataclass(frozen=True)
class Labelled:
    """One sentence, and the checks that must speak on it."""

    subject: str
    text: str
    expected: frozenset[str]
    folder: Path
    is_neutral: bool = False
    """Whether it only mentions a fact, and says nothing of how far it has come."""


@dataclass(frozen=True)
class Judged:
    """A labelled sentence with what the checks found in it: slug -> first message."""

    labelled: Labelled
    found: Mapping[str, str]

    @property
    def false(self) -> frozenset[str]:
        """The checks that speak and should not."""
        return frozenset(self.found) - self.labelled.expected

    @property
    def missed(self) -> frozenset[str]:
        """The checks that should speak and do not."""
        return self.labelled.expected - frozenset(self.found)


@dataclass(frozen=True)
class Tally:
    """How often a check was right."""

    hits: int
    false: int
    missed: int

    @property
    def labels(self) -> int:
        """How many sentences it should speak on."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Of the sentences on which it speaks, the share on which it should."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of the sentences on which it should speak, the share on which it does."""
        return self.hits / self.labels if self.labels else 1.0


def rounds() -> tuple[str, ...]:
    """The names of the rounds, in order."""
    return tuple(sorted(path.name for path in FOLDER.glob("round-*")))


def load(name: str) -> Iterator[Labelled]:
    """The sentences of a round, subject by subject."""
    for path in sorted((FOLDER / name).glob("*/sentences.yaml")):
        for item in yaml.safe_load(path.read_text("utf-8")):
            is_neutral = item.get("neutral", False)
            yield Labelled(path.parent.name, item["text"], frozenset(item["expect"]), path.parent, is_neutral)


def judge(item: Labelled) -> Judged:
    """Run the checks on a sentence."""
    return Judged(item, _found_in(item))


def tallied(judged: Iterable[Judged]) -> dict[str, Tally]:
    """How often each check was right, by slug."""
    hits, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for item in judged:
        hits.update(item.labelled.expected & frozenset(item.found))
        false.update(item.false)
        missed.update(item.missed)
    return {slug: Tally(hits[slug], false[slug], missed[slug]) for slug in sorted({*hits, *false, *missed})}


def alarms(judged: Iterable[Judged]) -> tuple[int, int]:
    """How many neutral mentions there are, and on how many of them the checks of statuses speak."""
    neutral = [item for item in judged if item.labelled.is_neutral]
    return len(neutral), sum(bool({"overclaim", "unqualified"} & {*item.found}) for item in neutral)


@functools.cache
def library_of(folder: Path) -> Library:
    """The facts that a subject's sentences cite."""
    records, findings = layout.load(disk.read(folder, request.FOLDERS))
    assert records
    assert not findings, findings
    library, lost = linker.link(records)
    assert not lost, lost
    return library


def read_of(item: Labelled) -> tuple[prose_input.ProseSentence, ...]:
    """Return a labelled text as the checks read it: as the whole body of a brief."""
    return tuple(prose_input.read(_alone(item)))


def _alone(item: Labelled) -> Library:
    brief = Brief(
        id=Slug("one"),
        title="One sentence",
        subtitle="",
        owner=None,
        sheets=(),
        language="en-GB",
        bottom_line=Prose(""),
        body=Prose(item.text),
    )
    library = library_of(item.folder)
    return dataclasses.replace(library, briefs={Slug("one"): brief}, pages={}, judgements={})


def _found_in(item: Labelled) -> dict[str, str]:
    """Return the checks that speak on a text as the body of a brief, each with its first message."""
    subject = runner.Subject(_alone(item), (), values.TODAY, sentences=read_of(item))
    found: dict[str, str] = {}
    for check in runner.CHECKS:
        if check.slug in PROSE_CHECKS:
            for finding in check.run(subject):
                if finding.brief == "one":
                    found.setdefault(check.slug, finding.message)
    return found
