"""Tell-tales: what would betray, in a file, that something withheld got into it.

What readers at a level are given is made of their view and of the program's own words, and of nothing else.
So whatever the whole library says and neither of these does is a tell-tale:

* a *word* of at least five letters, of a name four, which no record of the view and no template has; of a
  name also with another ending;
* a *phrase*: a name, a key, a title, a term, a sentence or a piece of five words of anything longer;
* a *figure* with its unit or currency, in every form and language in which it is printed, and by itself if it
  has at least four digits that count; a day, in letters and digits.

What something shown also says is none, because nobody could distinguish the two.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from briefing.build import unpacked
from briefing.content import withheld
from briefing.content.withheld import Trace
from briefing.language.wording import FORMS, Wording
from briefing.language.words import is_known
from briefing.model.facts import Fact
from briefing.model.library import Library
from briefing.model.scales import Bound
from briefing.model.values import Date, Money, Quantity

VERSION = 1
"""Raised when the search finds more than before: files that were searched then are searched again."""
_TOKEN = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d+|[^\W\d_]+")
_ENDS = re.compile(r"(?<=[.!?:;…])\s+|\n+")
_WORD, _NAME = 5, 4
"""The fewest letters of a word, and of a word in a name, which then needs a capital."""
_PIECE = 5
"""Words in a piece of a longer text: of eight words in a row, five are a piece."""
_FEW = 4
"""Words of a phrase of which only one need have as many letters as that of a name."""
_SHORT, _SURE = 10, 16
"""Letters and digits that a phrase needs, and those beyond which it is found within longer words as well."""
_STEM, _ENDING = 5, 4
"""The fewest letters that an inflected name keeps, and the most that its ending has."""
_NAMES = frozenset(
    {
        *("name", "names", "short", "label", "title", "role", "medium"),
        *("publisher", "author", "authors", "owner", "by"),
    }
)
"""Fields with names of persons and things, which texts inflect."""
_FOLDS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
_UNSEEN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
"""Accents, and marks of Cyrillic, Hebrew and Arabic, apart from their letters; invisible characters."""
_WALL = " ꙮ "
"""Put between texts that have nothing to do with one another, so that nothing is found across them."""
_ADDRESSES = {"sheets": "topics", "issued": "editions"}
"""Folders of pages that are called otherwise than the kind of their records."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A tell-tale in a file."""

    trace: Trace
    """What was withheld."""
    words: str
    """The tell-tale, as it is compared: in small letters."""
    where: str
    """Where in the file: page 2; empty for the file itself."""
    line: int = 0
    """The line, where it is known."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    trace: Trace
    words: str
    pattern: str = ""
    """The expression that confirms it; empty where its letters in a row are proof enough."""


def folded(text: str) -> str:
    """Return a text for comparison: without capitals, accents and characters that nobody sees."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold()
    for letter, plain in _FOLDS.items():
        if letter in text:
            text = text.replace(letter, plain)
    return _UNSEEN.sub("", text)


class _Reading:
    """A text as it is searched."""

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        tokens = _TOKEN.findall(self.text)
        self.words = frozenset(tokens)
        self.squeezed = "".join(tokens).encode("utf-8", "surrogatepass")


class _Index:
    """Phrases by their first bytes, so that a text is gone through once for all of them."""

    def __init__(self, phrases: Iterable[bytes]) -> None:
        self._by_start: dict[int, dict[int, list[bytes]]] = {8: defaultdict(list), 4: defaultdict(list)}
        for phrase in phrases:
            size = 8 if len(phrase) >= 8 else 4
            self._by_start[size][int.from_bytes(phrase[:size], sys.byteorder)].append(phrase)

    def find(self, text: bytes, is_binary: bool = False) -> Iterator[bytes]:
        """Yield the phrases that are in a text, letter by letter."""
        view = memoryview(text)
        for size in (8, 4):
            known = self._by_start[size]
            if not known or (is_binary and size == 4):
                continue
            starts: set[int] = set()
            wanted = known.keys()
            for offset in range(size):
                length = (len(text) - offset) // size * size
                if length > 0:
                    part = view[offset : offset + length]
                    starts |= wanted & set(part.cast("Q") if size == 8 else part.cast("I"))
            for start in starts:
                yield from (phrase for phrase in known[start] if phrase in text)


