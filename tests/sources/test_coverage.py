"""What in a source no fact cites: paragraphs, figures, dates, amounts, shares and known names."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.library import Library
from briefing.model.sources import Evidence, Role, Uncited
from briefing.model.values import Slug
from briefing.sources import captures, coverage, verify
from briefing.sources.captures import Coverage, Share, SourceCoverage
from tests import values
from tests.conftest import Project, Said, call
from tests.values import GOOD_PROJECT

CITED, EXPLAINED, OPEN = Coverage.CITED, Coverage.EXPLAINED, Coverage.OPEN


def covered(
    text: str, *facts: Any, uncited: tuple[Uncited, ...] = (), language: str = "en", **changes: Any
) -> SourceCoverage:
    """A source with a text, and facts that cite it."""
    library = values.library(
        *(facts or (values.fact(evidence=(values.evidence("other"),)),)),
        sources=(values.source(uncited=uncited, language=language), values.source("other")),
        **changes,
    )
    return of(library, text)


def of(library: Library, text: str) -> SourceCoverage:
    read = {"report": captures.read(text.encode()), "other": captures.read(b"Something else.")}
    return next(
        item for item in coverage.sources(library, verify.sources(library, read)) if item.source == "report"
    )


def citing(*terms: str, paragraph: int = 1, **changes: Any) -> Any:
    return values.fact(evidence=(Evidence(Slug("report"), paragraph, terms),), **changes)


def mentions(item: SourceCoverage, number: int = 1) -> list[tuple[str, str, Coverage]]:
    return [
        (mention.kind, mention.text, mention.coverage) for mention in item.paragraphs[number - 1].mentions
    ]


def open_words(item: SourceCoverage) -> list[str]:
    return [mention.text for paragraph in item.paragraphs for mention in paragraph.open]


# ------------------------------------------------------------------------------------------- paragraphs


def test_a_paragraph_is_cited_explained_or_open() -> None:
    item = covered(
        "They signed a letter.\nShare this page\nNobody reads this.",
        citing("a letter"),
        uncited=(Uncited((2,), "a button"),),
    )
    assert [paragraph.coverage for paragraph in item.paragraphs] == [CITED, EXPLAINED, OPEN]
    assert item.cited_paragraphs == Share(1, 2)
    assert item.explained == 1
    assert not item.is_whole


def test_a_paragraph_is_cited_by_a_role_and_by_what_a_fact_said_before() -> None:
    role = Role("Minister", Evidence(Slug("report"), 1, ("the minister",)))
    earlier = values.assertion("2025", evidence=(Evidence(Slug("report"), 2, ("talks",)),))
    item = covered(
        "It was the minister.\nThere were talks.",
        values.fact(evidence=(values.evidence("other"),), history=(earlier,), asserted=values.date()),
        actors=(values.actor("minister", roles=(role,)), values.actor("general")),
    )
    assert [paragraph.coverage for paragraph in item.paragraphs] == [CITED, CITED]
    assert item.paragraphs[0].known.actors == ("minister",)
    assert item.is_whole


def test_words_that_are_explained_do_not_explain_their_paragraph() -> None:
    item = covered("A photo of 12 ships.", uncited=(Uncited((1,), "caption", ("12 ships",)),))
    assert item.paragraphs[0].coverage is OPEN
    assert open_words(item) == []
    assert not item.is_whole


# --------------------------------------------------------------------------------------------- mentions


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("They ordered 100 boats.", "number", "100"),
        ("They ordered twelve boats.", "number", "twelve"),
        ("They ordered dozens of boats.", "number", "dozens"),
        ("It costs €90 billion.", "money", "€90 billion"),
        ("It costs EUR 4.5 million.", "money", "EUR 4.5 million"),
        ("Some 40 percent are there.", "percentage", "40 percent"),
        ("Nearly forty per cent are there.", "percentage", "forty per cent"),
        ("It was signed on 9 February 2026.", "date", "9 February 2026"),
        ("It was signed on Nov. 17.", "date", "Nov. 17"),
        ("It was signed on February 9th.", "date", "February 9th"),
        ("It is due by 2035.", "date", "2035"),
        ("It began at 14:39.", "date", "14:39"),
    ],
)
def test_a_figure_that_nothing_cites_is_open(text: str, kind: str, words: str) -> None:
    assert mentions(covered(text)) == [(kind, words, OPEN)]


@pytest.mark.parametrize(
    "terms",
    [("100 boats",), ("ordered 100",), ("100",), ("They ordered 100 boats",), ("boats", "ordered 100")],
)
def test_a_figure_is_cited_by_a_term_that_holds_it(terms: tuple[str, ...]) -> None:
    assert mentions(covered("They ordered 100 boats.", citing(*terms))) == [("number", "100", CITED)]


def test_a_figure_is_not_cited_by_words_beside_it_or_by_another_paragraph() -> None:
    item = covered(
        "They ordered 100 boats.\nThey ordered 100 boats.",
        citing("boats"),
        citing("100", paragraph=2, key="drones.b"),
    )
    assert [mentions(item, number)[0][2] for number in (1, 2)] == [OPEN, CITED]


def test_a_term_in_other_signs_cites_as_well() -> None:
    item = covered("A loan of €90\u00a0billion for the\u00a0‘plan’.", citing("€90 billion for"))
    assert mentions(item) == [("money", "€90\u00a0billion", CITED)]


def test_words_may_be_explained_one_by_one() -> None:
    item = covered(
        "Image 12 of 40, taken on 9 February.",
        citing("9 February"),
        uncited=(Uncited((1,), "number of the photo", ("12 of 40",)),),
    )
    assert [state for _, _, state in mentions(item)] == [EXPLAINED, EXPLAINED, CITED]
    assert item.cited_mentions == Share(1, 1)
    assert item.is_whole


@pytest.mark.parametrize(
    "changes",
    [
        {"actors": (Slug("minister"),)},
        {"said_by": (Slug("minister"),)},
    ],
)
def test_a_name_is_cited_where_a_fact_that_cites_the_paragraph_concerns_its_bearer(changes: Any) -> None:
    text = "The minister and the general met."
    assert mentions(covered(text, citing("met"))) == [
        ("name", "The minister", OPEN),
        ("name", "the general", OPEN),
    ]
    assert mentions(covered(text, citing("met", **changes))) == [
        ("name", "The minister", CITED),
        ("name", "the general", OPEN),
    ]


def test_a_name_is_cited_by_who_speaks_in_the_relayed_statement_and_by_the_outlet() -> None:
    origin = values.origin("post", "minister", via=(Slug("general"),))
    relayed = values.fact(evidence=(Evidence(Slug("report"), 1, ("met",), Slug("post")),))
    item = covered("The minister and the general met.", relayed, origins=(origin,))
    assert item.is_whole


def test_a_name_of_a_system_is_cited_where_a_fact_concerns_it_or_a_term_holds_it() -> None:
    systems = (values.system("drones", names=("Sea Fox", "Fox drones")),)
    for fact in (citing("came", systems=(Slug("drones"),)), citing("Sea Fox came")):
        assert covered("The Sea Fox came.", fact, systems=systems).is_whole
    assert open_words(covered("The Sea Fox came.", citing("came"), systems=systems)) == ["Sea Fox"]


def test_a_number_in_a_name_is_part_of_it_but_money_is_not() -> None:
    systems = (values.system("drones", names=("Fox 2000", "the €90 billion facility")),)
    fact = citing("came", systems=(Slug("drones"),))
    assert open_words(covered("The Fox 2000 came.", fact, systems=systems)) == []
    assert open_words(covered("Then the €90 billion facility came.", fact, systems=systems)) == [
        "€90 billion"
    ]


def test_figures_are_found_in_a_language_without_a_lexicon() -> None:
    item = covered("Aprovado a 17 de novembro, 1\u00a0200 drones às 14:39.", language="pt")
    assert open_words(item) == ["17", "1\u00a0200", "14:39"]


def test_dates_and_figures_are_found_in_the_languages_of_sources() -> None:
    item = covered("Ухвалено 17 листопада, 1\u00a0200 дронів за 5 млн євро о 14:39.", language="uk")
    assert open_words(item) == ["17 листопада", "1\u00a0200", "5 млн євро", "14:39"]


def test_what_is_open_is_told_once_a_paragraph_in_the_words_of_the_text() -> None:
    item = covered("Some 40 percent, then 40 percent.\nIn 2035.")
    assert coverage.open_mentions(item) == ("1: 40 percent", "2: 2035")


def test_a_source_that_could_not_be_read_is_left_out() -> None:
    library = values.library()
    assert coverage.sources(library, verify.sources(library, {"report": captures.read(None)})) == ()


# ------------------------------------------------------------------------------------------------ shares


def test_100_percent_is_said_of_all_alone() -> None:
    assert Share(999, 1000).percent == 99
    assert Share(1000, 1000).percent == 100
    assert Share(0, 0).percent == 100
    assert Share(1, 2) + Share(2, 3) == Share(3, 5)


@given(
    st.lists(
        st.sampled_from(["100 boats", "the minister", "a letter", "in 2035", "€5"]), min_size=1, max_size=8
    ),
    st.data(),
)
def test_citing_more_never_covers_less(words: list[str], data: st.DataObject) -> None:
    text = "They said " + " and ".join(words) + "."
    terms = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    fewer = covered(text, citing(terms[0])).cited_mentions
    more = covered(text, citing(*terms)).cited_mentions
    assert fewer.whole == more.whole
    assert fewer.part <= more.part
    assert covered(text, citing(*words)).cited_mentions.percent == 100


# --------------------------------------------------------------------------------------------- as called


@pytest.fixture
def good(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD_PROJECT, tmp_path / "project")))


def called(made: Project, *arguments: str) -> Said:
    return call("coverage", *arguments, "--project", made.root, "--captures", made.root / "captures")


def test_a_table_shows_every_paragraph_of_a_source(good: Project) -> None:
    said = called(good, "report")
    assert said.exit_code == 1
    lines = said.out.splitlines()
    assert lines[0] == "report: Report on the letter"
    assert lines[1].split("  ")[1].strip() == "¶"
    assert [line.split()[:2] for line in lines[2:9]] == [
        ["1", "cited"],
        ["2", "cited"],
        ["3", "cited"],
        ["4", "cited"],
        ["5", "cited"],
        ["6", "open"],
        ["7", "open"],
    ]
    assert "drones.letter" in lines[2]
    assert "40 percent" in lines[8]
    summary = next(line for line in lines if line.startswith("1 source: "))
    assert summary.startswith("1 source: 5 of 7 paragraphs with content cited (71 %), 0 explained; ")


def test_all_sources_are_summed_up(good: Project) -> None:
    said = called(good, "--all")
    assert "interview: Undated interview" in said.out
    *_, sources, _, _, statuses = said.out.splitlines()
    assert sources.startswith("2 sources: ")
    assert statuses.startswith("3 statuses: ")


def test_a_source_of_which_all_is_cited_or_explained_is_0(good: Project) -> None:
    good.change(
        "content/sources/report.yaml",
        "  - {paragraphs: [6], reason: the picture's credit, terms: [picture by]}",
        "  - {paragraphs: [6, 7], reason: a caption}",
    )
    said = called(good, "report")
    assert said.exit_code == 0
    assert "a caption" in said.out
    assert "5 of 5 paragraphs with content cited (100 %), 2 explained" in said.out


def test_record_of_a_coverage_is_stable(good: Project) -> None:
    found = called(good, "report", "--json").record
    assert list(found) == ["version", "command", "exit_code", "findings", "sources", "accounted"]
    assert [item["kind"] for item in found["accounted"]] == ["value", "date", "status"]
    assert (found["command"], found["exit_code"]) == ("coverage", 1)
    (report,) = found["sources"]
    assert list(report) == [
        "source",
        "cited_paragraphs",
        "cited_mentions",
        "explained_paragraphs",
        "paragraphs",
    ]
    assert report["cited_paragraphs"] == {"part": 5, "whole": 7, "percent": 71}
    last = report["paragraphs"][-1]
    assert list(last) == ["number", "state", "facts", "actors", "reasons", "mentions"]
    assert last["mentions"] == [{"kind": "percentage", "text": "40 percent", "state": "open", "names": []}]


def test_what_is_wrong_with_a_capture_is_told_first(good: Project) -> None:
    (good.root / "captures/report.txt").unlink()
    said = called(good, "--all")
    assert said.exit_code == 1
    assert "error[capture-missing]" in said.err
    assert "interview: " in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name one source"),
        (("report", "--all"), "name one source"),
        (("reprot",), "did you mean 'report'?"),
    ],
)
def test_a_mistake_in_the_call_is_told(arguments: tuple[str, ...], words: str, good: Project) -> None:
    said = called(good, *arguments)
    assert said.exit_code == 2
    assert words in said.err
