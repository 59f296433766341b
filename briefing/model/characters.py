"""Characters that a reader cannot see or takes for others: the one rule for what is read, typed or taken in.

What is printed has to be what was checked. So a text has no characters that are invisible or turn the
direction of others, a word has letters of one script, and a number has digits of one system. Where a
language needs such a character it stays: a joiner within a Persian or Hindi word or an emoji, a Greek letter
of a unit (``μm``), Latin letters beside Chinese ones. ``shown`` makes all of a text visible.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model.look_alikes import LOOK_ALIKES

_BESIDE_LATIN = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "YI", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
)
"""Scripts without blanks between words, so that a word of another script touches theirs."""
_OTHERS = frozenset(
    (
        *("ARABIC", "HEBREW", "SYRIAC", "THAANA", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
        *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "ETHIOPIC", "CANADIAN", "MONGOLIAN", "NKO"),
        *("ADLAM", "JAVANESE", "BALINESE"),
    )
)
LOOKING_ALIKE = {ord(letter): plain for plain, letters in LOOK_ALIKES.items() for letter in letters}
"""Code of a letter -> the letter or digit of ASCII that it looks like, for ``str.translate``."""
UNMIXED = _BESIDE_LATIN | _OTHERS
"""Scripts whose letters nobody takes for Latin, Greek or Cyrillic ones."""
_JOINING = _OTHERS | {"MYANMAR", "KHMER", "TIBETAN", "MANDAIC", "PHAGS-PA"}
"""Scripts in which a joiner or non-joiner within a word says how its letters are written."""
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    "\u00ad\u034f\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_HIDDEN = re.compile(f"[{_TURNS}{_UNSEEN}]")
_TURN = re.compile(f"[{_TURNS}]")
_OVER_DIGIT = re.compile(f"(?<=[0-9.,])[{_MARKS}]")
_NOT_SHOWN = re.compile(f"[{_TURNS}{_UNSEEN}{_CONTROLS}]")
_WORD = re.compile(rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_MARKS}]*)*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_IN_NUMBERS = ".,'’٫٬"
_DIGITS = re.compile(rf"\d+(?:[{_IN_NUMBERS}]\d+)*")
_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|[\u24b6-\u24e9\U0001f110-\U0001f189]+|\d+")
_O_FOR_ZERO = re.compile(r"(?<![\w.,])\d[\d.,]*(?:O+(?![^\W\dO])|[lI](?=\d))[\dOlI.,]*(?!\w)(?<![.,])")
"""A capital O, or within digits a small L or a capital I, in what looks like a number."""
_FEW = 3
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\(?:u\{|[uUx])?([0-9a-fA-F]{2,8})")
_LINE_ENDS = ("\u00ad", "\u200b", "\u2060")
"""Soft hyphen, zero-width space and word joiner: a line may end here, or not."""
_PASTED = "delete it; it often comes from text pasted from another program"


@dataclass(frozen=True, slots=True)
class Odd:
    """A place in a text at which a reader sees something else than the program reads."""

    check: str
    """Slug of the finding."""
    index: int
    message: str
    hint: str


def find(text: str, *, is_template: bool = False) -> Iterator[Odd]:
    """Yield what is hidden or mixed in a text, each kind in order; also what an entity of HTML would print.

    A template writes characters as escapes too, and may name those that say where a line ends.
    """
    if "&" in text:
        import html  # most texts have none

        for match in _ENTITY.finditer(text):
            written = html.unescape(match.group())
            if not (is_template and written in _LINE_ENDS):
                yield from _written_as(match.group(), written, match.start())
    if is_template and "\\" in text:
        for match in _ESCAPE.finditer(text):
            code = int(match[1], 16)
            if code <= 0x10FFFF and _HIDDEN.match(chr(code)) and chr(code) not in _LINE_ENDS:
                yield from _written_as(match.group(), chr(code), match.start())
    if text.isascii():
        return
    for match in _HIDDEN.finditer(text):
        if not _belongs(text, match.start()):
            what = f"{named(match.group())}, which {_effect(match.group())}"
            yield Odd("hidden-character", match.start(), f"there is {what}", _PASTED)
    for match in _OVER_DIGIT.finditer(text):
        message = f"there is {named(match.group())} over a figure, which looks like another one with it"
        yield Odd("hidden-character", match.start(), message, _PASTED)
    yield from _mixed_words(text)
    yield from _mixed_numbers(text)


def is_odd(text: str) -> bool:
    """Return whether anything is hidden or mixed in a text."""
    return next(find(text), None) is not None


def named(character: str) -> str:
    """Return the name of a character for a message: SOFT HYPHEN (U+00AD)."""
    kind = "control" if unicodedata.category(character) == "Cc" else "character"
    return f"{unicodedata.name(character, f'the {kind}')} ({_code(character)})"


def shown(text: str) -> str:
    """Return a text for a terminal or a message, in which what cannot be seen is visible: ``⟨U+202E⟩``.

    Line breaks and tabs stay, and so do joiners where a language needs them.
    """
    if text.isprintable():
        return text

    def visible(match: re.Match[str]) -> str:
        index, character = match.start(), match.group()
        return character if _HIDDEN.match(character) and _belongs(text, index) else f"⟨{_code(character)}⟩"

    return _NOT_SHOWN.sub(visible, text)


def shown_name(name: str) -> str:
    """Return the name of a file or a folder on one line, in which everything can be seen."""
    return shown(name).replace("\n", "⟨U+000A⟩").replace("\t", "⟨U+0009⟩")


def is_plain_name(name: str) -> bool:
    """Return whether the name of a file is what it looks like: valid in UTF-8, and nothing hidden in it."""
    return (name.isascii() and name.isprintable()) or shown_name(name) == name


def without_hidden(text: str) -> tuple[str, frozenset[str]]:
    """Return a text without what is hidden in it, and the characters that it had."""
    gone: set[str] = set()
    if text.isprintable():
        return text, frozenset()
    parts, done = [], 0
    for match in _NOT_SHOWN.finditer(text):
        if not _belongs(text, match.start()):
            parts.append(text[done : match.start()])
            done = match.end()
            gone.add(match.group())
    return "".join((*parts, text[done:])), frozenset(gone)


@functools.lru_cache(maxsize=65536)
def script_of(letter: str) -> str:
    """Return the script of a letter, by the first word of its name: LATIN; "" if every script has it."""
    name = unicodedata.name(letter, "")
    first = name.partition(" ")[0]
    is_letter = unicodedata.category(letter)[0] == "L" and first not in ("MODIFIER", "MATHEMATICAL")
    if first in ("FULLWIDTH", "HALFWIDTH"):
        return name.split()[1] if is_letter else ""
    kinds = (" LETTER", " SYLLAB", " IDEOGRAPH", " LIGATURE", " DIGRAPH", " VOWEL")
    return first if is_letter and (first == "HANGUL" or any(kind in name for kind in kinds)) else ""


def plain_letter(letter: str) -> str:
    """Return the letter or digit of ASCII that another letter looks like; "" if it looks like none."""
    return LOOKING_ALIKE.get(ord(letter), "") if len(letter) == 1 else ""


def disguised(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield words and numbers of a Latin text that read as others: their place, and how they read.

    These are words all of look-alikes, words in letters of mathematics or in circles, joined letters such as
    the one for fi, numbers in digits of another script, and a capital O among digits.
    """
    for match in _O_FOR_ZERO.finditer(text):
        yield match.start(), match.group(), re.sub("[OlI]", _digit_for, match.group())
    if text.isascii():
        return
    for match in _LETTERS_OR_DIGITS.finditer(text):
        word = match.group()
        if not word.isascii() and (plain := _plain_word(word)):
            yield match.start(), word, plain


