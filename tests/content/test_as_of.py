"""What is shown as of a day: the rules on small libraries, stories, and the shipped corpus on three days."""

from __future__ import annotations

import dataclasses
import datetime
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.checks import runner
from briefing.checks.base import Subject
from briefing.compose import draft
from briefing.compose.templates import Templates
from briefing.content import as_of, layout, linker
from briefing.content.layout import shipped_templates
from briefing.formats import registry
from briefing.language import scale_texts
from briefing.language.wording import MESSAGES
from briefing.model import fact_links, query
from briefing.model.briefs import Selection
from briefing.model.editions import FactFile
from briefing.model.library import Library
from briefing.model.scales import ActorKind, DatePart, ValuePart
from briefing.model.sources import Role, Source
from briefing.model.values import Date, Key, Prose, Quantity, Slug
from briefing.store import disk, request
from tests import values
from tests.conftest import REPOSITORY, SAMPLE, Page, Project
from tests.values import Reached

JUNE, NOVEMBER = values.day("2025-06-30"), values.day("2025-11-30")
SOURCES = (values.source("talks", "2026-01-10"), values.source("report"), values.source("undated", None))


# ------------------------------------------------------------------------------------------------ facts


def both(**changes: Any) -> Library:
    """A fact known since January, to which a text of February was added."""
    letter = values.fact(
        asserted=values.date("2026-01-10"),
        evidence=(values.evidence("talks"), values.evidence("report")),
        **{"caveat": "Two texts say so.", **changes},
    )
    return values.library(letter, sources=SOURCES, as_of="2026-01-31")


def test_a_text_that_came_later_takes_caveat_and_grade_with_it() -> None:
    fact = both().facts["drones.letter"]
    assert [item.source for item in fact.evidence] == ["talks"]
    assert (fact.caveat, fact.credibility) == (MESSAGES.say(as_of.WITHHELD), None)
    assert fact.statement == "The two ministers signed a letter of intent."


def test_a_text_that_came_later_takes_the_bases_of_value_dates_and_status_with_it() -> None:
    """A basis may speak of the later text; without any words, what was inferred would look as if stated."""
    fact = both(
        status=Reached.CONTRACTED,
        status_basis="contracted, because the report names the order",
        value=Quantity(Decimal(24), "cars", inferred=(ValuePart.AMOUNT,), basis="4 of 6, as reported, so 24"),
        date=Date("2026-01-09", (DatePart.YEAR,), "the report names 2026"),
    ).facts["drones.letter"]
    assert scale_texts.caveat(fact, MESSAGES) == (
        "The caveat was written later and is left out. "
        "Value by our reading: the reason was written later and is left out. "
        "Date by our reading: the reason was written later and is left out."
    )
    assert scale_texts.remark(fact, MESSAGES) == (
        "Status by our reading: the reason was written later and is left out."
    )
    assert fact.status == Reached.CONTRACTED
    assert isinstance(fact.value, Quantity) and fact.value.inferred == (ValuePart.AMOUNT,)


def test_a_basis_stays_where_no_text_came_later() -> None:
    letter = values.fact(
        asserted=values.date("2026-01-10"),
        evidence=(values.evidence("talks"),),
        status=Reached.CONTRACTED,
        status_basis="contracted, because it says so",
    )
    library = values.library(letter, sources=SOURCES, as_of="2026-01-31")
    assert library.facts["drones.letter"].status_basis == "contracted, because it says so"


def test_records_are_not_compared_with_passages_as_of_a_day() -> None:
    """The amount is in the later text, which an earlier day leaves out; today it is missed if it is wrong."""
    evidence = (values.evidence("talks"), values.evidence("report", terms=("24 cars",)))

    def found(amount: int, day: str | None) -> set[str]:
        letter = values.fact(
            asserted=values.date("2026-01-10"), evidence=evidence, value=Quantity(Decimal(amount), "cars")
        )
        library = values.library(letter, sources=SOURCES, as_of=day)
        return {item.check for item in runner.run(Subject(library, (), values.TODAY))}

    compared = {check.slug for check in runner.CHECKS if check.reads_captures}
    assert "value-not-stated" in found(25, None)
    assert "value-not-stated" not in found(24, None)
    assert found(24, "2026-01-31") & compared == set()


