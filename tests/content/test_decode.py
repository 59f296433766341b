"""Nodes to values: the model's types decide, and every misfit is told with its place."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import decode, yaml_nodes
from briefing.language import slips
from briefing.model import briefs, edtf, facts, sources
from briefing.model.briefs import Brief, Page, Series
from briefing.model.facts import Fact, FactSheet
from briefing.model.findings import Finding, Place
from briefing.model.ladders import Ladder
from briefing.model.ledger import Issued
from briefing.model.library import Audience, Project
from briefing.model.matters import Matter
from briefing.model.scales import (
    ActorKind,
    Bound,
    Credibility,
    DatePart,
    FactKind,
    Instrument,
    Marking,
)
from briefing.model.signatures import SigningKey
from briefing.model.sources import Actor, Evidence, Source, System
from briefing.model.values import Date, Label, Money, Placed, Quantity

PATH = "content/x.yaml"

_T = TypeVar("_T")


def parsed(text: str) -> yaml_nodes.Node:
    node, findings = yaml_nodes.parse(text, PATH)
    assert findings == ()
    assert node is not None
    return node


def fit(cls: type[_T], text: str, **given: object) -> _T:
    value, findings = decode.shape(cls, parsed(text), **given)
    assert findings == ()
    assert value is not None
    return value


def misfits(cls: type[Any], text: str, **given: object) -> tuple[Finding, ...]:
    value, findings = decode.shape(cls, parsed(text), **given)
    assert value is None
    assert findings
    return findings


def misfit(cls: type[Any], text: str, **given: object) -> Finding:
    found = misfits(cls, text, **given)
    assert len(found) == 1, found
    return found[0]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    return [(finding.check, finding.at.line, finding.at.column) for finding in findings]


PROJECT = """\
title: The corpus
subtitle: Sample
publisher: The publisher
languages: [en-GB]
marking: CLEAR
contact: the desk
"""
EVIDENCE = "{source: report, paragraph: 1, terms: [a letter]}"


def fact_of(fields: str) -> Fact:
    """The only fact of a sheet; ``fields`` are its lines."""
    sheet = fit(FactSheet, sheet_text(fields), id="drones", at=Place(PATH))
    return sheet.facts[0]


def sheet_text(fields: str) -> str:
    lines = "\n".join(f"    {line}" for line in fields.splitlines())
    return f"title: Drones\nsummary: What it covers.\nfacts:\n  letter:\n{lines}\n"


FACT = f"kind: event\nstatement: They met.\nevidence: [{EVIDENCE}]"


# ------------------------------------------------------------------------------------------ field types


def test_a_text_knows_where_it_stands_and_how_it_was_written() -> None:
    project = fit(Project, PROJECT.replace("Sample", '"Sample  one"'))
    assert project.subtitle == "Sample  one"
    assert isinstance(project.subtitle, Placed)
    assert project.subtitle.at == Place(PATH, 2, 11)
    assert project.subtitle.raw == '"Sample  one"'


def test_words_become_the_members_that_they_name() -> None:
    fact = fact_of(
        f"kind: commitment\nstatement: x\nstatus: in-production\ncredibility: '2'\nevidence: [{EVIDENCE}]"
    )
    assert (fact.kind, fact.credibility) == (FactKind.COMMITMENT, Credibility.TWO)


def test_an_unknown_word_is_told_with_the_nearest_known_one() -> None:
    finding = misfit(FactSheet, sheet_text(FACT.replace("event", "evnt")), id="drones")
    assert finding.message == "'kind' cannot be 'evnt'"
    assert (
        finding.hint == "did you mean 'event'? The choices are commitment, event, claim, context, observation"
    )


def test_an_unknown_word_far_from_all_is_told_with_all() -> None:
    finding = misfit(Project, PROJECT.replace("CLEAR", "secret"))
    assert finding.check == "unknown-word"
    assert finding.hint == "the choices are CLEAR, GREEN, AMBER, AMBER+STRICT, RED"


def test_yaml_words_for_true_and_false_are_texts() -> None:
    assert fit(Project, PROJECT.replace("Sample", "no")).subtitle == "no"


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1", 1), ("70", 70), ("999999999", 999_999_999)])
def test_whole_numbers(text: str, number: int) -> None:
    assert fit(Page, f"title: x\norder: {text}", id="x", body="", body_at=Place(PATH)).order == number


@pytest.mark.parametrize("text", ["-1", "1.0", "1_000", "one", "1e3", "0x10", "1 000", "9999999999", "007"])
def test_what_is_no_whole_number(text: str) -> None:
    finding = misfit(Page, f"title: x\norder: {text}", id="x", body="", body_at=Place(PATH))
    assert (finding.check, finding.at) == ("number", Place(PATH, 2, 8))


@pytest.mark.parametrize("text", ["a", "rafale-deal", "f-16", "2025", "a" * 80])
def test_names(text: str) -> None:
    evidence = fit(Evidence, f"source: {text}\nparagraph: 1\nterms: [a]")
    assert evidence.source == text


@pytest.mark.parametrize(
    "text",
    ["A", "a_b", "a--b", "-a", "a-", "a b", "é", "a.b", "a/b", "../a", "a" * 81, "con", "lpt1", "index"],
)
def test_what_is_no_name(text: str) -> None:
    finding = misfit(Evidence, f"source: {text}\nparagraph: 1\nterms: [a]")
    assert (finding.check, finding.at) == ("name", Place(PATH, 1, 9))


@pytest.mark.parametrize(
    "text", ["letter", ".letter", "drones.", "drones.a.b", "Drones.a", "drones.a b", "drones/a"]
)
def test_what_is_no_key(text: str) -> None:
    finding = misfit(Brief, brief_text(f"gaps: ['{text}']"), id="x", body="", body_at=Place(PATH))
    assert finding.check == "name"
    assert finding.hint == "write sheet.name: trams.contract"


def brief_text(*lines: str) -> str:
    head = ("title: x", "subtitle: x", "owner: not stated", "sheets: []", "bottom_line: x")
    return "\n".join((*head, *lines))


def test_a_list_must_be_a_list() -> None:
    finding = misfit(Project, PROJECT.replace("[en-GB]", "en-GB"))
    assert (finding.check, finding.at.line) == ("wrong-type", 4)
    assert finding.message == "'languages' must be a list"


def test_a_single_value_must_be_single() -> None:
    finding = misfit(Project, PROJECT.replace("Sample", "[a, b]"))
    assert told((finding,)) == [("wrong-type", 2, 11)]


def test_a_record_must_have_fields() -> None:
    finding = misfit(Brief, brief_text("commitments: all"), id="x", body="", body_at=Place(PATH))
    assert finding.message == "selection must have fields"


def test_a_value_that_is_missing_after_its_key_is_empty() -> None:
    finding = misfit(Project, PROJECT.replace("Sample", ""))
    assert told((finding,)) == [("empty", 2, 10)]


def test_a_quoted_empty_text_is_a_value() -> None:
    assert fit(Project, PROJECT.replace("Sample", "''")).subtitle == ""


def test_names_in_a_sheet_become_keys_of_that_sheet() -> None:
    assert fact_of(FACT).id == "drones.letter"


def test_a_register_gives_its_records_their_ids_and_places() -> None:
    records, findings = decode.shape_register(
        Actor, parsed("a-b:\n  name: A\n  kind: person\nc:\n  name: C\n  kind: group\n")
    )
    assert findings == ()
    assert records
    assert [(actor.id, actor.kind, actor.at.line) for actor in records] == [
        ("a-b", ActorKind.PERSON, 1),
        ("c", ActorKind.GROUP, 4),
    ]


def test_a_register_must_be_a_mapping() -> None:
    records, findings = decode.shape_register(Actor, parsed("- a\n- b\n"))
    assert records is None
    assert told(findings) == [("wrong-type", 1, 1)]


def test_places_take_no_part_in_equality() -> None:
    text = "name: A\nkind: person\nnames: [x]\n"
    assert fit(Actor, text, id="a") == fit(Actor, "# moved\n\n" + text, id="a")


@pytest.mark.parametrize(
    ("name", "is_good"),
    [("rafale-deal", True), ("Rafale", False), ("nul", False), ("a.b", False), ("index", False)],
)
def test_a_files_name_is_held_to_the_same_rule(name: str, is_good: bool) -> None:
    assert (decode.check_name(name, Place(PATH)) == ()) is is_good


def test_a_name_that_the_site_needs_itself_is_refused_in_every_register() -> None:
    _, findings = decode.shape_register(Actor, parsed("index: {name: x, kind: group}"))
    assert told(findings) == [("name", 1, 1)]
    assert findings[0].message == "the site uses the name 'index' for its lists"
    assert fit(Evidence, "source: index-of-prices\nparagraph: 1\nterms: [a]").source == "index-of-prices"


# ----------------------------------------------------------------------------- keys unknown and missing


def test_an_unknown_key_is_told_with_the_nearest_known_one() -> None:
    finding = misfit(Project, PROJECT + "titel: x\n")
    assert (finding.check, finding.at) == ("unknown-key", Place(PATH, 7, 1))
    assert finding.message == "project has no field 'titel'"
    assert finding.hint.startswith("did you mean 'title'? The choices are title, subtitle, ")


def test_an_unknown_key_far_from_all_is_told_with_all() -> None:
    finding = misfit(Evidence, "source: a\nparagraph: 1\nterms: [a]\nwhatever: x")
    assert finding.hint == "the choices are source, paragraph, terms, origin, inferred"


def test_only_a_relay_can_be_inferred() -> None:
    relayed = "source: a\nparagraph: 1\nterms: [a]\norigin: b\ninferred: true"
    assert fit(Evidence, relayed).inferred
    finding = misfit(Evidence, relayed.replace("origin: b\n", ""))
    assert finding.hint == "add 'origin:'"


@pytest.mark.parametrize("name", ["id", "at", "body", "body_at"])
def test_what_the_file_gives_cannot_be_written(name: str) -> None:
    findings = misfits(Brief, brief_text(f"{name}: x"), id="x", body="", body_at=Place(PATH))
    assert [finding.check for finding in findings] == ["unknown-key"]


def test_a_missing_key_is_told_with_its_meaning() -> None:
    finding = misfit(Project, PROJECT.replace("contact: the desk\n", ""))
    assert finding.check == "missing-key"
    assert finding.message == "project lacks 'contact'"
    assert finding.hint == "contact: Whom to write to. Write 'not stated' if no source says."


def test_a_missing_key_that_may_be_not_stated_says_so() -> None:
    text = brief_text().replace("owner: not stated\n", "")
    finding = misfit(Brief, text, id="letter", at=Place(PATH), body="", body_at=Place(PATH))
    assert finding.message == "brief 'letter' lacks 'owner'"
    assert finding.hint == "owner: Who answers for it. Write 'not stated' if no source says."


def test_a_missing_key_stands_where_its_record_begins() -> None:
    finding = misfit(FactSheet, sheet_text("kind: event\nstatement: They met."), id="drones")
    assert finding.message == "fact 'drones.letter' lacks 'evidence'"
    assert finding.at == Place(PATH, 4, 3)


def test_not_stated_fills_a_field_that_may_be_open() -> None:
    assert fit(Brief, brief_text(), id="x", body="", body_at=Place(PATH)).owner is None


@pytest.mark.parametrize("text", ["not known", "Not stated", "not  stated", "not stated yet"])
def test_nothing_but_not_stated_means_not_stated(text: str) -> None:
    brief = fit(Brief, brief_text().replace("not stated", text), id="x", body="", body_at=Place(PATH))
    assert brief.owner == text


def test_not_stated_is_a_text_like_any_other_where_something_must_stand() -> None:
    assert fit(Project, PROJECT.replace("Sample", "not stated")).subtitle == "not stated"
    finding = misfit(Project, PROJECT.replace("CLEAR", "not stated"))
    assert told((finding,)) == [("unknown-word", 5, 10)]


def test_not_stated_is_refused_where_a_date_must_stand() -> None:
    findings = misfits(
        FactSheet,
        sheet_text(FACT) + "milestones:\n  m: {date: not stated, expectation: x, facts: []}\n",
        id="drones",
    )
    assert told(findings) == [("date", 9, 13)]


# ---------------------------------------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("100", "100"),
        ("0", "0"),
        ("-5", "-5"),
        ("12.5", "12.5"),
        ("12.10", "12.10"),
        ("8 million", "8000000"),
        ("1.5 billion", "1500000000"),
        ("90 billion", "90000000000"),
        ("2 trillion", "2000000000000"),
        ("3 thousand", "3000"),
        ("0.001 thousand", "1"),
        ("1.10 thousand", "1100"),
        ("1.2345678 million", "1234567.8"),
        ("123456789012345", "123456789012345"),
        ("1.2345678901234", "1.2345678901234"),
        ("999999999999999 trillion", "999999999999999000000000000"),
    ],
)
def test_amounts_keep_every_digit(text: str, digits: str) -> None:
    assert str(fit(Quantity, f"amount: {text}\nunit: x").amount) == digits


@pytest.mark.parametrize(
    "text",
    [
        "8,000",
        "8 000",
        "1e3",
        "EUR 8",
        "8 millions",
        "8million",
        "8  million",
        "1/2",
        "5.",
        "12:30",
        "NaN",
        "Infinity",
        "0x10",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    finding = misfit(Quantity, f"amount: {text}\nunit: x")
    assert (finding.check, finding.at) == ("number", Place(PATH, 1, 9))
    assert re.search("(no|without) (commas|spaces)|write 8 million", finding.hint)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("8_000", "write 8000"),
        ("007", "write 7"),
        ("0.50 million", ""),
        (".5", "write 0.5"),
        ("+5", "write 5"),
        ("\N{MINUS SIGN}5", "write -5"),
        ("٣", "write 3"),
        ("３ million", "write 3 million"),
        ("12.000", "write 12000 or 12, whichever is meant"),
        ("1.500", "write 1500 or 1.5, whichever is meant"),
        ("1.234", "write 1234 or 1.2340, whichever is meant"),
        ("1.234 billion", ""),
        ("0.125", ""),
    ],
)
def test_a_number_that_others_would_read_otherwise_is_shown_as_it_is_written_here(
    text: str, written: str
) -> None:
    if written:
        assert misfit(Quantity, f"amount: {text}\nunit: x").hint == written
    else:
        fit(Quantity, f"amount: {text}\nunit: x")


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
def test_a_word_for_nothing_is_no_text(word: str) -> None:
    finding = misfit(Actor, f"name: A\nkind: person\nrole: {word}", id="a")
    assert (finding.check, finding.at.line) == ("empty", 3)
    assert fit(Actor, f"name: A\nkind: person\nrole: '{word}'", id="a").role == word


def test_a_word_for_nothing_in_a_field_that_may_be_open_is_written_out() -> None:
    (finding,) = misfits(Source, SOURCE.replace("author: not stated", "author: null"), id="a")
    assert finding.hint == "write 'not stated'; in quotation marks it is a text"


@pytest.mark.parametrize(
    ("word", "is_inferred"), [("true", True), ("false", False), ("True", True), ("False", False)]
)
def test_true_and_false_are_what_they_say(word: str, is_inferred: bool) -> None:
    text = f"source: a\nparagraph: 1\nterms: [a]\norigin: o\ninferred: {word}"
    assert fit(Evidence, text).inferred is is_inferred


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "1"])
def test_no_other_word_is_true_or_false(word: str) -> None:
    text = f"source: a\nparagraph: 1\nterms: [a]\norigin: o\ninferred: {word}"
    finding = misfit(Evidence, text)
    assert (finding.check, finding.hint) == ("wrong-type", "write inferred: true, or delete the line")


@pytest.mark.parametrize(
    "line",
    [
        "role: the berth #2 and its crane",
        "role: clerk # of the council",
        "role: clerk  #2",
        "role: the berth\n  #2 and its crane",
        "names: [A, 'B', C #1\n ]",
        "names:\n  - the berth #2",
        "role: the berth\n  - its crane",
        "role: the berth\n  description:a crane",
        "kind: person #2",
    ],
)
def test_a_text_that_yaml_reads_otherwise_than_it_looks_is_a_warning(line: str) -> None:
    text = "name: A\n" + ("" if "kind" in line else "kind: person\n") + line
    value, findings = decode.shape(Actor, parsed(text), id="a")
    assert value
    assert [(finding.check, finding.is_error) for finding in findings] == [("misread-text", False)]


@pytest.mark.parametrize(
    "line",
    [
        "role: clerk  # a comment",
        "role: clerk   #",
        "role: clerk\n# a comment",
        "role: clerk\n  # a comment that is indented",
        "role: 'the berth #2'",
        'role: "berth #2" # a comment',
        "role: the berth#2",
        "role: >-\n  the berth\n  #2\n  - its crane",
        "names: [A, B] # a comment",
        "names: # a comment\n  - A",
        "role: the long\n  berth",
    ],
)
def test_comments_and_texts_in_quotation_marks_are_no_warning(line: str) -> None:
    fit(Actor, f"name: A\nkind: person # what it is\n{line}", id="a")


def test_a_value_that_is_all_comment_is_told_with_quotation_marks() -> None:
    finding = misfit(Actor, "name: A\nkind: person\nrole: #2 of the clerks", id="a")
    assert finding.hint == "if '#2' belongs to the text, put quotation marks around the whole text"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("about 195 million", "{amount: 195 million, bound: about}"),
        ("up to 12", "{amount: 12, bound: up to}"),
        ("at least 2.5 billion", "{amount: 2.5 billion, bound: at least}"),
    ],
)
def test_a_bound_before_an_amount_is_shown_its_own_field(text: str, written: str) -> None:
    finding = misfit(Quantity, f"amount: {text}\nunit: x")
    assert finding.hint == f"the bound has a field of its own: write {written}"


@pytest.mark.parametrize(
    "text",
    [
        "1" * 16,
        "-" + "1" * 15,
        "1." + "1" * 14,
        "1" * 16 + " trillion",
        "99999999999999999 trillion",
    ],
)
def test_an_amount_that_is_too_long_is_told_so(text: str) -> None:
    finding = misfit(Quantity, f"amount: {text}\nunit: x")
    assert (finding.check, finding.at) == ("number", Place(PATH, 1, 9))
    assert finding.message == f"'amount' has more than {decode.MAX_DIGITS} characters"
    assert finding.hint == "write 90 billion instead of all zeros"


def test_digits_of_other_scripts_are_no_whole_number() -> None:
    assert misfit(Evidence, "source: a\nparagraph: ٣\nterms: [a]").check == "number"


SIGNS = decode.MAX_DIGITS
NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,13})?", fullmatch=True).filter(
    lambda text: not re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text)
)
"""Amounts as they are written, some of them with too many signs."""
SCALES = st.sampled_from([("", 0), (" thousand", 3), (" million", 6), (" billion", 9), (" trillion", 12)])


@given(NUMBERS, SCALES)
def test_a_scale_moves_the_point_and_nothing_else(number: str, scale: tuple[str, int]) -> None:
    """Counted in whole numbers, which are never rounded."""
    word, power = scale
    whole, _, rest = number.partition(".")
    value, findings = decode.shape(Quantity, parsed(f"amount: '{number}{word}'\nunit: x"))
    if len(number) > SIGNS:
        assert told(findings) == [("number", 1, 9)]
    else:
        assert value
        assert Fraction(value.amount) == Fraction(int(whole + rest) * 10**power, 10 ** len(rest))


@given(NUMBERS.filter(lambda text: len(text) <= SIGNS))
def test_an_amount_is_the_number_that_was_written(number: str) -> None:
    amount = fit(Quantity, f"amount: '{number}'\nunit: x").amount
    assert amount.as_tuple() == Decimal(number).as_tuple()


def test_the_four_sorts_of_value_are_told_apart_by_their_keys() -> None:
    values = [
        fact_of(f"{FACT}\nvalue: {text}").value
        for text in (
            "{amount: 100, unit: aircraft}",
            "{amount: 8 million, currency: EUR, instrument: loan}",
            "{date: ../2035}",
            "{text: F4}",
        )
    ]
    assert values == [
        Quantity(Decimal(100), "aircraft"),
        Money(Decimal(8_000_000), "EUR", instrument=Instrument.LOAN),
        Date("../2035"),
        Label("F4"),
    ]


@pytest.mark.parametrize("text", ["100", "[100]", "{}", "{number: 100}", "{date: 2025, note: x}"])
def test_what_is_no_value(text: str) -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\nvalue: {text}"), id="drones")
    assert told((finding,)) == [("wrong-type", 8, 12)]


def test_a_bound_between_needs_its_upper_end() -> None:
    value = fit(Quantity, "amount: 1\nupper: 2\nbound: between\nunit: x")
    assert (value.bound, value.upper) == (Bound.BETWEEN, Decimal(2))
    for text in ("amount: 2\nbound: between\nunit: x", "amount: 2\nupper: 2\nbound: between\nunit: x"):
        assert misfit(Quantity, text).check == "does-not-fit"
    assert told((misfit(Quantity, "amount: 1\nunit: x\nupper: 2"),)) == [("does-not-fit", 3, 8)]


@pytest.mark.parametrize("code", ["eur", "EURO", "€", "EU"])
def test_money_has_the_code_of_its_currency(code: str) -> None:
    assert told((misfit(Money, f"amount: 1\ncurrency: {code}"),)) == [("does-not-fit", 2, 11)]


# ------------------------------------------------------------------------------------------------ dates


def test_a_date_alone_and_a_date_with_inferred_parts() -> None:
    assert fact_of(f"{FACT}\ndate: 2025-11-17").date == Date("2025-11-17")
    inferred = fact_of(f"{FACT}\ndate: {{edtf: 2025-11-17, inferred: [year, day]}}").date
    assert inferred == Date("2025-11-17", (DatePart.YEAR, DatePart.DAY))


@pytest.mark.parametrize("text", ["17.11.2025", "soon", "2025-13", "'2025-11-17 '"])
def test_what_is_no_date_is_told_where_it_stands(text: str) -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\ndate: {text}"), id="drones")
    assert told((finding,)) == [("date", 8, 11)]


def test_a_bad_date_with_inferred_parts_is_told_once() -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\ndate: {{edtf: 2025-13, inferred: [year]}}"), id="drones")
    assert finding.check == "date"


def test_an_inferred_part_must_be_a_part() -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\ndate: {{edtf: 2025-11, inferred: [hour]}}"), id="drones")
    assert finding.check == "unknown-word"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025-11-17", "year, month, day"),
        ("2025-11", "year, month"),
        ("2025-22", "year, month"),
        ("2025", "year"),
        ("202X", "year"),
        ("../2035-11", "year, month"),
        ("2025/2026-01-15", "year, month, day"),
    ],
)
def test_every_part_that_a_date_has_may_be_inferred_and_no_other(text: str, parts: str) -> None:
    whole = f"{FACT}\ndate: {{edtf: {text}, inferred: [{parts}]}}"
    assert fact_of(whole).date == Date(text, tuple(map(DatePart, parts.split(", "))))
    for part in set(DatePart) - set(map(DatePart, parts.split(", "))):
        finding = misfit(
            FactSheet, sheet_text(f"{FACT}\ndate: {{edtf: {text}, inferred: [{part}]}}"), id="drones"
        )
        assert told((finding,)) == [("date", 8, 11)]
        assert finding.message == f"'{text}' has no {part} that could be inferred"


# ------------------------------------------------------------------------------------------- invariants


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("kind: event\nstatement: x\nstatus: intent\nevidence: [E]", "only a commitment has a status"),
        ("kind: claim\nstatement: x\nevidence: [E]", "a claim needs a speaker"),
        (
            "kind: observation\nstatement: x\nevidence: [E]\nsaid_by: [a]",
            "an observation is ours, and nobody else says it",
        ),
        ("kind: event\nstatement: x\nevidence: []", "no passage is given"),
        (
            "kind: event\nstatement: x\nevidence: [E]\n"
            "history: [{asserted: 2025, statement: x, evidence: [E]}]",
            "needs the day from which it holds",
        ),
        (
            "kind: event\nstatement: x\nevidence: [E]\nasserted: 2025\n"
            "history: [{asserted: 2026, statement: x, evidence: [E]}]",
            "the history is not in order of time",
        ),
        (
            "kind: event\nstatement: x\nevidence: [E]\nasserted: 2026\n"
            "history: [{asserted: 2026, statement: x, evidence: [E]}]",
            "the history is not in order of time",
        ),
        (
            "kind: event\nstatement: x\nevidence: [E]\nasserted: 2027\nhistory: "
            "[{asserted: 2026, statement: x, evidence: [E]}, {asserted: 2025, statement: x, evidence: [E]}]",
            "the history is not in order of time",
        ),
    ],
)
def test_a_fact_that_contradicts_itself(fields: str, message: str) -> None:
    finding = misfit(FactSheet, sheet_text(fields.replace("E]", f"{EVIDENCE}]")), id="drones")
    assert finding.check == "does-not-fit"
    assert finding.message.startswith("fact 'drones.letter': ")
    assert message in finding.message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("source: a\nparagraph: 0\nterms: [a]", 2, "counted from 1"),
        ("source: a\nparagraph: 1\nterms: []", 3, "expected one to four terms, found 0"),
        ("source: a\nparagraph: 1\nterms: [a, b, c, d, e]", 3, "expected one to four terms, found 5"),
        ("source: a\nparagraph: 1\nterms: [one two three four five six]", 3, "longer than five words"),
    ],
)
def test_evidence_that_points_badly(text: str, line: int, message: str) -> None:
    finding = misfit(Evidence, text)
    assert (finding.check, finding.at.line) == ("does-not-fit", line)
    assert message in finding.message


@pytest.mark.parametrize("term", ["''", "' '"])
def test_an_empty_term_is_called_empty(term: str) -> None:
    finding = misfit(Evidence, f"source: a\nparagraph: 1\nterms: [a letter, {term}]")
    assert finding.message == "evidence: a term is empty"
    assert told((finding,)) == [("does-not-fit", 3, 8)]


def test_a_project_has_a_language() -> None:
    finding = misfit(Project, PROJECT.replace("[en-GB]", "[]"))
    assert finding.message == "project: no language is named"
    assert told((finding,)) == [("does-not-fit", 4, 12)]


SOURCE = """\
title: not stated
publisher: not stated
author: not stated
published: not stated
retrieved: not stated
url: not stated
language: en
capture: a.txt
sha256: SHA
reliability: C
label: A report
"""


def test_a_source_has_a_digest_and_a_capture_without_folders() -> None:
    good = SOURCE.replace("SHA", "a" * 64)
    assert fit(Source, good, id="a").sha256 == "a" * 64
    assert told((misfit(Source, SOURCE.replace("SHA", "A" * 64), id="a"),)) == [("does-not-fit", 9, 9)]
    assert told((misfit(Source, good.replace("a.txt", "../a.txt"), id="a"),)) == [("does-not-fit", 8, 10)]


def test_a_disagreement_has_two_sides() -> None:
    text = sheet_text(FACT) + (
        "disagreements:\n  d:\n    question: x\n"
        "    readings: [{says: x, facts: [drones.letter]}]\n    wording: x\n    why: x\n"
    )
    assert told((misfit(FactSheet, text, id="drones"),)) == [("does-not-fit", 11, 15)]


@pytest.mark.parametrize(
    ("register", "message"),
    [
        (
            "disagreements:\n  d:\n    question: x\n    wording: x\n    why: x\n    readings:\n"
            "      - {says: x, facts: [drones.letter]}\n      - {says: y, facts: []}\n",
            "reading: a reading needs a fact",
        ),
        (
            "milestones:\n  m:\n    date: 2025\n    expectation: x\n    facts: []\n",
            "milestone 'drones.m': a milestone needs a fact to rest on",
        ),
    ],
)
def test_what_a_register_says_has_a_fact(register: str, message: str) -> None:
    finding = misfit(FactSheet, sheet_text(FACT) + register, id="drones")
    assert (finding.check, finding.message) == ("does-not-fit", message)


def test_an_earlier_state_has_a_passage_as_well() -> None:
    history = "history:\n  - asserted: 2025\n    statement: x\n    evidence: []"
    finding = misfit(FactSheet, sheet_text(f"{FACT}\nasserted: 2026\n{history}"), id="drones")
    assert finding.message == "assertion: no passage is given"


def test_an_amount_says_of_what_it_is() -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\nvalue: {{amount: 100}}"), id="drones")
    assert finding.check == "missing-key"
    assert finding.message == "the amount lacks its unit or its currency"
    assert finding.hint == "add 'unit: trams'; for money 'currency: EUR'"


@pytest.mark.parametrize("field", ["instrument: loan", "price_basis: 2024 prices"])
def test_money_without_a_currency_is_told_as_money(field: str) -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\nvalue: {{amount: 100, {field}}}"), id="drones")
    assert (finding.check, finding.message) == ("missing-key", "money lacks 'currency'")


@pytest.mark.parametrize("unit", ["EUR", "euros", "million dollars", "€", "billion EUR"])
def test_money_is_not_counted_as_a_quantity(unit: str) -> None:
    finding = misfit(FactSheet, sheet_text(f"{FACT}\nvalue: {{amount: 100, unit: {unit}}}"), id="drones")
    assert (finding.check, finding.message) == ("does-not-fit", f"quantity: '{unit}' is money, not a unit")


@pytest.mark.parametrize("unit", ["EUR per barrel", "%", "euro zone members", "drones"])
def test_a_unit_may_name_a_currency(unit: str) -> None:
    assert fact_of(f'{FACT}\nvalue: {{amount: 100, unit: "{unit}"}}').value


@pytest.mark.parametrize(
    "key",
    [
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-dss AAAAB3NzaC1kc3MAAACBAIoGnHmFxdmRkqkZ0nzZsN3Ux1kZkZkZkZkZkZkZkZk=",
        "cert-authority ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgixtOagK2/kQdJtYAn+05yjGp2YI8rrK1uFlIggbIQ",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDgixtOagK2/kQdJtYAn+05yjGp2YI8rrK1uFlIggbIQ\n* ssh-rsa AAAA",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_a_key_is_one_public_key_and_nothing_else(key: str) -> None:
    node, _ = yaml_nodes.parse(yaml_nodes.write({"name": "Ada Marsh", "key": key}, "x"), "signers.yaml")
    assert node
    made, (finding,) = decode.shape(SigningKey, node, id="ada")
    assert made is None
    assert "this is not a public key of SSH or GPG" in finding.message


@pytest.mark.parametrize(
    ("audience", "says"),
    [
        ("amber-strict: {level: AMBER}", "'amber-strict' is the audience of everybody at that level"),
        (
            "friends: {level: AMBER, base_url: friends.example}",
            "'friends.example' is not the address of a site",
        ),
    ],
)
def test_an_audience_has_a_name_of_its_own_and_an_address(audience: str, says: str) -> None:
    finding = misfit(Project, f"{PROJECT}\naudiences:\n  {audience}\n")
    assert finding.check == "does-not-fit"
    assert says in finding.message


@pytest.mark.parametrize(
    ("cls", "fields", "says"),
    [
        (Matter, {"name": "Trams", "topic": "trams", "label": "x" * 41}, "the label has 41 characters"),
        (Actor, {"name": "The town", "kind": "country", "short": "TOWNS"}, "the sign has 5 characters"),
    ],
)
def test_what_goes_into_a_narrow_column_is_short(cls: type, fields: dict[str, str], says: str) -> None:
    node, _ = yaml_nodes.parse(yaml_nodes.write(fields, "x"), "file.yaml")
    assert node
    made, (finding,) = decode.shape(cls, node, id="new-trams")
    assert made is None
    assert says in finding.message


@pytest.mark.parametrize(
    ("cls", "text", "given", "says"),
    [
        (Series, "fact: trams.fleet\nfigure: timeline\n", {}, "'figure' cannot be 'timeline'"),
        (facts.Table, "source: list\nname: Yard\nvalue: Trams\n", {}, "have no unit and no currency"),
        (facts.Row, "name: Holm\n", {"id": "holm"}, "the row 'holm' has no value"),
        (
            facts.Row,
            "value: {amount: 3, unit: trams}\nis_unknown: true\n",
            {"id": "2026"},
            "a row that is not known has no value",
        ),
    ],
)
def test_rows_and_what_is_drawn_of_them_agree_with_themselves(
    cls: type, text: str, given: dict[str, str], says: str
) -> None:
    node, _ = yaml_nodes.parse(text, "file.yaml")
    assert node
    made, (finding,) = decode.shape(cls, node, **given)
    assert made is None
    assert says in finding.message


def test_every_class_with_an_invariant_has_been_seen_to_break_it() -> None:
    broken_above = {Quantity, Money, Evidence, Source, Fact, facts.Disagreement, Project, Audience}
    broken_above |= {facts.Assertion, facts.Reading, facts.Milestone, SigningKey, Issued, Actor, Matter}
    broken_above |= {facts.Defaults, Ladder, facts.Row, facts.Table}  # the first are in test_defaults
    assert set(decode._INVARIANTS) == broken_above


# ------------------------------------------------------------------------------- many mistakes, one run


def test_nine_mistakes_give_nine_findings_in_one_run() -> None:
    text = """\
