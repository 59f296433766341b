"""What the search finds: every text of every kind of record that a page prints, and nothing withheld.

Each field of the project of ``canaries`` has a word, a figure or a day of its own. Readers of RED find it in
a document of the kind that ``FOUND_IN`` names for the record, unless ``LEFT_OUT`` says why not; others do
not.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from briefing.build import steps
from briefing.content import views
from briefing.editions import freeze
from briefing.language.wording import Wording
from briefing.model.values import Date, Slug
from briefing.site.lookups import Briefs, Lookups
from briefing.site.search import documents, index
from briefing.store.disk import Texts
from tests.build import canaries
from tests.build.canaries import Planted

FOUND_IN = {
    "Actor": "actor",
    "Brief": "brief",
    "Computed": "fact",
    "Disagreement": "disagreement",
    "Fact": "fact",
    "Assertion": "fact",
    "FactSheet": "topic",
    "Gap": "gap",
    "Issued": "edition",
    "Judgement": "judgement",
    "Label": "fact",
    "Ladder": "page",
    "LadderFlag": "fact",
    "Matter": "matter",
    "Milestone": "milestone",
    "Money": "fact",
    "Origin": "source",
    "Page": "page",
    "Printed": "edition",
    "Quantity": "fact",
    "Reading": "disagreement",
    "Role": "actor",
    "Row": "fact",
    "Rung": "page",
    "Series": "brief",
    "Source": "source",
    "System": "system",
    "Withdrawal": "edition",
}
"""The records and their parts, each with the kind of documents that has its texts."""
_EDITOR = "only editors need it"
_KEPT = "an edition is found by its title and its note; its text is that of the brief, as it was"
LEFT_OUT = {
    ("Acceptance", ""): _EDITOR,
    ("AcceptedState", ""): _EDITOR,
    ("Clearance", ""): _EDITOR,
    ("FileDigests", ""): _EDITOR,
    ("Review", ""): _EDITOR,
    ("Uncited", ""): _EDITOR,
    ("Verification", ""): _EDITOR,
    ("Table", ""): "it says how rows are read from a file; the rows are found",
    ("BoardRow", ""): _KEPT,
    ("DraftSection", ""): _KEPT,
    ("Figure", ""): _KEPT,
    ("ListedSource", ""): _KEPT,
    ("Mark", ""): _KEPT,
    ("Note", ""): _KEPT,
    ("Passage", ""): _KEPT,
    ("Reference", ""): _KEPT,
    ("Scale", ""): _KEPT,
    ("State", ""): _KEPT,
    **dict.fromkeys(
        (("Printed", name) for name in ("as_of", "as_of_day", "checked", "counts", "newest", "owner")), _KEPT
    ),
    **dict.fromkeys((("Printed", name) for name in ("authors", "publisher", "subtitle")), _KEPT),
    **dict.fromkeys((("Issued", name) for name in ("by", "dated", "issued")), _KEPT),
    **dict.fromkeys((("Withdrawal", name) for name in ("by", "day")), _KEPT),
    ("Assertion", "status_basis"): "why a state of the past had its status is on no page",
    ("Assertion", "asserted"): "it is when a state was known, and its page says so",
    ("Fact", "asserted"): "it is when a fact was known, and its page says so",
    ("Fact", "review_by"): _EDITOR,
    ("Group", "name"): "it is the head of a column of boards",
    ("LadderFlag", "meaning"): "no page prints it",
    ("LadderFlag", "words"): "by these words the checks know a flag in a source",
    ("Rung", "words"): "by these words the checks know a status in a source",
    ("Rung", "reason"): _EDITOR,
    ("Source", "as_of"): "it places a source that states no day",
    ("Source", "capture"): _EDITOR,
    ("Source", "retrieved"): _EDITOR,
    ("Source", "sha256"): _EDITOR,
    ("Source", "url"): "nobody searches for an address, and its parts are words of no text",
}
"""What is not searched for, each with the reason: fields, and whole records with an empty field."""


@functools.cache
def _project() -> tuple[Texts, tuple[Planted, ...]]:
    files, planted = canaries.project()
    path = "content/briefs/zqhydrogen.md"  # what is computed there has no value, as no unit has a twin
    files[path] = files[path].replace("[](fact:zqsums.zqin-euros)", "[so much](fact:zqsums.zqin-euros)")
    return Texts(files, (), ""), tuple(planted)


@functools.cache
def words_for(audience: str) -> Mapping[str, list[frozenset[str]]]:
    """Kind -> the words of each document of it, for readers at a level."""
    snapshot = steps.compose(steps.link(steps.read(_project()[0]), audience=audience))
    assert not snapshot.held, snapshot.findings
    assert snapshot.library
    view = views.of_site(snapshot.library)
    view = dataclasses.replace(view, issued={name: freeze.of_brief(Slug(name), view) for name in view.issued})
    editions = {name: edition for name, edition in snapshot.editions.items() if name in view.briefs}
    lookups = Lookups.of(Briefs(editions), snapshot.pages, view)
    found = defaultdict(list)
    for things in documents.FOUND:
        for key in things.keys(lookups):
            for item in things.of(lookups, key):
                found[item.kind].append(frozenset(index.entry(item, lookups.language).words))
    return found


def _planted() -> Iterator[tuple[Planted, frozenset[str]]]:
    """Yield what was planted outside the ledger or where it is shown, with the words that find it."""
    texts, planted = _project()
    kept = {path for path in texts.texts if path.startswith("content/editions/")}
    elsewhere = "\n".join(text for path, text in texts.texts.items() if path not in kept)
    for item in planted:
        words = item.text
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            words = Wording("en-GB", {}).date(Date(words))
        if item.record in ("Issued", "Printed", "Withdrawal") or item.text in elsewhere:
            yield item, frozenset(index.words(words)) - {*index.stops("en-GB")}


def test_readers_find_every_text_of_every_record_in_a_document_of_its_kind() -> None:
    documents_of = words_for("RED")
    lacking = set()
    for item, words in _planted():
        kind = FOUND_IN.get(item.record, "fact")
        if item.record == "Evidence":
            kind = "actor" if item.text in _texts_of_actors() else "fact"
        is_left_out = not {(item.record, ""), (item.record, item.field)}.isdisjoint(LEFT_OUT)
        if not is_left_out and not any(words <= found for found in documents_of[kind]):
            lacking.add((item.record, item.field, kind))
    assert not lacking, "let site/search/documents.py read these fields, or say in LEFT_OUT why not"
    assert set(documents_of) == set(index.KINDS)


def _texts_of_actors() -> str:
    return _project()[0].texts["content/actors.yaml"]


@pytest.mark.parametrize("level", ["CLEAR", "AMBER"])
def test_readers_below_red_find_nothing_of_what_is_withheld(level: str) -> None:
    found = {word for words in words_for(level).values() for item in words for word in item}
    assert found
    assert not [word for word in found if canaries.TRACE.search(word)]
