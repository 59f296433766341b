"""Slow work on other machines: a real scheduler and real workers, each a process of its own."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefing.build import cluster, cluster_worker, machine, workers
from briefing.formats.base import Prepared
from briefing.model.findings import ClusterError, MissingLibraryError, UsageError
from briefing.store import font_files
from tests.conftest import REPOSITORY, SAMPLE, call, environment, run

PDFS = ("--only", "ferry-purchase", "--format", "pdf", "--format", "flash", "--format", "two-page")
ROLES = {"SCHEDULER": "scheduler", "WORKER": "worker", "CLIENT": "builder"}
"""Who takes part, by Dask's names and by those of the guide."""
GUIDE = (REPOSITORY / "CLUSTER.md").read_text("utf-8")


# ---------------------------------------------------------------------------------------------- before it


@pytest.mark.parametrize("address", ["tls://scheduler:8786", "tcp://127.0.0.1:8786", "tcp://[::1]:8786"])
def test_an_address_that_nobody_else_can_read_is_taken(address: str) -> None:
    cluster.check(address)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://10.0.0.5:8786", "expected an address that begins with tls://, found 'tcp://10.0.0.5:8786'"),
        ("tcp://localhost.example.org:8786", "expected an address that begins with tls://"),
        ("10.0.0.5:8786", "expected the address of a Dask scheduler such as tls://scheduler:8786, found"),
        ("tls://scheduler", "expected the address of a Dask scheduler"),
        ("inproc://a:1", "expected the address of a Dask scheduler"),
    ],
)
def test_any_other_address_is_refused(address: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        cluster.check(address)
    said = call("build", "--project", SAMPLE, "--output", tmp_path / "output", "--cluster", address)
    assert (said.exit_code, said.out) == (2, "")
    assert said.err.startswith(f"briefing: {message}")
    assert not (tmp_path / "output").exists()


def test_without_the_extra_the_option_names_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingLibraryError, match=r"needs distributed; install it with: .*\[cluster\]"):
        cluster.check("tls://scheduler:8786")
    said = call("build", "--project", SAMPLE, "--cluster", "tls://scheduler:8786")
    assert said.exit_code == 2
    assert said.err.rstrip().endswith("install 'briefing-compiler[cluster]'")


def test_jobs_are_for_this_machine() -> None:
    said = call("build", "--project", SAMPLE, "--cluster", "tls://scheduler:8786", "--jobs", "2")
    assert said.exit_code == 2
    assert "--jobs is for PDFs made on this machine" in said.err


def test_differences_name_what_differs_and_count_the_rest() -> None:
    here = {"Briefing": "1", "Python": "3.11", "pango": "1.50", "zlib": "1", "a test page as PDF": "a"}
    there = {**here, "pango": "1.56", "a test page as PDF": "b"}

    def tell(other: Mapping[str, str]) -> str:
        return machine.differences(json.dumps(here).encode(), json.dumps(other).encode())

    assert tell(here) == ""
    assert tell(there) == "pango: 1.56 there, 1.50 here"
    assert tell({**here, "a test page as PDF": "b"}) == "a test page as PDF: b there, a here"
    assert tell({}).endswith("pango: none there, 1.50 here; and 1 more")


# -------------------------------------------------------------------------------------------- a cluster


