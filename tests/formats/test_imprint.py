"""Who wrote a brief, whom to write to, how to use it and where it is: in every form, or nowhere at all."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from briefing.build import workers
from briefing.formats import html, markdown
from briefing.formats.base import Format, Theme
from briefing.formats.pdf import codes
from briefing.formats.pdf import prepare as pdf
from briefing.language.words import Words
from briefing.model.editions import NO_IMPRINT, Edition, FactFile, Imprint
from briefing.model.library import Project as Settings
from briefing.model.scales import Length, Marking, Paper
from briefing.model.values import Slug
from briefing.site import page_metadata
from briefing.store import versions
from tests import paper, values
from tests.conftest import SAMPLE, Project, needs, snapshot_of
from tests.formats.test_paper_pages import outside_the_margins, over_one_another
from tests.formats.test_pdf_standards import failures

SITE = "https://briefs.example.org/ferries/"
FULL = Imprint(
    "desk@skerry.example", "CC BY 4.0, https://terms.example/by", f"{SITE}briefs/ferry-purchase.html"
)
AUTHORS = ("Ada Holm", "Ivo Brandt")
FORMS: Mapping[Length, Format] = {
    Length.FULL: pdf.FORMAT,
    Length.TWO_PAGES: pdf.TWO_PAGES,
    Length.FLASH: pdf.FLASH,
}
MILLIMETRE = 72 / 25.4


@functools.cache
def edition(imprint: Imprint = FULL, authors: tuple[str, ...] = AUTHORS) -> Edition:
    found = snapshot_of(SAMPLE).editions["ferry-purchase"]
    return dataclasses.replace(found, imprint=imprint, authors=authors)


def theme(sheet: Paper) -> Theme:
    return dataclasses.replace(snapshot_of(SAMPLE).theme, paper=sheet)


def typeset(length: Length, sheet: Paper, found: Edition) -> bytes:
    """As the build makes it: by a worker, and so kept for the whole run."""
    with workers.started(1) as pool:
        return pool.make(FORMS[length].prepare(found, theme(sheet), FactFile()))


def read_by_a_camera(data: bytes) -> list[tuple[str, float]]:
    """What a reader of codes sees on all pages, with the width of each code in millimetres."""
    scale = 3.0
    pages = (page.render(scale=scale).to_pil() for page in pypdfium2.PdfDocument(data))
    found = (item for page in pages for item in zxingcpp.read_barcodes(page))
    sides = ((item, item.position.top_right.x - item.position.top_left.x) for item in found)
    return [(item.text, side / scale / MILLIMETRE) for item, side in sides]


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = (page.get_textpage().get_text_bounded() for page in document)
    # A hyphen at the end of a line is read as one that the line has made.
    return " ".join(" ".join(text.replace("\x02", "-").split()) for text in pages)


def figures(data: bytes) -> list[str]:
    """The texts for readers who cannot see a figure."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]


on_paper = pytest.mark.parametrize(
    ("length", "sheet"),
    [pytest.param(length, sheet, id=f"{length.value}-{sheet.value}") for length in FORMS for sheet in Paper],
)
typesets = needs(versions.pango(), "Pango is not installed")


