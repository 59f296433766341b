"""A project on a text of one's own: its figures and dates become drafts of facts for a person to complete.

A draft contains only what the text says literally: paragraph, terms, value, day, and the speaker if a verb of
saying names one. The statement takes judgement and stays empty, so that ``check`` asks for it. No draft is a
commitment, because only a person can judge whether anybody has undertaken anything.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from briefing.commands import add_source, init
from briefing.commands.add_source import NewSource
from briefing.content import passages
from briefing.language import (
    lexicon,
    quantities,
    sentences,
    slips,
    source_dates,
    source_figures,
    source_words,
)
from briefing.language.lexicon import Lexicon
from briefing.language.quantities import FoundNumber, NumberKind
from briefing.model.findings import UsageError
from briefing.model.scales import Bound, FactKind
from briefing.store import box, disk
from briefing.store.records import Call

MOST = 12
"""The program drafts at most this many facts, because a person reads every one."""
_LONGEST = 5
"""The most words of a term."""
_TEMPLATES = Path(__file__).parents[1] / "starters" / "own"
_AMOUNTS = (NumberKind.MONEY, NumberKind.NUMBER, NumberKind.PERCENT)
_IN_DIGITS = re.compile(r"\d")
"""Only numbers in digits become drafts: too many numbers in words count nothing, as in "one in ten"."""
_NAME = r"[A-Z][\w’'-]+(?:[ \u00a0](?:[a-z]{2,3}[ \u00a0])?[A-Z][\w’'-]+){1,3}"
_ROLE = r",[ \u00a0](?:the[ \u00a0])?(?P<role>[a-z][^,.;:\"“”]{2,60}),?"
_TITLE_WORDS = 12
"""A line with more words than this is not a headline."""
_END = re.compile(r"[.!?:…][\"'”’)\]»]*$")
_KIND_NOTE = """A state of affairs. If it has happened, write event.
    # If somebody undertakes something, write commitment, and below it "status: " with how far it has come:
    # interest, requested, discussed, announced, intent, agreed, contracted, financed, in-production,
    # delivering, supplied, delivered or in-service. Grants: write "ladder: grants" at the head of this file,
    # below the summary, and as status announced, called, bid, selected, awarded, signed, paid, running or
    # completed. Laws: "ladder: legislation", and proposed, tabled, adopted or in-force."""
_NOTES = {
    "claim": "Somebody says it, and briefs print the speaker.",
    "context": _KIND_NOTE,
    "statement": "Write it in your own words, in one sentence.",
    "evidence": "Where the text says it: the paragraph, and short terms, letter by letter.",
    "value": 'What [](fact:...) prints, with its "by", "up to" or "about".',
    "date": "When it happened or will happen. If the day is that of something else, delete the line.",
}
"""What to do with a line; the note is beside the first line of its kind."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or an organisation that a verb of saying names."""

    name: str
    role: str

    kind: str = "person"
    """person or organisation, by the words of its name."""

    @property
    def id(self) -> str:
        """The name under which facts refer to the speaker."""
        return slips.slug(self.name)


@dataclass(frozen=True, slots=True)
class DraftFact:
    """The parts of one fact that a text states."""

    name: str
    kind: FactKind
    paragraph: int
    sentence: str
    terms: tuple[str, ...]
    value: str = ""
    """As YAML; empty if there is none."""
    day: str = ""
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class LaidProject:
    """A project that was written on a text."""

    source: str
    """The name of the source."""
    drafts: tuple[DraftFact, ...]
    left_out: int
    """The number of figures and dates beyond ``MOST``, for which no fact was drafted."""
    unread: str
    """The language of the text, if no lexicon reads it and so no figure in it was found; otherwise empty."""


def lay(file: Path, language: str, today: datetime.date, folder: Path, call: Call) -> LaidProject:
    """Write a project on the text of a file.

    Raises UsageError if the folder has a project already, or the text of the file cannot be registered.
    """
    name = add_source.name_of(file.stem)
    if not name:
        raise UsageError(
            f"expected a letter from a to z or a digit in the name of the file, found {file.name}; rename it"
        )
    data = disk.read_foreign(file)
    given = {"retrieved": today.isoformat(), **({"language": language} if language else {})}
    entry = add_source.prepare(data, file.name, name, add_source.Wanted(given))
    with box.reading(file.name):
        found = facts(entry.paragraphs, entry.language)
    drafts = found[:MOST]
    init.put(folder, tree(entry, drafts), call)
    unread = "" if lexicon.of_language(entry.language) else entry.language
    return LaidProject(name, drafts, len(found) - len(drafts), unread)


