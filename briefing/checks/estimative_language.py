"""Checks over words that need explaining: those of likelihood and confidence, and abbreviations."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence, SheetText, is_quoted, phrases
from briefing.language import lexicon, quantities
from briefing.language.lexicon import Lexicon
from briefing.model import fact_links
from briefing.model.findings import Finding, Severity
from briefing.model.library import Library

_ACRONYM = re.compile(r"(?<![\w/&.-])(?:[A-Z]-)?[A-Z](?:[A-Z0-9]*|[a-z])[A-Z](?:-[A-Z]+)*(?=s?(?![\w/&-]))")
"""NBFC, MoD and Q-LVD."""
_CAPITALS = re.compile(r"(?:\b[A-Z]{2,}\b[\W_]*){3,}")
"""A headline or a telegram in capitals."""
_DATELINE = re.compile(r"[\w ,]{0,20}\s[–—]\s")
"""What is behind the name of a place at the head of an agency's report."""
_ARTICLE = r"(?i)(?:(?:@likelihood.before_step@)\s+)?"
_NAME_AND_COMMA = r"[A-Z][\w’'-]*(?:\s+(?:[a-z]{1,4}\s+)?[A-Z][\w’'-]*)+,\s+(?:(?:@acronyms.or@)\s+)?$"
"""A name of several words, with the comma behind it."""
_IN_BRACKETS = r"[\w’'-]+[\s\u00a0]+\((?:(?:@grammar.the@)\s+)?[“\"]?$"
_APPOSITION = r",\s+(?:(?:@acronyms.in_full@),?\s+)?(?:(?:@grammar.articles@)\s+)?([^,.;]+)"
_NEAR = 120
"""Number of characters beside an abbreviation that are searched for its full name."""
_ROMAN = re.compile(r"[IVXLC]+")


def likelihood(subject: Subject) -> Iterator[Finding]:
    """Yield words of likelihood that are not on the scale, mixed rows, and confidence beside likelihood."""
    rows: dict[str, bool] = {}
    for read in subject.sentences:
        text = f"{read.brief} {read.start.path}"
        first, second = _spoken(read, "first"), _spoken(read, "second")
        either = first or second
        uses_first = rows.get(text, False) or bool(first)
        rows[text] = uses_first
        off = _off_scale(read)
        confident = read.says("likelihood", "confidence").search(read.text)
        if off and not _is_reported(read, off.start()):
            message = f"'{off.group()}' is not on the scale of likelihood"
            yield read.finding(off.start(), message, "write likely, unlikely or another step, or write may")
        if either and confident and not read.is_quoted(*confident.span()):
            message = "this sentence states a likelihood and a confidence, and readers confuse the two"
            yield read.finding(confident.start(), message, "give the confidence a sentence of its own")
        elif second and uses_first and not _is_reported(read, second.start()):
            message = f"'{second.group()}' is from the second row of the scale, and this text uses the first"
            yield read.finding(second.start(), message, "keep to one row: likely, unlikely, very likely …")


def _spoken(read: ProseSentence, name: str) -> re.Match[str] | None:
    """Return the first of some phrases that is outside quotation marks."""
    return next(iter(_unquoted(read.lexicon, name, read.text)), None)


@functools.lru_cache(maxsize=65536)
def _unquoted(of: Lexicon, name: str, text: str) -> tuple[re.Match[str], ...]:
    found = phrases(of, "likelihood", name).finditer(text)
    figures = {figure.start for figure in quantities.find(text, of)}  # perhaps fifty qualifies the figure
    return tuple(
        match for match in found if not is_quoted(text, *match.span()) and match.end() + 1 not in figures
    )


def _off_scale(read: ProseSentence) -> re.Match[str] | None:
    """Return the first words of likelihood that are no step: an even chance, not a roughly even chance."""
    steps = [step for row in ("first", "second") for step in read.says("likelihood", row).finditer(read.text)]
    article = lexicon.filled(read.lexicon, _ARTICLE)
    for off in _unquoted(read.lexicon, "off_scale", read.text):
        is_step = any(
            step.end() == off.end() and article.fullmatch(read.text, *sorted((off.start(), step.start())))
            for step in steps
        )
        if not is_step:
            return off
    rated = _unquoted(read.lexicon, "rated", read.text)
    return next((off for off in rated if not any(step.end() <= off.start() for step in steps)), None)


def _is_reported(read: ProseSentence, index: int) -> bool:
    """Return whether a part of the sentence reports what somebody else expects; "we" is nobody else."""
    reporting = read.says("voices", "reporting")
    comma = read.text.rfind(",", index)
    is_reported = reporting.search(read.text, 0, index) or (comma > 0 and reporting.search(read.text, comma))
    return bool(is_reported) and not read.says("likelihood", "own").search(read.text)


