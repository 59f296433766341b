"""The ladders of a project, its own and those of the program, and what the ids of statuses mean on them."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from briefing.content import decode, yaml_nodes
from briefing.model.editions import DraftSection, Figure, Mark
from briefing.model.facts import AcceptedState, Assertion, Fact, FactSheet, Row
from briefing.model.ladders import COMMITMENTS, Flag, FlagId, Group, Ladder, LadderFlag, Rung, RungId, Status
from briefing.model.ledger import Accepted, Issued
from briefing.model.library import Project
from briefing.model.matters import Matter
from briefing.model.scales import Degree

_WithStatus = TypeVar("_WithStatus", Fact, Assertion, AcceptedState, Mark)
_Named = TypeVar("_Named", Ladder, Group, Rung, LadderFlag)
_FOLDER = Path(__file__).parents[1] / "ladders"


@functools.cache
def of_program() -> Mapping[str, Ladder]:
    """Return the ladders that every project can name, by id."""
    found: dict[str, Ladder] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        node, problems = yaml_nodes.parse(path.read_text("utf-8"), f"briefing/ladders/{path.name}")
        assert node is not None, problems
        read, problems = decode.shape_register(Ladder, node)
        assert read is not None, problems
        found |= {ladder.id: ladder for ladder in read}
    return MappingProxyType(found)


def known(own: Iterable[Ladder]) -> Mapping[str, Ladder]:
    """Return the ladders that a project can name: its own, each part with its name, and the program's."""
    return MappingProxyType({**of_program(), **{ladder.id: _named(ladder) for ladder in own}})


def _named(ladder: Ladder) -> Ladder:
    return dataclasses.replace(
        _with_name(ladder),
        groups=tuple(map(_with_name, ladder.groups)),
        rungs=tuple(map(_with_name, ladder.rungs)),
        flags=tuple(map(_flag_with_name, ladder.flags)),
    )


def _with_name(item: _Named) -> _Named:
    return item if item.name else dataclasses.replace(item, name=item.id.replace("-", " "))


def _flag_with_name(flag: LadderFlag) -> LadderFlag:
    # Flags of the program's ladders have names in every language.
    is_usual = any(ladder.flag(flag.id) for ladder in of_program().values())
    return flag if is_usual and not flag.name else _with_name(flag)


def for_tables(ladders: Mapping[str, Ladder]) -> Ladder:
    """Return the ladder whose groups are the columns of tables: the only one, or else the program's."""
    return next(iter(ladders.values())) if len(ladders) == 1 else of_program()[COMMITMENTS]


def in_use(own: Collection[Ladder], project: Project, named: Iterable[str]) -> Mapping[str, Ladder]:
    """Return the ladders of a project: the one that counts where nothing names one, its own, those named.

    The program's own is none of them where every status has a ladder that is named: see ``named_by``.
    """
    choices, mine = known(own), [ladder.id for ladder in own]
    each = sorted(named)
    usual = next((name for name in (project.ladder, *mine) if name in choices), COMMITMENTS)
    is_needless = usual == COMMITMENTS != project.ladder and "" not in each
    is_needless = is_needless and bool(each) and all(name in choices for name in each)
    names = dict.fromkeys((*(() if is_needless else (usual,)), *mine, *each))
    return MappingProxyType({name: choices[name] for name in names if name in choices})


def named_by(sheet: FactSheet) -> tuple[str, ...]:
    """Return the ladder that a sheet names; "" where it names none and has statuses."""
    if sheet.ladder:
        return (sheet.ladder,)
    has_status = any(
        fact.status or any(state.status for state in fact.history) or any(row.status for row in fact.rows)
        for fact in sheet.facts
    )
    return ("",) if has_status else ()


def of_sheet(sheet: FactSheet | None, ladders: Mapping[str, Ladder]) -> Ladder:
    """Return the ladder of the facts of a sheet, of those in use; the first where it names none."""
    return ladders.get(sheet.ladder if sheet else "") or next(iter(ladders.values()))


def of_fact(
    fact: Fact | None, sheet: FactSheet | None, matters: Mapping[str, Matter], ladders: Mapping[str, Ladder]
) -> Ladder:
    """Return the ladder of a fact: of the first of its matters that names one, else that of its sheet."""
    named = named_for(fact.matters if fact else (), sheet.ladder if sheet else "", matters)
    return next((ladders[name] for name in named if name in ladders), next(iter(ladders.values())))