@dataclass(frozen=True, slots=True)
class Telltales:
    """The tell-tales of a view, ready to be searched for."""

    words: Mapping[str, Trace] = field(default_factory=dict)
    names: Mapping[str, tuple[tuple[str, Trace], ...]] = field(default_factory=dict)
    """The words of names that may have another ending, by the letters with which they begin."""
    phrases: Mapping[bytes, _Phrase] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """The words of the view and of the program."""
    index: _Index = field(default_factory=lambda: _Index(()))

    @property
    def digest(self) -> str:
        """The digest of all of them; empty if there are none."""
        if not self:
            return ""
        every = (*sorted(self.words), *sorted(self.phrases), *sorted(self.names))
        known = sorted(word for word in self.known if word[:_STEM] in self.names)
        return hashlib.sha256(f"{VERSION} {every} {known}".encode()).hexdigest()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def find(self, path: str, data: bytes, drawn_from: Callable[[], str | None] = lambda: None) -> list[Hit]:
        """Return the tell-tales in a file, each once. Raises ValueError where the file cannot be unpacked."""
        found: dict[str, Hit] = {}
        for text in unpacked.texts(path, data, drawn_from):
            for part in (text.words, text.markup):
                for hit in self._in(part, text.where, text.is_binary) if part else ():
                    found.setdefault(hit.words, hit)
        return [_placed(hit, data) for hit in found.values()]

    def is_in(self, text: str) -> bool:
        """Return whether a text has a tell-tale."""
        return any(True for _ in self._in(unpacked.unescaped(text), ""))

    def _in(self, text: str, where: str, is_binary: bool = False) -> Iterator[Hit]:
        reading = _Reading(text)
        if not is_binary:
            for word in reading.words - self.known:
                trace = self.words.get(word) or self._inflected(word)
                if trace and (len(word) >= _WORD or _has_capital(word, text)):
                    yield Hit(trace, word, where)
        for key in self.index.find(reading.squeezed, is_binary):
            phrase = self.phrases[key]
            if not phrase.pattern or re.search(phrase.pattern, reading.text):
                yield Hit(phrase.trace, phrase.words, where)

    def _inflected(self, word: str) -> Trace | None:
        """Return the name of which a word is another form, judged by its letters."""
        for name, trace in self.names.get(word[:_STEM], ()):
            stem = max(_STEM, len(name) - 2)
            if word[:stem] == name[:stem] and len(word) <= len(name) + _ENDING:
                return trace
        return None


def _has_capital(word: str, text: str) -> bool:
    return any(not match.group().islower() for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, re.I))


def _placed(hit: Hit, data: bytes) -> Hit:
    """Return a tell-tale with its line, where the file itself is a text that has it in one line."""
    if hit.where:
        return hit
    wanted = "".join(_TOKEN.findall(hit.words))
    lines = data.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, 1):
        if wanted in _squeezed(unpacked.unescaped(line)):
            return dataclasses.replace(hit, line=number)
    squeezed = [_squeezed(re.sub("<[^<>]*>", "", unpacked.unescaped(line))) for line in lines]
    position = "".join(squeezed).find(wanted)
    for number, line in enumerate(squeezed, 1) if position >= 0 else ():
        position -= len(line)
        if position < 0:
            return dataclasses.replace(hit, line=number)
    return hit


def _squeezed(text: str) -> str:
    return "".join(_TOKEN.findall(folded(text)))


# ---------------------------------------------------------------------------------------------- making


def of(whole: Library, views: Sequence[Library], program: Iterable[str], own: Iterable[str]) -> Telltales:
    """Return the tell-tales of a view, the first of some views for the same readers.

    ``program`` are the words of the program and of its templates, and ``own`` the project's templates. A name
    or a phrase in one of those is a tell-tale all the same, because nothing says whether it may be there.
    """
    hidden = list(withheld.of(whole, views[0]))
    if not hidden:
        return Telltales()
    languages = dict.fromkeys(
        (*whole.project.languages, *(brief.language for brief in whole.briefs.values()))
    )
    # Of a language that nobody has words for nothing is printed, and a finding says so.
    forms = _Forms([Wording(language, whole.actors) for language in languages if is_known(language)])
    shown = _Reading(_WALL.join((*_shown(views, forms), *program)))
    found = _Candidates(hidden, forms)
    known = shown.words | (_Reading(_WALL.join(own)).words - found.whole_names)
    words = {word: trace for word, trace in found.words.items() if word not in known}
    inflected: dict[str, list[tuple[str, Trace]]] = defaultdict(list)
    for word, trace in found.names.items():
        if word in words and len(word) > _STEM:
            inflected[word[:_STEM]].append((word, trace))
    phrases = found.phrases
    for key in list(_Index(phrases).find(shown.squeezed)):
        pattern = phrases[key].pattern or _pattern(phrases[key].words)
        if re.search(pattern, shown.text):
            del phrases[key]
    return Telltales(
        words,
        {stem: tuple(names) for stem, names in inflected.items()},
        phrases,
        known,
        _Index(phrases),
    )