@typesets
@pytest.mark.pdf
@on_paper
def test_a_page_with_an_address_has_it_in_words_as_a_link_and_as_a_code(length: Length, sheet: Paper) -> None:
    data = typeset(length, sheet, edition())
    ((address, side),) = read_by_a_camera(data)
    assert address == FULL.address
    modules = len(codes.matrix(address))
    assert side == pytest.approx(codes.LEAST * modules / (modules + 2 * codes.QUIET), rel=0.03)
    assert side * (modules + 2 * codes.QUIET) / modules >= 20
    assert paper.bare(f"Online: {FULL.address}") in paper.bare(text_of(data))
    assert f"QR code of the address {FULL.address}" in figures(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        links = {
            str(note.A.URI) for page in document.pages for note in page.get("/Annots", []) if "/A" in note
        }
    assert FULL.address in links
    assert failures(data) == []
    sheets = paper.read(data)
    assert [broken for rule in (outside_the_margins, over_one_another) for broken in rule(sheets)] == []


@typesets
@pytest.mark.pdf
@on_paper
def test_a_page_without_an_address_has_neither_words_nor_code_nor_room_for_them(
    length: Length, sheet: Paper
) -> None:
    without = typeset(length, sheet, edition(dataclasses.replace(FULL, address="")))
    assert read_by_a_camera(without) == []
    assert "Online" not in text_of(without)
    assert not any("QR" in text for text in figures(without))
    page = FORMS[length].prepare(edition(dataclasses.replace(FULL, address="")), theme(sheet), FactFile())
    assert "address-code" not in page.text


@typesets
@pytest.mark.pdf
def test_a_code_grows_with_its_address_as_far_as_a_page_has_room() -> None:
    long = edition(
        dataclasses.replace(FULL, address=f"{SITE}{'a-long-folder/' * 15}briefs/ferry-purchase.html")
    )
    data = typeset(Length.FULL, Paper.A4, long)
    ((address, side),) = read_by_a_camera(data)
    assert address == long.imprint.address
    assert 20 < side < 30
    longer = edition(
        dataclasses.replace(FULL, address=f"{SITE}{'a-long-folder/' * 30}briefs/ferry-purchase.html")
    )
    data = typeset(Length.FULL, Paper.A4, longer)
    assert read_by_a_camera(data) == []
    assert "a-long-folder/a-long-folder" in text_of(data)
    assert list(outside_the_margins(paper.read(data))) == []


def test_an_address_that_no_code_holds_has_none() -> None:
    assert codes.drawn("https://a.example/" + "x" * 4000, "") == ""
    assert codes.matrix("https://a.example/" + "x" * 4000) == ()


@typesets
@pytest.mark.pdf
@pytest.mark.parametrize("length", FORMS)
def test_paper_names_its_makers_and_terms(length: Length) -> None:
    data = typeset(length, Paper.A4, edition())
    text = text_of(data)
    assert "Written by Ada Holm and Ivo Brandt. Contact: desk@skerry.example. Licence: CC BY 4.0" in text
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.docinfo["/Author"] == "Ada Holm, Ivo Brandt"
        with document.open_metadata() as found:
            assert found["dc:creator"] == ["Ada Holm, Ivo Brandt"]
            assert found["dc:publisher"] == {"The Skerry Desk"}
            assert found["dc:rights"] == FULL.licence
            assert found["dc:identifier"] == FULL.address


@typesets
@pytest.mark.pdf
def test_paper_says_nothing_of_what_is_not_stated() -> None:
    data = typeset(Length.FULL, Paper.A4, edition(NO_IMPRINT, ()))
    assert not re.search("Written by|Contact|Licence|Online|Author", text_of(data))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.docinfo["/Author"] == "The Skerry Desk"
        with document.open_metadata() as found:
            assert "dc:rights" not in found
            assert "dc:identifier" not in found


@pytest.mark.parametrize("item", [markdown.FORMAT, html.FORMAT], ids=lambda item: item.name)
def test_files_for_screens_name_their_makers_and_terms(item: Format) -> None:
    text = item.prepare(edition(), theme(Paper.A4), FactFile()).text
    for said in (
        "Written by Ada Holm and Ivo Brandt.",
        "Contact: desk@skerry.example.",
        "Licence: CC BY 4.0",
    ):
        assert said in text
    assert "Authors" in text
    assert SITE not in text  # whoever reads it on a screen has come from there, or was sent the file
    bare = item.prepare(edition(NO_IMPRINT, ()), theme(Paper.A4), FactFile()).text
    assert not re.search("Written by|Contact:|Licence|Author", bare)


def test_one_author_is_no_authors() -> None:
    text = markdown.prepare(edition(FULL, AUTHORS[:1]), theme(Paper.A4), FactFile()).text
    assert "| Author |" in text
    assert "Written by Ada Holm." in text


@pytest.mark.parametrize(
    ("contact", "point"),
    [
        ("desk@skerry.example", {"email": "desk@skerry.example"}),
        ("https://skerry.example/write", {"url": "https://skerry.example/write"}),
        ("The desk, Quay 4", {"description": "The desk, Quay 4"}),
    ],
)
def test_a_page_says_so_in_the_words_of_schema_org(contact: str, point: dict[str, str]) -> None:
    library = snapshot_of(SAMPLE).library
    assert library
    found = edition(dataclasses.replace(FULL, contact=contact))
    data = page_metadata.of_edition(found, None, library).data
    assert data["author"] == list(AUTHORS)
    assert data["publisher"]["contactPoint"] == {"@type": "ContactPoint", **point}
    assert data["license"] == {
        "@type": "CreativeWork",
        "name": FULL.licence,
        "url": "https://terms.example/by",
    }
    bare = page_metadata.of_edition(edition(NO_IMPRINT, ()), None, library).data
    assert not {"author", "license"} & bare.keys()
    assert "contactPoint" not in bare["publisher"]


def test_an_imprint_is_no_part_of_an_edition() -> None:
    """An old edition that is printed again has the contact of today, and the same state."""
    assert repr(edition()) == repr(edition(NO_IMPRINT))
    assert repr(edition()) != repr(edition(FULL, ()))
    assert "authors" not in repr(edition(FULL, ()))


def test_the_address_is_that_of_the_page_of_the_brief() -> None:
    made = Settings("T", "S", "P", ("en-GB",), Marking.CLEAR, None, base_url="https://a.example/b")
    assert made.imprint_of(Slug("trams")) == Imprint("", "", "https://a.example/b/briefs/trams.html")
    assert dataclasses.replace(made, base_url="").imprint_of(Slug("trams")) == NO_IMPRINT


# ---------------------------------------------------------------------------------- from the command line


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(values.GOOD_PROJECT, tmp_path / "project")))