def tree(entry: NewSource, drafts: Sequence[DraftFact]) -> dict[str, bytes]:
    """Return the files of a project on a new source and the facts that were drafted from it, by path."""
    title = headline(entry.paragraphs, entry.language) or entry.name.replace("-", " ").capitalize()
    words = {
        "name": entry.name,
        "title": json.dumps(title, ensure_ascii=False),
        "facts": "\n".join(_blocks(drafts)),
        "first": f"{entry.name}.{drafts[0].name}",
        "bottom_line": "\n  ".join(_links(sorted(drafts, key=_weight)[:2], entry.name)),
        "timeline": ", ".join(f"{entry.name}.{draft.name}" for draft in drafts if draft.day),
        "body": "\n\n".join(_links(drafts, entry.name)),
        "actors": "\n".join(_actors(drafts)),
    }
    made = {
        path.relative_to(_TEMPLATES).as_posix().replace("NAME", entry.name): Template(
            path.read_text("utf-8")
        ).substitute(words)
        for path in sorted(_TEMPLATES.rglob("*"))
        if path.is_file() and (words["actors"] or path.name != "actors.yaml")
    }
    made[entry.path] = entry.text
    captured = {entry.capture_name: entry.capture}
    captured |= {path: data for _, path, data, _ in add_source.beside(Path(), entry)}
    return {path: text.encode() for path, text in made.items()} | {
        f"captures/{path}": data for path, data in captured.items()
    }


def headline(paragraphs: Sequence[str], language: str) -> str:
    """Return the first line above a text that can be its headline; "" if there is none."""
    words = lexicon.of_language(language)
    above = itertools.takewhile(lambda text: not _is_whole(text), paragraphs[:-1])
    short = (text for text in above if len(text.split()) <= _TITLE_WORDS)
    return next((text for text in short if not (words and quantities.find(text, words))), "")


def _is_whole(text: str) -> bool:
    """Return whether a paragraph ends like a sentence, and so is not a headline, date line or menu."""
    return bool(_END.search(text))


def facts(paragraphs: Sequence[str], language: str) -> tuple[DraftFact, ...]:
    """Return drafts for the figures and dates of a text; if it has none, one draft of its first words."""
    words = lexicon.of_language(language)
    everything = [
        (text, draft)
        for number, text in enumerate(paragraphs, 1)
        for draft in _drafts(number, text, language, words)
    ]
    found = [draft for text, draft in everything if _is_whole(text)] or [draft for _, draft in everything]
    if not found:
        number = min(2, len(paragraphs))
        text = paragraphs[number - 1]
        found = [DraftFact("first", FactKind.CONTEXT, number, text, (" ".join(text.split()[:4]),))]
    seen: Counter[str] = Counter()
    named = []
    for draft in found:
        seen[draft.name] += 1
        count = seen[draft.name]
        named.append(dataclasses.replace(draft, name=f"{draft.name}-{count}") if count > 1 else draft)
    return tuple(named)


def _drafts(number: int, text: str, language: str, words: Lexicon | None) -> Iterator[DraftFact]:
    """Yield the drafts of one paragraph: one for each amount, and one for a sentence with only a date."""
    if words is None:
        return
    figures = [item for item in quantities.find(text, words) if item.bound is not Bound.BETWEEN]
    for sentence in sentences.split(text, language, {}):
        start, end = sentence.origins[0], sentence.origins[-1] + 1
        here = [item for item in figures if start <= item.start < end]
        dates = sorted(
            (item for item in here if item.kind is NumberKind.DATE), key=lambda item: not _edtf(item)
        )
        dated = next((item for item in dates if _edtf(item)), None)
        amounts = [
            item
            for item in here
            if item.kind in _AMOUNTS and item.amount is not None and _IN_DIGITS.search(item.text)
        ]
        speaker = _speaker(text[start:end], words)
        also = (speaker.name,) if speaker else ()
        for item in amounts:
            # The weakest kind that fits, so that no draft overstates its text.
            kind = FactKind.CLAIM if speaker else FactKind.CONTEXT
            name, value, term = _amount(_without_during(item, text, language), text)
            day, when = _day_of(item, amounts, dates, text, words)
            basis, priced = _price_basis(item, here, text, words)
            if basis and item.kind is NumberKind.MONEY:
                value = value.replace("price_basis: not stated", f"price_basis: {basis}")
            terms = tuple(dict.fromkeys(filter(None, (term, priced, when, *also))))
            yield DraftFact(name, kind, number, text[start:end], terms, value, day, speaker)
        if dated and not amounts:
            kind = FactKind.CLAIM if speaker else FactKind.CONTEXT
            day = _bounded(dated)
            value = f"{{date: {day}}}"
            terms = (_with_bound(dated, text, dated.end), *also)
            yield DraftFact("date", kind, number, text[start:end], terms, value, day, speaker)


