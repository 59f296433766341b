"""Language tags by BCP 47: whether a text is one, and which one a name of a language means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*",
    re.IGNORECASE,
)
_NAMED_IN = ("en", "fr", "de", "uk", "ru", "es", "it", "pl")
"""The languages in which every language is known by its name."""
_OWN_NAMES = (
    *(
        "ar",
        "bg",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "el",
        "et",
        "eu",
        "fa",
        "fi",
        "ga",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
    ),
    *(
        "is",
        "ja",
        "ka",
        "kk",
        "ko",
        "lt",
        "lv",
        "mk",
        "mt",
        "nl",
        "no",
        "pt",
        "ro",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
    ),
    *("tr", "vi", "zh"),
)
"""Further languages that are known by the name that they have for themselves."""


def is_tag(text: str) -> bool:
    """Return whether a text is the tag of a language, spelt as usual: en, en-GB, zh-Hant."""
    match = _TAG.fullmatch(text)
    # Not every language with a code of three letters is in Babel's data.
    return match is not None and text == _usual(match) and (len(match["language"]) > 2 or _has_name(match))


def meant(text: str) -> str:
    """Return the tag that a name, a country or an odd spelling means: English -> en, ua -> uk; or ""."""
    wanted = " ".join(text.replace("_", "-").split())
    match = _TAG.fullmatch(wanted)
    if match and (_has_name(match) or (len(match["language"]) > 2 and "-" in wanted)):
        return _usual(match)
    for code, name in _names():
        if name.casefold() == wanted.casefold():
            return code
    official = get_official_languages(wanted.upper()) if re.fullmatch("[A-Za-z]{2}", wanted) else ()
    return official[0].replace("_", "-") if official else ""


def _usual(match: re.Match[str]) -> str:
    """Return a tag with its parts in the usual capitals."""
    found = {name: part or "" for name, part in match.groupdict().items()}
    head = [found["language"].lower(), found["script"].title(), found["region"].upper()]
    return "-".join(filter(None, head)) + match.group()[len("-".join(filter(None, found.values()))) :].lower()


def _has_name(match: re.Match[str]) -> bool:
    return match["language"].lower() in Locale("en").languages


def _names() -> Iterator[tuple[str, str]]:
    """Yield tags of languages, each with one of the names of the language."""
    for known in _NAMED_IN:
        yield from ((code.replace("_", "-"), name) for code, name in Locale(known).languages.items())
    for code in _OWN_NAMES:
        try:
            yield code, Locale(code).get_language_name(code) or ""
        except UnknownLocaleError:
            continue
