"""What is suspect: accepted words whose facts stand otherwise now, and what never makes any suspect."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.changes.fact_fields import FIELDS
from briefing.compose import draft_marks
from briefing.content import decode, views, yaml_nodes
from briefing.language.wording import Wording
from briefing.model.briefs import Brief
from briefing.model.facts import Fact, FactSheet, Row
from briefing.model.findings import Place
from briefing.model.ledger import Acceptance, Accepted
from briefing.model.library import Library
from briefing.model.scales import Bound, Credibility, DatePart, Instrument, Marking
from briefing.model.values import Date, Key, Label, Money, Prose, Quantity, Slug
from briefing.review import paragraphs, reasons, signoff
from tests import values
from tests.values import Flags, Reached

HUNDRED = Quantity(Decimal(100), "drones")
MONEY = Money(Decimal(90), "EUR", price_basis="")
FACT = values.fact(
    value=HUNDRED,
    flags=(Flags.DISPUTED,),
    date=values.date("2026-02"),
    said_by=(Slug("minister"), Slug("general")),
    caveat="No contract is known, the minister says.",
)
OTHER = values.fact("drones.price", value=MONEY, said_by=(Slug("minister"),))
LETTER, PRICE = "[a letter](fact:drones.letter)", "[](fact:drones.price)"
BRIEF = values.brief(
    bottom_line=Prose(f"There is {LETTER}."), body=f"It names {LETTER}.\n\nIt costs {PRICE}."
)
DAY = Date("2026-03-01")


def library(*facts: Fact, record: Accepted | None = None, **changes: Any) -> Library:
    folders = {"letter": record} if record is not None else {}
    return values.library(*(facts or (FACT, OTHER)), accepted=folders, **changes)


def accepted(
    brief: Brief, of: Library, *names: str, before: Accepted | None = None, day: Date = DAY
) -> Accepted:
    """The record after some paragraphs were accepted, or all."""
    found = [item for item in paragraphs.of_brief(brief, of) if not names or item.name in names]
    return signoff.added(before or Accepted(), found, of, "A. Person", day)


RECORD = accepted(BRIEF, library())


def suspects(brief: Brief, of: Library) -> dict[str, list[str]]:
    """Name -> what is said of it."""
    return {
        item.paragraph.name: [reasons.in_words(item, difference) for difference in item.differences]
        for item in signoff.suspects(brief, of)
    }


def changed(**changes: Any) -> Library:
    return library(dataclasses.replace(FACT, **changes), OTHER, record=RECORD)


def reworded(brief: Brief, old: str, new: str) -> Brief:
    assert brief.body.count(old) == 1
    return dataclasses.replace(brief, body=Prose(brief.body.replace(old, new)))


# ------------------------------------------------------------------------------------- a fact changes


@pytest.mark.parametrize(
    ("changes", "was", "now"),
    [
        ({"value": dataclasses.replace(HUNDRED, amount=Decimal(110))}, "was 100 drones", "is 110 drones"),
        ({"value": dataclasses.replace(HUNDRED, bound=Bound.UP_TO)}, "was 100 drones", "is up to 100 drones"),
        ({"value": None}, "was 100 drones", "has no value"),
        ({"value": Label("M2")}, "was 100 drones", "is M2"),
        ({"status": Reached.CONTRACTED}, "had the status declared intent", "has the status contracted"),
        ({"flags": ()}, "was disputed", "is not disputed"),
        ({"flags": (Flags.CANCELLED, Flags.DISPUTED)}, "was not cancelled", "is cancelled"),
        ({"date": values.date("2026-03")}, "was dated February 2026", "is dated March 2026"),
        (
            {"date": values.date("2026-02", DatePart.YEAR)},
            "was dated February 2026",
            "is dated February [2026]",
        ),
        ({"date": None}, "was dated February 2026", "has no date"),
        ({"said_by": (Slug("general"),)}, "was said by Minister and General", "is said by General"),
        ({"said_by": ()}, "was said by Minister and General", "is said by the source itself"),
        ({"caveat": ""}, "had the caveat “No contract is known, the minister says.”", "has no caveat"),
        (
            {"statement": "The two ministers signed a contract."},
            "read “The two ministers signed a letter of intent.”",
            "reads “The two ministers signed a contract.”",
        ),
        (
            {"status": Reached.AGREED, "value": Label("M2"), "date": None},
            "had the status declared intent, was 100 drones and was dated February 2026",
            "has the status agreed, is M2 and has no date",
        ),
    ],
)
def test_what_prose_relies_on_makes_it_suspect_with_old_and_new(
    changes: dict[str, Any], was: str, now: str
) -> None:
    told = "was accepted on 2026-03-01 by A. Person when drones.letter"
    assert suspects(BRIEF, changed(**changes)) == {
        "bottom-line": [f"bottom-line {told} {was}; it {now} now"],
        "text.1": [f"text.1 {told} {was}; it {now} now"],
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"value": dataclasses.replace(HUNDRED, amount=Decimal("100.0"))},
        {"said_by": tuple(reversed(FACT.said_by))},
        {"caveat": "No contract is known\N{EM DASH}the  Minister says"},
        {"statement": "The two ministers signed a ‘letter’ of intent"},
        {"evidence": (values.evidence("report", 7),)},
        {"credibility": Credibility.TWO},
        {"marking": Marking.GREEN},
        {"review_by": values.date("2027")},
        {"asserted": values.date("2026-02-11")},
        {"systems": (Slug("drones"),)},
        {"actors": (Slug("minister"),)},
        {"history": (values.assertion("2025"),), "asserted": values.date("2026-02-11")},
        {"at": Place("content/facts/drones.yaml", 99, 9)},
    ],
    ids=", ".join,
)
def test_what_prose_does_not_rely_on_makes_nothing_suspect(changes: dict[str, Any]) -> None:
    assert suspects(BRIEF, changed(**changes)) == {}


def test_money_that_is_given_otherwise_is_told_with_how() -> None:
    loan = dataclasses.replace(MONEY, instrument=Instrument.LOAN, price_basis=None)
    of = library(FACT, dataclasses.replace(OTHER, value=loan), record=RECORD)
    (told,) = suspects(BRIEF, of)["text.2"]
    assert told.endswith(
        "drones.price was EUR 90 (without instrument or price basis); "
        "it is EUR 90 (loan, price basis: not stated) now"
    )


def test_several_facts_under_a_paragraph_are_told_one_by_one() -> None:
    brief = values.brief(body="", bottom_line=Prose(f"{LETTER} for {PRICE}"))
    record = accepted(brief, library())
    of = library(
        dataclasses.replace(FACT, status=Reached.AGREED),
        dataclasses.replace(OTHER, said_by=()),
        record=record,
    )
    assert [len(told) for told in suspects(brief, of).values()] == [2]


def test_the_entries_of_a_register_become_suspect_as_well() -> None:
    def with_entries(fact: Fact, record: Accepted | None = None) -> Library:
        sheet = values.sheet(
            "drones",
            fact,
            values.fact("drones.price"),
            judgements=(values.judgement("drones.contract", LETTER),),
            disagreements=(values.disagreement("drones.count", "drones.price", "drones.letter"),),
            gaps=(values.gap("drones.payer", "drones.letter"), values.gap("drones.other", "drones.price")),
            milestones=(values.milestone("drones.opening", "2026-05", "drones.letter"),),
        )
        return library(sheets=(sheet,), record=record)

    brief = values.brief(body="", judgements=(Key("drones.contract"),))
    record = accepted(brief, with_entries(FACT))
    found = suspects(brief, with_entries(dataclasses.replace(FACT, status=Reached.AGREED), record))
    assert list(found) == ["bottom-line", "drones.contract", "drones.count", "drones.payer", "drones.opening"]


# ----------------------------------------------------------------------------------- the text changes

FIVE = dataclasses.replace(FACT, value=Quantity(Decimal(5), "drones"))


def test_a_comma_clears_no_suspicion() -> None:
    brief = reworded(BRIEF, "It names", "It, too, names")
    assert "text.1" in suspects(brief, library(FIVE, OTHER, record=RECORD))
    brief = reworded(BRIEF, f"It names {LETTER}.", f"It names, “{LETTER}”!")
    assert "text.1" in suspects(brief, library(FIVE, OTHER, record=RECORD))


def test_an_edited_paragraph_is_held_against_what_it_said_before() -> None:
    """That another paragraph was accepted since says nothing of this one."""
    now = library(FIVE, OTHER)
    record = accepted(BRIEF, now, "bottom-line", before=RECORD)
    brief = reworded(BRIEF, "It names", "The text names")
    (told,) = suspects(brief, library(FIVE, OTHER, record=record))["text.1"]
    assert told == (
        "text.1 was accepted in an earlier wording on 2026-03-01 by A. Person when "
        "drones.letter was 100 drones; it is 5 drones now"
    )
    record = accepted(brief, now, "text.1", before=record)
    assert suspects(brief, library(FIVE, OTHER, record=record)) == {}


def test_an_edited_paragraph_that_moved_is_held_against_what_is_gone() -> None:
    record = accepted(BRIEF, library(FIVE, OTHER), "bottom-line", before=RECORD)
    moved = values.brief(
        bottom_line=BRIEF.bottom_line, body=f"It costs {PRICE}.\n\n## More\n\nThe text names {LETTER}."
    )
    assert list(suspects(moved, library(FIVE, OTHER, record=record))) == ["more.1"]


def test_a_new_paragraph_is_suspect_where_its_fact_is_known_in_other_states_only() -> None:
    brief = dataclasses.replace(BRIEF, body=Prose(f"{BRIEF.body}\n\nQuite new: {LETTER}."))
    found = suspects(brief, library(FIVE, OTHER, record=RECORD))
    assert found["text.3"][0].startswith(
        "text.3 is not accepted yet; when A. Person accepted text.1 on 2026-03-01, drones.letter was 100"
    )
    record = accepted(BRIEF, library(FIVE, OTHER), before=RECORD)
    of = library(FIVE, OTHER, record=record)
    assert suspects(brief, of) == {}
    states = {item.paragraph.name: (item.is_accepted, item.accepted) for item in signoff.review(brief, of)}
    assert states["text.3"] == (False, None)
    assert states["text.2"][0]


def test_new_prose_about_unchanged_facts_is_not_suspect() -> None:
    brief = reworded(BRIEF, "It names", "All new words on")
    assert suspects(brief, library(record=RECORD)) == {}


def test_another_fact_under_the_same_words_is_another_text() -> None:
    twin = dataclasses.replace(FIVE, id=Key("drones.twin"))
    brief = reworded(BRIEF, LETTER, "[a letter](fact:drones.twin)")
    of = library(FACT, OTHER, twin, record=RECORD)
    (item,) = (item for item in signoff.review(brief, of) if item.paragraph.name == "text.1")
    assert item.accepted is None
    assert not item.is_suspect


def test_moved_paragraphs_and_other_headings_lose_nothing() -> None:
    body = f"## Costs\n\nIt costs {PRICE}.\n\n## Signed\n\nIt names\n{LETTER}."
    brief = dataclasses.replace(BRIEF, body=Prose(body))
    assert all(item.is_accepted for item in signoff.review(brief, library(record=RECORD)))


def test_a_text_that_comes_back_is_held_against_its_last_acceptance() -> None:
    record = accepted(BRIEF, library(FIVE, OTHER), before=RECORD)
    assert suspects(BRIEF, library(FIVE, OTHER, record=record)) == {}
    assert set(suspects(BRIEF, library(record=record))) == {"bottom-line", "text.1"}


# -------------------------------------------------------------------------------------- no suspicion


def test_without_a_record_nothing_is_suspect() -> None:
    assert signoff.suspects(BRIEF, library(FIVE, OTHER)) == ()


def test_as_of_an_earlier_day_nothing_is_suspect() -> None:
    of = library(FIVE, OTHER, record=RECORD)
    assert signoff.suspects(BRIEF, dataclasses.replace(of, as_of=values.TODAY)) == ()


def test_a_fact_that_is_gone_is_told_elsewhere() -> None:
    assert set(suspects(BRIEF, library(OTHER, record=RECORD))) == set()


def test_a_renamed_fact_is_the_same_fact() -> None:
    renamed = dataclasses.replace(FACT, id=Key("drones.paper"), formerly=(Key("drones.letter"),))
    brief = dataclasses.replace(
        BRIEF,
        bottom_line=Prose(BRIEF.bottom_line.replace("drones.letter", "drones.paper")),
        body=Prose(BRIEF.body.replace("drones.letter", "drones.paper")),
    )
    of = library(renamed, OTHER, record=RECORD)
    assert all(item.is_accepted for item in signoff.review(brief, of))
    of = library(dataclasses.replace(renamed, status=Reached.AGREED), OTHER, record=RECORD)
    assert set(suspects(brief, of)) == {"bottom-line", "text.1"}


def test_a_renamed_brief_takes_its_record_along() -> None:
    brief = dataclasses.replace(BRIEF, id=Slug("note"), formerly=(Slug("letter"),))
    of = library(FIVE, OTHER, record=RECORD, briefs=(brief,))
    assert set(suspects(brief, of)) == {"bottom-line", "text.1"}


def test_a_record_under_two_names_is_one() -> None:
    brief = dataclasses.replace(BRIEF, id=Slug("a-note"), formerly=(Slug("letter"),))
    later = accepted(BRIEF, library(FIVE, OTHER), "bottom-line", "text.1", before=RECORD)
    folders = {"a-note": later, "letter": RECORD}
    of = values.library(FIVE, OTHER, briefs=(brief,), accepted=folders)
    assert of.accepted == {"a-note": later}
    assert suspects(brief, of) == {}


# ---------------------------------------------------------------------------------------- the record


def test_states_are_shared_and_acceptances_kept() -> None:
    record = accepted(BRIEF, library(FIVE, OTHER), before=RECORD)
    assert [item.paragraph for item in record.acceptances] == ["bottom-line", "text.1", "text.2"] * 2
    assert [item.fact for item in record.states] == ["drones.letter", "drones.price", "drones.letter"]


def test_only_what_is_gone_by_name_and_by_words_is_dropped() -> None:
    def kept(brief: Brief) -> tuple[list[str], list[str]]:
        record = signoff.without_gone(RECORD, paragraphs.of_brief(brief, library()))
        return [item.paragraph for item in record.acceptances], [str(item.fact) for item in record.states]

    assert kept(BRIEF) == (["bottom-line", "text.1", "text.2"], ["drones.letter", "drones.price"])
    edited = dataclasses.replace(BRIEF, body=Prose(f"It named {LETTER}."))
    assert kept(edited) == (["bottom-line", "text.1"], ["drones.letter"])
    moved = dataclasses.replace(BRIEF, body=Prose(f"## Head\n\nIt costs {PRICE}."))
    assert kept(moved) == (["bottom-line", "text.2"], ["drones.letter", "drones.price"])


# ------------------------------------------------------------------------------------ marks in drafts


def marked(brief: Brief, of: Library) -> Brief:
    found, _ = draft_marks.marked(brief, of, Wording("en-GB", of.actors))
    return found


def test_a_mark_stands_at_the_end_of_each_suspect_paragraph() -> None:
    mark = r"*\[To be checked: drones.letter was 100 drones when this was accepted.\]*"
    found = marked(BRIEF, library(FIVE, OTHER, record=RECORD))
    assert found.bottom_line == f"There is {LETTER}. {mark}"
    assert found.body == f"It names {LETTER}. {mark}\n\nIt costs {PRICE}."
    assert reasons.without_marks(found.body) == BRIEF.body


def test_where_nothing_is_suspect_the_brief_is_the_same() -> None:
    assert marked(BRIEF, library(record=RECORD)) is BRIEF


@pytest.mark.parametrize(
    "block",
    [
        f"| A |\n|---|\n| {LETTER} |",
        f"# {LETTER}",
        f"Of {LETTER}:\n```\nx\n```",
        f"> {LETTER}\n> ~~~\n> x\n> ~~~",
    ],
)
def test_a_mark_breaks_no_table_no_heading_and_no_code(block: str) -> None:
    brief = dataclasses.replace(BRIEF, body=Prose(f"{block}\n\nMore."))
    found = marked(brief, library(FIVE, OTHER, record=accepted(brief, library())))
    assert found.body.startswith(f"{block}\n\n*\\[To be checked:")
    assert found.body.endswith("\\]*\n\nMore.")


def test_a_mark_stays_in_a_paragraph_that_only_looks_like_more() -> None:
    block = f"Words on\n#5 and {LETTER}."
    brief = dataclasses.replace(BRIEF, body=Prose(block))
    found = marked(brief, library(FIVE, OTHER, record=accepted(brief, library())))
    assert found.body.startswith(f"{block} *\\[To be checked:")


def test_marks_are_short_and_name_people_where_they_are_known() -> None:
    found = marked(BRIEF, changed(caveat="Another one.", statement="Another one.", said_by=()))
    words = "was said by The minister and The general, had a different caveat and was put in other words when"
    assert words in found.bottom_line
    record = dataclasses.replace(
        RECORD,
        states=tuple(dataclasses.replace(item, said_by=(Slug("nobody"),)) for item in RECORD.states),
    )
    assert "was said by Nobody when" in marked(BRIEF, library(record=record)).bottom_line
    assert "had a caveat" in marked(BRIEF, changed(caveat="")).bottom_line


@pytest.mark.parametrize("language", ["en-GB", "fr"])
@pytest.mark.parametrize("name", [field.name for field in FIELDS if field.is_relied_on])
def test_a_draft_can_say_of_every_field_that_it_came_or_went(name: str, language: str) -> None:
    bare = values.fact(status=None, statement="They met.", credibility=None)
    full = dataclasses.replace(FACT, rows=(Row(Slug("first"), value=HUNDRED),))
    for was, now in ((bare, full), (full, bare)):
        since = Acceptance("body", "There is", "A. Person", DAY, "", ())
        difference = signoff.FactDifference(FACT.id, signoff.accepted_state(was), now, (name,), since)
        assert reasons.printed(difference, Wording(language, {}))


def test_what_fewer_could_read_when_it_was_accepted_is_not_printed_for_more() -> None:
    """A brief whose marking was lowered must not tell what it said before."""
    secret = dataclasses.replace(FACT, marking=Marking.AMBER)
    inner = dataclasses.replace(BRIEF, marking=Marking.AMBER)
    record = accepted(inner, library(secret, OTHER))
    now = library(FIVE, OTHER, record=record, briefs=(BRIEF,))
    assert (
        "[To be checked: drones.letter was different when"
        in marked(BRIEF, views.seen_at(now, Marking.CLEAR)).bottom_line
    )
    assert "was 100 drones" in marked(inner, views.seen_at(now, Marking.AMBER)).bottom_line


# ------------------------------------------------------------------------------------ layout of sheets

_SHEET = {
    "title": "Drones",
    "summary": "What the letter says.",
    "facts": {
        "letter": {
            "kind": "commitment",
            "statement": "The two ministers signed: a letter of intent, no more.",
            "evidence": [{"source": "report", "paragraph": "1", "terms": ["a letter"]}],
            "said_by": ["minister", "general"],
            "value": {
                "amount": "90 million",
                "currency": "EUR",
                "bound": "up to",
                "price_basis": "not stated",
            },
            "status": "intent",
            "flags": ["disputed", "suspended"],
            "date": {"edtf": "2026-02-09", "inferred": ["year"]},
            "caveat": "It is a letter; what it is worth, and to whom, nobody who signed it has said yet.",
        }
    },
}


@st.composite
def laid_out(draw: st.DrawFn, node: Any = None, depth: int = 0) -> str:
    """The sheet as any curator may lay it out: in any order, with any quotation marks, folded anywhere."""
    node = _SHEET if node is None else node
    pad = "  " * depth
    if isinstance(node, str):
        return draw(_scalar(node, pad))
    if isinstance(node, list):
        items = draw(st.permutations(node))
        if all(isinstance(item, str) for item in items) and draw(st.booleans()):
            return "[" + ", ".join(f'"{item}"' for item in items) + "]"
        written = [draw(laid_out(item, depth + 1)).lstrip() for item in items]
        return "".join(f"\n{pad}- {text}" for text in written)
    lines = []
    for name in draw(st.permutations(list(node))):
        comment = draw(st.sampled_from(["", f"\n{pad}# A comment.", "\n"]))
        lines.append(f"{comment}\n{pad}{name}: {draw(laid_out(node[name], depth + 1))}")
    return "".join(lines)


@st.composite
def _scalar(draw: st.DrawFn, text: str, pad: str) -> str:
    words = text.split()
    style = draw(st.sampled_from(["'", '"', ">-", "|-", "plain"]))
    if style in ("'", '"'):
        return f"{style}{text}{style}"
    if style == "plain" and ": " not in text:
        return text
    cut = draw(st.integers(1, len(words)))
    first, rest = " ".join(words[:cut]), " ".join(words[cut:])
    if style == "|-" or not rest:
        return f">-\n{pad}  {text}"
    return f">-\n{pad}  {first}\n{pad}  {rest}"


def _read(text: str) -> FactSheet:
    node, findings = yaml_nodes.parse(text, "content/facts/drones.yaml")
    assert node is not None, findings
    sheet, misfits = decode.shape(FactSheet, node, id="drones", at=Place("content/facts/drones.yaml"))
    assert sheet is not None, (misfits, text)
    return sheet


@given(laid_out(), laid_out())
def test_no_layout_of_a_sheet_makes_anything_suspect(one: str, other: str) -> None:
    sheets: Sequence[FactSheet] = [_read(one), _read(other)]
    brief = values.brief(body="")
    record = accepted(brief, library(sheets=(sheets[0],)))
    assert suspects(brief, library(sheets=(sheets[1],), record=record)) == {}
    fact = dataclasses.replace(sheets[1].facts[0], status=Reached.AGREED)
    spoilt = dataclasses.replace(sheets[1], facts=(fact,))
    assert set(suspects(brief, library(sheets=(spoilt,), record=record))) == {"bottom-line"}
