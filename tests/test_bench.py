"""The benchmark measures builds of a made-up corpus; a mistake in it would make them short."""

from __future__ import annotations

from pathlib import Path

from briefing.store import disk, request
from tests.bench import corpus
from tests.model.test_findings import planned


def test_nothing_is_wrong_with_the_made_up_corpus(tmp_path: Path) -> None:
    corpus.write(tmp_path, 2)
    outcome = planned(disk.read(tmp_path, request.FOLDERS))
    assert [finding for finding in outcome.findings if finding.is_error] == []
    assert outcome.held == {}