def _price_basis(
    figure: FoundNumber, here: Sequence[FoundNumber], text: str, words: Lexicon
) -> tuple[str, str]:
    """Return the price basis that follows a figure, and the words that state it: 2023 prices."""
    for year in here:
        if year.start >= figure.end and (priced := _prices(year, text, words)):
            return priced, priced
    return "", ""


def _prices(year: FoundNumber, text: str, words: Lexicon) -> str:
    """Return a year with the word of prices behind it; "" where there is none."""
    prices = lexicon.pattern(words.words["numbers"]["other"]["of_year"]).pattern
    match = re.compile(rf"[ \u00a0](?:{prices})", re.IGNORECASE).match(text, year.end)
    return text[year.start : match.end()] if match and year.year and not year.month else ""


def _day_of(
    figure: FoundNumber,
    amounts: Sequence[FoundNumber],
    dates: Sequence[FoundNumber],
    text: str,
    words: Lexicon,
) -> tuple[str, str]:
    """Return the date of an amount as EDTF, and the words that state it, of those in its sentence.

    Of several it is the one beside it, with no other amount between: behind it, or else before it.
    """
    own = sorted((date for date in dates if not _prices(date, text, words)), key=lambda date: date.start)
    ahead = [date for date in own if _is_beside(figure, date, amounts, is_behind=False)]
    behind = [date for date in own if _is_beside(figure, date, amounts, is_behind=True)]
    beside = [*behind[:1], *ahead[-1:]]
    near = next((date for date in beside if not _is_cut(figure, date, text)), None)
    chosen = near or next(iter(beside), None) or next((date for date in own if _edtf(date)), None)
    if chosen is None:
        return "", ""
    for one, other in itertools.pairwise(own):
        is_range = _edtf(one) and _edtf(other) and _JOINED.fullmatch(text[one.end : other.start])
        if is_range and chosen in (one, other):
            return f"{_edtf(one)}/{_edtf(other)}", text[one.start : other.end]
    return _bounded(chosen) if _edtf(chosen) else "", _with_bound(chosen, text, chosen.end)


_JOINED = re.compile(r"[ \u00a0]?(?:to|until|till|through|and|[-–—])[ \u00a0]?", re.IGNORECASE)
"""What joins two years to a time: 2026 to 2029, between 2026 and 2029."""


def _is_beside(
    figure: FoundNumber, date: FoundNumber, amounts: Sequence[FoundNumber], is_behind: bool
) -> bool:
    start, end = (figure.end, date.start) if is_behind else (date.end, figure.start)
    return start <= end and not any(start <= other.start < end for other in amounts if other is not figure)


def _is_cut(figure: FoundNumber, date: FoundNumber, text: str) -> bool:
    """Return whether a comma or an "and" is between an amount and a date."""
    start, end = sorted((figure.end, date.start, figure.start, date.end))[1:3]
    return re.search(r"[,;]|(?<!\w)and(?!\w)", text[start:end]) is not None


def _without_during(figure: FoundNumber, text: str, language: str) -> FoundNumber:
    """Return a length of time without the "over" that may mean "during": money is paid over 15 years."""
    if not figure.is_doubtful:
        return figure
    stated = source_figures.find(text, source_words.of_language(language))
    here = next((item for item in stated if item.start <= figure.start < item.end), None)
    is_bound = here is not None and "more than" in here.bounds and not here.may_be_plain
    return figure if is_bound else dataclasses.replace(figure, bound=None)


def _amount(figure: FoundNumber, text: str) -> tuple[str, str, str]:
    """Return a name for a figure, its value as YAML, and the words of the text that state it."""
    assert figure.amount is not None
    bound = f", bound: {figure.bound.value}" if figure.bound else ""
    amount = f"{figure.amount.normalize():f}"
    if figure.kind is NumberKind.MONEY:
        price = re.compile(rf"[ \u00a0]?(?:per[ \u00a0]|an?[ \u00a0]|/[ ]?){re.escape(figure.per)}\b")
        each = price.match(text, figure.end) if figure.per else None
        per = f", per: {figure.per}" if each else ""
        value = f"{{amount: {amount}, currency: {figure.currency}{per}{bound}, price_basis: not stated}}"
        return "money", value, _with_bound(figure, text, each.end() if each else figure.end)
    if figure.kind is NumberKind.PERCENT:
        return "share", f'{{amount: {amount}, unit: "%"{bound}}}', _with_bound(figure, text, figure.end)
    counted = re.compile(r"[ \u00a0]([^\W\d][\w’'-]*)").match(text, figure.end)
    unit = counted[1] if counted else "things"
    value = f"{{amount: {amount}, unit: {unit}{bound}}}"
    end = counted.end() if counted else figure.end
    return slips.slug(unit) or "number", value, _with_bound(figure, text, end)