def test_words_of_today_do_not_fit_a_fact_that_stood_otherwise() -> None:
    assert both().otherwise == {"drones.letter"}


def test_a_fact_that_stands_as_today_keeps_everything() -> None:
    letter = values.fact(asserted=values.date("2026-02-09"), caveat="No contract.")
    then = values.library(letter, as_of="2026-02-09")
    assert then.facts["drones.letter"] == values.library(letter).facts["drones.letter"]
    assert then.otherwise == frozenset()


def expected_on(day: str) -> Library:
    """A visit expected for 20 January, said on 10 January; the newest fact is of 9 February."""
    visit = values.fact(
        "drones.visit",
        asserted=values.date("2026-01-10"),
        evidence=(values.evidence("talks"),),
        date=values.date("2026-01-20"),
        caveat="No text reports it.",
    )
    sheet = values.sheet(
        "drones",
        visit,
        values.fact(asserted=values.date("2026-02-09")),
        gaps=(values.gap("drones.came", "drones.visit"),),
        milestones=(values.milestone("drones.day", "2026-01-20", "drones.visit"),),
    )
    return values.library(sheets=(sheet,), sources=SOURCES, as_of=day)


@pytest.mark.parametrize(("day", "has_passed"), [("2026-01-20", False), ("2026-01-21", True)])
def test_a_caveat_and_a_question_written_after_the_day_of_a_fact_are_not_told_before(
    day: str, has_passed: bool
) -> None:
    then = expected_on(day)
    assert then.facts["drones.visit"].caveat == (
        "No text reports it." if has_passed else MESSAGES.say(as_of.WITHHELD)
    )
    assert bool(then.gaps) is has_passed
    assert as_of.is_unchanged("drones.visit", then) is has_passed
    assert then.milestones  # the expectation itself was there


def published_on(*facts: tuple[str, tuple[str, ...]], source: Source = SOURCES[2]) -> set[str]:
    """The days of a month from which on the undated text counts as published."""
    made = [
        values.fact(
            f"drones.f{number}",
            asserted=values.date(day),
            evidence=tuple(values.evidence(name) for name in names),
        )
        for number, (day, names) in enumerate(facts)
    ]
    joint = values.fact(
        "drones.joint",
        asserted=values.date("2026-01-01"),
        evidence=(values.evidence("early"), values.evidence("undated")),
    )
    sources = (values.source("early", "2026-01-01"), values.source("report", "2026-01-01"), source)
    days = [f"2026-01-{day:02}" for day in range(1, 32)]
    return {
        day
        for day in days
        if len(values.library(joint, *made, sources=sources, as_of=day).facts["drones.joint"].evidence) == 2
    }


def test_a_text_without_a_date_is_no_older_than_what_it_reports() -> None:
    assert min(published_on(("2026-01-05", ("undated",)), ("2026-01-12", ("undated",)))) == "2026-01-12"
    assert (
        min(published_on(("2026-01-05", ("undated",)), ("2026-01-20", ("undated", "report")))) == "2026-01-05"
    )


def test_a_text_that_was_retrieved_was_there() -> None:
    retrieved = values.source("undated", None, retrieved=values.date("2026-01-08"))
    assert min(published_on(("2026-01-12", ("undated",)), source=retrieved)) == "2026-01-08"


def test_a_milestone_is_met_only_by_what_had_met_it() -> None:
    met = values.fact(
        "drones.met",
        asserted=values.date("2026-02-09"),
        history=(values.assertion("2026-01-10", evidence=(values.evidence("talks"),)),),
    )
    base = values.fact(
        "drones.base", asserted=values.date("2026-01-10"), evidence=(values.evidence("talks"),)
    )
    milestone = values.milestone("drones.m", "2027", "drones.base", met_by=Key("drones.met"))
    sheet = values.sheet("drones", met, base, milestones=(milestone,))
    then = values.library(sheets=(sheet,), sources=SOURCES, as_of="2026-01-31")
    assert then.facts["drones.met"].statement == "The two ministers discussed a letter."
    assert then.milestones["drones.m"].met_by is None


