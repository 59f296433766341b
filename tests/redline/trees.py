"""Texts as trees of blocks, editions that differ, and made-up pairs of texts."""

from __future__ import annotations

import dataclasses
import datetime

from hypothesis import strategies as st

from briefing.formats import html
from briefing.model.editions import Edition, Section
from briefing.redline import blocks as texts
from briefing.redline import compare
from briefing.redline.tree import Block, EditKind, Redline, Run, Side


def blocks(text: str) -> Block:
    """Markdown as a tree."""
    part = html.section_html(Section("text", "", (text,)), html.linked_note("en"), "en")
    return Block("article", blocks=texts.blocks_of(part.html))


def brief(text: str) -> Block:
    """Markdown with headings as the sections of a brief."""
    parts = [part.partition("\n") for part in f"\n{text}".split("\n## ")[1:]]
    role = (("class", "part text"),)
    sections = (
        Block("section", role, (texts.line("h2", title), *blocks(body).blocks)) for title, _, body in parts
    )
    return Block("article", blocks=tuple(sections))


def shown(block: Block) -> str:
    """A tree as one line: what is deleted in [-…-], what is inserted in {+…+}, blocks parted by a bar.

    What moved has the number of its move: [1-…-] where it was, {1+…+} where it is, with its changes inside.
    """
    if block.blocks:
        return " | ".join(shown(part) for part in block.blocks)
    if not block.move:
        return "".join(_run(run) for run in block.runs)
    if block.is_moved_here:
        return f"{{{block.move}+{''.join(_run(run) for run in block.runs)}+}}"
    return f"[{block.move}-{''.join(token.text for token in block.tokens)}-]"


def _run(run: Run) -> str:
    signs = {EditKind.KEPT: ("", ""), EditKind.DELETED: ("[-", "-]"), EditKind.INSERTED: ("{+", "+}")}
    return "".join(token.text for token in run.tokens).join(signs[run.change])


def diff(old: str, new: str) -> str:
    """Two texts compared, as one line."""
    return shown(compare.compare(blocks(old), blocks(new)))


def redline_of(old: Edition, new: Edition, *front: str) -> Redline:
    return Redline(
        new.title,
        new.publisher,
        new.marking.value,
        new.language,
        new.as_of_day,
        Side("edition 1 (1 May 2031)", "1"),
        Side("the draft of today’s statements", "now"),
        front,
        compare.compare(texts.article(old), texts.article(new)),
    )


def changed(edition: Edition, *swaps: tuple[str, str]) -> Edition:
    """An edition with other words in its sections and notes."""

    def swap(text: str) -> str:
        for before, after in swaps:
            text = text.replace(before, after)
        return text

    sections = tuple(
        dataclasses.replace(
            section,
            segments=tuple(
                swap(part) if isinstance(part, str) else dataclasses.replace(part, words=swap(part.words))
                for part in section.segments
            ),
        )
        for section in edition.sections
    )
    notes = tuple(dataclasses.replace(note, text=swap(note.text)) for note in edition.notes)
    return dataclasses.replace(edition, sections=sections, notes=notes)


EMPTY = Redline(
    "", "", "CLEAR", "en", datetime.date(2031, 5, 1), Side("", ""), Side("", ""), (), Block("article")
)


TABLE = "| Matter | Amount |\n|---|---|\n| Ferries for the sound | 4 |\n| Tugs in the port | 2 |\n"

_WORDS = st.sampled_from(
    [
        "ferry",
        "Harbour",
        "4",
        "1,200",
        "90%",
        "co-production",
        "SAMP/T",
        "“deal”",
        "(x)",
        "and",
        "the",
        "не",
        "<b>",
        "\\*",
    ]
)
_STYLED = st.builds(
    lambda text, form: form.format(text),
    _WORDS,
    st.sampled_from(["{}", "{}", "{}", "**{}**", "*{}*", "`{}`", "[{}](https://example.org/)"]),
)
_LINE = st.lists(
    st.builds(lambda word, end: word + end, _STYLED, st.sampled_from(["", "", ".", ",", "  \n"])),
    min_size=1,
    max_size=9,
).map(" ".join)
_FLAT = _LINE.map(lambda text: text.replace("  \n", ""))
_TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_FLAT, min_size=width, max_size=width), min_size=1, max_size=4).map(
        lambda rows: "\n".join(
            ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * width]
            + ["| " + " | ".join(row) + " |" for row in rows[1:]]
        )
    )
)
_BLOCK = st.one_of(
    _LINE,
    _FLAT.map(lambda text: f"### {text}"),
    st.lists(_FLAT, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(_FLAT, min_size=1, max_size=3).map(
        lambda items: "\n\n".join(f"1. {item}\n\n   Also." for item in items)
    ),
    _FLAT.map(lambda text: f"- {text}\n  - inner\n  - {text}"),
    _FLAT.map(lambda text: f"> {text}"),
    _FLAT.map(lambda text: f"```\n{text}\n  two\n```"),
    st.just("---"),
    _TABLE,
)
_TEXT = st.lists(_BLOCK, max_size=5)
PAIR = _TEXT.flatmap(
    lambda parts: st.tuples(
        st.just(parts),
        st.one_of(
            st.permutations(parts),
            _TEXT,
            st.tuples(_TEXT, st.just(parts)).map(lambda two: two[0] + two[1][1:]),
        ),
    )
)
