"""PDFs for everybody and for the archive: a validator finds nothing, and the tags say what a reader sees."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from briefing.build.steps import Snapshot
from briefing.content.layout import shipped_templates
from briefing.formats import html
from briefing.formats.base import Attachment, Prepared
from briefing.formats.pdf import typeset as typesetting
from briefing.model.editions import Section
from briefing.model.findings import RenderError
from briefing.redline import write
from briefing.store import versions
from tests.conftest import REPOSITORY, Page, environment, needs
from tests.redline.trees import redline_of

pytestmark = [needs(versions.pango(), "Pango is not installed"), pytest.mark.pdf]
PROFILES = ("ua1", "3a")
STYLES = "\n".join(shipped_templates()[name] for name in ("tokens.css", "text.css", "print.css"))
HEADINGS = {f"/H{level}" for level in range(1, 7)}


@pytest.fixture(scope="session")
def papers(built_sample: Path, shipped: Path) -> dict[str, bytes]:
    """Every PDF of the shipped content and of the sample, in all their lengths."""
    return {
        f"{name}/{path.name}": path.read_bytes()
        for name, folder in (("sample", built_sample / "output"), ("shipped", shipped))
        for path in sorted((folder / "briefs").glob("*.pdf"))
    }


def failures(data: bytes) -> list[tuple[str, str]]:
    """What the validator finds, by profile.

    It compares the length of a stream with the place of the word ``endstream`` and takes a CR that ends
    compressed data for part of the line break. That finding counts only where qpdf, which reads the length as
    the standard says, finds the file damaged as well.
    """
    found = []
    for profile in PROFILES:
        for failure in page.validate_pdf_bytes(data, profile=profile).failures:
            if "STREAM-LENGTH" in failure.rule_id and _is_sound(data):
                continue
            found.append((failure.rule_id, failure.message))
    return found


def _is_sound(data: bytes) -> bool:
    """Every stream is as long as it says, and one ends in CR: else the alarm would not be a false one."""
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        ends = any(item.read_raw_bytes().endswith(b"\r") for item in streams)
        return ends and not document.check_pdf_syntax()


def typeset(body: str, styles: str = STYLES, **more: Any) -> bytes:
    text = f"<!doctype html><html lang='en-GB'><title>A title</title><body class='print'>{body}"
    return typesetting.make(Prepared("pdf", text, styles, (), "A title", **more))


# ---------------------------------------------------------------------------------------- the tags, read back


@dataclass
class Element:
    """An element of the tree of tags, with the text that the pages draw for it."""

    tag: str
    object: Any
    kids: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def every(self, *tags: str) -> Iterator[Element]:
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.tag in tags or not tags:
                    yield kid
                yield from kid.every(*tags)


class Tags:
    """The tags of a file, and what of its content stands outside them."""

    def __init__(self, data: bytes) -> None:
        self.document: Any = pikepdf.open(io.BytesIO(data))
        self.drawn: dict[tuple[int, int], str] = {}
        self.untagged = ""
        self.artifacts = ""
        for item in self.document.pages:
            self._read(item)
        self.used: list[tuple[int, int]] = []
        self.linked: set[int] = set()
        root: Any = self.document.Root.StructTreeRoot
        self.root = self._element(root.K[0], None)

    def _read(self, item: pikepdf.Page) -> None:
        fonts: dict[str, dict[int, str]] = {
            name: _letters(font) for name, font in dict(item.Resources.Font).items()
        }
        letters: dict[int, str] = {}
        open_marks: list[int | str] = []
        for instruction in pikepdf.parse_content_stream(item):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "Tf":
                letters = fonts[str(operands[0])]
            elif operator in ("BMC", "BDC"):
                properties: Any = operands[1] if operator == "BDC" else {}
                if "/ActualText" in properties:
                    self._keep(int(item.objgen[0]), open_marks, str(properties.ActualText))
                    open_marks.append("instead")
                    continue
                has_number = "/MCID" in properties
                open_marks.append(int(properties.MCID) if has_number else str(operands[0]))
                if has_number:
                    self.drawn[int(item.objgen[0]), int(properties.MCID)] = ""
            elif operator == "EMC":
                open_marks.pop()
            elif operator in ("Tj", "TJ"):
                pieces: Any = operands[0]
                text = "".join(
                    _decoded(piece, letters) for piece in ([pieces] if operator == "Tj" else pieces)
                )
                self._keep(int(item.objgen[0]), open_marks, text)

    def _keep(self, number: int, open_marks: list[int | str], text: str) -> None:
        marks = [mark for mark in open_marks if isinstance(mark, int)]
        if open_marks[-1:] == ["instead"]:
            return
        if marks:
            self.drawn[number, marks[-1]] += text
        elif "/Artifact" in open_marks:
            self.artifacts += text
        else:
            self.untagged += text

    def _element(self, item: Any, sheet: int | None) -> Element:
        made = Element(str(item.S), item)
        sheet = int(item.Pg.objgen[0]) if "/Pg" in item else sheet
        for kid in item.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                self.linked.add(kid.Obj.objgen[0])
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                made.kids.append(self._element(kid, sheet))
            else:
                is_number = isinstance(kid, int)
                key = (sheet or 0, int(kid)) if is_number else (int(kid.Pg.objgen[0]), int(kid.MCID))
                self.used.append(key)
                made.kids.append(self.drawn[key])
        return made


def _letters(font: Any) -> dict[int, str]:
    """Glyphs to letters, as the font says."""
    found = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        if match := re.fullmatch(r"<([0-9a-f]+)> <([0-9a-f]*)>", line.strip(), re.IGNORECASE):
            found[int(match[1], 16)] = bytes.fromhex(match[2]).decode("utf-16-be")
    return found


def _decoded(piece: Any, letters: dict[int, str]) -> str:
    if not isinstance(piece, pikepdf.String):
        return ""
    data = bytes(piece)
    return "".join(letters[int.from_bytes(data[at : at + 2])] for at in range(0, len(data), 2))


@pytest.fixture(scope="session")
def tagged(papers: dict[str, bytes]) -> dict[str, Tags]:
    return {name: Tags(data) for name, data in papers.items()}


# ------------------------------------------------------------------------------------------ what is shipped


def test_validator_finds_nothing(papers: dict[str, bytes]) -> None:
    assert len(papers) >= 8
    assert {name: found for name, data in papers.items() if (found := failures(data))} == {}


def test_nothing_is_drawn_outside_the_tags_and_nothing_is_read_twice(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        assert tags.untagged == "", name
        assert sorted(tags.used) == sorted(tags.drawn), name


def test_running_heads_and_band_are_artifacts(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        assert "Page 1 of" in tags.artifacts, name
        assert "Page 1 of" not in tags.root.text, name
        assert "not yet approved" not in tags.root.text, name


def test_headings_begin_with_one_and_skip_no_level(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        levels = [int(item.tag[2]) for item in tags.root.every(*HEADINGS)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        pairs = itertools.pairwise(levels)
        assert all(after - before <= 1 for before, after in pairs), name


def test_cells_links_figures_and_notes_say_what_they_are(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        for head in tags.root.every("/TH"):
            assert str(head.object.A.Scope) in ("/Column", "/Row"), name
        for figure in tags.root.every("/Figure"):
            assert str(figure.object.Alt).strip(), name
            assert len(figure.object.A.BBox) == 4, name
        for label in tags.root.every("/Link"):
            assert any(isinstance(kid, pikepdf.Dictionary) for kid in label.object.K), name
        names = [str(note.object.ID) for note in tags.root.every("/Note")]
        assert names, name
        assert len(names) == len(set(names)), name


def test_every_place_to_click_is_in_the_tags_and_says_where_it_leads(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        places = [place for item in tags.document.pages for place in item.get("/Annots", [])]
        assert places, name
        for place in places:
            assert str(place.Contents).strip(), name
            assert place.objgen[0] in tags.linked, name
            assert int(place.F) & 4, name


def test_file_says_what_it_is(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        root: Any = tags.document.Root
        assert bool(root.MarkInfo.Marked), name
        assert bool(root.ViewerPreferences.DisplayDocTitle), name
        assert str(root.Lang) == "en-GB", name
        xmp = root.Metadata.read_bytes()
        ET.fromstring(xmp.decode().lstrip("\ufeff"))
        for part in (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
            assert part in xmp, name


def _bare(text: str) -> str:
    """Letters only: spaces are lost where a line ends, and hyphens come in."""
    return re.sub(r"[^\w]+", "", text)


def test_tags_are_read_in_the_order_of_the_text(tagged: dict[str, Tags], shipped: Path) -> None:
    """What the page as HTML says from its title on, without notes, is what the tags say in this order."""
    for path in sorted((shipped / "briefs").glob("*.html")):
        tags = tagged[f"shipped/{path.stem}.pdf"]
        read = _bare(tags.root.text)
        at = 0
        titles = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", path.read_text("utf-8"), re.DOTALL)
        wanted = [_bare(Page(title).text) for title in titles if "Notes" not in title]
        spoken = [_bare(item.text) for item in tags.root.every(*HEADINGS)]
        kept = [title for title in wanted if title in spoken]
        # The PDF of a one-page brief that is longer than its page is a short form.
        assert len(kept) >= len(wanted) - (4 if re.search("Shortformof|Onepage", read) else 2), path.stem
        for title in kept:
            at = read.index(title, at)


def test_notes_are_read_after_what_marks_them(tagged: dict[str, Tags]) -> None:
    for name, tags in tagged.items():
        for group in (tags.root, *tags.root.every("/Sect", "/Art", "/LBody", "/Div")):
            marked: set[str] = set()
            for kid in group.kids:
                if isinstance(kid, Element) and kid.tag == "/Note":
                    label = next(kid.every("/Lbl"), None)
                    assert label is None or label.text in marked, name
                elif isinstance(kid, Element):
                    marked.update(item.text for item in kid.every("/Reference"))
                    marked.update([kid.text] if kid.tag == "/Reference" else [])


# --------------------------------------------------------------------------------- what somebody may write

MARKDOWN = {
    "loose list": "- one\n\n- two\n\n  and more of two\n",
    "nested lists": "1. one\n   - inner\n     - innermost\n   - another\n2. two\n",
    "loose nested list": "- one\n\n  1. inner\n\n  2. other\n\n- two\n",
    "bold in a link": "See [the **whole** report](https://example.org/report) for this.",
    "code in a link": "See [`run`](https://example.org/run), [*`all`*](https://example.org/all).",
    "link in bold": "**[bold](https://example.org/)** and *[light](https://example.org/light)*",
    "bare address": "<https://example.org/path?x=1&y=2>",
    "table with links": "| Name | Site |\n|---|---|\n| a | [b](https://example.org/) |\n| **c** | `d` |\n",
    "empty cells": "| | Amount |\n|---|---|\n| a | |\n| | 3 |\n",
    "table without rows": "| a | b |\n|---|---|\n",
    "deep headings": "#### deep\n\ntext\n\n###### deeper\n\ntext\n\n## again\n\ntext\n",
    "two titles": "# one\n\ntext\n\n# two\n\ntext",
    "quotation": "> said\n>\n> - with\n> - a list\n>\n> > and another\n",
    "quotation of a heading": "> ### head\n> text\n",
    "code": "```python\nfirst\n\n    second\n```\n\nand `inline`\n",
    "rule and line break": "one  \ntwo\n\n---\n\nthree\\\nfour\n",
    "list of code and quotations": "- ```\n  code\n  ```\n- > said\n- # head\n",
    "empty list item": "- \n- two\n",
    "link on two lines": f"[{'words that go on ' * 20}](https://example.org/long)",
    "languages": "Її ґанок, Élysée, “€” ≥ 3 – № 4 → ½ × 2",
    "everything bold": "***all of it, with `code`***",
    "nothing": "",
}


def _section(text: str) -> str:
    return str(
        html.section_html(
            Section("narrative", "Title", (text,)), lambda claim: html.ClaimMarkup("", ""), "en"
        ).html
    )


@pytest.mark.parametrize("name", MARKDOWN)
def test_ordinary_markdown_keeps_to_the_standards(name: str) -> None:
    written = _section(MARKDOWN[name])
    data = typeset(f"<h1>Title</h1><section>{written}</section>")
    assert failures(data) == []
    tags = Tags(data)
    assert tags.untagged == ""
    assert _bare(Page(written).text) in _bare(re.sub("[\n•◦▪]|(?<=\\d)\\. ", "", _without_labels(tags.root)))


def _without_labels(element: Element) -> str:
    """The text without what lists number it by."""
    parts = (kid if isinstance(kid, str) else _without_labels(kid) for kid in element.kids)
    return "" if element.tag == "/Lbl" else "".join(parts)


HTML = {
    "heads of rows": "<table><tr><th>a<td>1<tr><th scope=row>b<td>2</table>",
    "spans": "<table><thead><tr><th colspan=2>a<th>b<tbody>"
    "<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>",
    "caption": "<table><caption>Words</caption><tr><th scope=col>a<tr><td>1</table>",
    "terms": "<dl><dt>a<dd>b<dt>c<dd>d<dd>e</dl><dl><div><dt>a</dt><dd><p>b</dd></div></dl>",
    "language": "<p>He said <span lang=fr>bonjour</span>.<p lang=uk>Слава<p lang=en-GB>again",
    "figure": "<figure><svg xmlns='http://www.w3.org/2000/svg' role='img' width='90' height='30'>"
    "<title>Two bars</title><desc>One is longer.</desc><rect width='80' height='9' fill='#123456'/>"
    "<text y='25'>words</text>"
    "</svg><figcaption>What it <em>shows</em></figcaption></figure>",
    "decoration": "<p>x <svg aria-hidden='true' width='9' height='9'><circle r='3' cx='4' cy='4'/></svg>",
    "changes": "<p>It was <del>ten</del><ins>twelve</ins>.<ol><li value=3>c</ol>",
    "bare text": "words<div>more <b>words</b></div>words<section>and <i>others</i></section>",
    "jump": "<p><a href='#there'>below</a><h2 id=there>There</h2>",
    "notes run in": "<section role=doc-endnotes><p><span id=note-11><b>11</b> One.</span> "
    "<span id=note-12><b>12</b> <a href='https://example.org'>Two</a>.</span></section>",
    "notes": "<p>one<span class=footnote id=note-1 data-call='Note 1'>Note <b>one</b>.</span> and <b>two"
    "<span class=footnote id=note-2>Note two.</span></b>, again<sup class=mark>"
    "<a role=doc-noteref href='#note-1'>1</a></sup>.<ul><li>item<span class=footnote id=note-3 "
    "data-back='Back to the text of note 3'>Three.</span> and more<ul><li>inner</ul></ul>",
}


@pytest.mark.parametrize("name", HTML)
def test_what_templates_may_write_keeps_to_the_standards(name: str) -> None:
    data = typeset(f"<h1>Title</h1>{HTML[name]}")
    assert failures(data) == []
    assert Tags(data).untagged == ""


def test_figure_says_its_title_and_description_in_its_place() -> None:
    tags = Tags(typeset("<h1>T</h1>" + HTML["figure"]))
    (figure,) = tags.root.every("/Figure")
    assert str(figure.object.Alt) == "Two bars One is longer."
    left, bottom, right, top = (float(value) for value in figure.object.A.BBox)
    assert (right - left, top - bottom) == pytest.approx((67.5, 22.5))
    assert 0 < bottom < top < 842


def test_figure_without_words_is_refused() -> None:
    with pytest.raises(RenderError, match="give it a title"):
        typeset("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='3'/></svg>")


def test_page_without_a_language_is_refused() -> None:
    with pytest.raises(RenderError, match="does not state its language"):
        typesetting.make(Prepared("pdf", "<!doctype html><title>x</title><p>y", "", (), "x"))


def test_languages_of_parts_are_said() -> None:
    tags = Tags(typeset("<h1>T</h1>" + HTML["language"]))
    said = {item.text: str(item.object.Lang) for item in tags.root.every() if "/Lang" in item.object}
    assert said == {"bonjour": "fr", "Слава": "uk"}


def test_paragraph_table_and_list_over_pages_are_one_each() -> None:
    rows = "".join(f"<tr><td>{number}<td>{'words ' * 40}" for number in range(30))
    table = f"<table><thead><tr><th>Number<th>Words</thead>{rows}</table>"
    items = "".join(f"<li>item {number}" for number in range(80))
    tags = Tags(typeset(f"<h1>T</h1>{table}<p>{'sentence ' * 2000}</p><ul>{items}</ul>"))
    assert len(tags.document.pages) > 4
    root = tags.root
    assert [len(list(root.every(tag))) for tag in ("/Table", "/TR", "/TH", "/P", "/L", "/LI")] == [
        1,
        31,
        2,
        1,
        1,
        80,
    ]
    assert tags.artifacts.count("Number") >= 1, "the repeated head"


def test_word_parted_at_the_end_of_a_line_is_read_as_one() -> None:
    narrow = "body { font: 12px 'Source Sans 3'; hyphens: auto; width: 90px }"
    text = Tags(
        typeset("<h1>T</h1><p>some internationalisation of well-known organisations", narrow)
    ).root.text
    assert "\N{SOFT HYPHEN}" in text
    words = text.replace("\N{SOFT HYPHEN}", "")
    assert "internationalisation" in words
    assert "organisations" in words
    assert re.search("well[-\N{HYPHEN}]known", words)


def test_notes_follow_their_paragraph_and_links_lead_both_ways() -> None:
    tags = Tags(typeset("<h1>T</h1>" + HTML["notes"]))
    texts = [item.text for item in tags.root.every("/P", "/Note", "/LI")]
    assert texts[0].startswith("one1 and two2, again1")
    assert [text[:2] for text in texts[1:3]] == ["1N", "2N"]
    (item, *_) = tags.root.every("/LBody")
    assert [kid.tag for kid in item.kids if isinstance(kid, Element)] == ["/Reference", "/Note", "/L"]
    said = [str(place.Contents) for page_ in tags.document.pages for place in page_.Annots]
    assert said.count("Note 1") == 1
    assert said.count("Back to the text of note 3") == 1


# ------------------------------------------------------------ what travels inside, and the budget

FILES = (
    Attachment("facts.yaml", "fact: 12\n", "application/yaml", "The facts, as YAML"),
    Attachment("facts.json", '{"слово": 12}', "application/json", "The facts, as JSON"),
)


def test_attached_files_can_be_taken_out_again_and_are_dated_by_the_page() -> None:
    day = "<meta name='dcterms.created' content='2031-04-03'>"
    text = f"<!doctype html><html lang='en'>{day}<title>x</title><p>y"
    data = typesetting.make(Prepared("pdf", text, "", (), "x", FILES))
    assert failures(data) == []
    with pikepdf.open(io.BytesIO(data)) as document:
        assert set(document.attachments) == {"facts.yaml", "facts.json"}
        for item in FILES:
            found = document.attachments[item.name]
            stored = found.get_file()
            assert stored.read_bytes().decode() == item.text
            assert stored.mime_type == item.media_type
            assert found.description == item.description
            assert str(found.obj.AFRelationship) == "/Data"
            assert str(stored.obj.Params.ModDate) == "D:20310403000000Z"
        assert len(document.Root.AF) == 2


def test_shorter_text_is_taken_until_one_keeps_to_its_pages() -> None:
    texts = [
        f"<!doctype html><html lang='en'><title>x</title><p>{number} {'word ' * 2000 * number}"
        for number in (3, 2)
    ]
    short = "<!doctype html><html lang='en'><title>x</title><p>short"
    wanted = Prepared("pdf", texts[0], "", (), "x", max_pages=1, shorter=(texts[1], short, "never reached"))
    assert Tags(typesetting.make(wanted)).root.text == "short"
    with pytest.raises(RenderError, match=r"it takes \d pages and may have 1 page; cut its text"):
        typesetting.make(replace(wanted, shorter=(texts[1],)))
    assert len(Tags(typesetting.make(replace(wanted, max_pages=0))).document.pages) > 1


def test_same_bytes_whatever_the_hash_seed_the_time_zone_and_the_folder(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib\n"
        "from tests.formats.test_pdf_standards import FILES, HTML, typeset\n"
        "data = typeset('<h1>T</h1>' + ''.join(HTML.values()), attachments=FILES)\n"
        "print(hashlib.sha256(data).hexdigest())\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path if seed == "1" else REPOSITORY,
            env=environment(PYTHONHASHSEED=seed, TZ=zone),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Pacific/Apia"), ("77", "America/Lima"))
    }
    assert len(said) == 1


def test_redline_keeps_to_the_standards(snapshot: Snapshot) -> None:
    later = snapshot.editions["ferry-purchase"]
    sections = tuple(
        replace(section, segments=(*section.segments[:-1], "Other words.\n")) for section in later.sections
    )
    earlier = replace(later, sections=sections[1:])
    data = write.make(redline_of(earlier, later), "pdf", snapshot.theme)
    assert failures(data) == []
    assert Tags(data).untagged == ""


# ---------------------------------------------------------------------- notes that get lost

NARROW = (
    "@page { size: 300px 400px; margin: 20px; @footnote { margin-top: 4px } } "
    "body { font: 12px/16px 'Source Sans 3'; orphans: 3; widows: 2 } p { margin: 0 0 8px } "
    ".footnote { float: footnote; font-size: 10px; line-height: 12px }"
)


@pytest.mark.parametrize("lines", range(10, 22))
def test_note_is_never_lost_at_the_end_of_a_page(lines: int) -> None:
    """In some of these, a line fits on its page only because notes of earlier lines moved to the next one."""
    note = "<span class=footnote>{0} Words of a note that go on for more than one line, so it is two.</span>"
    body = (
        "<p>x</p>"
        + "<p>"
        + "line<br>" * lines
        + "</p><p>"
        + "".join(f"A line with its own note{note.format(number)}<br>" for number in range(6))
        + "the end of it</p>"
    )
    tags = Tags(typeset(body, NARROW))
    notes = [item.text for item in tags.root.every("/Note")]
    assert [re.sub(r"\D", "", text)[-1] for text in notes] == list("012345")