def address_printed(project: Project, folder: str = "") -> str:
    """The address on paper, which the page for print has as metadata; empty where it prints none."""
    data = (project.root / "output" / folder / "briefs/letter.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document, document.open_metadata() as found:
        return str(found.get("dc:identifier", ""))


@typesets
@pytest.mark.pdf
def test_each_audience_has_the_address_of_its_own_site(project: Project) -> None:
    def built(*more: str) -> None:
        said = project.call("build", "--only", "letter", "--format", "pdf", *more)
        assert said.exit_code == 0, said.text

    built()
    assert address_printed(project) == "https://briefs.example.org/briefs/letter.html"
    built("--audience", "friends")
    assert address_printed(project, "audience-friends") == "https://friends.example.org/briefs/letter.html"
    built("--audience", "AMBER")
    assert address_printed(project, "audience-amber") == ""


@typesets
@pytest.mark.pdf
def test_a_brief_for_others_than_the_readers_of_the_site_has_no_address(project: Project) -> None:
    project.change("content/briefs/letter.md", "marking: CLEAR", "marking: GREEN")
    said = project.call("build", "--only", "letter", "--format", "pdf")
    assert said.exit_code == 0, said.text
    assert address_printed(project) == ""


@pytest.mark.pdf
def test_the_site_has_the_page_that_paper_names(project: Project) -> None:
    said = project.call("build", "--format", "site")
    assert said.exit_code == 0, said.text
    page = project.root / "output/site/briefs/letter.html"
    text = page.read_text("utf-8")
    assert '<link rel="canonical" href="https://briefs.example.org/briefs/letter.html">' in text
    data = json.loads(re.search('<script type="application/ld\\+json">(.*?)</script>', text)[1])  # type: ignore[index]
    assert data["author"] == ["A. Writer"]
    assert data["license"]["name"] == "CC BY 4.0"
    assert Words("en-GB")("page.contact", contact="the desk") in text
