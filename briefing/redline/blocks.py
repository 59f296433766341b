"""An edition as a tree of blocks: the text that a reader reads, without anything specific to a format.

The text is taken from the HTML of the edition's sections, so that a redline shows the same text as the brief.
A number that refers to a note or a source carries its fact or source, and is compared by that.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from briefing.formats import html
from briefing.language import end_matter, imprint_texts
from briefing.language.scale_texts import shared_reliability
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition
from briefing.redline.tree import BREAK, NOTE, SOURCE, Attributes, Block, EditKind, Run, Style, Token

_TOKEN = re.compile(
    r"""
      # a figure, an amount, a day, with what is written together with it: 1,250.5  2025-11-30  12-month
      [€$£]?\d+(?:[.,:/\u2013-]?\d+|[\u00a0\u202f]\d{3}(?!\d))*%?(?:[-\u2011]?[^\W\d_]+)*
      # a word, a name: co-production, SAMP/T, F-16
    | [^\W_]+(?:['\u2019\u2011./-][^\W_]+)*
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_INLINE = frozenset({"strong", "em", "code", "a", "s"})
_TRANSPARENT = frozenset({"div", "span"})
"""Around a table, for a screen to scroll it, and around the shape of a status."""
_KEPT_ATTRIBUTES = frozenset({"start", "style", "class", "href", "title"})
_BLANK = re.compile(r"[ \t\r\n]+")


def article(edition: Edition) -> Block:
    """Return the whole brief: head, sections, sources, notes, scales."""
    reader = _BlockReader(edition)
    parts = [reader.head(), *reader.sections(), reader.sources(), reader.notes(), reader.scales()]
    return Block("article", blocks=tuple(part for part in parts if part))


def blocks_of(markup: str, labels: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """Return the blocks of HTML that was rendered from Markdown."""
    parser = _Parser(labels or {})
    parser.feed(markup)
    parser.close()
    return parser.result()


def line(tag: str, markup: str, labels: Mapping[str, str] | None = None, role: str = "") -> Block:
    """Return a block with one line of words."""
    found = blocks_of(f"<p>{markup}</p>", labels)
    return Block(tag, _role(role), runs=found[0].runs if found else ())


def _role(name: str) -> Attributes:
    return (("class", name),) if name else ()


class _BlockReader:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.shown = end_matter.shown(edition)
        self.say = Words(edition.language)
        self.labels = {reference.label: reference.source for reference in edition.references}
        self.first_of = {note.number: note.fact for note in reversed(edition.notes)}
        """The fact that a note which several share goes by."""

    def head(self) -> Block:
        edition = self.edition
        say = self.say
        facts = {
            say("brief.edition"): edition.label,
            say("brief.as_of"): edition.as_of,
            say("brief.marking"): f"TLP:{edition.marking.value}",
            **imprint_texts.people(edition),
        }
        lines = [
            line("h2", html.plain(edition.title), role="brief-title"),
            line("p", html.plain(edition.subtitle), role="subtitle") if edition.subtitle else None,
            line("p", html.plain(edition.notice), role="notice") if edition.notice else None,
            Block("dl", _role("facts-of-edition"), tuple(_entry(*fact) for fact in facts.items())),
            line("p", html.plain(edition.newest), role="basis") if edition.newest else None,
        ]
        return Block("header", _role("head"), tuple(part for part in lines if part))

    def sections(self) -> Iterable[Block]:
        for section in self.edition.sections:
            head = (line("h2", html.plain(section.title)),) if section.title else ()
            body = blocks_of(html.section_html(section, self.marked, self.edition.language).html)
            yield Block("section", _role(f"part {section.role}"), (*head, *body))

    def marked(self, claim: Claim) -> html.ClaimMarkup:
        if not claim.is_marked:
            return html.ClaimMarkup("", "")
        fact = entities.escape(self.first_of[claim.note])
        return html.ClaimMarkup("", f'<sup class="mark" data-fact="{fact}">{claim.note}</sup>')

    def sources(self) -> Block:
        entries = []
        has_grades = shared_reliability(self.edition) is None
        for reference in self.shown.references:
            text = str(html.inline(reference.text))
            if has_grades:
                text += " " + self.say("brief.reliability", grade=reference.reliability.value)
            if reference.origins:
                text += " " + self.say("brief.relays", origins=html.inline(reference.origins))
            label = Block(
                "dt", runs=(_run(Token(reference.label, name=f"{SOURCE}{self.labels[reference.label]}")),)
            )
            entries.append(Block("div", blocks=(label, line("dd", text)), key=reference.source))
        listed = Block("dl", blocks=tuple(entries))
        how_to_read = end_matter.key(self.edition)
        return _part("sources", self.say("brief.sources"), listed, line("p", how_to_read, role="key"))

    def notes(self) -> Block:
        items = tuple(
            Block(
                "li",
                (("value", str(note.number)),),
                key=note.fact,
                runs=line("p", html.inline(note.text), self.labels).runs,
            )
            for note in self.edition.notes
            if self.first_of[note.number] == note.fact
        )
        return _part("notes", self.say("brief.notes"), Block("ol", blocks=items))

    def scales(self) -> Block | None:
        listed = tuple(
            Block(
                "div",
                _role("scale"),
                key=scale.title,
                blocks=(
                    line("h3", html.plain(scale.title)),
                    line("p", html.plain(scale.source), role="scale-source"),
                    Block("dl", blocks=tuple(_entry(*row) for row in scale.rows)),
                ),
            )
            for scale in self.shown.scales
        )
        return _part("scales", self.say("brief.scales"), *listed) if listed else None


def _part(role: str, title: str, *blocks: Block) -> Block:
    return Block("section", _role(f"part {role}"), (line("h2", title), *blocks))


def _entry(term: str, meaning: str) -> Block:
    return Block("div", blocks=(line("dt", html.plain(term)), line("dd", html.plain(meaning))), key=term)


def _run(*tokens: Token) -> Run:
    return Run(EditKind.KEPT, tokens)


class _Parser(HTMLParser):
    """A parser of the well-formed HTML of a section into blocks."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.labels = labels
        self.open: list[tuple[str, Attributes, list[Block]]] = [("", (), [])]
        self.styles: list[Style] = []
        self.line: list[Token] = []
        self.mark: str | None = None

    def result(self) -> tuple[Block, ...]:
        """Return the blocks read so far."""
        self._end_line()
        return tuple(self.open[0][2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a style or a mark."""
        given = {name: value or "" for name, value in attrs}
        kept = tuple((name, value) for name, value in given.items() if name in _KEPT_ATTRIBUTES)
        if tag == "sup":
            self.mark = given.get("data-fact", "")
        elif tag == "br":
            self.line.append(Token("\n", tuple(self.styles), BREAK))
        elif tag in _INLINE:
            self.styles.append(Style(tag, kept))
        elif tag == "hr":
            self._end_line()
            self.open[-1][2].append(Block("hr"))
        elif tag not in _TRANSPARENT:
            self._end_line()
            self.open.append((tag, kept, []))

    def handle_endtag(self, tag: str) -> None:
        """End a block, a style or a mark."""
        if tag == "sup":
            self.mark = None
        elif tag in _INLINE:
            self.styles.pop()
        elif tag not in ("br", "hr", *_TRANSPARENT):
            self._end_line()
            name, attributes, blocks = self.open.pop()
            if len(blocks) == 1 and not blocks[0].tag:
                block = Block(name, attributes, runs=blocks[0].runs)
            else:
                block = Block(name, attributes, tuple(blocks))
            self.open[-1][2].append(block)

    def handle_data(self, data: str) -> None:
        """Add words to the line."""
        styles = tuple(self.styles)
        if self.mark is not None:
            if self.mark:
                self.line.append(Token(data, styles, NOTE + self.mark))
        elif self.open[-1][0] == "pre":
            self.line += [Token(part, styles) for part in re.findall(r"\n|[^\S\n]+|[\w.]+|.", data)]
        else:
            self.line += [self._token(part, styles) for part in _TOKEN.findall(_BLANK.sub(" ", data))]

    def _token(self, text: str, styles: tuple[Style, ...]) -> Token:
        return Token(text, styles, SOURCE + self.labels[text] if text in self.labels else "")

    def _end_line(self) -> None:
        tokens, self.line = self.line, []
        if self.open[-1][0] != "pre":
            while tokens and tokens[0].is_space:
                del tokens[0]
        while tokens and tokens[-1].is_space:
            del tokens[-1]
        if tokens:
            self.open[-1][2].append(Block("", runs=(_run(*tokens),)))
