"""Many files at once, what of a file is left out, and the next version of a source's capture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from briefing.model.findings import UsageError
from briefing.sources.extract import kinds
from briefing.sources.extract.extracted import Choice
from tests.commands.test_add_source import TEXT, added, registered
from tests.conftest import Project, Said, call
from tests.sources.test_boxed import of_one_page, pdf
from tests.sources.test_extract import page
from tests.values import GOOD_PROJECT

NOTE = '<div class="newsletter"><p>Our newsletter has 9,000 readers.</p></div>'


@pytest.fixture
def good(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD_PROJECT, tmp_path / "project")))


def where(made: Project) -> tuple[str | Path, ...]:
    return ("--project", made.root, "--captures", made.root / "captures")


def shown(made: Project, name: str) -> Said:
    return call("source", "show", name, *where(made))


def test_what_is_left_out_is_told_shown_and_taken_back(good: Project) -> None:
    said = added(good, "ferries.html", page(body=NOTE))
    assert said.exit_code == 0, said.err
    assert "Left out: navigation, subscription, page footer. 1 part has figures." in said.out
    seen = shown(good, "ferries")
    assert "  1  Two ferries for Norrvik" in seen.out
    assert "  2  subscription, after paragraph 4: Our newsletter has 9,000 readers." in seen.out
    record = json.loads(good.read("captures/ferries.left-out.json"))
    assert (record["file"], len(record["left_out"])) == ("ferries.html", 3)
    assert "Left out of it: navigation, subscription, page footer." in registered(good, "ferries").note

    again = added(good, "ferries.html", page(body=NOTE), "--name", "with-note", "--take", "2")
    assert again.exit_code == 0, again.err
    assert good.read("captures/with-note.txt").splitlines()[-1] == "Our newsletter has 9,000 readers."
    assert "subscription" not in shown(good, "with-note").out


def test_a_part_that_is_not_there_cannot_be_taken(good: Project) -> None:
    said = added(good, "ferries.html", page(), "--take", "7")
    assert said.exit_code == 2
    assert "--take: ferries.html has no left-out part 7" in said.err
    assert added(good, "ferries.html", page(), "--take", "x").exit_code == 2


def test_a_selector_narrows_a_page(good: Project) -> None:
    body = '<section id="box"><p>Twelve tugs.</p></section>'
    for selector in ("#box p", "//section[@id='box']"):
        found = kinds.read(page(body=body), "page.html", Choice(selector=selector))
        assert found.paragraphs == ("Twelve tugs.",)
        assert {item.kind for item in found.left_out} == {"text outside the selected elements"}
    for selector, words in (
        ("p[", "is no CSS selector and no XPath that begins with /: expected attribute name"),
        ("#none", "no element of page.html"),
    ):
        with pytest.raises(UsageError, match=words):
            kinds.read(page(body=body), "page.html", Choice(selector=selector))


def test_pages_narrow_a_pdf_and_only_a_pdf() -> None:
    data = of_one_page(b"BT /F 12 Tf 10 700 Td (A letter of some words.) Tj ET")
    assert kinds.read(data, "a.pdf", Choice(pages="1")).doubts == ("Only pages 1 of 1 were read.",)
    for pages in ("0", "2", "1-", "x"):
        with pytest.raises(UsageError, match="--pages: expected pages from 1 to 1"):
            kinds.read(data, "a.pdf", Choice(pages=pages))
    with pytest.raises(UsageError, match=r"--pages: a\.txt has no pages"):
        kinds.read(b"Words.\n", "a.txt", Choice(pages="1"))


def test_a_pdf_of_ten_thousand_pages_is_refused_before_it_is_read() -> None:
    kids = b"[" + b"3 0 R " * 10_000 + b"]"
    data = pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids%b/Count 10000>>" % kids,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>",
        ]
    )
    with pytest.raises(UsageError, match=r"has 10000 pages, more than the 2000 .* such as --pages 1-200"):
        kinds.read(data, "all.pdf")


def test_a_folder_is_added_with_one_report(good: Project) -> None:
    folder = good.root.parent / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text(TEXT, "utf-8")
    (folder / "c.csv").write_text("harbour,tugs\nHest,5\n", "utf-8")
    (folder / "d.pdf").write_bytes(b"%PDF-1.7")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "more").mkdir()
    said = call("source", "add", folder, *where(good), "--language", "en")
    assert said.exit_code == 2
    assert said.err == "d.pdf cannot be opened as a PDF: it is damaged or needs a password\n"
    assert "b.txt has the same text as a, and was not added again." in said.out
    assert f"Not taken from {folder}: more/, picture.png. Files end in .htm" in said.out
    assert "2 sources added, 1 known or repeated, 1 refused." in said.out
    assert good.read("captures/c.txt") == "harbour; tugs\nharbour: Hest; tugs: 5\n"
    known = call("source", "add", folder / "a.txt", folder / "c.csv", *where(good), "--language", "en")
    assert "0 sources added" in known.out


def test_what_is_about_one_file_is_refused_for_several(good: Project) -> None:
    for name in ("a.txt", "b.txt"):
        (good.root.parent / name).write_text(f"{TEXT}{name}\n", "utf-8")
    files = (good.root.parent / "a.txt", good.root.parent / "b.txt")
    said = call("source", "add", *files, *where(good), "--language", "en", "--title", "Two ferries")
    assert (said.exit_code, said.out) == (2, "")
    assert "--title: 2 files were named, and this is about one" in said.err


def test_the_file_itself_is_kept_on_request(good: Project) -> None:
    assert added(good, "ferries.html", page(), "--keep").exit_code == 0
    assert (good.root / "captures/originals/ferries.html").read_bytes() == page()


def test_a_record_of_a_reference_states_what_the_file_does_not(good: Project) -> None:
    record = good.root.parent / "r.ris"
    record.write_text("TY  - NEWS\nT2  - The Tarn Courier\nDA  - 2031/05/04\nLA  - en\nER  - \n", "utf-8")
    said = added(good, "ferries.txt", TEXT, "--metadata", str(record))
    assert said.exit_code == 0, said.err
    source = registered(good, "ferries")
    assert (source.publisher, source.language) == ("The Tarn Courier", "en")
    assert "publisher (the record r.ris)" in source.note


def test_a_new_state_of_a_source_is_its_next_version(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    good.write(
        "content/facts/ferries.yaml",
        "title: Ferries\nsummary: What they cost.\nfacts:\n"
        + "".join(
            f"  {name}:\n    kind: context\n    statement: They cost it.\n"
            f"    evidence:\n      - {{source: ferries, paragraph: {number}, terms: [{term}]}}\n"
            for name, number, term in (("price", 4, "40 million crowns"), ("writer", 2, "A. Writer"))
        ),
    )
    changed = "An update.\n" + TEXT.replace("A. Writer", "B. Writer")
    said = added(good, "ferries.txt", changed, "--language", "en", "--new-version")
    assert said.exit_code == 0, said.err
    assert good.read("captures/ferries.txt") == TEXT
    assert good.read("captures/ferries.2.txt") == changed
    source = registered(good, "ferries")
    assert source.capture == "ferries.2.txt"
    assert f"the file's sha256 is {source.sha256}" in source.note
    assert "0 of 2 passages hold in the new text." in said.out
    assert "ferries.price, paragraph 4: its terms are now in paragraph 5" in said.out
    assert "ferries.writer, paragraph 2: not there any more: “A. Writer”" in said.out
    same = added(good, "ferries.txt", changed, "--language", "en", "--new-version")
    assert "the text is the same as in ferries.2.txt" in same.err


def test_a_new_version_is_of_a_known_source(good: Project) -> None:
    said = added(good, "boats.txt", TEXT, "--language", "en", "--new-version")
    assert said.exit_code == 2
    assert "there is no source 'boats'" in said.err
    assert shown(good, "boats").exit_code == 2
