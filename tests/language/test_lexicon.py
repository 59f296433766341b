"""The words of a language: phrases as expressions, and lexicons without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checks import runner
from briefing.checks.runner import Subject
from briefing.commands import draft_project
from briefing.language import lexicon, quantities
from briefing.language import words as printed
from briefing.language.lexicon import Lexicon
from briefing.language.status_claims import ladder_of
from briefing.model.findings import BriefingError
from briefing.model.scales import Bound, Degree
from tests import values
from tests.checkcases import facts, ferries, registers

LANGUAGES = lexicon.languages()
NO_PHRASES = {"numbers.units", "numbers.tens", "numbers.scales", "roles.spellings"}
"""Tables of words with a meaning each."""


def words_of(language: str) -> Lexicon:
    found = lexicon.of_language(language)
    assert found
    return found


def lists(table: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of phrases of a lexicon, with its path: rungs.agreed.done."""
    for name, value in table.items():
        here = f"{path}.{name}".lstrip(".")
        if isinstance(value, dict) and here not in NO_PHRASES:
            yield from lists(value, here)
        elif isinstance(value, list):
            nested = all(isinstance(item, list) for item in value)
            yield here, [phrase for group in value for phrase in group] if nested else value


PHRASES = [
    pytest.param(language, path, phrases, id=f"{language}-{path}")
    for language in LANGUAGES
    for path, phrases in lists(words_of(language).words)
]


# ----------------------------------------------------------------------------------------- phrases

FOUND = [
    ("order", "They order it.", "order"),
    ("order", "ORDER!", "ORDER"),
    ("order|orders", "He orders it.", "orders"),
    ("deliver*", "The deliveries came.", "deliveries"),
    ("signed a _ contract", "They signed a firm contract.", "signed a firm contract"),
    ("signed a _? contract", "They signed a contract.", "signed a contract"),
    ("signed a _? contract", "They signed a firm contract.", "signed a firm contract"),
    ("has|have been? signed", "It has signed.", "has signed"),
    ("has|have been? signed", "They have been signed.", "have been signed"),
    ("set ... aside", "They set a great deal of money aside.", "set a great deal of money aside"),
    ("set ... aside", "They set aside.", "set aside"),
    ("don't", "They don’t.", "don’t"),
    ("per cent", "ten per\u00a0cent", "per\u00a0cent"),
    ("per cent", "ten per\n  cent", "per\n  cent"),
    ("in service", "«in service»", "in service"),
    ("bought", "(bought)", "bought"),
    ("підписав|підписала", "Вона ПІДПИСАЛА лист.", "ПІДПИСАЛА"),
]
NOT_FOUND = [
    ("order", "The border is open."),
    ("order", "They reorder it."),
    ("order", "ordered"),
    ("order", "a mail-order firm"),
    ("set ... aside", "They set it; aside from that"),
    ("set ... aside", "set one two three four five six seven eight nine ten aside"),
    ("signed a contract", "signed contract a"),
    ("a.b", "a-b"),
]


@pytest.mark.parametrize(("phrase", "text", "words"), FOUND)
def test_a_phrase_is_found(phrase: str, text: str, words: str) -> None:
    found = lexicon.pattern([phrase]).search(text)
    assert found
    assert found.group() == words


@pytest.mark.parametrize(("phrase", "text"), NOT_FOUND)
def test_only_whole_words_are_found(phrase: str, text: str) -> None:
    assert not lexicon.pattern([phrase]).search(text)


def test_the_longest_phrase_wins() -> None:
    found = lexicon.pattern(["likely", "very likely", "very"]).search("It is very likely.")
    assert found
    assert found.group() == "very likely"


def test_no_phrases_are_found_nowhere() -> None:
    assert not lexicon.pattern([]).search("")
    assert not lexicon.pattern([]).search("anything")


@given(st.text())
def test_a_folded_text_folds_to_itself(text: str) -> None:
    assert lexicon.folded(lexicon.folded(text)) == lexicon.folded(text)


@pytest.mark.parametrize(
    ("one", "other"), [("NOK", "nok"), ("Swiss\u00a0 franc", "swiss franc"), ("İstanbul", "ıstanbul")]
)
def test_what_an_expression_takes_for_one_folds_to_one(one: str, other: str) -> None:
    assert lexicon.folded(one) == lexicon.folded(other)


