"""Redlines as Word documents: they fit the schema, and accepting or rejecting gives either text."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import pypandoc
import pytest
from openxml_audit import OpenXmlValidator

from briefing.build.steps import Snapshot
from briefing.model.editions import Edition
from briefing.model.findings import MissingLibraryError
from briefing.model.scales import Paper
from briefing.redline import compare, word, write
from briefing.redline.tree import Block, Redline, Side
from tests.conftest import demand
from tests.redline.trees import EMPTY, blocks, redline_of

GONE = {"del": ("del", "moveFrom"), "ins": ("ins", "moveTo")}
"""What goes with all changes accepted (del) or rejected (ins)."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_without_pandoc_word_is_told_how_to_get_it(purchase: Edition, snapshot: Snapshot) -> None:
    with (
        mock.patch.dict("sys.modules", {"pypandoc": None}),
        pytest.raises(MissingLibraryError, match=r"install .*briefing-compiler\[word\]"),
    ):
        write.make(redline_of(purchase, purchase), "docx", snapshot.theme)


@pytest.fixture(scope="module")
def in_word(fewer: Edition, purchase: Edition) -> dict[str, bytes]:
    demand(word.is_available(), "pandoc is not installed")
    return {
        "redline": word.make(redline_of(fewer, purchase), Paper.A4),
        "again": word.make(redline_of(fewer, purchase), Paper.A4),
        "old": word.make(redline_of(fewer, fewer), Paper.A4),
        "new": word.make(redline_of(purchase, purchase), Paper.A4),
    }


def paragraphs(data: bytes, name: str, gone: str) -> list[str]:
    """The paragraphs of a document once every change is accepted (gone: del) or rejected (gone: ins)."""
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml"))
    found = []
    for part in tree.iter(f"{W}p"):
        if all(part.find(f"{W}pPr/{W}rPr/{W}{name}") is None for name in GONE[gone]):
            found.append("".join(_run_texts(part, gone)))
    return [" ".join(text.split()) for text in found if text.strip()]


def _run_texts(element: ElementTree.Element, gone: str) -> Iterator[str]:
    for part in element:
        if part.tag == f"{W}r":
            is_number = (
                part.find(f"{W}rPr/{W}vertAlign") is not None or part.find(f"{W}rPr/{W}rStyle") is not None
            )
            if not is_number:
                yield from (leaf.text or "" for leaf in part if leaf.tag in (f"{W}t", f"{W}delText"))
        elif part.tag not in [f"{W}{name}" for name in GONE[gone]]:
            yield from _run_texts(part, gone)


def test_word_accepts_to_the_new_text_and_rejects_to_the_old(in_word: dict[str, bytes]) -> None:
    for gone, state in (("del", "new"), ("ins", "old")):
        head = 3  # the head of the redline, which names its states and counts
        found = paragraphs(in_word["redline"], "document", gone)[head:]
        assert found == paragraphs(in_word[state], "document", gone)[head:]
        notes = paragraphs(in_word["redline"], "footnotes", gone)
        assert set(paragraphs(in_word[state], "footnotes", gone)) <= set(notes)


def test_word_tracks_words_and_rows_by_the_publisher_on_the_later_day(
    in_word: dict[str, bytes], purchase: Edition
) -> None:
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(in_word["redline"])).read("word/document.xml"))
    changes = [*tree.iter(f"{W}ins"), *tree.iter(f"{W}del")]
    assert changes
    assert {change.get(f"{W}author") for change in changes} == {purchase.publisher}
    assert {change.get(f"{W}date") for change in changes} == {f"{purchase.as_of_day}T00:00:00Z"}
    ids = [change.get(f"{W}id") for change in changes]
    assert len(ids) == len(set(ids))
    assert tree.find(f".//{W}trPr/{W}ins") is not None
    assert tree.find(f".//{W}trPr/{W}tblHeader") is not None
    assert tree.find(f".//{W}footnoteReference") is not None


def test_word_file_is_the_same_every_time(in_word: dict[str, bytes]) -> None:
    assert in_word["redline"] == in_word["again"]


