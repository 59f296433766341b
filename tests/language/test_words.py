"""The words that the program prints: complete in every language, all used, and nowhere else."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator
from enum import Enum
from pathlib import Path

import pytest

from briefing.changes.fact_fields import ChangeKind
from briefing.content import ladders
from briefing.language import scale_texts, words
from briefing.language.words import NAMED, Words
from briefing.model.scales import Bound, Likelihood
from tests.conftest import REPOSITORY

ENGLISH = words.entries("en")
LANGUAGES = words.languages()
TEMPLATES = sorted((REPOSITORY / "templates").rglob("*.j2"))
SCRIPT = REPOSITORY / "templates/site/search.js"
SOURCES = sorted((REPOSITORY / "briefing").rglob("*.py"))

CHOICES = {
    "value.money": {"code", "what"},
    "value.money_million": {"code", "what"},
    "value.money_million_vowel": {"code", "what"},
    "date.century": {"n", "roman"},
}
"""Entries of which a language prints one place or the other."""
SCALES: dict[str, type[Enum]] = {
    **{table: scale for scale, table in NAMED.items()},
    **{table: scale for scale, table in scale_texts._MEANINGS.items()},
    "bound": Bound,
    "likelihood_also": Likelihood,
}
"""Tables that have an entry for each step of a scale."""
OF_PROGRAM = ladders.of_program()
COMMITMENTS = OF_PROGRAM["commitments"]
OF_LADDERS: dict[str, Collection[str]] = {
    "status": [rung.id for rung in COMMITMENTS.rungs],
    "status_meaning": [rung.id for rung in COMMITMENTS.rungs],
    "stage": [group.id for group in COMMITMENTS.groups],
    "flag": {flag.id for ladder in OF_PROGRAM.values() for flag in ladder.all_flags},
}
for name, ladder in OF_PROGRAM.items():
    if name != "commitments":
        OF_LADDERS[name] = OF_LADDERS[f"{name}_meaning"] = [rung.id for rung in ladder.rungs]
        OF_LADDERS[f"{name}_group"] = [group.id for group in ladder.groups]
"""Tables that have an entry for each part of a ladder of the program."""


def _places(entry: words.Entry) -> set[str]:
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


# ------------------------------------------------------------------------------------- every language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_entries_and_places_of_english(language: str) -> None:
    found = words.entries(language)
    assert found.keys() == ENGLISH.keys()
    for key, entry in found.items():
        wanted, given = _places(ENGLISH[key]), _places(entry)
        choice = CHOICES.get(key, set())
        # A form can say its number in a word: one, none, all.
        assert given - choice - {"n"} == wanted - choice - {"n"}, key
        assert not choice or given & choice, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_with_forms_has_those_of_its_language(language: str) -> None:
    locale = words.locale_of(language)
    for key, entry in words.entries(language).items():
        if not isinstance(entry, str):
            kinds = locale.ordinal_form.tags if "nth-other" in entry else locale.plural_form.tags
            allowed = {f"nth-{kind}" for kind in kinds} if "nth-other" in entry else set(kinds)
            assert entry.keys() <= allowed | {"other", "nth-other"} | {"0"}, key
            assert {"other", "nth-other"} & entry.keys(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_plain_text(language: str) -> None:
    for key, entry in words.entries(language).items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            marks = set(text) & set("<>&*_|\\")
            assert not marks or key.startswith("data."), f"{key} has {marks}"
            assert "'" not in text or key == "redline.markdown_key", f"{key}: write ’"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [*SCALES, *OF_LADDERS])
def test_a_scale_has_words_for_each_step(language: str, table: str) -> None:
    found = {key.partition(".")[2] for key in words.entries(language) if key.partition(".")[0] == table}
    steps = OF_LADDERS[table] if table in OF_LADDERS else [str(step.value) for step in SCALES[table]]
    assert found == set(steps)


def test_french_is_set_with_no_break_spaces() -> None:
    for key, entry in words.entries("fr").items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert not re.search(r"(?<![\u00a0\w{}()*])[:;?!%»](?!\w)", text.replace("TLP:", "")), key
            assert not re.search(r" [:;?!%»]|« |«(?!\u00a0)", text), key


def test_a_number_chooses_its_form() -> None:
    assert Words("en")("count.facts", n=1) == "1 statement"
    assert Words("en")("count.facts", n=1806) == "1,806 statements"
    assert Words("fr")("count.facts", n=0) == "0 énoncé"
    assert Words("fr")("count.facts", n=1806) == "1\u202f806 énoncés"
    assert Words("en")("date.century", n=21, roman="XXI") == "the 21st century"
    assert Words("en")("date.century", n=12, roman="XII") == "the 12th century"
    assert Words("fr")("date.century", n=19, roman="XIX") == "XIXe siècle"


def test_unknown_words_are_an_error_and_missing_ones_are_english() -> None:
    with pytest.raises(KeyError, match=r"no words 'brief.nothing'"):
        Words("en")("brief.nothing")
    with pytest.raises(KeyError, match="several forms"):
        Words("en")("count.facts")
    assert Words("xx")("brief.sources") == "Sources"


# ------------------------------------------------------------------------------------------- their use


def _texts() -> Iterator[tuple[Path, str]]:
    for path in (*TEMPLATES, *SOURCES):
        yield path, path.read_text("utf-8")


def test_every_entry_that_is_asked_for_is_there() -> None:
    for path, text in _texts():
        for asked in re.findall(r"\bsay(?:_here|_of_edition)?\(([^()]*)", text):
            first = asked.partition(", ")[0] if " if " not in asked else asked
            for key in re.findall(r"(?<!f)[\"']([a-z_]+\.[a-z0-9_-]+)[\"']", first):
                assert key in ENGLISH, f"{path.name} asks for '{key}'"


def test_every_entry_is_used() -> None:
    written = "\n".join(text for _, text in _texts())
    literal = set(re.findall(r"[\"']([a-z_]+\.[a-z0-9_ -]+)[\"']", written))
    made_up = set(re.findall(r"f[\"']([a-z_]+\.[a-z0-9_]*)\{", written))
    literal |= {f"{key}{end}" for key in literal for end in ("_with", "_light", "_by", "_all", "_million")}
    literal |= {f"{key}_vowel" for key in literal}
    kinds = {turn.key for turn in ChangeKind}
    literal |= kinds | {f"{key}{end}" for key in kinds for end in ("_with", "_light")}
    made_up -= {"change."}
    unused = {
        key
        for key in ENGLISH
        if key not in literal
        and key.partition(".")[0] not in (*SCALES, *OF_LADDERS)
        and not any(key.startswith(start) for start in made_up)
    }
    assert not unused, f"nothing prints {sorted(unused)}"


# ------------------------------------------------------------------------------------- no words elsewhere

SAME = {
    "TLP": "the Traffic Light Protocol is never translated",
    "sha256": "the name of an algorithm",
    "Briefing": "the name of the program",
    "Markdown": "the name of a kind of file",
    "BibTeX": "the name of a kind of file",
    "RIS": "the name of a kind of file",
}
"""Literal text that templates may have, each with its reason."""
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_READ = re.compile(r'(?<![\w-])(?:title|aria-label|alt|placeholder|data-label)="([^"]*)"')
_TECHNICAL = re.compile(r"[a-z0-9_.#/:;,%=\\\s(){}<>–-]*|[A-Z]{2,8}|Markdown|[^\w]*")
"""Names, paths and file kinds in the code of a template: they are no words for readers."""


def _words_in(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_][\w’]*", text) if word not in SAME}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.name))
def test_a_template_has_no_words_of_its_own(template: Path) -> None:
    text = _COMMENT.sub("", template.read_text("utf-8"))
    printed = _CODE.sub("\0", text)
    shown = re.sub(r"<[^>]*>", " ", printed).replace("&#160;", " ").replace("&#8288;", " ")
    read = " ".join(_READ.findall(printed))
    assert not _words_in(shown) | _words_in(read), "put them into language/words/en.toml"
    for code in _CODE.findall(text):
        for literal in re.findall(r'"([^"]*)"', code):
            assert _TECHNICAL.fullmatch(literal), f"'{literal}' belongs into language/words/en.toml"


def test_the_script_has_no_words_of_its_own() -> None:
    text = re.sub(r"/\*.*?\*/", "", SCRIPT.read_text("utf-8"), flags=re.DOTALL)
    literals = re.findall(r'"([^"\n]*)"', text)
    technical = {"use strict", "NFKD", "ArrowDown", "ArrowUp", "Escape", "status status-", " …", "… "}
    sentences = [item for item in literals if re.search(r"[^\W\d_] [^\W\d_]|^[A-Z]", item)]
    assert set(sentences) <= technical, "put them into language/words/en.toml, as search.script_…"
