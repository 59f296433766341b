"""Other scripts: what the usual fonts lack is printed with another font, in a PDF and on the site."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools import ttLib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from briefing.formats import fonts, html
from briefing.formats.base import Prepared
from briefing.formats.pdf import typeset
from briefing.store import font_files, versions
from briefing.store.font_files import FontFile
from tests.conftest import Project, needs
from tests.formats.test_pdf_standards import failures

SCRIPTS = {
    "Arabic": ("الوزيرة تتحدث في الميناء", "Amiri"),
    "Persian": ("شرکت پتروشیمی", "Amiri"),
    "Hebrew": ("שר הביטחון", "Noto-Sans-Hebrew"),
    "Georgian": ("პრემიერი შეხვედრაზე", "Noto-Sans-Georgian"),
    "Armenian": ("վարչապետ", "Noto-Sans-Armenian"),
    "Hindi": ("हिन्दी में मंत्री", "Noto-Sans-Devanagari"),
    "Thai": ("รัฐมนตรี", "Noto-Sans-Thai"),
    "Amharic": ("ሚኒስትር", "Noto-Sans-Ethiopic"),
    "emoji": ("🚢 ❤️ 👩‍🚀 🇺🇦", "Noto-Emoji"),
}
"""Words of a script, and the font that prints them."""
NATIVE = "Ελλάδα, Україна, Việt Nam, İstanbul, Łódź, Čeština, № 5, € 4, → − ≥ ½ “a” – ○ △ ▲ ●"
CHINESE = "国防部长"


def font_of(characters: str, place: Path, **changes: object) -> FontFile:
    """Make a font with a space in which every one of these characters is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    characters = f" {characters}"
    names = [f"u{ord(character):X}" for character in characters]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap(dict(zip(map(ord, characters), names, strict=True)))
    builder.setupGlyf(dict.fromkeys([".notdef", *names], pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names], (900, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2(**changes)
    builder.setupPost()
    place.parent.mkdir(parents=True, exist_ok=True)
    builder.save(place)
    return font_files.of_project(f"fonts/{place.name}", place.read_bytes(), place)


def page(body: str, others: tuple[FontFile, ...] = ()) -> bytes:
    text = f"<!doctype html><html lang='en-GB'><title>A title</title><body>{body}"
    styles = "body { font-family: 'Source Serif 4' } b { font-family: 'Source Sans 3' }"
    made = fonts.needed(text, others)
    return typeset.make(Prepared("pdf", text, styles, (), "A title", fonts=made))


def names_in(data: bytes) -> set[str]:
    """Return the fonts of a PDF, without the marks of a subset."""
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        return {str(item.BaseFont).partition("+")[2] for item in found if "/ToUnicode" in item}


def text_of(data: bytes, folder: Path) -> str:
    (folder / "page.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", folder / "page.pdf", "-"], capture_output=True, check=True, text=True)
    return re.sub("[\u202a-\u202e\u200b]", "", done.stdout)


# ------------------------------------------------------------------------------------------ which font


def test_usual_fonts_have_all_ordinary_characters() -> None:
    needing = {character for character in fonts._ordinary() if not fonts._needs_none(character)}
    assert {character for character in needing if ord(character) not in fonts._usual()} == set()


def test_ordinary_text_needs_no_other_font() -> None:
    assert fonts.needed(NATIVE) == ()
    assert fonts.lacking(NATIVE) == frozenset()


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_has_a_font_and_a_text_takes_no_others(script: str) -> None:
    words, name = SCRIPTS[script]
    assert fonts.lacking(words) == frozenset()
    files = fonts.needed(f"{NATIVE} {words}")
    assert {file.family for file in files} == {name.replace("-", "")}


def test_spaces_and_marks_of_direction_need_no_glyph() -> None:
    assert fonts.lacking("\u2003\u3000\u200b\u200d\u200f\u2060\ufe0f\u061c\t\n") == frozenset()


def test_private_use_and_unassigned_characters_are_never_printed(tmp_path: Path) -> None:
    own = font_of("\ue000\U000e0fff\U00100000", tmp_path / "own.ttf")
    assert fonts.lacking("\ue000\U000e0fff\U00100000", [own]) == {"\ue000", "\U000e0fff", "\U00100000"}


def test_font_of_the_project_goes_before_those_of_the_program(tmp_path: Path) -> None:
    own = font_of("🚢" + CHINESE, tmp_path / "own.ttf")
    assert fonts.lacking(CHINESE) == set(CHINESE)
    assert fonts.lacking(CHINESE, [own]) == frozenset()
    assert fonts.needed(f"🚢 {CHINESE}", [own]) == (own,)
    assert fonts.by_design(f"🚢 {CHINESE} {SCRIPTS['Thai'][0]}", [own])[own] == "".join(
        sorted("🚢" + CHINESE)
    )


def test_place_of_a_font_is_no_part_of_what_is_made(tmp_path: Path) -> None:
    first, second = (font_of("国", tmp_path / name / "own.ttf") for name in ("a", "b"))
    one, other = (Prepared("pdf", "国", fonts=(font,)) for font in (first, second))
    assert first.place != second.place
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != replace(one, fonts=(font_of("国防", tmp_path / "own.ttf"),)).fingerprint


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"nonsense"), "cannot be read as a font"),
        (lambda path: path.write_bytes(b""), "cannot be read as a font"),
        (lambda path: path.write_bytes(path.read_bytes()[:400]), "cannot be read as a font"),
        (lambda path: font_of("国", path, fsType=2), "must not be embedded"),
    ],
)
def test_font_that_cannot_be_embedded_is_a_finding(spoil: object, words: str, tmp_path: Path) -> None:
    place = tmp_path / "own.ttf"
    font_of("国", place)
    spoil(place)  # type: ignore[operator]
    file = font_files.of_project("fonts/own.ttf", place.read_bytes(), place)
    (finding,) = fonts.problems([file])
    assert (finding.check, finding.at.path) == ("font-file", "fonts/own.ttf")
    assert words in finding.message


