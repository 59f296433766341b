"""The leak gate: canaries in every field reach no file, and a file that has one stops the build."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.build import jobs, leaks, makers, steps
from briefing.build.plan import Job
from briefing.build.steps import EVERYTHING, Snapshot
from briefing.build.telltales import Telltales
from briefing.content import layout
from briefing.model.scales import Marking
from briefing.store.disk import Texts
from tests import ledgers, values
from tests.build import canaries
from tests.build.canaries import AS_IT_IS, Planted
from tests.build.test_non_interference import Editor, World, edition_of, marked, named, records, texts_of
from tests.conftest import QUICK, SAMPLE, Project, contents, tries

SHEET = "content/facts/drones.yaml"
BRIEF = "content/briefs/letter.md"
ONLY_TEXT = ("--format", "markdown", "--format", "html")
SECRET = """\
title: Quiet talks
summary: What nobody is to know.
marking: RED
facts:
  visit:
    kind: event
    statement: The envoy Kettlewick-Ostrander visited Vessen in secret and offered a lease.
    label: Night visit
    evidence:
      - {source: report, paragraph: 1, terms: [a letter]}
    date: {edtf: 1987-03-14, inferred: [year, month, day], basis: "it was Pi Day, so 14 March 1987"}
    value: {amount: 3, unit: drones, inferred: [amount, unit], basis: "one and two, so 3 drones"}
  offer:
    kind: claim
    statement: The harbour would cost less.
    evidence:
      - {source: report, paragraph: 1, terms: [eleven barges]}
    said_by: [minister]
    value: {amount: 48315, currency: SEK, inferred: [amount, currency], basis: "we added up, so SEK 48,315"}
    caveat: None.
"""
ENVOY = """\

envoy:
  name: Ingrid Kettlewick-Ostrander
  kind: person
  role: Plenipotentiary
  marking: RED