# --------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "en-GB-oxendict"])
def test_a_language_is_known_by_its_first_tag(tag: str) -> None:
    found = lexicon.of_language(tag)
    assert found
    assert found.language == "en"


@pytest.mark.parametrize("tag", ["", "x", "zz", "uk", "../en", "en/../en", "e", "english"])
def test_a_language_without_a_lexicon_has_none(tag: str) -> None:
    assert lexicon.of_language(tag) is None


def test_every_lexicon_is_one_of_a_language_of_briefs() -> None:
    assert set(LANGUAGES) <= set(printed.languages()), "prose is checked in a language that no brief can have"


# --------------------------------------------------------------------------- what stands in the files


@pytest.mark.parametrize(("language", "path", "phrases"), PHRASES)
def test_every_phrase_can_be_searched(language: str, path: str, phrases: list[str]) -> None:
    assert phrases, "an empty list says nothing: leave it out, or fill it"
    for phrase in phrases:
        assert phrase == " ".join(phrase.split()), f"'{phrase}' has needless blanks"
        assert phrase, "an empty phrase is found everywhere"
        compiled = lexicon.pattern([phrase])
        assert not compiled.fullmatch(""), f"'{phrase}' is found in nothing"
        for word in phrase.split():
            choices = word.removesuffix("?").split("|")
            assert all(choice.rstrip("*") for choice in choices), f"'{phrase}' has an empty alternative"


@pytest.mark.parametrize(("language", "path", "phrases"), PHRASES)
def test_no_phrase_stands_twice_in_a_list(language: str, path: str, phrases: list[str]) -> None:
    twice = {phrase for phrase in phrases if phrases.count(phrase) > 1}
    assert not twice


def spoken(phrase: str) -> str:
    """A phrase as somebody may say it: the first alternatives, and every word that may be left out."""
    said = (word.removesuffix("?").split("|")[0].rstrip("*") for word in phrase.split() if word != "...")
    return " ".join("word" if word == "_" else word for word in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Degree, ids=lambda status: status.value)
