"""What ``source add`` says: what was written, what of the files is not in the captures, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.commands.add_source import NewSource
from briefing.commands.add_sources import Added
from briefing.commands.renew_source import Renewed
from briefing.model.counting import counted
from briefing.sources import left_out
from briefing.sources.captures import CheckedPassage, Verdict, Verified


def added(found: Added) -> Iterator[str]:
    """Yield what was written for new sources, and what to do next."""
    is_one = len(found.entries) == 1 and not found.repeated
    for entry, written in found.entries:
        if not written:
            yield f"{entry.name} is registered already and has its capture: nothing has changed."
            continue
        yield from (f"wrote {path}" for path in written)
        yield from _of_capture(entry)
        if is_one:
            yield from _next(entry)
    yield from found.repeated
    yield from found.passed
    if not is_one:
        new = sum(bool(written) for _, written in found.entries)
        parts = [f"{counted(new, 'source')} added"]
        parts += [f"{len(found.repeated)} known or repeated"] if found.repeated else []
        parts += [f"{found.refused} refused"] if found.refused else []
        yield f"{', '.join(parts)}."
        yield "Compare each capture with its original; `briefing source show NAME` shows it."


def _of_capture(entry: NewSource) -> Iterator[str]:
    words = sum(len(paragraph.split()) for paragraph in entry.paragraphs)
    counts = (counted(len(entry.paragraphs), "paragraph"), counted(words, "word"))
    yield f"{entry.name}: {', '.join(counts)}."
    yield from entry.remarks
    record = entry.record
    if record is None:
        return
    if record.left_out:
        yield f"Left out: {left_out.in_short(record.left_out)}. {left_out.with_figures(record.left_out)}."
    for doubt in record.doubts:
        yield f"Look at: {doubt}"


def _next(entry: NewSource) -> Iterator[str]:
    yield "Next:"
    yield "  * compare the capture with the original: is all of the text there, and nothing else?"
    if entry.record is not None:
        yield f"    briefing source show {entry.name} shows its paragraphs, and what was left out"
    if entry.open:
        yield f"  * not stated: {', '.join(entry.open)}; if you know them from elsewhere, write them into"
        yield f"    {entry.path} with a note on where you have them from, and give it a label of your own"
    yield f"  * cite it from facts: {{source: {entry.name}, paragraph: 1, terms: [words in that paragraph]}}"
    if entry.is_table:
        yield f"  * its rows can be one fact with 'table: {{source: {entry.name}, name: …, value: …}}':"
        yield "    'briefing rows SHEET.FACT FILE' reads them"
    yield f"  * briefing coverage {entry.name} shows what in it no fact cites yet"


def renewed(found: Renewed, entry: NewSource, compared: Verified) -> Iterator[str]:
    """Yield what was written for the next version of a source, and what became of every passage."""
    yield from (f"wrote {path}" for path in found.written)
    yield from _of_capture(entry)
    yield f"{found.before} stays as it was; {entry.path} names the new capture."
    if not found.is_noted:
        yield f"  * say in its note where the new text is from: {entry.origin}"
    counts = compared.counts
    held = counts[Verdict.HOLDS] + counts[Verdict.NORMALISED]
    yield f"{held} of {counted(len(compared.passages), 'passage')} hold in the new text."
    for piece in compared.pieces:
        if not piece.is_found:
            yield f"  * {_where(piece)}"


def _where(piece: CheckedPassage) -> str:
    """Return what became of a passage that is not where it was."""
    at = f"{piece.owner}, paragraph {piece.evidence.paragraph}"
    if piece.moved_to:
        return f"{at}: its terms are now in paragraph {', '.join(map(str, piece.moved_to))}"
    gone = [item.term for item in piece.locations if item.match is None]
    return f"{at}: not there any more: {', '.join(f'“{term}”' for term in gone) or 'the paragraph'}"
