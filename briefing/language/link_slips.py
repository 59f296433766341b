"""Slips in fact links: what looks like a link in a text and is none, so that its characters would be printed.

One rule decides. Apart from code and from the links that are read, prose has no address but one of the web or
of the site, no name of a record as links write it, no brace, and no bracket without its partner. A plain
text, which has no links at all, has no address of a record. Characters that only look like those of a link
(full-width forms, invisible characters, a colon of another script) count as what they look like.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.language import markdown_blocks
from briefing.language.markdown_blocks import BlockKind
from briefing.language.wording import FORMS
from briefing.model import fact_links
from briefing.model.findings import nearest_of

_WORD = r"[a-z0-9]+(?:-+[a-z0-9]+)*"
_KEY = rf"{_WORD}\.{_WORD}"
_PAIR = re.compile(rf"(?<![a-z0-9-])(?=(?P<key>{_KEY}))")
_TOKEN = re.compile(r"(?<![a-z0-9-])[a-z0-9-]++(?:[._/=|][a-z0-9-]++)+")
_BEFORE_KEY = re.compile(r"(?:.*[/=|_])?(?:facts?[._/=|-]?)?")
"""What may be right before a key: the rest of an address, or a scheme without its colon."""
_GLUED = re.compile(r"(?<![a-z])facts?[ ]?:(?=[^\sa-z0-9]*[a-z0-9])|\]\S{0,3}f?act(?=\S{0,200}[.:;#/]\w)")
"""A scheme with an address right after it; "it is a fact: they signed" has a space there."""
_LIKE_SCHEME = re.compile(rf"(?<![a-z])[a-z]{{1,6}}\s*[:;]\s*(?P<key>{_KEY})(?![a-z0-9-])")
"""A short word with a colon and a key after it: a scheme with a slip, if the key is nearly one."""
_RECORD = re.compile(
    r"(?<![a-z])(?P<kind>actor|source|system|origin|sheet|brief|page|gap|milestone|judgement|disagreement)s?:"
    rf"(?P<name>{_WORD}(?:\.{_WORD})?)(?![a-z0-9])"
)
_ADDRESS = re.compile(
    r"\](?P<gap>[ \t]*\w?)\((?P<address>[^()\[\]\n]*(?:\([^()\[\]\n]*\)[^()\[\]\n]*)*)(?P<close>\)?)"
)
_AUTOLINK = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_DEFINED = re.compile(r"^[ ]{0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<address>[^\n]*)", re.MULTILINE)
_OF_WEB = re.compile(r"<?(?:https?://|mailto:)[^\s<>]+>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?")
_OF_SITE = re.compile(
    r"(?:[\w/-]|\.\.?/)*+(?<=[\w-])\.(?:html|pdf|md|csv|json|xml|ics|txt)(?:#[\w-]+)?|#[\w-]+"
)
_LIKE_ADDRESS = re.compile(rf"(?i:https?:|mailto:|[a-z]{{1,6}}[:;]\S|f[a-z]{{1,4}}\s?\W?\s?{_KEY})")
_BRACES = re.compile(r"\{+[^{}\n]{0,200}\}*|\}+")
_TEMPLATE_BRACES = re.compile(r"\{[{%#][^{}\n]{0,200}[}%#]*\}*|\{\s*facts?\b[^{}\n]{0,200}\}?", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,200}?-->", re.DOTALL)
_FORM_AFTER = re.compile(rf"(?:[ ]?#)?(?P<form>{'|'.join(filter(None, FORMS))})\b")
_ODD_BRACKETS = re.compile(r"\[\s*\]|\[\^[^\[\]\n]*\]|\[[^\[\]\n]*\][ ]?\[(?P<label>[^\[\]\n]*)\]")
_FACT_ADDRESS = re.compile(rf"\({fact_links.SCHEME}[^)\s]{{0,2000}}\)")
_WORDS_BEFORE = re.compile(r"[\[［](?P<words>[^\[\]{}［］]*)[\]］]")
_END_OF_ADDRESS = re.compile(r"[^\s,;!?\"”“]*")
_MAY_HAVE_SLIPS = re.compile(r"\w\W{0,3}[.․]\W{0,3}\w|\w\s*[^\w\s]\s*\w|[&%{]|\]\(|<!")
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,32});|%[0-9A-Fa-f]{2}")
_UNFOLDED = re.compile(r"[^&%\\\u0080-\U0010ffff]+")
"""Characters that look like themselves, apart from their case."""
_FULL_WIDTH = str.maketrans("［］｛｝", "[]{}")
_COLONS = dict.fromkeys(map(ord, "∶꞉ː˸։׃ः⁚፡ܼ︓"), ":")
_LOOKALIKES = str.maketrans("аеорсхуіѕјο‐‑‒–−․", "aeopcxyisjo-----.")
"""Letters of other scripts that look like Latin ones to a reader."""

_FORM = fact_links.write("sheet.name", words="words")
_A_LINK_IS = f"a fact link is {_FORM}"
_PLAIN = (
    "this field is plain text, without links: write only the words; a fact is linked in the bottom line, in "
    "the text of a brief or page, and in the basis of a judgement"
)


@dataclass(frozen=True)
class Targets:
    """The names to which a text can mean to link."""

    facts: Mapping[str, bool] = field(default_factory=dict)
    """Key -> whether the fact has a value, which a link without words prints."""
    records: dict[str, Collection[str]] = field(default_factory=dict)
    """Kind of record (actor, source, gap ...) -> the names of its records."""

    @functools.cached_property
    def sheets(self) -> frozenset[str]:
        """The sheets of the facts."""
        return frozenset(key.partition(".")[0] for key in self.facts)

    def entry(self, key: str) -> str:
        """Return the kind of the record beside the facts that has a key; empty if there is none."""
        return next((kind for kind in reversed(self.records) if key in self.records[kind]), "")

    def hint(self, written: str) -> str:
        """Return how to write a link instead of some characters: with their key, words and form."""
        key = self.meant(written)
        if not key:
            return f"write {_FORM}, without spaces or other characters in it"
        form = next((name for name in re.findall(r"#([a-z]+)", written) if name in FORMS), "")
        words = _WORDS_BEFORE.match(written)
        if words and (words["words"].strip() or form or self.facts[key]):
            return f"write {fact_links.write(key, form, ' '.join(words['words'].split()))}"
        with_words = fact_links.write(key, words="words")
        if form or self.facts[key]:
            return f"write {fact_links.write(key, form)}, or {with_words} with words of your own"
        return f"write {with_words}"

    def meant(self, written: str) -> str:
        """Return the key of the fact that some characters name, also with a slip; empty if there is none."""
        found = [match["key"] for match in _PAIR.finditer(_folded(written).text)]
        found += [re.sub(r"^facts?", "", word) for word in found]
        exact = next((word for word in found if word in self.facts), "")
        if exact or any(word in names for names in self.records.values() for word in found):
            return exact
        return next(filter(None, (self.near(word) for word in found)), "")

    def near(self, key: str) -> str:
        """Return the key that is the same but for a slip or two; empty if there is none."""
        return nearest_of(key, self.facts, cutoff=0.85)


@dataclass(frozen=True, slots=True)
class LinkSlip:
    """One stretch of a text that looks like a link and is none."""

    start: int
    end: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in the characters that it looks like, with the place of each in the original."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original for a stretch of the folded text."""
        return self.places[start], self.places[end - 1] + 1


