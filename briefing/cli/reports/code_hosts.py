"""Findings for other programs: SARIF for editors and code hosts, command lines for workflows on GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from briefing import __version__
from briefing.checks import runner
from briefing.checks.runner import Check
from briefing.model.findings import FOUND_BEFORE, Finding, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def sarif(findings: Sequence[Finding], folder: str = "") -> str:
    """Return a SARIF log of one run. ``folder`` is the path to the project as readers of the log see it."""
    rules = [*map(_rule, runner.CHECKS), *(_plain_rule(slug, text) for slug, text in FOUND_BEFORE.items())]
    known = {rule["id"] for rule in rules}
    others = dict.fromkeys(finding.check for finding in findings if finding.check not in known)
    rules += [_plain_rule(slug, f"The content has a problem of the kind {slug}.") for slug in others]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "Briefing", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.check], folder) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=2)


def github(findings: Iterable[Finding], folder: str = "") -> Iterator[str]:
    """Yield a workflow command for each finding, which GitHub shows beside the line."""
    for finding in findings:
        named = {
            "file": _path(finding, folder),
            "line": str(finding.at.line),
            "col": str(finding.at.column),
            "title": finding.check,
        }
        properties = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in named.items())
        yield f"::{_COMMANDS[finding.severity]} {properties}::{_escaped(_message(finding))}"


def _rule(check: Check) -> dict[str, Any]:
    words = {"Good": check.good, "Bad": check.bad}
    return {
        "id": check.slug,
        "shortDescription": {"text": check.meaning},
        "fullDescription": {"text": f"{check.meaning} {check.why}"},
        "help": {
            "text": "\n".join(f"{name}: {text}" for name, text in words.items()),
            "markdown": "\n".join(f"* **{name}:** {_code(text)}" for name, text in words.items()),
        },
        "defaultConfiguration": {"level": check.severity.value},
    }


def _plain_rule(slug: str, meaning: str) -> dict[str, Any]:
    """Return a rule for findings that are made before any check runs."""
    return {
        "id": slug,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": "Nothing that rests on it can be made until it is corrected."},
        "defaultConfiguration": {"level": Severity.ERROR.value},
    }


def _result(finding: Finding, rule: int, folder: str) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(_path(finding, folder))},
        "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
    }
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": place}],
    }
    return result | ({"properties": {"brief": finding.brief}} if finding.brief else {})


def _message(finding: Finding) -> str:
    return "; ".join(filter(None, [finding.message, finding.hint]))


def _path(finding: Finding, folder: str) -> str:
    return f"{folder}/{finding.at.path}" if folder else finding.at.path


def _code(text: str) -> str:
    """Return a text as a Markdown code span, with a longer fence than any run of backticks in it."""
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def _escaped(text: str, more: str = "") -> str:
    """Return a text in which every character that would end it is percent-encoded, as GitHub decodes it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