title: Drones
summary: What it covers.
facts:
  letter:
    kind: comitment
    statment: They signed a letter.
    statement: They signed a letter.
    evidence:
      - {source: report, paragraph: one, terms: [a letter]}
      - {source: Report, paragraph: 1, terms: [a letter]}
    date: 17 November
  Price:
    kind: event
    statement:
    evidence: none
    value: {amount: "8,000", unit: drones}
"""
    findings = misfits(FactSheet, text, id="drones", at=Place(PATH))
    assert sorted(told(findings), key=lambda item: item[1:]) == [
        ("unknown-word", 5, 11),
        ("unknown-key", 6, 5),
        ("number", 9, 37),
        ("name", 10, 18),
        ("date", 11, 11),
        ("name", 12, 3),
        ("empty", 14, 15),
        ("wrong-type", 15, 15),
        ("number", 16, 21),
    ]
    hints = {finding.at.line: finding.hint for finding in findings}
    assert hints[5].startswith("did you mean 'commitment'?")
    assert hints[6].startswith("did you mean 'statement'?")


def test_one_misspelt_key_is_one_mistake() -> None:
    """What was meant is not missing, and what follows from its value is not told."""
    finding = misfit(Project, PROJECT.replace("title:", "titel:", 1))
    assert (finding.check, finding.hint.partition(" The")[0]) == ("unknown-key", "did you mean 'title'?")
    fields = f"kind: commitment\nstatement: x\nstatsu: intent\nevidence: [{EVIDENCE}]"
    finding = misfit(FactSheet, sheet_text(fields), id="drones")
    assert (finding.check, finding.hint.partition(" The")[0]) == ("unknown-key", "did you mean 'status'?")


def test_a_misspelt_key_hides_no_other_mistake() -> None:
    text = PROJECT.replace("title:", "titel:", 1).replace("contact: the desk\n", "")
    assert [finding.check for finding in misfits(Project, text)] == ["unknown-key", "missing-key"]
    text = PROJECT + "titel: x\n"
    assert [finding.check for finding in misfits(Project, text)] == ["unknown-key"]
    text = PROJECT.replace("title:", "whatever-it-is:", 1)
    assert [finding.check for finding in misfits(Project, text)] == ["unknown-key", "missing-key"]


# ---------------------------------------------------------------------------- whatever the nodes may be

SHAPED = (Project, Source, Evidence, FactSheet, Brief, Page, Actor, Quantity, Money, Fact, briefs.Selection)
KEYS = sorted(
    {field.name for cls in SHAPED for field in dataclasses.fields(cls)} | {"edtf", "inferred", "says", "x"}
)
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["not stated", "claim", "intent", "CLEAR", "EUR", "a.b", "a", "1", "12.10", "2025-11", "between"]
    ),
)
SCALARS = st.builds(yaml_nodes.Scalar, TEXTS, st.just(Place(PATH)), TEXTS, st.booleans())
NODES: st.SearchStrategy[yaml_nodes.Node] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.builds(yaml_nodes.Sequence, st.lists(inner, max_size=3).map(tuple), st.just(Place(PATH))),
        st.builds(
            yaml_nodes.Mapping,
            st.dictionaries(st.sampled_from(KEYS), inner, max_size=6).map(
                lambda made: tuple(
                    (yaml_nodes.Scalar(key, Place(PATH), key), node) for key, node in made.items()
                )
            ),
            st.just(Place(PATH)),
        ),
    ),
    max_leaves=20,
)


@given(st.sampled_from(SHAPED), NODES)
def test_any_node_is_a_value_or_findings(cls: type[Any], node: yaml_nodes.Node) -> None:
    named = {"id": "x"} if "id" in {field.name for field in dataclasses.fields(cls)} else {}
    prose = {"body": "", "body_at": Place(PATH)} if cls in (Brief, Page) else {}
    value, findings = decode.shape(cls, node, **named, **prose)
    assert (value is None) == bool(findings)
    assert value is None or isinstance(value, cls)


@given(st.dictionaries(st.sampled_from(["a", "b-c", "D", ""]), NODES, max_size=3))
def test_any_register_is_records_or_findings(made: dict[str, yaml_nodes.Node]) -> None:
    items = tuple((yaml_nodes.Scalar(key, Place(PATH), key), node) for key, node in made.items())
    records, findings = decode.shape_register(Actor, yaml_nodes.Mapping(items, Place(PATH)))
    assert (records is None) == bool(findings)


@given(st.text(alphabet="0123456789X-/.?~%", max_size=12))
def test_a_shaped_date_can_always_be_read_again(text: str) -> None:
    at = Place(PATH)
    fields: tuple[tuple[str, yaml_nodes.Node], ...] = (
        ("date", yaml_nodes.Scalar(text, at, text)),
        ("expectation", yaml_nodes.Scalar("x", at, "x")),
        ("facts", yaml_nodes.Sequence((yaml_nodes.Scalar("a.c", at, "a.c"),), at)),
    )
    node = yaml_nodes.Mapping(tuple((yaml_nodes.Scalar(key, at, key), item) for key, item in fields), at)
    milestone, findings = decode.shape(facts.Milestone, node, id="a.b")
    if milestone:
        assert edtf.parse(text) == milestone.date.span
    else:
        assert [finding.check for finding in findings] == ["date"]


def test_markings_are_never_guessed() -> None:
    assert fit(Project, PROJECT.replace("CLEAR", "AMBER+STRICT")).marking is Marking.AMBER_STRICT
    assert misfit(Project, PROJECT.replace("CLEAR", "clear")).check == "unknown-word"


# ------------------------------------------------------------------------------- slips of letter writers


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("28/04/2026", "write 2026-04-28"),
        ("04/28/2026", "write 2026-04-28"),
        ("04/05/2026", "write 2026-05-04 for 4 May 2026, or 2026-04-05 for 5 April 2026"),
        ("28.4.2026", "write 2026-04-28"),
        ("4.5.2026", "write 2026-05-04"),
        ("28 April 2026", "write 2026-04-28"),
        ("the 28 April 2026", "use the form 2025-11-17, or 'not stated' where allowed"),
        ("Tuesday, 28th of April 2026", "write 2026-04-28"),
        ("April 28, 2026", "write 2026-04-28"),
        ("Sept. 2026", "write 2026-09"),
        ("2026/04/28", "write 2026-04-28"),
        ("2026-4-8", "write 2026-04-08"),
        ("31/02/2026", "use the form 2025-11-17, or 'not stated' where allowed"),
    ],
)
def test_a_date_in_another_form_is_answered_with_ours(written: str, hint: str) -> None:
    text = sheet_text(f"{FACT}\ndate: {written}")
    assert misfit(FactSheet, text, id="drones", at=Place(PATH)).hint == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("pounds", "for pounds write GBP"),
        ("£", "for £ write GBP"),
        ("Euros", "for Euros write EUR"),
        ("€", "for € write EUR"),
        ("eur", "for eur write EUR"),
        ("dollars", "write USD, CAD, AUD or NZD, whichever is meant"),
        ("Canadian dollars", "for Canadian dollars write CAD"),
        ("francs", "if the Swiss franc is meant, write CHF"),
        ("¥", "write JPY or CNY, whichever is meant"),
        ("shells", "write a three-letter code such as EUR, GBP or USD"),
    ],
)
def test_a_currency_in_words_is_answered_with_its_code(written: str, hint: str) -> None:
    assert misfit(Money, f"amount: 8\ncurrency: {written}\nprice_basis: not stated").hint == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("12,000,000", "no commas in a number: write 12000000 or 12 million"),
        ("1,500 million", "no commas in a number: write 1500 million"),
        ("12 000", "no spaces in a number: write 12000"),
        ("12,5", "write a decimal point: 12.5"),
    ],
)
def test_a_number_with_commas_is_answered_without_them(written: str, hint: str) -> None:
    assert misfit(Quantity, f"amount: {written}\nunit: trams").hint == hint


def test_a_speaker_outside_a_list_is_answered_with_the_list_and_the_lines_that_describe_him() -> None:
    text = sheet_text(f"{FACT}\nsaid_by: Joan Pell")
    assert misfit(FactSheet, text, id="drones", at=Place(PATH)).hint == (
        "write said_by: [joan-pell]; if content/actors.yaml does not have joan-pell yet, add there:\n"
        "joan-pell:\n"
        "  name: Joan Pell   # The name that briefs print.\n"
        "  kind: person   # person, organisation, country or group."
    )


def test_the_lines_to_copy_are_an_actor() -> None:
    text = sheet_text(f"{FACT}\nactors: [Joan Pell, town-council]")
    hint = misfit(FactSheet, text, id="drones", at=Place(PATH)).hint
    first, _, pattern = hint.partition("\n")
    assert first == "write joan-pell; if content/actors.yaml does not have joan-pell yet, add there:"
    actors, findings = decode.shape_register(Actor, parsed(pattern))
    assert findings == ()
    assert [(actor.id, actor.name, actor.kind) for actor in actors or ()] == [
        ("joan-pell", "Joan Pell", ActorKind.PERSON)
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("systems: harbour-line", "write systems: [harbour-line]; if content/sys"),
        (
            "actors: Joan Pell, Ann Day",
            "write actors: [joan-pell, ann-day]; if content/actors.yaml does not have joan-pell, ann-day",
        ),
        ("said_by: not stated", "delete the line, or name somebody"),
        ("flags: disputed", "write flags: [disputed]"),
        ("sum_of: drones.one, drones.two", "write sum_of: [drones.one, drones.two]"),
    ],
)
def test_what_is_to_be_a_list_is_written_as_one(line: str, hint: str) -> None:
    text = sheet_text(f"{FACT}\n{line}")
    assert misfit(FactSheet, text, id="drones", at=Place(PATH)).hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("actors:\n  joan-pell:\n    name: Joan Pell\n    kind: person\n", Actor),
        ("actors:\n  - name: Joan Pell\n    kind: person\n", Actor),
        ("systems:\n  line:\n    name: Line\n    category: tram\n", sources.System),
    ],
)
def test_a_register_below_its_own_name_is_reported_once(text: str, cls: type[Any]) -> None:
    records, (finding,) = decode.shape_register(cls, parsed(text))
    assert records is None
    title = text.partition(":")[0]
    assert finding.hint.startswith(f"delete the line '{title}:', and begin each name at the left margin:\n")
    assert "\n  name: " in finding.hint


def test_an_actor_may_be_called_actors() -> None:
    records, findings = decode.shape_register(Actor, parsed("actors: {name: Actors, kind: group}"))
    assert findings == ()
    assert records


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("kind: “event”", "typographic quotation marks do not count; type straight ones, or none: event"),
        (
            "date: “2026-04-28”",
            "typographic quotation marks do not count; type straight ones, or none: 2026-04-28",
        ),
    ],
)
def test_typographic_quotation_marks_around_a_word_are_named(line: str, hint: str) -> None:
    text = sheet_text(
        re.sub("^kind: event\n" if line.startswith("kind") else "^", f"{line}\n", FACT, count=1)
    )
    assert misfit(FactSheet, text, id="drones", at=Place(PATH)).hint == hint


def test_a_space_that_is_missing_in_a_record_of_one_line_is_asked_for() -> None:
    finding = misfit(FactSheet, "title: x\nsummary: x\nfacts:\n  one:\n    kind:event\n", id="drones")
    assert finding.hint == "put a space after 'kind:'"


# ------------------------------------------------------------------------------------------------ ladders


LADDER = """\
own:
  groups:
    open: {shape: open circle}
    bound: {shape: filled triangle}
  rungs:
    asked: {group: open, like: requested, words: {en: [has asked]}}
    given: {group: bound, like: agreed, needs: [speaker, two-origins]}
  flags:
    lost: {ends: true}
