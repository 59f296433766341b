"""Reports that readers at a level may see: what they may not see is left out of them.

A plan compares with what the last build left, and that may show what has become stricter since.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from briefing.build import leaks
from briefing.build.steps import Snapshot
from briefing.build.telltales import Telltales
from briefing.model.findings import Finding, Place
from briefing.store.request import PROJECT_FILE
from briefing.store.results import Decisions

WITHHELD = "(withheld)"
"""Printed where a report would say what its readers may not see."""
_Report = TypeVar("_Report")


def for_readers(report: _Report, snapshot: Snapshot) -> _Report:
    """Return a report for the audience of a snapshot, without what is above its level."""
    library, whole = snapshot.library, snapshot.whole
    if library is None or whole is None or library.level is None:
        return report
    sought = leaks.of_level(whole, library.level, snapshot.theme, library)
    redacted: _Report = _without(report, sought) if sought else report
    return redacted


def _without(value: Any, sought: Telltales) -> Any:
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return WITHHELD if value and sought.is_in(value) else value
    if isinstance(value, Finding):
        return _finding(value, sought)
    if isinstance(value, Decisions):
        paths = {item.path for item in value.acted}
        acted = [_without(item, sought) for item in value.acted]
        return Decisions(acted, value.kept_number, lambda: (item for item in value if item.path not in paths))
    if isinstance(value, Mapping):
        return {_without(key, sought): _without(item, sought) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_without(item, sought) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in dataclasses.fields(value):
            before = getattr(value, field.name)
            after = _without(before, sought)
            if after is not before and after != before:
                changes[field.name] = after
        return dataclasses.replace(value, **changes) if changes else value
    return value


def _finding(finding: Finding, sought: Telltales) -> Finding:
    """Return a finding; one about something withheld says only that, and no place: lines are printed."""
    if not any(map(sought.is_in, (finding.message, finding.hint, finding.at.path, finding.brief))):
        return finding
    return Finding(finding.check, WITHHELD, Place(PROJECT_FILE), severity=finding.severity)
