"""An edition as one self-contained HTML page.

Raw HTML in Markdown is printed as text and never interpreted. The site and the PDF take an edition's body
from here as well; they differ in the markup around a claim, which they give as a function.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import html
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from briefing import __version__
from briefing.formats.base import Format, Prepared, Theme
from briefing.formats.charts import chart
from briefing.language import end_matter, imprint_texts, markdown_blocks, note_texts, scale_texts, wording
from briefing.language.markdown_blocks import MarkdownIt, RendererHTML, Token
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Claim, Edition, FactFile, Figure, Note, Passage, Reference, Section
from briefing.model.ladders import Shape
from briefing.model.values import Slug
from briefing.review import reasons

TEMPLATES = ("page.html.j2", "edition.html.j2")
STYLES = ("tokens.css", "night.css", "text.css", "screen.css")
NO_BREAK = "\N{WORD JOINER}"
"""Keeps the number of a note on the line of the words before it."""
OPENING, CLOSING = (f'<span class="bracket" aria-hidden="true">{sign}</span>' for sign in "[]")
"""Around the number of a note, for what is made of the page: nobody sees them, but "by 2035" with note 3 is
"by 2035[3]" wherever its text is copied or extracted, and not another year."""
_TO_CHECK = tuple(f"[{words}" for words in reasons.marks())
_LAYOUT = re.compile("[\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]")
_BLOCK_END = re.compile("</(h[1-6]|p|li|tr|dt|dd|figcaption|pre)>")
_CELL_END = re.compile("</t[hd]>")
_CLAIM = "fact:"
_COMMAS = {
    sign: f'{NO_BREAK}<sup class="mark">,{space}</sup>' for sign, space in ((",", "&#160;"), (";", " "))
}
"""Printed between the numbers of two notes, by the sign of their group."""
_FEW_MARKS = 3
"""A group of as many numbers stays on a line; one of more would be wider than a column."""
_AT_CLAIM = re.compile("\x02(/?)(\\d+)([,;]?)\x03")
"""Where a claim begins or ends. Control characters cannot come from content: reading refuses them."""
_Headings = tuple[tuple[str, str], ...]
"""Anchor and words of each heading of the second level."""


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """A figure, drawn in two widths: a page shows the one that fits, paper has only the first."""

    kind: str
    title: str
    text: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class SectionHtml:
    """A section as HTML."""

    role: str
    title: str
    html: Markup
    headings: _Headings = ()
    figure: DrawnFigure | None = None


@dataclass(frozen=True, slots=True)
class ClaimMarkup:
    """The markup before and after the words of a claim."""

    before: str
    after: str


SHAPES = frozenset(shape.glyph for shape in Shape)
_SHAPED = re.compile(f"[{''.join(sorted(SHAPES))}] ")
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT}]+(?:(?:[^\\w“”«»();]|\\d)+[{_RIGHT}]+)*")
"""Words of a script that is written from right to left, such as Arabic or Hebrew, up to the next quotation
mark, bracket or semicolon: after that begins something else, such as a publisher after a title."""
Marker = Callable[[Claim], ClaimMarkup]


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source on a card of evidence, with the passages that the fact rests on."""

    label: str
    source: Slug
    title: Markup
    reliability: str
    """Its grade with the meaning."""
    passages: tuple[tuple[int, Markup, Markup], ...]
    """Paragraph, the statement that it relays, and the person or outlet through whom it came."""
    quotes: tuple[tuple[int, tuple[Markup, ...]], ...]
    """Paragraph, and the words that are cited from it, literally; none in older editions."""

    @property
    def number(self) -> str:
        """Its number among the sources of the edition."""
        return self.label.removeprefix("S")


@dataclass(frozen=True, slots=True)
class Card:
    """The evidence of one fact; the number of its note opens it, wherever that is printed."""

    note: Note
    statement: Markup
    value: Markup
    status: Markup
    date: Markup
    speakers: Markup
    caveat: Markup
    remark: Markup
    sources: tuple[CitedSource, ...]


