"""Redlines: accepting everything gives the later text, rejecting everything the earlier one."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pypdfium2
import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt

from briefing.build import steps
from briefing.build.steps import Snapshot
from briefing.formats import html
from briefing.language.words import Words
from briefing.model.editions import Edition, FactFile
from briefing.redline import blocks as texts
from briefing.redline import compare, markdown, write
from briefing.redline import html as page
from briefing.redline.tree import Block, EditKind, accepted, in_words, rejected
from briefing.store import disk, request, versions
from tests.conftest import REPOSITORY, Page, needs, tries
from tests.redline.trees import EMPTY, PAIR, TABLE, blocks, diff, redline_of

# ---------------------------------------------------------------------------------------- how it reads


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Up to 100 aircraft.", "Up to 110 aircraft.", "Up to [-100-]{+110+} aircraft."),
        ("It is 1,250.5 tonnes.", "It is 1,350.5 tonnes.", "It is [-1,250.5-]{+1,350.5+} tonnes."),
        (
            "It costs 17\u00a0000 a year.",
            "It costs 18\u00a0000 a year.",
            "It costs [-17\u00a0000-]{+18\u00a0000+} a year.",
        ),
        ("By EUR 90 billion.", "By EUR 60 billion.", "By EUR [-90-]{+60+} billion."),
        ("Some 30% of it.", "Some 35% of it.", "Some [-30%-]{+35%+} of it."),
        (
            "On 3\u00a0May\u00a02031 it left port.",
            "On 5\u00a0May\u00a02031 it left port.",
            "On [-3-]{+5+}\u00a0May\u00a02031 it left port.",
        ),
        (
            "It left on 2031-05-01 at noon.",
            "It left on 2031-05-02 at noon.",
            "It left on [-2031-05-01-]{+2031-05-02+} at noon.",
        ),
        ("The ferry left.", "The old ferry left.", "The {+old +}ferry left."),
        ("The very old ferry left.", "The ferry left.", "The [-very old -]ferry left."),
        ("It left.", "It left. It came back.", "It left.{+ It came back.+}"),
        (
            "One stays here. Two goes away. Three stays too.",
            "One stays here. Three stays too.",
            "One stays here. [-Two goes away. -]Three stays too.",
        ),
        (
            "The state buys **four** ferries.",
            "The state buys *four* ferries.",
            "The state buys [-four-]{+four+} ferries.",
        ),
    ],
)
def test_words_are_marked_as_a_reader_would_mark_them(old: str, new: str, expected: str) -> None:
    assert diff(old, new) == expected


def test_sentence_of_which_little_stays_is_replaced_whole() -> None:
    old = "It is open. This brief adopts none of these words. So it was."
    new = "It is open. These words are not ours. So it was."
    assert diff(old, new) == (
        "It is open. [-This brief adopts none of these words.-]{+These words are not ours.+} So it was."
    )


def test_word_between_two_larger_changes_goes_with_them() -> None:
    old = (
        "In the long run the red wooden boats of our harbour and the tall new cranes were sold to a company."
    )
    new = "In the long run the blue iron barges and some old sheds were sold to a company."
    assert diff(old, new).count("[-") == 1


def test_rewritten_paragraph_is_two_and_an_edited_one_is_one() -> None:
    old = "The ferries are built in the yard at Telmark.\n\nNobody knows what they cost."
    new = "Prices were published in June.\n\nNobody knows what they will cost."
    assert diff(old, new) == (
        "[-The ferries are built in the yard at Telmark.-] | {+Prices were published in June.+} | "
        "Nobody knows what they {+will +}cost."
    )


def test_row_goes_whole_and_a_cell_is_edited_in_place() -> None:
    assert diff(TABLE, TABLE.replace("| Tugs in the port | 2 |\n", "")) == (
        "Matter | Amount | Ferries for the sound | 4 | [-Tugs in the port-] | [-2-]"
    )
    assert diff(TABLE, TABLE.replace("| 4 |", "| 5 |")) == (
        "Matter | Amount | Ferries for the sound | [-4-]{+5+} | Tugs in the port | 2"
    )


def test_table_with_other_columns_is_another_table() -> None:
    wider = TABLE.replace(" |\n", " | x |\n").replace("|---|---| x |", "|---|---|---|")
    found = compare.compare(blocks(TABLE), blocks(wider))
    assert [part.change for part in found.blocks] == [EditKind.DELETED, EditKind.INSERTED]


def test_number_of_a_note_alone_is_no_change(purchase: Edition) -> None:
    moved = {note.fact: len(purchase.notes) - index for index, note in enumerate(purchase.notes)}
    sections = tuple(
        dataclasses.replace(
            section,
            segments=tuple(
                part if isinstance(part, str) else dataclasses.replace(part, note=moved[part.fact])
                for part in section.segments
            ),
        )
        for section in purchase.sections
    )
    notes = tuple(
        sorted(
            (dataclasses.replace(note, number=moved[note.fact]) for note in purchase.notes),
            key=lambda note: note.number,
        )
    )
    other = dataclasses.replace(purchase, sections=sections, notes=notes)
    found = redline_of(purchase, other)
    assert found.counts == {EditKind.INSERTED: 0, EditKind.DELETED: 0}
    first = next(token for token in found.article.tokens if token.note)
    assert first.text == str({str(fact): number for fact, number in moved.items()}[first.note])


def test_label_of_a_source_alone_is_no_change(purchase: Edition) -> None:
    def named(text: str) -> str:
        return re.sub(r"\bS(\d+)\b", lambda match: f"S{int(match[1]) + 1}", text)

    other = dataclasses.replace(
        purchase,
        notes=tuple(dataclasses.replace(note, text=named(note.text)) for note in purchase.notes),
        references=tuple(dataclasses.replace(item, label=named(item.label)) for item in purchase.references),
    )
    assert redline_of(purchase, other).counts == {EditKind.INSERTED: 0, EditKind.DELETED: 0}


def test_counts_take_a_block_as_one() -> None:
    found = compare.compare(blocks(TABLE), blocks(TABLE + "\n- One item.\n- Another item.\n"))
    whole = dataclasses.replace(EMPTY, article=found)
    assert in_words(whole.counts, Words("en")) == "1 insertion, no deletions"


# ----------------------------------------------------------------------------------- accept and reject


@given(PAIR)
@settings(max_examples=tries(250))
def test_accepting_gives_the_new_text_and_rejecting_the_old(pair: tuple[list[str], list[str]]) -> None:
    old, new = (blocks("\n\n".join(parts)) for parts in pair)
    found = compare.compare(old, new)
    assert accepted(found) == new
    assert rejected(found) == old


@given(PAIR)
@example(
    (
        ["ferry", "1. ferry ferry ferry ferry\n\n   Also."],
        ["ferry", "- ferry ferry\n  - inner\n  - ferry ferry"],
    )
)
@settings(max_examples=tries(100))
def test_page_is_well_formed_and_says_both_texts(pair: tuple[list[str], list[str]]) -> None:
    old, new = (blocks("\n\n".join(parts)) for parts in pair)
    article = compare.compare(old, new)
    for signs in (page.spoken("en"), page.PRINTED):
        read = Reader(page.article(article, signs, Words("en")))
        assert _bare(read.texts["new"]) == _bare(_words(new))
        assert _bare(read.texts["old"]) == _bare(_words(old))


class Reader(HTMLParser):
    """A page: every element is closed where it was opened, every row has as many cells as its head."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.hidden = 0
        self.texts = {"old": "", "new": ""}
        self.cells: list[int] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr"):
            return
        self.open.append(tag)
        self.hidden += tag in ("span", "caption")
        if tag == "table":
            self.cells = []
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.hidden -= tag in ("span", "caption")
        assert tag != "table" or len(set(self.cells)) == 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts["old"] += data if "ins" not in self.open else ""
            self.texts["new"] += data if "del" not in self.open else ""