def in_prose(text: str, targets: Targets) -> Iterator[LinkSlip]:
    """Yield what looks like a link in a Markdown text and is none, in order."""
    links = tuple(fact_links.find(text))
    rest = _without(text, links, with_words=True)
    bare = _ESCAPE.sub(lambda match: " " * len(match.group()), rest.translate(_FULL_WIDTH))
    found = [*_addresses_of_records(rest, targets), *_web_links(bare, targets)]
    found += _outside(_braces(bare, targets), found)
    found += _outside(_beside_links(text, links), found)
    blocks = markdown_blocks.find(text)
    starts = [block.start for block in blocks]
    touched = {bisect.bisect(starts, slip.start) for slip in found}
    labels = frozenset(match["label"].strip().casefold() for match in _DEFINED.finditer(bare))
    for number, block in enumerate(blocks, 1):
        if number not in touched and block.kind is not BlockKind.CODE:
            found += _brackets(bare, block.start, block.end, labels)
            found += _code_around_links(text, block.start, block.end)
    return _in_order(found)


def in_plain_text(text: str, targets: Targets) -> Iterator[LinkSlip]:
    """Yield what looks like a link in a text that cannot have any, in order."""
    if not _MAY_HAVE_SLIPS.search(text):
        return iter(())
    found = list(_addresses_of_records(text, targets, is_prose=False))
    for pattern in (_ADDRESS, _TEMPLATE_BRACES, _COMMENT):
        for match in pattern.finditer(text):
            if pattern is not _ADDRESS or (not match["gap"] and match["close"]):
                found.append(
                    LinkSlip(*match.span(), f"'{_shown(match.group())}' would be printed as it is", "")
                )
    return _in_order(dataclasses.replace(slip, hint=_PLAIN) for slip in found)


