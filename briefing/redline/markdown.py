"""A redline as Markdown, with the additions and deletions of CriticMarkup: {++added++} and {--deleted--}.

The marks stay plain text in viewers that do not support them, so the redline can be read as plain text, on a
code host and in an editor that shows CriticMarkup. Its substitution, {~~old~>new~~}, is not used: most
viewers strike through everything between the tildes, the new words as well. Every mark is within one
paragraph, item or cell, so that lists stay lists and tables stay tables.

A moved block is deleted where it was and added where it is now, each time behind a comment, {>>moved to
here (1)<<}. Within its later place no mark may be a deletion: rejecting all would leave the deleted words
there. So comments say what changed in it as well.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator

from briefing.formats import markdown
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.redline import tree
from briefing.redline.tree import BREAK, Block, EditKind, Redline, Run, Style, Token

_MARKS = {EditKind.KEPT: ("", ""), EditKind.DELETED: ("{--", "--}"), EditKind.INSERTED: ("{++", "++}")}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&{}]")
_AT_START = re.compile(r"(?=[-+=#](?:\s|$)|\d{1,9}[.)](?:\s|$))")
_EMPHASIS = {"strong": "**", "em": "*", "s": "~~"}


def text(redline: Redline) -> str:
    """Return the whole redline."""
    writer = _MarkdownWriter(redline)
    counts, say = redline.counts, Words(redline.language)
    title, old, new, publisher = map(
        fact_links.escape, (redline.title, redline.old.words, redline.new.words, redline.publisher)
    )
    about = say(
        "redline.markdown_about",
        states=say("redline.from_to", old=old, new=new),
        counts=tree.in_words(counts, say).capitalize(),
        marking=redline.marking,
        publisher=publisher,
    )
    samples = {
        "deleted": f"`{{--{say('redline.sample_deleted')}--}}`",
        "inserted": f"`{{++{say('redline.sample_inserted')}++}}`",
    }
    key = [say("redline.markdown_key", **samples)]
    if EditKind.MOVED in counts:
        label = f"`{{>>{say('redline.label_to', number=1)}<<}}`"
        key.append(say("redline.markdown_moved", label=label))
    facts = "\n".join(f"- {line}" for line in redline.front)
    parts = [
        f"# {say('redline.of', title=title)}",
        about,
        f"## {say('redline.facts')}\n\n{facts}" if facts else "",
        " ".join(key),
        *writer.blocks(redline.article.blocks),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _MarkdownWriter:
    def __init__(self, redline: Redline) -> None:
        self.say = Words(redline.language)
        notes = next((part for part in redline.article.blocks if part.role == "part notes"), None)
        items = notes.blocks[-1].blocks if notes else ()
        self.numbers = {item.key: self._number(item) for item in items}
        self.moved: Block | None = None
        """The innermost moved block around what is being written."""
        self.label = ""
        """What the first words of a moved block come behind."""

    @contextlib.contextmanager
    def within(self, block: Block) -> Iterator[None]:
        """Write what is in a block; the first words of one that moved come behind a label."""
        before = self.moved
        if block.move:
            if before is None or (before.change, before.move) != (block.change, block.move):
                key = "redline.label_to" if block.is_moved_here else "redline.label_from"
                self.label = f"{{>>{self.say(key, number=block.move)}<<}}"
            self.moved = block
        yield
        self.moved = before

    @property
    def marks(self) -> dict[EditKind, tuple[str, str]]:
        """The marks of changes at this place."""
        if not (self.moved and self.moved.is_moved_here):
            return _MARKS
        deleted, inserted = self.say("redline.note_deleted"), self.say("redline.note_inserted")
        return {
            EditKind.KEPT: _MARKS[EditKind.INSERTED],
            EditKind.DELETED: (f"{{>>{deleted} ", "<<}"),
            EditKind.INSERTED: (f"{{>>{inserted}<<}}{{++", "++}"),
        }

    @staticmethod
    def _number(note: Block) -> str:
        """Return the name of a note; a deleted one must not have the name of another."""
        number = dict(note.attributes)["value"]
        return f"deleted-{number}" if note.change is EditKind.DELETED else number

    def blocks(self, blocks: Iterable[Block]) -> Iterable[str]:
        """Yield the text of each block."""
        for block in blocks:
            with self.within(block):
                if block.role == "part notes":
                    yield from (self.note(item) for item in block.blocks[-1].blocks)
                elif block.tag in ("section", "header", "div"):
                    yield from self.blocks(block.blocks)
                else:
                    yield self.block(block)

    def block(self, block: Block) -> str:
        """Return the text of one block."""
        if block.tag in ("h2", "h3", "h4", "h5", "h6"):
            return f"{'#' * int(block.tag[1])} {self.line(block)}"
        if block.tag in ("ul", "ol"):
            return self.listed(block)
        if block.tag == "dl":
            return "\n".join(f"- {self.entry(part)}" for part in block.blocks)
        if block.tag == "table":
            return self.table(block)
        if block.tag == "blockquote":
            return textwrap.indent(self.inside(block), "> ", lambda line: True)
        if block.tag == "pre":
            return self.code(block)
        if block.tag == "hr":
            return "" if block.change is EditKind.DELETED else "---"
        return self.line(block)

    def inside(self, block: Block) -> str:
        """Return the content of an item or a quotation."""
        return "\n\n".join(self.blocks(block.blocks)) if block.blocks else self.line(block)

    def listed(self, block: Block) -> str:
        """Return a list; its numbers are those of the redline, in which deleted items count."""
        first = int(dict(block.attributes).get("start", 1))
        has_paragraphs = any(part.tag == "p" for item in block.blocks for part in item.blocks)
        items = []
        for number, item in enumerate(block.blocks, first):
            start = "- " if block.tag == "ul" else f"{number}. "
            with self.within(item):
                text = self.inside(item)
            items.append(start + textwrap.indent(text, " " * len(start)).lstrip(" "))
        return ("\n\n" if has_paragraphs else "\n").join(items)

    def entry(self, block: Block) -> str:
        """Return a term with its meaning."""
        term, meaning = block.blocks
        return f"**{self.line(term)}**: {self.line(meaning)}"

    def table(self, block: Block) -> str:
        """Return a table; each cell of a deleted row is marked as deleted."""
        lines = []
        for part in block.blocks:
            for row in part.blocks:
                with self.within(row):
                    cells = [self.line(cell) for cell in row.blocks]
                lines.append(f"| {' | '.join(cells)} |")
                if part.tag == "thead":
                    lines.append("|" + "|".join(_alignment(cell) for cell in row.blocks) + "|")
        return "\n".join(lines)

    def code(self, block: Block) -> str:
        """Return code between fences, with the marks as plain text in it."""
        words = self.labelled(
            "".join(
                "".join(token.text for token in run.tokens).join(self.marks[run.change]) for run in block.runs
            )
        )
        fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`+", words))])
        return f"{fence}\n{words}\n{fence}"

    def note(self, note: Block) -> str:
        """Return a footnote."""
        return f"[^{self.numbers[note.key]}]: {self.line(note)}"

    def line(self, block: Block) -> str:
        """Return the words of a block."""
        return self.labelled(_guarded("".join(self.run(run) for run in block.runs)))

    def labelled(self, words: str) -> str:
        """Return the words behind the label of a moved block, if they are its first."""
        label, self.label = self.label, ""
        return label + words

    def run(self, run: Run) -> str:
        """Return the words of a run between the marks of its change."""
        before, after = self.marks[run.change]
        groups = itertools.groupby(run.tokens, key=lambda token: token.styles)
        return before + "".join(self.group(styles, [*tokens]) for styles, tokens in groups) + after

    def group(self, styles: tuple[Style, ...], tokens: list[Token]) -> str:
        """Return words of one style; spaces at their ends stay outside it, as Markdown requires."""
        words = "".join(self.token(token, styles) for token in tokens)
        inner = words.strip(" ")
        if not inner or not styles:
            return words
        start, end = words[: len(words) - len(words.lstrip(" "))], words[len(words.rstrip(" ")) :]
        for style in reversed(styles):
            inner = _styled(inner, style)
        return start + inner + end

    def token(self, token: Token, styles: tuple[Style, ...]) -> str:
        """Return one token, escaped."""
        if token.note:
            return markdown.mark(self.numbers[token.note])
        if token.name == BREAK:
            return "\\\n"
        if any(style.tag == "code" for style in styles):
            return token.text.replace("|", "\\|")
        return _SPECIAL.sub(r"\\\g<0>", token.text)


def _styled(text: str, style: Style) -> str:
    if style.tag == "code":
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{ticks}{pad}{text}{pad}{ticks}"
    if style.tag == "a":
        return f"[{text}](<{dict(style.attributes).get('href', '')}>)"
    return text.join((_EMPHASIS[style.tag],) * 2)


def _alignment(cell: Block) -> str:
    style = dict(cell.attributes).get("style", "")
    return {"text-align:right": "--:", "text-align:center": ":-:"}.get(style, "---")


def _guarded(words: str) -> str:
    """Return the words of a paragraph, escaped so that the first does not begin a list or a heading."""
    match = _AT_START.match(words)
    if not match:
        return words
    digits = len(words) - len(words.lstrip("0123456789"))
    return f"{words[:digits]}\\{words[digits:]}"
