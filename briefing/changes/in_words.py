"""Changes in words: for the brief's own section on what changed, for the site, for feeds and the terminal.

The words for a change say what it concerns, and its old and new value. They are Markdown, and cite each fact
that can still be cited.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefing.changes.fact_fields import FIELD, FIELDS, LIGHT, LIGHT_WORDS, ChangeKind, Compared, FactField
from briefing.changes.states import Change
from briefing.language.wording import Wording
from briefing.model import fact_links
from briefing.model.counting import counted
from briefing.model.editions import DraftSection
from briefing.model.facts import Entry, Fact, Judgement, Milestone
from briefing.model.ledger import Issued, ListedSource
from briefing.model.library import Library
from briefing.model.scales import Length, Likelihood

MAX_LISTED = {Length.FULL: 12, Length.ONE_PAGE: 4}
"""The number of changes that a brief lists one by one; the site lists them all."""


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A change in words."""

    change: Change
    what: str
    """The kind of change, with old and new value, as plain text: Status up, from intent to contracted."""
    subject: str
    """What it concerns, as plain text: the statement of a fact, a question, an expectation."""

    @property
    def key(self) -> str:
        """The fact, entry or source that changed."""
        return self.change.key


def texts(changed: Sequence[Change], wording: Wording) -> tuple[ChangeText, ...]:
    """Return every change in words, in the same order."""
    return tuple(ChangeText(change, _what(change, wording), _subject(change, wording)) for change in changed)


def merged_texts(changed: Sequence[Change], wording: Wording) -> tuple[ChangeText, ...]:
    """Return the same, with all changes of one thing in one text, at the place of the heaviest."""
    found: dict[str, ChangeText] = {}
    for text in texts(changed, wording):
        before = found.get(text.key)
        found[text.key] = dataclasses.replace(before, what=f"{before.what}. {text.what}") if before else text
    return tuple(found.values())


def news(
    changed: Sequence[Change],
    since: Issued,
    library: Library,
    wording: Wording,
    length: Length,
    note: str = "",
) -> DraftSection | None:
    """Return the section of a brief that says what changed since its last edition; None where nothing did.

    ``note`` is the note of the person who issues the edition.
    """
    if not changed and not note:
        return None
    heavy = [change for change in changed if change.turn not in LIGHT]
    light = Counter(change.turn for change in changed if change.turn in LIGHT)
    everything = merged_texts(heavy, wording)
    listed = everything[: MAX_LISTED[length]]
    escape = fact_links.escape
    lines = [
        f"- **{escape(item.what)}.** {escape(item.subject)}{_mark(item.change, library)}" for item in listed
    ]
    rest = []
    if len(everything) > len(listed):
        rest.append(counted(len(everything) - len(listed), "more change"))
    rest += [counted(number, *LIGHT_WORDS[turn]) for turn, number in light.items()]
    if rest:
        lines.append(f"- Besides: {', '.join(rest)}.")
    text = "\n\n".join(filter(None, [fact_links.escape(note), "\n".join(lines)]))
    day = wording.date(since.dated)
    return DraftSection("changes", f"What changed since edition {since.id} of {day}", text)


def _mark(change: Change, library: Library) -> str:
    after = change.after
    if isinstance(after, Milestone) and after.met_by in library.facts:
        return fact_links.write(str(after.met_by), "mark")
    return fact_links.write(change.key, "mark") if change.key in library.facts and after else ""


# ------------------------------------------------------------------------------------------------- words


def _subject(change: Change, wording: Wording) -> str:
    item = change.after or change.before
    assert item
    if isinstance(item, Judgement) and change.after:
        return wording.judgement(item)
    return fact_links.unescape(item.words) if isinstance(item, ListedSource) else subject(item)


def subject(item: Fact | Entry) -> str:
    """Return what a fact or an entry says, as plain text."""
    if isinstance(item, Judgement):
        return f"That {item.statement}."
    if isinstance(item, Milestone):
        return item.expectation
    return item.statement if isinstance(item, Fact) else item.question


def _what(change: Change, wording: Wording) -> str:
    words = _WORDS[change.turn]
    return words if isinstance(words, str) else words(change, wording)


