"""A fact link is read or refused: what only looks like one is told with the right form, and nothing else."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.language import link_slips
from briefing.language.link_slips import LinkSlip, Targets
from briefing.language.wording import FORMS
from briefing.model import fact_links
from tests.conftest import tries

TARGETS = Targets(
    {"ferries.count": True, "ferries.price": True, "grid.first-phase": False, "u.s": True},
    {
        "actor": frozenset({"minister"}),
        "source": frozenset({"report"}),
        "gap": frozenset({"ferries.payer"}),
    },
)
RIGHT = re.compile(
    r"write (\[x\]\(fact:ferries\.count\)"
    r"|\[\]\(fact:ferries\.count\)(, or \[words\]\(fact:ferries\.count\) with words of your own)?)"
)
"""The hint: with the words that were written, or for the value where there are none."""


def slips(text: str) -> list[LinkSlip]:
    return list(link_slips.in_prose(text, TARGETS))


@pytest.mark.parametrize(
    "text",
    [
        "[](fact: ferries.count)",
        "[x]( fact:ferries.count)",
        "[x](fact:ferries.count )",
        "[x](fact :ferries.count)",
        "[x](facts:ferries.count)",
        "[x](Fact:ferries.count)",
        "[x](FACT:FERRIES.COUNT)",
        "[x](factferries.count)",
        "[x](fact ferries.count)",
        "[x](fact;ferries.count)",
        "[x](fact.ferries.count)",
        "[x](fact/ferries.count)",
        "[x](fact=ferries.count)",
        "[x](ferries.count)",
        "[x](#ferries.count)",
        "[x](facts/ferries.count.html)",
        "[x](https://example.org/ferries.count)",
        "[x](https://fact:ferries.count)",
        "[x](act:ferries.count)",
        "[x](факт:ferries.count)",
        "[x](fact:ferries.count#)",
        "[x](fact:ferries.count]",
        "[x]{fact:ferries.count}",
        "(x)[fact:ferries.count]",
        "]x[(fact:ferries.count)",
        "[x] (fact:ferries.count)",
        "[x]\n(fact:ferries.count)",
        "[x](fact:ferries.count and more",
        "[x(fact:ferries.count)",
        "x](fact:ferries.count)",
        "[x]fact:ferries.count",
        "[x] fact:ferries.count",
        "{fact:ferries.count}",
        "{{ ferries.count }}",
        "{{fact:ferries.count}}",
        "{ferries_count}",
        "{% fact ferries.count %}",
        "${ferries.count}",
        "[[ferries.count]]",
        "<fact:ferries.count>",
        "<ferries.count>",
        "[x](<fact:ferries.count>)",
        '[x](fact:ferries.count "title")',
        "[x](“fact:ferries.count”)",
        "[x](fact：ferries.count)",
        "［x］（fact:ferries.count）",
        "[x](fact:\N{NO-BREAK SPACE}ferries.count)",
        "[x](fa\N{SOFT HYPHEN}ct:ferries.count)",
        "[x](f\N{CYRILLIC SMALL LETTER A}ct:ferries.count)",
        "[x](fact\N{HEBREW PUNCTUATION SOF PASUQ}ferries.count)",
        "[x](fact\N{RATIO}ferries.count)",
        "[x](fact&#58;ferries.count)",
        "[x](fact%3Aferries.count)",
        "[x](fact\\:ferries.count)",
        "&#91;x&#93;(fact:ferries.count)",
        "&lt;fact:ferries.count&gt;",
        "\\[x](fact:ferries.count)",
        "[x][ferries.count]",
        "[x][fact:ferries.count]",
        "[x]: fact:ferries.count",
        "They bought ferries.count ferries.",
        "It is in Ferries.Count, they say.",
        "fact:ferries.count",
        "Fact: ferries.count",
        "(see fact ferries.count)",
        '<a href="fact:ferries.count">x</a>',
    ],
)
def test_what_looks_like_a_link_to_a_fact_is_told_with_the_right_form(text: str) -> None:
    for written in (f"There is {text}, and more.", text):
        assert any(RIGHT.fullmatch(slip.hint) for slip in slips(written)), slips(written)
        assert all(written[slip.start : slip.end].strip() for slip in slips(written))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[x](actor:minister)", "the actor"),
        ("{actor:minister}", "the actor"),
        ("Said actor:minister today.", "the actor"),
        ("[x](source:report)", "the source"),
        ("The source:report says so.", "the source"),
        ("[x](gap:ferries.payer)", "the gap"),
        ("As ferries.payer asks.", "what the gap says"),
    ],
)
def test_only_facts_are_linked_and_no_fact_is_proposed_for_another_record(text: str, words: str) -> None:
    (slip,) = slips(text)
    assert words in slip.hint
    assert "ferries.price" not in slip.hint


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[x]()", "[x]()"),
        ("[x](ferries)", "[x](ferries)"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](www.example.org)", "[x](www.example.org)"),
        ("[x] (https://example.org)", "[x] (https://example.org)"),
        ("[x][r]", "[x][r]"),
        ("[//]: # (a note of the author)", "[//]: # (a note of the author)"),
        ("[^1]", "[^1]"),
        ("{x}", "{x}"),
        ("a [ alone", "["),
        ("- one ]\n- two [", "]"),
        ("[[x](fact:ferries.count)", "["),
        ("[x](fact:ferries.count))", ")"),
        ("([x](fact:ferries.count)", "("),
        ("[x](fact:ferries.count)#date", "#date"),
        ("| a |\n|---|\n| [x|y](fact:ferries.count) |", "[x|y](fact:ferries.count)"),
        ("- [x\n- y](fact:ferries.count)", "[x\n- y](fact:ferries.count)"),
        ("`[x](fact:ferries.count) and `code`", "`"),
    ],
)
def test_no_bracket_brace_or_dead_address_is_printed(text: str, what: str) -> None:
    assert what in [text[slip.start : slip.end] for slip in slips(text)]


def test_a_form_outside_its_link_is_put_into_it() -> None:
    (slip,) = slips("On [that day](fact:ferries.count)#date.")
    assert slip.hint == "write [that day](fact:ferries.count#date)"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[ the day ]( fact:ferries.count#date )", "write [the day](fact:ferries.count#date)"),
        ("[]( fact:ferries.count#date )", "write [](fact:ferries.count#date)"),
        (
            "{{ fact:ferries.count#date }}",
            "write [](fact:ferries.count#date), or [words](fact:ferries.count) with words of your own",
        ),
    ],
)
def test_a_hint_prints_what_was_asked_for(text: str, hint: str) -> None:
    assert [slip.hint for slip in slips(text)] == [hint]


def test_a_fact_without_a_value_is_proposed_with_words_only() -> None:
    (slip,) = slips("{{ grid.first-phase }}")
    assert slip.hint == "write [words](fact:grid.first-phase)"


def test_every_slip_is_told_at_its_place() -> None:
    text = "One [a](fact: ferries.count).\n\nTwo {{ ferries.price }} and three (fact:grid.first-phase)."
    assert [text[slip.start : slip.end] for slip in slips(text)] == [
        "[a](fact: ferries.count)",
        "ferries.price",
        "fact:grid.first-phase",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[x](fact:ferries.count)",
        "[](fact:ferries.count#short), [y](fact:ferries.price)s",
        "(see [x](fact:ferries.count), and [y](fact:ferries.price))",
        "([x](fact:ferries.count))",
        "1) one [x](fact:ferries.count)",
        "[the [first] phase](fact:grid.first-phase)",
        "[x](fact:nowhere.else) is told elsewhere",
        "It is a fact: they signed.",
        "The facts: three ferries were bought.",
        "Fact-check: no. A *fact*: yes.",
        'He said "[the ferries] are late" [sic] (as printed).',
        "[T]he factory and the [f]actories, on 12 March [2025].",
        "The U.S. has 3.5 million, e.g. No.5 on p.12.",
        '[x](https://example.org/a_(b)), [x](https://example.org "title"), <https://example.org>',
        "[x](method.html#part) and [x](mailto:a@example.org)",
        "[x][r]\n\n[r]: https://example.org/facts",
        "[x](https://example.org/fact:a.b)",
        "See example.org and www.ferries.co.uk, at 12:30, 3:1.",
        "`[x](fact: ferries.count)` and ``{{ ferries.count }}``",
        "```\n[x](fact: ferries.count)\n{{ ferries.count }}\n```",
        "Print \\{ and \\[ and \\].",
        "source: report; the source:Reuters.",
        "artifact:a.b, and note (a): one",
        "5 < 6, AT&T, 100 %",
    ],
)
def test_links_code_and_ordinary_words_are_no_slips(text: str) -> None:
    assert slips(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Up to [four](fact:ferries.count) ferries",
        "{{ ferries.count }}",
        "see fact: ferries.count",
        "ferries.count of them",
        "by actor:minister",
        "[the report](https://example.org)",
        "four <!-- who says so? --> ferries",
    ],
)
def test_a_plain_text_has_no_links_and_says_where_they_go(text: str) -> None:
    (slip, *_) = link_slips.in_plain_text(text, TARGETS)
    assert "this field is plain text" in slip.hint


@pytest.mark.parametrize(
    "text",
    ["The fact: [sic]", "Facts: a.b is no key", "50 % {net}", "e.g. this", "Fact:Check of the year", "a < b"],
)
def test_a_plain_text_may_have_any_other_sign(text: str) -> None:
    assert list(link_slips.in_plain_text(text, TARGETS)) == []


# ------------------------------------------------------------------------------------------ one or two slips

_TYPED = st.sampled_from([*"[](){}<>:;.,#!*_ -/\\|'\"aefFctsx1&\n", *"\xa0\u200b：［］（）“”’–ас"])
_LINKS = (
    "[](fact:ferries.count)",
    "[four ferries](fact:ferries.count)",
    "[](fact:ferries.count#date)",
    "[the *first* phase](fact:grid.first-phase)",
)
_AROUND = (
    "The fund has {} in mind.",
    "{}",
    "- Item {}, and\n- another",
    "| a | b |\n|---|---|\n| {} | c |",
    "He (so {}) said `code` and (see {}).",
    "## A title with {}\n\nText.",
)


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A link, and the same with one or two slips: a character more, less or another, or two swapped."""
    link = written = draw(st.sampled_from(_LINKS))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(written)))
        before, here, after = written[:at], written[at : at + 1], written[at + 1 :]
        changed = [draw(_TYPED) + here, "", draw(_TYPED), after[:1] + here, here.swapcase()]
        choice = draw(st.integers(0, 4))
        written = before + changed[choice] + (after[1:] if choice == 3 else after)
    return link, written