"""


@pytest.fixture(scope="module")
def planted() -> tuple[Snapshot, list[Planted]]:
    """The project of canaries as readers of CLEAR may see it, and the canaries."""
    files, found = canaries.project()
    snapshot = steps.compose(steps.link(steps.read(Texts(files, (), "")), audience="CLEAR"))
    assert not snapshot.held, snapshot.findings
    return snapshot, found


@pytest.fixture(scope="module")
def sought() -> Telltales:
    """The tell-tales of a small secret, of which everything is known."""
    files = {**values.good_texts().texts, "content/facts/talks.yaml": SECRET}
    files["content/actors.yaml"] += ENVOY
    snapshot = steps.link(steps.read(Texts(files, (), "")))
    assert snapshot.whole
    return leaks.of_level(snapshot.whole, Marking.CLEAR, snapshot.theme)


def made(found: tuple[Job, ...]) -> Iterator[tuple[Job, bytes]]:
    """Every file, and of one that is typeset, or drawn, the page and the data from which it is."""
    for job in found:
        prepared = job.prepared
        if prepared.maker not in makers.SLOW_MAKERS:
            yield job, makers.make(prepared)
        elif prepared.maker != "font":
            parts = (prepared.text, *prepared.shorter, *(item.text for item in prepared.attachments))
            yield job, "\n".join((prepared.title, *parts)).encode()


# ---------------------------------------------------------------------------------------- nothing gets out


def test_every_field_that_can_say_something_has_a_canary(
    planted: tuple[Snapshot, list[Planted]],
) -> None:
    lacking = canaries.fields_with_texts() - {(item.record, item.field) for item in planted[1]}
    of_fixed_form = {name for name in lacking if name[1] in AS_IT_IS or name == ("Date", "edtf")}
    assert lacking == of_fixed_form, "let the good project, or FILLED in canaries.py, have these fields"


def test_the_canary_of_every_field_is_a_tell_tale(planted: tuple[Snapshot, list[Planted]]) -> None:
    gate = leaks.of(planted[0])
    assert [item for item in planted[1] if not gate.sought[Marking.CLEAR].is_in(item.text)] == []


def test_no_file_has_a_canary_and_the_gate_finds_none(planted: tuple[Snapshot, list[Planted]]) -> None:
    found, laid_out = jobs.lay_out_all(planted[0], EVERYTHING)
    assert not laid_out.held, laid_out.findings
    gate = leaks.of(planted[0])
    number = 0
    for job, data in made(found):
        number += 1
        plain = re.sub(rb"urn:uuid:[\w-]+|sha256-[\w+/=]+|base64,[\w+/=]+", b"", data).decode()
        assert not canaries.TRACE.search(html.unescape(f"{job.path} {plain}")), job.path
        gate.search(job.group, job.path, data, lambda: "")
    assert number > 100
    assert gate.findings() == ()


@given(marked(), st.sampled_from(["CLEAR", "GREEN", "AMBER"]))
@settings(max_examples=tries(6))
def test_whatever_is_marked_the_gate_knows_it_and_takes_nothing_shown_for_it(of: World, level: str) -> None:
    editions = edition_of(of)
    snapshot = steps.compose(steps.link(steps.read(texts_of(of, editions)), audience=level))
    gate = leaks.of(snapshot)
    by_hand = Editor(of, level).result()
    gone = dict(records(of)).keys() - dict(records(by_hand)).keys()
    known = gate.sought.get(Marking(level), Telltales())
    for name in gone:
        kind = name.partition("-")[0]
        if kind != "editions" and not name.endswith(("-role", "-then")):
            assert known.is_in(str(named("?", name))), name
    found, _ = jobs.lay_out_all(snapshot, EVERYTHING)
    for job, data in made(found):
        gate.search(job.group, job.path, data, lambda: "")
    assert gate.findings() == ()


# ----------------------------------------------------------------------------------------- every disguise


def pdf(*streams: bytes, info: bytes = b"", is_packed: bool = True) -> bytes:
    """A PDF with an empty page, some streams and an entry of its information."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 6 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<<" + info + b">>",
    ]
    for stream in (b"", *streams):
        packed = zlib.compress(stream) if is_packed else stream
        about = b"/Filter/FlateDecode" if is_packed else b""
        objects.append(b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(packed), packed))
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def docx(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        half = len(text) // 2
        runs = f"<w:r><w:t>{text[:half]}</w:t></w:r><w:r><w:t>{text[half:]}</w:t></w:r>"
        archive.writestr("word/document.xml", f"<w:document><w:p>{runs}</w:p></w:document>")
    return file.getvalue()


def png(text: str) -> bytes:
    content = b"Title\0\0" + zlib.compress(text.encode())
    chunk = len(content).to_bytes(4, "big") + b"zTXt" + content + b"\0" * 4
    return b"\x89PNG\r\n\x1a\n" + chunk


def between(text: str, what: str, step: int = 3) -> str:
    return what.join(text[start : start + step] for start in range(0, len(text), step))


def folded_line(text: str) -> str:
    return "BEGIN:VCALENDAR\r\nSUMMARY:" + between(text, "\r\n ", 7) + "\r\nEND:VCALENDAR\r\n"


def as_utf_16(text: str) -> bytes:
    return b"/Title<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


DISGUISES: Mapping[str, Callable[[str], bytes]] = {
    "plainly": lambda text: f"<p>So {text}.</p>".encode(),
    "in capitals": lambda text: text.upper().encode(),
    "with soft hyphens": lambda text: between(text, "\u00ad").encode(),
    "with soft hyphens as entities": lambda text: between(text, "&shy;").encode(),
    "with zero-width spaces": lambda text: between(text, "\u200b").encode(),
    "with tags between the letters": lambda text: f"<p>{between(text, '</b><b>')}</p>".encode(),
    "with a comment between the letters": lambda text: f"<p>{between(text, '<!-- x -->')}</p>".encode(),
    "over the ends of lines": lambda text: text.replace(" ", "\n").encode(),
    "with no-break spaces": lambda text: text.replace(" ", "&nbsp;").encode(),
    "in entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
    "in an attribute": lambda text: f'<img alt="{text}" src="x.png">'.encode(),
    "in a comment": lambda text: f"<p>Nothing</p><!-- {text} -->".encode(),
    "in the escapes of JSON": lambda text: json.dumps({"a": between(text, "\u00ad")}).encode(),
    "in JSON within a page": lambda text: f'<script>{{"a": "{escaped(text)}"}}</script>'.encode(),
    "in a page within a feed": lambda text: html.escape(f"<p>{between(text, '<i></i>')}</p>").encode(),
    "in an address": lambda text: ('<a href="x?' + quote(text, safe="") + '">x</a>').encode(),
    "in a folded line of a calendar": lambda text: folded_line(text).encode(),
    "in data within a page": lambda text: f'<img src="data:image/svg+xml;base64,{encoded(text)}">'.encode(),
    "in the text of a drawing": lambda text: f"<text>{between(text, '</tspan><tspan>')}</text>".encode(),
    "in a Word document": docx,
    "in the metadata of a picture": png,
    "in a packed stream of a PDF": lambda text: pdf(f"<a>{text}</a>".encode()),
    "in a stream of a PDF": lambda text: pdf(f"<a>{text}</a>".encode(), is_packed=False),
    "in the information of a PDF": lambda text: pdf(info=as_utf_16(text)),
    "in a string of a packed object": lambda text: pdf(b"1 0 <<" + as_utf_16(text) + b">>"),
}


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def encoded(text: str) -> str:
    return base64.b64encode(f"<svg><text>{text}</text></svg>".encode()).decode()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_what_is_withheld_is_found_in_every_disguise(sought: Telltales, disguise: str) -> None:
    for text in (
        "Ingrid Kettlewick-Ostrander",
        "visited Vessen in secret",
        "Plenipotentiary",
        "Night visit",
        "eleven barges",
        "talks.visit",
    ):
        assert sought.find("a.html", DISGUISES[disguise](text), lambda: ""), text


@pytest.mark.parametrize(
    "text",
    [
        "3 drones", "48,315", "48315", "SEK 48,315", '{"amount": "48315", "currency": "SEK"}',
        "14 March 1987", "1987-03-14", "14 Mar 1987", "Ostranders Bericht", "kettlewick",
        "said Kettlewick’s aide", "the harbour would cost less", '{"words":["plenipotentiaries"]}',
        "facts/talks.offer.html", "topics/talks.html", "of the plenipotentiary",
    ],
)  # fmt: skip
def test_figures_days_names_and_keys_are_found_in_their_forms(sought: Telltales, text: str) -> None:
    assert sought.find("a.html", f"<p>{text}</p>".encode()), text


@pytest.mark.parametrize(
    "text",
    [
        "3", "13 drones", "1.3 drones", "3,250 drones", "2,003 drones", "348,315", "48,315.5", "148315",
        "0.48315", "1987", "the letter", "The Minister", "drones", "drones.letter", "talk", "cost less than",
        "<svg viewBox='0 0 483.15 3'/>", "<p>1</p><p>3 </p>", "sha256-kettl+ostrander/" + "a" * 43,
    ],
)  # fmt: skip
def test_what_is_shown_or_says_nothing_raises_no_alarm(sought: Telltales, text: str) -> None:
    assert sought.find("a.html", f"<p>{text}</p>".encode()) == []


def test_the_place_and_the_record_are_named(sought: Telltales) -> None:
    data = b"<p>One</p>\n<p>Two</p>\n<p>The Night<br>visit</p>\n"
    (hit,) = [hit for hit in sought.find("site/a.html", data) if "visit" in hit.words and " " in hit.words]
    assert (hit.line, hit.trace.record, hit.trace.field) == (3, "the fact 'talks.visit'", "label")
    assert (hit.trace.at.path, hit.trace.at.line) == ("content/facts/talks.yaml", 8)
    assert {hit.where for hit in sought.find("talks.visit.md", b"x")} == {"its name"}
    assert {hit.where for hit in sought.find("a.pdf", pdf(info=as_utf_16("Plenipotentiary")))} >= {
        "its metadata"
    }


def test_a_picture_is_searched_by_the_page_that_it_shows(sought: Telltales) -> None:
    assert sought.find("a.png", png("Nothing"), lambda: "<h1>Night visit</h1>")
    with pytest.raises(ValueError, match="not known what the picture shows"):
        sought.find("a.png", png("Nothing"))


def test_a_file_that_cannot_be_unpacked_is_no_clean_file(sought: Telltales) -> None:
    for data in (b"%PDF-1.7\nnothing more", b"PK\x03\x04nothing more"):
        with pytest.raises(ValueError, match="cannot be"):
            sought.find("a", data)


# ----------------------------------------------------------------------------------------- stopped builds


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The good project with a template of its own, which says something in words."""
    shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")
    found = Project(tmp_path / "project")
    found.write(
        "templates/own.md.j2",
        '{{ section("text", "T") }}[](fact:drones.letter)\n\nNothing about the\nNight visit here.\n',
    )
    found.change(BRIEF, "template: brief", "template: own")
    return found


def test_a_leak_stops_the_build_and_nothing_is_moved(project: Project) -> None:
    assert project.build(*ONLY_TEXT).exit_code == 0
    before = contents(project.output)
    project.write("content/facts/talks.yaml", SECRET)
    project.change(BRIEF, "subtitle: What it says", "subtitle: What it tells")
    said = project.build(*ONLY_TEXT)
    assert said.exit_code == 1, said.text
    assert "briefs/letter.html, line " in said.text
    assert "and 1 more file would say" in said.text
    assert "'night visit', as the fact 'talks.visit' does (label)" in said.text
    assert "content/facts/talks.yaml:8:12: error[leak]" in said.text
    assert contents(project.output) == before
    again = project.build(*ONLY_TEXT, "--json")
    errors = [item["check"] for item in again.record["findings"] if item["severity"] == "error"]
    assert (again.exit_code, errors) == (1, ["leak"])
    project.write("templates/own.md.j2", '{{ section("text", "T") }}[](fact:drones.letter)\n')
    assert project.build(*ONLY_TEXT).exit_code == 0
    assert "What it tells" in project.read("output/briefs/letter.md")


def test_files_that_stay_are_searched_again_when_something_else_is_withheld(project: Project) -> None:
    assert project.build(*ONLY_TEXT).exit_code == 0
    project.write("content/facts/talks.yaml", SECRET.replace("Night visit", "Another label"))
    assert project.build(*ONLY_TEXT).exit_code == 0
    project.write("content/facts/talks.yaml", SECRET)
    said = project.build(*ONLY_TEXT, "--json")
    assert said.exit_code == 1
    assert {item["action"] for item in said.record["decisions"]} <= {"keep", "hold"}
    assert project.build("--only", "letter", *ONLY_TEXT).exit_code == 1


def test_what_an_audience_may_see_is_no_leak_to_it(project: Project) -> None:
    project.write("content/facts/talks.yaml", SECRET)
    assert project.build(*ONLY_TEXT, "--audience", "GREEN").exit_code == 1
    assert not (project.output / "audience-green/briefs").exists()
    assert project.build(*ONLY_TEXT, "--audience", "RED").exit_code == 0
    assert project.build(*ONLY_TEXT, "--as-of", "2026-02-20").exit_code == 1


@pytest.mark.pdf
def test_an_issued_brief_for_fewer_readers_holds_back_none_for_more(tmp_path: Path) -> None:
    """Both say the same of the same sources; only the prose of the one is for fewer readers."""
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path / "project")))
    project.change("content/briefs/overview.md", "\ntitle:", "\nmarking: AMBER\ntitle:")
    ledgers.issue(project, "overview", "2031-04-11")
    said = project.build(*QUICK, "--format", "site")
    assert said.exit_code == 0, said.text
    assert not (project.output / "site/briefs/overview.html").exists()
    sentence = "The quay was last dredged in a year that nobody may know"
    text = project.read("content/briefs/overview.md")
    project.write("content/briefs/overview.md", f"{text}\n{sentence}.\n")
    ledgers.issue(project, "overview", "2031-04-12")
    project.write("content/briefs/overview.md", text)
    page = layout.shipped_templates()["site-source.html.j2"]
    project.write(
        "templates/site-source.html.j2",
        page.replace("{% block main %}", f"{{% block main %}}<p>{sentence}.</p>", 1),
    )
    assert project.build(*QUICK, "--format", "site").exit_code == 1, "what an edition alone says is known"


@pytest.mark.pdf
def test_a_leak_is_found_in_a_pdf_and_in_a_redline_and_no_edition_is_issued_with_it(project: Project) -> None:
    project.write("content/facts/talks.yaml", SECRET)
    said = project.build("--format", "flash")
    assert said.exit_code == 1
    assert "briefs/letter.flash.pdf, page 1, would say 'night visit'" in said.text
    issued = project.call("issue", "letter", "--note", "First.", "--by", "A. Person")
    assert issued.exit_code == 1, issued.text
    assert "error[leak]" in issued.text
    assert not (project.root / "content/editions").exists()
    compared = project.call("diff", "letter", "--from", "2026-02-20")
    assert compared.exit_code == 1, compared.text
    assert not (project.output / "redlines").exists()


@pytest.mark.pdf
def test_a_build_of_everything_has_no_canary(tmp_path: Path) -> None:
    made_of = Project(tmp_path / "project")
    for path, text in canaries.project()[0].items():
        made_of.write(path, text)
    said = made_of.build("--audience", "CLEAR")
    assert said.exit_code == 0, said.text
    results = made_of.results()
    assert {Path(path).suffix for path in results} > {".pdf", ".html", ".json", ".ics", ".png", ".js", ".md"}
    files = canaries.project()[0]
    snapshot = steps.link(steps.read(Texts(files, (), "")), audience="CLEAR")
    gate = leaks.of(snapshot)
    for path, data in results.items():
        gate.search("site", path, data, lambda: "")
    assert gate.findings() == ()


def test_a_language_without_words_is_a_finding_where_something_is_withheld(tmp_path: Path) -> None:
    """The gate writes what it looks for in every language of the project, and of this one it has no words."""
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path / "project")))
    project.change("content/facts/ferry.yaml", "\n  type:\n", "\n  type:\n    marking: AMBER\n")
    settings_of = project.read("content/project.yaml")
    project.write("content/project.yaml", re.sub(r"languages: \[.*\]", 'languages: ["2025?"]', settings_of))
    said = project.build(*QUICK)
    assert said.exit_code == 1
    assert "there are no words for the language '2025?'" in said.text
