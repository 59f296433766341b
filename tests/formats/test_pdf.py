"""PDFs read back: paper, text, structure, fonts; and a page that asks for something is refused."""

from __future__ import annotations

import io
import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from briefing.build import makers, workers
from briefing.build.steps import Snapshot
from briefing.compose import short_forms
from briefing.content.layout import shipped_templates
from briefing.formats import html
from briefing.formats.base import Prepared
from briefing.formats.pdf import prepare as pdf
from briefing.formats.pdf import typeset
from briefing.language import note_texts
from briefing.model.editions import Edition, FactFile
from briefing.model.findings import RenderError
from briefing.model.scales import Length
from briefing.store import versions
from tests.conftest import REPOSITORY, Page, Project, contents, environment, needs, run, snapshot_of

pytestmark = pytest.mark.pdf

A4 = (595.28, 841.89)
ONE_PAGE = {"overview"}


@pytest.fixture(scope="session")
def papers(built_sample: Path, shipped: Path) -> dict[str, bytes]:
    """Every PDF of the sample and of the shipped content."""
    found = {}
    for name, output in (("sample", built_sample / "output"), ("shipped", shipped)):
        for path in sorted((output / "briefs").glob("*.pdf")):
            found[f"{name}/{path.stem}"] = path.read_bytes()
    assert len(found) > 2
    return found


