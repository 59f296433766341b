"""A redline as HTML: one page for screens, and the page from which its PDF is made.

Deletions are struck through and insertions underlined, in the elements ``del`` and ``ins``. Style alone does
not reach everybody: on screen, words for screen readers only mark where a change begins and ends; on paper,
small brackets with a minus or a plus are part of the text, so that a grey print, a copy and the tags of the
PDF have them. A moved block has a label with the number of its move at both places; on screen each label
leads to the other place.
"""

from __future__ import annotations

import dataclasses
import functools
import html as entities
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from briefing import __version__
from briefing.formats import fonts, html
from briefing.formats.base import Prepared, Theme
from briefing.formats.pdf import headings, typeset
from briefing.language.words import Words
from briefing.redline import tree
from briefing.redline.tree import BREAK, Block, EditKind, Redline, Run, Style, Token
from briefing.store import versions

SCREEN_STYLES = ("tokens.css", "night.css", "text.css", "screen.css", "redline.css", "redline-screen.css")
PRINT_STYLES = ("tokens.css", "text.css", "print.css", "redline.css", "redline-print.css")
_ELEMENTS = {EditKind.DELETED: "del", EditKind.INSERTED: "ins"}
_SAMPLES = {EditKind.DELETED: "redline.sample_deleted", EditKind.INSERTED: "redline.sample_inserted"}
_COMMA = '<sup class="mark">, </sup>'


Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The texts at the two ends of a change, in addition to its style."""

    element: str
    deleted: Ends
    inserted: Ends
    replaced: Ends
    replacing: Ends
    """The same where a deletion and an insertion meet, so that both together are one replacement."""
    moved: Ends
    """The texts before the label of a moved block and at the end of its words."""
    is_linked: bool
    """Whether the label of a moved block leads to its other place."""


@functools.cache
def spoken(language: str) -> Delimiters:
    """Return words for screen readers at the two ends of a change."""
    say = Words(language)

    def ends(name: str) -> Ends:
        return say(f"redline.{name}_start"), say(f"redline.{name}_end")

    return Delimiters(
        "spoken",
        deleted=ends("deleted"),
        inserted=ends("inserted"),
        replaced=(say("redline.replaced_start"), ""),
        replacing=ends("replacing"),
        moved=("", say("redline.moved_end")),
        is_linked=True,
    )


PRINTED = Delimiters(
    "delimiter",
    ("[−", "−]"),
    ("[+", "+]"),
    ("[−", "−]"),
    replacing=("[+", "+]"),
    moved=("[", "]"),
    is_linked=False,
)


def screen(redline: Redline, theme: Theme) -> Prepared:
    """Return the redline as one self-contained page."""
    styles = html.styles(theme, SCREEN_STYLES)
    context = _context(redline, spoken(redline.language))
    text = theme.templates.html("redline.html.j2", styles=styles, policy=html.policy(styles), **context)
    return Prepared("text", text, title=redline.title)


def paper(redline: Redline, theme: Theme) -> Prepared:
    """Return the page that is typeset to a PDF."""
    page = theme.templates.html("redline-print.html.j2", **_context(redline, PRINTED))
    text = headings.prepared(page)
    styles = html.styles(theme, PRINT_STYLES) + html.paper_words(redline.language)
    others = fonts.needed([text], theme.fonts)
    return Prepared("pdf", text, styles, versions.of_typesetting(), redline.title, fonts=others)


def pdf(redline: Redline, theme: Theme) -> bytes:
    """Return the PDF. Raises MissingLibraryError without Pango, RenderError on failure."""
    return typeset.make(paper(redline, theme))


def article(block: Block, delimiters: Delimiters, say: Words) -> str:
    """Return the brief's own text as HTML, with its changes."""
    return _HtmlWriter(delimiters, say).block(block)


def _context(redline: Redline, delimiters: Delimiters) -> dict[str, Any]:
    say = Words(redline.language)
    writer = _HtmlWriter(delimiters, say)
    samples = {
        change.value: Markup(writer.runs(Block("", runs=(Run(change, (Token(say(key)),)),))))
        for change, key in _SAMPLES.items()
    }
    return {
        "redline": redline,
        "say": say,
        "counts": tree.in_words(redline.counts, say),
        "front": [html.inline(line) for line in redline.front],
        "article": Markup(article(redline.article, delimiters, say)),
        "samples": samples,
        "moved": EditKind.MOVED in redline.counts,
        "program": f"Briefing {__version__}",
        "smart": html.plain,
        "bare": html.unlaid,
    }


