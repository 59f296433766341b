"""The tables of a page as CSV, for spreadsheets: what the page prints, with where each row leads.

A file begins with a byte order mark: without one, Excel takes UTF-8 for the code page of its machine, and
every accent is lost; other programs pass over it. The separator is the one that spreadsheets expect in the
language of the site. No cell is a formula to a spreadsheet, whatever a source or an author wrote.
"""

from __future__ import annotations

import csv
import dataclasses
import html as entities
import io
import itertools
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from briefing.formats.base import Prepared
from briefing.language.words import Words
from briefing.model.library import Library
from briefing.site.files import SiteFile
from briefing.site.printer import Printer

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark, as a character."""
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_TABLE = re.compile(r"<table\b.*?</table></div>", re.DOTALL)
_SECTION = re.compile(r'<section\b[^>]*\bid="([\w-]+)"')
_UNREAD = frozenset({"button", "svg", "script", "style"})
_VOID = frozenset({"br", "wbr", "hr", "img", "input", "col"})


@dataclass(slots=True)
class Row:
    """A row of a table, as it is read."""

    cells: list[str] = field(default_factory=list)
    is_head: bool = False
    is_group: bool = False
    """Whether it names the rows below it."""
    link: str = ""
    """Where its head leads."""
    notes: list[str] = field(default_factory=list)
    """The numbers of the notes in it."""


@dataclass(slots=True)
class Table:
    """A table of a page."""

    caption: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def head(self) -> list[str]:
        """The names of its columns."""
        return next((row.cells for row in self.rows if row.is_head), [])


def beside(printer: Printer, page: SiteFile, is_by_section: bool = False) -> Iterator[SiteFile]:
    """Yield a page with a link below each of its tables, and the files that these lead to.

    With ``is_by_section`` each table has a file of its own, named for its section. Otherwise tables with the
    same columns share one, in which each is a group of rows.
    """
    say, library = printer.lookups.say, printer.lookups.library
    text, stem = page.prepared.text, page.path.removesuffix(".html")
    files: dict[str, list[Table]] = {}
    written, position = "", 0
    for match in _TABLE.finditer(text):
        table = read(match[0])
        sections = _SECTION.findall(text, 0, match.start())
        name = f"{stem}_{sections[-1]}" if is_by_section and sections else stem
        path = _path(name, table, files, not is_by_section)
        files.setdefault(path, []).append(table)
        of = entities.escape(table.caption)
        words = f'{say("data.as_csv")}<span class="unseen">: {of}</span>'
        link = f'<p class="as-csv"><a href="{path.rpartition("/")[2]}">{words}</a></p>'
        written += f"{text[position : match.end()]}\n{link}"
        position = match.end()
    whole = dataclasses.replace(page.prepared, text=written + text[position:])
    yield dataclasses.replace(page, prepared=whole)
    for path, found in files.items():
        body = MARK + as_csv(rows_of(found, page.path, library, say), say.separator)
        yield SiteFile(path, Prepared("text", body, title=found[0].caption or page.title), page.inputs)


def _path(name: str, table: Table, files: Mapping[str, Sequence[Table]], is_shared: bool) -> str:
    """Return the file of a table: of tables with the same columns, or the first name that is free."""
    endings = itertools.chain([""], (f"_{number}" for number in itertools.count(2)))
    paths = (f"{name}{ending}.csv" for ending in endings)
    return next(
        path for path in paths if path not in files or (is_shared and files[path][0].head == table.head)
    )


def read(markup: str) -> Table:
    """Return the one table in some well-formed HTML."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.table


def rows_of(tables: Sequence[Table], path: str, library: Library, say: Words) -> list[list[str]]:
    """Return the rows of a file: the group of a row before it, the numbers of its notes and its page behind.

    ``path`` is that of the page, from which links lead on.
    """
    body = list(_grouped(tables))
    has_groups, has_notes = any(group for group, _ in body), any(row.notes for _, row in body)
    has_links = any(row.link for _, row in body)
    head = [
        *[say("data.group")] * has_groups,
        *tables[0].head,
        *[say("brief.notes")] * has_notes,
        *[say("data.page")] * has_links,
    ]
    return [
        head,
        *(
            [
                *[group] * has_groups,
                *row.cells,
                *[", ".join(dict.fromkeys(row.notes))] * has_notes,
                *[_address(row.link, path, library)] * has_links,
            ]
            for group, row in body
        ),
    ]


def _grouped(tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of some tables, each with what it is grouped under."""
    for table in tables:
        group = table.caption if len(tables) > 1 else ""
        for row in table.rows:
            if row.is_group:
                group = " ".join(row.cells)
            elif not row.is_head:
                yield group, row


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Return rows as CSV by RFC 4180."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: after an apostrophe, everything is text."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _address(link: str, path: str, library: Library) -> str:
    """Return where a row leads: a full address, or a path below the folder of the site."""
    if not link:
        return ""
    page, hash_sign, part = link.partition("#")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path
    return (library.project.address_of(place) or place) + hash_sign + part


class _Reader(HTMLParser):
    """Reads a table as people hear it: without the signs that are for the eye alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.table = Table()
        self.open: list[tuple[str, bool]] = []
        """The elements that are open, each with whether it is left out."""
        self.text: list[str] | None = None
        self.is_mark = False
        self.is_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell, or leave something out."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        is_out = tag in _UNREAD or given.get("aria-hidden") == "true" or "to-check" in classes
        if tag == "sup" and "mark" in classes:
            self.is_mark = is_out = True
        if tag == "thead":
            self.is_head = True
        elif tag == "tr":
            self.table.rows.append(Row(is_head=self.is_head, is_group="group" in classes))
        elif tag in ("td", "th", "caption"):
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append(" ")
        elif tag == "a" and self.table.rows and not is_out and not self.table.rows[-1].cells:
            row = self.table.rows[-1]
            row.link = row.link or given.get("href", "")
        if tag not in _VOID:
            self.open.append((tag, is_out))

    def handle_endtag(self, tag: str) -> None:
        """End a row or a cell."""
        while self.open:
            name, _ = self.open.pop()
            if name == "sup":
                self.is_mark = False
            if name == tag:
                break
        if tag == "thead":
            self.is_head = False
        elif tag in ("li", "p") and self.text:
            self.text.append("; ")
        elif tag in ("td", "th", "caption") and self.text is not None:
            words = " ".join("".join(self.text).split()).strip("; \N{WORD JOINER}")
            words = words.replace("\N{WORD JOINER}", "")
            if tag == "caption":
                self.table.caption = words
            else:
                self.table.rows[-1].cells.append(words)
            self.text = None

    def handle_data(self, data: str) -> None:
        """Add words to a cell, or the number of a note to its row."""
        if self.is_mark and data.strip().isdigit() and self.table.rows:
            self.table.rows[-1].notes.append(data.strip())
        elif self.text is not None and not any(is_out for _, is_out in self.open):
            self.text.append(data)
