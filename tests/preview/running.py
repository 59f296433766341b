"""A preview in a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import environment


@dataclass
class Running:
    """A command that goes on until it is ended."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    _said: threading.Condition = field(default_factory=threading.Condition)

    def read(self) -> None:
        """Take what it prints, until it ends."""
        assert self.process.stdout
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self.lines.append("(ended)")
            self._said.notify_all()

    def until(self, words: str, times: int = 1) -> str:
        """Return the line that has some words, once it was printed so often."""
        with self._said:
            self._said.wait_for(
                lambda: len(self._with(words)) >= times or "(ended)" in self.lines, timeout=240
            )
            found = self._with(words)
        assert len(found) >= times, self.lines
        return found[times - 1]

    def _with(self, words: str) -> list[str]:
        return [line for line in self.lines if words in line]

    def end(self, by: int = signal.SIGINT) -> int:
        """Ask it to end; return its exit code."""
        self.process.send_signal(by)
        return self.process.wait(timeout=120)


@contextlib.contextmanager
def running(*arguments: str | Path) -> Iterator[Running]:
    """A command of the program, ended in any case."""
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", *map(str, arguments)],
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that starts tests in the background has them ignore Ctrl-C, and they would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing else runs yet
    )
    found = Running(process)
    reader = threading.Thread(target=found.read)
    reader.start()
    try:
        yield found
    finally:
        process.kill()
        process.wait()
        reader.join()


@dataclass(frozen=True)
class Served:
    """A preview that answers."""

    command: Running
    port: int
    token: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        token: str | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        target = f"/{self.token if token is None else token}/{path}"
        with contextlib.closing(connection):
            connection.putrequest(method, target, skip_host=bool(headers and "Host" in headers))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@contextlib.contextmanager
def preview(project: Path, *arguments: str) -> Iterator[Served]:
    """A preview of a project, in a process of its own, on any port."""
    with running("preview", *arguments, "--project", project, "--no-open") as command:
        line = command.until("http://")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", line)
        assert found, line
        yield Served(command, int(found[1]), found[2])
