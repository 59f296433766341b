"""Changes in words: for the brief's own section on what changed, for the site, for feeds and the terminal.

The words for a change say what it concerns, and its old and new value. They are Markdown, and cite each fact
that can still be cited.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.changes.fact_fields import FIELD, FIELDS, LIGHT, MOVES, ChangeKind, Compared, FactField
from briefing.changes.states import Change
from briefing.language.wording import Wording, closed
from briefing.language.words import Words
from briefing.model import fact_links
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


def without_unlisted(changed: Sequence[Change], library: Library) -> tuple[Change, ...]:
    """Return the changes without questions and disagreements that a brief only no longer lists.

    They are as open as before; that its readers are no longer shown them is no answer.
    """
    kept = {ChangeKind.ANSWERED: library.gaps, ChangeKind.RESOLVED: library.disagreements}
    return tuple(change for change in changed if change.key not in kept.get(change.turn, {}))


def news(
    changed: Sequence[Change],
    since: Issued,
    library: Library,
    wording: Wording,
    length: Length,
    note: str = "",
    is_of_same_day: bool = False,
) -> DraftSection | None:
    """Return the section of a brief that says what changed since its last edition; None where nothing did.

    ``note`` is the note of the person who issues the edition; ``is_of_same_day`` says that the newest thing
    that the brief rests on is as new as it was then.
    """
    if not changed and not note:
        return None
    has_new = any(change.turn is ChangeKind.SOURCE_ADDED for change in changed)
    is_ours = is_of_same_day and not has_new
    heavy = [change for change in changed if not _is_light(change, is_ours)]
    light = Counter(change.turn for change in changed if _is_light(change, is_ours))
    everything = merged_texts(heavy, wording)
    listed = everything[: MAX_LISTED[length]]
    escape = fact_links.escape
    lines = [
        f"- **{escape(item.what)}.** {escape(item.subject)}{_mark(item.change, library)}" for item in listed
    ]
    rest = []
    if len(everything) > len(listed):
        rest.append(wording.say("change.more", n=len(everything) - len(listed)))
    if not is_ours:
        rest += [wording.say(f"{turn.key}_light", n=number) for turn, number in light.items()]
    if rest:
        lines.append("- " + wording.say("change.besides", changes=wording.say("value.list").join(rest)))
    # Without it a corrected rating would read like an event.
    ours = wording.say("change.ours") if is_ours else ""
    said = escape(" ".join(filter(None, [closed(note), ours])))
    title = wording.say("change.title", number=since.id, date=wording.date(since.dated))
    if not lines:
        begun = wording.say("change.run_in", number=since.id, date=wording.date(since.dated))
        return DraftSection("changes", "", f"**{escape(begun)}** {said}")
    return DraftSection("changes", title, "\n\n".join(filter(None, [said, "\n".join(lines)])))


def _is_light(change: Change, is_ours: bool) -> bool:
    """Return whether a change is not listed: of words, or a plain statement more or less.

    Where no newer text is used (``is_ours``), only corrections are listed that may change a decision: nothing
    that is cited or asked for the first time is news.
    """
    if change.turn is ChangeKind.JUDGEMENT:
        return _is_only_reworded(change)
    if is_ours:
        return change.turn not in MOVES
    fact = change.after or change.before
    is_plain = isinstance(fact, Fact) and not fact.status and fact.value is None
    return change.turn in LIGHT or (is_plain and change.turn in (ChangeKind.ADDED, ChangeKind.REMOVED))


def _is_only_reworded(change: Change) -> bool:
    """Return whether a judgement says the same in other words, as likely and as certain."""
    before, after = change.before, change.after
    if not isinstance(before, Judgement) or not isinstance(after, Judgement):
        return False
    return (before.likelihood, before.confidence) == (after.likelihood, after.confidence)


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
    return fact_links.unescape(item.words) if isinstance(item, ListedSource) else subject(item, wording.say)


def subject(item: Fact | Entry, say: Words) -> str:
    """Return what a fact or an entry says, as plain text."""
    if isinstance(item, Judgement):
        return say("judgement.bare", statement=item.statement)
    if isinstance(item, Milestone):
        return item.expectation
    return item.statement if isinstance(item, Fact) else item.question


def _what(change: Change, wording: Wording) -> str:
    in_words = _WORDS.get(change.turn)
    return in_words(change, wording) if in_words else wording.say(change.turn.key)


def _of_fact(name: str, in_words: Callable[[Fact, Wording], str]) -> Callable[[Change, Wording], str]:
    """Return the words for a change of a field: its old and new value follow."""

    def words(change: Change, wording: Wording) -> str:
        before, after = change.before, change.after
        assert isinstance(before, Fact)
        assert isinstance(after, Fact)
        then, now = in_words(before, wording), in_words(after, wording)
        if then and now:
            return wording.say(change.turn.key) + wording.change(then, now)
        field = wording.say(f"field.{name}")
        is_inferred = name == "date" and after.date is not None and bool(after.date.inferred)
        key = "change.inferred" if now and is_inferred else "change.stated" if now else "change.unstated"
        return wording.say(key, field=field, words=now or then)

    return words


def _known(fact: Fact, wording: Wording) -> str:
    """Return the status and the value of a fact, in words."""
    read = (FIELD[name].read(fact, wording) for name in ("status", "value"))
    return wording.say("value.list").join(filter(None, read))


def _shown(change: Change, wording: Wording) -> str:
    """Return the words for a fact that is shown now, or no longer."""
    fact = change.after or change.before
    assert isinstance(fact, Fact)
    known = _known(fact, wording)
    return wording.say(f"{change.turn.key}_with", words=known) if known else wording.say(change.turn.key)


def _flags(change: Change, wording: Wording) -> str:
    before, after = change.before, change.after
    assert isinstance(before, Fact)
    assert isinstance(after, Fact)
    if change.turn is ChangeKind.FLAGGED:
        flags = [flag for flag in after.flags if flag not in before.flags]
    else:
        flags = [flag for flag in before.flags if flag not in after.flags]
    return wording.say(change.turn.key, flags=wording.say("value.list").join(map(wording.named, flags)))


def _milestone(change: Change, wording: Wording) -> str:
    before, after, say = change.before, change.after, wording.say
    if isinstance(before, Milestone) and isinstance(after, Milestone):
        moved = wording.change(wording.date(before.date), wording.date(after.date))
        return say("change.milestone_moved") + moved
    if isinstance(after, Milestone):
        return say("change.milestone_new", date=wording.date(after.date))
    assert isinstance(before, Milestone)
    return say("change.milestone_dropped", date=wording.date(before.date))


def _judgement(change: Change, wording: Wording) -> str:
    before, after, say = change.before, change.after, wording.say
    if not isinstance(after, Judgement):
        return say("change.judgement_dropped")
    # A likelihood and a confidence are never in one sentence.
    if not isinstance(before, Judgement):
        return say("change.judgement_new", confidence=after.confidence)
    found = []
    if before.likelihood is not after.likelihood:
        ladder = list(Likelihood)
        is_up = ladder.index(before.likelihood) < ladder.index(after.likelihood)
        likelihood = wording.change(wording.named(before.likelihood), wording.named(after.likelihood))
        found.append(say("change.more_likely" if is_up else "change.less_likely") + likelihood)
    if before.confidence is not after.confidence:
        confidence = wording.change(wording.named(before.confidence), wording.named(after.confidence))
        found.append(say("change.confidence") + confidence)
    return ". ".join(found) or say("change.judgement_reworded")


def _of_fields(fields: Iterable[FactField]) -> Mapping[ChangeKind, Callable[[Change, Wording], str]]:
    """Return the words for changes of fields that are compared exactly."""
    return {
        field.turn: _of_fact(field.name, field.read)
        for field in fields
        if isinstance(field.turn, ChangeKind) and field.compared is Compared.EXACTLY
    }


_WORDS: Mapping[ChangeKind, Callable[[Change, Wording], str]] = {
    **_of_fields(FIELDS),
    ChangeKind.STATUS_DOWN: _of_fact("status", FIELD["status"].read),
    ChangeKind.FLAGGED: _flags,
    ChangeKind.UNFLAGGED: _flags,
    ChangeKind.STATUS_UP: _of_fact("status", FIELD["status"].read),
    ChangeKind.VALUE: _of_fact("value", FIELD["value"].read),
    ChangeKind.DATE: _of_fact("date", FIELD["date"].read),
    ChangeKind.ADDED: _shown,
    ChangeKind.REMOVED: _shown,
    ChangeKind.MILESTONE: _milestone,
    ChangeKind.JUDGEMENT: _judgement,
    ChangeKind.SPEAKER: _of_fact("said_by", lambda fact, wording: wording.speakers(fact)),
}
"""Changes of which more is said than the entry of their kind."""
