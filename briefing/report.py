"""What a call found and did, for people to read. Plain text; colour only where a terminal wants it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from briefing.jobs import Action, Decision, Outcome
from briefing.problems import Finding, Severity

MAX_LINES = 40
MAX_SOURCE = 160

_VISIBLE = dict.fromkeys((*range(32), 127, *range(128, 160)), "·") | {ord("\t"): " "}
"""Control characters of a source line must not reach the terminal."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_VERBS = {
    Action.MAKE: "make",
    Action.REMOVE: "remove",
    Action.HOLD: "hold",
    Action.KEEP: "keep",
}


def findings(found: Sequence[Finding], texts: Mapping[str, str], has_notes: bool = False) -> Iterator[str]:
    """Each finding with its source line, a caret and what to do; notes only where they are wanted."""
    for finding in found:
        if finding.severity is Severity.NOTE and not has_notes:
            continue
        slug = click.style(
            f"{finding.severity.value}[{finding.check}]", fg=_COLOURS[finding.severity], bold=True
        )
        yield f"{finding.at}: {slug} {finding.message}"
        yield from _source_line(finding, texts)
        if finding.hint:
            yield f"    help: {finding.hint}"


def decisions(outcome: Outcome, is_verbose: bool = False) -> Iterator[str]:
    """What is made, removed or held, and why; files with one reason are named together."""
    shown = (Action.MAKE, Action.REMOVE, *((Action.KEEP,) if is_verbose else ()))
    lines = [
        line
        for action in shown
        for line in _grouped([item for item in outcome.decisions if item.action is action], is_verbose)
    ]
    lines += [
        f"  {_VERBS[Action.HOLD]:6} {group}: {reason}" for group, reason in sorted(outcome.held.items())
    ]
    lines += [
        f"  {'leave':6} {found.brief}: {found.message}"
        for found in outcome.findings
        if found.check == "nothing-known"
    ]
    yield from lines if is_verbose else lines[:MAX_LINES]
    if len(lines) > MAX_LINES and not is_verbose:
        yield f"  … and {len(lines) - MAX_LINES} more reasons; --verbose shows them all"


def summary(outcome: Outcome, output: str) -> str:
    """The last line: what it comes to."""
    told = problems(outcome.findings)
    notes = sum(finding.severity is Severity.NOTE for finding in outcome.findings)
    if notes:
        told += f", {count(notes, 'note')} (--verbose shows them)"
    if outcome.command == "check":
        return told
    counts = Counter(decision.action for decision in outcome.decisions)
    failed = f", {len(outcome.failures)} failed" if outcome.failures else ""
    verb = "to make" if outcome.command == "plan" else "made"
    gone = "to remove" if outcome.command == "plan" else "removed"
    done = (
        f"{counts[Action.MAKE] - len(outcome.failures)} {verb}, {counts[Action.KEEP]} kept, "
        f"{counts[Action.REMOVE]} {gone}, {counts[Action.HOLD]} held back{failed}"
    )
    return f"{count(len(outcome.decisions), 'file')}: {done}. {told}. Output: {output}"


def problems(found: Sequence[Finding]) -> str:
    """How many errors and warnings there are."""
    severities = Counter(finding.severity for finding in found)
    return f"{count(severities[Severity.ERROR], 'error')}, {count(severities[Severity.WARNING], 'warning')}"


def _grouped(decided: Sequence[Decision], is_verbose: bool) -> Iterator[str]:
    by_reason: dict[str, list[Decision]] = {}
    for item in decided:
        by_reason.setdefault(item.reason, []).append(item)
    for reason, items in by_reason.items():
        paths = [item.path for item in items]
        few = paths if is_verbose else paths[:3]
        shown = ", ".join(few) + (f" and {len(paths) - len(few)} more" if len(paths) > len(few) else "")
        yield f"  {_VERBS[items[0].action]:6} {shown}: {reason}"


def _source_line(finding: Finding, texts: Mapping[str, str]) -> Iterator[str]:
    lines = texts.get(finding.at.path, "").splitlines()
    if not 0 < finding.at.line <= len(lines):
        return
    line = lines[finding.at.line - 1]
    first = max(0, finding.at.column - MAX_SOURCE // 2)
    cut = line[first : first + MAX_SOURCE].translate(_VISIBLE)
    number = str(finding.at.line)
    yield f"    {number} | {cut}"
    yield f"    {' ' * len(number)} | {' ' * (finding.at.column - 1 - first)}^"


def count(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"
