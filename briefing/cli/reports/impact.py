"""The effect of a change on the words of the briefs, and where facts are used: for people and for programs.

The new words are below the old ones, as in ``diff``. On a terminal the words that differ are coloured, but
the colour carries no information of its own.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

import click

from briefing.changes import align
from briefing.changes.impact import BriefPart, ChangedSentence, Fate, Impact, Membership
from briefing.commands.where_used import BriefUse, FactUse, UsageReport
from briefing.model.counting import counted
from briefing.store.results import Action

VERSION = 1
MAX_BRIEFS = 20
MAX_SENTENCES = 10
"""The report shows at most this many briefs, and this many sentences of each, unless it is asked for all."""
_NARROW, _WIDE = 40, 120
_FATES = {
    Fate.NEW: "new",
    Fate.GONE: "no longer made",
    Fate.UNKNOWN: "its earlier text is not on record",
}
_PARTS = {
    BriefPart.SENTENCE: ("sentence", "sentences"),
    BriefPart.ROW: ("row", "rows"),
    BriefPart.NOTE: ("line of the notes", "lines of the notes"),
    BriefPart.SOURCE: ("source", "sources"),
    BriefPart.SCALE: ("step of a scale", "steps of scales"),
    BriefPart.HEAD: ("line at the head", "lines at the head"),
    BriefPart.NEWS: ("line of news", "lines of news"),
}
_REPEATED = (BriefPart.NEWS,)
"""Parts that repeat what other parts show."""


# ------------------------------------------------------------------------------------------- for people


def impacts(found: Sequence[Impact], width: int, is_verbose: bool = False) -> Iterator[str]:
    """Yield every brief that changes, with its owner and its old and new sentences."""
    briefs = found if is_verbose else found[:MAX_BRIEFS]
    for item in briefs:
        yield ""
        yield _brief(item.brief, item.owner) + f": {_summary(item)}"
        yield from _memberships(item.memberships)
        shown = item.sentences if is_verbose else _main(item.sentences)[:MAX_SENTENCES]
        yield from _sentences(shown, width)
        more = len(item.sentences) - len(shown)
        if more:
            yield f"  … and {counted(more, 'more place')}; --verbose shows them all"
    if len(found) > len(briefs):
        yield ""
        yield f"… and {counted(len(found) - len(briefs), 'more brief')}; --verbose shows them all"


def uses(answer: UsageReport, width: int, is_verbose: bool = False) -> Iterator[str]:
    """Yield every fact asked for: how it changed, and everything that shows it or rests on it."""
    for use in answer.uses:
        yield click.style(use.key, bold=True) + f": {_fate(use)}"
        yield from textwrap.wrap(use.statement, _fitting(width), initial_indent="  ", subsequent_indent="  ")
        for shown in use.briefs:
            yield ""
            yield _shown(shown)
            yield from _memberships(shown.memberships, is_named=False)
            found = shown.sentences if is_verbose else _main(shown.sentences)
            yield from _sentences(found, width, is_known=shown.fate is not Fate.UNKNOWN)
        yield from _rests(use, width)
        yield from _files(use, is_verbose)
        yield ""
    for group, reason in sorted(answer.held.items()):
        yield f"Nothing is known about {group}: {reason}"
    if not answer.uses:
        yield "None of these facts has changed."


def _brief(brief: str, owner: str | None) -> str:
    return click.style(brief, bold=True) + f" (owner: {owner or 'not stated'})"


def _summary(item: Impact) -> str:
    if item.fate is not Fate.CHANGED:
        return _FATES[item.fate]
    if not item.sentences:
        return f"no words changed since {item.since}"
    counts = Counter(sentence.part for sentence in item.sentences)
    parts = [f"{number} {_PARTS[part][number > 1]}" for part in BriefPart if (number := counts[part])]
    return f"{', '.join(parts)} changed since {item.since}"


def _main(found: Sequence[ChangedSentence]) -> Sequence[ChangedSentence]:
    return [item for item in found if item.part not in _REPEATED]


def _memberships(found: Sequence[Membership], is_named: bool = True) -> Iterator[str]:
    for item in found:
        name = f"{item.fact} " if is_named else ""
        yield f"  {name}{'newly in' if item.is_in else 'no longer in'}: {item.section}"


def _sentences(found: Sequence[ChangedSentence], width: int, is_known: bool = True) -> Iterator[str]:
    for (section, is_same), items in groupby(found, key=lambda item: (item.section, _is_same(item))):
        yield f"  {click.style(section, underline=True)}{' (unchanged)' if is_same and is_known else ''}"
        for item in items:
            yield from _sentence(item, width)


def _is_same(item: ChangedSentence) -> bool:
    return item.before == item.after and not item.is_moved


def _sentence(item: ChangedSentence, width: int) -> Iterator[str]:
    before, after = item.before.split(), item.after.split()
    if item.before == item.after:
        yield from _wrapped("> " if item.is_moved else "  ", after, set(), "", width)
        return
    same = [(was, now) for is_same, was, now in align.stretches(before, after) if is_same]
    kept = {index for was, _ in same for index in range(was.start, was.stop)}
    kept_now = {index for _, now in same for index in range(now.start, now.stop)}
    if before:
        yield from _wrapped("- ", before, kept, "red", width)
    if after:
        yield from _wrapped("+ ", after, kept_now, "green", width)


def _wrapped(
    mark: str, words: Sequence[str], plain: Collection[int], colour: str, width: int
) -> Iterator[str]:
    """Yield words in lines that fit, the first one after a mark; all but the ``plain`` ones in a colour."""
    room = _fitting(width) - 6
    line: list[str] = []
    length = 0
    lead = f"    {mark}"
    for index, word in enumerate(words):
        if line and length + 1 + len(word) > room:
            yield lead + " ".join(line)
            line, length, lead = [], 0, " " * 6
        line.append(click.style(word, fg=colour, bold=True) if colour and index not in plain else word)
        length += len(word) + bool(length)
    yield lead + " ".join(line)


def _fitting(width: int) -> int:
    return max(_NARROW, min(width, _WIDE))


def _fate(use: FactUse) -> str:
    changes = "; ".join(use.how)
    if use.fate is Fate.CHANGED:
        return changes
    words = {
        Fate.NEW: "new",
        Fate.GONE: "this fact no longer exists",
        Fate.UNKNOWN: "its earlier state is not on record",
    }.get(use.fate, use.fate.value)
    return f"{words}: {changes}" if changes else words


def _shown(shown: BriefUse) -> str:
    fate = f", {_FATES[shown.fate]}" if shown.fate in _FATES else ""
    return f"{_brief(shown.brief, shown.owner)}, {shown.title}{fate}"


def _rests(use: FactUse, width: int) -> Iterator[str]:
    if use.entries:
        yield ""
        yield "These rest on it"
    for entry in use.entries:
        what = "sums it up" if entry.register == "facts" else entry.register.removesuffix("s")
        words = f"{entry.key} ({what}): {entry.words}"
        yield from textwrap.wrap(words, _fitting(width), initial_indent="  ", subsequent_indent="    ")


def _files(use: FactUse, is_verbose: bool) -> Iterator[str]:
    if not use.files:
        return
    yield ""
    yield f"{counted(len(use.files), 'file')} with it"
    for action in Action:
        paths = [item.path for item in use.files if item.action is action]
        few = paths if is_verbose else paths[:5]
        if paths:
            more = f" and {len(paths) - len(few)} more" if len(paths) > len(few) else ""
            yield f"  {action.value:6} {', '.join(few)}{more}"


# ---------------------------------------------------------------------------------------- for programs


def of_impacts(found: Sequence[Impact]) -> list[dict[str, Any]]:
    """Return all changed briefs, complete, as plain data."""
    return [
        {
            "brief": item.brief,
            "title": item.title,
            "owner": item.owner,
            "fate": item.fate.value,
            "since": item.since,
            "files": list(item.files),
            "sentences": [_of_sentence(sentence) for sentence in item.sentences],
            "memberships": [_of_membership(member) for member in item.memberships],
            "changes": [{"key": change.key, "turn": change.turn.value} for change in item.changed],
        }
        for item in found
    ]


def of_answer(answer: UsageReport) -> dict[str, Any]:
    """Return the uses of facts as one record."""
    return {
        "version": VERSION,
        "command": "impact",
        "exit_code": answer.exit_code,
        "facts": [_of_use(use) for use in answer.uses],
        "held": dict(answer.held),
    }


def _of_use(use: FactUse) -> dict[str, Any]:
    return {
        "fact": use.key,
        "statement": use.statement,
        "fate": use.fate.value,
        "changes": list(use.how),
        "is_printed_otherwise": use.is_touching,
        "briefs": [
            {
                "brief": shown.brief,
                "title": shown.title,
                "owner": shown.owner,
                "fate": shown.fate.value,
                "since": shown.since,
                "sentences": [_of_sentence(sentence) for sentence in shown.sentences],
                "memberships": [_of_membership(member) for member in shown.memberships],
            }
            for shown in use.briefs
        ],
        "rests_on_it": [
            {"register": entry.register, "key": entry.key, "words": entry.words} for entry in use.entries
        ],
        "files": [{"path": item.path, "action": item.action.value} for item in use.files],
    }


def _of_sentence(item: ChangedSentence) -> dict[str, Any]:
    return {
        "part": item.part.value,
        "section": item.section,
        "before": item.before,
        "after": item.after,
        "is_moved": item.is_moved,
        "cited": list(item.cited),
        "changed": list(item.facts),
    }


def _of_membership(item: Membership) -> dict[str, Any]:
    return {"fact": item.fact, "section": item.section, "is_in": item.is_in}
