"""The parts of a Word document that pandoc cannot write, or writes otherwise than the schema wants.

Pandoc tracks words. Here whole paragraphs and rows are tracked too, because otherwise rejecting a paragraph
would leave an empty one; moved paragraphs get Word's own marks of a move; and every change gets its author,
its day and an id of its own. The document gets a head and a foot as the PDF has them: title, states, marking,
publisher and page. All of it fits the schema of ECMA-376, transitional.
"""

from __future__ import annotations

import datetime
import html as entities
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.dom import minidom

from briefing.language.words import Words
from briefing.model.scales import Paper
from briefing.redline.tree import EditKind, Redline

_INSERTED, _DELETED = "w:ins", "w:del"
_MOVES = {_INSERTED: "w:moveTo", _DELETED: "w:moveFrom"}
_CHANGES = {name: order for order, name in enumerate((_INSERTED, _DELETED, "w:moveFrom", "w:moveTo"))}
"""The elements of changes, in the order in which the schema wants them for one paragraph."""
_FIRST_ID = 1_000_000
"""Tracked changes are numbered from here, above all other ids, because pandoc repeats ids."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of the files within the document: the clock must not affect a byte."""
_SIZES = {Paper.A4: (11906, 16838), Paper.LETTER: (12240, 15840)}
"""Width and height in twentieths of a point."""
_MARGIN = 1247
"""22 mm, in the same unit."""
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CELL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in {"top": 0, "left": 108, "bottom": 0, "right": 108}.items()
)
_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"<w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar>"
    '</w:tblPr></w:style><w:style w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
)
"""The styles that pandoc uses and leaves out: that on which its tables are based, and that of comments."""


def rule(change: EditKind) -> str:
    """Return a line across the page, tracked if it changed."""
    names = {EditKind.INSERTED: _INSERTED, EditKind.DELETED: _DELETED}
    mark = f'<w:rPr><{names[change]} w:id="0" w:author="0"/></w:rPr>' if change in names else ""
    line = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
    return f"<w:p><w:pPr><w:pBdr>{line}</w:pBdr>{mark}</w:pPr></w:p>"