def prepare(edition: Edition, theme: Theme, facts: FactFile) -> Prepared:
    """Return the page, rendered completely; ``make`` only encodes it."""
    css = styles(theme, STYLES)
    text = theme.templates.html(
        TEMPLATES[0],
        styles=css,
        policy=policy(css),
        cards=cards(edition),
        say=Words(edition.language),
        **context(edition, opener(edition.language)),
    )
    return Prepared("text", text, title=edition.title)


def context(edition: Edition, marker: Marker, is_screen: bool = True) -> dict[str, Any]:
    """Return the variables with which an HTML template prints an edition, in the language of that."""
    parts = [section_html(section, marker, edition.language, is_screen) for section in edition.sections]
    shown = end_matter.shown(edition)
    return {
        "edition": shown,
        "say_of_edition": Words(edition.language),
        "parts": parts,
        "contents": contents(parts),
        "notes": notes(edition),
        "references": [
            (reference, inline(reference.text, edition.language), inline(reference.origins, edition.language))
            for reference in shown.references
        ],
        "key": end_matter.key(edition),
        "shared_reliability": scale_texts.shared_reliability(edition),
        "newest": edition.newest,
        "people": imprint_texts.people(edition),
        "of_its_makers": tuple(imprint_texts.sentences(edition)),
        "program": f"Briefing {__version__}",
        "draft_notice": scale_texts.draft_notice,
        "smart": functools.partial(plain, language=edition.language),
        "bare": unlaid,
    }


def notes(edition: Edition) -> dict[int, Markup]:
    """Return the notes of an edition by their numbers, as HTML."""
    printed = note_texts.printed(edition)
    return {number: inline(text, edition.language) for number, text in printed.items()}


def contents(parts: Iterable[SectionHtml]) -> list[tuple[str, str]]:
    """Return (anchor, title) of every part, and of every heading of parts without a title of their own."""
    found: list[tuple[str, str]] = []
    for part in parts:
        found += [(part.role, part.title)] if part.title else part.headings
    return found


def styles(theme: Theme, names: Sequence[str]) -> Markup:
    """Return style sheets of the theme, one after the other, escaped for use within a page."""
    text = "\n".join(theme.texts[name] for name in names)
    return Markup(text.replace("</", "<\\/"))


def paper_words(language: str) -> Markup:
    """Return the style rules that print words: those of the foot of a page and of a scale."""
    say = Words(language)
    keys = ("paper.page", "paper.of", "scale.opening", "scale.closing", "value.long_list")
    page, of, opening, closing, between = (json.dumps(say(key), ensure_ascii=False) for key in keys)
    return Markup(
        f"\n@page {{ @bottom-center {{ content: {page} counter(page) {of} counter(pages); }} }}"
        f"\n.scale-source::before {{ content: {opening}; }}\n.scale-source::after {{ content: {closing}; }}"
        f"\n.scale dl div::after {{ content: {between}; }}"
    )


