"""Labelled sentences, and what the checks find in each."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from briefing import checks, files, project, request
from briefing import library as libraries
from briefing.checks import reading
from briefing.model import Brief, Library, Prose, Slug
from tests import values

PROSE_CHECKS = (
    "overclaim",
    "bare-number",
    "figure-mismatch",
    "inferred-date",
    "mixed-sum",
    "attribution",
    "relayed",
    "confirmation",
    "likelihood",
    "undefined-acronym",
)
"""The checks that are measured."""


@dataclass(frozen=True)
class Labelled:
    """One sentence, and the checks that must speak on it."""

    subject: str
    text: str
    expected: frozenset[str]
    folder: Path


def load(folder: Path) -> Iterator[Labelled]:
    """The sentences of a set, subject by subject."""
    for path in sorted(folder.glob("*/sentences.yaml")):
        for item in yaml.safe_load(path.read_text("utf-8")):
            yield Labelled(path.parent.name, item["text"], frozenset(item["expect"]), path.parent)


@functools.cache
def library_of(folder: Path) -> Library:
    """The facts that a subject's sentences cite."""
    records, findings = project.load(files.read(folder, request.FOLDERS))
    assert records
    assert not findings, findings
    library, lost = libraries.link(records)
    assert not lost, lost
    return library


def found_in(item: Labelled) -> dict[str, str]:
    """The checks that speak on a sentence which is the whole body of a brief, each with its first message."""
    library = library_of(item.folder)
    brief = Brief(
        id=Slug("one"),
        title="One sentence",
        subtitle="",
        owner=None,
        sheets=(),
        bottom_line=Prose(""),
        body=Prose(item.text),
    )
    alone = dataclasses.replace(library, briefs={Slug("one"): brief}, pages={}, judgements={})
    subject = checks.Subject(alone, (), values.TODAY, sentences=tuple(reading.read(alone)))
    found: dict[str, str] = {}
    for check in checks.CHECKS:
        if check.slug in PROSE_CHECKS:
            for finding in check.run(subject):
                if finding.brief == "one":
                    found.setdefault(check.slug, finding.message)
    return found
