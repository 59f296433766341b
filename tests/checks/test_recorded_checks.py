"""The checks on the engine: after a change, the steps that it concerns, and the findings of a fresh run."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.build import steps
from briefing.checks import glyphs, recorded, runner
from briefing.checks.base import Subject
from briefing.compose import current
from briefing.compose import recorded as briefs
from briefing.compose.recorded import SharedTemplates
from briefing.content import layout
from briefing.content import recorded as content
from briefing.content.recorded import RecordedLibrary
from briefing.formats import fonts
from briefing.memo.engine import Engine, View
from briefing.memo.kept import Kept
from briefing.model.editions import Edition
from briefing.model.findings import Finding
from briefing.site import pages as site
from briefing.sources import captures, verify
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values
from tests.bench import corpus

CAPTURE = "The harbour master asked for 3 tugs.\n\nNobody has answered him since 4 March 2025.\n"
SOURCE = f"""\
title: A letter
publisher: The Gazette
author: not stated
published: 2025-03-04
retrieved: not stated
url: not stated
language: en
capture: letter.txt
sha256: {hashlib.sha256(CAPTURE.encode()).hexdigest()}
reliability: C
label: A letter
"""
ACTOR = """\
harbour-master:
  name: The harbour master
  kind: person
  description: In office since 2018.
"""
SHEET = """\
title: Tugs
summary: What is said of tugs.
facts:
  asked:
    kind: commitment
    status: requested
    statement: The harbour master asked for tugs.
    value: {amount: 3, unit: tugs}
    said_by: [harbour-master]
    actors: [harbour-master]
    systems: [tug]
    credibility: 3
    review_by: 2025-06-01
    evidence:
      - {source: letter, paragraph: 1, terms: [harbour master asked for, 3 tugs]}
  asked-again:
    kind: commitment
    status: requested
    statement: The harbour master asked for more tugs.
    value: {amount: 5, unit: tugs}
    actors: [harbour-master]
    systems: [tug]
    credibility: 3
    evidence:
      - {source: letter, paragraph: 1, terms: [harbour master asked for]}
  all:
    kind: commitment
    status: requested
    statement: All that the harbour master asked for.
    value: {amount: 7, unit: tugs}
    sum_of: [tugs.asked-again, topic-1.fact-2]
    credibility: 3
    evidence:
      - {source: letter, paragraph: 1, terms: [harbour master asked for]}
milestones:
  answer:
    date: 2025-09-01
    expectation: The ministry answers.
    facts: [tugs.asked]
judgements:
  lost:
    statement: the letter is answered
    likelihood: unlikely
    confidence: low
    basis: The harbour master asked for [](fact:tugs.asked), and nobody answered in 6 weeks.
    would_change: An answer.