# ---------------------------------------------------------------------------------------------- the rules


def _addresses_of_records(text: str, targets: Targets, *, is_prose: bool = True) -> Iterator[LinkSlip]:
    """Yield the addresses of facts and other records, and the keys of facts and entries."""
    seen = _folded(text)
    for match in _GLUED.finditer(seen.text):
        start, end = seen.span(*match.span())
        end = _end_of_address(text, end)
        is_of_web = "://" in re.split(r"\s", text[max(0, start - 300) : start])[-1]
        is_key = _PAIR.search(seen.text, match.end(), match.end() + 80)
        if (is_prose or is_key) and (not is_of_web or targets.meant(text[start:end])):
            yield LinkSlip(start, end, _no_link(text[start:end]), targets.hint(text[start:end]))
    for match in _LIKE_SCHEME.finditer(seen.text):
        if match["key"].partition(".")[0] in targets.sheets or targets.near(match["key"]):
            start, end = seen.span(*match.span())
            yield LinkSlip(start, end, _no_link(text[start:end]), targets.hint(text[start:end]))
    for match in _TOKEN.finditer(seen.text):
        yield from _keys(match, seen, text, targets)
    for match in _RECORD.finditer(seen.text):
        if match["name"] in targets.records.get(match["kind"], ()):
            start, end = seen.span(*match.span())
            message = f"'{_shown(text[start:end])}' would be printed as it is: only facts are linked"
            yield LinkSlip(start, end, message, f"write words for the {match['kind']}, without its name here")


def _keys(match: re.Match[str], seen: _Folded, text: str, targets: Targets) -> Iterator[LinkSlip]:
    """Yield the key of a fact or of an entry that ends one of the words of a text."""
    word = match.group()
    for dot in (index for index, character in enumerate(word) if character == "."):
        before = re.search(r"(?<![a-z0-9-])[a-z0-9-]+$", word[:dot])
        after = re.match(r"[a-z0-9-]+", word[dot + 1 :])
        if not before or not after or word[dot + 1 + after.end() :].startswith("."):
            continue
        for name in dict.fromkeys((before.group(), re.sub("^facts?-?", "", before.group()))):
            key = f"{name}.{after.group()}"
            is_apart = _BEFORE_KEY.fullmatch(word[: dot - len(name)])
            if not is_apart or (key not in targets.facts and not targets.entry(key)):
                continue
            start, end = seen.span(match.start() + dot - len(name), match.start() + dot + 1 + after.end())
            if len(key) < len("it.is") and text[start:end] != key:
                continue  # "U.S." is no key
            if key in targets.facts:
                message = f"the key '{key}' is outside a fact link and would be printed as it is"
                yield LinkSlip(start, end, message, targets.hint(key))
            else:
                message = f"'{key}' would be printed as it is: only facts are linked"
                hint = f"say in words what the {targets.entry(key)} says; a brief prints it by its 'sheets:'"
                yield LinkSlip(start, end, message, hint)
            return


