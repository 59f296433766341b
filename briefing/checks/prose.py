"""Checks over the form of prose: its length, and elements that it must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.checks.base import Check, Subject
from briefing.checks.units import Own
from briefing.model import fact_links
from briefing.model.editions import Claim
from briefing.model.findings import Finding, Place, Severity
from briefing.model.values import Prose, place_of
from briefing.review import reasons

BOTTOM_LINE_WORDS = 60

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,30}(?:\s[^<>]{0,500})?/?>")
_COMMENT = re.compile(r"<![^\n]{0,60}|--+>")
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
        yield brief.bottom_line, place_of(brief.bottom_line, brief.at), brief.id
        yield brief.body, place_of(brief.body, brief.at), brief.id
    for page in own.pages:
        yield page.body, place_of(page.body, page.at), ""
    for judgement in own.judgements:
        yield judgement.basis, place_of(judgement.basis, judgement.at), ""


CHECKS = (
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
