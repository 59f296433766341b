"""A brief laid out against the library: its template gives the order, the content gives the words.

The draft is Markdown that still carries its fact links. What rests on facts that were not yet known on the
library's as-of day is left out, and the draft says so.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator

from briefing import links, query
from briefing.model import Brief, Draft, DraftSection, Fact, Library, Prose
from briefing.problems import Finding
from briefing.templating import TemplateProblem, Templates, sections
from briefing.wording import Wording

_BLOCKS = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"(#{1,6})[ \t][^\n]*")


def write(brief: Brief, library: Library, templates: Templates) -> tuple[Draft | None, tuple[Finding, ...]]:
    """Lay out a brief. Returns None with a finding where its template cannot be rendered."""
    known, left_out = _without_later(brief, library)
    wording = Wording(brief.language, library.actors)
    commitments = query.select(brief.commitments, library)
    try:
        text = templates.markdown(
            f"{brief.template}.md.j2",
            brief=known,
            project=library.project,
            library=library,
            wording=wording,
            commitments=commitments,
            timeline=sorted(
                query.select(brief.timeline, library),
                key=lambda fact: fact.date.sort_day if fact.date else datetime.date.max,
            ),
            judgements=[library.judgements[key] for key in brief.judgements if key in library.judgements],
            disagreements=_chosen(brief, library, "disagreements"),
            gaps=_chosen(brief, library, "gaps"),
            milestones=sorted(_chosen(brief, library, "milestones"), key=lambda item: item.date.latest),
            through={
                fact.id: wording.names(outlets)
                for fact in commitments
                if (outlets := query.outlets(fact, library))
            },
            known_on=query.known_on(library, _facts_of(known, library)),
            left_out=left_out,
        )
    except TemplateProblem as problem:
        return None, (dataclasses.replace(problem.finding, brief=brief.id),)
    parts = tuple(DraftSection(role, title, body) for role, title, body in sections(text) if body)
    if not parts:
        message = f"the template '{brief.template}.md.j2' prints no section"
        return None, (
            Finding("template", message, brief.at, "call section(role, title) in it", brief=brief.id),
        )
    return Draft(brief.id, parts), ()


def _facts_of(brief: Brief, library: Library) -> Iterator[Fact]:
    for name in brief.sheets:
        if name in library.sheets:
            yield from library.sheets[name].facts


def _chosen(brief: Brief, library: Library, register: str) -> list:  # type: ignore[type-arg]
    """The entries of a register that a brief prints: those it names, or all of its sheets."""
    named = getattr(brief, register)
    entries = getattr(library, register)
    if named is not None:
        return [entries[key] for key in named if key in entries]
    sheets = (library.sheets[name] for name in brief.sheets if name in library.sheets)
    return [entry for sheet in sheets for entry in getattr(sheet, register)]


def _without_later(brief: Brief, library: Library) -> tuple[Brief, int]:
    """The brief without the passages that cite facts not yet known, and how many those are."""
    if not library.later:
        return brief, 0
    bottom_line, dropped_above = known_passages(brief.bottom_line, library)
    body, dropped_below = known_passages(brief.body, library)
    return dataclasses.replace(brief, bottom_line=bottom_line, body=body), dropped_above + dropped_below


def known_passages(text: Prose, library: Library) -> tuple[Prose, int]:
    """A text without the passages that cite facts not yet known, and how many those are."""
    if not library.later:
        return text, 0
    code = links.code_spans(text)
    cuts = [
        match.span()
        for match in _BLOCKS.finditer(text)
        if not any(start < match.start() < end for start, end in code)
    ]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    blocks = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    kept = [block for block in blocks if not any(found.key in library.later for found in links.find(block))]
    with_text = [
        block
        for block, following in zip(kept, [*kept[1:], ""], strict=False)
        if not _level(block) or (following and (not _level(following) or _level(following) > _level(block)))
    ]
    return Prose("\n\n".join(with_text)), len(blocks) - len(kept)


def _level(block: str) -> int:
    """Level of a block that is a heading and nothing else; 0 for any other."""
    match = _HEADING.fullmatch(block.strip())
    return len(match[1]) if match else 0