def finished(data: bytes, redline: Redline, paper: Paper) -> bytes:
    """Return pandoc's document with all that it lacks.

    Each change in ``data`` has the number of its move for its author, 0 where it did not move.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    ids = itertools.count(_FIRST_ID)
    for name in ("word/document.xml", "word/footnotes.xml", "word/comments.xml"):
        parts[name] = _Part(parts[name], redline, ids).finished()
    running = {"header": _header(redline, paper), "footer": _footer(redline, paper)}
    parts["word/document.xml"] = _with_running(parts["word/document.xml"].decode(), paper).encode()
    parts |= {f"word/{kind}1.xml": text.encode() for kind, text in running.items()}
    overrides = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for kind in running
    )
    relations = "".join(
        f'<Relationship Id="{kind}1" Type="{_OFFICE}/relationships/{kind}" Target="{kind}1.xml"/>'
        for kind in running
    )
    _put_before(parts, "[Content_Types].xml", "</Types>", overrides)
    _put_before(parts, "word/_rels/document.xml.rels", "</Relationships>", relations)
    _put_before(parts, "word/styles.xml", "</w:styles>", _STYLES)
    parts["word/settings.xml"] = re.sub(rb"<w:doNotTrackMoves\s*/>", b"", parts["word/settings.xml"])
    parts["docProps/core.xml"] = _properties(parts["docProps/core.xml"].decode(), redline).encode()
    return _zipped(parts)


def _put_before(parts: dict[str, bytes], name: str, end: str, text: str) -> None:
    before, found, after = parts[name].decode().rpartition(end)
    parts[name] = f"{before}{text}{found}{after}".encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(text: str, redline: Redline) -> str:
    values = {
        "dc:title": entities.escape(_title(redline)),
        "dc:creator": entities.escape(redline.publisher),
        "dcterms:created": _time(redline.day),
        "dcterms:modified": _time(redline.day),
    }

    def value(match: re.Match[str]) -> str:
        return f"{match[1]}{values[match[2]]}<"

    return re.sub(rf"(<({'|'.join(values)})(?: [^>]*)?>)[^<]*<", value, text)


def _time(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


# ------------------------------------------------------------------------------------- head and foot of pages


def _title(redline: Redline) -> str:
    return Words(redline.language)("redline.of", title=redline.title)


def _header(redline: Redline, paper: Paper) -> str:
    states = Words(redline.language)("redline.from_to", old=redline.old.words, new=redline.new.words)
    lines = (
        _line(paper, _text(_title(redline), is_bold=True), _tab(), _marking(redline)),
        _line(paper, _text(states)),
    )
    return _running("hdr", lines)


def _footer(redline: Redline, paper: Paper) -> str:
    say = Words(redline.language)
    page = (_text(say("paper.page")), _field("PAGE"), _text(say("paper.of")), _field("NUMPAGES"))
    return _running(
        "ftr", (_line(paper, _text(redline.publisher), _tab(), *page, _tab(), _marking(redline)),)
    )


def _running(name: str, lines: Iterable[str]) -> str:
    start = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} {_WORD}>'
    return f"{start}{''.join(lines)}</w:{name}>"


def _line(paper: Paper, *runs: str) -> str:
    """Return a line with a stop at its middle, if it has two tabs, and one at its right end."""
    width = _SIZES[paper][0] - 2 * _MARGIN
    stops = [("right", width)] if runs.count(_tab()) < 2 else [("center", width // 2), ("right", width)]
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in stops)
    return f"<w:p><w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>{''.join(runs)}</w:p>"


def _text(text: str, is_bold: bool = False) -> str:
    return _run(f'<w:t xml:space="preserve">{entities.escape(text, quote=False)}</w:t>', is_bold)


def _tab() -> str:
    return _run("<w:tab/>")


def _marking(redline: Redline) -> str:
    return _text(f"TLP:{redline.marking}", is_bold=True)


def _run(content: str, is_bold: bool = False) -> str:
    return f'<w:r><w:rPr>{"<w:b/>" if is_bold else ""}<w:sz w:val="16"/></w:rPr>{content}</w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{_text("1")}</w:fldSimple>'


def _with_running(text: str, paper: Paper) -> str:
    """Return the document with a section that has head, foot and a sheet of paper."""
    references = "".join(
        f'<w:{kind}Reference xmlns:r="{_OFFICE}/relationships" w:type="default" r:id="{kind}1"/>'
        for kind in ("header", "footer")
    )
    width, height = _SIZES[paper]
    sides = " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    sheet = (
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {sides} w:header="624" w:footer="624" w:gutter="0"/>'
    )
    before, start, rest = text.rpartition("<w:sectPr>")
    inner, end, after = rest.partition("</w:sectPr>")
    return f"{before}{start}{references}{inner}{sheet}{end}{after}"


# -------------------------------------------------------------------------------------------- tracked changes


class _Part:
    """A part of the document with tracked changes."""

    def __init__(self, content: bytes, redline: Redline, ids: Iterator[int]) -> None:
        self.tree = minidom.parseString(content)
        self.redline, self.ids = redline, ids
        self.numbers: dict[int, int] = {}
        """The move of each change, by the identity of its element."""

    def finished(self) -> bytes:
        """Return the part with all changes tracked."""
        for node in self.every(*_CHANGES):
            self.numbers[id(node)] = int(node.getAttribute("w:author"))
        for node in self.every(_INSERTED, _DELETED):
            if self.numbers[id(node)] and _above(node, "w:tbl") is None and _above(node, "w:body"):
                self.tree.renameNode(node, node.namespaceURI, _MOVES[node.tagName])
        for node in self.every("w:delText"):
            if _above(node, "w:moveFrom"):  # what moved away is not deleted text
                self.tree.renameNode(node, node.namespaceURI, "w:t")
        self.track_rows()
        self.track_paragraphs()
        self.mark_ranges()
        for node in self.every(*_CHANGES):
            self.attribute(node)
            node.setAttribute("w:id", str(next(self.ids)))
        for node in self.every("w:comment"):
            self.attribute(node)
        return bytes(self.tree.toxml("utf-8"))

    def track_rows(self) -> None:
        """Track the rows of which all words are in one change."""
        for row in self.every("w:tr"):
            if found := self.of_whole(row):
                within = _child(self.tree, row, "w:trPr", is_first=True)
                if not within.childNodes:
                    within.appendChild(self.tree.createElement("w:cantSplit"))
                for name in found:
                    within.appendChild(self.tree.createElement(name))

    def track_paragraphs(self) -> None:
        """Track the paragraphs of which all words are in one change; a note keeps its paragraph."""
        for paragraph in self.every("w:p"):
            if (found := self.of_whole(paragraph)) and not _above(paragraph, "w:footnote"):
                within = _child(self.tree, _child(self.tree, paragraph, "w:pPr", is_first=True), "w:rPr")
                for name in reversed(found):
                    within.insertBefore(self.tree.createElement(name), within.firstChild)

    def every(self, *names: str) -> list[Any]:
        """Return the elements with these names, in the order of the text."""
        return [node for node in self.tree.getElementsByTagName("*") if node.tagName in names]

    def attribute(self, node: Any) -> None:
        """Give a change its author and day."""
        node.setAttribute("w:author", self.redline.publisher)
        node.setAttribute("w:date", _time(self.redline.day))

    def of_whole(self, element: Any) -> list[str]:
        """Return the changes that a whole paragraph or row is in, in the schema's order.

        What is deleted in a moved paragraph is in two: in the move and in the deletion. What is new in it is
        inserted and not moved.
        """
        around = [_around(run, element) for run in element.getElementsByTagName("w:r")]
        if not around or not all(around):
            return []
        outer = {names[0] for names in around}
        if outer == {_INSERTED, "w:moveTo"}:
            outer = {"w:moveTo"}
        if len(outer) > 1:
            return []
        inner = {_DELETED} if all(_DELETED in names for names in around) else set()
        return sorted(outer | inner, key=_CHANGES.__getitem__)

    def mark_ranges(self) -> None:
        """Mark where each move begins and ends; by these marks Word knows its two places."""
        found: dict[tuple[str, int], list[Any]] = {}
        for node in self.every(*_MOVES.values()):
            number = self.numbers.get(id(node))
            paragraph = _above(node, "w:p")
            if number and paragraph is not None:
                found.setdefault((node.tagName, number), []).append(paragraph)
        for (name, number), paragraphs in found.items():
            start, end = (self.tree.createElement(f"{name}Range{edge}") for edge in ("Start", "End"))
            mark = str(next(self.ids))
            start.setAttribute("w:id", mark)
            end.setAttribute("w:id", mark)
            start.setAttribute("w:name", f"move{number}")
            self.attribute(start)
            first, last = paragraphs[0], paragraphs[-1]
            place = first.firstChild
            while place is not None and place.nodeName != "w:pPr":
                place = place.nextSibling
            first.insertBefore(start, place.nextSibling if place is not None else first.firstChild)
            last.parentNode.insertBefore(end, last.nextSibling)


def _around(run: Any, element: Any) -> list[str]:
    """Return the changes around a run within an element, the outermost first."""
    found: list[str] = []
    node = run.parentNode
    while node is not element:
        if node.tagName in _CHANGES:
            found.insert(0, str(node.tagName))
        node = node.parentNode
    return found


def _above(node: Any, name: str) -> Any:
    """Return the nearest element around a node with a name; None where there is none."""
    node = node.parentNode
    while node is not None and node.nodeName != name:
        node = node.parentNode
    return node


def _child(tree: Any, parent: Any, name: str, is_first: bool = False) -> Any:
    """Return the child with a name; a missing one is added, as the first or the last."""
    for node in parent.childNodes:
        if node.nodeName == name:
            return node
    made = tree.createElement(name)
    parent.insertBefore(made, parent.firstChild if is_first else None)
    return made