def policy(css: str) -> str:
    """Return the Content-Security-Policy of a self-contained page: its one style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'"


def linked_note(language: str) -> Marker:
    """Return the markup of claims whose numbers are linked to the list of notes below."""
    say = Words(language)

    def marker(claim: Claim) -> ClaimMarkup:
        if not claim.is_marked:
            return ClaimMarkup("", "")
        anchor = f' id="mark-{claim.note}"' if claim.is_first else ""
        return ClaimMarkup("", note_link(f'{anchor} href="#note-{claim.note}"', claim.note, say))

    return marker


def note_link(attributes: str, number: int | str, say: Words) -> str:
    """Return the number of a note as a link, with the attributes that say where it leads."""
    label = html.escape(say("note.number", number=number))
    link = f'<a{attributes} role="doc-noteref" aria-label="{label}">{number}</a>'
    return f'{NO_BREAK}<sup class="mark">{OPENING}{link}{CLOSING}</sup>'


def opener(language: str) -> Marker:
    """Return the markup of claims whose numbers open the card of their fact; the words stay text.

    An empty button is over the number: it is the one thing to press, and the one that is heard. The number
    itself is text, which can be found, selected and copied, unlike that of a button. It is a link for
    programs and browsers that know no cards; elsewhere nothing leads to that.
    """
    say = Words(language)

    def marker(claim: Claim) -> ClaimMarkup:
        before, after = (
            (f'<span data-fact="{html.escape(claim.fact)}">', "</span>") if claim.words else ("", "")
        )
        return ClaimMarkup(before, after + (_opening_number(claim, say) if claim.is_marked else ""))

    return marker


def _opening_number(claim: Claim, say: Words) -> str:
    number = claim.note
    anchor = f' id="mark-{number}"' if claim.is_first else ""
    label = html.escape(say("card.evidence", number=number))
    link = f'<a href="#note-{number}" role="doc-noteref" tabindex="-1" aria-hidden="true">{number}</a>'
    card = f"evidence-{html.escape(claim.fact)}"
    button = f'<button type="button" popovertarget="{card}" aria-label="{label}"></button>'
    return f'{NO_BREAK}<sup class="mark"{anchor}>{OPENING}{link}{button}{CLOSING}</sup>'


def cards(edition: Edition) -> dict[int, tuple[Card, ...]]:
    """Return the evidence of the facts that the edition cites, by the number of their note."""
    references = {reference.label: reference for reference in edition.references}
    found: dict[int, tuple[Card, ...]] = {}
    laid = functools.partial(inline, language=edition.language)
    for note in edition.notes:
        card = Card(
            note,
            statement=laid(note.statement),
            value=laid(note.value),
            status=laid(fact_links.escape(note.status)),
            date=laid(note.date),
            speakers=laid(note.speakers),
            caveat=laid(note.caveat),
            remark=laid(note.remark),
            sources=_cited_sources(note.passages, references, Words(edition.language)),
        )
        found[note.number] = (*found.get(note.number, ()), card)
    return found


def _cited_sources(
    passages: Sequence[Passage], references: Mapping[str, Reference], say: Words
) -> tuple[CitedSource, ...]:
    by_source: dict[str, list[Passage]] = {}
    for passage in passages:
        by_source.setdefault(passage.reference, []).append(passage)
    return tuple(
        CitedSource(
            label,
            references[label].source,
            inline(references[label].title, say.language),
            scale_texts.graded(references[label].reliability, say),
            tuple(
                (item.paragraph, inline(item.origin, say.language), inline(item.via, say.language))
                for item in found
            ),
            tuple((item.paragraph, tuple(map(_literal, item.terms))) for item in found if item.terms),
        )
        for label, found in by_source.items()
    )


def _literal(words: str) -> Markup:
    """Return words of a source as HTML, each character as it is there."""
    return Markup(_isolated(html.escape(words)))


def section_html(section: Section, marker: Marker, language: str, is_screen: bool = False) -> SectionHtml:
    """Return a section's Markdown as HTML, with the marker's markup at each claim.

    On a screen, tables have what those hear who do not see them: a caption, and the head of each row.
    """
    written, claims, headings = _rendered(section, language, is_screen)
    markups = [marker(claim) for claim in claims]

    def at_claim(match: re.Match[str]) -> str:
        markup, claim = markups[int(match[2])], claims[int(match[2])]
        if match[1]:
            return markup.after
        return (_COMMAS[match[3]] if match[3] and not claim.words else "") + markup.before

    drawn = _drawn(section.figure, section.role, language) if section.figure else None
    return SectionHtml(section.role, section.title, Markup(_AT_CLAIM.sub(at_claim, written)), headings, drawn)


@functools.lru_cache(maxsize=256)
def _drawn(figure: Figure, role: str, language: str) -> DrawnFigure:
    say = Words(language)
    wide, narrow = (
        chart.draw(figure, width, f"{role}-{width.name.lower()}", say) if figure.is_drawn else Markup("")
        for width in chart.Width
    )
    return DrawnFigure(figure.kind.value, figure.title, figure.text, wide, narrow)


def _bare_html(section: Section) -> Markup:
    """Return the words of a section as HTML without marks. Its drawing says nothing more, in any language."""
    words = dataclasses.replace(section, figure=None)
    return section_html(words, lambda claim: ClaimMarkup("", ""), "").html


def bare(section: Section) -> str:
    """Return the words of a section as a reader sees them, without any markup."""
    return _bare_html(section).striptags()


def bare_blocks(section: Section) -> Iterator[tuple[bool, str]]:
    """Yield its headings, paragraphs, items and rows in the same way, each with whether it is a heading."""
    yield True, section.title
    markup = str(_bare_html(section))
    texts = _BLOCK_END.split(markup)
    for text, tag in zip(texts[::2], texts[1::2], strict=False):
        yield tag[0] == "h", Markup(_CELL_END.sub(" · ", text)).striptags().strip(" ·")


@functools.lru_cache(maxsize=4096)
def _rendered(section: Section, language: str, is_screen: bool) -> tuple[str, tuple[Claim, ...], _Headings]:
    """Return a section's HTML with marks where its claims begin and end: only there do the formats differ."""
    claims: list[Claim] = []
    text = ""
    for is_group, found in itertools.groupby(section.segments, _is_marked):
        group = list(found)
        sign = "," if len(group) <= _FEW_MARKS else ";"
        for place, part in enumerate(group):
            if isinstance(part, str):
                text += part
            else:
                text += f"[{part.words}]({_CLAIM}{len(claims)}{sign if is_group and place else ''})"
                claims.append(part)
    environment = _environment(f"{section.role}-", language, has_claims=True, is_screen=is_screen)
    environment["title"] = section.title
    return _markdown(language).render(text, environment), tuple(claims), tuple(environment["headings"])