def _words(block: Block | None) -> str:
    return "".join(token.text for token in block.tokens) if block else ""


def _bare(text: str) -> str:
    return re.sub("[\\s\N{WORD JOINER}]+", "", text)


def _sorted(block: Block | None) -> object:
    """A tree for comparison: records in the order of their keys, numbers of notes left out."""
    if block is None:
        return None
    parts = (
        [_sorted(part) for part in sorted(block.blocks, key=lambda part: part.key)]
        if all(part.key for part in block.blocks)
        else [_sorted(part) for part in block.blocks]
    )
    return block.tag, block.key, [token.identity for run in block.runs for token in run.tokens], parts


def _desk(day: datetime.date | None) -> Snapshot:
    return steps.snapshot(disk.read(REPOSITORY, request.FOLDERS), datetime.date(2031, 5, 1), as_of=day)


@pytest.mark.parametrize("first", ["2025-06-30", "2025-11-30"])
def test_shipped_briefs_between_days(first: str) -> None:
    then, now = _desk(datetime.date.fromisoformat(first)), _desk(None)
    both = then.editions.keys() & now.editions.keys()
    assert both
    for name in both:
        old, new = texts.article(then.editions[name]), texts.article(now.editions[name])
        found = compare.compare(old, new)
        assert _sorted(accepted(found)) == _sorted(new)
        assert _sorted(rejected(found)) == _sorted(old)
        Reader(page.article(found, page.spoken("en"), Words("en")))