@settings(max_examples=tries(800))
@given(mistyped(), st.sampled_from(_AROUND))
@example((_LINKS[0], "[](fact:ferries.count)date"), "{}")
@example((_LINKS[1], "[four ferries]f(act:ferries.count)"), "{}")
@example((_LINKS[1], "[four ferries]cfact:ferries.cuont)"), "{}")
@example((_LINKS[1], "[](]fact:-erries.count)"), "{}")
def test_a_link_with_slips_is_the_same_link_or_an_error(typed: tuple[str, str], around: str) -> None:
    (meant,) = fact_links.find(typed[0])
    text = around.replace("{}", typed[1])
    links = list(fact_links.find(text))
    is_refused = any(link.key not in TARGETS.facts or link.form not in FORMS for link in links)
    if slips(text) or is_refused:
        return
    assert links
    assert {(link.key, link.form) for link in links} == {(meant.key, meant.form)}
    rest, position = "", 0
    for link in links:
        rest, position = rest + text[position : link.start], link.end
    rest = re.sub(r"\\.", "", fact_links.without_code(rest + text[position:]))
    assert not re.search(r"[\[\]{}［］]|fact|ferries\.|\.count", rest)


@pytest.mark.parametrize(
    "piece", ["[", "{", "](", "fact: ", "a.b.", "&#58;", "（", "x: a.b ", "(", "`", "<a:"]
)
def test_no_prose_keeps_the_reader_busy(piece: str) -> None:
    start = time.thread_time()
    slips((piece * 20_000)[:20_000])
    assert time.thread_time() - start < 3
