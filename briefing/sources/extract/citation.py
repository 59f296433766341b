"""Records of references, as reference managers export them, in RIS and CSL-JSON: a source's metadata."""

from __future__ import annotations

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from briefing.model.findings import UsageError
from briefing.sources.extract import plain
from briefing.sources.extract.extracted import Stated, clean

_RIS = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
_FIELDS = {
    "title": ("T1", "TI", "CT", "BT"),
    "publisher": ("JO", "JF", "T2", "PB"),
    "author": ("AU", "A1"),
    "published": ("DA", "PY", "Y1"),
    "url": ("UR", "L1"),
    "language": ("LA",),
}
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")


def read(data: bytes, name: str) -> dict[str, Stated]:
    """Return what a record states, by the field of a source. Raises UsageError if it is not one record."""
    text = plain.decoded(data, name).removeprefix("\ufeff")
    found = _of_json(text, name) if text.lstrip()[:1] in ("{", "[") else _of_ris(text, name)
    return {field: Stated(value, f"the record {name}") for field, value in found.items() if value}


def _of_ris(text: str, name: str) -> dict[str, str]:
    terms: dict[str, list[str]] = defaultdict(list)
    last = ""
    for line in text.splitlines():
        if match := _RIS.fullmatch(line.strip()):
            last = match[1]
            terms[last].append(clean(match[2] or ""))
        elif last and line.strip():  # a long value goes on without a name
            terms[last][-1] = clean(f"{terms[last][-1]} {line}")
    if len(terms["TY"]) != 1:
        raise UsageError(
            f"{name}: expected one record in RIS or CSL-JSON, found {len(terms['TY'])}; export one"
        )
    found: dict[str, str] = {}
    for field, names in _FIELDS.items():
        values = next((terms[key] for key in names if any(terms[key])), [""])
        found[field] = ", ".join(map(_in_order, values)) if field == "author" else values[0]
    return found | {"published": day(found["published"])}


def _in_order(author: str) -> str:
    """Return a name as it is read: "Vane, R." is R. Vane."""
    family, comma, given = author.partition(", ")
    return f"{given} {family}" if comma else author


def _of_json(text: str, name: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is not CSL-JSON: {error}") from error
    records = data if isinstance(data, list) else data.get("items", [data])
    if (
        not isinstance(records, list)
        or len(records) != 1
        or not isinstance(records[0], Mapping)
        or "title" not in records[0]
    ):
        raise UsageError(f"{name}: expected one record in RIS or CSL-JSON; export one")
    record = records[0]
    return {
        "title": _word(record.get("title")),
        "publisher": _word(record.get("container-title")) or _word(record.get("publisher")),
        "author": ", ".join(filter(None, map(_person, record.get("author") or []))),
        "published": _issued(record.get("issued")),
        "url": _word(record.get("URL")),
        "language": _word(record.get("language")),
    }


def _word(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return clean(value) if isinstance(value, str) else ""


def _person(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    parts = (value.get("given"), value.get("non-dropping-particle"), value.get("family"))
    return clean(" ".join(part for part in parts if isinstance(part, str))) or _word(value.get("literal"))


def _issued(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return day("-".join(str(part) for part in parts[0][:3]))
    return day(_word(value.get("raw")) or _word(value.get("literal")))


def day(value: str) -> str:
    """Return a date as far as it is stated: 2031, 2031-05 or 2031-05-04; empty for anything else."""
    match = _DATE.match(value)
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
