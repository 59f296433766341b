"""The words of a project: units, ways of giving money, nouns, names and house style."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from briefing.model.findings import Place
from briefing.model.scales import DateStyle, Instrument, MoneyStyle, Noun
from briefing.model.values import Slug, at_nowhere


@dataclass(frozen=True, slots=True)
class UnitNames:
    """One unit: how a brief prints it, and the words that sources have for it."""

    unit: str
    """The unit, or the word of a unit, as values have it: trams."""
    names: tuple[str, ...] = ()
    """Words of sources for it, in any language: rames, Straßenbahnen, трамвай*; ``*`` is any ending."""
    one: str = ""
    """The unit as it is printed after the number 1: tram."""
    many: str = ""
    """The unit as it is printed after other numbers: trams."""
    short: str = ""
    """The unit as it is printed in tables: MW; by default as elsewhere."""
    per: str = ""
    """The unit as it is printed after "per": tram; by default as it is written in the value."""
    language: str = ""
    """The language of these printed forms, such as fr; by default they are printed in every language."""

    @property
    def called(self) -> tuple[str, ...]:
        """Every word by which a passage may name it."""
        return tuple(dict.fromkeys(filter(None, (*self.names, self.one, self.many, self.short, self.per))))


@dataclass(frozen=True, slots=True)
class Translation:
    """A name in one language."""

    language: str
    """The language, such as fr."""
    name: str
    """The name in it."""


@dataclass(frozen=True, slots=True)
class InstrumentWords:
    """A way in which money is given that the program does not know by itself."""

    id: Slug
    """Its name under ``instrument`` of a value."""
    name: str
    """Its name as briefs print it."""
    names: tuple[str, ...] = ()
    """Words of sources for it, in any language; ``*`` is any ending. A cited passage must have one."""
    translations: tuple[Translation, ...] = ()
    """Its name in other languages."""
    at: Place = at_nowhere()


@dataclass(frozen=True, slots=True)
class NounWords:
    """A plain noun of the project for one of the things that the program calls by a general word."""

    of: Noun
    """The thing: system or matter."""
    one: str
    """The noun for one of them: tram line."""
    many: str
    """The noun for several: tram lines."""
    language: str = ""
    """The language of the noun, such as fr; by default it is printed in every language."""


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """The words and the house style of a project."""

    units: tuple[UnitNames, ...] = ()
    """Units with their printed forms and the names that sources use."""
    instruments: tuple[InstrumentWords, ...] = ()
    """Ways in which money is given, besides those of the program."""
    nouns: tuple[NounWords, ...] = ()
    """Plain nouns for what the program calls a system or a matter, in menus and headings."""
    names: tuple[str, ...] = ()
    """Names and abbreviations that need no explanation."""
    money: MoneyStyle = MoneyStyle.CODE
    """How running text prints money: code (EUR 90 billion), symbol (€90bn) or name (90 billion euros)."""
    dates: DateStyle = DateStyle.LONG
    """How running text prints days: long (17 November 2025), short (17 Nov 2025) or iso (2025-11-17)."""
    at: Place = at_nowhere()

    def unit(self, name: str, language: str) -> UnitNames | None:
        """Return the printed forms of a unit in a language; None where it is printed as it is written."""
        return _forms(self.units).get((name, language.partition("-")[0])) or _forms(self.units).get(
            (name, "")
        )

    def instrument(self, name: str, language: str) -> str:
        """Return the printed name of an instrument of the project; empty where it has none of that name."""
        found = next((item for item in self.instruments if item.id == name), None)
        if found is None:
            return ""
        primary = language.partition("-")[0]
        return next((item.name for item in found.translations if item.language == primary), found.name)

    def noun(self, of: Noun, language: str) -> NounWords | None:
        """Return the noun of the project for a thing in a language; None where it has none."""
        primary = language.partition("-")[0]
        fitting = [item for item in self.nouns if item.of is of and item.language in ("", primary)]
        return max(fitting, key=lambda item: item.language, default=None)

    @property
    def instrument_names(self) -> tuple[str, ...]:
        """The names that ``instrument`` may have: those of the program, then those of the project."""
        return (*(item.value for item in Instrument), *(str(item.id) for item in self.instruments))


@functools.lru_cache(maxsize=64)
def _forms(units: tuple[UnitNames, ...]) -> dict[tuple[str, str], UnitNames]:
    return {
        (item.unit, item.language.partition("-")[0]): item
        for item in units
        if item.one or item.many or item.short or item.per
    }


NO_WORDS = ProjectWords()
"""The words of a project that has none of its own."""
