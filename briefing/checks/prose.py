"""Checks over the form of prose: its length, and elements that it must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.prose_input import ProseSentence
from briefing.checks.units import Own
from briefing.model import fact_links
from briefing.model.counting import counted
from briefing.model.editions import Claim
from briefing.model.findings import Finding, Place, Severity
from briefing.model.values import Prose, place_of
from briefing.review import reasons

BOTTOM_LINE_WORDS = 60
TEXT_SHARE = 0.08
"""The most of the sentences of a brief that may speak of the texts."""

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,30}(?:\s[^<>]{0,500})?/?>")
_COMMENT = re.compile(r"<![^\n]{0,60}|(?<!-)--++>")
_IMAGE = re.compile(r"(?<!\\)!\[[^\]\n]{0,500}\][\[(]")


def bottom_line_length(subject: Subject) -> Iterator[Finding]:
    """Yield bottom lines that are too long."""
    for edition in subject.editions:
        section = next((part for part in edition.sections if part.role == "bottom-line"), None)
        if section is None:
            continue
        text = "".join(part.words if isinstance(part, Claim) else part for part in section.segments)
        words = len(re.findall(r"\w[\w’'.,-]*", reasons.without_marks(text)))
        if words > BOTTOM_LINE_WORDS:
            brief = subject.library.briefs[edition.brief]
            yield Finding(
                "",
                f"the bottom line has {words} words; at most {BOTTOM_LINE_WORDS} are allowed",
                place_of(brief.bottom_line, brief.at),
                "keep only what the reader must know to decide",
                brief=edition.brief,
            )


def empty_brief(subject: Subject) -> Iterator[Finding]:
    """Yield briefs that cite no fact."""
    for edition in subject.editions:
        if not edition.notes and not subject.library.later:
            brief = subject.library.briefs[edition.brief]
            yield Finding(
                "", "the brief cites no fact", brief.at, "link its claims to facts", brief=edition.brief
            )


def raw_html(subject: Subject) -> Iterator[Finding]:
    """Yield HTML tags, which would be printed as text."""
    for text, at, brief in _prose(subject.own):
        for match in _TAG.finditer(fact_links.without_code(text)):
            where = fact_links.place_at(text, match.start(), at)
            yield Finding(
                "",
                f"the HTML tag {match.group()} would be printed as text",
                where,
                "use Markdown",
                brief=brief,
            )


def comment_in_prose(subject: Subject) -> Iterator[Finding]:
    """Yield comments of HTML, which would be printed as text."""
    for text, at, brief in _prose(subject.own):
        opened = 0
        for match in _COMMENT.finditer(fact_links.without_code(text)):
            is_end = not match.group().startswith("<!")
            if (is_end and opened) or "allow[" in match.group():
                continue  # the end of one that was found; a suppression beside text has a check of its own
            opened += not is_end
            where = fact_links.place_at(text, match.start(), at)
            message = f"the comment '{match.group().rstrip()}' would be printed as text"
            hint = "delete it, or write it as '# ...' on a line of its own in the front matter"
            yield Finding("", message, where, hint, brief=brief)


def image(subject: Subject) -> Iterator[Finding]:
    """Yield pictures, which a brief cannot contain."""
    for text, at, brief in _prose(subject.own):
        for match in _IMAGE.finditer(fact_links.without_code(text)):
            where = fact_links.place_at(text, match.start(), at)
            yield Finding("", "prose cannot contain a picture", where, "say it in words", brief=brief)


def _prose(own: Own) -> Iterator[tuple[Prose, Place, str]]:
    for brief in own.briefs:
        for text in brief.prose.values():
            yield text, place_of(text, brief.at), brief.id
    for page in own.pages:
        yield page.body, place_of(page.body, page.at), ""
    for judgement in own.judgements:
        yield judgement.basis, place_of(judgement.basis, judgement.at), ""


def about_the_texts(subject: Subject) -> Iterator[Finding]:
    """Yield briefs of which too many sentences speak of the texts and of our reading, at the worst one."""
    sentences: dict[str, list[ProseSentence]] = {}
    for read in subject.sentences:
        if read.brief:
            sentences.setdefault(read.brief, []).append(read)
    for every in sentences.values():
        found = [(len(words), read) for read in every if (words := _about_texts(read))]
        if len(found) < 2 or len(found) / len(every) <= TEXT_SHARE:
            continue
        _, worst = max(found, key=lambda item: (item[0], len(item[1].text)))
        share = f"{len(found) / len(every):.0%}"
        message = (
            f"of {counted(len(every), 'sentence')} here, {len(found)} ({share}) speak of the texts "
            "and not of the matter; this one most"
        )
        yield worst.finding(
            _about_texts(worst)[0], message, "say what is so; put how we know it in the remark of its fact"
        )


def _about_texts(read: ProseSentence) -> list[int]:
    """Return where a sentence speaks of the texts."""
    return [match.start() for match in read.says("about_texts", "words").finditer(read.text)]


CHECKS = (
    Check(
        "about-the-texts",
        Severity.NOTE,
        f"More than {TEXT_SHARE:.0%} of the sentences of a brief speak of the texts and of our reading.",
        "A reader wants to know what is so; how we know it is in the note.",
        "The line opens in 2027, the mayor says.",
        "One report says that the line opens, which we read as the whole line, in four of ten sentences",
        about_the_texts,
    ),
    Check(
        "bottom-line-length",
        Severity.ERROR,
        f"A bottom line is longer than {BOTTOM_LINE_WORDS} words as printed.",
        "It is the one part that everybody reads.",
        "a bottom line of 55 words",
        "a bottom line of 80 words",
        bottom_line_length,
    ),
    Check(
        "empty-brief",
        Severity.ERROR,
        "A brief cites no fact at all.",
        "A brief without facts is an opinion.",
        "prose with at least one fact link",
        "prose without a fact link",
        empty_brief,
    ),
    Check(
        "raw-html",
        Severity.WARNING,
        "Prose contains an HTML tag.",
        "HTML is not interpreted: the tag would be printed as text.",
        "**bold** in Markdown",
        "<b>bold</b>",
        raw_html,
    ),
    Check(
        "comment-in-prose",
        Severity.ERROR,
        "Prose contains a comment of HTML that allows no finding.",
        "A note of the author to himself would be printed, in every file.",
        "# a comment of YAML, on a line of its own in the front matter",
        "<!-- is this figure right? -->",
        comment_in_prose,
        may_be_suppressed=False,
    ),
    Check(
        "image",
        Severity.ERROR,
        "Prose contains a picture.",
        "A brief contains what facts support, and nothing is fetched while a page is made.",
        "a table or a sentence",
        "![map](map.png)",
        image,
        may_be_suppressed=False,
    ),
)