# ---------------------------------------------------------------------------------------- schema and states

ROWS = (
    "| Port | Work |\n|---|---|\n| Brill | dredging of the [basin](https://a.example/) |\n| Hest | a slip |\n"
)
LAMPS = "| Zell | two old lamps |\n"
LAMPS_FIRST = ROWS.replace("| Brill", f"{LAMPS}| Brill")
LONG = "Pilots ask for a second boat before the spring, and nobody has answered them in writing so far."
TWICE = f"{LONG}\n\n{LONG} They asked twice."
QUAY = "The quay in the north gets a crane and two lamps, [says the office](https://a.example/office)."
ARCHIVE = "[the archive](https://a.example/a)"
ONE = f"- one of {ARCHIVE}"
NESTED = "1. one\n   - in it"
WORKS = f"### Works\n\n- one\n- two\n\n> {QUAY}"
STORIES = {
    "the address of a link": (f"See {ARCHIVE}.", "See [the archive](https://a.example/b)."),
    "the words of a link": ("See [the old archive](https://a.example/a).", f"See {ARCHIVE}."),
    "a link that is bold within": ("See here.", "See [the **new** *archive*](https://a.example/a) here."),
    "a link in a heading": ("### Of boats", "### Of [boats](https://a.example/)"),
    "a row with a link changes, one comes": (LAMPS_FIRST, ROWS.replace("| Brill", "| B").replace("a s", "s")),
    "a paragraph with a link moves": (f"{QUAY}\n\n{LONG}\n\n{ROWS}", f"{LONG}\n\n{ROWS}\n\n{QUAY}"),
    "it moves and changes": (
        f"{QUAY}\n\n{LONG}",
        f"{LONG}\n\n{QUAY.replace('two lamps', 'three new lamps')}",
    ),
    "a row moves": (ROWS + LAMPS, LAMPS_FIRST),
    "a table moves and loses a row": (f"{ROWS}{LAMPS}\n\n{TWICE}", f"{TWICE}\n\n{ROWS}"),
    "an item moves": (f"{ONE}\n- two\n- three", f"- two\n- three\n{ONE}"),
    "a list in a list moves": (f"{NESTED}\n2. two\n\n{LONG}", f"1. two\n\n{LONG}\n\n{NESTED}"),
    "heading, list and quotation move": (f"{WORKS}\n\n{TWICE}", f"{TWICE}\n\n{WORKS}"),
    "a line across the page": (f"{LONG}\n\n---\n\n{QUAY}", f"{QUAY}\n\n---\n\n---\n\nThe end."),
    "a line goes": (f"{LONG}\n\n---\n\n{QUAY}", f"{LONG}\n\n{QUAY}"),
    "code": ("Run `make` now.\n\n```\none\ntwo\n```", "Run `make all` now.\n\n```\none\nthree\n```"),
    "everything": (f"{LONG}\n\n{ROWS}\n\n- one\n\n> {QUAY}", "1. Nothing of this."),
}


def redlined(old: Block, new: Block) -> Redline:
    return dataclasses.replace(
        EMPTY,
        title="Boats & <quays>",
        publisher="The “Desk” & Co.",
        old=Side("edition 1 (1 May 2031)", "1"),
        new=Side("edition 2 (3 May 2031)", "2"),
        article=compare.compare(old, new),
    )


def words(data: bytes, state: str, folder: Path) -> str:
    """What a document says once all its changes are accepted or rejected, as pandoc reads it."""
    file = folder / "redline.docx"
    file.write_bytes(data)
    page = pypandoc.convert_file(str(file), "html", extra_args=[f"--track-changes={state}", "--wrap=none"])
    return " ".join(re.sub("<[^>]*>", " ", page).split()).partition("The “Desk” &amp; Co..")[2]


def faults(data: bytes, folder: Path) -> list[str]:
    """Where a document does not fit the schema."""
    file = folder / "redline.docx"
    file.write_bytes(data)
    found = OpenXmlValidator().validate(file)
    return [f"{error.part_uri} {error.path}: {error.description}" for error in found.errors]