def _web_links(bare: str, targets: Targets) -> Iterator[LinkSlip]:
    """Yield links and definitions whose addresses are neither of the web nor of the site."""
    for match in _ADDRESS.finditer(bare):
        address = match["address"].strip()
        if match["gap"]:
            is_good = not _LIKE_ADDRESS.match(_folded(address).text)
        else:
            is_good = bool(match["close"] and (_OF_WEB.fullmatch(address) or _OF_SITE.fullmatch(address)))
        opened = bare.rfind("[", max(0, match.start() - 300), match.start())
        start = opened if opened >= 0 and "\n\n" not in bare[opened : match.start()] else match.start()
        if is_good or bare[start - 1 : start] == "!":  # a picture has a check of its own
            continue
        written = bare[start : match.end()]
        what, hint = "a fact link", _hint_for(written, address, targets)
        if match["gap"] and _OF_WEB.fullmatch(address):
            what, hint = "a link", f"write {re.sub('] +', ']', written)}"
        yield LinkSlip(start, match.end(), _no_link(written, what), hint)
    for match in (*_AUTOLINK.finditer(bare), *_DEFINED.finditer(bare)):
        address = match["address"].strip()
        if not _OF_WEB.fullmatch(address):
            yield LinkSlip(
                *match.span(), _no_link(match.group().strip()), _hint_for(address, address, targets)
            )


def _hint_for(written: str, address: str, targets: Targets) -> str:
    if _OF_WEB.match(address):
        return "write [words](https://address), with nothing but the address in round brackets"
    match = _RECORD.search(_folded(address).text)
    if match and match["name"] in targets.records.get(match["kind"], ()):
        return f"only facts are linked: write words for the {match['kind']}, without its name here"
    hint = targets.hint(written)
    return hint if targets.meant(written) else f"{hint}; for a page of the web, write its https address"


def _braces(bare: str, targets: Targets) -> Iterator[LinkSlip]:
    for match in _BRACES.finditer(bare):
        inside = match.group().strip("{}% ")
        key = targets.meant(inside) or targets.meant(re.sub(r"[_ /:-]", ".", inside, count=1))
        hint = targets.hint(key) if key else r"only templates have braces; to print one, write \{ or \}"
        message = f"'{_shown(match.group())}' would be printed with its braces"
        yield LinkSlip(*match.span(), message, hint)


def _beside_links(text: str, links: Sequence[fact_links.Link]) -> Iterator[LinkSlip]:
    """Yield what is beside a fact link and belongs into it, and links that a cell or paragraph ends."""
    if not links:
        return
    masked = _without(text, links)
    blocks = markdown_blocks.find(text)
    starts = [block.start for block in blocks]
    for link in links:
        if match := _FORM_AFTER.match(text, link.end):
            hint = f"write {fact_links.write(link.key, match['form'], link.words)}"
            yield LinkSlip(*match.span(), f"the form '{match.group().strip()}' is outside its link", hint)
        number = bisect.bisect(starts, link.start)
        is_row = number and blocks[number - 1].kind is BlockKind.ROW and re.search(r"(?<!\\)\|", link.words)
        if is_row or number != bisect.bisect(starts, link.end - 1):
            message = (
                f"the words of this fact link {'contain |' if is_row else 'are in two paragraphs or items'}"
            )
            yield LinkSlip(link.start, link.end, message, "keep the link in one cell, paragraph or item")
    for index in (index for block in blocks for index in _unpaired(masked, block.start, block.end, "()")):
        start = index - len(re.split(r"\s", text[max(0, index - 300) : index])[-1])
        is_after = masked[index] == ")" and any(start < link.end <= index for link in links)
        if is_after or (masked[index] == "(" and any(link.start == index + 1 for link in links)):
            message = f"the '{text[index]}' beside the fact link has no partner and would be printed"
            yield LinkSlip(index, index + 1, message, f"delete it, or write its partner; {_A_LINK_IS}")


def _brackets(bare: str, start: int, end: int, labels: Collection[str]) -> Iterator[LinkSlip]:
    """Yield the first square bracket that no sentence has: empty, alone, or two beside one another."""
    hint = f"{_A_LINK_IS}; to print a bracket, write \\[ or \\]"
    for match in _ODD_BRACKETS.finditer(bare, start, end):
        if match["label"] is None or match["label"].strip().casefold() not in labels:
            yield LinkSlip(*match.span(), f"'{_shown(match.group())}' would be printed as it is", hint)
            return
    for index in _unpaired(bare, start, end, "[]")[:1]:
        message = f"the bracket '{bare[index]}' has no partner and would be printed"
        yield LinkSlip(index, index + 1, message, hint)


