"""What is held back: briefs that need faulty content or lack a file, and the site, which is made as a whole.

All files of a brief and its pages on the site show one state of the content. So one file that cannot be made
holds back all of them, and the site with them, because its lists, its search and its feeds name every brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from briefing.content.linker import Records
from briefing.model import query
from briefing.model.briefs import Brief, Selection
from briefing.model.facts import FactSheet
from briefing.model.findings import LEAK, Finding
from briefing.store.request import BRIEFS_FOLDER, DRAFTS_FOLDER, PROJECT_FILE, SITE
from briefing.store.results import Failure


def held(
    findings: Iterable[Finding],
    records: Records | None,
    brief_names: Iterable[str],
    failures: Iterable[Failure] = (),
) -> dict[str, str]:
    """Return the briefs that are held back, and ``site`` if it is, each with the reason.

    ``brief_names`` are the names of all briefs, whether they could be read or not. Without records everything
    is held back. ``failures`` are files that could not be made, although their content has no errors.
    """
    brief_names, findings = tuple(brief_names), tuple(findings)
    if any(finding.check == LEAK for finding in findings):
        return dict.fromkeys([*brief_names, SITE], "a file would say what its readers may not see")
    found = _by_findings(findings, records, brief_names)
    for failure in failures:
        if not failure.holds:
            continue
        reason = f"{failure.path} could not be made"
        owner = brief_of(failure.path)
        # A shared page of the site shows every brief, so without it no brief's own files may be newer.
        for name in (owner,) if owner else brief_names:
            found.setdefault(name, reason)
        found.setdefault(SITE, f"the site is made as a whole, and {reason}")
    return {**dict(_in_the_way(found, records, brief_names)), **found} if records else found


def _in_the_way(
    found: Mapping[str, str], records: Records, brief_names: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield the briefs that have the former name of one that is held back, each with the reason of that.

    Under this name are the last good files of the other, which must not be written over.
    """
    names = {*brief_names}
    for brief in records.briefs if found else ():  # to read all briefs takes long in a large project
        if brief.id in found:
            yield from ((old, found[brief.id]) for old in brief.formerly if old in names)


def brief_of(path: str) -> str:
    """Return the brief to which an output file belongs, its pages on the site included; empty if none."""
    folder, _, name = path.removeprefix(f"{SITE}/").partition("/")
    return name.partition("/")[0].partition(".")[0] if folder in (BRIEFS_FOLDER, DRAFTS_FOLDER) else ""


def _by_findings(
    findings: Iterable[Finding], records: Records | None, brief_names: Iterable[str]
) -> dict[str, str]:
    errors = [finding for finding in findings if finding.is_error]
    if records is None:
        return dict.fromkeys([*brief_names, SITE], f"{PROJECT_FILE} has errors")
    found: dict[str, str] = {}
    everywhere: list[str] = []
    for finding in errors:
        pure = PurePosixPath(finding.at.path)
        folder = str(pure.parent)
        if finding.brief:
            found.setdefault(finding.brief, f"{finding.at.path} has errors")
        elif folder == "content/briefs":
            found.setdefault(pure.stem, f"{finding.at.path} has errors")
        elif folder == "content/facts":
            for brief in records.briefs:
                if pure.stem in sheets_of(brief, records):
                    found.setdefault(brief.id, f"it needs {finding.at.path}, which has errors")
        elif str(pure.parent.parent) == "content/editions":
            now: dict[str, str] = {old: brief.id for brief in records.briefs for old in brief.formerly}
            brief_name = now.get(pure.parent.name, pure.parent.name)
            found.setdefault(brief_name, f"{finding.at.path} has errors")
        elif not _concerns_site_only(finding, folder):
            everywhere.append(finding.at.path)
    if everywhere:
        found = dict.fromkeys(brief_names, f"it needs {everywhere[0]}, which has errors") | found
    if errors:
        found[SITE] = f"the site is made as a whole, and {errors[0].at.path} has errors"
    return found


def _concerns_site_only(finding: Finding, folder: str) -> bool:
    """Return whether a finding that names no brief affects only the site.

    If a template that briefs share fails for one of them, the finding names that brief.
    """
    is_of_site = folder == "content/pages" or finding.at.path.startswith("templates/site")
    return is_of_site or finding.check == "template"


def sheets_of(brief: Brief, records: Records) -> frozenset[str]:
    """Return the ids of the sheets from which a brief can show something."""
    names: set[str] = set(brief.sheets)
    for selection in brief.selections:
        names |= {*selection.sheets, *map(query.sheet_of, selection.facts)}
        has_conditions = selection != Selection(facts=selection.facts, except_facts=selection.except_facts)
        if has_conditions and not selection.sheets:
            names |= {sheet.id for sheet in records.sheets} | records.broken_in("facts")
    names |= {query.sheet_of(item.fact) for item in brief.series}
    listed = (brief.judgements, brief.disagreements, brief.gaps, brief.milestones)
    names |= {query.sheet_of(key) for keys in listed for key in keys or ()}
    names |= {*map(query.sheet_of, brief.linked)}
    for sheet in records.sheets:
        if sheet.id in names:
            names |= {query.sheet_of(key) for key in _rests_on(sheet)}
    return frozenset(names)


def _rests_on(sheet: FactSheet) -> Iterator[str]:
    """Yield the facts on which a sheet rests; without them a brief would be incomplete."""
    for item in (*sheet.facts, *sheet.entries):
        yield from item.rests_on