def _shown(views: Collection[Library], forms: _Forms) -> Iterator[str]:
    """Yield everything that a view says, in all forms in which it may be printed."""
    for view in views:
        project = view.project
        yield from (project.title, project.subtitle, project.publisher, project.contact or "")
        yield from (project.licence, project.base_url)
        for trace in withheld.traces(view):
            if isinstance(trace.what, str):
                yield trace.what
                yield _address(trace.what, trace)
            elif isinstance(trace.what, Date):
                yield from forms.days(trace.what, is_wide=True)
            else:
                yield from (text for text, _ in forms.figures(trace.what))
        for fact in view.facts.values():
            yield from forms.printed(fact)
    yield from forms.calendar()


class _Candidates:
    """What is withheld, as words and phrases; something shown may say them as well."""

    def __init__(self, hidden: Iterable[Trace], forms: _Forms) -> None:
        self.words: dict[str, Trace] = {}
        self.names: dict[str, Trace] = {}
        self.whole_names: set[str] = set()
        """Names of one word."""
        self.phrases: dict[bytes, _Phrase] = {}
        for trace in hidden:
            if isinstance(trace.what, str):
                self.add_words(trace.what, trace)
                if trace.is_composed:
                    continue
                for text, fewest in _texts_of(trace.what, trace):
                    self.add(text, trace, fewest)
            elif isinstance(trace.what, Date):
                for text in forms.days(trace.what):
                    self.add(text, trace, 6)
            else:
                for text, is_telling in forms.figures(trace.what):
                    self.add(text, trace, 4 if is_telling else sys.maxsize)

    def add_words(self, text: str, trace: Trace) -> None:
        is_name = trace.field in _NAMES
        tokens = _TOKEN.findall(folded(text))
        if is_name and len(tokens) == 1:
            self.whole_names.update(tokens)
        for word in tokens:
            if len(word) >= (_NAME if is_name else _WORD) and not word.isdigit():
                self.words.setdefault(word, trace)
                if is_name:
                    self.names.setdefault(word, trace)

    def add(self, text: str, trace: Trace, fewest: int) -> None:
        plain = folded(text)
        letters = "".join(_TOKEN.findall(plain))
        key = letters.encode("utf-8", "surrogatepass")
        if len(letters) >= fewest and len(key) >= 4:
            is_sure = len(letters) >= _SURE and not re.search(r"\d", letters)
            pattern = "" if is_sure else _pattern(plain)
            known = self.phrases.setdefault(key, _Phrase(trace, plain, pattern))
            if pattern and known.pattern and pattern not in known.pattern:  # 73,511 and 73511
                self.phrases[key] = dataclasses.replace(known, pattern=f"{known.pattern}|{pattern}")


def _address(name: str, trace: Trace) -> str:
    """Return the address of the page of a record; empty if the text is not its name."""
    folder = _ADDRESSES.get(trace.kind, trace.kind)
    return f"{folder}/{name}" if trace.field == "id" else ""


