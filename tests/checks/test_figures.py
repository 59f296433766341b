"""Figures in the words of a link beside the fact: which say what it says, and which do not."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checks import figures, prose_input
from briefing.checks.base import Subject
from briefing.language import lexicon, quantities
from briefing.language.wording import Wording
from briefing.model.facts import Fact
from briefing.model.findings import Finding
from briefing.model.scales import Bound
from briefing.model.values import Date, Money, Quantity, Value
from tests import values
from tests.checkcases.ferries import amount, context, library, money

BETWEEN = Bound.BETWEEN


def findings(body: str, *facts: Fact) -> list[Finding]:
    """What the checks over figures find in the prose of a brief."""
    known = library(body, *facts)
    subject = Subject(known, (), values.TODAY, sentences=tuple(prose_input.read(known)))
    return list(
        chain(figures.figure_mismatch(subject), figures.bare_number(subject), figures.inferred_date(subject))
    )


def linked(text: str) -> str:
    """``{4 ferries}`` as words of a link to the fact ``one``, ``{5}2`` to the fact ``two``."""
    text = re.sub(r"\{([^}]*)\}2", r"[\1](fact:ferries.two)", text)
    return re.sub(r"\{([^}]*)\}", r"[\1](fact:ferries.one)", text)


AMOUNTS: list[tuple[Value, list[str], list[str]]] = [
    (
        money("-5000000"),
        [
            "The plan names {−€5 million}.",
            "{-EUR 5 million}",
            "{€−5m}",
            "{EUR -5 million}",
            "{minus €5 million}",
            "{a loss of €5 million}",
            "a deficit of {EUR 5m}",
            "{(€5 million)} in the accounts",
            "{−5 million euros}",
            "A fall of {5 million euros} came.",
            "{minus five million euros}",
            "It lost {€5 million}.",
            "{€-5,000,000}",
        ],
        [
            "{€5 million}",
            "a gain of {€5 million}",
            "{−€6 million}",
            "{(€6 million)}",
            "{a loss of €6 million}",
        ],
    ),
    (
        money("5000000"),
        [
            "{€5 million}",
            "({€5 million})",
            "{€5m}",
            "a loss of {€5 million}",
            "{5 million euros}",
            "{EUR 5 million}",
            "{5m euros}",
            "{EUR 5,000,000}",
            "{five million euros}",
            "– {€5 million} – ",
        ],
        [
            "{−€5 million}",
            "{-EUR 5 million}",
            "{€−5m}",
            "minus {€5 million}",
            "{minus 5 million euros}",
            "{EUR −5 million}",
            "{€4 million}",
        ],
    ),
    (
        amount("12", "trams", Bound.OVER),
        ["{over 12 trams}", "{more than 12 trams}", "over {12 trams}"],
        ["{12 trams}", "{nearly 12 trams}", "{about 12 trams}", "{under 12 trams}"],
    ),
    (
        amount("12", "trams", Bound.NEARLY),
        ["{nearly 12 trams}", "{almost 12 trams}", "nearly {12 trams}"],
        ["{12 trams}", "{about 12 trams}", "{over 12 trams}", "{well over 12 trams}"],
    ),
    (amount("12", "trams", Bound.AROUND), ["{about 12 trams}", "{around 12 trams}"], ["{nearly 12 trams}"]),
    (
        amount("-5", "%"),
        [
            "{minus 5 %}",
            "{−5%}",
            "{-5 per cent}",
            "fell by {5 %}",
            "{a fall of 5 %}",
            "down {5 per cent}",
            "shrank by {5%}",
            "{(5 %)}",
            "declined {by 5 percent}",
            "{minus five per cent}",
        ],
        ["{5 %}", "rose by {5 %}", "{minus 6 %}", "grew {5 percent}"],
    ),
    (
        amount("5", "percent"),
        ["{5 percent}", "{5 %}", "{5 per cent}", "{five per cent}", "{5%}"],
        ["{5}", "{6 percent}", "{minus 5 percent}"],
    ),
    (
        amount("20", "%"),
        ["{a fifth} of them", "{one fifth} of it", "{20 %}", "{one-fifth}"],
        ["{a quarter} of it", "{a tenth} of it", "{two fifths}"],
    ),
    (amount("50", "per cent"), ["{half} of them", "{50 %}", "{½} of them"], ["{a third} of them"]),
    (
        amount("75", "%"),
        ["{three quarters} of them", "{three-quarters} of them", "{¾} of it"],
        ["{a quarter} of it", "{half} of it"],
    ),
    (
        amount("68", "EUR/MWh"),
        [
            "{68 euros per megawatt hour}",
            "{€68/MWh}",
            "{€68 per MWh}",
            "{EUR 68 a megawatt-hour}",
            "{68 EUR/MWh}",
            "{68 euros} for each megawatt-hour",
            "{68 euros per MWh}",
            "costs {€68}",
        ],
        ["{€68 per tonne}", "{€68 a month}", "{€69/MWh}", "{68 pounds per MWh}", "{€68/kWh}"],
    ),
    (
        amount("241", "GBP/MWh"),
        [
            "{£241/MWh}",
            "{£241 per MWh}",
            "{241 pounds per MWh}",
            "{241 pounds per megawatt-hour}",
            "{241 GBP/MWh}",
        ],
        ["{€241/MWh}", "{£241 per tonne}", "{£241 a year}"],
    ),
    (
        amount("12", "litres per head"),
        ["{12 litres per head}", "{12 litres per person}", "{12 litres per capita}"],
        ["{12 litres per household}", "{12 litres a day}"],
    ),
    (
        amount("4", "million passengers a year"),
        ["{4 million passengers a year}", "{4m passengers annually}", "{4 million passengers per year}"],
        ["{4 million passengers a month}"],
    ),
    (
        amount("5", "people", Bound.BETWEEN, "7"),
        [
            "between {5 and 7 people}",
            "{between 5 people and 7 people}",
            "{5 to 7}",
            "{from five to seven people}",
            "between {5} and {7} people",
        ],
        ["{5 people}", "{up to 7 people}", "between {5 and 8 people}"],
    ),
    (
        money("2000000000", "GBP", Bound.MORE_THAN),
        [
            "{more than £2 billion}",
            "{over £2bn}",
            "more than {2 billion pounds}",
            "{in excess of GBP 2 billion}",
            "{}",
            "exceeds {£2 billion}",
        ],
        [
            "{£2 billion}",
            "{at least £2 billion}",
            "{up to £2bn}",
            "{nearly £2bn}",
            "{about £2bn}",
            "more than {}",
            "{well over £2bn}",
        ],
    ),
    (
        amount("12", "trams", Bound.LESS_THAN),
        ["{fewer than 12 trams}", "{less than 12 trams}", "{under 12 trams}", "{}"],
        ["{12 trams}", "{up to 12 trams}", "{no more than 12 trams}", "{no fewer than 12 trams}"],
    ),
    (
        money("9", "EUR", Bound.UP_TO),
        [
            "would not exceed {9 euros}",
            "{not exceed 9 euros}",
            "will never exceed {€9}",
            "capped at {€9}",
            "{no more than €9}",
        ],
        ["would exceed {9 euros}", "exceeds {€9}"],
    ),
    (
        amount("5", "years"),
        ["{over five years}", "over {five years}", "for {5 years}", "{five years}", "within {five years}"],
        ["{six years}", "{more than five years}"],
    ),
    (amount("61000", "books", Bound.ABOUT), ["{About 61,000 books}", "{around 61,000}"], ["{61,000 books}"]),
    (amount("5.5", "metres"), ["{5½ metres}", "{five and a half metres}", "{5.5 metres}"], ["{5 metres}"]),
    (
        amount("1250", "trams"),
        [
            "{1250 trams}",
            "{1,250 trams}",
            "{1\u202f250 trams}",
            "{1 250 trams}",
            "by {1250 trams}",
            "since {1250 trams}",
        ],
        ["{1350 trams}"],
    ),
    (
        amount("2030", "households"),
        ["{2030 households}", "{2,030 households}"],
        ["{2031 households}", "{up to 2030 households}"],
    ),
    (
        money("5000000"),
        ["{EUR 5m}", "{€5 m}", "{€ 5 million}"],
        ["{£5 million}", "{€5 billion}", "{€0.5 million}", "{€50 million}"],
    ),
    (amount("0.5", "%"), ["{0.5 %}"], ["{5 %}"]),
    (
        amount("3", "tugs"),
        ["{three tugs}", "{3 tugs}", "the {three} tugs"],
        [
            "{at least three tugs}",
            "{more than 3 tugs}",
            "{over three tugs}",
            "{fewer than three tugs}",
            "{minus 3 tugs}",
        ],
    ),
    (
        money("2000000000", "GBP", Bound.AT_LEAST),
        ["{at least £2bn}", "{£2bn or more}", "{no less than £2bn}"],
        ["{more than £2bn}", "{over £2bn}"],
    ),
    (
        amount("40", "km", Bound.LESS_THAN),
        ["{less than 40 km}", "{under 40 kilometres}", "{below 40 km}"],
        ["{40 km}", "{at most 40 km}", "{less than 40 miles}"],
    ),
    (
        amount("30", "%", Bound.MORE_THAN),
        ["{more than 30 per cent}", "{over 30 %}", "{above 30 percent}", "{}"],
        ["{30 %}", "{30 per cent or more}", "over {}"],
    ),
    (
        amount("12", "tonnes a year"),
        ["{12 tonnes a year}", "{12 tonnes per year}", "{12 tonnes annually}", "{12 tonnes per annum}"],
        ["{12 tonnes a month}", "{12 tonnes per day}"],
    ),
    (
        amount("80", "km/h"),
        ["{80 km/h}", "{80 kilometres per hour}", "{80 km per hour}"],
        ["{80 km per day}", "{80 miles per hour}"],
    ),
    (
        amount("1000", "people"),
        ["{1000 people}", "{a thousand people}", "{1,000 people}", "{one thousand people}", "{1k people}"],
        ["{1001 people}"],
    ),
    (amount("33.3", "%"), ["{33.3 %}"], ["{33 %}"]),
    (
        amount("-12.5", "points"),
        ["{minus 12.5 points}", "{−12.5 points}", "a drop of {12.5 points}", "lost {12.5 points}"],
        ["{12.5 points}", "a rise of {12.5 points}"],
    ),
    (
        amount("480", "square kilometres"),
        ["{480 km²}", "{480 sq km}", "{48,000 hectares}"],
        ["{480 square miles}", "{480 hectares}", "{480 km}", "{480 m²}"],
    ),
    (
        amount("1.5", "kilometres"),
        ["{1,500 metres}", "{1.5 km}", "{one and a half kilometres}"],
        ["{1.5 miles}", "{150 metres}"],
    ),
    (
        amount("500", "megahertz"),
        ["{half a gigahertz}", "{0.5 GHz}", "{500 MHz}"],
        ["{500 kilohertz}", "{half a megahertz}"],
    ),
    (
        amount("5000", "cubic metres per day"),
        ["{5 million litres per day}", "{5,000 m³ a day}"],
        ["{5,000 litres per day}", "{5,000 cubic metres per hour}"],
    ),
    (amount("24", "months"), ["{two years}", "{24 months}"], ["{24 weeks}", "{two months}"]),
    (
        amount("25", "%"),
        [
            "{one member in four} has none",
            "{One in four} members",
            "{a quarter} of them",
            "{1 in 4}",
            "{five in every 20} berths",
            "{25 out of 100}",
            "{one out of every four} is lost",
        ],
        [
            "{one member in five} has none",
            "{one in three}",
            "{three in four} members",
            "{one in every ten}",
        ],
    ),
    (amount("25", "%", Bound.AT_LEAST), ["{at least one in four}"], ["{one in four}"]),
    (
        amount("12", "ferries"),
        ["{a dozen} of them", "{a dozen ferries}", "{12}"],
        ["{half a dozen} of them", "{dozens} of them", "{two dozen}"],
    ),
    (money("0.62"), ["{62 cents}", "{62 euro cents}", "{€0.62}"], ["{62 pence}", "{62 euros}", "{26 cents}"]),
    (
        amount("0.62", "euros per cubic metre"),
        ["{62 cents per cubic metre}", "{62 cents a cubic metre}", "{62 cents per m³}"],
        ["{62 cents per litre}", "{€62}", "{62 pence per cubic metre}"],
    ),
    (
        amount("62", "cents per kWh"),
        ["{62 cents per kWh}", "{0.62 euros per kWh}"],
        ["{6.2 cents per kWh}", "{62 euros per kWh}"],
    ),
    (
        amount("14500", "tonnes", Bound.UP_TO),
        [
            "is {not to exceed 14,500 tonnes}",
            "is capped at {14,500 tonnes}",
            "The treaty {limits the catch to 14,500 tonnes}.",
            "{no greater than 14,500 tonnes}",
            "{14,500 tonnes at the very most}",
        ],
        ["{14,500 tonnes}", "{at least 14,500 tonnes}"],
    ),
    (
        amount("7", "years", BETWEEN, "9"),
        [
            "{at least seven and at most nine years}",
            "{no fewer than 7 and no more than 9 years}",
            "{from 7 to 9 years}",
        ],
        ["{at least seven years}", "{at most nine years}", "{at least seven and at most ten years}"],
    ),
    (
        amount("-3", "%"),
        [
            "It fell by {3 per cent}.",
            "It is {3 per cent} down on the year.",
            "It is {3 % lower}.",
            "{a drop of 3 %}",
            "There were {3 per cent fewer} of them.",
        ],
        [
            "It rose by {3 per cent}.",
            "It grew {3 per cent}.",
            "{3 per cent more} of them came.",
            "{a 3 % rise}",
            "It went up by {3 per cent}.",
        ],
    ),
]
"""A value, words that say it, words that do not."""
DATES: list[tuple[str, list[str], list[str]]] = [
    (
        "../2100",
        ["{by 2100}", "before {2100}", "until {2100}", "{by the end of 2100}"],
        ["{in 2100}", "{by 2101}", "since {2100}", "from {2100}", "after {2100}"],
    ),
    ("1899/..", ["{since 1899}", "{from 1899}", "since {1899}"], ["{by 1899}", "since {1898}"]),
    ("1648~", ["{about 1648}", "{around 1648}", "{circa 1648}"], ["{in 1648}", "{about 1649}"]),
    ("../1700", ["{before 1700}", "by {1700}"], ["{after 1700}"]),
    (
        "1648/1715",
        [
            "{1648–1715}",
            "{from 1648 to 1715}",
            "{between 1648 and 1715}",
            "{1648-1715}",
            "until {1715}",
            "from {1648} to {1715}",
        ],
        ["{1648–1716}", "{from 1647 to 1715}"],
    ),
    (
        "2025/2026",
        ["{2025/26}", "{2025–26}", "{2025-2026}", "{2025 to 2026}", "{from 2025 to 2026}", "{2025/2026}"],
        ["{2025–27}", "{2024/25}", "{2025/27}"],
    ),
    ("2025", ["{in 2025}", "{2025}"], ["{2025/26}", "{2026}", "{by 2025}"]),
    ("1066", ["{in 1066}", "{1066}"], ["{in 1067}", "{by 1066}"]),
    ("2999", ["{in 2999}"], ["{2998}"]),
    (
        "1648-10-24",
        [
            "{24 October 1648}",
            "{October 24, 1648}",
            "{24/10/1648}",
            "{1648-10-24}",
            "{October 1648}",
            "{in 1648}",
        ],
        ["{25 October 1648}", "{24 October 1649}", "{November 1648}"],
    ),
    (
        "2025-11-17",
        [
            "{Monday 17 November 2025}",
            "{Monday, 17 November}",
            "on Monday {17 November}",
            "{17 November}",
            "{Mon. 17 November 2025}",
            "{Monday, November 17, 2025}",
            "on Monday, the {17th of November}",
        ],
        ["{Tuesday 17 November 2025}", "on Sunday {17 November}", "{Monday 24 November 2025}"],
    ),
    (
        "2025-11-16/2025-11-18",
        [
            "{16–18 November}",
            "{16-18 November 2025}",
            "{16 to 18 November 2025}",
            "{from 16 to 18 November}",
            "{from 16 November to 18 November 2025}",
            "{November 16–18, 2025}",
            "{between 16 and 18 November}",
            "{16/18 November}",
        ],
        ["{16–19 November}", "{15–18 November 2025}", "{17–18 November}", "{17 November}"],
    ),
    (
        "2025-06-30/2025-07-02",
        [
            "{30 June to 2 July}",
            "{30 June to 2 July 2025}",
            "{30 June – 2 July 2025}",
            "{from 30 June to 2 July 2025}",
            "{30 June–2 July}",
            "{30 June-2 July 2025}",
        ],
        ["{30 June to 3 July}", "{29 June to 2 July 2025}"],
    ),
    (
        "202X",
        ["{in the 2020s}", "{the 2020s}", "{during the 2020s}"],
        ["{in 2020}", "{in the 2030s}", "{in 2025}"],
    ),
    ("188X", ["{in the 1880s}"], ["{in the 1890s}", "{1880}"]),
    (
        "18XX",
        ["{in the 19th century}", "{the nineteenth century}", "{the 1800s}", "{in the 19th-century}"],
        ["{in the 18th century}", "{the 20th century}", "{in 1800}", "{the 1900s}"],
    ),
    (
        "2025-21",
        ["{spring 2025}", "{in the spring of 2025}", "{spring of 2025}"],
        ["{autumn 2025}", "{spring 2026}", "{in March 2025}", "{summer 2025}"],
    ),
    (
        "2025-24",
        ["{winter 2025}", "{the winter of 2025/26}", "{winter 2025–26}", "{the winter of 2025}"],
        ["{summer 2025}", "{winter 2026}", "{winter 2024/25}"],
    ),
    (
        "2025-34",
        [
            "{the second quarter of 2025}",
            "{Q2 2025}",
            "{second-quarter 2025}",
            "{the first half of 2025}",
            "{2Q 2025}",
            "{in 2025}",
        ],
        ["{Q3 2025}", "{the third quarter of 2025}", "{the second half of 2025}"],
    ),
    (
        "2026-41",
        ["{the second half of 2026}", "{H2 2026}", "{in the latter half of 2026}"],
        ["{the first half of 2026}", "{Q4 2026}"],
    ),
    (
        "2026-02",
        [
            "{Q1 2026}",
            "{winter 2026}",
            "{the first half of 2026}",
            "{February 2026}",
            "{the first quarter of 2026}",
            "{in 2026}",
        ],
        ["{Q2 2026}", "{March 2026}"],
    ),
    ("../2026-33", ["{by the first quarter of 2026}", "{by Q1 2026}"], ["{in Q1 2026}"]),
    ("2020/..", ["{from 2020}", "{since 2020}"], ["{until 2020}", "{by 2020}", "{from 2021}"]),
    (
        "2031-05-04/2031-05-06",
        [
            "{4–6 May 2031}",
            "{4-6 May}",
            "{May 4–6}",
            "{between 4 and 6 May 2031}",
            "{4 to 6 May}",
            "{Sunday 4 May to Tuesday 6 May 2031}",
            "until {6 May}",
        ],
        ["{4–7 May 2031}", "{5–6 May}", "{Monday 4 May to Tuesday 6 May 2031}"],
    ),
    (
        "2031-12-30/2032-01-02",
        [
            "{30 December 2031 to 2 January 2032}",
            "{30 December to 2 January}",
            "{from 30 December 2031 to 2 January 2032}",
        ],
        ["{30 December 2031 to 3 January 2032}", "{30 December 2031 to 2 January 2031}"],
    ),
    (
        "2031-05-04",
        [
            "{Sunday, 4 May 2031}",
            "{4 May}",
            "{Sunday 4th May 2031}",
            "{Sunday the 4th of May}",
            "{Sun. 4 May 2031}",
            "{4 May 2031, a Sunday}",
        ],
        ["{Saturday 4 May}", "{Monday, 4 May 2031}"],
    ),
    (
        "2031-05",
        [
            "{May 2031}",
            "{in May}",
            "{spring 2031}",
            "{Q2 2031}",
            "{the second quarter of 2031}",
            "{early May 2031}",
            "{mid-May 2031}",
        ],
        ["{June 2031}", "{4 May 2031}", "{Q1 2031}"],
    ),
    (
        "1789-07-14",
        [
            "{14 July 1789}",
            "{July 1789}",
            "{in 1789}",
            "{July 14, 1789}",
            "{in the 18th century}",
            "{the 1780s}",
            "{Tuesday 14 July 1789}",
        ],
        ["{14 July 1788}", "{Monday 14 July 1789}", "{the 17th century}"],
    ),
    ("2100", ["{in 2100}", "{2100}"], ["{by 2100}", "{since 2101}"]),
    ("2250/..", ["{from 2250}", "{since 2250}", "{from 2250 on}"], ["{until 2250}", "{in 2251}"]),
    ("1001", ["{in 1001}"], ["{in 1002}"]),
    (
        "17XX",
        ["{in the 18th century}", "{the eighteenth century}", "{the 1700s}"],
        ["{the 17th century}", "{the 1800s}"],
    ),
    (
        "2020-36",
        [
            "{Q4 2020}",
            "{the fourth quarter of 2020}",
            "{the last quarter of 2020}",
            "{H2 2020}",
            "{the final quarter of 2020}",
        ],
        ["{Q3 2020}", "{Q4 2021}"],
    ),
    (
        "../2035-06",
        ["{by June 2035}", "{by the end of June 2035}", "{until June 2035}", "{no later than June 2035}"],
        ["{in June 2035}", "{from June 2035}"],
    ),
    (
        "2035/2040",
        [
            "{from 2035 to 2040}",
            "{2035–40}",
            "{2035–2040}",
            "{between 2035 and 2040}",
            "{2035 to 2040}",
            "from {2035} until {2040}",
        ],
        ["{from 2035 to 2041}", "{2035–41}"],
    ),
]
TWO: list[tuple[Value, Value, list[str], list[str]]] = [
    (
        amount("355", "MW"),
        amount("380", "MW"),
        [
            "between {355 MW} and {380 MW}2",
            "{355 MW} to {380 MW}2",
            "from {355} to {380 MW}2",
            "{355}–{380 MW}2",
            "between {} and {}2",
            "between {355 megawatts} and {380 megawatts}2",
        ],
        ["between {355 MW} and {390 MW}2", "between {380 MW} and {380 MW}2"],
    ),
    (
        money("5000000000"),
        money("7000000000"),
        [
            "between {€5 billion} and {€7 billion}2",
            "{€5bn} to {€7bn}2",
            "from {5 billion euros} to {7 billion euros}2",
            "{€5bn}–{€7bn}2",
        ],
        ["between {€5 billion} and {€8 billion}2"],
    ),
    (
        amount("16", "trams"),
        amount("18", "trams"),
        [
            "{16 trams} and {18 trams}2",
            "either {16} or {18 trams}2",
            "from {16 trams} to {18 trams}2",
            "between {} and {}2",
            "{} to {}2",
            "{}–{}2",
        ],
        ["between {17 trams} and {18 trams}2"],
    ),
]
PRINTED: list[tuple[str, list[str], list[str]]] = [
    (
        "../2035",
        ["It is to end @.", "They plan, @, to go.", "Plants start and end @."],
        ["It is to end by @.", "in @", "before @", "until @"],
    ),
    ("2020/..", ["It runs @."], ["from @", "since @", "in @"]),
    ("2035~", ["It ends @."], ["about @", "in @"]),
    ("2035", ["by @", "in @", "since @", "from @"], []),
    ("202X", ["in @", "during @"], []),
]
"""A date, what may stand before it where a link prints it (@), and what may not."""


def texts(rows: list[tuple[str, list[str], list[str]]]) -> list[object]:
    return [
        pytest.param(what, text, is_right, id=f"{what}: {'' if is_right else 'not '}{text}")
        for what, good, bad in rows
        for is_right, listed in ((True, good), (False, bad))
        for text in listed
    ]


@pytest.mark.parametrize(("value", "good", "bad"), AMOUNTS, ids=str)
def test_words_of_a_link_say_the_amount_of_its_fact(value: Value, good: list[str], bad: list[str]) -> None:
    fact = context("one", "Something is stated.", value)
    assert [text for text in good if findings(linked(text), fact)] == []
    assert [text for text in bad if not findings(linked(text), fact)] == []


@pytest.mark.parametrize(
    ("statement", "good", "bad"),
    [
        (
            "Holm says how far landings will fall.",
            ["Landings will fall by {9 %}.", "{9 % lower}", "It is {9 %}.", "{9 % of them} rose"],
            ["Landings will rise by {9 %}.", "{9 % higher}", "a gain of {9 %}"],
        ),
        (
            "Holm says how many more come.",
            ["{9 % more}", "a rise of {9 %}"],
            ["{9 % fewer}", "a fall of {9 %}"],
        ),
        ("Fewer call, more sail.", ["{9 % more}", "{9 % fewer}"], []),
        ("Holm speaks of a change.", ["{9 % more}", "{9 % fewer}"], []),
    ],
)
def test_a_percentage_goes_the_way_of_its_statement(statement: str, good: list[str], bad: list[str]) -> None:
    fact = context("one", statement, amount("9", "%"))
    assert [text for text in good if findings(linked(text), fact)] == []
    assert [text for text in bad if not findings(linked(text), fact)] == []


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("fr", ("de septembre 2020", "au moins 12.000 bacs", "40 pour cent", "5 millions d’euros")),
        ("de", ("vom September 2020", "mindestens 12.000 Fähren", "40 Prozent", "5 Millionen Euro")),
        ("uk", ("вересня 2020 року", "щонайменше 12 000 поромів", "40 відсотків", "5 мільйонів євро")),
        ("ru", ("от сентября 2020 года", "не менее 12 000 паромов", "40 процентов", "5 миллионов евро")),
    ],
)
def test_terms_are_read_in_the_language_of_their_source(language: str, terms: tuple[str, ...]) -> None:
    """The plan of September 2020 is one in whatever words a source calls it so."""
    fact = context("one", "A plan exists.", evidence=(values.evidence(terms=terms),))
    source = values.source(language=language)

    def is_right(text: str) -> bool:
        known = library(linked(text), fact, sources=(source,))
        subject = Subject(known, (), values.TODAY, sentences=tuple(prose_input.read(known)))
        return not [*figures.figure_mismatch(subject), *figures.bare_number(subject)]

    right = ["{September 2020}", "{2020}", "{at least 12,000 ferries}", "{40 per cent}", "{EUR 5 million}"]
    wrong = [
        "{October 2020}",
        "{September 2021}",
        "{12,000 ferries}",
        "{at least 12 ferries}",
        "{40 ferries}",
    ]
    assert [text for text in right if not is_right(f"The plan is {text} strong.")] == []
    assert [text for text in [*wrong, "{USD 5 million}", "{5 per cent}"] if is_right(f"It is {text}.")] == []


@pytest.mark.parametrize(("date", "text", "is_right"), texts(DATES))
def test_words_of_a_link_say_the_date_of_its_fact(date: str, text: str, is_right: bool) -> None:
    for fact in (
        context("one", "Something is stated.", date=Date(date)),
        context("one", "Something is stated.", Date(date)),
    ):
        assert (not findings(linked(text), fact)) is is_right


@pytest.mark.parametrize(("one", "other", "good", "bad"), TWO, ids=str)
def test_a_range_may_have_its_ends_from_two_facts(
    one: Value, other: Value, good: list[str], bad: list[str]
) -> None:
    facts = context("one", "Something is stated.", one), context("two", "Something else is stated.", other)
    assert [text for text in good if findings(linked(text), *facts)] == []
    assert [text for text in bad if not findings(linked(text), *facts)] == []


@pytest.mark.parametrize(("date", "text", "is_right"), texts(PRINTED))
def test_nothing_repeats_the_bound_of_a_printed_date(date: str, text: str, is_right: bool) -> None:
    fact = context("one", "Something is stated.", date=Date(date))
    found = findings(text.replace("@", "[](fact:ferries.one#date)"), fact)
    assert (not found) is is_right


@pytest.mark.parametrize(
    ("prose", "is_right"),
    [
        ("Nothing is built under {the EUR 5 million contract}.", True),
        ("They argue over the {EUR 5 million} loan.", True),
        ("It stands above {the EUR 5 million line}.", True),
        ("It costs under {EUR 5 million}.", False),
        ("It costs over {EUR 5 million}.", False),
    ],
)
def test_under_and_over_bound_no_amount_behind_an_article(prose: str, is_right: bool) -> None:
    found = findings(linked(prose), values.fact("ferries.one", value=money("5000000")))
    assert bool(found) is not is_right


def test_an_amount_is_counted_by_what_its_passage_says() -> None:
    terms = values.evidence(terms=("30 euros per tonne",))
    fact = context("one", "A permit costs 30 euros per tonne.", money("30"), evidence=(terms,))
    for text in ["{€30 per tonne}", "{30 euros a tonne}", "{€30/t}", "{30 euros for each tonne}"]:
        assert findings(linked(text), fact) == []
    for text in ["{€30 per litre}", "{€30 a year}"]:
        assert findings(linked(text), fact) != []


# ------------------------------------------------------------------------------------------------- hints


WORDING = Wording("en-GB", {})
ENGLISH = lexicon.of_language("en")
NUMBERS = st.decimals(min_value="0.01", max_value="99999999", places=2) | st.integers(2, 10**12).map(Decimal)
BOUNDS = st.sampled_from([bound for bound in Bound if bound is not BETWEEN])
ANY_VALUE: st.SearchStrategy[Value] = st.one_of(
    st.builds(Quantity, NUMBERS, st.sampled_from(["tugs", "%", "MW", "years", "GBP/MWh"]), BOUNDS),
    st.builds(Money, NUMBERS, st.sampled_from(["EUR", "SEK", "USD"]), BOUNDS),
)
ANY_DATE = st.sampled_from(
    [
        "2025",
        "2025-05",
        "2025-05-03",
        "../2035",
        "2025/..",
        "2025-34",
        "2025-21",
        "202X",
        "18XX",
        "1648",
        "2035~",
    ]
)
_LINK = re.compile(r"write \[\]\(fact:(?P<key>[a-z.-]+)(?:#(?P<form>\w+))?\)")


def meant(text: str) -> list[tuple[object, ...]]:
    """What the figures of a text say, in whatever form."""
    assert ENGLISH
    alike = ("kind", "amount", "currency", "bound", "per", "year", "month", "days", "season", "precision")
    return [tuple(getattr(item, name) for name in alike) for item in quantities.find(text, ENGLISH)]


@given(ANY_VALUE, ANY_DATE, st.sampled_from(["", "long", "short", "number", "date"]), st.booleans())
def test_a_link_that_a_hint_proposes_prints_the_figure_that_stands_there(
    value: Value, date: str, form: str, is_otherwise: bool
) -> None:
    fact = context("one", "Something is stated.", value, date=Date(date))
    words = WORDING.fact(fact, form) or ""
    prose = f"The port names {words}{' crews' if is_otherwise else ''} in its plan."
    facts = library(prose, fact).facts
    for found in findings(prose, fact):
        proposed = _LINK.search(found.hint)
        assert ("[](" in found.hint) is bool(proposed)
        if proposed:
            printed = WORDING.fact(facts[proposed["key"]], proposed["form"] or "") or ""
            assert printed
            assert all(said in meant(prose) for said in meant(printed))


def hints(prose: str, *facts: Fact) -> list[str]:
    return [found.hint for found in findings(prose, *facts)]


def test_a_date_is_not_replaced_by_the_amount_of_the_same_fact() -> None:
    fact = context("one", "Money was set aside.", money("992000000"), date=Date("2025-05"))
    assert hints("It was set aside in May 2025.", fact) == [
        "ferries.one has it: write [](fact:ferries.one#date) for 'May 2025' or [May 2025](fact:ferries.one)"
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "The town lowered its aim five years ago.",
        "The town has 5 mayors.",
        "It costs EUR 5.",
        "A share of 5 % is old.",
        "Up to 5 years pass.",
    ],
)
def test_no_fact_is_proposed_that_says_something_else(prose: str) -> None:
    fact = context("one", "Work must start within five years.", amount("5", "years"))
    assert not any("fact:" in hint for hint in hints(prose, fact))


@pytest.mark.parametrize(
    ("prose", "hint"),
    [
        (
            "It has up to 4 ferries.",
            "[](fact:ferries.count) for 'up to 4 ferries' or [4](fact:ferries.count)",
        ),
        ("It has 12 tugs.", "[](fact:ferries.tugs) for '12 tugs' or [12](fact:ferries.tugs)"),
        ("Before 2035 it begins.", "[Before 2035](fact:ferries.start)"),
    ],
)
def test_a_hint_says_which_words_its_link_replaces(prose: str, hint: str) -> None:
    (found,) = hints(prose)
    assert found.endswith(f"write {hint}")


@pytest.mark.parametrize("prose", ["It has 4 ferries.", "It was in May.", "It was on 3 May."])
def test_no_link_is_proposed_that_another_check_would_refuse_or_that_many_facts_fit(prose: str) -> None:
    assert not any("[](" in hint for hint in hints(prose))


def test_a_fact_of_another_brief_is_not_proposed() -> None:
    other = values.fact("trams.count", statement="Trams.", value=amount("12", "trams"))
    assert hints("The town has 12 trams.", other) == ["cite a fact for it, or delete it"]


def test_a_wrong_figure_gets_the_link_that_prints_the_right_one() -> None:
    fact = context("one", "Money was set aside.", money("992000000"), date=Date("2025-05"))
    assert hints("[EUR 990 million](fact:ferries.one)", fact) == [
        "write [](fact:ferries.one), which prints 'EUR 992 million', or correct the fact"
    ]
    assert hints("[in June 2025](fact:ferries.one)", fact) == [
        "write [](fact:ferries.one#date), which prints 'May 2025', or correct the fact"
    ]
    assert hints("[12 %](fact:ferries.one)", fact) == ["correct the figure, or cite the fact that has it"]


def test_a_bound_of_the_passage_is_named_where_the_fact_lacks_it() -> None:
    terms = values.evidence(terms=("more than £2bn",))
    fact = context("one", "Money was allocated.", money("2000000000", "GBP"), evidence=(terms,))
    assert hints("[more than £2 billion](fact:ferries.one)", fact) == [
        "if its passage says so, write 'bound: more than' in the fact"
    ]