# ----------------------------------------------------------------------------------------------- in a PDF


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
@pytest.mark.parametrize("script", SCRIPTS)
def test_pdf_with_another_script_keeps_the_standards_and_its_text(script: str, tmp_path: Path) -> None:
    words, name = SCRIPTS[script]
    isolated = html.plain(words)
    data = page(f"<h1>A title: {isolated}</h1><p>Plain {isolated}, 5 May, <b>bold {isolated}</b>.")
    assert failures(data) == []
    assert any(found.startswith(name) for found in names_in(data))
    found = text_of(data, tmp_path)
    if script not in ("Hindi", "emoji"):  # whose letters are drawn in another order than they are written
        assert found.count(words) == 3, found
    assert data == page(f"<h1>A title: {isolated}</h1><p>Plain {isolated}, 5 May, <b>bold {isolated}</b>.")


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
def test_pdf_is_set_in_a_font_of_the_project(tmp_path: Path) -> None:
    own = font_of(CHINESE, tmp_path / "own.ttf")
    data = page(f"<p>The minister {CHINESE}, said", (own,))
    assert "Squares" in names_in(data)
    assert failures(data) == []
    assert CHINESE in text_of(data, tmp_path)


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
@pytest.mark.parametrize("words", ["شرکت", "שר הביטחון"])
def test_date_after_words_from_right_to_left_stays_after_them(words: str, tmp_path: Path) -> None:
    """Without isolation the 5 would change places with the words."""
    data = page(f"<p>From {html.plain(f'{words}, 5 May 2031')}.")
    drawn = _order(data, [words[0], "5", "M"])
    assert drawn == sorted(drawn)