"""


def ladders_of(text: str) -> tuple[tuple[Ladder, ...] | None, tuple[Finding, ...]]:
    node, findings = yaml_nodes.parse(text, "content/ladders.yaml")
    assert node is not None, findings
    return decode.shape_register(Ladder, node)


def test_a_ladder_is_read_with_its_groups_rungs_and_flags() -> None:
    (ladder,), findings = ladders_of(LADDER)  # type: ignore[misc]
    assert findings == ()
    assert [(status.id, status.place, status.glyph) for status in ladder.statuses] == [
        ("asked", 1, "○"),
        ("given", 2, "▲"),
    ]
    assert ladder.rungs[0].words == {"en": ("has asked",)}
    assert [(flag.id, flag.ends) for flag in ladder.all_flags] == [
        ("lost", True),
        ("superseded", True),
        ("disputed", False),
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "message", "hint"),
    [
        ("like: agreed", "like: agred", "'like' cannot be 'agred'", "did you mean 'agreed'?"),
        ("[speaker,", "[speeker,", "'needs' cannot be 'speeker'", "did you mean 'speaker'?"),
        ("group: bound", "group: bund", "there is no group 'bund'", "did you mean 'bound'?"),
        ("group: open,", "group: bound,", "", ""),
        ("shape: filled triangle", "shape: star", "'shape' cannot be 'star'", "the choices are open circle"),
        ("asked: {group: open", "given: {group: open", "'given' occurs twice", ""),
    ],
)
def test_a_mistake_in_a_ladder_is_told_with_the_choices(
    wrong: str, right: str, message: str, hint: str
) -> None:
    text = LADDER.replace(wrong, right)
    node, findings = yaml_nodes.parse(text, "content/ladders.yaml")
    read, more = decode.shape_register(Ladder, node) if node else (None, ())
    found = (*findings, *more)
    if not message:
        assert read
        assert found == ()
        return
    assert message in found[0].message
    assert hint in found[0].hint


@pytest.mark.parametrize("field", ["asserted", "review_by"])
def test_a_day_of_a_record_runs_from_no_fact(field: str) -> None:
    """Records are sorted by these days, so one that waits for another fact would be read as any day."""
    text = sheet_text(f"{FACT}\n{field}: {{within: 6 months, of: drones.other}}")
    found = misfit(FactSheet, text, id="drones", at=Place(PATH))
    assert (found.check, found.message) == ("date", f"'{field}' cannot run from the date of a fact")
    assert found.hint.startswith(f"write the day itself, {field}: 2026-03-01; or {{within: 6 months, of: 20")


@pytest.mark.parametrize("name", ["board", "commitments", "timeline", "money"])
def test_a_selection_of_nothing_is_refused(name: str) -> None:
    """The author expects a board, and the brief would have none."""
    head = "title: The letter\nsubtitle: x\nowner: not stated\nsheets: [drones]\nbottom_line: x\n"
    given = {"id": "letter", "body": "", "at": Place(PATH), "body_at": Place(PATH)}
    found = misfit(Brief, f"{head}{name}: {{}}", **given)
    assert (found.check, found.message) == ("empty", f"'{name}' selects nothing")
    assert found.hint.startswith(f"write {name}: {{sheets: [trams]}}")


@pytest.mark.parametrize(
    ("currency", "hint"),
    [
        ("GBP per MWh", "write currency: GBP, and per: MWh"),
        ("GBP/MWh", "write currency: GBP, and per: MWh"),
        ("euros per head", "for euros write EUR, and per: head"),
    ],
)
def test_a_price_has_its_unit_apart_from_its_currency(currency: str, hint: str) -> None:
    assert misfit(Money, f"{{amount: 241, currency: {currency}, price_basis: not stated}}").hint == hint


@pytest.mark.parametrize(
    ("written", "meant"),
    [("20. Februar 2026", "2026-02-20"), ("20 février 2026", "2026-02-20"), ("20 лютого 2026", "2026-02-20")],
)
def test_a_date_in_another_language_is_answered_with_the_form(written: str, meant: str) -> None:
    assert slips.date(written) == f"write {meant}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2 Milliarden", "2 billion"), ("4,3 millions", "4.3 million"), ("2 milliards", "2 billion")],
)
def test_a_number_in_another_language_is_answered_with_the_form(written: str, meant: str) -> None:
    assert meant in slips.number(written)


@pytest.mark.parametrize("written", ["''", "' '", '"\\u00a0"', '"\\u2003"'])
@pytest.mark.parametrize(
    ("cls", "field", "text"),
    [
        (System, "name", "category: tram"),
        (System, "category", "name: Tram 5"),
        (Actor, "name", "kind: person"),
        (Project, "title", PROJECT.replace("title: The corpus\n", "")),
    ],
)
def test_what_readers_know_a_thing_by_is_not_nothing_in_quotation_marks(
    cls: type[Any], field: str, text: str, written: str
) -> None:
    given = {} if cls is Project else {"id": "x"}
    finding = misfit(cls, f"{field}: {written}\n{text}", **given)
    assert (finding.check, finding.message) == ("empty", f"'{field}' has no value")
