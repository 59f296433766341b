"""The paragraphs of a brief that rest on facts, each with a name for people to refer to.

The bottom line is ``bottom-line``; so are the other texts of the front matter named after their fields. A
block of the body is named after the heading above it and its number among the blocks there that cite facts:
``what-was-signed.2``, or ``text.1`` before any heading. A judgement, a disagreement, a gap or a milestone
that the brief prints is named by its key.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefing.language import markdown_blocks, sentences
from briefing.model import fact_links, query
from briefing.model.briefs import Brief
from briefing.model.facts import Disagreement, Gap, Judgement, Milestone
from briefing.model.findings import Place
from briefing.model.library import Library
from briefing.model.values import Key, Prose, place_of

_UNTITLED = "text"
"""The name in place of a heading where there is none."""
_OPENING = 60
"""Number of characters that are enough to recognise a paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of prose, or an entry of a register, that rests on facts."""

    name: str
    text: str
    """Its words, as Markdown with fact links where it has them."""
    keys: tuple[Key, ...]
    """The facts that it rests on, each once."""
    at: Place
    is_linked: bool = True
    """Whether the text itself links the facts, so that their order is part of it."""
    start: int = 0
    """Where it begins in the prose after the front matter, if it is part of it."""
    end: int = 0
    """Where it ends in that prose; 0 if it is not part of it."""

    @property
    def digest(self) -> str:
        """The digest of its words, without layout, punctuation and the names of the facts."""
        return _digest(self.text)

    @property
    def opening(self) -> str:
        """Its first words as plain text."""
        plain = _plain(self.text)
        start = next((block.words_start for block in markdown_blocks.find(plain)), 0)
        words = " ".join(re.sub(r"[*_`\\|]", "", plain[start:]).split())
        return words if len(words) <= _OPENING else words[: _OPENING - 1].rpartition(" ")[0] + " …"


def of_brief(brief: Brief, library: Library) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a brief that rest on facts, in the order of the shipped template."""
    *before, _, watch = brief.prose
    found = [_of_field(name, getattr(brief, name), brief) for name in before]
    found += (_of_judgement(library.judgements[key]) for key in brief.judgements if key in library.judgements)
    found += _of_prose(brief)
    found += map(_of_disagreement, query.chosen(brief, library, "disagreements"))
    found += map(_of_gap, query.chosen(brief, library, "gaps"))
    found.append(_of_field(watch, brief.watch, brief))
    found += map(_of_milestone, query.chosen(brief, library, "milestones"))
    return tuple(item for item in found if item.keys)


def cited(text: str) -> tuple[Key, ...]:
    """Return the facts that a text links, each once, in order."""
    return fact_links.keys(text)


# ------------------------------------------------------------------------------------------------- prose


def name_of(field: str) -> str:
    """Return the name of the paragraph that is all of a text of the front matter: why-it-matters."""
    return field.replace("_", "-")


def _of_field(field: str, text: Prose, brief: Brief) -> Paragraph:
    return Paragraph(name_of(field), text, cited(text), place_of(text, brief.at))


def _of_prose(brief: Brief) -> Iterator[Paragraph]:
    heading, numbers = _UNTITLED, Counter[str]()
    for first, *others in markdown_blocks.passages(brief.body):
        start, end = first.start, (others or [first])[-1].end
        block = brief.body[start:end]
        if first.is_title:
            heading = _slug(_plain(brief.body[first.words_start : first.words_end]))
        if keys := cited(block):
            numbers[heading] += 1
            at = fact_links.place_at(brief.body, start, place_of(brief.body, brief.body_at))
            yield Paragraph(f"{heading}.{numbers[heading]}", block, keys, at, start=start, end=end)


def _slug(title: str) -> str:
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or _UNTITLED


def _plain(text: str) -> str:
    """Return a text with its links as words; a link that prints a fact becomes the fact's key."""
    return _replaced(text, lambda link: link.words or link.key)


@functools.lru_cache(maxsize=8192)
def _digest(text: str) -> str:
    """Return the digest of a text from a cache, because each recorded acceptance needs it again."""
    said = " ".join(sentences.words(_with_numbers(text)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _with_numbers(text: str) -> str:
    """Return a text with its facts numbered as first cited, so that a renamed fact does not change it."""
    numbers = {key: number for number, key in enumerate(cited(text), 1)}
    return _replaced(text, lambda link: f" {link.words} fact{numbers[link.key]} {link.form} ")


def _replaced(text: str, words: Callable[[fact_links.Link], str]) -> str:
    written, position = "", 0
    for link in fact_links.find(text):
        written += text[position : link.start] + words(link)
        position = link.end
    return written + text[position:]


# --------------------------------------------------------------------------------------------- registers


def _of_judgement(item: Judgement) -> Paragraph:
    words = (item.statement, item.basis, item.would_change, item.implication, item.alternative)
    said = (*words, item.likelihood.value, item.confidence.value)
    return Paragraph(item.id, _joined(said), item.rests_on, item.at)


def _of_disagreement(item: Disagreement) -> Paragraph:
    said = (item.question, *(reading.says for reading in item.readings), item.wording, item.why)
    return Paragraph(item.id, _joined(said), _sorted(item.rests_on), item.at, is_linked=False)


def _of_gap(item: Gap) -> Paragraph:
    said = (item.question, item.note)
    return Paragraph(item.id, _joined(said), _sorted(item.rests_on), item.at, is_linked=False)


def _of_milestone(item: Milestone) -> Paragraph:
    said = (item.expectation, item.shows, item.date.edtf)
    return Paragraph(item.id, _joined(said), _sorted(item.rests_on), item.at, is_linked=False)


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, texts))


def _sorted(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(set(keys)))
