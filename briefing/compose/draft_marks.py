"""Marks in a draft, at each paragraph that has to be checked.

Every format prints them until the paragraph is accepted. A check that counts words reads the
text without them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.language import markdown_blocks
from briefing.language.markdown_blocks import BlockKind
from briefing.language.wording import Wording
from briefing.model import fact_links
from briefing.model.briefs import Brief
from briefing.model.library import Library
from briefing.model.values import Prose
from briefing.review import paragraphs, reasons, signoff
from briefing.review.signoff import Reviewed

TO_CHECK = "to-check"
"""Role of the section that says how many paragraphs have to be checked."""


def marked(brief: Brief, library: Library, wording: Wording) -> tuple[Brief, Mapping[str, str]]:
    """Return the brief with a mark at each suspect paragraph, and all marks by name, as Markdown."""
    found = signoff.suspects(brief, library)
    if not found:
        return brief, {}
    marks = {item.paragraph.name: f" {_mark(item, wording)}" for item in found}
    texts: dict[str, str] = dict(brief.prose)
    for field, text in texts.items():
        if words := marks.get(paragraphs.name_of(field)):
            texts[field] = _with_mark(text, len(text), words)
    body = texts["body"]
    in_prose: Sequence[Reviewed] = [item for item in found if item.paragraph.end]
    for item in reversed(in_prose):
        body = _with_mark(body, item.paragraph.end, marks[item.paragraph.name])
    prose: dict[str, Any] = {field: Prose(text) for field, text in {**texts, "body": body}.items()}
    return dataclasses.replace(brief, **prose), marks


def _mark(item: Reviewed, wording: Wording) -> str:
    """Return the mark at one paragraph: which facts were different when it was accepted."""
    say = wording.say
    changes = (
        # The accepted state had a stricter marking than the brief, so the view has only that it differs.
        reasons.printed(difference, wording) if difference.was.statement else say("to_check.different")
        for difference in item.differences
    )
    facts = say("value.long_list").join(
        say("to_check.fact", fact=difference.key, changes=words)
        for difference, words in zip(item.differences, changes, strict=True)
    )
    when = say("to_check.this_accepted" if item.accepted else "to_check.text_accepted", facts=facts)
    words = " ".join((say("to_check.mark"), when))
    return rf"*\[{fact_links.escape(words)}\]*"


def _with_mark(text: str, end: int, words: str) -> str:
    before = text[:end].rstrip()
    is_text = markdown_blocks.find(before)[-1].kind is BlockKind.TEXT
    # Words after a row, a heading or the end of code would become part of it.
    return f"{before}{words if is_text else f'{chr(10)}{chr(10)}{words.lstrip()}'}{text[end:]}"