def _texts(data: bytes) -> list[str]:
    """The text of each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_every_page_is_a4(papers: dict[str, bytes]) -> None:
    for name, data in papers.items():
        for page in pypdfium2.PdfDocument(data):
            assert page.get_size() == pytest.approx(A4, abs=0.1), name


def test_no_brief_has_more_than_four_pages(papers: dict[str, bytes]) -> None:
    for name, data in papers.items():
        assert len(pypdfium2.PdfDocument(data)) <= (1 if name == "sample/overview" else 4), name


def test_every_page_is_numbered_and_marked(papers: dict[str, bytes]) -> None:
    for name, data in papers.items():
        texts = _texts(data)
        for number, text in enumerate(texts, start=1):
            assert f"Page {number} of {len(texts)}" in text, name
            assert text.count("TLP:CLEAR") >= 2, name


def test_running_head_names_publisher_then_title(papers: dict[str, bytes]) -> None:
    first, *others = _texts(papers["sample/ferry-purchase"])
    assert "The Skerry Desk" in first
    assert all("The ferry purchase" in text for text in others)
    assert all("Draft, as of 3 April 2031" in text for text in (first, *others))


def test_draft_is_marked_on_every_page_beside_the_text(papers: dict[str, bytes]) -> None:
    drafts = {name: data for name, data in papers.items() if not name.startswith("shipped/")}
    assert len(drafts) < len(papers), "ours are issued"
    for name, data in papers.items():
        for page in pypdfium2.PdfDocument(data):
            words = page.get_textpage()
            if name not in drafts:
                assert "Draft" not in words.get_text_bounded(), name
                continue
            assert "Draft: not yet approved" in " ".join(words.get_text_bounded().split()), name
            # In the margin above the text: whoever takes the text alone has it without the mark.
            text = words.get_text_bounded(left=0, bottom=60, right=595, top=785)
            assert "not yet approved" not in text, name


def _with_bare_text(text: str) -> str:
    # A hyphen that the end of a line put into a word is read back as one of these signs.
    return re.sub("[\\s\N{WORD JOINER}\\x02\N{SOFT HYPHEN}]+", "", text)


def _printed(edition: Edition, text: str) -> Edition:
    """What is on paper of an edition: of a one-page brief that is longer than its page, a short form."""
    forms = short_forms.forms(edition, edition.length) if edition.length is Length.ONE_PAGE else ()
    return next((form for form in forms if _is_on_paper(form, text)), edition)


def _is_on_paper(form: Edition, text: str) -> bool:
    """Whether a short form is the one on paper: by what it says of itself, and by its last note."""
    said = next(section for section in form.sections if section.role == short_forms.ROLE)
    words = "".join(part if isinstance(part, str) else part.words for part in said.segments)
    last = list(note_texts.printed(form).values())[-1]
    return all(_with_bare_text(Page(str(html.inline(each))).text) in text for each in (words, last))


@pytest.mark.parametrize("name", ["sample", "shipped"])
def test_every_note_stands_on_paper(name: str, papers: dict[str, bytes]) -> None:
    snapshot = snapshot_of(REPOSITORY if name == "shipped" else REPOSITORY / "tests/sample")
    for brief, edition in snapshot.editions.items():
        text = _with_bare_text(" ".join(_texts(papers[f"{name}/{brief}"])))
        missing = [
            number
            for number, words in note_texts.printed(_printed(edition, text)).items()
            if _with_bare_text(Page(str(html.inline(words))).text) not in text
        ]
        # A note that runs over to the next page is cut in two there.
        assert len(missing) <= len(pypdfium2.PdfDocument(papers[f"{name}/{brief}"])) - 1, (brief, missing)


def test_note_stands_at_the_foot_of_the_page_that_marks_it(papers: dict[str, bytes]) -> None:
    text = _texts(papers["sample/ferry-purchase"])[0]
    assert "The letter itself is not in this corpus." in text


def test_cards_of_evidence_are_not_on_paper(papers: dict[str, bytes]) -> None:
    for name, data in papers.items():
        text = " ".join(_texts(data))
        assert ": evidence" not in text, name
        assert "dotted line" not in text, name


@pytest.mark.parametrize("name", ["sample", "shipped"])
def test_head_of_the_first_page_tells_what_it_rests_on(name: str, papers: dict[str, bytes]) -> None:
    snapshot = snapshot_of(REPOSITORY if name == "shipped" else REPOSITORY / "tests/sample")
    for brief, edition in snapshot.editions.items():
        texts = _texts(papers[f"{name}/{brief}"])
        head, _, _ = texts[0].upper().partition("BOTTOM LINE")
        newest = _printed(edition, _with_bare_text(" ".join(texts))).newest
        assert newest
        assert _with_bare_text(newest.upper()) in _with_bare_text(head), brief


@pytest.fixture(scope="session")
def opened(papers: dict[str, bytes]) -> Iterator[dict[str, pikepdf.Pdf]]:
    found = {name: pikepdf.open(io.BytesIO(data)) for name, data in papers.items()}
    yield found
    for document in found.values():
        document.close()


def test_bookmarks_are_the_headings(opened: dict[str, pikepdf.Pdf], snapshot: Snapshot) -> None:
    with opened["sample/ferry-purchase"].open_outline() as outline:
        (top,) = outline.root
        titles = [item.title for item in top.children]
    assert top.title == "The ferry purchase"
    expected = [
        "Bottom line",
        "Key judgements",
        "Where it stands",
        "Timeline",
        "What is meant",
        "What is paid",
    ]
    assert titles[: len(expected)] == expected
    assert {"Sources", "Scales used", "How this was made"} <= set(titles)


def test_metadata_name_title_author_language_and_no_other_day_than_the_facts(
    opened: dict[str, pikepdf.Pdf],
) -> None:
    assert {str(document.Root.Lang) for document in opened.values()} == {"en-GB"}
    information: Any = opened["sample/ferry-purchase"].docinfo
    assert str(information["/Title"]) == "The ferry purchase"
    assert str(information["/Author"]) == "The Skerry Desk"
    assert str(information["/CreationDate"]).startswith("D:20310403")
    assert "/ModDate" not in information or str(information["/ModDate"]).startswith("D:20310403")


def test_structure_is_tagged(opened: dict[str, pikepdf.Pdf]) -> None:
    for name, document in opened.items():
        assert bool(document.Root.MarkInfo.Marked), name
        assert "/StructTreeRoot" in document.Root, name
        kinds = {str(item.S) for item in document.objects if _is_structure(item)}
        table = (
            set() if name.endswith(".flash") else {"/Table", "/TR", "/TH", "/TD"}
        )  # one page may have none
        assert {"/H1", "/H2", "/P", "/Link"} | table <= kinds, name


def _is_structure(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"


def test_document_shows_its_title_in_the_window(opened: dict[str, pikepdf.Pdf]) -> None:
    for document in opened.values():
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_nothing_in_it_acts(opened: dict[str, pikepdf.Pdf]) -> None:
    for name, document in opened.items():
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary):
                assert not {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/OpenAction"} & set(
                    item.keys()
                ), name


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            file = next(item[name] for name in ("/FontFile3", "/FontFile2") if name in item)
            yield str(item.FontName), file.read_bytes()


def test_only_fonts_of_the_packages_are_embedded(opened: dict[str, pikepdf.Pdf]) -> None:
    for name, document in opened.items():
        fonts = dict(_fonts(document))
        assert fonts, name
        for font in fonts:
            assert re.search(
                "SourceSerif|SourceSans|IBMPlexMono|Source-Serif|Source-Sans|IBM-Plex-Mono", font
            ), font
        used = [item for item in document.objects if _is_font(item)]
        assert {str(item.Subtype) for item in used} <= {"/Type0", "/CIDFontType2", "/CIDFontType0"}, name


def _is_font(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"


def test_glyphs_are_there_for_every_language(tmp_path: Path, project: Project) -> None:
    """Ukrainian, French and the signs of ordinary text: each is drawn, none as the box of a missing glyph."""
    words = "Її ґанок, щедрість, Запоріжжя — cœur, Élysée, naïve; “€” ≥ – … № m² → ×"
    project.change("content/briefs/overview.md", "Holm names", f"{words} Holm names")
    snapshot = snapshot_of(project.root)
    data = makers.make(pdf.prepare(snapshot.editions["overview"], snapshot.theme, FactFile()))
    text = " ".join(_texts(data))
    for word in ("ґанок", "щедрість", "Запоріжжя", "cœur", "Élysée", "“€”"):
        assert word in text
    with pikepdf.open(io.BytesIO(data)) as document:
        glyphs = [glyph for page in document.pages for glyph in _glyphs(page)]
    assert len(glyphs) > 1000
    assert 0 not in glyphs, "glyph 0 is the box"


def _glyphs(page: pikepdf.Page) -> Iterator[int]:
    """The numbers of the glyphs that a page draws, two bytes each."""
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) not in ("Tj", "TJ"):
            continue
        operand: Any = instruction.operands[0]
        for piece in [operand] if isinstance(operand, pikepdf.String) else operand:
            if isinstance(piece, pikepdf.String):
                text = bytes(piece)
                yield from (int.from_bytes(text[index : index + 2]) for index in range(0, len(text), 2))


# ------------------------------------------------------------------------------------- nothing is fetched


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this computer, and whoever came."""
    came: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def welcome() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            came.append("somebody")
            connection.close()

    threading.Thread(target=welcome, daemon=True).start()
    yield server.getsockname()[1], came
    server.close()