def _with_bound(figure: FoundNumber, text: str, end: int) -> str:
    """Return the words of a figure up to an end, with those before it that bound it: up to, about, by."""
    english = source_words.of_language("en")
    ahead = [match.start() for match in re.finditer(r"\S+", text[: figure.start])] if figure.bound else []
    for start in reversed(ahead):
        term = text[start:end]
        if len(term.split()) > _LONGEST:
            break
        if any(item.bounds for item in source_figures.find(term, english)) or any(
            item.is_end or item.is_start for item in source_dates.find(term, english)
        ):
            return term
    return text[figure.start : end]


def _edtf(figure: FoundNumber) -> str:
    """Return the date of a figure; "" if it is not a date, or has no year or several days."""
    if figure.year is None or figure.season or len(figure.days) > 1:
        return ""
    parts = [f"{figure.year}", *(f"{part:02}" for part in (figure.month, *figure.days) if part)]
    return "-".join(parts)


def _bounded(figure: FoundNumber) -> str:
    """Return the date of a figure, open where its words leave it open: by May 2028."""
    day = _edtf(figure)
    if figure.bound is Bound.UP_TO:
        return f"../{day}"
    return f"{day}/.." if figure.bound is Bound.AT_LEAST else day


def _speaker(sentence: str, words: Lexicon) -> Speaker | None:
    """Return the speaker whom a sentence names beside a verb of saying; None if there is none."""
    verbs = f"(?i:{lexicon.pattern(words.words['voices']['reporting']).pattern})"
    for form in (
        rf"(?P<name>{_NAME})(?:{_ROLE})?[ \u00a0]{verbs}",
        rf"{verbs}[ \u00a0](?P<name>{_NAME})(?:{_ROLE})?",
    ):
        if match := re.search(form, sentence):
            role = match["role"] or ""
            role = "" if lexicon.pattern(words.words["softeners"]["subordinates"]).match(role) else role
            name = match["name"].removeprefix("The ")
            is_group = lexicon.pattern(words.words["voices"]["organisations"]).search(name)
            kind = "organisation" if is_group else "person"
            return Speaker(name, role[:1].upper() + role[1:], kind)
    return None


def _blocks(drafts: Sequence[DraftFact]) -> Iterator[str]:
    """Yield the lines of the facts in a sheet, with a note beside the first line of each kind."""
    notes = dict(_NOTES)

    def line(field: str, value: str, about: str = "") -> str:
        note = notes.pop(about or field, "")
        return f"    {field}: {value}".rstrip() + (f"   # {note}" if note else "")

    for draft in drafts:
        yield f"  {draft.name}:"
        yield f"    # The text: {draft.sentence}"
        yield line("kind", draft.kind.value, draft.kind.value)
        yield line("statement", "")
        passage = passages.written(draft.paragraph, draft.terms)
        yield line("evidence", passage)
        if not passage:
            terms = ", ".join(json.dumps(term, ensure_ascii=False) for term in draft.terms)
            yield f"      - {{paragraph: {draft.paragraph}, terms: [{terms}]}}"
        if draft.speaker:
            yield f"    said_by: [{draft.speaker.id}]"
        if draft.value:
            yield line("value", draft.value)
        if draft.day:
            yield line("date", draft.day)
        yield ""


def _weight(draft: DraftFact) -> int:
    """Return the rank of a draft for the bottom line: money first, then claims, then the rest."""
    return 0 if draft.name.startswith("money") else 1 if draft.kind is FactKind.CLAIM else 2


def _links(drafts: Sequence[DraftFact], sheet: str) -> Iterator[str]:
    """Yield a line for each fact that a brief may show, for the author to complete as a sentence."""
    for draft in drafts:
        who = f"{draft.speaker.name} says that … " if draft.speaker else "… "
        words = "" if draft.value else "your own words"
        yield f"{who}[{words}](fact:{sheet}.{draft.name}) …"


def _actors(drafts: Sequence[DraftFact]) -> Iterator[str]:
    """Yield the lines of the speakers."""
    speakers = {draft.speaker.id: draft.speaker for draft in reversed(drafts) if draft.speaker}
    for speaker in speakers.values():
        yield f"{speaker.id}:"
        yield f"  name: {speaker.name}"
        yield f"  kind: {speaker.kind}"
        if speaker.role:
            yield f"  role: {speaker.role}"
        yield f"  names: [{speaker.name}]"
        yield ""