# ------------------------------------------------------------------------------------------------ prose

OLD, NEW = "[old](fact:drones.old)", "[new](fact:drones.new)"


def old_and_new(**changes: object) -> Library:
    """As of January: one fact was known, and stands as today; the other came in February."""
    old = values.fact("drones.old", asserted=values.date("2026-01-10"), evidence=(values.evidence("talks"),))
    new = values.fact("drones.new", asserted=values.date("2026-02-09"))
    return values.library(old, new, sources=SOURCES, as_of="2026-01-31", **changes)


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        (f"{OLD}\n\n{OLD} again", f"{OLD}\n\n{OLD} again", 0),
        (f"{OLD}\n\n{NEW}", "", 2),
        (f"{OLD}\n\n## H\n\n{NEW}", OLD, 1),
        (f"## A\n\n{OLD}\n\n## B\n\n{NEW}", f"## A\n\n{OLD}", 1),
        (f"## A\n\n{OLD}\n\nNobody knows since when.", OLD, 1),
        (f"## A\n\n### B\n\n{OLD}\n\n### C\n\n{NEW}", f"### B\n\n{OLD}", 1),
        (f"## A\n\n### B\n\n{OLD}\n\n## C\n\n{NEW}", f"## A\n\n### B\n\n{OLD}", 1),
        (f"{OLD}\n\n```\n## no heading\n\n{NEW}\n```", OLD, 1),
        (f"## A\n{OLD}\n## B\n{NEW}", f"## A\n\n{OLD}", 1),
        (f"A\n---\n\n{OLD}\n\nB\n---\n\n{NEW}", f"A\n---\n\n{OLD}", 1),
        (f"{OLD}\n\n##\n\n{NEW}", OLD, 1),
        ("Nothing is cited.", "", 1),
        ("", "", 0),
    ],
)
def test_a_section_is_shown_or_left_out_together(text: str, kept: str, left_out: int) -> None:
    found = as_of.passages(Prose(text), old_and_new(), is_whole=False)
    assert (found.text, found.left_out) == (kept, left_out)


def test_where_all_stands_the_text_is_that_of_today() -> None:
    text = Prose("## A\n\nUncited.\n\n\n[x](fact:drones.old)")
    assert as_of.passages(text, old_and_new(), is_whole=True) == as_of.Passages(text, 2, 0)


@pytest.mark.parametrize(
    ("changes", "is_whole"),
    [
        ({"sheets": ()}, True),
        ({}, False),
        ({"sheets": (), "body": Prose(NEW)}, False),
        ({"sheets": (), "commitments": Selection(facts=(Key("drones.new"),))}, False),
        ({"sheets": (), "timeline": Selection(systems=(Slug("drones"),))}, False),
        ({"sheets": (), "timeline": Selection(sheets=(Slug("drones"),))}, False),
    ],
)
def test_a_subtitle_is_shown_where_all_that_the_brief_covers_stands(
    changes: dict[str, object], is_whole: bool
) -> None:
    brief = dataclasses.replace(values.brief(bottom_line=Prose(OLD), body=Prose(OLD)), **changes)  # type: ignore[arg-type]
    then = old_and_new(briefs=(brief,))
    assert bool(then.briefs[brief.id].subtitle) is is_whole


# ------------------------------------------------------------------------------------- people and sources


