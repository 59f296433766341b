"""Checks over the captures: whether they are there, and whether they state what is cited from them.

They run in ``briefing verify``, where the captures are available; a build does not need them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.checks.base import Check, Subject
from briefing.language import slips
from briefing.model.counting import counted
from briefing.model.findings import SAVE_AS_UTF_8, Finding, Place, Severity
from briefing.model.values import place_of
from briefing.sources import term_matching
from briefing.sources.captures import CaptureState, CheckedPassage, Verdict, Verified
from briefing.sources.term_matching import TermDifference

_NEAREST = "the nearest words in it are"


def capture_missing(subject: Subject) -> Iterator[Finding]:
    """Yield captures that are missing."""
    for item in _in_state(subject, CaptureState.MISSING):
        hint = "put it in the captures folder, or name another folder with --captures"
        message = f"the capture '{item.capture}' of {item.source} is missing"
        yield Finding("", message, _at(item, subject), hint)


def capture_encoding(subject: Subject) -> Iterator[Finding]:
    """Yield captures that are not text."""
    for item in _in_state(subject, CaptureState.NOT_TEXT):
        hint = f"{SAVE_AS_UTF_8}; then write its new sha256"
        message = f"the capture '{item.capture}' of {item.source} is not UTF-8"
        yield Finding("", message, _at(item, subject), hint)


def capture_changed(subject: Subject) -> Iterator[Finding]:
    """Yield captures that differ from the registered ones."""
    for item in _in_state(subject, CaptureState.CHANGED):
        source = subject.library.sources[item.source]
        at = place_of(source.sha256, source.at)
        if item.rewritten:
            message = (
                f"the capture '{item.capture}' of {item.source} has the same words as the registered one, "
                f"but {' and '.join(item.rewritten)}"
            )
            hint = f"put the registered file back, or write sha256: {item.sha256}"
            yield Finding("", message, at, hint)
            continue
        counts = item.counts
        held = counts[Verdict.HOLDS] + counts[Verdict.NORMALISED]
        moved, gone = counts[Verdict.MOVED], counts[Verdict.GONE]
        message = (
            f"the capture '{item.capture}' of {item.source} differs from the registered one: of its "
            f"{counted(held + moved + gone, 'passage')} {held} still hold, {moved} moved, {gone} gone"
        )
        first = "" if held == counts.total() else "correct the passages reported beside this, then "
        yield Finding("", message, at, f"{first}write sha256: {item.sha256}")


def paragraph_missing(subject: Subject) -> Iterator[Finding]:
    """Yield evidence that names a paragraph which the capture does not have."""
    for item, piece in _pieces(subject, Verdict.GONE):
        if _is_beyond(piece, item):
            number = piece.evidence.paragraph
            message = (
                f"{item.source} has no paragraph {number}, it has {len(item.paragraphs)} ({piece.owner})"
            )
            yield Finding("", message, piece.evidence.at, _where_the_terms_are(piece))


def term_moved(subject: Subject) -> Iterator[Finding]:
    """Yield passages that are in another paragraph."""
    for item, piece in _pieces(subject, Verdict.MOVED):
        paragraphs = _listed(piece.moved_to)
        message = (
            f"the words cited from paragraph {piece.evidence.paragraph} of {item.source} are in "
            f"{paragraphs} ({piece.owner})"
        )
        number = piece.moved_to[0]
        hint = f"write paragraph: {number}" if piece.is_evidence else f"write paragraphs: [{number}]"
        if len(piece.moved_to) > 1:
            hint = "write the number of the paragraph that you mean"
        yield Finding("", message, piece.evidence.at, hint)


def term_missing(subject: Subject) -> Iterator[Finding]:
    """Yield terms that are not in their paragraph."""
    for item, piece in _pieces(subject, Verdict.GONE):
        if _is_beyond(piece, item):
            continue
        for location in piece.locations:
            if location.match:
                continue
            message = f"'{location.term}' is not in paragraph {piece.evidence.paragraph} of {item.source}"
            hint = "quote words from that paragraph, or name another one"
            if location.elsewhere:
                message += f", but in {_listed(location.elsewhere)}"
                hint = "cite that paragraph for it, or quote words from this one"
            elif location.inside and location.inside != location.term:
                hint = f"it is there only as a part of '{location.inside}': quote whole words and figures"
            elif bare := _without_quotes(location.term, piece, item):
                hint = f"remove the typographic quotation marks: {bare}"
            elif location.nearest_in == piece.evidence.paragraph:
                reason = "capital letters matter: the text has" if location.differs_in_case else _NEAREST
                hint = f"{reason} '{location.nearest}'"
            elif location.nearest:
                hint = f"the nearest words are '{location.nearest}' in paragraph {location.nearest_in}"
            at = place_of(location.term, piece.evidence.at)
            yield Finding("", f"{message} ({piece.owner})", at, hint)


def _without_quotes(term: str, piece: CheckedPassage, item: Verified) -> str:
    """Return a term without the typographic quotation marks around it if its paragraph has that, else ""."""
    bare = slips.without_quotes(term)
    text = item.paragraphs[piece.evidence.paragraph - 1]
    return bare if bare not in ("", term) and term_matching.find(bare, text) else ""


def term_normalised(subject: Subject) -> Iterator[Finding]:
    """Yield terms that their paragraph has in other characters."""
    for item, piece in _pieces(subject, Verdict.NORMALISED):
        for location in piece.locations:
            if not location.match or not location.match.differences:
                continue
            number, kinds = piece.evidence.paragraph, " and ".join(location.match.differences)
            message = (
                f"paragraph {number} of {item.source} has '{location.term}' with other {kinds} "
                f"({piece.owner})"
            )
            hint = f"write it as in the capture: {location.match.words}"
            if TermDifference.INVISIBLE in location.match.differences:
                hint = "copy it from the capture, or cite the words beside it"
            yield Finding("", message, place_of(location.term, piece.evidence.at), hint)


# ------------------------------------------------------------------------------------------------ helpers


def _in_state(subject: Subject, state: CaptureState) -> Iterator[Verified]:
    return (item for item in subject.verified if item.state is state)


def _pieces(subject: Subject, verdict: Verdict) -> Iterator[tuple[Verified, CheckedPassage]]:
    for item in subject.verified:
        for piece in item.pieces:
            if piece.verdict is verdict:
                yield item, piece


def _at(item: Verified, subject: Subject) -> Place:
    source = subject.library.sources[item.source]
    return place_of(source.capture, source.at)


def _is_beyond(piece: CheckedPassage, item: Verified) -> bool:
    return not 0 < piece.evidence.paragraph <= len(item.paragraphs)


def _where_the_terms_are(piece: CheckedPassage) -> str:
    found = [
        f"'{location.term}' is in {_listed(location.elsewhere)}"
        for location in piece.locations
        if location.elsewhere
    ]
    return "; ".join(found) or "count the non-empty lines, from 1"


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"paragraph {numbers[0]}"
    return f"paragraphs {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


CHECKS = (
    Check(
        "capture-missing",
        Severity.ERROR,
        "The capture of a source is not in the captures folder.",
        "Without the text nobody can check what it states.",
        "every capture is in the folder that --captures names",
        "a source whose capture was deleted or renamed",
        capture_missing,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "capture-encoding",
        Severity.ERROR,
        "A capture is not UTF-8.",
        "Its paragraphs cannot be read, so nothing cited from it can be found.",
        "a capture saved as UTF-8",
        "a capture saved as Windows-1251",
        capture_encoding,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "capture-changed",
        Severity.ERROR,
        "A capture does not have the registered digest.",
        "The text may no longer state the facts that were read from it. The finding counts what still holds.",
        "sha256: the digest of the capture as it is",
        "a capture that was edited after it was registered",
        capture_changed,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "paragraph-missing",
        Severity.ERROR,
        "Evidence names a paragraph that the capture does not have.",
        "A reader who looks up the passage finds nothing.",
        "paragraph: 12 of a capture with 12 paragraphs",
        "paragraph: 13 of a capture with 12 paragraphs",
        paragraph_missing,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "term-moved",
        Severity.ERROR,
        "The terms of a piece of evidence are all in another paragraph than the one that it names.",
        "The brief's note would send its reader to the wrong passage.",
        "paragraph: the one that has the terms",
        "paragraph: 4 for words that are in paragraph 5",
        term_moved,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "term-missing",
        Severity.ERROR,
        "A term of a piece of evidence is not in the paragraph that it names.",
        "Nothing then shows that the source states the fact.",
        "terms: [letter of intent] where the paragraph says so",
        "terms: [contract] where the paragraph says letter of intent",
        term_missing,
        may_be_suppressed=False,
        needs_captures=True,
    ),
    Check(
        "term-normalised",
        Severity.WARNING,
        "A term is in its paragraph, but with other quotation marks, dashes, spaces or Unicode forms.",
        "The passage holds, but a reader who searches for the term does not find it.",
        "a term copied from the capture",
        "a term typed with a straight apostrophe where the capture has a curly one",
        term_normalised,
        needs_captures=True,
    ),
)