def _digit_for(match: re.Match[str]) -> str:
    return "0" if match.group() == "O" else "1"


@functools.lru_cache(maxsize=65536)
def _plain_word(word: str) -> str:
    """Return how a word reads that is written in other characters than it seems; "" for any other."""
    if word.isdecimal():
        return "".join(str(unicodedata.decimal(digit)) for digit in word)
    letters = [_plain_form(letter) for letter in word]
    if not all(letters) or "".join(letters) == word:
        return ""
    if len(word) == 1 and script_of(word) == "GREEK" and not letters[0].isdigit():
        return ""  # α, ρ
    raised = [unicodedata.decomposition(letter).startswith(("<super>", "<sub>")) for letter in word]
    if any(raised) and (not all(raised) or len(word) < _FEW):
        return ""  # 2ᵉ, Mᵐᵉ
    return "".join(letters)


def _plain_form(letter: str) -> str:
    """Return a letter of a Latin text, or what it looks like; "" for a letter that is plainly another."""
    if letter.isascii():
        return letter
    if plain := plain_letter(letter):
        return plain
    form = unicodedata.normalize("NFKC", letter)
    if form != letter and form.isascii() and form.isalnum():
        return form
    if plain := plain_letter(form):
        return plain  # a Greek letter in the bold of mathematics
    return letter if script_of(letter) == "LATIN" else ""


