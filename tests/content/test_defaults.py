"""Less typing in a sheet: defaults at its head, and passages on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content import decode, layout, linker, passages, yaml_nodes
from briefing.content.linker import Records
from briefing.model.facts import Fact, FactSheet
from briefing.model.findings import Finding, Place
from briefing.model.scales import Credibility, FactKind, Marking
from briefing.model.values import Date, Money, place_of, place_within
from briefing.store.disk import Texts
from tests import values

PATH = "content/facts/drones.yaml"
HEAD = "title: Trams\nsummary: What they cost.\n"


def sheet(text: str) -> FactSheet:
    value, findings = _read(text)
    assert findings == ()
    assert value
    return value


def misfits(text: str) -> tuple[Finding, ...]:
    value, findings = _read(text)
    assert value is None
    return findings


def _read(text: str) -> tuple[FactSheet | None, tuple[Finding, ...]]:
    node, findings = yaml_nodes.parse(text, PATH)
    assert node, findings
    return decode.shape(FactSheet, node, id="trams", at=Place(PATH))


def fact(text: str) -> Fact:
    """The only fact of a sheet, from its lines without their indent."""
    lines = "\n".join(f"    {line}" for line in text.splitlines())
    return sheet(f"{HEAD}facts:\n  price:\n{lines}\n").facts[0]


FULL = """\
title: Trams
summary: What they cost.
facts:
  price:
    kind: claim
    statement: The mayor names a price.
    evidence:
      - {source: courier, paragraph: 8, terms: [180 million euros, 2024 prices], origin: speech,
         inferred: true}
      - {source: minutes, paragraph: 3, terms: [a price]}
    said_by: [mayor]
    value: {amount: 180 million, currency: EUR, price_basis: 2024 prices}
    asserted: 2025-03-13
    actors: [council]
    systems: [line]
    credibility: "3"
    marking: GREEN
    review_by: 2027-03-31
  order:
    kind: commitment
    status: intent
    statement: The council intends to buy trams.
    evidence:
      - {source: courier, paragraph: 6, terms: [up to twelve trams]}
    said_by: []
    asserted: 2025-03-13
    actors: [council]
    systems: []
    credibility: "2"
    marking: GREEN
    review_by: 2027-03-31
"""
SHORT = """\
title: Trams
summary: What they cost.
defaults:
  source: courier
  origin: speech
  inferred: true
  kind: claim
  said_by: [mayor]
  asserted: 2025-03-13
  actors: [council]
  systems: [line]
  price_basis: 2024 prices
  credibility: "3"
  marking: GREEN
  review_by: 2027-03-31
facts:
  price:
    statement: The mayor names a price.
    evidence:
      - 8 "180 million euros", "2024 prices"
      - minutes 3 "a price"
    value: {amount: 180 million, currency: EUR}
  order:
    status: intent
    statement: The council intends to buy trams.
    evidence: [{source: courier, paragraph: 6, terms: [up to twelve trams], origin: not stated}]
    said_by: []
    systems: []
    credibility: "2"
"""


def test_a_fact_takes_from_the_defaults_what_it_does_not_say_itself() -> None:
    assert sheet(SHORT) == sheet(FULL)


def test_a_sheet_without_defaults_is_as_it_was() -> None:
    texts = values.good_texts().texts[PATH]
    assert sheet(texts).facts[0].credibility is Credibility.TWO


def test_a_fact_with_a_status_is_a_commitment_whatever_the_default() -> None:
    found = sheet(SHORT_FACTS).facts
    assert [item.kind for item in found] == [FactKind.EVENT, FactKind.COMMITMENT, FactKind.CONTEXT]


SHORT_FACTS = f"""{HEAD}defaults: {{source: courier, kind: event}}
facts:
  opened: {{statement: It was opened., evidence: 1 "opened"}}
  order: {{statement: Trams are ordered., evidence: 2 "ordered", status: contracted}}
  length: {{statement: It is short., evidence: 3 "short", kind: context}}