def _texts_of(what: str, trace: Trace) -> Iterator[tuple[str, int]]:
    """Yield the phrases in a text, each with the fewest letters that it needs."""
    yield _address(what, trace), _SHORT
    is_short = len(what) <= 200 and "\n" not in what
    parts = [what] if is_short else []
    parts += [part for part in _ENDS.split(what) if part != what]
    for part in parts:
        tokens = _TOKEN.findall(folded(part))
        is_name = trace.field in _NAMES
        if len(tokens) > 1 and (is_name or _says_more_than_a_word(tokens)):
            yield part, 5 if is_name else _SHORT
        if len(tokens) > _PIECE:
            for start in range(0, len(tokens) - _PIECE + 1, _PIECE // 2 + 1):
                yield " ".join(tokens[start : start + _PIECE]), _SURE


def _says_more_than_a_word(tokens: Sequence[str]) -> bool:
    """Return whether more than one word of a text says anything: "in Hest" may be found wherever Hest is."""
    return len(tokens) >= _FEW or sum(len(token) >= _NAME or token.isdigit() for token in tokens) > 1


def _pattern(words: str) -> str:
    """Return an expression that finds words however they are divided, but not within others or a figure."""
    found, end = "", 0
    for match in _RUN.finditer(words):
        run, gap = match.group(), words[end : match.start()]
        if found:
            if words[end - 1].isdigit() and run[0].isdigit():
                # What divides a figure belongs to it: 1,5 and 1 5 are not 15.
                found += {"": "", "-": "-?"}.get(gap, re.escape(gap.strip()) or r"[\W_]{1,3}")
            else:
                found += r"[\W_]*"
        found += run if run.isdigit() else r"[\W_]{0,3}".join(map(re.escape, run))
        end = match.end()
    is_figure = words[end - 1 : end].isdigit()
    start = r"(?<![^\W_])(?<!\d[.,’'])" if found[:1].isdigit() else r"(?<![^\W_])"
    return start + found + (r"(?![^\W_])(?![.,’']\d)" if is_figure else r"(?![^\W_])")


class _Forms:
    """The forms in which values are printed, in some languages."""

    def __init__(self, wordings: Collection[Wording]) -> None:
        self.wordings = wordings

    def figures(self, value: Quantity | Money) -> Iterator[tuple[str, bool]]:
        """Yield a figure in all its forms, each with whether it distinguishes one from others."""
        for amount in filter(None, (value.amount, value.upper)):
            plain = dataclasses.replace(value, amount=amount, upper=None, bound=Bound.EXACTLY, inferred=())
            for wording in self.wordings:
                for form in ("", "long", "table", "short"):
                    text = wording.value(plain, form)
                    yield (
                        text,
                        bool(re.search(r"[^\W\d_]{3}|[€$£₴%]", text))
                        and _counts(amount, 2 if "%" in text else 1),
                    )
                yield wording.number(amount), _counts(amount, 4)
            unit = value.currency if isinstance(value, Money) else value.unit
            number = format(amount, "f")
            yield f"{number} {unit}", bool(re.search(r"[^\W\d_]{3}", unit))
            yield f"{'currency' if isinstance(value, Money) else 'unit'} {unit} amount {number}", True
            yield f"amount {number} {'currency' if isinstance(value, Money) else 'unit'} {unit}", True
            yield number, _counts(amount, 4)

    def printed(self, fact: Fact) -> Iterator[str]:
        """Yield the words of a link to a fact in every form: an issued edition keeps them as its own."""
        for wording in self.wordings:
            yield from filter(None, (wording.fact(fact, form) for form in FORMS))

    def days(self, date: Date, is_wide: bool = False) -> Iterator[str]:
        """Yield a day in all its forms; widely, also the days around it that programs reckon with."""
        if not is_wide and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date.edtf):
            return
        yield date.edtf
        every = {date.edtf}
        if is_wide:
            every |= {day.isoformat() for day in (date.earliest, date.latest)}
        for day in every:
            yield day
            plain = Date(day) if not is_wide else dataclasses.replace(date, edtf=day, inferred=())
            for wording in self.wordings:
                yield from (wording.date(plain, form) for form in ("", "short"))

    def calendar(self) -> Iterator[str]:
        """Yield the names of the months, which no record has to have."""
        for wording in self.wordings:
            for month in range(1, 13):
                yield from (wording.date(Date(f"2024-{month:02}"), form) for form in ("", "short"))


def _counts(amount: Decimal, fewest: int) -> bool:
    """Return whether an amount has so many digits that count, and is no year."""
    digits = str(abs(amount)).replace(".", "").strip("0") if "E" not in str(amount) else ""
    digits = digits or format(abs(amount), "f").replace(".", "").strip("0")
    is_year = fewest > 2 and amount == amount.to_integral_value() and abs(amount) < 10_000
    return len(digits) >= fewest and not is_year
