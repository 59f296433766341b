"""The work of ``verify`` and ``coverage``: compare the sources with their captures.

It is separate from the build but shares its first steps. No build needs a capture; the result of a
verification is kept in the content, so that briefs can say when their passages were last verified.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from pathlib import Path

from briefing.build import steps
from briefing.checks import runner
from briefing.content import layout, yaml_nodes
from briefing.model import query
from briefing.model.findings import Finding, UsageError, nearest, ordered
from briefing.model.library import Library
from briefing.sources import accounted, captures, coverage, verify
from briefing.sources.accounted import Accounted
from briefing.sources.captures import SourceCoverage, Verified
from briefing.store import disk
from briefing.store.disk import Texts
from briefing.store.records import Records

_COMMENT = "Written by `briefing verify --record`; not to be edited by hand."


@dataclass(frozen=True, slots=True)
class Audit:
    """The results for the captures."""

    findings: tuple[Finding, ...]
    """In order of place."""
    verified: tuple[Verified, ...]
    """In the order of the register of sources."""
    covered: tuple[SourceCoverage, ...]
    accounted: tuple[Accounted, ...] = ()
    """What is behind the values, dates and statuses of the whole project."""

    @property
    def has_errors(self) -> bool:
        """Whether there is an error, such as a passage that does not hold."""
        return any(finding.is_error for finding in self.findings)


def run(texts: Texts, folder: Path, today: datetime.date) -> Audit:
    """Read and link the content, and compare all of it with the captures in a folder."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; --captures names the folder of the captured texts")
    linked = steps.link(steps.read(_without_record(texts)))
    library, records = linked.library, linked.content.records
    if library is None or records is None:
        return Audit(linked.findings, (), ())
    verified = verify.sources(library, _captures(library, folder))
    found = runner.over_captures(
        runner.Subject(library, (), today, suppressions=records.suppressions, verified=verified)
    )
    texts_of = {str(item.source): item.paragraphs for item in verified}
    return Audit(
        ordered((*linked.findings, *found)),
        verified,
        coverage.sources(library, verified),
        accounted.of_library(library, texts_of),
    )


def only(audit: Audit, source: str) -> Audit:
    """Return the part of an audit that is about one source. Raises UsageError if there is no such source."""
    known = [item.source for item in audit.verified]
    if not known and audit.has_errors:
        return audit
    if source not in known:
        hint = nearest(source, known, "" if known else "there are none")
        raise UsageError(f"there is no source '{source}'; {hint}")
    return Audit(
        audit.findings,
        tuple(item for item in audit.verified if item.source == source),
        tuple(item for item in audit.covered if item.source == source),
        audit.accounted,
    )


def record(records: Records, audit: Audit, today: datetime.date) -> str:
    """Record what was verified, for later builds. Return the path of the record in the project."""
    uncited = {item.source: coverage.open_mentions(item) for item in audit.covered}
    written = {
        str(item.source): {
            "day": today.isoformat(),
            "sha256": item.sha256,
            "paragraphs": str(len(item.paragraphs)),
            "passages": sorted(
                {query.passage_digest(piece.evidence) for piece in item.passages if piece.is_found}
            ),
        }
        | ({"uncited": list(uncited[item.source])} if uncited.get(item.source) else {})
        for item in audit.verified
    }
    records.write({layout.VERIFICATION_FILE: yaml_nodes.write(written, _COMMENT).encode()})
    return layout.VERIFICATION_FILE


def _without_record(texts: Texts) -> Texts:
    """Return the content without the last verification, which nothing here needs and a call may replace."""
    kept = {path: text for path, text in texts.texts.items() if path != layout.VERIFICATION_FILE}
    return dataclasses.replace(texts, texts=kept)


def _captures(library: Library, folder: Path) -> dict[str, captures.Capture]:
    """Return the capture of every source, by the source's id."""
    found = disk.read_captures(folder, sorted({source.capture for source in library.sources.values()}))
    return {source.id: captures.read(found[source.capture]) for source in library.sources.values()}