def _order(data: bytes, characters: list[str]) -> list[float]:
    """Return where a page draws the first of each of these characters, from the left."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        sheet = document[0].get_textpage()
        text = sheet.get_text_range()
        return [sheet.get_charbox(text.index(character))[0] for character in characters]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Minister said", "Minister said"),
        ("شرکت, 5 May", "<bdi>شرکت</bdi>, 5 May"),
        ("“شرکت”, שר, 5", "“<bdi>شرکت</bdi>”, <bdi>שר</bdi>, 5"),
        ("A. שר הביטחון (2 of 3)", "A. <bdi>שר הביטחון</bdi> (2 of 3)"),
        ("שר 14 הביטחון & co", "<bdi>שר 14 הביטחון</bdi> &amp; co"),
        ("'שר'", "‘<bdi>שר</bdi>’"),
    ],
)
def test_words_from_right_to_left_stand_on_their_own(text: str, marked: str) -> None:
    assert str(html.plain(text)) == marked
    assert str(html.inline(text)) == marked


# ---------------------------------------------------------------------------------------------- a project

PLACES = {
    "a source's title": ("content/sources/gazette.yaml", "title: Two ministries", "title: Two {} ministries"),
    "a speaker": ("content/actors.yaml", "name: Ada Holm", "name: Ada {} Holm"),
    "a statement in a table": (
        "content/facts/ferry.yaml",
        "statement: The first crossing is planned.",
        "statement: The first {} crossing is planned.",
    ),
    "a title": ("content/briefs/ferry-purchase.md", "title: The ferry", "title: The {} ferry"),
    "prose": ("content/briefs/ferry-purchase.md", "The same number", "The same {} number"),
}
OTHERS = ["国防", "한국", "\N{CUNEIFORM SIGN A}", "\ue000", "\N{LINEAR B SYLLABLE B008 A}"]


@pytest.mark.parametrize("words", OTHERS)
def test_check_and_plan_name_every_place_of_a_character_without_a_font(words: str, project: Project) -> None:
    for path, old, new in PLACES.values():
        project.change(path, old, new.format(words))
    places = {
        (path, number, text.index(words[0]) + 1)
        for path in {path for path, _, _ in PLACES.values()}
        for number, text in enumerate(project.read(path).splitlines(), 1)
        if words in text
    }
    assert len(places) == len(PLACES)
    for command in ("check", "plan"):
        said = project.call(command, "--json")
        assert said.exit_code == 1
        found = [item for item in said.record["findings"] if item["check"] == "missing-glyph"]
        assert {(item["path"], item["line"], item["column"]) for item in found} == places
        assert all(f"U+{ord(words[0]):04X}" in item["message"] and item["hint"] for item in found)
        assert ".notdef" not in said.text


@pytest.mark.parametrize("place", PLACES)
def test_a_character_without_a_font_holds_back_what_would_print_it(place: str, project: Project) -> None:
    path, old, new = PLACES[place]
    project.change(path, old, new.format(OTHERS[0]))
    said = project.call("plan", "--json")
    (found,) = {
        (item["path"], item["line"]) for item in said.record["findings"] if item["check"] == "missing-glyph"
    }
    assert OTHERS[0] in project.read(found[0]).splitlines()[found[1] - 1]
    assert {"ferry-purchase", "site"} <= set(said.record["held"])


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
def test_font_in_the_project_prints_what_no_font_had(project: Project) -> None:
    path, old, new = PLACES["a source's title"]
    project.change(path, old, new.format(CHINESE))
    assert project.build().exit_code == 1
    assert project.results() == {}
    font_of(CHINESE, project.root / "fonts/Squares.ttf")
    said = project.build()
    assert said.exit_code == 0, said.text
    made = project.results()
    assert "Squares" in names_in(made["briefs/ferry-purchase.pdf"])
    assert failures(made["briefs/ferry-purchase.pdf"]) == []
    served = ttLib.TTFont(io.BytesIO(made["site/assets/fonts/other-1.woff2"])).getBestCmap()
    assert {chr(code) for code in served} == set(CHINESE)
    style = made["site/assets/site.css"].decode()
    assert style.count("fonts/other-1.woff2") == len(fonts.FACES)
    assert f"unicode-range: {', '.join(f'U+{code:04X}' for code in sorted(served))};" in style
    assert project.decided("plan") == {}

    shutil.copyfile(project.root / "fonts/Squares.ttf", project.root / "fonts/Another.ttf")
    assert project.decided("plan") != {}  # the first one by name prints it
    (project.root / "fonts/Another.ttf").unlink()
    (project.root / "fonts/Squares.ttf").unlink()
    assert project.build().exit_code == 1
    assert project.results() == made


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
@pytest.mark.parametrize("place", PLACES)
def test_other_scripts_print_wherever_they_stand(place: str, project: Project) -> None:
    path, old, new = PLACES[place]
    words = f"{SCRIPTS['Hebrew'][0]} {SCRIPTS['Georgian'][0]} 🚢"
    project.change(path, old, new.format(words))
    said = project.build("--only", "ferry-purchase")
    assert said.exit_code == 0, said.text
    data = project.results()["briefs/ferry-purchase.pdf"]
    found = {re.sub("-(Semi-)?Bold$", "", name) for name in names_in(data)}
    assert {"Noto-Emoji", "Noto-Sans-Georgian", "Noto-Sans-Hebrew"} <= found
    assert failures(data) == []


def test_site_of_ordinary_text_has_its_three_fonts_and_no_other(built_sample: Path) -> None:
    folder = built_sample / "output/site/assets/fonts"
    assert {path.name for path in folder.iterdir()} == {face.name for face in fonts.FACES}
    assert "unicode-range" not in (folder.parent / "site.css").read_text("utf-8")
