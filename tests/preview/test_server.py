"""The server of the preview: who may ask, for what, and how it ends."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SAMPLE, contents, run
from tests.preview.running import Served, preview

pytestmark = pytest.mark.process
PAGE = "site/briefs/ferry-purchase.html"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview of the sample, which no test changes."""
    project = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("served") / "project"))
    with preview(project) as found:
        yield found


def test_it_answers_with_the_page_that_a_build_makes_and_nothing_keeps_it(served: Served) -> None:
    status, headers, body = served.ask(PAGE)
    assert status == 200
    assert b"<h1>The ferry purchase</h1>" in body
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_it_listens_on_this_machine_only(served: Served) -> None:
    with socket.socket() as other:
        other.settimeout(5)
        with pytest.raises(OSError, match="refused"):
            other.connect((f"127.0.0.{2}", served.port))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", ""]
)
def test_another_host_is_refused(served: Served, host: str) -> None:
    # A name of somebody else may lead to this machine.
    assert served.ask(PAGE, {"Host": host})[0] in (400, 421)


def test_this_machine_by_its_name_is_answered(served: Served) -> None:
    assert served.ask(PAGE, {"Host": f"localhost:{served.port}"})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_from_elsewhere_is_refused(served: Served, headers: dict[str, str]) -> None:
    assert served.ask(PAGE, headers)[0] == 403


def test_a_page_of_the_preview_is_answered(served: Served) -> None:
    headers = {"Origin": f"http://127.0.0.1:{served.port}", "Sec-Fetch-Site": "same-origin"}
    assert served.ask("state/ferry-purchase/site", headers)[0] == 200


@pytest.mark.parametrize("token", ["", "x", "site", "..", "%00"])
def test_without_the_token_there_is_nothing(served: Served, token: str) -> None:
    status, _, body = served.ask(PAGE, token=token)
    assert status == 404
    assert served.token.encode() not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_takes_nothing(served: Served, method: str) -> None:
    assert served.ask(PAGE, method=method)[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "site/../content/project.yaml",
        "site/%2e%2e/content/project.yaml",
        "site/..%2fcontent%2fproject.yaml",
        "site/briefs/..%2f..%2fcontent%2fproject.yaml",
        "site//etc/passwd",
        "site/%2fetc%2fpasswd",
        "site/assets/..%2fproject.yaml",
        "site/assets/fonts/..%2f..%2fMETADATA",
        "site/content%5cproject.yaml",
        "own/page.html.j2",
        "own/%2e%2e%2fsite.css",
        "page/..%2f..%2fcontent%2fproject/html",
        "picture/../1.png",
        "picture/x/1.png",
    ],
)
def test_no_path_leads_out(served: Served, path: str) -> None:
    status, _, body = served.ask(path)
    assert b"publisher:" not in body
    assert b"root:" not in body
    assert status == 404 or b"There is nothing to show yet" in body


def test_all_that_a_page_loads_is_there(served: Served) -> None:
    for path, kind in {
        "own/preview.css": "text/css",
        "own/preview-page.css": "text/css",
        "own/preview.js": "javascript",
        "site/assets/site.css": "text/css",
        "site/assets/icon.svg": "image/svg",
        "site/assets/fonts/sans.woff2": "font/",
        "site/facts/ferry.count.html": "text/html",
    }.items():
        if path.startswith("site/facts"):
            served.ask("state/ferry-purchase/site?whole=1")
        status, headers, body = served.ask(path)
        assert (status, bool(body)) == (200, True), path
        assert kind in headers["content-type"], path


@pytest.mark.pdf
def test_a_pdf_is_shown_page_by_page_and_as_a_file(served: Served) -> None:
    body = served.ask("page/ferry-purchase/pdf")[2].decode()
    picture = body.partition('<img src="/')[2].partition('"')[0].partition("/")[2]
    status, headers, data = served.ask(picture)
    assert (status, headers["content-type"], data[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    assert served.ask(picture.replace("/1.png", "/99.png"))[0] == 404
    assert served.ask("site/briefs/ferry-purchase.pdf")[2].startswith(b"%PDF-")


def test_what_it_says_first_is_the_brief_and_then_the_project(served: Served) -> None:
    answer = json.loads(served.ask("state/ferry-purchase/site?whole=1")[2])
    assert answer["is_checked"] is True
    assert answer["address"].startswith(f"/{served.token}/site/briefs/ferry-purchase.html?v=")
    unknown = json.loads(served.ask("state/nothing/site")[2])
    assert "there is no brief" in unknown["panel"]


@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_ends_when_it_is_asked_to_even_while_browsers_listen(tmp_path: Path, by: int, code: int) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    before = contents(project)
    with preview(project) as found:
        connection = http.client.HTTPConnection("127.0.0.1", found.port, timeout=120)
        connection.request("GET", f"/{found.token}/changes")
        stream = connection.getresponse()
        assert stream.readline() == b"event: changed\n"
        assert found.command.end(by) == code, found.command.lines
        assert b"Traceback" not in "\n".join(found.command.lines).encode()
        connection.close()
    assert contents(project) == before


def test_a_port_that_is_taken_is_a_problem_of_the_machine(served: Served) -> None:
    said = run("preview", "--project", SAMPLE, "--no-open", "--port", str(served.port))
    assert said.exit_code == 2
    assert f"port {served.port} cannot be used" in said.err


def test_a_brief_that_does_not_exist_is_named(tmp_path: Path) -> None:
    said = run("preview", "ferry-purchas", "--project", SAMPLE, "--no-open")
    assert said.exit_code == 2
    assert "did you mean 'ferry-purchase'?" in said.err
    assert run("preview", "--project", tmp_path, "--no-open").exit_code == 2
