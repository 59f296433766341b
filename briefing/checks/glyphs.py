"""The check for characters that no font has: what a brief prints must be printable in every PDF of it."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.checks.base import Check, Subject
from briefing.model.briefs import Brief
from briefing.model.editions import Edition
from briefing.model.findings import Finding, Place, Severity
from briefing.model.library import Library, Project
from briefing.model.values import place_of

MAX_NAMED = 3
"""A finding names at most this many characters."""
_FONTS = {
    "CJK": "Noto Sans SC",
    "HIRAGANA": "Noto Sans JP",
    "KATAKANA": "Noto Sans JP",
    "HANGUL": "Noto Sans KR",
}
"""First word of a character's name -> a font that has such characters."""


def characters(editions: Iterable[Edition], project: Project) -> frozenset[str]:
    """Return every character that some editions print, and the pictures of the site."""
    return printed(editions).union(*_on_pictures(project))


def printed(editions: Iterable[Edition]) -> frozenset[str]:
    """Return every character that some editions print."""
    return frozenset().union(*(text for edition in editions for text in _printed(edition)))


def missing_glyph(subject: Subject, _: Iterable[object]) -> Iterator[Finding]:
    """Yield texts of the content with characters without a font, for each brief that prints them."""
    if not subject.unprintable:
        return
    found: dict[tuple[Place, str], list[str]] = {}
    project = subject.library.project
    for text in _on_pictures(project):
        if words := _those_of(subject.unprintable, text):
            found[_first(words, text, project.at), words] = list(subject.library.briefs)
    for edition in subject.editions:
        printed = " ".join(map(_plain, _printed(edition)))
        odd = subject.unprintable & frozenset(printed)
        for at, words in _places(odd, printed, edition, subject.library) if odd else ():
            briefs = found.setdefault((at, words), [])
            briefs += [edition.brief] if edition.brief not in briefs else []
    for (at, words), briefs in found.items():
        message = f"no font has {_named(words)}"
        if len(briefs) == len(subject.library.briefs):
            yield Finding("", message, at, _hint(words))
            continue
        for brief in briefs:
            whose = f", which brief '{brief}' prints" if len(briefs) > 1 else ""
            yield Finding("", message + whose, at, _hint(words), brief=brief)


def _on_pictures(project: Project) -> tuple[str, ...]:
    """Return the texts on the pictures of a site; one without an address of its own has none."""
    return (project.title, project.subtitle, project.publisher) if project.base_url else ()


def _printed(edition: Edition) -> Iterator[str]:
    """Yield the texts of an edition that are on paper: a note's card, for instance, is on screens only."""
    yield from _texts((edition.title, edition.subtitle, edition.owner, edition.publisher, edition.sections))
    yield from _texts((edition.authors, edition.imprint))
    yield from _texts((edition.as_of, edition.label, edition.notice, edition.counts, edition.scales))
    yield from _texts((edition.newest, edition.checked))
    yield from (note.text for note in edition.notes)
    for reference in edition.references:
        yield from (reference.label, reference.text, reference.title, reference.origins)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text within a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _places(
    odd: frozenset[str], printed: str, edition: Edition, library: Library
) -> Iterator[tuple[Place, str]]:
    """Yield where the content has the characters that an edition prints, each with those of that text."""
    brief = library.briefs[edition.brief]
    left = set(odd)
    others: list[tuple[Place, str]] = []
    for text, at, is_own in _written(brief, library):
        words = _those_of(odd, text)
        if not words:
            continue
        place = _first(words, text, at)
        # A text of this brief is printed; one of a record only if the brief shows that record.
        # A table prints a statement without its full stop.
        if is_own or _plain(text).removesuffix(".") in printed:
            left -= set(words)
            yield place, words
        else:
            others.append((place, words))
    for place, words in others:
        if lost := "".join(character for character in words if character in left):
            left -= set(lost)
            yield place, lost
    if left:  # a template prints it
        yield brief.at, "".join(sorted(left))


def _those_of(odd: frozenset[str], text: str) -> str:
    """Return the characters of a text that are among some, each once, in the order of the text."""
    return "".join(dict.fromkeys(character for character in text if character in odd))


def _first(words: str, text: str, at: Place) -> Place:
    """Return the place of the first of some characters in a text."""
    return place_of(text, at, words[0])


def _written(brief: Brief, library: Library) -> Iterator[tuple[str, Place, bool]]:
    """Yield every text that a brief can print, with its place, and whether it is the brief's own."""
    yield from ((text, at, True) for text, at in _placed(brief, brief.at))
    kinds: tuple[Mapping[str, Any], ...] = (
        library.sheets,
        library.sources,
        library.origins,
        library.actors,
        library.systems,
        library.matters,
        library.ladders,
    )
    records = [library.project, *(record for kind in kinds for record in kind.values())]
    for record in records:
        yield from ((text, at, False) for text, at in _placed(record, record.at))


def _placed(value: Any, at: Place) -> Iterator[tuple[str, Place]]:
    """Yield the texts within a record, each with the place of the innermost record that has one."""
    if isinstance(value, str):
        yield value, at
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _placed(item, at)
    elif isinstance(value, tuple):
        for item in value:
            yield from _placed(item, at)
    elif dataclasses.is_dataclass(value):
        inner = getattr(value, "at", at)
        for field in dataclasses.fields(value):
            yield from _placed(getattr(value, field.name), inner if inner.path else at)


def _plain(text: str) -> str:
    """Return a text without the marks that Markdown adds, and with single spaces."""
    return " ".join(re.sub(r"[\\*_]", "", text).split())


def _named(words: str) -> str:
    """Return characters by their Unicode names."""
    named = [_name(character) for character in words[:MAX_NAMED]]
    more = len(words) - len(named)
    if more:
        return f"{', '.join(named)} and {more} other character{'s' * (more != 1)} of this text"
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Co":
        return f"the private-use character {code}"
    return f"{unicodedata.name(character, 'the unassigned character')} ({code})"


def _hint(words: str) -> str:
    if all(unicodedata.category(character) in ("Co", "Cn") for character in words):
        return "write another character: nothing says what this one looks like or means"
    script = unicodedata.name(words[0], "").partition(" ")[0].partition("-")[0]
    example = _FONTS.get(script, "one of the Noto fonts")
    return f"put a font that has it into the folder fonts/, such as {example}; or write it in other letters"


CHECKS = (
    Check(
        "missing-glyph",
        Severity.ERROR,
        "A brief prints a character that no font has: neither the usual fonts, nor those for other scripts "
        "that are installed with the program, nor those in the project's folder fonts/. Private-use "
        "characters count as such always.",
        "A PDF would show an empty box, and nobody could see what was written there.",
        "the title of a source in Chinese, and fonts/NotoSansSC.ttf in the project",
        "the title of a source in Chinese, and no such font",
        compare=missing_glyph,
        gathers_from=(),
        reads_fonts=True,
        may_be_suppressed=False,
    ),
)
