"""The tags of a PDF: the structure of its text, in reading order, for PDF/UA-1.

WeasyPrint marks the content that it draws. Its own tree of tags follows boxes, so a paragraph over two pages
becomes two, and its lists, links and notes violate the standard; the tree here follows the elements of the
page instead. It is built from the boxes of a finished layout and written as objects of the PDF.

Repetition and decoration are not in the tree: running heads, and the heads of a table on later pages.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.model.findings import RenderError

_SVG = "{http://www.w3.org/2000/svg}"
_POINTS = 0.75
"""Points in a CSS pixel."""
_PRINTS = 4
"""Flag of an annotation that is printed; PDF/A requires it of all of them."""

_TAGS = {
    **dict.fromkeys(("div", "header", "footer", "aside", "nav", "figure", "address", "main"), "Div"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("img", f"{_SVG}svg"), "Figure"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td", "li")},
    **{name: name.capitalize() for name in ("table", "code")},
    **{"thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "pre": "P", "q": "Quote"},
    **{"article": "Art", "section": "Sect", "blockquote": "BlockQuote"},
}
"""Elements and their tags. Other elements, such as emphasis, add nothing of their own to the tree."""
_GROUPS = frozenset({"Document", "Art", "Sect", "Div", "BlockQuote"})
"""Tags that hold paragraphs, never bare text."""
_INLINE = frozenset({"Span", "Code", "Quote", "Link", "Reference"})
_ROWS = frozenset({"Table", "THead", "TBody", "TFoot", "TR"})
_EMPTY = frozenset({"TD", "TH"})
"""Tags that stay in the tree without content, so that a row keeps its columns."""
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
_UNBROKEN = frozenset({"p", "li", "dd", "td", "th"})
"""Elements that can be kept on one page."""
_LAST_GLYPH = re.compile(rb"\[(.*)<([0-9a-f]*)([0-9a-f]{4})>(?:-?[0-9.]+)?\] TJ")
"""The operator that draws a text: glyphs by number, four digits each, with the space between them."""
_NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc"}


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A stretch of the drawn content of a page, by its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A place on a page that can be clicked."""

    page: int
    object: Any


@dataclass(slots=True, eq=False)
class Node:
    """One element of the tree of tags."""

    tag: str
    element: Any = None
    box: Any = None
    """Its first box, and the number of the page that holds it."""
    page: int = 0
    parent: Node | None = None
    kids: list[Node | MarkedContent | Annotation] = field(default_factory=list)
    language: str = ""
    object: Any = None

    def add(self, node: Node) -> Node:
        """Append a node and return it."""
        node.parent = self
        self.kids.append(node)
        return node

    def within(self) -> Iterator[Node]:
        """Yield the node and those below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.within()

    def above(self) -> Iterator[Node]:
        """Yield the node and those above it, from the innermost."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent


@dataclass(slots=True)
class Painted:
    """A page as it was drawn, with its marked content by box."""

    page: Any
    stream: Any
    marks: dict[Any, dict[str, Any]]


class DrawRecorder:
    """A recorder of how a layout is drawn, which writes its tags afterwards."""

    def __init__(self, document: Any) -> None:
        self._painted: list[Painted] = []
        for page in document.pages:
            # A word in bold within a link would be a link of its own, on top of it.
            page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
            page.paint = functools.partial(self._paint, page)

    def _paint(self, page: Any, stream: Any, scale: float) -> None:
        stream._tags = {}
        type(page).paint(page, stream, scale)
        self._painted.append(Painted(page, stream, stream._tags))

    def finish(self, pdf: Any, language: str) -> None:
        """Write the tree. Raises RenderError where some content cannot be made accessible."""
        tree = Tree(self._painted, language)
        _TagWriter(pdf, self._painted, tree).write(language)


