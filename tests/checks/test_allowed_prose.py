"""What the checks over prose find can be allowed at the spot: above the paragraph, and above the key."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

import pytest

from briefing.checks import attribution, estimative_language, figures, statuses
from briefing.checks.runner import CHECKS
from briefing.model.findings import Finding, Severity
from briefing.store import disk, request
from tests import values
from tests.model.test_findings import BAD, planned

SLUGS = [
    check.slug for module in (statuses, figures, attribution, estimative_language) for check in module.CHECKS
]


def found_in(root: Path) -> list[Finding]:
    """What has to be mended."""
    found = planned(disk.read(root, request.FOLDERS), root).findings
    return [finding for finding in found if finding.severity is not Severity.NOTE]


@functools.cache
def found_at_first(case: str) -> list[Finding]:
    """What has to be mended before anything is allowed; the same for both stories of a case."""
    with tempfile.TemporaryDirectory() as folder:
        laid_over(case, Path(folder))
        return found_in(Path(folder))


def laid_over(case: str, root: Path) -> None:
    shutil.copytree(values.GOOD_PROJECT, root, dirs_exist_ok=True)
    shutil.copytree(BAD / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))


def allow(root: Path, finding: Finding) -> None:
    """Put an allowance above the paragraph, the list or the key in which something was found."""
    path = root / finding.at.path
    lines = path.read_text("utf-8").split("\n")
    index = finding.at.line - 1
    if path.suffix == ".md":
        while lines[index - 1].strip() not in ("", "---"):
            index -= 1
        mark = f"<!-- allow[{finding.check}]: the desk has agreed to it -->"
    else:
        indent = len(lines[index]) - len(lines[index].lstrip())
        mark = f"{' ' * indent}# allow[{finding.check}]: the desk has agreed to it"
    if mark not in lines[index - 1 : index + 1]:
        lines.insert(index, mark)
        path.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_finding_over_prose_is_allowed_above_its_paragraph_or_its_key(slug: str, tmp_path: Path) -> None:
    laid_over(slug, tmp_path)
    found = found_at_first(slug)
    told = [finding for finding in found if finding.check == slug]
    others = [finding.message for finding in found if finding.check != slug]
    assert told
    for finding in sorted(told, key=lambda finding: finding.at, reverse=True):
        allow(tmp_path, finding)
    assert [finding.message for finding in found_in(tmp_path)] == others


@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_reason_it_stays_an_error(slug: str, tmp_path: Path) -> None:
    laid_over(slug, tmp_path)
    told = [finding for finding in found_at_first(slug) if finding.check == slug]
    for finding in sorted(told, key=lambda finding: finding.at, reverse=True):
        allow(tmp_path, finding)
    for path in tmp_path.rglob("extra.*"):
        path.write_text(path.read_text("utf-8").replace(": the desk has agreed to it", ""), "utf-8")
    left = [finding for finding in found_in(tmp_path) if finding.check == "silence"]
    assert {finding.at.path for finding in left} == {finding.at.path for finding in told}
    assert all(finding.is_error for finding in left)


def test_every_check_over_prose_may_be_allowed() -> None:
    assert all(check.may_be_suppressed for check in CHECKS if check.slug in SLUGS)