def test_every_phrase_of_a_rung_is_heard(language: str, status: Degree) -> None:
    """The shortcut that looks for one word of a phrase first must not miss the phrase."""
    ladder = ladder_of(words_of(language))
    table = words_of(language).words["rungs"].get(status.value, {})
    for manner in ("done", "future", "nouns", "inside"):
        heard = [pattern for rung, name, pattern in ladder.rungs if (rung, name) == (status.rung, manner)]
        for phrase in table.get(manner, ()):
            text = f"Norrvik {spoken(phrase)} of the four ferries."
            assert any(spoken(phrase) in match.group() for item in heard for match in item.finditer(text)), (
                phrase
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rung_has_a_safe_wording_and_names_of_statuses_only(language: str) -> None:
    rungs = words_of(language).words["rungs"]
    assert set(rungs) == {status.value for status in Degree}
    for status in Degree:
        assert rungs[status.value].get("safe"), status
        assert set(rungs[status.value]) <= {"done", "future", "nouns", "inside", "safe"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safe_wording_of_a_rung_says_no_more_than_the_rung(language: str) -> None:
    ladder = ladder_of(words_of(language))
    for status in Degree:
        text = f"Norrvik {ladder.safe[status]} four ferries."
        assert all(said.rung <= status.rung for said in ladder.said(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_a_language_are_numbers(language: str) -> None:
    numbers = words_of(language).words["numbers"]
    assert all(
        isinstance(value, int) for name in ("units", "tens", "scales") for value in numbers[name].values()
    )
    senses = {bound.sense for bound in Bound} - {Bound.EXACTLY, Bound.NEARLY}
    assert set(numbers["bounds"]) == {bound.value for bound in senses}
    assert set(numbers["periods"]) == {"second", "minute", "hour", "day", "week", "month", "quarter", "year"}
    assert len(words_of(language).words["dates"]["months"]) == 12
    assert len(words_of(language).words["dates"]["seasons"]) == 4
    assert all(re.fullmatch("[A-Z]{3}", code) for code in numbers["currencies"])


# ------------------------------------------------------------------------------------ incomplete lexicons


def lexicon_of(text: str, folder: Path) -> Lexicon | None:
    """The lexicon of a language that has this file."""
    (folder / "xx.toml").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_FOLDER", str(folder))
        return lexicon.of_language.__wrapped__("xx")


def test_a_lexicon_that_lacks_tables_names_them(tmp_path: Path) -> None:
    with pytest.raises(
        BriefingError, match=r"xx\.toml is not complete.* numbers\.percent, .*dates, .*acronyms"
    ):
        lexicon_of("[numbers]\nunits = {un = 1}\nscales = {}\n", tmp_path)


def test_a_lexicon_that_lacks_one_list_names_it_alone(tmp_path: Path) -> None:
    text = (resources.files("briefing.language") / "lexicons" / "en.toml").read_text("utf-8")
    assert lexicon_of(text, tmp_path)
    with pytest.raises(BriefingError, match=r"it needs dates\.weekdays$"):
        lexicon_of(re.sub(r"(?m)^weekdays = .*$", "", text), tmp_path)
    # Currencies, numbers in words and the like are words of the language itself.
    assert lexicon_of(re.sub(r"(?m)^SEK = .*$", "", text), tmp_path)


def test_a_lexicon_that_is_no_toml_says_so(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match=r"xx\.toml cannot be read"):
        lexicon_of("[numbers", tmp_path)


# ----------------------------------------------------------------------- nothing is read that is not there


class Watched(dict[str, Any]):
    """A table that remembers which of its entries were asked for."""

    def __init__(self, table: dict[str, Any], asked: set[str], path: str = "") -> None:
        super().__init__()
        self.asked, self.path = asked, path
        for name, value in table.items():
            here = f"{path}.{name}".lstrip(".")
            self[name] = Watched(value, asked, here) if isinstance(value, dict) else value

    def _ask(self, name: str) -> None:
        self.asked.add(f"{self.path}.{name}".lstrip("."))

    def __getitem__(self, name: str) -> Any:
        self._ask(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._ask(name)
        return super().get(name, default)


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """What the program asks of a lexicon when every check has a case to look at."""
    names: set[str] = set()
    watched = Lexicon("watched", Watched(dict(words_of("en").words), names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "of_language", lambda tag: watched)
        every = [case for module in (ferries_cases(), facts.BAD, registers.BAD) for case in cases_of(module)]
        for case in every:
            runner.run(Subject(case.library, case.editions, values.TODAY))
        quantities.find("12 ferries", watched)
        draft_project.facts(["Anna Holm said that 12 ferries will call."], "en")
    return names


def cases_of(table: dict[str, list[Any]]) -> Iterator[Any]:
    for cases in table.values():
        yield from cases


def ferries_cases() -> dict[str, list[Any]]:
    """Sentences that bring every check over prose to ask for its words."""
    return {
        "all": [
            ferries.said("Norrvik has ordered all [four ferries](fact:ferries.count) in total, perhaps."),
            ferries.said("“Sources confirm” it is historic: [a study](fact:ferries.study) for the FPR."),
            ferries.said("The mayor says that it will perhaps rain."),
            ferries.said("[The charter](fact:ferries.charter) is in force; the yard has built them."),
            ferries.said("The port said yes; [the charter](fact:ferries.charter) took effect in May."),
            ferries.said("It begins in [](fact:ferries.start)."),
            ferries.said("Norrvik has ordered [nearly three tugs](fact:ferries.tugs)."),
            ferries.said("It is likely that [new ferries](fact:ferries.need) are confirmed. We say so?"),
            ferries.said("Norrvik has ordered [about 13 tugs](fact:ferries.tugs)."),
            ferries.said("[A good 11 tugs](fact:ferries.tugs) are over half the world, and a hundred more."),
            ferries.said(
                "[EUR 10](fact:ferries.second-loan), or EUR 10 in 2039 prices, is less than"
                " [EUR 20](fact:ferries.third-loan), or EUR 21."
            ),
            ferries.said("[12.5 per cent](fact:ferries.share) is old; the other 87.5 per cent is not."),
            ferries.said("Norrvik now flies [the tugs](fact:ferries.tugs) in use, confirmed."),
            ferries.said(
                "All [buses](fact:ferries.buses) delivered; several sources confirm [fog](fact:ferries.fog)."
            ),
            ferries.said("Holm adds [four ferries](fact:ferries.count) to [11 tugs](fact:ferries.tugs)."),
            ferries.said(
                "[Four ferries](fact:ferries.count), [11 tugs](fact:ferries.tugs): a package of papers,"
                " the whole affair, the sum of our hopes."
            ),
            ferries.said(
                "It all comes to a vote on the plus side: [four ferries](fact:ferries.count),"
                " [11 tugs](fact:ferries.tugs)."
            ),
            ferries.said("Thousands of words are about [four ferries](fact:ferries.count)."),
            ferries.said("Other bakers print the same release: Holm's [new ferries](fact:ferries.need)."),
            ferries.said("Holm, 61, and a dozen bakers saw [four ferries](fact:ferries.count) at 8.15."),
            ferries.said("At 58, Holm says, [four ferries](fact:ferries.count) will do."),
            ferries.said(
                "[Four ferries](fact:ferries.count), [11 tugs](fact:ferries.tugs), put together with care."
            ),
            ferries.said(
                "[Four ferries](fact:ferries.count), [11 tugs](fact:ferries.tugs), taken together,"
                " the bakers say."
            ),
            ferries.said("None is as historic as [a study](fact:ferries.study)."),
            ferries.said("None is more historic than [a study](fact:ferries.study)."),
            ferries.said("Bravely, the mayor says that [a study](fact:ferries.study) is due."),
            ferries.said("Norrvik has confirmed its visit on [new ferries](fact:ferries.need)."),
            ferries.said("[Four ferries](fact:ferries.count) are for children under seven."),
            ferries.said("He asked three times; two for, ten minutes against [them](fact:ferries.count)."),
            ferries.said("[Four ferries](fact:ferries.count) were asked for in two odd rooms."),
            ferries.said("The supplier says that [new ferries](fact:ferries.need) are needed."),
            ferries.said("An independent check of Holm's [new ferries](fact:ferries.need) is asked for."),
        ]
    }


def test_every_list_that_is_asked_for_stands_in_every_lexicon(asked: set[str]) -> None:
    """A misspelt name of a list would find nothing, silently."""
    optional = re.compile(r"rungs\.[a-z-]+\.(done|future|nouns|inside|safe)|deeds\..*|roles\.spellings\..*")
    for language in LANGUAGES:
        missing = {
            path for path in asked if not has(words_of(language).words, path) and not optional.fullmatch(path)
        }
        assert not missing, f"lexicons/{language}.toml lacks {sorted(missing)}"


def has(table: Any, path: str) -> bool:
    for name in path.split("."):
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_is_asked_for(language: str, asked: set[str]) -> None:
    idle = {path for path, _ in lists(words_of(language).words) if not is_asked(path, asked)}
    assert not idle, f"nothing reads {sorted(idle)}"


def is_asked(path: str, asked: set[str]) -> bool:
    parent = path.rpartition(".")[0]
    if parent.startswith("numbers.measures."):
        path, parent = parent, "numbers.measures"
    whole = parent in (
        "numbers.currencies",
        "numbers.bounds",
        "numbers.periods",
        "rephrased.shares",
        "numbers.measures",
    )  # by entry
    return path in asked or (whole and parent in asked)


TRIED = [
    "signed the? contract|deal",
    "signed",
    "in order",
    "bring ... ashore",
    "conclud*",
    "*ing of",
    "n't",
    "state-of-the-art",
    "_ years away",
]
SAID = [
    "They signed the contract, and signed again.",
    "They have signed; the deal is concluded in order to bring the ships ashore.",
    "The painting of state-of-the-art ships isn't twenty years away.",
    "SIGNED CONTRACT: unsigned, resigned, signed-up.",
    "Nothing of the kind.",
    "",
]


@pytest.mark.parametrize("text", SAID)
def test_phrases_are_found_as_one_expression_finds_them(text: str) -> None:
    slow, quick = lexicon.pattern(TRIED), lexicon.Phrases(TRIED)
    assert [match.span() for match in quick.finditer(text)] == [match.span() for match in slow.finditer(text)]
    for place in range(len(text)):
        assert (quick.match(text, place) is None) is (slow.match(text, place) is None)
        found, expected = quick.search(text, place), slow.search(text, place)
        assert (found and found.span()) == (expected and expected.span())


def test_an_empty_list_of_phrases_finds_nothing() -> None:
    assert lexicon.Phrases([]).search("anything") is None