def test_article_reads_as_the_brief_does(snapshot: Snapshot) -> None:
    for edition in snapshot.editions.values():
        printed = html.prepare(edition, snapshot.theme, FactFile()).text
        body = printed[printed.index("<article ") : printed.index("</article>")]
        visible = _bare(
            Page(re.sub(r"(?s)<dialog.*?</dialog>|<button.*?</button>|<sup.*?</sup>", "", body)).text
        )
        for block in _leaves(texts.article(edition)):
            assert _bare("".join(token.text for token in block.tokens if not token.note)) in visible


def _leaves(block: Block) -> Iterator[Block]:
    if block.blocks:
        for part in block.blocks:
            yield from _leaves(part)
    else:
        yield block


# --------------------------------------------------------------------------------------------- formats


def test_screen_says_states_facts_and_key(fewer: Edition, purchase: Edition, snapshot: Snapshot) -> None:
    redline = redline_of(fewer, purchase, "**Value, from 3 ferries to 4 ferries.** The ferries.")
    text = page.screen(redline, snapshot.theme).text
    said = Page(text).text
    assert "From edition 1 (1 May 2031) to the draft of today’s statements" in said
    assert "Value, from 3 ferries to 4 ferries. The ferries." in said
    heard = said.replace("\N{WORD JOINER}", "")
    assert "replaced: 3, by: 4, end of replacement. ferries" in heard
    ids = Page(text).ids
    assert len(ids) == len(set(ids))
    targets = {item["href"] for item in Page(text).every("a") if item.get("role") == "doc-noteref"}
    assert targets <= {f"#{name}" for name in ids}


def test_deleted_row_is_said_once(snapshot: Snapshot) -> None:
    article = compare.compare(blocks(TABLE), blocks(TABLE.replace("| Tugs in the port | 2 |\n", "")))
    text = page.article(article, page.spoken("en"), Words("en"))
    assert text.count("deleted: ") == text.count("end of deletion") == 1
    assert text.count("<del>") == 2
    assert '<tr class="deleted">' in text


@pytest.mark.pdf
@needs(versions.pango(), "Pango is not installed")
def test_pdf_carries_the_signs_as_text(fewer: Edition, purchase: Edition, snapshot: Snapshot) -> None:
    data = write.make(redline_of(fewer, purchase), "pdf", snapshot.theme)
    document = pypdfium2.PdfDocument(data)
    said = "".join(part.get_textpage().get_text_bounded() for part in document).replace("\N{WORD JOINER}", "")
    said = re.sub(r"\s+", " ", said)
    assert re.search(r"\[−\s?3\s?−\]\s?\[\+\s?4\s?\+\] ferries", said)


def test_markdown_has_additions_and_deletions_only(fewer: Edition, purchase: Edition) -> None:
    redline = redline_of(fewer, purchase)
    text = markdown.text(redline)
    assert "{--3--}{++4++} ferries" in text
    assert "{~~" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ") and "{++" in line]
    assert any(row.count("{++") == 5 for row in rows)
    new = re.sub(r"\{\+\+(.*?)\+\+\}", r"\1", re.sub(r"\{--.*?--\}", "", text))
    old = re.sub(r"\{--(.*?)--\}", r"\1", re.sub(r"\{\+\+.*?\+\+\}", "", text))
    for edition, state in ((purchase, new), (fewer, old)):
        seen = _bare(
            Page(MarkdownIt("commonmark").enable("table").render(re.sub(r"⁽?\[\^[\w-]+\]⁾?", "", state))).text
        )
        for block in _leaves(texts.article(edition)):
            words = _bare("".join(token.text for token in block.tokens if not token.note))
            assert words in seen or words == "Notes"  # footnotes need no heading


def test_markdown_escapes_what_would_be_read_as_marks() -> None:
    old, new = blocks("A {++b++} of *c*."), blocks("A {++b++} of *d*.")
    redline = dataclasses.replace(EMPTY, article=compare.compare(old, new))
    assert "A \\{++b++\\} of {--*c*--}{++*d*++}." in markdown.text(redline)
    same = dataclasses.replace(EMPTY, article=blocks("1\\. a\n\n\\# b\n\n\\- c"))
    assert markdown.text(same).endswith("1\\. a\n\n\\# b\n\n\\- c\n")