def _is_marked(segment: str | Claim) -> bool:
    return isinstance(segment, Claim) and segment.is_marked


@functools.lru_cache(maxsize=16384)
def inline(text: str, language: str = "") -> Markup:
    """Return one paragraph of Markdown as HTML, without its paragraph tags.

    With a language it has the quotation marks of that, and no line ends within a date.
    """
    return Markup(_markdown(language).renderInline(text, _environment(language=language)))


def plain(text: str, language: str = "") -> Markup:
    """Return plain text as HTML, with typographic quotation marks and apostrophes, as ``inline`` does."""
    has_marks = any(mark in text for mark in "'\"«»") or _RIGHT_TO_LEFT.search(text)
    if has_marks:
        return inline(fact_links.escape(text), language)
    return Markup.escape(wording.held_together(text, language) if language else text)


def unlaid(text: str) -> str:
    """Return plain text without characters that only govern where a line may end."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Return a text without these characters, its spaces as they are."""
    return _LAYOUT.sub("", text)


def anchor(title: str) -> str:
    """Return a heading as the fragment of an address."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "part"


def _environment(
    prefix: str = "", language: str = "", has_claims: bool = False, is_screen: bool = False
) -> dict[str, Any]:
    """Return the state for rendering one text; the prefix makes the anchors of sections distinct."""
    return {
        "prefix": prefix,
        "language": language,
        "say": Words(language),
        "has_claims": has_claims,
        "is_screen": is_screen,
        "title": "",
        "heading": "",
        "lead": "",
        "open": [],
        "anchors": Counter(),
        "headings": [],
    }


def _markdown(language: str) -> MarkdownIt:
    return _markdown_with(wording.quotation_marks(language))


@functools.cache
def _markdown_with(marks: Sequence[str]) -> MarkdownIt:
    parser = markdown_blocks.parser(marks)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("paragraph_open", _paragraph_open)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("tr_open", _tr_open)
    parser.add_render_rule("th_open", _th_open)
    parser.add_render_rule("td_open", _td_open)
    parser.add_render_rule("em_open", _em_open)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("text", _text)
    return parser


_Tokens = Sequence[Token]
_Environment = MutableMapping[str, Any]


def _link_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    href = str(tokens[index].attrGet("href") or "")
    is_claim = env["has_claims"] and href.startswith(_CLAIM)
    name = href.removeprefix(_CLAIM)
    env["open"].append(name if is_claim else None)
    return f"\x02{name}\x03" if is_claim else self.renderToken(tokens, index, options, env)


def _link_close(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    name = env["open"].pop()
    return self.renderToken(tokens, index, options, env) if name is None else f"\x02/{name}\x03"


def _heading_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    words = _plain(tokens[index + 1])
    wanted = env["prefix"] + anchor(words)
    env["anchors"][wanted] += 1
    number = env["anchors"][wanted]
    name = wanted if number == 1 else f"{wanted}-{number}"
    tokens[index].attrSet("id", name)
    if tokens[index].tag == "h2":
        env["headings"].append((name, " ".join(words.split())))
    env["heading"], env["lead"] = words, ""
    return self.renderToken(tokens, index, options, env)


def _paragraph_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    # A paragraph in bold type, such as "By the account of the minister", is the head of the table below it.
    parts = [
        child.type for child in tokens[index + 1].children or [] if child.type != "text" or child.content
    ]
    if parts[:1] == ["strong_open"] and parts[-1:] == ["strong_close"] and parts.count("strong_open") == 1:
        env["lead"] = _plain(tokens[index + 1])
    return self.renderToken(tokens, index, options, env)


def _table_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    # A wide table scrolls by itself on a narrow screen; the keyboard must be able to reach it.
    columns = itertools.takewhile(lambda token: token.type != "thead_close", tokens[index:])
    env["columns"] = [_plain(token) for token in columns if token.type == "inline"]
    say = env["say"]
    label = html.escape(say("note.table"))
    caption = f'<caption class="unseen">{html.escape(_caption(env))}</caption>\n' if env["is_screen"] else ""
    return f'<div class="table" role="group" aria-label="{label}" tabindex="0"><table>\n{caption}'


def _caption(env: _Environment) -> str:
    say = env["say"]
    above, lead = env["heading"] or env["title"], env["lead"]
    env["lead"] = ""
    if above and lead:
        return str(say("value.with_meaning", words=above, meaning=lead))
    return str(above or lead or say("note.table"))


def _table_close(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    return "</table></div>\n"


def _th_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    tokens[index].attrSet("scope", "col")
    return _cell_open(self, tokens, index, options, env)


def _tr_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    env["cells"] = iter(env["columns"])
    return self.renderToken(tokens, index, options, env)


def _td_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    # On a phone the row is a list, and each cell names its own column, but for those with nothing.
    tokens[index].attrSet("data-label", next(env["cells"]))
    if _plain(tokens[index + 1]) == env["say"]("value.none"):
        tokens[index].attrJoin("class", "none")
    if env["is_screen"] and tokens[index - 1].type == "tr_open":
        closing = next(token for token in tokens[index:] if token.type == "td_close")
        tokens[index].tag = closing.tag = "th"
        tokens[index].attrSet("scope", "row")
    return _cell_open(self, tokens, index, options, env)


def _cell_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    # The policy of the pages allows no style attribute, so a class gives the alignment of a column.
    aligned = tokens[index].attrs.pop("style", "")
    if aligned:
        tokens[index].attrJoin("class", str(aligned).removeprefix("text-align:"))
    return self.renderToken(tokens, index, options, env)


def _fence(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    # Long lines of code scroll by themselves, as a wide table does.
    return self.fence(tokens, index, options, env).replace("<pre>", '<pre tabindex="0">', 1)


def _em_open(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    if tokens[index + 1].content.startswith(_TO_CHECK):
        tokens[index].attrSet("class", "to-check")
    return self.renderToken(tokens, index, options, env)


def _text(self: RendererHTML, tokens: _Tokens, index: int, options: Any, env: _Environment) -> str:
    content, language = tokens[index].content, env["language"]
    if language:
        content = wording.spaced_quotations(wording.held_together(content, language), language)
    words = _isolated(html.escape(content))
    # No line ends between the two, so that no symbol is alone above its word.
    return f"{shape(words[:1])}&#160;{words[2:]}" if _SHAPED.match(words) else words


def _isolated(words: str) -> str:
    """Return escaped text with words written from right to left on their own.

    Otherwise a date or a figure after them would be read as a part of them, and change places with them.
    """
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", words)


def shape(symbol: str) -> str:
    """Return the symbol of a status as HTML, hidden from screen readers, which read the word after it."""
    return f'<span class="shape" aria-hidden="true">{symbol}</span>'


def _plain(token: Token) -> str:
    """Return the words of a line as a reader sees them; a line break is a space."""
    parts = (
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
    return html.unescape("".join(parts))


FORMAT = Format("html", ".html", "one HTML page that needs nothing beside it", TEMPLATES, STYLES, prepare)
