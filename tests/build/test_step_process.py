"""Long steps of the line in other processes: the same files and findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.build import on_demand, recorded, step_process
from briefing.build.steps import EVERYTHING
from briefing.content import layout
from briefing.memo import kept
from briefing.store import built, disk, request
from tests import values
from tests.bench import corpus

pytestmark = pytest.mark.process
OWN = "site-fact.html.j2"


def test_files_and_findings_are_those_of_one_process(tmp_path: Path) -> None:
    corpus.write(tmp_path, 4)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / OWN).write_text(layout.shipped_templates()[OWN] + "<!-- ours -->")
    texts = disk.read(tmp_path, request.FOLDERS)
    found = []
    for size in (1, 2):
        helpers = step_process.of(texts, size, many=20)
        engine = recorded.engine_of(kept.opened(None, ""), texts, values.TODAY, helpers=helpers)
        try:
            snapshot = on_demand.snapshot(engine, texts, EVERYTHING)
            assert snapshot
            laid_out = on_demand.lay_out(engine, snapshot, EVERYTHING, built.Manifest(), "", ())
        finally:
            helpers.close()
        assert laid_out
        assert helpers.started == (2 if size == 2 else 0)
        files = [(job.path, job.fingerprint, job.inputs.facts) for job in laid_out.jobs]
        prepared = [job.prepared for job in laid_out.jobs[::7]]
        # Each step runs once, wherever it runs.
        found.append((files, prepared, snapshot.findings, dict(engine.worked)))
    assert found[0] == found[1]
