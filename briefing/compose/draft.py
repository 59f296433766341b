"""The draft of a brief: its template gives the order, the content gives the words.

The draft is Markdown that still has its fact links. As of an earlier day, it leaves out prose that could not
have been written then (``as_of`` decides), and says so.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing.compose import board, charts, draft_marks, tables
from briefing.compose.board import Board
from briefing.compose.templates import TemplateProblem, Templates, sections
from briefing.content import as_of
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.briefs import Brief
from briefing.model.editions import Draft, DraftSection, Figure
from briefing.model.facts import Fact
from briefing.model.findings import Finding, Severity, nearest
from briefing.model.library import Library
from briefing.model.scales import FigureKind
from briefing.model.values import place_of
from briefing.review import schedule

_LAYOUT = ".md.j2"
"""The ending of the templates that lay out briefs."""


def write(
    brief: Brief,
    library: Library,
    templates: Templates,
    news: DraftSection | None = None,
    issued_on: datetime.date = datetime.date.min,
) -> tuple[Draft | None, tuple[Finding, ...]]:
    """Return the draft of a brief; None, with a finding, where nothing was known or its template fails.

    ``news`` is the section on what changed since the last edition, as Markdown with fact links. ``issued_on``
    is the day of the edition that the draft is for, if it is about to be issued.
    """
    known, left_out = _as_known(brief, library)
    wording = Wording(brief.language, library.actors, library.project.own_words)
    commitments = query.select(brief.commitments, library)
    if library.as_of and not _shows_anything(known, library):
        return None, (_nothing_known(brief, wording.day(library.as_of)),)
    if unknown := _unknown_template(brief, templates):
        return None, (unknown,)
    through = {
        fact.id: wording.names(outlets) for fact in commitments if (outlets := query.outlets(fact, library))
    }
    placed = board.of(brief.board, library, wording)
    known, to_check = draft_marks.marked(known, library, wording)
    try:
        text = templates.markdown(
            f"{brief.template}{_LAYOUT}",
            brief=known,
            project=library.project,
            library=library,
            wording=wording,
            say=wording.say,
            commitments=tables.of_commitments(commitments, through, wording),
            money=tables.of_money(query.select(brief.money, library), wording),
            series=list(_series(brief, library)),
            board=placed,
            timeline=sorted(query.select(brief.timeline, library), key=_day),
            judgements=[library.judgements[key] for key in brief.judgements if key in library.judgements],
            disagreements=query.chosen(brief, library, "disagreements"),
            gaps=query.chosen(brief, library, "gaps"),
            milestones=sorted(query.chosen(brief, library, "milestones"), key=lambda item: item.date.latest),
            through=through,
            called_off=schedule.CalledOff(library),
            known_on=query.known_on(library, _facts_of(known, library)),
            passed_by=max(issued_on, query.passed_by(library, _facts_of(known, library), [brief.id])),
            left_out=left_out,
            news=news,
            to_check=to_check,
        )
    except TemplateProblem as problem:
        return None, (dataclasses.replace(problem.finding, brief=brief.id),)
    parts = tuple(_parts(text, library, wording, placed))
    return (Draft(brief.id, parts), ()) if parts else (None, (_no_section(brief),))


def _day(fact: Fact) -> datetime.date:
    """Return the day by which a timeline orders a fact; what is not dated comes last."""
    return fact.date.sort_day if fact.date else datetime.date.max


def _no_section(brief: Brief) -> Finding:
    message = f"the template '{brief.template}.md.j2' prints no section"
    return Finding("template", message, brief.at, "call section(role, title) in it", brief=brief.id)


def _series(brief: Brief, library: Library) -> Iterator[tuple[Fact, str, str]]:
    """Yield the facts whose rows a brief shows, each with its title and the kind of its figure."""
    for item in brief.series:
        fact = library.facts.get(item.fact)
        if fact and fact.rows:
            yield fact, item.title or fact.named, charts.series_kind(item, fact).value


def _parts(text: str, library: Library, wording: Wording, placed: Board) -> Iterator[DraftSection]:
    """Yield the sections of a drafted text that have a body, with their figures."""
    for role, title, body, figure in sections(text):
        if body:
            yield DraftSection(role, title, body, _figure(figure, title, body, library, wording, placed))


def _unknown_template(brief: Brief, templates: Templates) -> Finding | None:
    """Return a finding if no template has the name that a brief gives."""
    layouts = [name.removesuffix(_LAYOUT) for name in templates.texts if name.endswith(_LAYOUT)]
    if brief.template in layouts:
        return None
    at, hint = place_of(brief.template, brief.at), nearest(brief.template, layouts)
    return Finding("template", f"there is no template '{brief.template}'", at, hint, brief=brief.id)


def _figure(
    kind: str, title: str, text: str, library: Library, wording: Wording, placed: Board
) -> Figure | None:
    return charts.chart(FigureKind(kind), title, text, library, wording, placed) if kind else None


def _facts_of(brief: Brief, library: Library) -> Iterator[Fact]:
    for name in brief.sheets:
        if name in library.sheets:
            yield from library.sheets[name].facts


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The parts of a brief that are left out as of a day."""

    bottom_line: bool = False
    """Whether the bottom line is left out."""
    passages: int = 0
    """The number of passages of the text below that are left out."""
    of: int = 0
    """The number of its passages today."""
    is_whole: bool = True
    """Whether everything around the brief was as it is today, so that nothing is left out."""

    @property
    def key(self) -> str:
        """The entry of the words that says what is left out."""
        line = "_line" if self.bottom_line else ""
        text = ("_text" if self.passages == self.of else "_passages") if self.passages else ""
        return f"as_of.left_out{line}{text}"


def _as_known(brief: Brief, library: Library) -> tuple[Brief, LeftOut]:
    """Return the brief with prose that could have been written on the library's day, and omissions."""
    if not library.as_of:
        return brief, LeftOut()
    is_whole = as_of.is_whole(brief, library)
    found = {name: as_of.passages(text, library, is_whole) for name, text in brief.prose.items()}
    texts: dict[str, Any] = {name: item.text for name, item in found.items()}
    line = found.pop("bottom_line")
    left_out, kept = (sum(getattr(item, name) for item in found.values()) for name in ("left_out", "kept"))
    known = dataclasses.replace(brief, **texts)
    return known, LeftOut(line.left_out > 0, left_out, kept + left_out, is_whole)


def _shows_anything(brief: Brief, library: Library) -> bool:
    """Return whether a brief has anything known to show: prose, or an entry in one of its lists."""
    chosen = (query.chosen(brief, library, name) for name in ("disagreements", "gaps", "milestones"))
    selected = (query.select(selection, library) for selection in brief.selections)
    return bool(
        any(brief.prose.values())
        or any(key in library.judgements for key in brief.judgements)
        or any(chosen)
        or any(selected)
        or any(item.fact in library.facts for item in brief.series)
    )


def _nothing_known(brief: Brief, day: str) -> Finding:
    message = f"nothing that this brief shows was known on {day}"
    return Finding("nothing-known", message, brief.at, "", Severity.NOTE, brief=brief.id)
