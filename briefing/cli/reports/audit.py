"""Results of verification and coverage: as tables for people, as records for other programs.

It is separate from the report of a build, so that a build need not import what deals with captures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefing.cli.reports import plain_text
from briefing.commands.audit import Audit
from briefing.model.counting import counted
from briefing.model.findings import Finding
from briefing.sources.accounted import Accounted
from briefing.sources.captures import Coverage, CoveredParagraph, Share, SourceCoverage, Verdict, Verified
from briefing.store import json_record

MAX_NAMED = 3
"""A row of a table names at most this many facts."""
MAX_REASON = 72


def verified(sources: Sequence[Verified]) -> Iterator[str]:
    """Yield a line for each source: the state of its capture, and how many of its passages hold."""
    rows = [
        (
            item.source,
            item.state.value,
            counted(len(item.paragraphs), "paragraph") if item.paragraphs else "",
            _passages([item]) if item.paragraphs else "not read",
        )
        for item in sources
    ]
    yield from _columns(rows)


def verified_summary(sources: Sequence[Verified], found: Sequence[Finding]) -> str:
    """Return the last line of a verification."""
    return f"{counted(len(sources), 'source')}, {_passages(sources)}. {plain_text.problems(found)}"


def covered(source: SourceCoverage) -> Iterator[str]:
    """Yield a line for each paragraph: whether it is cited or explained, by what, and what in it is open."""
    yield f"{source.source}: {source.label}"
    rows = [("¶", "state", "open", "cited for, or why not")]
    rows += [
        (
            str(paragraph.known.number),
            paragraph.coverage.value,
            ", ".join(dict.fromkeys(mention.text for mention in paragraph.open)),
            _cited_for(paragraph),
        )
        for paragraph in source.paragraphs
    ]
    yield from (f"  {line}" for line in _columns(rows))
    yield f"  {_covered_share(source.cited_paragraphs, source.cited_mentions, source.explained)}"
    yield ""


def covered_summary(sources: Sequence[SourceCoverage]) -> str:
    """Return the last line of a coverage, for all sources together."""
    paragraphs = sum((item.cited_paragraphs for item in sources), Share(0, 0))
    mentions = sum((item.cited_mentions for item in sources), Share(0, 0))
    explained = sum(item.explained for item in sources)
    return f"{counted(len(sources), 'source')}: {_covered_share(paragraphs, mentions, explained)}"


def accounted(counts: Sequence[Accounted]) -> Iterator[str]:
    """Yield a line for each kind of entry: how many the cited words state, and how many are our own."""
    for item in counts:
        parts = [
            f"{number} {what}"
            for number, what in (
                (item.stated, "stated by their passages"),
                (item.inferred, "inferred, as marked"),
                (item.unread, "in a language that is not read"),
                (item.missing, "not stated"),
            )
            if number or what.startswith("stated")
        ]
        name = "statuses" if item.kind == "status" else f"{item.kind}s"
        yield f"{item.total} {item.kind if item.total == 1 else name}: {', '.join(parts)}."


def _covered_share(paragraphs: Share, mentions: Share, explained: int) -> str:
    with_content, known = (
        counted(paragraphs.whole, "paragraph"),
        counted(mentions.whole, "mention"),
    )
    return (
        f"{paragraphs.part} of {with_content} with content cited ({paragraphs.percent} %), "
        f"{explained} explained; {mentions.part} of {known} cited ({mentions.percent} %)"
    )


def _cited_for(paragraph: CoveredParagraph) -> str:
    """Return the facts and roles that cite a paragraph, shortened; if none do, why none has to."""
    known = paragraph.known
    named = [*known.facts, *(f"role of {actor}" for actor in known.actors)]
    if paragraph.coverage is not Coverage.CITED:
        return _shortened("; ".join(item.reason for item in known.uncited if not item.terms))
    few = named[:MAX_NAMED]
    return ", ".join(few) + (f" and {len(named) - len(few)} more" if len(named) > len(few) else "")


def _passages(sources: Sequence[Verified]) -> str:
    counts = sum((item.counts for item in sources), Counter())
    held = counts[Verdict.HOLDS] + counts[Verdict.NORMALISED]
    others = [
        f"{counts[verdict]} {verdict.value}" for verdict in (Verdict.MOVED, Verdict.GONE) if counts[verdict]
    ]
    if counts[Verdict.NORMALISED]:
        others.insert(0, f"{counts[Verdict.NORMALISED]} of them when normalised")
    return ", ".join((f"{held} of {counted(counts.total(), 'passage')} hold", *others))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with their cells aligned in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_REASON else text[: MAX_REASON - 1].rstrip() + "…"


def of_audit(command: str, found: Audit, sources: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the record of ``verify`` or ``coverage``; ``sources`` are the records of the sources."""
    is_open = command == "coverage" and not all(item.is_whole for item in found.covered)
    return {
        "version": json_record.VERSION,
        "command": command,
        "exit_code": int(found.has_errors or is_open),
        "findings": [json_record.of_finding(finding) for finding in found.findings],
        "sources": list(sources),
    } | ({"accounted": [_of_accounted(item) for item in found.accounted]} if command == "coverage" else {})


def _of_accounted(item: Accounted) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "stated": item.stated,
        "inferred": item.inferred,
        "unread": item.unread,
        "missing": item.missing,
    }


def of_verified(item: Verified) -> dict[str, Any]:
    """Return the record of a source compared with its capture, with every passage cited from it."""
    return {
        "source": item.source,
        "capture": item.capture,
        "state": item.state.value,
        "sha256": item.sha256,
        "paragraphs": len(item.paragraphs),
        "counts": {verdict.value: item.counts[verdict] for verdict in Verdict},
        "passages": [
            {
                "owner": piece.owner,
                "paragraph": piece.evidence.paragraph,
                "terms": list(piece.evidence.terms),
                "verdict": piece.verdict.value,
                "moved_to": list(piece.moved_to),
                "path": piece.evidence.at.path,
                "line": piece.evidence.at.line,
                "column": piece.evidence.at.column,
            }
            for piece in item.passages
        ],
    }


def of_covered(item: SourceCoverage) -> dict[str, Any]:
    """Return the record of the coverage of a source, paragraph by paragraph."""
    return {
        "source": item.source,
        "cited_paragraphs": _of_share(item.cited_paragraphs),
        "cited_mentions": _of_share(item.cited_mentions),
        "explained_paragraphs": item.explained,
        "paragraphs": [_of_paragraph(paragraph) for paragraph in item.paragraphs],
    }


def _of_paragraph(paragraph: CoveredParagraph) -> dict[str, Any]:
    return {
        "number": paragraph.known.number,
        "state": paragraph.coverage.value,
        "facts": list(paragraph.known.facts),
        "actors": list(paragraph.known.actors),
        "reasons": [item.reason for item in paragraph.known.uncited],
        "mentions": [
            {
                "kind": mention.kind,
                "text": mention.text,
                "state": mention.coverage.value,
                "names": list(mention.names),
            }
            for mention in paragraph.mentions
        ],
    }


def _of_share(share: Share) -> dict[str, int]:
    return {"part": share.part, "whole": share.whole, "percent": share.percent}