class Tree:
    """The tags of a document, built from its boxes."""

    def __init__(self, painted: list[Painted], language: str) -> None:
        self.document = Node("Document", language=language)
        self.language = language
        self.calls: list[Node] = []
        """The links to notes, in the order of the text."""
        self.notes: dict[Any, Node] = {}
        self.running: dict[MarkedContent, str] = {}
        """The content at the head or foot of a page."""
        self._painted = painted
        self._nodes: dict[tuple[Any, str], Node] = {}
        for number, item in enumerate(painted):
            for box in item.page._page_box.children:
                self._page_part(box, number)
        self._place_notes()
        _level_headings(self.document)
        _prune(self.document)
        _join_heads(self.document)

    def _page_part(self, box: Any, page: int) -> None:
        if keyword := getattr(box, "at_keyword", ""):
            kind = "/Footer" if keyword.startswith("@bottom") else "/Header"
            for part in box.descendants():
                if part in self._painted[page].marks:
                    self.running[self._mark(part, page)] = kind
        elif hasattr(box, "page"):  # the notes at the foot of the page
            for note in box.children:
                self._note(note, page)
        else:
            self._walk(box, self.document, page)

    def _mark(self, box: Any, page: int) -> MarkedContent:
        return MarkedContent(page, self._painted[page].marks[box]["mcid"])

    def _note(self, box: Any, page: int) -> None:
        if box.element is None:
            for child in box.children:
                self._note(child, page)
            return
        note = self.notes.get(box.element)
        if note is None:
            note = self.notes[box.element] = Node("Note", box.element, box, page)
            self._nodes[box.element, ""] = note
        self._walk_children(box, note, page)

    def _walk(self, box: Any, parent: Node, page: int) -> None:
        box = getattr(box, "_box", box)  # a proxy takes the place of a box outside the flow
        node = self._node(box, parent, page)
        if node is None:
            return
        if box in self._painted[page].marks:
            _slot(node, None).kids.append(self._mark(box, page))
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None and node.tag == "Link":
            node.kids.append(Annotation(page, annotation))
        self._walk_children(box, node, page)

    def _walk_children(self, box: Any, node: Node, page: int) -> None:
        for child in box.children:
            if not (getattr(child, "is_header", False) and self._is_repeated(child, page)):
                self._walk(child, node, page)

    def _is_repeated(self, box: Any, page: int) -> bool:
        node = self._nodes.get((box.element, ""))
        return node is not None and node.page != page

    def _node(self, box: Any, parent: Node, page: int) -> Node | None:
        """Return the node for a box's content; None for decoration."""
        element = box.element
        if element is None or box.element_tag is None or getattr(box, "is_leader", False):
            return None if getattr(box, "is_leader", False) else parent
        pseudo = box.element_tag.partition("::")[2]
        if _is_silent(element):
            return None
        known = self._nodes.get((element, pseudo))
        if known is None:
            known = self._nodes[element, pseudo] = self._new(box, pseudo, parent, page)
        return known

    def _new(self, box: Any, pseudo: str, parent: Node, page: int) -> Node:
        element = box.element
        if pseudo:
            return self._new_pseudo(box, pseudo, parent, page)
        tag = _tag(element, parent)
        language = element.get("lang", "")
        if language == _language(parent):
            language = ""
        if not tag and language and element.tag not in ("html", "body"):
            tag = "Span"
        if not tag:
            return parent
        node = Node(tag, element, box, page, language=language)
        place = _slot(parent, tag)
        if element.get("role") == "doc-noteref":
            place = place.add(Node("Reference"))
        place.add(node)
        if tag == "Figure" and not _alternative(element):
            raise RenderError("a figure has no text for readers who cannot see it; give it a title")
        return node

    def _new_pseudo(self, box: Any, pseudo: str, parent: Node, page: int) -> Node:
        element = box.element
        if pseudo == "footnote-call":
            link = Node("Link", element, box, page)
            self.calls.append(_slot(parent, "Reference").add(Node("Reference")).add(link))
            return link
        if pseudo == "footnote-marker":
            return parent.add(Node("Lbl")).add(Node("Link", element, box, page))
        if pseudo == "marker" and parent.tag == "LI":
            label = Node("Lbl")
            label.parent = parent
            parent.kids.insert(0, label)
            return label
        return parent

    def _place_notes(self) -> None:
        """Put each note after the paragraph or table with its mark, so that it interrupts no sentence."""
        placed: set[Node] = set()
        for call in self.calls:
            note = self.notes.get(call.element)
            if note is None:
                raise RenderError("a note was lost in the layout; add or remove a word on its page")
            above = list(call.above())
            tables = [node for node in above if node.tag == "Table"]
            inner = next(node for node in above if node.parent and node.parent.tag in _GROUPS | {"LBody"})
            place = tables[-1] if tables else inner
            assert place.parent
            kids = place.parent.kids
            index = kids.index(place) + 1
            while index < len(kids) and (
                (_is_inline(place) and _is_inline(kids[index])) or kids[index] in placed
            ):
                index += 1
            note.parent = place.parent
            kids.insert(index, note)
            placed.add(note)