def _as_head(cell: Block) -> Block:
    """Return the first cell of a row as its head."""
    return dataclasses.replace(cell, tag="th", attributes=(*cell.attributes, ("scope", "row")))


_HEADINGS = frozenset({"h2", "h3", "h4"})


class _HtmlWriter:
    def __init__(self, delimiters: Delimiters, say: Words) -> None:
        self.delimiters = delimiters
        self.say = say
        self.is_screen = delimiters.is_linked
        self.heading = ""
        """The words of the last heading, as HTML; they name the table below."""

    def block(self, block: Block, opening: str = "", closing: str = "") -> str:
        """Return a block as HTML, with ``opening`` before its first words and ``closing`` after its last."""
        if block.tag == "hr":
            return "" if block.change is EditKind.DELETED else "<hr>\n"
        if block.tag in _HEADINGS:
            kept = (run for run in block.runs if run.change is not EditKind.DELETED)
            self.heading = entities.escape("".join(token.text for run in kept for token in run.tokens))
        inner = self._inner(block, opening, closing)
        start, end = self._tags(block)
        return f"{start}{inner}{end}\n" if block.tag else inner

    def _tags(self, block: Block) -> Ends:
        """Return the start and end of a block's element, with a class for its change."""
        edited = "edited" if _is_edited(block) else ""
        changes = (
            edited if block.change is EditKind.KEPT else block.change.value,
            "moved" if block.move else "",
        )
        given = dict(block.attributes)
        classes = " ".join(filter(None, (given.pop("class", ""), *changes)))
        if classes:
            given["class"] = classes
        if block.tag == "th":
            given.setdefault("scope", "col")
        if block.tag == "section":
            given["id"] = block.role.removeprefix("part ")
        if block.tag == "li" and "value" in given:
            given["id"] = _anchor(block.key)
        start = f"<{block.tag}{_attributes(given.items())}>"
        if block.tag == "table":
            label = entities.escape(self.say("note.table"))
            heard = f'<caption class="unseen">{self.heading or label}</caption>' if self.is_screen else ""
            return (
                f'<div class="table" role="group" aria-label="{label}" tabindex="0">{start}{heard}',
                "</table></div>",
            )
        return start, f"</{block.tag}>"

    def _inner(self, block: Block, opening: str, closing: str) -> str:
        if not block.blocks:
            return self.runs(block, opening, closing)
        parts = []
        places = zip((None, *block.blocks), block.blocks, (*block.blocks[1:], None), strict=False)
        for before, part, after in places:
            first = opening if before is None else ""
            last = closing if after is None else ""
            if _change(part) != _change(block):
                start, end = self._ends(part)
                # Neighbours that moved together have one label.
                first += "" if part.move and _is_same(before, part) else start
                last = ("" if part.move and _is_same(part, after) else end) + last
            is_head = self.is_screen and block.tag == "tr" and before is None and part.tag == "td"
            parts.append(self.block(_as_head(part) if is_head else part, first, last))
        return "".join(parts)

    def _ends(self, block: Block) -> Ends:
        """Return the delimiters of a block that changed as a whole."""
        if block.move:
            return self._moved(block)
        is_deleted = block.change is EditKind.DELETED
        return self._delimited(self.delimiters.deleted if is_deleted else self.delimiters.inserted)

    def _moved(self, block: Block) -> Ends:
        """Return the label of a moved block, and what ends its words."""
        here, other = ("from", "to") if block.change is EditKind.DELETED else ("to", "from")
        text = self.say(f"redline.moved_{here}", number=block.move)
        start, end = self.delimiters.moved
        if self.delimiters.is_linked:
            text = f'<a id="move-{block.move}-{here}" href="#move-{block.move}-{other}">{text}</a>'
        label = f'<span class="move">{start}{text}:</span> '
        return label, self._delimited(("", end))[1]

    def runs(self, block: Block, opening: str = "", closing: str = "") -> str:
        """Return the words of a block; ``opening`` and ``closing`` delimit one that changed as a whole."""
        if block.change is not EditKind.KEPT:
            is_moved = bool(block.move)
            words = self._words(block) if block.is_moved_here else _all_words(block, self.say)
            element = _wrapped(_ELEMENTS[block.change], words, ' class="moved"' if is_moved else "")
            if block.is_in_move:  # as words that are gone from a moved block, it is within what moved
                element = _wrapped("ins", element, ' class="moved"')
            return opening + element + closing
        return opening + self._words(block) + closing

    def _words(self, block: Block) -> str:
        """Return the words of a block, those that changed between their delimiters."""
        text = ""
        before: Run | None = None
        for run, after in zip(block.runs, (*block.runs[1:], None), strict=False):
            if run.change is EditKind.KEPT:
                text += _written(run.tokens, self.say, before)
            else:
                text += self.changed(run, before, after)
            before = run
        return text

    def changed(self, run: Run, before: Run | None, after: Run | None) -> str:
        """Return changed words between their delimiters; white space at the ends stays outside these."""
        element = _ELEMENTS[run.change]
        start, end = self._around(run, before, after)
        spaces = [token.is_space for token in run.tokens]
        first = spaces.index(False) if False in spaces else 0
        last = len(spaces) - (spaces[::-1].index(False) if False in spaces else 0)
        parts = run.tokens[:first], run.tokens[first:last], run.tokens[last:]
        space, words, rest = (_written(part, self.say, before) for part in parts)
        blank = ' class="space"'
        inner = start + _wrapped(element, words) + end
        return _wrapped(element, space, blank) + inner + _wrapped(element, rest, blank)

    def _around(self, run: Run, before: Run | None, after: Run | None) -> Ends:
        """Return the delimiters of a changed run."""
        if run.change is EditKind.DELETED:
            is_replaced = after is not None and after.change is EditKind.INSERTED
            return self._delimited(self.delimiters.replaced if is_replaced else self.delimiters.deleted)
        if before is not None and before.change is EditKind.DELETED:
            return self._delimited(self.delimiters.replacing, " by")
        return self._delimited(self.delimiters.inserted)

    def _delimited(self, ends: Ends, role: str = "") -> Ends:
        """Return delimiters as HTML; a line never ends between a delimiter and its words."""
        name = self.delimiters.element + role
        start, end = (f'<span class="{name}">{text}</span>' if text else "" for text in ends)
        return start and start + html.NO_BREAK, end and html.NO_BREAK + end