"""


def test_a_statement_belongs_to_passages_of_the_source_beside_it() -> None:
    found = sheet(
        f"""{HEAD}defaults: {{source: courier, origin: speech, inferred: true, kind: event}}
facts:
  opened:
    statement: It was opened.
    evidence:
      - 1 "opened"
      - courier 2 "opened"
      - 3 "opened", origin letter
      - minutes 4 "opened"
      - {{paragraph: 5, terms: [opened], inferred: false}}
"""
    ).facts[0]
    assert [(item.source, item.origin, item.inferred) for item in found.evidence] == [
        ("courier", "speech", True),
        ("courier", "speech", True),
        ("courier", "letter", False),
        ("minutes", None, False),
        ("courier", "speech", False),
    ]


def test_earlier_states_take_who_said_it_and_where_but_neither_day_nor_marking() -> None:
    found = sheet(
        f"""{HEAD}defaults:
  {{source: courier, kind: claim, said_by: [mayor], credibility: "3", asserted: 2025-03-13, marking: GREEN,
   price_basis: 2024 prices}}
facts:
  price:
    statement: The mayor names a price.
    evidence: 8 "180 million euros"
    history:
      - asserted: 2025-01-02
        statement: The mayor named another price.
        evidence: 2 "160 million euros"
        value: {{amount: 160 million, currency: EUR}}
"""
    ).facts[0]
    (before,) = found.history
    assert before.evidence[0].source == "courier"
    assert (before.said_by, before.credibility) == (("mayor",), Credibility.THREE)
    assert (before.asserted, before.marking) == (Date("2025-01-02"), None)
    assert isinstance(before.value, Money)
    assert before.value.price_basis == "2024 prices"


def test_an_earlier_state_without_its_day_is_a_mistake_even_if_there_is_a_default_day() -> None:
    (found,) = misfits(
        f"""{HEAD}defaults: {{source: courier, kind: event, asserted: 2025-03-13}}
facts:
  opened:
    statement: It was opened.
    evidence: 8 "opened"
    history:
      - {{statement: It was to be opened., evidence: 2 "opened"}}
"""
    )
    assert (found.check, found.message, found.at.line) == ("missing-key", "assertion lacks 'asserted'", 9)


@pytest.mark.parametrize(
    ("defaults", "line", "check", "message"),
    [
        ("{source: courier, kind: evnt}", 3, "unknown-word", "'kind' cannot be 'evnt'"),
        ("{source: A Courier, kind: event}", 3, "name", "'A Courier' cannot be a name"),
        (
            "{source: courier, kind: event, status: intent}",
            3,
            "unknown-key",
            "defaults has no field 'status'",
        ),
        ("{source: courier, kind: event, asserted: soon}", 3, "date", "'soon' is not a date"),
        ("courier", 3, "wrong-type", "defaults must have fields"),
        ("{kind: event, origin: speech}", 3, "does-not-fit", "a statement needs the source"),
        (
            "{kind: event, source: courier, inferred: true}",
            3,
            "does-not-fit",
            "'inferred' needs the statement",
        ),
    ],
)
def test_a_wrong_default_is_reported_once_and_on_its_own_line(
    defaults: str, line: int, check: str, message: str
) -> None:
    (found,) = misfits(
        f"""{HEAD}defaults: {defaults}
facts:
  opened: {{statement: It was opened., evidence: 1 "opened"}}
  closed: {{statement: It was closed., evidence: 2 "closed"}}
"""
    )
    assert (found.check, found.at.line) == (check, line)
    assert message in found.message


def test_a_slip_in_the_word_itself_is_one_mistake() -> None:
    (found,) = misfits(SHORT_FACTS.replace("defaults:", "default:"))
    assert (found.check, found.at.line) == ("unknown-key", 3)
    assert found.hint.startswith("did you mean 'defaults'?")


def test_a_default_that_does_not_fit_a_fact_is_a_mistake_of_the_fact() -> None:
    claim, history = misfits(
        f"""{HEAD}defaults: {{source: courier, kind: claim, asserted: 2025-01-01}}
