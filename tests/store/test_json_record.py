"""Plain data for other programs: complete, stable, and the way back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.findings import Finding, Place, Severity
from briefing.store import json_record
from briefing.store.results import Action, Decision, Failure, Outcome, decisions

_TEXT = st.text(max_size=20)
_FINDINGS = st.builds(
    Finding,
    check=_TEXT,
    message=_TEXT,
    at=st.builds(Place, _TEXT, st.integers(1, 9999), st.integers(1, 9999)),
    hint=_TEXT,
    severity=st.sampled_from(Severity),
    brief=_TEXT,
)


@given(_FINDINGS)
def test_finding_comes_back_from_its_record(finding: Finding) -> None:
    assert json_record.to_finding(json.loads(json.dumps(json_record.of_finding(finding)))) == finding


def test_names_are_those_that_scripts_know() -> None:
    """Names are added, never changed: whoever has to change this list breaks somebody's script."""
    outcome = Outcome(
        "build",
        (Finding("a", "b", Place("c", 1, 2)),),
        decisions([Decision("p", Action.MAKE, "new", "g", "html")]),
        (Failure("p", "m"),),
        {"g": "why"},
    )
    assert json_record.of_outcome(outcome) == {
        "version": 1,
        "command": "build",
        "exit_code": 2,
        "findings": [
            {
                "check": "a",
                "severity": "error",
                "message": "b",
                "hint": "",
                "path": "c",
                "line": 1,
                "column": 2,
                "brief": "",
            }
        ],
        "decisions": [{"path": "p", "action": "make", "reason": "new", "group": "g", "format": "html"}],
        "failures": [{"path": "p", "message": "m"}],
        "held": {"g": "why"},
    }


def test_exit_code_tells_what_went_wrong() -> None:
    error, warning, note = (Finding("a", "b", Place("c"), severity=severity) for severity in Severity)
    assert Outcome("build", ()).exit_code == 0
    assert Outcome("build", (warning, note)).exit_code == 0
    assert Outcome("build", (warning, error)).exit_code == 1
    assert Outcome("build", (error,), failures=(Failure("p", "m"),)).exit_code == 2