def keep_lost_notes(document: Any, root: Any) -> bool:
    """Forbid breaks in paragraphs whose notes this layout lost, for the next one; return whether any were.

    Where a line fits on a page only after notes of earlier lines were moved to the next one, WeasyPrint 70
    never lays out the notes of that line itself. A paragraph without a page break has no such line.
    """
    called: list[Any] = []
    laid: set[Any] = set()
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.footnote is not None:
                called.append(box.footnote.element)
            elif box.element_tag and box.element_tag.endswith("::footnote-marker"):
                laid.add(box.element)
    lost = [element for element in called if element not in laid]
    if lost:
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in lost:
            block = element
            while block in parents and block.tag not in _UNBROKEN:
                block = parents[block]
            block.set("style", "break-inside: avoid")
    return bool(lost)


def _is_inline(kid: Node | MarkedContent | Annotation) -> bool:
    return not isinstance(kid, Node) or kid.tag in _INLINE


def _is_silent(element: Any) -> bool:
    if element.get("class") == "bracket":  # without it, a text made of the tags would join two numbers
        return False
    return bool(element.get("aria-hidden") == "true" or (element.tag == "img" and element.get("alt") == ""))


def _tag(element: Any, parent: Node) -> str:
    """Return the tag of an element; empty where it adds nothing."""
    name = element.tag
    if name == "a":
        return "Link" if element.get("href") else ""
    if name == "div" and parent.tag == "L":
        return "LI"
    if name == "dt":
        return "Lbl"
    if name == "dd":
        return "LBody"
    if name == "span" and element.get("id", "").startswith("note-"):
        return "Note"
    return _TAGS.get(name, "")


def _slot(parent: Node, tag: str | None) -> Node:
    """Return the node under ``parent`` that may hold a tag, or bare text."""
    if parent.tag == "L" and tag not in ("LI", "Caption"):
        items = [kid for kid in parent.kids if isinstance(kid, Node) and kid.tag == "LI"]
        begins = tag == "Lbl" or not items
        return _slot(parent.add(Node("LI")) if begins else items[-1], tag)
    if parent.tag == "LI" and tag not in ("Lbl", "LBody"):
        last = parent.kids[-1] if parent.kids else None
        return last if isinstance(last, Node) and last.tag == "LBody" else parent.add(Node("LBody"))
    if parent.tag in _GROUPS and (tag is None or tag in _INLINE):
        last = parent.kids[-1] if parent.kids else None
        is_open = isinstance(last, Node) and last.tag == "P" and last.element is None
        return last if is_open and isinstance(last, Node) else parent.add(Node("P"))
    return parent


def _language(node: Node) -> str:
    return next(item.language for item in node.above() if item.language or not item.parent)


def _level_headings(document: Node) -> None:
    """Change the levels of headings so that none is more than one level below the one before."""
    written: list[int] = []
    for node in document.within():
        if re.fullmatch("H[1-6]", node.tag):
            level = int(node.tag[1])
            while written and written[-1] >= level:
                written.pop()
            written.append(level)
            node.tag = f"H{len(written)}"


