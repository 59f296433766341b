"""A test that does what slow tests do bears their mark; whether it does is watched while it runs."""

from __future__ import annotations

import fnmatch
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.build import workers
from briefing.formats.base import Prepared
from briefing.formats.pdf import typeset
from tests.conftest import CAPTURES_VARIABLE, LANES, REPOSITORY, environment

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
        typeset.make(PAGE)
    with workers.started(1) as pool, pytest.raises(pytest.fail.Exception, match=r"pytest\.mark\.pdf"):
        pool.make(PAGE)


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
    with workers.started(1) as pool:
        first = pool.make(PAGE)

    def refuse(pool: workers.Pool) -> None:
        pytest.fail("a worker was asked again")

    monkeypatch.setattr(workers.Pool, "_take", refuse)
    with workers.started(1) as pool:
        assert pool.make(PAGE) == first
    assert first.startswith(b"%PDF-")


# ------------------------------------------------------------------------------------ nothing left out

LEFT_OUT = """\
import pytest

@pytest.mark.skip(reason="there is no such tool")
def test_it() -> None:
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_that() -> None:
    assert False
"""


def _run_left_out(folder: Path, **settings: str) -> tuple[int, str]:
    """Run a test that is skipped and one that is known to fail, with what watches over ours."""
    (folder / "test_left_out.py").write_text(LEFT_OUT, "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            folder,
        ],
        cwd=folder,
        env=environment(PYTEST_XDIST_WORKER="", **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.process
def test_what_would_be_skipped_fails_in_the_gate_and_only_there(tmp_path: Path) -> None:
    """And a run without the captures of the shipped corpus says so, and names the variable."""
    without = f"not held against its captures, which are no part of the repository; {CAPTURES_VARIABLE}"
    code, said = _run_left_out(tmp_path, BRIEFING_GATE="1", BRIEFING_CAPTURES=str(tmp_path))
    assert code == 1
    assert "the gate leaves nothing out, and test_left_out.py::test_it would be skipped" in said
    assert "1 xfailed, 1 error" in said
    assert without not in said
    code, said = _run_left_out(tmp_path, BRIEFING_GATE="0", BRIEFING_CAPTURES="")
    assert code == 0
    assert "1 skipped, 1 xfailed" in said
    assert (without in said) == (not (REPOSITORY.parent / "shared" / "sources").is_dir())


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """By default pytest skips folders with names such as "build", and says nothing of it."""
    tests = Path(__file__).parent
    folders = {part for path in tests.rglob("test_*.py") for part in path.relative_to(tests).parent.parts}
    assert "build" in folders
    skipped = pytestconfig.getini("norecursedirs")
    assert [name for name in folders if any(fnmatch.fnmatch(name, pattern) for pattern in skipped)] == []
