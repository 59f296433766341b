"""Files of others in the box: text, or a sentence with the file's name and what to do; nothing else."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from briefing.model.findings import UsageError
from briefing.sources.extract import boxed, kinds, table_rows, tables
from briefing.store import disk
from briefing.store.box import Bounds
from tests.conftest import call
from tests.sources.test_extract import page

pytestmark = [pytest.mark.process]


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of some objects, with the table of their places."""
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(data),
        )
    )


def of_one_page(drawn: bytes) -> bytes:
    packed = zlib.compress(drawn, 9)
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 6 0 R>>",
            b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Font<</F 5 0 R>>>>",
        ]
    )


LOOP = pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"])
BOMB = of_one_page(
    b"BT /F 1 Tf 1 0 0 1 10 10 Tm " + b"(AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA) Tj " * 500_000 + b"ET"
)


@pytest.mark.parametrize(
    "name",
    ["a.txt", "page.html", "letter.pdf"],
)
def test_a_sound_file_says_the_same_in_the_box_and_outside(name: str) -> None:
    data = {
        "a.txt": b"One paragraph.\nAnother one.\n",
        "page.html": page(),
        "letter.pdf": of_one_page(b"BT /F 12 Tf 10 700 Td (A letter of some words.) Tj ET"),
    }[name]
    assert boxed.read(data, name) == kinds.read(data, name)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (("Harbour", "Tugs"), ("Hest", 5), ("Dehaven", None)):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["tugs.csv", "tugs.xlsx"])
def test_a_sound_table_is_the_same_in_the_box_and_outside(name: str) -> None:
    data = workbook() if name.endswith(".xlsx") else b"Harbour,Tugs\nHest,5\nDehaven,\n"
    assert boxed.read_tables(data, name) == tables.read(data, name)


def test_a_workbook_that_unpacks_without_end_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxed, "BOUNDS", Bounds(2, 500, 300))
    rows = b"<row><c t='str'><v>a</v></c></row>" * 3_000_000
    endless = b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as sound, zipfile.ZipFile(packed, "w", 8) as bomb:
        for name in sound.namelist():
            bomb.writestr(name, endless if name == "xl/worksheets/sheet1.xml" else sound.read(name))
    with pytest.raises(UsageError, match=r"^bomb\.xlsx"):
        table_rows.read(packed.getvalue(), "bomb.xlsx")


@pytest.mark.parametrize(
    "encoding",
    ["undefined", "punycode", "idna", "unicode_escape", "utf-7", "rot13", "zlib", "nope"],
)
def test_a_page_in_no_encoding_of_pages_is_refused(encoding: str) -> None:
    data = page().replace(b"utf-8", encoding.encode())
    with pytest.raises(UsageError, match=rf"a\.html says that its encoding is {encoding}, but it is not"):
        boxed.read(data, "a.html")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("loop.pdf", LOOP, "loop.pdf is a damaged PDF"),
        ("deep.html", b"<html lang=en>" + b"<div>" * 100_000 + page(), "deep.html has no main text"),
        ("cut.pdf", LOOP[:60], "cut.pdf cannot be opened as a PDF"),
        ("none.pdf", b"%PDF-1.4", "none.pdf cannot be opened as a PDF"),
    ],
)
def test_a_damaged_file_is_a_sentence(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        boxed.read(data, name)


def test_a_file_that_unpacks_without_end_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxed, "BOUNDS", Bounds(20, 500, 300))
    with pytest.raises(
        UsageError, match=r"^bomb\.pdf: .*(memory|processor time); save its text as plain text"
    ):
        boxed.read(BOMB, "bomb.pdf")


def test_a_file_that_takes_long_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxed, "BOUNDS", Bounds(2, 2048, 300))
    attributes = b" ".join(b"a%d=1" % number for number in range(300_000))
    with pytest.raises(
        UsageError, match=r"^a\.html: .* more than 2 seconds of processor time; save its text"
    ):
        boxed.read(page().replace(b"<main", b"<main " + attributes), "a.html")


def test_a_file_with_more_text_than_is_read_again_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "MAX_BYTES", 1000)
    with pytest.raises(UsageError, match=r"long\.txt contains more than 0 MB of text; divide it"):
        boxed.read(b"word " * 1000, "long.txt")


def test_the_command_says_it_and_writes_nothing(tmp_path: Path) -> None:
    """``source add`` and ``init --text`` read files of others through the same door."""
    folder = tmp_path
    (folder / "loop.pdf").write_bytes(LOOP)
    said = call("init", folder / "new", "--text", folder / "loop.pdf", "--language", "en")
    assert (said.exit_code, said.err) == (2, "briefing: loop.pdf is a damaged PDF: Failed to load page\n")
    assert not (folder / "new").exists()