def _of_fact(label: str, in_words: Callable[[Fact, Wording], str]) -> Callable[[Change, Wording], str]:
    def words(change: Change, wording: Wording) -> str:
        before, after = change.before, change.after
        assert isinstance(before, Fact)
        assert isinstance(after, Fact)
        then, now = in_words(before, wording), in_words(after, wording)
        if then and now:
            return label + wording.change(then, now)
        what = label.partition(" ")[0]
        return f"{what} now stated: {now}" if now else f"{what} no longer stated: {then}"

    return words


def _known(fact: Fact, wording: Wording) -> str:
    """Return the status and the value of a fact, in words."""
    return ", ".join(filter(None, (FIELD[name].read(fact, wording) for name in ("status", "value"))))


def _added(change: Change, wording: Wording) -> str:
    fact = change.after
    assert isinstance(fact, Fact)
    return ": ".join(filter(None, ["New", _known(fact, wording)]))


def _removed(change: Change, wording: Wording) -> str:
    fact = change.before
    assert isinstance(fact, Fact)
    return ": ".join(filter(None, ["No longer shown", _known(fact, wording)]))


def _flags(change: Change, _: Wording) -> str:
    before, after = change.before, change.after
    assert isinstance(before, Fact)
    assert isinstance(after, Fact)
    if change.turn is ChangeKind.FLAGGED:
        return f"Now {', '.join(flag for flag in after.flags if flag not in before.flags)}"
    return f"No longer {', '.join(flag for flag in before.flags if flag not in after.flags)}"


def _milestone(change: Change, wording: Wording) -> str:
    before, after = change.before, change.after
    if isinstance(before, Milestone) and isinstance(after, Milestone):
        return "Milestone moved" + wording.change(wording.date(before.date), wording.date(after.date))
    if isinstance(after, Milestone):
        return f"New milestone: {wording.date(after.date)}"
    assert isinstance(before, Milestone)
    return f"Milestone dropped: {wording.date(before.date)}"


def _judgement(change: Change, wording: Wording) -> str:
    before, after = change.before, change.after
    if not isinstance(after, Judgement):
        return "Judgement dropped"
    # A likelihood and a confidence are never in one sentence.
    if not isinstance(before, Judgement):
        return f"New judgement, with {after.confidence.value} confidence"
    found = []
    if before.likelihood is not after.likelihood:
        ladder = list(Likelihood)
        is_up = ladder.index(before.likelihood) < ladder.index(after.likelihood)
        likelihood = wording.change(before.likelihood.value, after.likelihood.value)
        found.append(f"Judged {'more' if is_up else 'less'} likely{likelihood}")
    if before.confidence is not after.confidence:
        found.append("Confidence changed" + wording.change(before.confidence.value, after.confidence.value))
    return ". ".join(found) or "Judgement reworded"


def _of_field(field: FactField) -> str | Callable[[Change, Wording], str]:
    return _of_fact(field.changed, field.read) if field.compared is Compared.EXACTLY else field.changed


_WORDS: Mapping[ChangeKind, str | Callable[[Change, Wording], str]] = {
    **{field.turn: _of_field(field) for field in FIELDS if isinstance(field.turn, ChangeKind)},
    ChangeKind.STATUS_DOWN: _of_fact("Status down", FIELD["status"].read),
    ChangeKind.FLAGGED: _flags,
    ChangeKind.UNFLAGGED: _flags,
    ChangeKind.STATUS_UP: _of_fact("Status up", FIELD["status"].read),
    ChangeKind.ADDED: _added,
    ChangeKind.REMOVED: _removed,
    ChangeKind.NEWLY_DISPUTED: "Sources now disagree",
    ChangeKind.RESOLVED: "No longer disputed",
    ChangeKind.MET: "Milestone met",
    ChangeKind.MISSED: "The day has passed, and it was not met as far as our texts say",
    ChangeKind.MILESTONE: _milestone,
    ChangeKind.JUDGEMENT: _judgement,
    ChangeKind.SPEAKER: _of_fact("Attributed otherwise", lambda fact, wording: wording.speakers(fact)),
    ChangeKind.ANSWERED: "No longer an open question",
    ChangeKind.ASKED: "New open question",
    ChangeKind.READINGS: "Disagreement reworded",
    ChangeKind.SOURCE_ADDED: "Source added",
    ChangeKind.SOURCE_DROPPED: "Source no longer cited",
}