def named_for(names: Iterable[str], of_sheet: str, matters: Mapping[str, Matter]) -> Iterator[str]:
    """Yield the ladders that are named for a fact, the nearest first: by its matters, then by its sheet."""
    named = (*(matters[name].ladder for name in names if name in matters), of_sheet)
    yield from filter(None, named)


def linked(fact: Fact, ladder: Ladder) -> Fact:
    """Return a fact with its present and earlier statuses and flags on its ladder, without unknown ones."""
    history = tuple(_on(item, ladder.status, ladder.flag) for item in fact.history)
    return dataclasses.replace(_on(fact, ladder.status, ladder.flag), history=history)


def accepted(record: Accepted, ladder_of: Callable[[str], Ladder], ladders: Mapping[str, Ladder]) -> Accepted:
    """Return acceptances with the statuses in their states on the present ladders of the facts."""
    states = (_then(item, (ladder_of(item.fact), *ladders.values())) for item in record.states)
    return dataclasses.replace(record, states=tuple(states))


def issued(item: Issued, ladder_of: Callable[[str], Ladder], ladders: Mapping[str, Ladder]) -> Issued:
    """Return an edition with the statuses of its facts and figures on ladders."""

    def of_fact(fact: Fact) -> Fact:
        known = (ladder_of(fact.id), *ladders.values())
        history = tuple(_then(state, known) for state in fact.history)
        return dataclasses.replace(_then(fact, known), history=history)

    sections = tuple(_section(section) for section in item.printed.sections)
    state = dataclasses.replace(item.state, facts=tuple(map(of_fact, item.state.facts)))
    return dataclasses.replace(
        item, printed=dataclasses.replace(item.printed, sections=sections), state=state
    )


def _section(section: DraftSection) -> DraftSection:
    if section.figure is None:
        return section
    return dataclasses.replace(section, figure=of_figure(section.figure))


def of_figure(figure: Figure) -> Figure:
    """Return a figure of an edition with its statuses on the ladder that it keeps."""
    known = figure.ladders or (before_supplied(),)

    def then(marks: Iterable[Mark], own: str = "") -> tuple[Mark, ...]:
        first = sorted(known, key=lambda ladder: ladder.id != own)
        return tuple(_then(mark, first) for mark in marks)

    rows = tuple(dataclasses.replace(row, marks=then(row.marks, row.ladder)) for row in figure.rows)
    return dataclasses.replace(figure, marks=then(figure.marks), rows=rows)


@functools.cache
def before_supplied() -> Ladder:
    """Return the program's own ladder as it was drawn in editions that keep no ladder."""
    ladder = of_program()[COMMITMENTS]
    rungs = tuple(rung for rung in ladder.rungs if rung.like is not Degree.SUPPLIED)
    return drawn(dataclasses.replace(ladder, rungs=rungs))


def drawn(ladder: Ladder) -> Ladder:
    """Return the part of a ladder that a figure shows: its groups and rungs by name."""
    rungs = tuple(Rung(rung.id, rung.group, rung.like, rung.name) for rung in ladder.rungs)
    groups = tuple(Group(group.id, group.shape, group.name) for group in ladder.groups)
    return Ladder(ladder.id, groups, rungs)


def _on(
    state: _WithStatus, status: Callable[[str], Status | None], flag: Callable[[str], Flag | None]
) -> _WithStatus:
    """Return a state with its status, its flags and the statuses of its rows as a ladder knows them."""
    rows: tuple[Row, ...] = state.rows if isinstance(state, Fact | AcceptedState) else ()
    changes: dict[str, Any] = {}
    if state.status is not None or state.flags:
        changes["status"] = status(state.status.id) if state.status else None
        changes["flags"] = tuple(filter(None, (flag(item.id) for item in state.flags)))
    if any(row.status for row in rows):
        changes["rows"] = tuple(
            dataclasses.replace(row, status=status(row.status.id) if row.status else None) for row in rows
        )
    return dataclasses.replace(state, **changes) if changes else state


def _then(state: _WithStatus, ladders: Iterable[Ladder]) -> _WithStatus:
    """Return a state of an earlier day, whose ladder may have changed since or be another one."""
    known = (*ladders, *of_program().values())

    def status(name: str) -> Status:
        return next(filter(None, (item.status(name) for item in known)), Status(RungId(name)))

    def flag(name: str) -> Flag:
        return next(filter(None, (item.flag(name) for item in known)), Flag(FlagId(name), name))

    return _on(state, status, flag)
