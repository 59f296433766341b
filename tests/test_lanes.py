"""A test that does what slow tests do bears their mark; whether it does is watched while it runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing import workers
from briefing.formats import Prepared, typesetting
from tests.conftest import LANES

PAGE = Prepared("pdf", "<!doctype html><html lang='en'><title>x</title><p>y", "", (), "x")


def test_a_process_without_a_mark_is_caught() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"mark it with pytest\.mark\.process"):
        subprocess.run([sys.executable, "-c", ""], check=True)


def test_weasyprint_without_a_mark_is_caught_whatever_was_imported_before() -> None:
    assert "weasyprint" not in sys.modules
    with pytest.raises(pytest.fail.Exception, match=r"mark it with pytest\.mark\.pdf"):
        import weasyprint  # noqa: F401


def test_typesetting_without_a_mark_is_caught() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"mark it with pytest\.mark\.pdf"):
        typesetting.make(PAGE)
    with workers.crew(1) as crew, pytest.raises(pytest.fail.Exception, match=r"pytest\.mark\.pdf"):
        crew.make(PAGE)


@pytest.mark.process
def test_a_marked_test_may() -> None:
    assert subprocess.run([sys.executable, "-c", ""], check=True).returncode == 0


def test_slow_fixtures_bring_their_marks(request: pytest.FixtureRequest) -> None:
    """Of all tests of this run; those of the fast lane use no slow fixture."""
    for item in request.session.items:
        used = set(getattr(item, "fixturenames", ()))
        for lane, fixtures in LANES.items():
            assert not fixtures & used or item.get_closest_marker(lane), f"{item.nodeid} is not marked {lane}"


@pytest.mark.pdf
def test_what_a_worker_made_is_kept_for_the_whole_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with workers.crew(1) as crew:
        first = crew.make(PAGE)

    def refuse(crew: workers.Crew) -> None:
        pytest.fail("a worker was asked again")

    monkeypatch.setattr(workers.Crew, "_take", refuse)
    with workers.crew(1) as crew:
        assert crew.make(PAGE) == first
    assert first.startswith(b"%PDF-")