@dataclasses.dataclass(frozen=True)
class Machines:
    """A scheduler and its workers, as processes on this machine."""

    folder: Path
    env: Mapping[str, str]
    processes: contextlib.ExitStack

    def start(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a part of Dask as CLUSTER.md does, but at a port that is free."""
        command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", "scheduler.json"]
        with (self.folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=self.folder,
                env=env or self.env,
                stdout=log,
                stderr=log,
            )
        self.processes.callback(process.wait)
        self.processes.callback(process.kill)
        return process

    def worker(self, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a worker with one thread. Without Dask's nanny, which would start it again."""
        return self.start("worker", "--nthreads", "1", "--no-nanny", env=env)

    def scheduler(self, protocol: str) -> str:
        """Start the scheduler and return its address."""
        process = self.start("scheduler", "--protocol", protocol, "--port", "0")
        file = self.folder / "scheduler.json"
        while not file.exists() or not file.read_text("utf-8"):
            assert process.poll() is None, (self.folder / "log.txt").read_text("utf-8")
            time.sleep(0.05)
        return str(json.loads(file.read_text("utf-8"))["address"])


@contextlib.contextmanager
def machines(folder: Path, **more: str) -> Iterator[Machines]:
    with contextlib.ExitStack() as processes:
        yield Machines(folder, environment(**more), processes)


def _wait_for(number: int, address: str, env: Mapping[str, str]) -> None:
    """Wait until a scheduler knows so many workers."""
    script = f"import distributed; distributed.Client({address!r}).wait_for_workers({number}, 60)"
    subprocess.run([sys.executable, "-c", script], env=env, check=True, timeout=90)


@pytest.mark.process
@pytest.mark.pdf
def test_two_workers_behind_tls_make_the_same_bytes_and_another_gets_nothing(
    tmp_path: Path, built_sample: Path
) -> None:
    (script,) = re.findall(r"```sh certificates\n(.*?)```", GUIDE, re.DOTALL)
    subprocess.run(["sh", "-ec", script], cwd=tmp_path, check=True, capture_output=True)
    tls = {
        "CA_FILE": "ca.pem",
        **{f"{role}__CERT": f"{name}.pem" for role, name in ROLES.items()},
        **{f"{role}__KEY": f"{name}-key.pem" for role, name in ROLES.items()},
    }
    tls = {f"DASK_DISTRIBUTED__COMM__TLS__{key}": str(tmp_path / name) for key, name in tls.items()}
    # Of two versions of a package, Python takes the first on its path, and so does the program.
    (tmp_path / "other/site-packages/pydyf-0.0.1.dist-info").mkdir(parents=True)
    with machines(tmp_path, DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION="true", **tls) as there:
        address = there.scheduler("tls")
        there.worker()
        there.worker()
        path = os.pathsep.join([str(tmp_path / "other/site-packages"), there.env["PYTHONPATH"]])
        there.worker({**there.env, "PYTHONPATH": path})
        _wait_for(3, address, there.env)
        arguments = ("--project", SAMPLE, "--output", tmp_path / "output", *PDFS, "--cluster", address)
        said = run("build", *arguments)
        assert said.exit_code == 2
        assert said.err.startswith(f"briefing: the scheduler {address} cannot be reached: "), said.err
        assert not (tmp_path / "output/briefs").exists()
        said = run("build", *arguments, env=there.env)
        assert said.exit_code == 0, said.text
        assert re.fullmatch(
            r"briefing: the worker tls://127.0.0.1:\d+ is not used: pydyf: 0.0.1 there, [\d.]+ here\n",
            said.err,
        )
    made = sorted((tmp_path / "output/briefs").iterdir())
    assert len(made) == 3
    for file in made:
        assert file.read_bytes() == (built_sample / "output/briefs" / file.name).read_bytes()


HEAD = "<!doctype html><html lang='en'><title>Test</title><p>"
FILES = [Prepared("pdf", f"{HEAD}Sheet {number}", "", (), f"Sheet {number}") for number in range(8)]
HEBREW = next(file.place for file in font_files.packaged() if "Hebrew" in file.name)
POISON = Prepared("pdf", f"{HEAD}{'Poison ' * 20}", "", (), "Poison")
DEADLY = """
import os, signal
from briefing.formats.pdf import typeset
make = typeset.make
def deadly(prepared):
    if prepared.title == "Poison":
        os.kill(os.getppid(), signal.SIGKILL)
    return make(prepared)
typeset.make = deadly
"""
"""Read by Python before everything else: one title ends the worker whose child process reads it."""


@pytest.mark.process
@pytest.mark.pdf
def test_workers_that_end_lose_nothing_until_none_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    monkeypatch.setattr(cluster, "TRIES", 2)
    monkeypatch.setattr(cluster, "_PATIENCE", 3)
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    own = font_files.of_project("fonts/Own.ttf", HEBREW.read_bytes(), HEBREW)
    files = [*FILES, Prepared("pdf", f"{HEAD}\N{HEBREW LETTER ALEF}", "", (), "Its own font", fonts=(own,))]
    with machines(tmp_path, PYTHONPATH=path) as there, workers.started(2) as here:
        expected, problems = workers.make_all(files, here)
        assert problems == {}
        address = there.scheduler("tcp")
        staff = [there.worker(), there.worker()]
        told: list[str] = []
        _wait_for(2, address, there.env)

        with cluster.started(address, told.append) as pool:
            made, problems = workers.make_all(files, pool, lambda done, *_: staff[0].kill())
        assert (made, problems) == (expected, {})
        # On a busy machine the worker that ends may have nothing left to do, and nothing is said;
        # or it may not have been asked yet what it has, when the other made the first file.
        left = r"has left; [12] files? went to others|is not used: it ended before it could say what it has"
        told_of_it = re.compile(rf"the worker tcp://127\.0\.0\.1:\d+ (?:{left})")
        assert len(told) <= 1 and all(told_of_it.fullmatch(words) for words in told), told

        staff += [there.worker(), there.worker()]
        _wait_for(3, address, there.env)
        told.clear()
        with cluster.started(address, told.append) as pool:
            made, problems = workers.make_all([POISON, *files], pool)
        assert made == expected
        assert {name: str(problem) for name, problem in problems.items()} == {
            POISON.fingerprint: "2 workers of the cluster ended while making it, so the others were spared; "
            "their machines may be out of memory"
        }
        assert len(told) == 2 and all("has left; " in words for words in told)
        assert sorted(process.poll() is None for process in staff) == [False, False, False, True]

        for process in staff:
            process.kill()
        with (
            pytest.raises(ClusterError, match="has no workers; start some and build again"),
            cluster.started(address, told.append) as pool,
        ):
            workers.make_all(FILES, pool)

        (tmp_path / "sitecustomize.py").write_text(
            f"import sys\nsys.modules['{cluster_worker.__name__}'] = None", "utf-8"
        )
        without = there.worker()
        _wait_for(1, address, there.env)
        told.clear()
        with (
            pytest.raises(ClusterError, match="has what this machine has, so none may make files"),
            cluster.started(address, told.append) as pool,
        ):
            workers.make_all(FILES, pool)
        assert "is not used: it cannot say what it has (ModuleNotFoundError: " in told[0]
        assert without.poll() is None
