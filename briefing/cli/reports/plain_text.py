"""The findings and results of a call, for people: plain text, with colour only on a terminal."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import click

from briefing.model import characters
from briefing.model.counting import counted
from briefing.model.findings import Finding, Severity
from briefing.store.results import Action, Decision, Failure, Outcome

MAX_LINES = 40
MAX_FILES = 3
"""A line names at most this many files with one reason."""
MAX_SOURCE = 160
MAX_OF_A_CHECK = 20
"""A call shows at most this many findings of one check, unless it asks for all."""
FEW = 10
"""Above this number of findings, a table says how many each check has."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_VERBS = {
    Action.MAKE: "make",
    Action.REMOVE: "remove",
    Action.HOLD: "hold",
    Action.KEEP: "keep",
}


def findings(
    found: Sequence[Finding],
    texts: Mapping[str, str],
    has_notes: bool = False,
    fresh: Collection[Finding] = (),
    room: int = 0,
    most: int = 0,
) -> Iterator[str]:
    """Yield each finding with its source line, a caret and what to do, in lines of ``room`` characters.

    Notes are included only with ``has_notes``; the ``fresh`` ones are marked as new. Of each check, at most
    ``most`` are included; 0 includes all.
    """
    shown: Counter[str] = Counter()
    for finding in once(found):
        if finding.severity is Severity.NOTE and not has_notes:
            continue
        shown[finding.check] += 1
        if most and shown[finding.check] > most:
            continue
        slug = f"{'new ' if finding in fresh else ''}{_titled(finding)}"
        yield from fitted(f"{finding.at}: {_coloured(slug, finding.severity)} {finding.message}", room)
        yield from _source_line(finding, texts, room)
        if finding.hint:
            first, *pattern = finding.hint.split("\n")
            yield from fitted(f"    help: {first}", room)
            yield from pattern  # lines to copy: neither indented nor folded


def by_check(found: Sequence[Finding], has_notes: bool, most: int, how: str, room: int = 0) -> Iterator[str]:
    """Yield how many findings each check has, if they are many; ``how`` says how to see those left out."""
    shown = [item for item in once(found) if has_notes or item.severity is not Severity.NOTE]
    if len(shown) <= FEW:
        return
    order = list(Severity)
    counts = Counter((order.index(item.severity), _titled(item), item.check) for item in shown)
    width = len(f"{max(counts.values()):,}")
    yield "By check:"
    for (severity, title, check), number in sorted(
        counts.items(), key=lambda row: (row[0][0], -row[1], row[0])
    ):
        left = number - most if most else 0
        rest = f", {left:,} of them not shown; {how.format(check)}" if left > 0 else ""
        yield from fitted(f"  {number:{width},} {_coloured(title, order[severity])}{rest}", room)