@pytest.mark.process
@pytest.mark.parametrize("story", STORIES)
def test_document_fits_the_schema_and_says_both_texts(story: str, tmp_path: Path) -> None:
    demand(word.is_available(), "pandoc is not installed")
    old, new = map(blocks, STORIES[story])
    data = word.make(redlined(old, new), Paper.LETTER)
    assert faults(data, tmp_path) == []
    for state, text in (("accept", new), ("reject", old)):
        plain = word.make(redlined(text, text), Paper.LETTER)
        assert words(data, state, tmp_path) == words(plain, state, tmp_path)


@pytest.mark.process
def test_a_whole_brief_fits_the_schema(in_word: dict[str, bytes], tmp_path: Path) -> None:
    assert faults(in_word["redline"], tmp_path) == []


@pytest.mark.process
def test_validator_finds_a_change_around_a_link(in_word: dict[str, bytes], tmp_path: Path) -> None:
    """So that its silence about the others means something."""
    part = "word/document.xml"
    parts = _parts(word.make(redlined(*map(blocks, STORIES["the words of a link"])), Paper.A4))
    text = parts[part].decode()
    start, end = text.index("<w:hyperlink"), text.index("</w:hyperlink>") + len("</w:hyperlink>")
    change = '<w:ins w:id="9" w:author="A" w:date="2031-05-01T00:00:00Z">'
    parts[part] = f"{text[:start]}{change}{text[start:end]}</w:ins>{text[end:]}".encode()
    assert any("hyperlink" in fault for fault in faults(_zipped(parts), tmp_path))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.mark.process
def test_moved_paragraph_has_the_marks_of_a_move_at_both_places() -> None:
    parts = _parts(word.make(redlined(*map(blocks, STORIES["it moves and changes"])), Paper.A4))
    tree = ElementTree.fromstring(parts["word/document.xml"])
    for place in ("From", "To"):
        starts = [*tree.iter(f"{W}move{place}RangeStart")]
        ends = [*tree.iter(f"{W}move{place}RangeEnd")]
        assert [item.get(f"{W}name") for item in starts] == ["move1"]
        assert [item.get(f"{W}id") for item in starts] == [item.get(f"{W}id") for item in ends]
        assert tree.find(f".//{W}rPr/{W}move{place}") is not None
    assert tree.find(f".//{W}moveFrom//{W}delText") is None
    assert tree.find(f".//{W}moveTo/{W}del//{W}delText") is not None


@pytest.mark.process
def test_moved_row_and_table_have_a_comment() -> None:
    for story, what in (("a row moves", "Row"), ("a table moves and loses a row", "Table")):
        parts = _parts(word.make(redlined(*map(blocks, STORIES[story])), Paper.A4))
        said = "".join(ElementTree.fromstring(parts["word/comments.xml"]).itertext())
        assert sorted(re.findall(rf"{what} moved \w+ here", said)) == [
            f"{what} moved from here",
            f"{what} moved to here",
        ]


@pytest.mark.process
def test_pages_say_title_states_marking_and_page(in_word: dict[str, bytes], purchase: Edition) -> None:
    parts = _parts(in_word["redline"])
    head, foot = (
        "".join(ElementTree.fromstring(parts[f"word/{name}1.xml"]).itertext())
        for name in ("header", "footer")
    )
    assert f"Redline of {purchase.title}" in head
    assert "From edition 1 (1 May 2031) to the draft of today’s statements" in head
    assert f"TLP:{purchase.marking.value}" in head and f"TLP:{purchase.marking.value}" in foot
    assert purchase.publisher in foot and "Page 1 of 1" in foot
    fields = [
        item.get(f"{W}instr", "").strip()
        for item in ElementTree.fromstring(parts["word/footer1.xml"]).iter(f"{W}fldSimple")
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    sheet = ElementTree.fromstring(parts["word/document.xml"]).find(f".//{W}pgSz")
    assert sheet is not None and sheet.get(f"{W}w") == "11906"