def _all_words(block: Block, say: Words) -> str:
    return "".join(_written(run.tokens, say) for run in block.runs)


def _change(block: Block) -> tuple[EditKind, int]:
    """Return the change of a whole block, with the number of its move."""
    return block.change, block.move


def _is_same(one: Block | None, other: Block | None) -> bool:
    return one is not None and other is not None and _change(one) == _change(other)


def _wrapped(element: str, text: str, attributes: str = "") -> str:
    return f"<{element}{attributes}>{text}</{element}>" if text else ""


def _is_edited(block: Block) -> bool:
    """Return whether it has a bar beside it; a row has one where any of its cells was edited."""
    return block.has_changes or (block.tag == "tr" and any(cell.has_changes for cell in block.blocks))


def _written(tokens: tuple[Token, ...], say: Words, before: Run | None = None) -> str:
    """Return tokens as HTML; elements around words are closed where their style ends."""
    text = ""
    opened: tuple[Style, ...] = ()
    last = before.tokens[-1] if before else None
    for token in tokens:
        shared = 0
        while opened[shared : shared + 1] == token.styles[shared : shared + 1] != ():
            shared += 1
        text += _closed(opened[shared:])
        text += "".join(f"<{style.tag}{_attributes(style.attributes)}>" for style in token.styles[shared:])
        text += (_COMMA if last and last.note and token.note else "") + _token(token, say)
        opened, last = token.styles, token
    return text + _closed(opened)


def _closed(styles: tuple[Style, ...]) -> str:
    return "".join(f"</{style.tag}>" for style in reversed(styles))


def _token(token: Token, say: Words) -> str:
    if token.note:
        return html.note_link(f' href="#{_anchor(token.note)}"', token.text, say)
    if token.name == BREAK:
        return "<br>"
    return html.shape(token.text) if token.text in html.SHAPES else entities.escape(token.text, quote=False)


def _anchor(fact: str) -> str:
    return f"note-{fact}"


def _attributes(attributes: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{entities.escape(value)}"' for name, value in attributes)
