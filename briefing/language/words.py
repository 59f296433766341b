"""The words that the program itself prints, in the language of a brief or of the site.

They are data: a file in ``words/`` for each language, whose tables hold named entries. Nothing else in the
program, its templates or its scripts has words of its own for readers; messages to authors are in English.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from importlib import resources
from typing import Any

from babel import Locale, UnknownLocaleError, lists, numbers

from briefing.model.findings import BriefingError
from briefing.model.ladders import COMMITMENTS, Flag, Group, Ladder, Status
from briefing.model.scales import ActorKind, Confidence, FactKind, Instrument, Likelihood

_FOLDER = "words"
_COMPLETE = "en"
"""The language whose words are printed where another has no entry."""
NAMED: Mapping[type[Enum], str] = {
    ActorKind: "actor_kind",
    Confidence: "confidence",
    FactKind: "kind",
    Instrument: "instrument",
    Likelihood: "likelihood",
}
"""The scales whose steps have words, each with the table of these."""
_TABLES = {"": "status", COMMITMENTS: "status"}
"""The tables with the words of ladders, where that is not the id of the ladder."""
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "system": ("menu.systems", "fact.systems", "list.systems", "search.system", "search.one_system"),
    "matter": ("matters.menu", "matters.matter", "search.matter", "search.one_matter"),
}
"""The entries in which a project's own noun is printed, by the thing that it is for."""
_COUNTS = frozenset({"n", "of", "all", "part", "whole", "cited", "left"})
"""The places for counts, whose digits are grouped; years and the numbers of editions are in others."""
_SINGULAR = ("matters.matter", "search.one_system", "search.one_matter")
"""Those of them that name one."""
Entry = str | Mapping[str, str]
"""A text, or its forms by plural category."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by the tag of a brief: en-GB has the words of en."""

    language: str
    nouns: tuple[tuple[str, str, str], ...] = ()
    """The nouns of the project in place of general words in menus and headings: system, matter."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return an entry with its values in place; ``n`` chooses the form. Raises KeyError without one."""
        return self.pattern(key, values.get("n")).format(**self.shown(values))

    def pattern(self, key: str, number: object = None) -> str:
        """Return an entry with its places still open, in the form for a number."""
        if key not in entries(_COMPLETE):
            raise KeyError(f"there are no words '{key}'; add them to language/words/{_COMPLETE}.toml")
        for thing, one, many in self.nouns:
            if key in _HEADINGS[thing]:
                noun = one if key in _SINGULAR else many
                return (noun[:1].upper() + noun[1:]).replace("{", "{{").replace("}", "}}")
        entry = self.forms(key)
        return entry if isinstance(entry, str) else self._form(key, entry, number)

    def forms(self, key: str) -> Entry:
        """Return an entry as it is in the file, for a script that puts the values in place."""
        return entries(self.language).get(key) or entries(_COMPLETE)[key]

    def _form(self, key: str, forms: Mapping[str, str], number: object) -> str:
        if not isinstance(number, int | Decimal):
            raise KeyError(f"the words '{key}' have several forms; give their number n, found {number!r}")
        locale = locale_of(self.language)
        count = Decimal(number).copy_abs()
        known = (str(number), locale.plural_form(count), f"nth-{locale.ordinal_form(count)}")
        return next(forms[form] for form in (*known, "other", "nth-other") if form in forms)

    def shown(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return values as an entry prints them: counts are grouped, a step has its words."""
        found: dict[str, object] = {}
        for name, value in values.items():
            if name in _COUNTS and isinstance(value, int):
                found[name] = numbers.format_decimal(value, locale=locale_of(self.language))
            else:
                found[name] = self.named(value) if isinstance(value, Enum | Status | Flag) else value
        return found

    def or_itself(self, key: str) -> str:
        """Return an entry, or the key where there is none: a name that is the same in every language."""
        return self(key) if key in entries(_COMPLETE) else key

    def named(self, step: Enum | Status | Flag) -> str:
        """Return the words of a step of a scale: in service. A grade or a marking is its own word."""
        if isinstance(step, Status | Flag):
            own = "flag" if isinstance(step, Flag) else _TABLES.get(step.ladder, step.ladder)
            key = f"{own}.{step.id}"
            # One of a project's own ladder that cannot be read has no words but its id.
            return step.name or (self(key) if key in entries(_COMPLETE) else step.words)
        table = NAMED.get(type(step))
        return self(f"{table}.{step.value}") if table else str(step.value)

    def ladder(self, ladder: Ladder) -> str:
        """Return the name of a ladder: Status of a commitment."""
        key = "scale.status" if ladder.id == COMMITMENTS else f"ladder.{ladder.id}"
        return ladder.name or self(key)

    def group(self, group: Group, ladder: Ladder) -> str:
        """Return the words of a group of a ladder: under way or done."""
        table = "stage" if ladder.id == COMMITMENTS else f"{ladder.id}_group"
        return group.name or self(f"{table}.{group.id}")

    def listed(self, items: Iterable[str], is_choice: bool = False) -> str:
        """Return some words as a list: A, B and C, or A, B or C."""
        style: Any = "or" if is_choice else "standard"
        return lists.format_list(list(items), style=style, locale=locale_of(self.language))

    @property
    def separator(self) -> str:
        """What separates cells for spreadsheets in this language: no comma where numbers have one."""
        return ";" if numbers.get_decimal_symbol(locale_of(self.language)) == "," else ","


def languages() -> tuple[str, ...]:
    """Return the languages that have words, English first."""
    folder = resources.files("briefing.language") / _FOLDER
    names = (item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: (name != _COMPLETE, name)))


def is_known(language: str) -> bool:
    """Return whether the program has words and Babel's data for a language."""
    try:
        return _primary(language) in languages() and bool(locale_of(language))
    except (ValueError, UnknownLocaleError):
        return False


@functools.cache
def locale_of(language: str) -> Locale:
    """Return Babel's data of a language."""
    return Locale.parse(language, sep="-")


@functools.cache
def entries(language: str) -> Mapping[str, Entry]:
    """Return the entries of a language, by its tag, by their names: brief.sources. Raises BriefingError."""
    return _read(_primary(language))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


@functools.cache
def _read(language: str) -> Mapping[str, Entry]:
    path = resources.files("briefing.language") / _FOLDER / f"{language}.toml"
    if not re.fullmatch("[a-z]{2,3}", language) or not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BriefingError(f"the words {language}.toml cannot be read: {error}") from error
    return {f"{table}.{name}": entry for table, found in tables.items() for name, entry in found.items()}