FETCHES = {
    "picture": ("<img src='ADDRESS/x.png'>", ""),
    "picture set": (
        "<img srcset='ADDRESS/x.png 2x'>"
        "<picture><source srcset='ADDRESS/x.webp'><img src='ADDRESS/y.png'></picture>",
        "",
    ),
    "style sheet": ("<link rel=stylesheet href='ADDRESS/x.css'>", ""),
    "import": ("<style>@import 'ADDRESS/x.css';</style>", ""),
    "import in the styles": ("", "@import url(ADDRESS/x.css);"),
    "background": ("<p style=\"background: url('ADDRESS/x.png')\">x", ""),
    "background in the styles": ("<p>x", "p { background-image: url(ADDRESS/x.png) }"),
    "font": ("<p>x", "@font-face { font-family: y; src: url(ADDRESS/x.ttf) } p { font-family: y }"),
    "content": ("<p>x", "p::before { content: url(ADDRESS/x.png) }"),
    "list": ("<ul><li>x</ul>", "li { list-style-image: url(ADDRESS/x.png) }"),
    "object": ("<object data='ADDRESS/x.svg'></object>", ""),
    "embed": ("<embed src='ADDRESS/x.svg'>", ""),
    "drawing": (
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='ADDRESS/x.png' width='9' height='9'/></svg>",
        "",
    ),
    "attachment": (
        "<link rel=attachment href='ADDRESS/x.txt'><a rel=attachment href='ADDRESS/y.txt'>y</a>",
        "",
    ),
}


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("name", FETCHES)
def test_page_that_asks_for_something_is_refused_unasked(
    name: str, scheme: str, tmp_path: Path, listener: tuple[int, list[str]]
) -> None:
    port, came = listener
    for file in ("x.png", "x.css", "x.svg", "x.ttf", "x.txt", "y.png", "y.txt"):
        (tmp_path / file).write_text("secret words", "utf-8")
    address = f"http://127.0.0.1:{port}" if scheme == "http" else tmp_path.as_uri()
    body, styles = (part.replace("ADDRESS", address) for part in FETCHES[name])
    page = f"<!doctype html><html lang='en'><title>x</title><p>y</p>{body}"
    with pytest.raises(RenderError):
        typeset.make(Prepared("pdf", page, styles, (), "x"))
    assert came == []


