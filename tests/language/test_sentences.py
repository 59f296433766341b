"""Prose cut into sentences: where each begins, what it cites, and where each of its characters comes from."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import sentences, status_claims
from briefing.language.sentences import Sentence
from briefing.model.facts import Fact
from briefing.model.scales import Bound, FactKind
from briefing.model.values import Date, Key, Label, Money, Quantity, Slug
from tests import values

FERRIES = "[four ferries](fact:ferries.count)"


def fact(name: str, value: Quantity | Money | Date | Label | None = None, **changes: object) -> Fact:
    return values.fact(f"ferries.{name}", value=value, kind=FactKind.CONTEXT, **changes)


FACTS = {
    str(item.id): item
    for item in (
        fact("count", Quantity(Decimal(4), "ferries", Bound.UP_TO), date=Date("2025-11-17")),
        fact("crew", Quantity(Decimal(5), "people", Bound.BETWEEN, Decimal(7))),
        fact("price", Money(Decimal("1250000.50"), "EUR")),
        fact("start", Date("../2035")),
        fact("class", Label("F4")),
        fact("need", statement="More are needed. Many more.", said_by=(Slug("ida-holm"),)),
    )
}


def cut(text: str, language: str = "en-GB") -> list[Sentence]:
    return list(sentences.split(text, language, FACTS))


def texts(text: str, language: str = "en-GB") -> list[str]:
    return [sentence.text for sentence in cut(text, language)]


# -------------------------------------------------------------------------------------- boundaries

CUT = {
    "two sentences": ("They met. They talked.", ["They met.", "They talked."]),
    "a question and a call": ("Who pays? Nobody! So be it.", ["Who pays?", "Nobody!", "So be it."]),
    "abbreviations": (
        "Mr. Holm, e.g. of the U.S. firm, came. He left.",
        ["Mr. Holm, e.g. of the U.S. firm, came.", "He left."],
    ),
    "numbers with points": ("It costs 12.50 euros. Really.", ["It costs 12.50 euros.", "Really."]),
    "the name of a site": ("Read example.org today. It is good.", ["Read example.org today.", "It is good."]),
    "a quotation": ("He said: “We buy.” She left.", ["He said: “We buy.”", "She left."]),
    "lines of a paragraph": ("They have\nordered   \nit.", ["They have ordered it."]),
    "paragraphs": ("One\n\nTwo\n \t\nThree", ["One", "Two", "Three"]),
    "a heading and its text": ("## The plan\nThey have it.\n# End", ["The plan", "They have it.", "End"]),
    "a heading without words": ("#\nText.", ["Text."]),
    "no heading": ("#one and #two", ["#one and #two"]),
    "a list": ("They plan:\n- one\n* two\n+ three", ["They plan:", "one", "two", "three"]),
    "a list of several lines": ("- one\n  goes on\n- two", ["one goes on", "two"]),
    "a numbered list": ("1. one\n2. two\n10) ten", ["one", "two", "ten"]),
    "a numbered list behind a line": ("They plan:\n1. one\n2. two", ["They plan:", "one", "two"]),
    "a year at the head of a line": (
        "It ends in\n2035. They plan it.",
        ["It ends in 2035.", "They plan it."],
    ),
    "a year at the head of a list's line": ("- It ends in\n  2035. So.", ["It ends in 2035.", "So."]),
    "a list within a list": ("- one\n  - two\n    - three", ["one", "two", "three"]),
    "a quotation of several lines": (
        "> They have\n> ordered it.\n>\n> So.",
        ["They have ordered it.", "So."],
    ),
    "a quotation that goes on without its sign": ("> They have\nordered it.", ["They have ordered it."]),
    "a quotation after a line": ("They said\n> We buy.\n\nSo.", ["They said", "We buy.", "So."]),
    "a quotation within one": (">> They have\n>> it.", ["They have it."]),
    "a list in a quotation": ("> - one\n> - two", ["one", "two"]),
    "a table": (
        "| ships | who |\n|:---|---:|\n| 12 | Holm |\n|13|Lund|",
        ["| ships | who |", "| 12 | Holm |", "|13|Lund|"],
    ),
    "a rule": ("One\n\n---\n\nTwo\n***\nThree", ["One", "Two", "Three"]),
    "emphasis": ("They **have _ordered_ it**. *So.*", ["They have ordered it.", "So."]),
    "no emphasis": ("5 * 3 and snake_case_word", ["5  3 and snake_case_word"]),
    "escapes": (r"A \*star\* and a \[bracket\]", ["A *star* and a [bracket]"]),
    "links": ('See [the site](https://example.org "A. B.") now.', ["See the site now."]),
    "addresses": ("See <https://example.org/12> now.", ["See  now."]),
    "code": ("The `12 ships` are code.\n\n```\n12 ships\n```\n", ["The            are code."]),
    "only signs": ("...", ["..."]),
    "no text": ("", []),
    "only blanks": (" \n\t\n ", []),
    "no-break spaces": ("EUR\u00a012 is much. So.", ["EUR\u00a012 is much.", "So."]),
    "references to characters": (
        "EUR&nbsp;90&#x20;billion &amp; more, &none; &.",
        ["EUR\u00a090 billion & more, &none; &."],
    ),
    "characters that nobody sees": ("They or\u00addered\u200b it\ufeff.", ["They ordered it."]),
    "combining characters": ("Cafe\u0301 Zo\u0308e. So.", ["Cafe\u0301 Zo\u0308e.", "So."]),
}


@pytest.mark.parametrize("story", CUT)
def test_a_text_is_cut_into_sentences(story: str) -> None:
    text, wanted = CUT[story]
    assert texts(text) == wanted


def test_cyrillic_is_cut_as_well() -> None:
    assert texts("Вони зустрілися. Потім пішли.", "uk") == ["Вони зустрілися.", "Потім пішли."]


def test_a_language_that_nobody_knows_is_cut_as_well() -> None:
    assert texts("One. Two.", "zxx") == ["One.", "Two."]


# ------------------------------------------------------------------------------------------- links


def test_a_link_is_its_words() -> None:
    (sentence,) = cut(f"Norrvik plans {FERRIES}.")
    (cited,) = sentence.cited
    assert sentence.text == "Norrvik plans four ferries."
    assert sentence.text[cited.start : cited.end] == cited.words == "four ferries"
    assert (cited.fact, cited.form, cited.is_printed) == ("ferries.count", "", False)


PRINTED = {
    "[](fact:ferries.count)": "up to 4 ferries",
    "[](fact:ferries.count#short)": "up to 4",
    "[](fact:ferries.count#number)": "4",
    "[](fact:ferries.count#date)": "17\N{NO-BREAK SPACE}November 2025",
    "[](fact:ferries.count#status)": "_",
    "[](fact:ferries.count#mark)": "",
    "[](fact:ferries.crew)": "between 5 and 7 people",
    "[](fact:ferries.price)": "EUR\N{NO-BREAK SPACE}1,250,000.50",
    "[](fact:ferries.start)": "by 2035",
    "[](fact:ferries.class)": "F4",
    "[](fact:ferries.need)": "_",
    "[](fact:ferries.need#statement)": "More are needed. Many more.",
    "[](fact:ferries.need#speaker)": "Ida Holm",
    "[](fact:ferries.unknown)": "_",
}


@pytest.mark.parametrize("link", PRINTED)
def test_a_link_without_words_is_what_it_prints(link: str) -> None:
    (sentence,) = cut(f"A {link} b.")
    (cited,) = sentence.cited
    assert sentence.text == f"A {PRINTED[link]} b."
    assert sentence.text[cited.start : cited.end] == PRINTED[link]
    assert cited.is_printed
    assert {sentence.origins[index] for index in range(cited.start, cited.end)} <= {2}


ENDS = {
    "at the start": (f"{FERRIES} are planned.", 0, "ferries.count"),
    "at the end": (f"They plan {FERRIES}", 0, "ferries.count"),
    "before the full stop": (f"They plan {FERRIES}.", 0, "ferries.count"),
    "all of it": ("[They plan it.](fact:ferries.count)", 0, "ferries.count"),
    "with a blank at its end": ("[They plan it. ](fact:ferries.count)", 0, "ferries.count"),
    "behind the full stop": ("They plan it.[](fact:ferries.count#mark) So.", 0, "ferries.count"),
    "behind the last full stop": ("They plan it.[](fact:ferries.count#mark)", 0, "ferries.count"),
    "behind the last full stop and a blank": (
        "They plan it. [](fact:ferries.count#mark)",
        0,
        "ferries.count",
    ),
    "in the second sentence": (f"They met. They plan {FERRIES}.", 1, "ferries.count"),
    "in emphasis": (f"They plan **_{FERRIES}_**.", 0, "ferries.count"),
    "in a row": (f"| one | {FERRIES} |", 0, "ferries.count"),
}


@pytest.mark.parametrize("story", ENDS)
def test_no_link_is_lost_wherever_it_stands(story: str) -> None:
    text, number, key = ENDS[story]
    found = cut(text)
    assert [(index, item.fact) for index, one in enumerate(found) for item in one.cited] == [(number, key)]
    (cited,) = found[number].cited
    assert 0 <= cited.start <= cited.end <= len(found[number].text)


def test_no_sentence_ends_within_a_link() -> None:
    (sentence,) = cut("See [what he said. It was long.](fact:ferries.count) now.")
    assert sentence.text == "See what he said. It was long. now."


def test_what_a_part_of_a_sentence_touches() -> None:
    (sentence,) = cut(f"A {FERRIES} B.")
    (cited,) = sentence.cited
    assert sentence.within(2, 3) is cited
    assert sentence.within(0, 2) is None
    assert sentence.within(cited.end, cited.end + 1) is None


# ------------------------------------------------------------------------------------ surroundings


def test_a_sentence_knows_what_stands_before_it_in_its_paragraph() -> None:
    first, second, third = cut("They **met**. They talked.\n\nSo.")
    assert (first.before, second.before.rstrip(), third.before) == ("", "They met.", "")


def test_an_item_knows_what_introduces_its_list() -> None:
    found = cut("So. They plan:\n\n- one. More\n- two\n\n  goes on\n\nThat is all.\n- three")
    assert [(item.text, item.lead) for item in found] == [
        ("So.", ""),
        ("They plan:", ""),
        ("one.", "They plan:"),
        ("More", "They plan:"),
        ("two", "They plan:"),
        ("goes on", "They plan:"),
        ("That is all.", ""),
        ("three", ""),
    ]
    assert found[3].before.rstrip() == "They plan: one."


# ------------------------------------------------------------------------------------------ origins

PIECES = st.sampled_from(
    [
        *(
            " ",
            "\n",
            "\n\n",
            "\t",
            ". ",
            "! ",
            "? ",
            ", ",
            ": ",
            "- ",
            "> ",
            "# ",
            "| ",
            "1. ",
            "2035. ",
            "*",
            "**",
        ),
        *(
            "_",
            "`",
            "```\n",
            "\\",
            "\\*",
            "[",
            "]",
            "(",
            ")",
            "<",
            "“",
            "”",
            '"',
            "word",
            "Word",
            "Привіт",
            "є",
        ),
        *(
            "e\u0301",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "&nbsp;",
            "&#49;",
            "🚢",
            "İ",
            "ß",
            "\x85",
            "\u2028",
            "e.g. ",
            "Mr. ",
            "12",
            "12.50",
        ),
        *(
            FERRIES,
            "[](fact:ferries.price)",
            "[](fact:ferries.need#statement)",
            "[](fact:ferries.count#mark)",
        ),
        *(
            "[a. B](fact:ferries.count)",
            "[a](https://x.example)",
            "<https://x.example>",
            "[ x ](fact:ferries.none)",
        ),
    ]
)
PROSE = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=16).map("".join)


@given(PROSE)
def test_every_character_tells_where_it_comes_from(text: str) -> None:
    for sentence in cut(text):
        assert len(sentence.origins) == len(sentence.text)
        assert list(sentence.origins) == sorted(sentence.origins)
        for index, sign in enumerate(sentence.text):
            inside = sentence.within(index, index + 1)
            if inside is None or not inside.is_printed:
                # Code is blanked, a line break reads as a blank, and a reference is read.
                origin = sentence.origins[index]
                assert sign in (text[origin], " ") or text[origin] == "&"
            assert sentences.index_at(sentence, index) == sentence.origins[index]


@given(PROSE)
def test_no_sentence_is_empty_or_begins_or_ends_with_a_blank(text: str) -> None:
    assert all(sentence.text and sentence.text == sentence.text.strip() for sentence in cut(text))


@given(PROSE)
def test_every_link_stands_in_one_sentence_with_all_its_words(text: str) -> None:
    for sentence in cut(text):
        for item in sentence.cited:
            assert 0 <= item.start <= item.end <= len(sentence.text)
            assert item.words.startswith(sentence.text[item.start : item.end]) or item.is_printed
            assert item.words.strip() in sentence.text


@given(
    st.lists(st.sampled_from([" ", "\n", "word", "One. ", "Two! ", "є. ", "e.g. ", "\u00a0", "12", '"', "”"]))
)
def test_the_sentences_of_a_paragraph_join_to_the_whole(pieces: list[str]) -> None:
    paragraph = re.sub(r"\n\s*", "\n", "".join(pieces)).strip("\n")
    joined = "".join(texts(paragraph))
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", paragraph)


@given(PROSE)
def test_it_is_the_same_for_the_same(text: str) -> None:
    assert cut(text) == cut(text)


def test_the_place_of_what_is_in_no_text_is_its_start() -> None:
    (sentence,) = cut("They met.")
    assert sentences.index_at(sentence, 99) == 8


# --------------------------------------------------------------------------------------- quotations

QUOTED = {
    "He said “we buy” today.": ["“we buy”"],
    'He said "we buy" today.': ['"we buy"'],
    "He said «we buy» today.": ["«we buy»"],
    "He said ‘we buy’ today.": ["‘we buy’"],
    "The yard’s plan and the ministers’ plan.": [],
    "He said “we buy": [],
    "“One” and “two”": ["“One”", "“two”"],
    "": [],
}


@pytest.mark.parametrize("text", QUOTED)
def test_quotations_are_found(text: str) -> None:
    assert [text[slice(*span)] for span in status_claims.quoted(text)] == QUOTED[text]


def test_keys_that_nobody_knows_are_kept() -> None:
    (sentence,) = cut("A [word](fact:ferries.nothing).")
    assert [item.fact for item in sentence.cited] == [Key("ferries.nothing")]


@pytest.mark.parametrize("marks", ["(" * 20_000, "[ " * 10_000, "* \n" * 5_000, "- \n" * 5_000])
def test_any_number_of_marks_before_a_sentence_is_gone_through_once(marks: str) -> None:
    """An expression that may divide them between two stars never ends."""
    assert sentences.begins_sentence(f"It ended.\n{marks}", len(f"It ended.\n{marks}"), "en")
    assert not sentences.begins_sentence(f"It {marks}", len(f"It {marks}"), "en")


@pytest.mark.parametrize(
    "text", ["they said " * 1_000, "1, " * 2_000, "a" * 1_990 + " bc " * 20, " " + "a " * 5_000]
)
def test_a_sentence_without_an_end_is_read_in_parts_between_words(text: str) -> None:
    """Checks hold each verb, figure and name against all words beside it, which grows with the square."""
    parts = cut(text)
    assert " ".join(part.text for part in parts).split() == text.split()
    assert max(len(part.text) for part in parts) <= sentences.LONGEST
    assert " ".join(sentences.of_plain(text, "en")) == " ".join(text.split())
    assert max(map(len, sentences.of_plain(text, "en"))) <= sentences.LONGEST


def test_a_long_sentence_is_not_parted_within_a_word_or_a_link() -> None:
    (word,) = cut("a" * 5_000)
    assert len(word.text) == 5_000
    (link,) = cut(f"[{'a b ' * 1_000}](fact:ferries.count)")
    assert len(link.cited) == 1
    (whole,) = cut("word " * 395 + "[three ferries in the harbour](fact:ferries.count) and more of them.")
    assert len(whole.text) > sentences.LONGEST