def test_who_and_what_only_later_facts_name_is_not_there_yet() -> None:
    old = values.fact(
        "drones.old",
        asserted=values.date("2026-01-10"),
        evidence=(values.evidence("talks"),),
        actors=(Slug("minister"),),
    )
    new = values.fact(
        "drones.new",
        asserted=values.date("2026-02-09"),
        actors=(Slug("minister"), Slug("general")),
        systems=(Slug("drones"),),
        matters=(Slug("later-deal"), Slug("drone-deal")),
    )
    old = dataclasses.replace(old, matters=(Slug("drone-deal"),))
    matters = (
        values.matter(
            "drone-deal",
            description="Ends in a contract.",
            systems=(Slug("drones"),),
            actors=(Slug("minister"), Slug("general")),
        ),
        values.matter("later-deal"),
    )
    people = (
        values.actor(
            "minister",
            description="Signed the letter.",
            role="minister",
            roles=roles("talks", "report"),
            part_of=Slug("ministry"),
        ),
        values.actor("ministry", speaks_for=Slug("state")),
        values.actor("state"),
        values.actor("general", kind=ActorKind.PERSON, roles=roles("report")),
    )
    then = values.library(
        old, new, sources=SOURCES, actors=people, matters=matters, origins=(), as_of="2026-01-31"
    )
    assert list(then.sources) == ["talks"]
    assert list(then.actors) == ["minister", "ministry", "state"]
    assert then.side_of("minister") == "state"
    (deal,) = then.matters.values()
    assert (deal.id, deal.description, deal.systems, deal.actors) == ("drone-deal", "", (), ("minister",))
    assert dict(then.systems) == {}
    minister = then.actors["minister"]
    assert (minister.role, minister.description) == ("minister", "")
    assert [role.evidence.source for role in minister.roles] == ["talks"]


def test_a_matter_whose_topic_is_not_there_yet_is_not_there_yet() -> None:
    old = values.fact(
        "drones.old",
        asserted=values.date("2026-01-10"),
        evidence=(values.evidence("talks"),),
        matters=(Slug("grant"), Slug("drone-deal")),
    )
    new = values.fact("money.new", asserted=values.date("2026-02-09"))
    matters = (values.matter(), values.matter("grant", topic=Slug("money")))
    then = values.library(old, new, sources=SOURCES, matters=matters, as_of="2026-01-31")
    assert (list(then.sheets), list(then.matters)) == (["drones"], ["drone-deal"])
    assert then.facts["drones.old"].matters == ("drone-deal",)
    assert then.sheets["drones"].facts == (then.facts["drones.old"],)


def roles(*sources: str) -> tuple[Role, ...]:
    return tuple(Role("minister", values.evidence(name)) for name in sources)


# ------------------------------------------------------------------------------------------------ stories


def test_a_brief_of_which_nothing_was_known_is_not_made(project: Project) -> None:
    """The files of another day in the same folder go."""
    quick = ("--format", "markdown", "--output", str(project.output))
    assert project.build(*quick).exit_code == 0
    said = project.build(*quick, "--as-of", "2030-01-01")
    assert said.exit_code == 0
    told = [line.strip() for line in said.out.splitlines() if "nothing that" in line]
    assert told == [
        "leave  ferry-purchase: nothing that this brief shows was known on 1\N{NO-BREAK SPACE}January 2030",
        "leave  overview: nothing that this brief shows was known on 1\N{NO-BREAK SPACE}January 2030",
    ]
    assert project.results() == {}
    assert (
        project.build(*quick, "--as-of", "2030-01-01").out.count("nothing that this brief shows") == 2
    )  # remembered


@pytest.mark.pdf
def test_every_file_of_the_past_says_that_it_was_compiled_afterwards(project: Project) -> None:
    done = project.build(
        "--format", "markdown", "--format", "html", "--format", "site", "--as-of", "2031-04-02"
    )
    assert done.exit_code == 0, done.text
    for path, data in project.results().items():
        if path.startswith("briefs/"):
            assert "is not a document of that day" in " ".join(data.decode().split()), path
        elif path.endswith(".html"):
            told = Page(data.decode()).text
            is_told = "As of 2 April 2031: compiled afterwards" in told
            assert is_told or "is not a document of that day" in told, path