def _code(character: str) -> str:
    code = ord(character)
    # Python reads a byte of a file's name that is not UTF-8 as one of these.
    return f"byte {code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def _effect(character: str) -> str:
    return "turns the order of the text" if _TURN.match(character) else "nobody can see"


def _written_as(written: str, characters: str, index: int) -> Iterator[Odd]:
    """Yield what an entity or an escape prints, if it is hidden or a letter or digit of another script."""
    if written.endswith(";") and written == characters:
        return  # no entity
    for character in characters:
        if _HIDDEN.match(character):
            message = f"'{written}' prints {named(character)}, which {_effect(character)}"
            yield Odd("hidden-character", index, message, "delete it")
        elif not character.isascii() and (character.isdecimal() or script_of(character) not in ("", "LATIN")):
            message = f"'{written}' prints {named(character)}"
            yield Odd("mixed-script", index, message, "write the character itself")


def _belongs(text: str, index: int) -> bool:
    """Return whether a language or an emoji needs the invisible character at a place."""
    character = text[index]
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if not before:
        return False
    if character in "\u200c\u200d":
        if _is_of(before, _JOINING):
            is_within = bool(after) and _is_of(after, _JOINING)
            return is_within or unicodedata.combining(before) == 9
        return character == "\u200d" and _is_emoji(before) and bool(after) and _is_emoji(after)
    if "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100":
        if unicodedata.category(before) == "So":
            return character in "\ufe0e\ufe0f"
        return script_of(before) == "CJK"
    if "\u180b" <= character <= "\u180f":
        return script_of(before) == "MONGOLIAN"
    return False


def _is_of(character: str, scripts: frozenset[str]) -> bool:
    """Return whether a letter, or a mark upon one, is of one of some scripts."""
    is_part = unicodedata.category(character)[0] in "LM"
    return is_part and unicodedata.name(character, "").partition(" ")[0] in scripts


def _is_emoji(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk") or character == "\ufe0f"


def _mixed_words(text: str) -> Iterator[Odd]:
    done = 0
    while other := _NOT_ASCII.search(text, done):
        start = other.start()
        while start > done and text[start - 1].isalpha():
            start -= 1
        match = _WORD.match(text, start)
        if match is None or match.end() <= other.start():
            done = other.end()
            continue
        done = match.end()
        if strange := _strange_in(match.group()):
            yield _mixed(match.group(), strange, match.start())


@functools.lru_cache(maxsize=65536)
def _strange_in(word: str) -> str:
    """Return the first letter of a word in another script than most of it; "" where it has only one."""
    counts = Counter(script_of(letter) for letter in word)
    counts.pop("", None)
    if len(counts) < 2:
        return ""
    for script in _BESIDE_LATIN:
        counts.pop(script, None)
    if {*counts} == {"LATIN", "GREEK"} and not any(
        script_of(letter) == "GREEK" and plain_letter(letter) for letter in word
    ):
        return ""  # a unit or a symbol: μm, ΔT
    if len(counts) < 2:
        return ""
    most = max(counts, key=lambda script: (counts[script], script == "LATIN"))
    return next(letter for letter in word if script_of(letter) in counts and script_of(letter) != most)


def _mixed(word: str, strange: str, start: int) -> Odd:
    scripts = list(dict.fromkeys(filter(None, map(script_of, word))))
    names = " and ".join(", ".join(name.title() for name in scripts).rsplit(", ", 1))
    message = f"'{word}' has letters of {names}: {named(strange)}"
    hint = "type the word again with one keyboard; put a hyphen between parts of two scripts"
    return Odd("mixed-script", start + word.index(strange), message, hint)


def _mixed_numbers(text: str) -> Iterator[Odd]:
    done = 0
    while other := _FOREIGN_DIGIT.search(text, done):
        start = other.start()
        while start > done and (text[start - 1].isdecimal() or text[start - 1] in _IN_NUMBERS):
            start -= 1
        match = _DIGITS.search(text, start)
        if match is None:
            return
        number, done = match.group(), max(match.end(), other.end())
        systems = {ord(digit) - unicodedata.decimal(digit) for digit in number if digit.isdecimal()}
        if len(systems) > 1:
            digit = next(digit for digit in number if _FOREIGN_DIGIT.match(digit))
            message = f"'{number}' has digits of two scripts: {named(digit)}"
            yield Odd("mixed-script", match.start(), message, "write the number with the digits 0 to 9")
