"""Moments: a day and an hour with their time zone, until which an edition is held."""

from __future__ import annotations

import datetime
import re

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?) ?(?P<zone>Z|[+-]\d\d:\d\d)?)?"
)


def parse(text: str) -> datetime.datetime:
    """Return a moment; a day alone begins at 00:00 UTC. Raises ValueError for a time without a zone."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"expected a day, or a day and a time with its zone, found '{text}'")
    if match["time"] and not match["zone"]:
        raise ValueError(f"'{text}' lacks its time zone")
    zone = (match["zone"] or "Z").replace("Z", "+00:00")
    return datetime.datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}{zone}")


def write(moment: datetime.datetime) -> str:
    """Return a moment as records have it: 2031-05-01T09:00+02:00."""
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def in_words(text: str) -> str:
    """Return a moment of a record in words: 2031-05-01, 09:00 +02:00."""
    moment = parse(text)
    zone = "UTC" if not moment.utcoffset() else moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:]
    return f"{moment:%Y-%m-%d, %H:%M} {zone}"


def has_come(text: str, now: datetime.datetime) -> bool:
    """Return whether a moment of a record has come."""
    return parse(text) <= now