def test_an_edition_that_readers_had_is_named(project: Project) -> None:
    library = linked(project.root, values.day("2031-04-02"))
    issued = values.issued("overview", issued=values.date("2031-04-01"))
    then = dataclasses.replace(library, issued={"overview": (issued,)})
    drafted, _ = draft.write(then.briefs[Slug("overview")], then, Templates(shipped_templates()))
    assert drafted
    assert (
        "Readers had edition 1 by then, issued on 1\N{NO-BREAK SPACE}April 2031. What"
        in drafted.sections[0].text
    )


# ------------------------------------------------------------------------------------------- at any day

DAYS = {
    SAMPLE: st.dates(values.day("2030-10-01"), values.day("2031-06-01")),
    REPOSITORY: st.dates(values.day("2025-06-01"), values.day("2026-03-01")),
}


def linked(root: Path, day: datetime.date | None) -> Library:
    records, _ = layout.load(disk.read(root, request.FOLDERS))
    assert records
    return linker.link(records, day)[0]


def present(root: Path) -> Library:
    return linked(root, None)


@pytest.mark.parametrize("root", [SAMPLE, REPOSITORY], ids=["sample", "corpus"])
def test_on_any_day_nothing_that_is_shown_is_newer(root: Path) -> None:
    records, _ = layout.load(disk.read(root, request.FOLDERS))
    assert records

    @given(DAYS[root])
    def holds(day: datetime.date) -> None:
        then, _ = linker.link(records, day)
        for fact in then.facts.values():
            assert fact.evidence
            for state in fact.states:
                assert state.asserted is None or state.asserted.latest <= day
                for item in state.evidence:
                    published = then.sources[item.source].published
                    assert published is None or published.latest <= day
        for sheet in then.sheets.values():
            cited = [key for item in sheet.gaps for key in item.facts]
            cited += [
                key for item in sheet.disagreements for reading in item.readings for key in reading.facts
            ]
            cited += [link.key for item in sheet.judgements for link in fact_links.find(item.basis)]
            assert all(as_of.is_unchanged(key, then) for key in cited)
        for brief in then.briefs.values():
            shown = as_of.passages(brief.body, then, as_of.is_whole(brief, then)).text
            assert all(as_of.is_unchanged(link.key, then) for link in fact_links.find(shown))
        assert all(item.day.latest <= day for item in then.verifications.values())

    holds()


def snapshot(root: Path, day: datetime.date | None) -> Snapshot:
    return steps.snapshot(disk.read(root, request.FOLDERS), values.TODAY, as_of=day)


@pytest.mark.parametrize("root", [SAMPLE, REPOSITORY], ids=["sample", "corpus"])
def test_the_newest_day_is_today_but_for_the_line_that_says_so(root: Path) -> None:
    library = present(root)
    # An edition before this one would add a section on what has changed since, with marks of its own.
    texts = disk.read(root, request.FOLDERS)
    unissued = {path: text for path, text in texts.texts.items() if not path.startswith("content/editions/")}
    never_issued = dataclasses.replace(texts, texts=unissued)
    days = [query.known_on(library, library.facts.values())]
    days += [item.day.latest for item in library.verifications.values()]
    today = steps.snapshot(never_issued, values.TODAY)
    then = steps.snapshot(never_issued, values.TODAY, as_of=max(days))
    assert today.editions.keys() == then.editions.keys()
    assert today.pages.keys() == then.pages.keys()
    for name, edition in today.editions.items():
        line, *others = then.editions[name].sections
        assert line.role == "as-of"
        assert tuple(others) == edition.sections
        for field in ("title", "subtitle", "notes", "references", "scales", "counts"):
            assert getattr(then.editions[name], field) == getattr(edition, field)
    assert then.library
    for field in ("facts", "sheets", "sources", "origins", "actors", "systems", "pages", "verifications"):
        assert getattr(then.library, field) == getattr(library, field), field


# --------------------------------------------------------------------------------------- the shipped corpus