def once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without repetitions of one for several briefs."""
    return tuple({dataclasses.replace(item, brief=""): item for item in reversed(list(found))}.values())[::-1]


def _titled(finding: Finding) -> str:
    return f"{finding.severity.value}[{finding.check}]"


def _coloured(title: str, severity: Severity) -> str:
    return click.style(title, fg=_COLOURS[severity], bold=True)


def decisions(outcome: Outcome, is_verbose: bool = False) -> Iterator[str]:
    """Yield what is made, removed or held back, and why; files with one reason share a line."""
    shown = (Action.MAKE, Action.REMOVE, *((Action.KEEP,) if is_verbose else ()))
    found = outcome.decisions if is_verbose else outcome.decisions.acted
    lines = [
        line
        for action in shown
        for line in _grouped([item for item in found if item.action is action], is_verbose)
    ]
    lines += [
        f"  {_VERBS[Action.HOLD]:6} {group}: {reason}" for group, reason in sorted(outcome.held.items())
    ]
    lines += [
        f"  {'leave':6} {found.brief}: {found.message}"
        for found in outcome.findings
        if found.check in ("nothing-known", "held-until", "not-published")
    ]
    if is_verbose:
        yield from lines
        return
    yield from lines[:MAX_LINES]
    groups = Counter((item.action, item.reason) for item in found if item.action in shown)
    if len(lines) > MAX_LINES:
        yield f"  … and {counted(len(lines) - MAX_LINES, 'more reason')}; --verbose shows them all"
    elif any(size > MAX_FILES for size in groups.values()):
        yield "  (--verbose names every file)"


def failures(failed: Sequence[Failure], is_verbose: bool = False) -> Iterator[str]:
    """Yield why files could not be made; several files with the same reason share a line."""
    by_message: dict[str, list[str]] = {}
    for failure in failed:
        by_message.setdefault(failure.message, []).append(failure.path)
    for message, paths in by_message.items():
        if len(paths) == 1:
            yield f"{paths[0]}: {message}"
            continue
        endings = {path.rpartition(".")[2] for path in paths}
        what = "PDF" if endings == {"pdf"} else "file"
        named = f" ({', '.join(paths)})" if is_verbose else ""
        yield f"{counted(len(paths), what)} not made{named}: {message}"


def fitted(line: str, room: int) -> Iterator[str]:
    """Yield a line in parts of at most ``room`` characters, the later ones indented; 0 leaves it whole.

    Words stay whole, so that people can copy a path.
    """
    if not room or len(click.unstyle(line)) <= room:
        yield line
        return
    indent = " " * min(len(line) - len(line.lstrip(" ")) + 4, room // 2)
    part = ""
    for word in re.findall(r" *[^ ]+", line):
        if part.strip() and len(click.unstyle(part + word)) > room:
            yield part
            part = indent + word.lstrip(" ")
        else:
            part += word
    yield part


def summary(outcome: Outcome, output: str, fresh: Collection[Finding] = (), is_verbose: bool = False) -> str:
    """Return the last line, with the totals. It counts the new notes; all of them if all are shown."""
    found = problems(outcome.findings) + _notes(outcome, fresh, is_verbose)
    if outcome.command == "check":
        return found
    failing = {failure.path for failure in outcome.failures}
    done_well = (decision for decision in outcome.decisions.acted if decision.path not in failing)
    counts = Counter(decision.action for decision in done_well)
    counts[Action.KEEP] = outcome.decisions.kept_number
    failed = f", {len(outcome.failures):,} failed" if outcome.failures else ""
    verb = "to make" if outcome.command == "plan" else "made"
    gone = "to remove" if outcome.command == "plan" else "removed"
    done = (
        f"{counts[Action.MAKE]} {verb}, {counts[Action.KEEP]} kept, "
        f"{counts[Action.REMOVE]} {gone}, {counts[Action.HOLD]} held back{failed}"
    )
    return f"{counted(len(outcome.decisions), 'file')}: {done}. {found}. Output: {output}"


def _notes(outcome: Outcome, fresh: Collection[Finding], is_verbose: bool) -> str:
    number = sum(finding.severity is Severity.NOTE for finding in once(outcome.findings))
    if is_verbose:
        return f", {counted(number, 'note')} ({len(fresh)} new)" if number else ""
    return f", {counted(len(fresh), 'new note')} (--verbose shows all)" if fresh else ""


def problems(found: Sequence[Finding]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = Counter(finding.severity for finding in once(found))
    return ", ".join(counted(severities[item], item.value) for item in (Severity.ERROR, Severity.WARNING))


def _grouped(decided: Sequence[Decision], is_verbose: bool) -> Iterator[str]:
    by_reason: dict[str, list[Decision]] = {}
    for item in decided:
        by_reason.setdefault(item.reason, []).append(item)
    for reason, items in by_reason.items():
        paths = [item.path for item in items]
        few = paths if is_verbose else paths[:MAX_FILES]
        shown = ", ".join(few) + (f" and {len(paths) - len(few)} more" if len(paths) > len(few) else "")
        yield f"  {_VERBS[items[0].action]:6} {shown}: {reason}"


def _source_line(finding: Finding, texts: Mapping[str, str], room: int) -> Iterator[str]:
    lines = texts.get(finding.at.path, "").splitlines()
    if not 0 < finding.at.line <= len(lines):
        return
    line = lines[finding.at.line - 1]
    number = str(finding.at.line)
    most = min(MAX_SOURCE, max(20, room - len(number) - 7)) if room else MAX_SOURCE
    first = max(0, finding.at.column - most // 2)
    # A hidden character is shown by its code, so what is before the caret may be longer than in the file.
    before = characters.shown_name(line[first : finding.at.column - 1].replace("\t", " "))
    behind = characters.shown_name(line[finding.at.column - 1 : first + most].replace("\t", " "))
    yield f"    {number} | {before}{behind}"
    yield f"    {' ' * len(number)} | {' ' * len(before)}^"