def _code_around_links(text: str, start: int, end: int) -> Iterator[LinkSlip]:
    """Yield the first backtick of a paragraph where one without a partner has made a fact link code."""
    part = text[start:end]
    rest = fact_links.without_code(part)
    has_lone = part.count("`") > 2 and re.search(r"(?<!\\)`", rest)
    if has_lone and any(not rest[slice(*match.span())].strip() for match in _FACT_ADDRESS.finditer(part)):
        index = start + part.index("`")
        message = "a backtick has no partner in this paragraph, so a fact link became code"
        yield LinkSlip(index, index + 1, message, r"delete the backtick, or write \` to print it")


# ----------------------------------------------------------------------------------------------- reading


def _without(text: str, links: Iterable[fact_links.Link], *, with_words: bool = False) -> str:
    """Return the text with spaces for its code and for its fact links, except for their words if asked."""
    made = fact_links.without_code(text)
    for link in links:
        kept = fact_links.without_code(link.words) if with_words else ""
        blank = re.sub(r"[^\n]", " ", text[link.start + 1 + len(kept) : link.end])
        made = f"{made[: link.start]} {kept}{blank}{made[link.end :]}"
    return made


def _folded(text: str) -> _Folded:
    """Return a text in small letters, with the plain form of each character and without invisible ones."""
    if text.isascii() and not any(character in text for character in "&%\\"):
        return _Folded(text.lower(), range(len(text)))
    made: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(text):
        if run := _UNFOLDED.match(text, index):
            made.append(run.group().lower())
            places += range(*run.span())
            index = run.end()
            continue
        size, characters = 1, text[index]
        if match := _ENTITY.match(text, index):
            size, characters = len(match.group()), _decoded(match.group())
        elif _ESCAPED.match(text, index):
            characters = ""
        plain = _plain(characters)
        made.append(plain)
        places += [index] * len(plain)
        index += size
    return _Folded("".join(made), places)


def _decoded(entity: str) -> str:
    """Return the character that an entity of HTML or an escape of an address means."""
    if not entity.startswith("%"):
        return html.unescape(entity)
    character = chr(int(entity[1:], 16))
    return character if character.isascii() and character.isprintable() else entity


def _plain(characters: str) -> str:
    if characters.isascii():
        return characters.lower()
    flat = unicodedata.normalize("NFKD", characters.translate(_COLONS)).casefold()
    shown = "".join(item for item in flat if unicodedata.category(item) not in ("Cf", "Mn", "Me"))
    return shown.translate(_LOOKALIKES)


def _end_of_address(text: str, end: int) -> int:
    """Return the end of the address of which a scheme is the beginning."""
    match = _END_OF_ADDRESS.match(text, end)
    return end + len(match.group().rstrip(".:)]}>'’*_")) if match else end


def _unpaired(text: str, start: int, end: int, pair: str) -> list[int]:
    """Return the places of brackets of one sort without a partner in a part of a text."""
    opened: list[int] = []
    alone: list[int] = []
    for match in re.compile(f"[{re.escape(pair)}]").finditer(text, start, end):
        index = match.start()
        if match.group() == pair[0]:
            opened.append(index)
        elif opened:
            opened.pop()
        else:
            alone.append(index)
    return sorted((*alone, *opened))


def _outside(slips: Iterable[LinkSlip], found: Iterable[LinkSlip]) -> list[LinkSlip]:
    """Return the slips that touch none of those found before."""
    known = tuple(found)
    return [one for one in slips if not any(one.start <= it.end and it.start <= one.end for it in known)]


def _in_order(slips: Iterable[LinkSlip]) -> Iterator[LinkSlip]:
    """Yield slips in order; of those that overlap only the first."""
    last = -1
    for slip in sorted(slips, key=lambda slip: (slip.start, -slip.end)):
        if slip.start > last:
            yield slip
            last = slip.end


def _no_link(written: str, what: str = "a fact link") -> str:
    return f"'{_shown(written)}' is not in the form of {what}"


def _shown(written: str) -> str:
    flat = " ".join(written.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}…"
