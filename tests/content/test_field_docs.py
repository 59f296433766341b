"""Every field that can be written is explained, and shown in use by a project that is tested."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from briefing.content import field_docs, layout
from briefing.model.briefs import Brief, Page
from briefing.model.facts import FactSheet
from briefing.model.ladders import Flag, Ladder, Status
from briefing.model.library import Project
from briefing.model.project_words import ProjectWords
from briefing.model.signatures import SigningKey
from briefing.model.sources import Actor, Origin, Source, System
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values

ROOT = Path(__file__).parents[2]
WRITTEN = (Project, ProjectWords, Source, Origin, Actor, System, Ladder, FactSheet, Brief, Page, SigningKey)
"""What a file or a register of the content becomes; a status and a flag are one word there."""
NOT_WRITTEN = {"at", "body_at"}
"""Filled by reading; everything else is written, ``id`` and ``body`` as well, if not as fields."""


def parts_of(hint: Any) -> Iterator[Any]:
    """The classes that an annotation is made of."""
    if (
        typing.get_origin(hint) is tuple
        or isinstance(hint, types.UnionType)
        or typing.get_origin(hint) is typing.Union
    ):
        for argument in typing.get_args(hint):
            yield from parts_of(argument)
    elif isinstance(hint, type):
        yield hint


def reachable() -> tuple[type, ...]:
    """Every dataclass and every scale of words that content can fill."""
    found: dict[type, None] = {}
    waiting: list[type] = list(WRITTEN)
    while waiting:
        item = waiting.pop()
        if item in (*found, Status, Flag) or item.__module__ not in [
            module.__name__ for module in field_docs.MODULES
        ]:
            continue
        found[item] = None
        if dataclasses.is_dataclass(item):
            hints = typing.get_type_hints(item)
            waiting += [
                part for name, hint in hints.items() if name not in NOT_WRITTEN for part in parts_of(hint)
            ]
    return tuple(sorted(found, key=lambda item: item.__name__))


CLASSES = tuple(item for item in reachable() if dataclasses.is_dataclass(item))
SCALES = tuple(item for item in reachable() if issubclass(item, Enum))


def written_fields(cls: type) -> list[str]:
    return [field.name for field in dataclasses.fields(cls) if field.name not in NOT_WRITTEN]


def test_the_classes_that_content_fills_are_found() -> None:
    assert {"Fact", "Evidence", "Quantity", "Money", "Label", "Date", "Selection", "Reading", "Role"} <= {
        item.__name__ for item in CLASSES
    }
    assert {"FactKind", "Degree", "Bound", "DatePart"} <= {item.__name__ for item in SCALES}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_says_what_it_means(cls: type) -> None:
    meanings = field_docs.of_fields(cls.__name__)
    silent = [name for name in written_fields(cls) if not meanings.get(name, "").strip()]
    assert not silent, f"{cls.__name__} has fields without a docstring below them: {silent}"


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_meaning_is_a_sentence_and_belongs_to_a_field(cls: type) -> None:
    meanings = field_docs.of_fields(cls.__name__)
    assert set(meanings) <= {field.name for field in dataclasses.fields(cls)}
    for name, meaning in meanings.items():
        assert meaning.endswith("."), f"{cls.__name__}.{name}"
        assert meaning[0].isupper() or meaning.startswith("``") or meaning.split()[0].strip(",").islower()


def test_meanings_of_words_are_read_as_well() -> None:
    assert field_docs.of_fields("FactKind")["CLAIM"].startswith("Something that somebody asserts")


def test_an_unknown_class_has_no_meanings() -> None:
    assert field_docs.of_fields("Nothing") == {}


def test_meanings_are_found_by_the_name_of_a_field_not_by_its_place() -> None:
    assert field_docs.of_fields("Evidence")["terms"].startswith("One to four key terms")
    assert field_docs.of_fields("Evidence")["origin"].startswith("Id of the statement")
    assert "at" not in field_docs.of_fields("Evidence")


# ------------------------------------------------------------------------------------------ shown in use


def filled(value: object) -> Iterator[tuple[str, str]]:
    """(class, field) of every field below a value that holds something other than its default."""
    if isinstance(value, tuple):
        for item in value:
            yield from filled(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            held = getattr(value, field.name)
            if field.default is dataclasses.MISSING or held != field.default:
                yield type(value).__name__, field.name
            yield from filled(held)


def records_of(texts: Texts) -> tuple[object, ...]:
    records, findings = layout.load(texts)
    assert records
    assert [finding for finding in findings if finding.is_error] == []
    return tuple(getattr(records, field.name) for field in dataclasses.fields(records))


def test_every_field_is_used_by_a_project_that_is_tested() -> None:
    shown = set(filled(records_of(values.good_texts())))
    shown |= set(filled(records_of(disk.read(ROOT, request.FOLDERS))))
    shown |= set(filled(records_of(disk.read(values.GOOD_PROJECT.with_name("signature"), request.FOLDERS))))
    shown |= set(filled(records_of(disk.read(ROOT / "tests" / "hydrogen", request.FOLDERS))))
    usual = {
        ("Brief", "language"),
        ("Brief", "length"),
        ("Brief", "template"),
        # Written out with their defaults; the next as in a Quantity.
        ("Money", "inferred"),
        ("Money", "basis"),
        # As in another row or table, or with its default.
        ("Row", "caveat"),
        *(("Table", name) for name in ("currency", "per", "scale", "price_basis")),
        *(("ProjectWords", name) for name in ("money", "dates")),
    }
    missing = {(cls.__name__, name) for cls in CLASSES for name in written_fields(cls)} - shown - usual
    assert not missing, (
        f"no project uses these fields; add them to {values.GOOD_PROJECT.name}: {sorted(missing)}"
    )
