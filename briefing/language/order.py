"""The order in which a reader looks for names: numbers by their value, capitals and accents aside."""

from __future__ import annotations

import functools
import re
import unicodedata

_NUMBER = re.compile(r"(\d+)")
_LAST = "\u052f"
"""Behind every letter of an alphabet."""
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ґ": f"г{_LAST}", "ё": f"е{_LAST}", "є": f"е{_LAST}", "і": f"и{_LAST}", "ї": f"и{_LAST}"}
)
"""Letters in the place of others, or next to the letter that they follow in their alphabets."""
_FIRST_OF_CYRILLIC = "\u0400"
"""Marks on letters before this one are accents; later ones make other letters, such as й of и."""

Order = tuple[tuple[tuple[int, int, str], ...], str]
"""What names are compared by: their parts, numbers before words; then the names themselves."""


@functools.lru_cache(maxsize=65536)
def natural(name: str) -> Order:
    """Return what sorts a name as a reader expects: Brief 2 before Brief 10, Édouard beside Edward."""
    parts = filter(None, _NUMBER.split(unaccented(name).translate(_LETTERS)))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts), name


def unaccented(text: str) -> str:
    """Return a text in small letters and single spaces, with letters of Latin and Greek without accents."""
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(character):
            base = character
        elif base < _FIRST_OF_CYRILLIC:
            continue
        kept.append(character)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
