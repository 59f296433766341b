"""The calendar of reviews and milestones, as iCalendar (RFC 5545). The only door to icalendar.

Every entry is an all-day event. The clock has no influence: an event carries the day on which its facts were
asserted as its time stamp, so that the same content gives the same bytes. An event expected in a month or a
year is put on the last day of it, and its summary says "by the end of". One expected "by 2035", of which
nobody knows whether the year is included, is put on the first, and its summary says no more than that.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass

from briefing.formats.base import Prepared
from briefing.language.wording import Wording
from briefing.model import query
from briefing.model.facts import Fact, Milestone
from briefing.model.library import Library, Project
from briefing.model.scales import Marking
from briefing.model.values import Date
from briefing.review import schedule
from briefing.review.schedule import Review
from briefing.store import versions

PRODUCT = "-//Briefing//Briefing//EN"
"""The program that wrote it, without its version, so that a new version changes no byte."""
REVIEW, MILESTONE = "review", "milestone"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a calendar, by its place in it."""

    day: str
    uid: str
    text: str
    """All that the calendar says of it, as JSON."""


@dataclass(frozen=True, slots=True)
class _Event:
    day: str
    uid: str
    stamp: str
    category: str
    summary: str
    description: str
    url: str
    is_confined: bool


def prepare(library: Library, due: Iterable[Review], milestones: Iterable[Milestone]) -> Prepared:
    """Return the input of a calendar of reviews and milestones, without milestones that were called off."""
    return prepared(events(library, due, milestones, schedule.called_off(library)), library.project)


def events(
    library: Library, due: Iterable[Review], milestones: Iterable[Milestone], called_off: Collection[str]
) -> tuple[Event, ...]:
    """Return the events of reviews and milestones. ``called_off`` are keys of milestones to leave out."""
    wanted = _Events(library)
    expected = (item for item in milestones if item.id not in called_off)
    found = (*map(wanted.review, due), *map(wanted.milestone, expected))
    return tuple(Event(item.day, item.uid, json.dumps(asdict(item), ensure_ascii=False)) for item in found)


def prepared(found: Iterable[Event], project: Project) -> Prepared:
    """Return the input of a calendar of some events."""
    in_order = sorted(found, key=lambda item: (item.day, item.uid))
    text = f"[{', '.join(item.text for item in in_order)}]"
    return Prepared("calendar", text, versions=versions.of_packages("icalendar"), title=project.title)


def make(prepared: Prepared) -> bytes:
    """Return the bytes of a prepared calendar."""
    import icalendar  # slow to import, and few builds change a calendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", prepared.title)
    calendar.add("x-wr-calname", prepared.title)  # Outlook and Google read this one
    for item in (_Event(**fields) for fields in json.loads(prepared.text)):
        event = icalendar.Event()
        event.add("uid", item.uid)
        event.add("dtstamp", _at_midnight(datetime.date.fromisoformat(item.stamp)))
        event.add("dtstart", datetime.date.fromisoformat(item.day))
        event.add("summary", item.summary)
        event.add("description", item.description)
        event.add("categories", [item.category])
        event.add("class", "CONFIDENTIAL" if item.is_confined else "PUBLIC")
        event.add("transp", "TRANSPARENT")  # it does not block anybody's time
        if item.url:
            event.add("url", item.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


class _Events:
    """Writer of the events of one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.wording = Wording(library.project.languages[0], library.actors, library.project.own_words)
        self.say = self.wording.say
        self.project = hashlib.sha256(library.project.title.encode()).hexdigest()[:16]
        base = library.project.base_url
        self.base = f"{base.rstrip('/')}/" if base else ""

    def review(self, review: Review) -> _Event:
        fact = review.fact
        why = self.say(
            "calendar.review_given" if review.is_given else "calendar.review_status", n=review.after
        )
        page = f"facts/{fact.id}.html"
        return self._event(
            REVIEW,
            fact.id,
            schedule.anchor(review.by),
            [fact],
            (
                self._dated("calendar.review", review.by, statement=fact.statement),
                self.say("calendar.review_words", fact=fact.id, state=fact.status or fact.kind, why=why),
                page,
            ),
        )

    def milestone(self, milestone: Milestone) -> _Event:
        facts = [self.library.facts[key] for key in milestone.facts if key in self.library.facts]
        date, rests_on = self.wording.date(milestone.date), self.say("value.list").join(milestone.facts)
        description = self.say("calendar.milestone_words", milestone=milestone.id, date=date, facts=rests_on)
        met = self.library.facts.get(milestone.met_by or "")
        if met:
            facts.append(met)
            description += " " + self.say("calendar.milestone_met", fact=met.statement)
        page = f"topics/{query.sheet_of(milestone.id)}.html"
        expectation = milestone.expectation
        is_before = _is_before(milestone.date)
        expected = (
            self.say("calendar.expected_by", by=self.wording.date(milestone.date), expectation=expectation)
            if is_before
            else self._dated("calendar.expected", milestone.date, expectation=expectation)
        )
        summary = self.say("calendar.met", expectation=expectation) if met else expected
        words = (summary, description, page)
        end = milestone.date.span.end
        day = end.earliest if is_before and end else schedule.anchor(milestone.date)
        return self._event(MILESTONE, milestone.id, day, facts, words)

    def _event(
        self, category: str, key: str, day: datetime.date, facts: list[Fact], words: tuple[str, str, str]
    ) -> _Event:
        summary, description, page = words
        usual = self.library.project.marking
        marking = max((fact.marking or usual for fact in facts), default=usual)
        is_confined = usual < marking
        return _Event(
            day.isoformat(),
            f"{category}.{key}@{self.project}",
            max(self._asserted(facts), default=day).isoformat(),
            self.say(f"calendar.category_{category}"),
            summary,
            f"{description}\n{_label(marking)}",
            self.base + page if self.base and not is_confined else "",  # the site has no page for it
            is_confined,
        )

    def _dated(self, key: str, date: Date, **values: str) -> str:
        """Return an entry, or its form that says by when for a date that is not a single day."""
        span = date.span
        is_a_day = not span.is_interval and span.end and span.end.precision == "day"
        return (
            self.say(key, **values)
            if is_a_day
            else self.say(f"{key}_by", by=self.wording.deadline(date), **values)
        )

    def _asserted(self, facts: Iterable[Fact]) -> Iterator[datetime.date]:
        for fact in facts:
            if fact.asserted:
                yield fact.asserted.sort_day


def _is_before(date: Date) -> bool:
    """Return whether a date ends with a month or a year that it may or may not include: by 2035."""
    span = date.span
    return span.is_interval and span.start is None and span.end is not None and span.end.precision != "day"


def _label(marking: Marking) -> str:
    return f"TLP:{marking.value}"


def _at_midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
