"""Numbers, dates and currencies written as in ordinary text, and what to write instead.

Nothing is corrected silently, because a reader of the content must see there what a brief prints. A hint
lists all readings of an ambiguous form.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.language import lexicon, source_words

_OPENING, _CLOSING = "“”„«»‘’‚‹›", "“”«»‘’‹›"
_GROUPED = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<mark>[,.'’ \u00a0\u202f])\d{3})(?:(?P=mark)\d{3})*)(?P<scale> \w+)?"
)
_THREE_AFTER_DOT = re.compile(r"(?P<whole>[1-9]\d{0,2})\.(?P<part>\d{3})")
_PLAIN_NUMBER = re.compile(r"[+]?(?P<minus>-?)(?P<whole>\d*)(?P<part>(?:\.\d+)?)(?P<scale> \w+)?(?<=[\da-z])")
_DECIMAL_COMMA = re.compile(r"(?P<whole>\d+),(?P<part>\d{1,2}|\d{4,})(?P<scale> \w+)?")
_SCALES = ("thousand", "million", "billion", "trillion")
_IN_DIGITS = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_TIME_AFTER = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})(?:[/.-](?P<day>\d{1,2}))?")
_IN_WORDS = (
    re.compile(
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? )?(?P<month>[^\W\d]+)\.?,? (?P<year>\d{4})", re.I
    ),
    re.compile(r"(?P<month>[^\W\d]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? ?(?P<year>\d{4})", re.I),
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?", re.I)
STRAIGHT_QUOTES = "typographic quotation marks do not count; type straight ones"


def is_quoted_typographically(text: str) -> bool:
    """Return whether a text begins with a typographic quotation mark."""
    return text[:1] in tuple(_OPENING)


def is_quotation_open(text: str) -> bool:
    """Return whether a text begins with a typographic quotation mark and does not end with one."""
    return is_quoted_typographically(text) and text[-1:] not in tuple(_CLOSING)


def without_quotes(text: str) -> str:
    """Return a text without the typographic quotation marks at its ends."""
    return text.lstrip(_OPENING).rstrip(_CLOSING).strip()


def slug(text: str) -> str:
    """Return a name for files and links, made from words: "Report (final).v2" -> "report-final-v2"."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "-".join(
        re.findall("[a-z0-9]+", "".join(item for item in letters if not unicodedata.combining(item)))
    )


def ambiguous_number(text: str) -> str:
    """Return a hint for a number such as 12.000, whose dot groups digits in many languages; else ""."""
    match = _THREE_AFTER_DOT.fullmatch(text)
    if not match:
        return ""
    small = f"{match['whole']}.{match['part']}".rstrip("0").rstrip(".")
    small = small if match["part"].endswith("0") else f"{small}0"
    return f"write {match['whole']}{match['part']} or {small}, whichever is meant"


def number(text: str) -> str:
    """Return a hint for a number with grouped digits, a decimal comma or odd characters; else ""."""
    if plain := _odd_number(text):
        return f"write {plain}"
    if match := _DECIMAL_COMMA.fullmatch(text):
        return f"write a decimal point: {match['whole']}.{match['part']}{match['scale'] or ''}"
    if other := _scale_of_another_language(text):
        return f"write {other}"
    match = _GROUPED.fullmatch(text)
    if not match or (match["scale"] and match["scale"].strip() not in _SCALES):
        return ""
    digits = int(re.sub(r"\D", "", match["whole"]))
    names = {",": "commas", ".": "dots", " ": "spaces", "\u00a0": "spaces", "\u202f": "spaces"}
    written = [f"{digits}{match['scale'] or ''}"]
    if not match["scale"]:
        written += [f"{digits // size} {scale}" for scale, size in _ROUND if digits % size == 0][:1]
    return f"no {names.get(match['mark'], 'apostrophes')} in a number: write {' or '.join(written)}"


def _scale_of_another_language(text: str) -> str:
    """Return a number with a scale in the words that content has: 2 Milliarden are 2 billion; else ""."""
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s?([^\W\d_]+)\.?", text)
    if not match or match[2] in _SCALES:
        return ""
    word = match[2].casefold()
    for tag in source_words.languages():
        if tag == "en":
            continue
        for size, names in source_words.of_language(tag).table("times").items():
            if word in (name.rstrip(".").casefold() for name in lexicon.spelled(names)):
                scale = next((name for name, of in _EVERY if of == int(size)), "")
                return f"{match[1].replace(',', '.')} {scale}" if scale else ""
    return ""