def _prune(node: Node) -> bool:
    """Remove empty nodes; return whether the node itself has content."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid)]
    if node.tag == "Link" and not any(isinstance(kid, MarkedContent | Node) for kid in node.kids):
        return bool(node.kids)
    return bool(node.kids) or node.tag in _EMPTY


def _join_heads(document: Node) -> None:
    """Turn the head of a table without a body into ordinary rows."""
    for table in [node for node in document.within() if node.tag == "Table"]:
        parts = [kid for kid in table.kids if isinstance(kid, Node)]
        if not any(part.tag == "TBody" for part in parts):
            table.kids = [row for part in parts for row in (part.kids if part.tag == "THead" else [part])]


def _alternative(element: Any) -> str:
    """Return the text of a figure for readers who cannot see it: its title and description."""
    if element.tag == "img":
        return str(element.get("alt", "")).strip()
    parts = [element.findtext(f"{_SVG}{name}") or "" for name in ("title", "desc")]
    return " ".join(" ".join(filter(None, parts)).split()) or str(element.get("aria-label", "")).strip()


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).replace("\N{WORD JOINER}", "").split())


def _is_hyphenated(box: Any) -> bool:
    """Return whether a text ends with a hyphen that was added only at the end of its line."""
    text = getattr(box, "text", "")
    hyphen = box.style["hyphenate_character"]
    if box.style["hyphens"] != "auto" or not text.endswith(hyphen):
        return False
    return text.split()[-1] not in "".join(box.element.itertext())


def _soften(content: list[Any], start: int) -> None:
    """Declare the last character of a marked text a soft hyphen, so that its word is read as one."""
    end = content.index(b"EMC", start)
    for index in range(end - 1, start, -1):
        if match := _LAST_GLYPH.fullmatch(bytes(content[index])):
            before = match[1] + (b"<" + match[2] + b">" if match[2] else b"")
            hyphen = b"/Span <</ActualText <feff00ad>>> BDC\n[<" + match[3] + b">] TJ\nEMC"
            content[index] = (b"[" + before + b"] TJ\n" if before else b"") + hyphen
            return


class _TagWriter:
    def __init__(self, pdf: Any, painted: list[Painted], tree: Tree) -> None:
        import pydyf

        self.pydyf = pydyf
        self.pdf = pdf
        self.painted = painted
        self.tree = tree
        self.pages = pdf.page_references
        self.parents: list[Any] = [pydyf.Array() for _ in painted]
        """For every page, then every annotation: the objects of the tree that hold its content."""
        self.marks: dict[MarkedContent, Any] = {}
        self.names: list[Any] = []
        self.annotated: set[int] = set()

    def write(self, language: str) -> None:
        """Write the tree, the index from content to tree, and the entries of the catalog."""
        self._link_notes()
        root = self._object(Type="/StructTreeRoot")
        self._node(self.tree.document, root)
        root["K"] = self.pydyf.Array([self.tree.document.object.reference])
        for number in range(len(self.painted)):
            self._page(number)
        numbers = self.pydyf.Array()
        for number, parent in enumerate(self.parents):
            numbers.extend((number, parent))
        root["ParentTree"] = self._object(Nums=numbers).reference
        root["ParentTreeNextKey"] = len(self.parents)
        if self.names:
            root["IDTree"] = self._object(Names=self.pydyf.Array(self.names)).reference
        catalog = self.pdf.catalog
        catalog["StructTreeRoot"] = root.reference
        catalog["MarkInfo"] = self._dictionary(Marked="true")
        catalog["ViewerPreferences"] = self._dictionary(DisplayDocTitle="true")
        catalog["Lang"] = self.pydyf.String(language)

    def _dictionary(self, **values: Any) -> Any:
        return self.pydyf.Dictionary(values)

    def _object(self, **values: Any) -> Any:
        made = self._dictionary(**values)
        self.pdf.add_object(made)
        return made

    def _link_notes(self) -> None:
        """Link a note's number in the text to the note, and the number of the note back."""
        for call in self.tree.calls:
            note = self.tree.notes[call.element]
            links = (node for node in note.within() if node.tag == "Link")
            label = next(link for link in links if link.element is note.element)
            # A project's own template may leave the words out; a link must have some.
            number = note.element.get("id", "").removeprefix("note-")
            self._link(call, note, note.element.get("data-call") or number)
            self._link(label, call, note.element.get("data-back") or number)

    def _link(self, node: Node, target: Node, words: str) -> None:
        annotation = self._object(
            Type="/Annot",
            Subtype="/Link",
            Rect=self.pydyf.Array(self._rectangle(node)),
            BS=self._dictionary(W=0),
            Contents=self.pydyf.String(words),
        )
        left, _, _, top = self._rectangle(target)
        annotation["Dest"] = self.pydyf.Array([self.pages[target.page], "/XYZ", left, top, 0])
        page = self._page_object(node.page)
        page.setdefault("Annots", self.pydyf.Array()).append(annotation.reference)
        node.kids.append(Annotation(node.page, annotation))

    def _page_object(self, number: int) -> Any:
        return self.pdf.objects[int(self.pages[number].split()[0])]

    def _rectangle(self, node: Node) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of a node's first box, measured from the foot of the page."""
        x, y, width, height = node.box.hit_area()
        full = self.painted[node.page].page.height
        left, bottom, right, top = x, full - y - height, x + width, full - y
        return left * _POINTS, bottom * _POINTS, right * _POINTS, top * _POINTS

    def _node(self, node: Node, parent: Any) -> None:
        is_dead = node.tag == "Link" and not any(isinstance(kid, Annotation) for kid in node.kids)
        tag = "Span" if is_dead else node.tag
        node.object = self._object(Type="/StructElem", S=f"/{tag}", P=parent.reference)
        self._attributes(node)
        first = next((kid for kid in node.kids if isinstance(kid, MarkedContent)), None)
        page = first.page if first else node.page
        if node.kids:
            node.object["Pg"] = self.pages[page]
        kids = self.pydyf.Array()
        node.object["K"] = kids
        for kid in node.kids:
            if isinstance(kid, Node):
                self._node(kid, node.object)
                kids.append(kid.object.reference)
            elif isinstance(kid, MarkedContent):
                kids.append(self._content(kid, node, page))
            else:
                kids.append(self._annotation(kid, node))

    def _content(self, mark: MarkedContent, node: Node, page: int) -> Any:
        self.marks[mark] = node.object
        if mark.page == page:
            return mark.number
        return self._dictionary(Type="/MCR", Pg=self.pages[mark.page], MCID=mark.number)

    def _annotation(self, kid: Annotation, node: Node) -> Any:
        found = kid.object
        found["F"] = _PRINTS
        found["StructParent"] = len(self.parents)
        self.parents.append(node.object.reference)
        self.annotated.add(found.number)
        if "Contents" not in found:
            label = node.element.get("aria-label") or _words(node.element)
            address = found["A"]["URI"].string if "A" in found else label
            named = f"{label} ({address})" if label != address else address
            found["Contents"] = self.pydyf.String(named if label else address)
        return self._dictionary(Type="/OBJR", Obj=found.reference, Pg=self.pages[kid.page])

    def _attributes(self, node: Node) -> None:
        target = node.object
        if node.language and node.parent:
            target["Lang"] = self.pydyf.String(node.language)
        if node.tag == "Figure":
            target["Alt"] = self.pydyf.String(_alternative(node.element))
            box = self.pydyf.Array(self._rectangle(node))
            target["A"] = self._dictionary(O="/Layout", BBox=box, Placement="/Block")
        elif node.tag == "L":
            style = _NUMBERINGS.get(node.element.tag, "/None")
            target["A"] = self._dictionary(O="/List", ListNumbering=style)
        elif node.tag in _EMPTY:
            self._cell(node)
        elif node.tag == "Note":
            name = self.pydyf.String(f"note-{len(self.names) // 2 + 1:05}")
            target["ID"] = name
            self.names.extend((name, target.reference))

    def _cell(self, node: Node) -> None:
        values: dict[str, Any] = {}
        if node.tag == "TH":
            is_head = any(item.tag == "THead" for item in node.above())
            values["Scope"] = _SCOPES.get(node.element.get("scope", ""), "/Column" if is_head else "/Row")
        if node.box.colspan != 1:
            values["ColSpan"] = node.box.colspan
        if node.box.rowspan != 1:
            values["RowSpan"] = node.box.rowspan
        if values:
            node.object["A"] = self._dictionary(O="/Table", **values)

    def _page(self, number: int) -> None:
        """Write the index of one page's content; content outside the tree becomes an artifact."""
        content = self.painted[number].stream.stream
        owners = {mark.number: owner for mark, owner in self.marks.items() if mark.page == number}
        marks = self.painted[number].marks
        hyphenated = {mark["mcid"] for box, mark in marks.items() if _is_hyphenated(box)}
        found = set()
        for index, part in enumerate(content):
            if not (isinstance(part, dict) and "MCID" in part):
                continue
            found.add(part["MCID"])
            if part["MCID"] in hyphenated:
                _soften(content, index)
            if part["MCID"] not in owners:
                kind = self.tree.running.get(MarkedContent(number, part["MCID"]))
                content[index - 1] = "/Artifact"
                content[index] = self._dictionary(Type="/Pagination", **({"Subtype": kind} if kind else {}))
        if not found >= set(owners):
            raise RenderError("content drawn through a filter, such as opacity, cannot be tagged")
        last = max(owners, default=-1)
        self.parents[number].extend(
            owners[item].reference if item in owners else "null" for item in range(last + 1)
        )
        page = self._page_object(number)
        page["StructParents"] = number
        page["Tabs"] = "/S"
        kept = [item for item in page.get("Annots", ()) if int(item.split()[0]) in self.annotated]
        page["Annots"] = self.pydyf.Array(kept)