# --------------------------------------------------------------------------------------- without Pango


def test_without_pango_all_but_the_pdf_is_built(project: Project, tmp_path: Path) -> None:
    """The loader of libraries is told of none, as on a computer that has no Pango."""
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes\n"
        "class Without(ctypes.CDLL):\n"
        "    def __init__(self, name, *arguments, **more):\n"
        "        if name and 'pango' in str(name):\n"
        "            raise OSError(f'cannot load {name}')\n"
        "        super().__init__(name, *arguments, **more)\n"
        "ctypes.CDLL = Without\n",
        "utf-8",
    )
    paths = os.pathsep.join([str(tmp_path), str(REPOSITORY)])
    said = run("build", "--project", project.root, env=environment() | {"PYTHONPATH": paths})
    assert said.exit_code == 2
    (told,) = said.err.splitlines()
    assert re.match(r"\d+ PDFs not made: PDF needs the system library Pango; install it with: ", told)
    assert "Traceback" not in said.text
    made = contents(project.output)
    assert {
        "briefs/overview.md",
        "briefs/overview.html",
        "site/index.html",
        "site/briefs/overview.md",
    } <= set(made)
    assert not [path for path in made if path.endswith(".pdf")]
    assert "overview.pdf" not in made["site/briefs/overview.html"].decode()

    again = project.build()  # in this process, which has Pango and PDFs that were made before
    assert again.exit_code == 0
    assert "overview.pdf" in contents(project.output)["site/briefs/overview.html"].decode()
    assert "site/briefs/overview.pdf" in contents(project.output)


@pytest.mark.skipif(versions.pango() is None, reason="needs Pango")
def test_build_leaves_nothing_outside_the_output(project: Project, tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    scratch.mkdir()
    folders = {"HOME": str(home), "TMPDIR": str(scratch)}
    folders |= dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    said = run("build", "--project", project.root, "--format", "pdf", env=environment(**folders))
    assert said.exit_code == 0
    assert [*home.rglob("*"), *scratch.rglob("*")] == []


def test_how_to_install_names_a_command_or_the_package() -> None:
    assert "pango" in typeset.how_to_install()


@needs(versions.pango(), "Pango is not installed")
@pytest.mark.parametrize("style", ["p { colour: red }", "p { color: }", "@page { size: A9000 }"])
def test_style_that_is_not_understood_is_an_error(style: str) -> None:
    page = "<!doctype html><html lang='en'><title>x</title><p>y"
    with pytest.raises(RenderError, match="WeasyPrint reports problems"):
        typeset.make(Prepared("pdf", page, style, (), "x"))


def test_failure_of_one_pdf_keeps_the_others_and_the_old_file(built: Project) -> None:
    before = built.results()
    brief = built.read("content/briefs/overview.md")
    built.write(
        "content/briefs/overview.md", brief.replace("length: one-page", "length: one-page\ntemplate: own")
    )
    own = shipped_templates()["brief.md.j2"]
    built.write("templates/own.md.j2", own)
    style = shipped_templates()["print.css"]
    built.write(
        "templates/print.css", style + "\n.one-page li { list-style-image: url(http://127.0.0.1:9/x.png) }\n"
    )
    said = built.call("build", "--json", "--format", "pdf")
    assert said.exit_code == 2
    (failure,) = said.record["failures"]
    assert failure["path"] == "briefs/overview.pdf"
    assert "refers to something outside it" in failure["message"]
    after = built.results()
    assert after["briefs/overview.pdf"] == before["briefs/overview.pdf"]
    assert built.call("plan", "--json", "--format", "pdf").record["decisions"][1]["action"] == "make"


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set by POSIX")
def test_limits_are_lifted_again() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with workers.started(1):
        typeset.make(Prepared("pdf", "<!doctype html><html lang='en'><title>x</title><p>y", "", (), "x"))
    assert resource.getrlimit(resource.RLIMIT_AS) == before