_EVERY = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6), ("thousand", 10**3))


def _odd_number(text: str) -> str:
    """Return how to write a number with a leading zero or plus, a typographic minus or other digits."""
    digits = "".join(str(unicodedata.decimal(item, item)) for item in text)
    digits = digits.replace("\u2212", "-").replace("_", "")
    match = _PLAIN_NUMBER.fullmatch(digits)
    if not match or not match["whole"] + match["part"]:
        return ""
    plain = f"{match['minus']}{match['whole'].lstrip('0') or '0'}{match['part']}{match['scale'] or ''}"
    return plain if plain != text else ""


_ROUND = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))


def date(text: str) -> str:
    """Return a hint for a date in another form, with each of its readings; else ""."""
    found = list(dict.fromkeys(_readings(_TIME_AFTER.sub("", _WEEKDAY.sub("", " ".join(text.split()))))))
    if len(found) == 1:
        return f"write {_edtf(*found[0])}"
    return "write " + ", or ".join(f"{_edtf(*item)} for {_words(*item)}" for item in found) if found else ""


def _readings(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield year, month and day of each reading of a date; 0 for a day that is not given."""
    wanted: list[tuple[int, int, int]] = []
    if match := _IN_DIGITS.fullmatch(text):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        # Dates with dots have the day first.
        wanted = [(year, second, first), *([(year, first, second)] if match["mark"] != "." else [])]
    elif match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        wanted = [(int(match["year"]), int(match["month"]), int(match["day"] or 0))]
    for pattern in _IN_WORDS:
        match = pattern.fullmatch(text)
        if match and (month := _months().get(match["month"].casefold())):
            wanted.append((int(match["year"]), month, int(match["day"] or 0)))
    for year, month, day in wanted:
        try:
            datetime.date(year, month, day or 1)
        except ValueError:
            continue
        yield year, month, day


def _edtf(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def _words(year: int, month: int, day: int) -> str:
    name = next(name for name, number in _months().items() if number == month)
    return f"{day} {name.capitalize()} {year}"


@functools.cache
def _months() -> Mapping[str, int]:
    """Return the names and short names of months in every language that checks know."""
    known = [*_tables("dates", "months")]
    known += [source_words.of_language(tag).table("dates")["months"] for tag in source_words.languages()]
    found: dict[str, int] = {}
    for tables in known:
        for index, names in enumerate(tables, start=1):
            for name in names:
                found.setdefault(name.rstrip(".").casefold(), index)
    return found


def _tables(section: str, name: str) -> Iterator[Any]:
    for language in lexicon.languages():
        known = lexicon.of_language(language)
        if known:
            yield known.words[section][name]


def currency(text: str) -> str:
    """Return a hint on what to write instead of the name or the symbol of a currency."""
    meant = _currencies(text)
    if len(meant) > 1:
        *others, last = meant
        return f"write {', '.join(others)} or {last}, whichever is meant"
    for code, phrase in meant.items():
        is_all_of_it = len(phrase.split()) == 1 or len(text.split()) > 1
        return (
            f"for {text} write {code}" if is_all_of_it else f"if the {_first(phrase)} is meant, write {code}"
        )
    return "write a three-letter code such as EUR, GBP or USD"


def _currencies(text: str) -> dict[str, str]:
    """Return the known currencies that a name or a symbol may mean: code -> phrase."""
    found: dict[str, str] = {}
    for currencies in _tables("numbers", "currencies"):
        for code, phrases in currencies.items():
            for phrase in phrases:
                if _is_meant(text, phrase):
                    found.setdefault(code, phrase)
    return found


def _first(phrase: str) -> str:
    """Return a phrase of a lexicon with the first of its alternatives."""
    return " ".join(word.partition("|")[0] for word in phrase.split())


def _is_meant(text: str, phrase: str) -> bool:
    """Return whether a text is a phrase or its short form: "dollars" for "Canadian dollars"."""
    if re.fullmatch(lexicon.expression(phrase), text, re.IGNORECASE):
        return True
    last = phrase.rsplit(maxsplit=1)[-1]
    return bool(re.fullmatch(lexicon.expression(last), text, re.IGNORECASE)) or (
        not text.isalnum() and len(text) == 1 and phrase.endswith(text)
    )