def judgement_basis(subject: Subject) -> Iterator[Finding]:
    """Yield judgements that rest on no fact."""
    for judgement in subject.own.judgements:
        if not any(fact_links.find(judgement.basis)):
            message = f"{judgement.id} rests on no fact"
            yield Finding("", message, judgement.at, "link the facts from which it follows in its basis")


def undefined_acronym(subject: Subject) -> Iterator[Finding]:
    """Yield abbreviations that nothing spells out."""
    # A ladder explains its rungs wherever one is printed, so its texts are read like a short brief.
    defined = [text for text in subject.texts if text.is_definition]
    prose = [read for read in subject.sentences if not read.is_page]
    names = set(_in_names(subject.library)) if prose or defined else set()
    known: dict[str, set[str]] = {}
    texts: tuple[ProseSentence | SheetText, ...] = (*prose, *defined)
    for read in texts:
        everyday = {*read.lexicon.words["acronyms"]["known"], *read.lexicon.words["numbers"]["currencies"]}
        whole = read.brief or (read.start if isinstance(read, ProseSentence) else read.at).path
        spelled = known.setdefault(whole, set())
        for match in _ACRONYM.finditer(read.text):
            word = match.group()
            if word in names or word in everyday or _ROMAN.fullmatch(word) or _is_in_name(match, read):
                continue
            if not match.start() and _DATELINE.match(read.text, match.end()):
                continue
            if any(line.start() <= match.start() < line.end() for line in _CAPITALS.finditer(read.text)):
                continue
            if word not in spelled and not _is_spelled_out(match, read.text, read.lexicon):
                message = f"nothing explains the abbreviation {word}"
                yield read.finding(match.start(), message, f"write it out first: Full Name ({word})")
            spelled.add(word)


def _in_names(library: Library) -> Iterator[str]:
    """Yield the abbreviations in names of actors and systems, which their pages explain, and of units."""
    for name in library.project.own_words.names:
        yield from (match.group() for match in _ACRONYM.finditer(name))
    for unit in library.project.own_words.units:
        if unit.one or unit.many:  # a brief prints these words
            yield from (match.group() for match in _ACRONYM.finditer(unit.unit))
    for record in library.named():
        for name in (record.name, *record.names):
            yield from (match.group() for match in _ACRONYM.finditer(name))


def _is_in_name(match: re.Match[str], read: ProseSentence | SheetText) -> bool:
    return any(item.start <= match.start() and match.end() <= item.end for item in read.names)


def _is_spelled_out(match: re.Match[str], text: str, of: Lexicon) -> bool:
    """Return whether a text spells it out: Full Name (FN), FN (Full Name), or FN, the Full Name."""
    before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() :][:_NEAR]
    if lexicon.filled(of, _IN_BRACKETS).search(before) and re.match(r"s?[”\"]?[),;]", after):
        return True
    if name := lexicon.filled(of, _NAME_AND_COMMA).search(before):
        initials = "".join(word[0] for word in name.group().split() if word[0].isupper())
        if initials.endswith(match.group()):  # the Fund for Port Repair, FPR for short
            return True
    return bool(re.match(r"s?[\s\u00a0]*\([A-Za-z][^)]{5,}\)", after)) or _has_initials(
        match.group(), after, of
    )


def _has_initials(word: str, after: str, of: Lexicon) -> bool:
    """Return whether the words after a comma have the abbreviation's letters: the FN, or Full Name."""
    apposition = lexicon.filled(of, _APPOSITION).match(after)
    initials = "".join(part[0] for part in re.findall(r"[A-Za-z]+", apposition[1])) if apposition else ""
    return bool(initials) and word.casefold() in initials.casefold()


CHECKS = (
    Check(
        "likelihood",
        Severity.ERROR,
        "A word of likelihood is not on the scale, is from another row of it, or is beside a confidence.",
        "A decision maker must know what a word of likelihood means, and not confuse it with confidence.",
        "We judge it unlikely that a contract follows. Confidence: low.",
        "we judge with high confidence that a contract may well follow",
        likelihood,
    ),
    Check(
        "judgement-basis",
        Severity.ERROR,
        "A judgement rests on no fact.",
        "A likelihood without a basis is a guess.",
        "basis: There is [a letter](fact:ferries.letter) and no contract.",
        "basis: It seems so.",
        judgement_basis,
    ),
    Check(
        "undefined-acronym",
        Severity.WARNING,
        "An abbreviation is spelled out nowhere and is not a known name.",
        "A reader who does not know it stops reading, or misreads it.",
        "the Fund for Port Repair (FPR)",
        "the FPR",
        undefined_acronym,
    ),
)