facts:
  price: {{statement: It costs much., evidence: 1 "much"}}
  length:
    statement: It is long.
    kind: context
    evidence: 2 "long"
    history:
      - {{asserted: 2025-02-02, statement: It was short., evidence: 3 "short", said_by: [mayor]}}
"""
    )
    assert (claim.message, claim.at.line) == ("fact 'trams.price': a claim needs a speaker", 5)
    assert (history.message, history.at.line) == (
        "fact 'trams.length': the history is not in order of time",
        11,
    )


def linked(text: str) -> tuple[Records, tuple[Finding, ...]]:
    texts = {**values.good_texts().texts, PATH: text}
    records, findings = layout.load(Texts(texts, (), ""))
    assert records
    return records, (*findings, *linker.lost(records))


def test_a_default_that_leads_nowhere_is_reported_once_with_the_choices() -> None:
    text = (
        values.good_texts().texts[PATH].replace("facts:\n", "defaults:\n  systems: [zeppelin]\nfacts:\n", 1)
    )
    _, findings = linked(text)
    (found,) = [item for item in findings if "zeppelin" in item.message]
    assert (found.check, found.at.line, found.at.column) == ("unknown-reference", 7, 13)
    assert "content/systems.yaml" in found.hint


def test_a_speaker_from_the_defaults_is_looked_for_at_the_fact() -> None:
    found = sheet(SHORT_FACTS.replace("kind: event", "kind: event, said_by: [mayor]")).facts[0]
    assert place_of(found.said_by[0], found.at).line == 3
    assert place_within(found.said_by[0], found.at) == found.at


def test_the_marking_of_the_defaults_is_that_of_the_facts() -> None:
    found = sheet(SHORT_FACTS.replace("kind: event", "kind: event, marking: AMBER")).facts
    assert {item.marking for item in found} == {Marking.AMBER}


def test_another_default_changes_the_facts_that_take_it_and_no_other() -> None:
    text = SHORT_FACTS.replace('evidence: 3 "short"', 'evidence: 3 "short", credibility: "1"')
    before = sheet(text.replace("kind: event}", 'kind: event, credibility: "2"}'))
    after = sheet(text.replace("kind: event}", 'kind: event, credibility: "3"}'))
    changed = [one.id for one, other in zip(before.facts, after.facts, strict=True) if one != other]
    assert changed == ["trams.opened", "trams.order"]


# ------------------------------------------------------------------------------------------- on one line


def test_a_passage_on_one_line_knows_the_place_of_each_of_its_parts() -> None:
    found = fact(
        "kind: context\nstatement: It is long.\n"
        'evidence: courier 8 "about 20 trams", "by\n  2030", origin speech, inferred'
    ).evidence[0]
    assert (found.source, found.paragraph, found.terms) == ("courier", 8, ("about 20 trams", "by 2030"))
    assert (found.origin, found.inferred) == ("speech", True)
    assert found.at == Place(PATH, 7, 15)
    assert place_of(found.source, found.at) == Place(PATH, 7, 15)
    assert [place_of(term, found.at) for term in found.terms] == [Place(PATH, 7, 26), Place(PATH, 7, 44)]
    assert found.origin
    assert place_of(found.origin, found.at) == Place(PATH, 8, 21)


@pytest.mark.parametrize(
    "line",
    [
        'courier 8 "20 trams"',
        "'courier 8: \"20 trams\"'",
        "'courier 8 \"20 trams\"'",
        '"courier 8 \\"20 trams\\""',
        '>-\n  courier 8\n  "20 trams"',
        '[courier 8 "20 trams"]',
        '\n- courier 8  "20 trams"',
        "{source: courier, paragraph: 8, terms: [20 trams]}",
    ],
)
def test_every_way_of_writing_a_passage_says_the_same(line: str) -> None:
    line = f"[{line}]" if line.startswith("{") else line
    found = fact(f"kind: context\nstatement: It is long.\nevidence: {line}")
    assert [(item.source, item.paragraph, item.terms) for item in found.evidence] == [
        ("courier", 8, ("20 trams",))
    ]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('courier "20 trams"', "the number of the paragraph is missing", 'write courier 5 "key words"'),
        ("'\"20 trams\"'", "the number of the paragraph is missing", 'write SOURCE 5 "key words"'),
        ("courier 8", "no term follows the number", "in quotation marks"),
        ("courier 8 20 trams", "expected a term in quotation marks, found '20 trams'", "around each term"),
        ('courier 8 "20 trams', "a quotation mark has no partner", "close it"),
        ('courier 8 "20 trams", by 2030"', "a quotation mark has no partner", "close it"),
        (
            'courier 8 "20 trams" "by 2030"',
            "there is no comma before '\"by 2030\"'",
            "put a comma after each term",
        ),
        ('courier 8 "20 trams", via speech', "found 'via speech'", "origin statement, inferred"),
        ('courier 8 "20 trams", inferred, inferred', "found 'inferred'", "origin statement, inferred"),
        ("courier 8 “20 trams”", "typographic quotation marks", "type straight ones"),
        ('[{courier 8: "20 trams"}]', "YAML reads 'courier 8:'", 'delete the colon: courier 8 "20 trams"'),
        ("[{8: 20 trams}]", "YAML reads '8:'", 'delete the colon: 8 "key words"'),
    ],
)
def test_a_slip_on_the_line_says_what_to_write(line: str, message: str, hint: str) -> None:
    (found,) = misfits(
        f"{HEAD}facts:\n  price:\n    kind: context\n    statement: It is long.\n    evidence: {line}\n"
    )
    assert (found.check, found.at.line) == ("wrong-type", 7)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    "line", ['evidence: courier 8: "20 trams"', 'evidence:\n      - 8: "20 trams", "by 2030"']
)
def test_a_colon_that_yaml_refuses_is_explained(line: str) -> None:
    text = f"{HEAD}facts:\n  price:\n    kind: context\n    statement: It is long.\n    {line}\n"
    _, (found, *_) = yaml_nodes.parse_leniently(text, PATH)
    assert found.check == "yaml-syntax"
    assert found.hint.startswith("delete the colon behind the number of the paragraph")


def test_without_a_source_on_the_line_there_has_to_be_a_default() -> None:
    (found,) = misfits(
        f'{HEAD}facts:\n  a: {{kind: context, statement: It is long., evidence: 8 "20 trams"}}\n'
    )
    assert (found.check, found.message) == ("missing-key", "evidence lacks 'source'")
    assert "defaults" in found.hint


@pytest.mark.parametrize(
    "term", ["20 trams", "trams: 20", "No. #4", "it's 20", "a tram, or two", "20 trams:", "« vingt »", "a:b"]
)
def test_what_the_program_writes_on_one_line_is_read_again(term: str) -> None:
    line = passages.written(3, [term, "by 2030"], "courier")
    found = fact(f"kind: context\nstatement: It is long.\nevidence: {line}").evidence[0]
    assert (found.source, found.paragraph, found.terms) == ("courier", 3, (term, "by 2030"))


def test_a_term_with_a_quotation_mark_needs_the_form_with_fields() -> None:
    assert passages.written(3, ['a "tram"']) == ""


@given(st.text(alphabet=st.sampled_from('ab1 ,:"“-\n#origfed'), max_size=40))
def test_no_line_is_too_odd(text: str) -> None:
    try:
        found = passages.read(yaml_nodes.Scalar(text, Place(PATH), text))
    except passages.Unreadable as error:
        assert error.hint
    else:
        assert isinstance(found, yaml_nodes.Mapping)
        assert [key.text for key, _ in found.items][-1] in ("terms", "origin", "inferred")
