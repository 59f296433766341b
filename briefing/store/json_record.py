"""Findings, decisions and outcomes as plain data, which ``--json`` prints and a manifest keeps.

The record is stable: new names may be added, and existing ones never change; ``version`` goes up when a
meaning changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.model.findings import Finding, Place, Severity
from briefing.store.results import Decision, Outcome

VERSION = 1


def of_outcome(outcome: Outcome) -> dict[str, Any]:
    """Return the record of the whole outcome of a call."""
    return {
        "version": VERSION,
        "command": outcome.command,
        "exit_code": outcome.exit_code,
        "findings": [of_finding(finding) for finding in outcome.findings],
        "decisions": [of_decision(decision) for decision in outcome.decisions],
        "failures": [{"path": failure.path, "message": failure.message} for failure in outcome.failures],
        "held": dict(outcome.held),
    }


def of_finding(finding: Finding) -> dict[str, Any]:
    """Return the record of one finding; line and column count from 1."""
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.at.path,
        "line": finding.at.line,
        "column": finding.at.column,
        "brief": finding.brief,
    }


def to_finding(record: Mapping[str, Any]) -> Finding:
    """Return the finding from which a record was made."""
    return Finding(
        check=record["check"],
        message=record["message"],
        at=Place(record["path"], record["line"], record["column"]),
        hint=record["hint"],
        severity=Severity(record["severity"]),
        brief=record["brief"],
    )


def note_keys(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Return what identifies each note: check, file and message. On another line it is the same note."""
    return [(item.check, item.at.path, item.message) for item in findings if item.severity is Severity.NOTE]


def fresh_notes(findings: Iterable[Finding], known: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """Return the notes that are not among the known ones; of equal notes, only those in excess."""
    left = Counter(known)
    fresh = []
    for finding in findings:
        for key in note_keys([finding]):
            left[key] -= 1
            if left[key] < 0:
                fresh.append(finding)
    return fresh


def of_decision(decision: Decision) -> dict[str, Any]:
    """Return the record of one decision."""
    return {
        "path": decision.path,
        "action": decision.action.value,
        "reason": decision.reason,
        "group": decision.group,
        "format": decision.format,
    }