"""
"""A sheet whose source, actor and system nothing else names, with a figure that no fact has."""


class Watched:
    """A project whose findings are kept between runs."""

    def __init__(self, root: Path, size: int) -> None:
        corpus.write(root, size)
        self.root = root
        self.today = values.TODAY
        self.append("content/actors.yaml", ACTOR)
        self.append("content/systems.yaml", "tug:\n  name: Tug\n  category: ship\n")
        self.put("content/sources/letter.yaml", SOURCE)
        self.put("content/facts/tugs.yaml", SHEET)
        self.put("captures/letter.txt", CAPTURE)
        self.put("templates/page.css", "body { color: black }\n")
        self._kept = Kept(None, "")

    def text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def put(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def append(self, path: str, text: str) -> None:
        self.put(path, self.text(path) + text)

    def replace(self, path: str, old: str, new: str) -> None:
        assert old in self.text(path)
        self.put(path, self.text(path).replace(old, new, 1))

    @property
    def texts(self) -> Texts:
        return disk.read(self.root, request.FOLDERS)

    def check(self) -> tuple[list[str], Counter[str]]:
        """Return the findings, and how many steps of each rule ran for them in a new process."""
        texts = self.texts
        templates = layout.template_texts(texts)

        def lacking(characters: frozenset[str]) -> frozenset[str]:
            return fonts.lacking(characters, texts.fonts)

        engine = Engine(
            self._kept,
            (
                *content.rules(texts),
                *briefs.rules(SharedTemplates(templates)),
                *recorded.rules(texts, lacking, cited_page),
            ),
        )
        content.put(engine, texts)
        briefs.put(engine, templates)
        recorded.put(engine, texts, self.today)
        engine.settle(recorded.LEVEL + recorded.LEVELS)
        found: tuple[Finding, ...] = engine.get(recorded.FINDINGS, "")
        return sorted(map(repr, found)), engine.worked

    def check_afresh(self) -> list[str]:
        """Return the findings of a run for which nothing was kept."""
        texts = self.texts
        read = steps.read(texts)
        linked = steps.link(read)
        library = linked.library
        assert library
        assert read.records
        composed = [
            current.compose(brief, library, read.theme.templates)[0] for brief in library.briefs.values()
        ]
        editions = tuple(standing.edition for standing in composed if standing)
        pages = {str(page.id): site.cite_page(page, library)[0] for page in library.pages.values()}
        captured = {
            str(item.id): captures.read(texts.captured.get(item.capture)) for item in library.sources.values()
        }
        subject = Subject(
            library,
            editions,
            self.today,
            {name: page for name, page in pages.items() if page},
            read.records.suppressions,
            verified=verify.unmatched(library, captured) if texts.captured else (),
            unprintable=fonts.lacking(glyphs.characters(editions, library.project), texts.fonts),
        )
        return sorted(map(repr, runner.run(subject)))


def cited_page(view: View, name: str) -> Edition | None:
    library = RecordedLibrary(view)
    page = library.pages.get(name)
    return site.cite_page(page, library)[0] if page else None


def reworded(project: Watched) -> None:
    project.replace("content/briefs/brief-1.md", "repeated it", "repeated it on 5 May")


CHANGES: dict[str, Callable[[Watched], None]] = {
    "a fact": lambda it: it.replace(corpus.CHANGED_SHEET, "amount: 41", "amount: 42"),
    "a paragraph": reworded,
    "a source": lambda it: it.replace("content/sources/letter.yaml", "language: en", "language: pt"),
    "an actor": lambda it: it.replace("content/actors.yaml", "since 2018", "since 2019"),
    "a template": lambda it: it.append("templates/page.css", "p { color: black }\n"),
    "a capture": lambda it: it.put("captures/letter.txt", CAPTURE.replace("3 tugs", "4 tugs")),
    "the day": lambda it: setattr(it, "today", it.today + datetime.timedelta(days=400)),
    "a suppression": lambda it: it.replace(
        "content/facts/tugs.yaml", "  asked:\n", "  # allow[review-due]: nobody answers\n  asked:\n"
    ),
}


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watched, ...]:
    """Return a small and a larger project that were checked."""
    made = tuple(Watched(tmp_path_factory.mktemp(f"of-{size}"), size) for size in (10, 40))
    for project in made:
        project.check()
        project.check()
    return made


@pytest.mark.parametrize("what", CHANGES)
def test_what_one_change_costs_does_not_depend_on_the_size(what: str, sizes: tuple[Watched, ...]) -> None:
    worked = []
    for project in sizes:
        CHANGES[what](project)
        found, ran = project.check()
        assert found == project.check_afresh()
        worked.append(ran)
    assert worked[0] == worked[1]
    assert worked[0].total() < 60


def test_the_extra_sheet_gives_the_comparisons_something_to_find(sizes: tuple[Watched, ...]) -> None:
    found = " ".join(sizes[0].check()[0])
    assert {"contradiction", "sum", "milestone-passed", "unused-fact"} <= {
        *re.findall(r"check='([a-z-]+)'", found)
    }


def test_without_a_change_no_step_runs(sizes: tuple[Watched, ...]) -> None:
    small, _ = sizes
    small.check()
    assert small.check()[1] == Counter()


def shuffled_edits(project: Watched, pick: random.Random) -> None:
    """Make one edit at random: of a value, a status, a sentence, a name, a file, the day."""
    sheet = f"content/facts/topic-{pick.randint(1, 3)}.yaml"
    brief = f"content/briefs/brief-{pick.randint(1, 3)}.md"
    number = pick.randint(2, 98)

    def substituted(path: str, old: str, new: str) -> None:
        if (project.root / path).exists() and old in project.text(path):
            project.replace(path, old, new)

    edits: tuple[Callable[[], None], ...] = (
        lambda: substituted(sheet, "unit: ferries", f"unit: boats-{number}"),
        lambda: substituted(sheet, "status: announced", "status: contracted"),
        lambda: substituted(sheet, "    systems: [ferry]\n", "    systems: [tug]\n"),
        lambda: substituted(sheet, "said_by: [minister]", "said_by: [harbour-master]"),
        lambda: substituted(sheet, "    kind: claim\n", "    # allow[one-origin]: known\n    kind: claim\n"),
        lambda: substituted(sheet, "credibility: 3", "credibility: 1"),
        lambda: substituted(brief, "announced", "has bought"),
        lambda: substituted(brief, "nobody confirms it", f"{number} people confirm it"),
        lambda: substituted(brief, "the yard can", "the tug was delivered and FQX can"),
        lambda: substituted(brief, "A spokesman named", "It is probable that a spokesman named"),
        lambda: substituted(brief, "[](fact:topic-1.fact-4)", "[](fact:topic-9.fact-4)"),
        lambda: substituted(brief, "## Part 1", "<!-- allow[bare-number]: ours -->\n## Part 1"),
        lambda: substituted("content/actors.yaml", "name: The minister", f"name: Minister No {number}"),
        lambda: project.append("content/systems.yaml", f"ship-{number}:\n  name: Ship\n  category: ship\n"),
        lambda: substituted("content/systems.yaml", "category: ship", "category: ship of 2031"),
        lambda: project.put("content/facts/copy.yaml", project.text("content/facts/topic-1.yaml")),
        lambda: (project.root / "content/facts/copy.yaml").unlink(missing_ok=True),
        lambda: project.put("content/briefs/copy.md", project.text("content/briefs/brief-1.md")),
        lambda: (project.root / "content/briefs/copy.md").unlink(missing_ok=True),
        lambda: project.put(
            "content/pages/about.md", f"---\ntitle: About {number}\n---\nEUR {number} million.\n"
        ),
        lambda: (project.root / "content/pages/about.md").unlink(missing_ok=True),
        lambda: substituted(
            "content/sources/source-2.yaml", "published: 2025-03-02", "published: not stated"
        ),
        lambda: substituted("content/sources/source-3.yaml", "language: en", "language: sw"),
        lambda: substituted("content/project.yaml", "title: Ferries", f"title: Ferries in {number}"),
        lambda: project.put("captures/letter.txt", CAPTURE.replace("3", str(number))),
        lambda: project.put("content/sources/letter.yaml", "title: [\n"),
        lambda: project.put("content/sources/letter.yaml", SOURCE),
        lambda: substituted("content/facts/tugs.yaml", "facts: [tugs.asked]", "facts: [topic-1.fact-2]"),
        lambda: setattr(project, "today", project.today + datetime.timedelta(days=number)),
    )
    pick.choice(edits)()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_series_of_edits_the_findings_are_those_of_a_fresh_run(seed: int, tmp_path: Path) -> None:
    project = Watched(tmp_path, 3)
    pick = random.Random(seed)
    for _ in range(30):
        shuffled_edits(project, pick)
        assert project.check()[0] == project.check_afresh()