LATER = {
    JUNE: r"November|\bNov\b|declaration|Rafale|letter of intent|SAMP|SCALP|F-16|Gripen|Villacoublay|Monde",
    NOVEMBER: r"letter of intent|Crotale|Mistral|Aster\b|AASM|SAFE|Brave1|loan|Novyny|delegation",
}
"""What nobody could have written by the end of each day."""
FEBRUARY = r"February|2026|Fedorov|Vautrin|Caliber|AMIAD|in Kyiv|[Vv]erified|([Tt]wo|[Tt]hree|[Ff]ive) texts"


@pytest.fixture(scope="module", params=[JUNE, NOVEMBER], ids=str)
def past(request: pytest.FixtureRequest) -> tuple[datetime.date, Snapshot]:
    return request.param, snapshot(REPOSITORY, request.param)


def printed(found: Snapshot) -> dict[str, str]:
    markdown = registry.by_name()["markdown"]
    everything = found.editions.items()
    return {name: markdown.prepare(item, found.theme, FactFile()).text for name, item in everything}


def test_no_brief_of_the_past_knows_what_came_later(past: tuple[datetime.date, Snapshot]) -> None:
    day, found = past
    for name, text in printed(found).items():
        assert re.findall(f"{LATER[day]}|{FEBRUARY}", text) == [], name


def test_no_register_fact_or_name_of_the_past_knows_what_came_later(
    past: tuple[datetime.date, Snapshot],
) -> None:
    """What the site prints of a library. The names of topics and systems stay, so that addresses do."""
    day, found = past
    then = found.library
    assert then
    told = [
        repr((fact.statement, fact.caveat, fact.value, [item.statement for item in fact.history]))
        for fact in then.facts.values()
    ]
    told += [repr((sheet.summary, sheet.gaps, sheet.disagreements)) for sheet in then.sheets.values()]
    told += [repr((item.expectation,)) for item in then.milestones.values()]
    told += [repr((item.statement, item.basis, item.would_change)) for item in then.judgements.values()]
    told += [repr((item.label, item.note)) for item in then.sources.values()]
    told += [repr((item.title, item.note)) for item in then.origins.values()]
    told += [repr((item.name, item.role, item.names, item.description)) for item in then.actors.values()]
    told += [repr((item.names, item.description)) for item in then.systems.values()]
    for text in told:
        assert re.findall(f"{LATER[day]}|{FEBRUARY}", text) == [], text


def test_the_briefs_of_june_say_what_was_known() -> None:
    found = snapshot(REPOSITORY, JUNE)
    briefs = printed(found)
    assert "rafale-deal" not in briefs
    assert [finding.brief for finding in found.findings if finding.check == "nothing-known"] == [
        "air-defence",
        "rafale-deal",
    ]
    assert "| Mirage 2000 | " in briefs["overview"]
    assert "up to 8\N{NO-BREAK SPACE}million drones per year" in briefs["drone-co-production"]
    assert "| Mirage, more deliveries | ○ announced |" in briefs["aircraft-and-munitions"]
    assert all("## Bottom line" not in text for text in briefs.values())
    assert not found.pages


def test_the_briefs_of_november_say_what_was_known() -> None:
    briefs = printed(snapshot(REPOSITORY, NOVEMBER))
    assert "100 Rafale F4 aircraft⁽[^2]⁾ by 2035" in briefs["rafale-deal"]
    assert "including 2 of 6 passages of the text" in briefs["rafale-deal"]
    assert "has passed" not in "".join(briefs.values())
    assert (
        "says that France has been providing Ukraine with SCALP missiles" in briefs["aircraft-and-munitions"]
    )
    assert "| Joint projects of both industries | ○ announced |" in briefs["drone-co-production"]
    assert "Left out" not in briefs["air-defence"]


def test_today_is_whole() -> None:
    found = snapshot(REPOSITORY, None)
    assert len(found.editions) == len(present(REPOSITORY).briefs)
    assert all(
        edition.subtitle and edition.sections[0].role == "bottom-line" for edition in found.editions.values()
    )
