"""JSON Schemas of the files that people write, for editors: fields with their meaning, choices, known names.

They are made of the same types and field docs as the reference, and of the names that the project has. A
schema helps while somebody types: it is no stricter than ``decode``, and a name that it does not know is no
mistake there, because files change more often than schemas. ``briefing check`` decides.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import json
import types
import typing
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from briefing.content import decode, field_docs, layout, passages
from briefing.content.linker import KnownNames, Records
from briefing.model import facts, ladders, scales, sources, values

FOLDER = "schemas"
"""Their folder, below that of the project."""
_DIALECT = "http://json-schema.org/draft-07/schema#"
_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
_KEY = "^[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$"
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""A text: what YAML takes for a number or a truth value is one as well."""
_NOT_STATED = {"const": values.NOT_STATED}
_PASSAGE = {"type": "string", "pattern": passages.SHAPE}
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("said_by", "actors", "via", "speaks_for", "part_of"), "actors"),
    **dict.fromkeys(("facts", "except_facts", "sum_of", "met_by"), "facts"),
    **dict.fromkeys(("origin", "origins"), "origins"),
    **{kind: kind for kind in ("systems", "sheets", *facts.REGISTERS)},
    "source": "sources",
    "matters": "matters",
    "topic": "sheets",
    "home": "briefs",
}
"""Field -> the kind of records that it names."""


def modeline(path: str) -> str:
    """Return the comment by which editors find the schema of a file; "" for a file that cannot have one."""
    name = _name(path)
    # Editors read no schema for the head of a Markdown file.
    if not path.endswith(".yaml") or name not in {_name(item.path) for item in layout.written_by_people()}:
        return ""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{name}.json\n"


def of_project(records: Records) -> dict[str, str]:
    """Return the schemas for the files of a project, by path."""
    known = KnownNames.of(records)
    return {
        f"{FOLDER}/{_name(item.path)}.json": _text_of(_Schema(known).document(item.cls, item.is_register))
        for item in layout.written_by_people()
    }


def _name(path: str) -> str:
    """Return the name of the schema of a file: facts for content/facts/trams.yaml, actors for actors.yaml."""
    pure = PurePosixPath(path)
    return pure.stem if len(pure.parts) == 2 else pure.parent.name


def _text_of(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


class _Schema:
    """The schema of one kind of file, with the definitions of the records within it."""

    def __init__(self, known: KnownNames) -> None:
        self.known = known
        self.definitions: dict[str, Any] = {}

    def document(self, cls: type[Any], is_register: bool) -> dict[str, Any]:
        """Return the schema of the files that hold a record, or records by their names."""
        ref = self.record(cls)
        body = self.by_name(cls) if is_register else ref
        return {"$schema": _DIALECT, **body, "definitions": dict(sorted(self.definitions.items()))}

    def record(self, cls: type[Any]) -> dict[str, Any]:
        """Return a reference to the schema of a record."""
        if cls.__name__ not in self.definitions:
            self.definitions[cls.__name__] = {}  # records may contain others of their type
            self.definitions[cls.__name__] = self.fields(cls)
        return {"$ref": f"#/definitions/{cls.__name__}"}

    def fields(self, cls: type[Any]) -> dict[str, Any]:
        docs = field_docs.of_fields(cls.__name__)
        found: dict[str, Any] = {}
        required = []
        for name, (wanted, is_required) in decode.written_fields(cls).items():
            meaning = docs.get(name, "").replace("``", "")
            found[name] = {"description": meaning, **self.value(wanted, name)}
            if is_required and name not in decode.HEIRS.get(cls, ()):
                required.append(name)
        made: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": found}
        if cls is facts.FactSheet:
            meaning = (facts.Defaults.__doc__ or "").strip()
            found[decode.DEFAULTS] = {"description": meaning, **self.record(facts.Defaults)}
            # What a fact may take from the defaults it must say itself where there are none.
            own = {"properties": {"facts": {"additionalProperties": {"required": ["kind"]}}}}
            made |= {"if": {"not": {"required": [decode.DEFAULTS]}}, "then": own}
        return {**made, "required": required} if required else made

    def by_name(self, cls: type[Any]) -> dict[str, Any]:
        """Return the schema of a mapping of names to records."""
        return {"type": "object", "additionalProperties": self.record(cls)}

    def value(self, wanted: Any, name: str) -> dict[str, Any]:
        """Return the schema of a value by the annotation of its field."""
        arguments = typing.get_args(wanted)
        if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
            return self.union(arguments, name)
        if typing.get_origin(wanted) is tuple:
            return self.many(arguments[0], name)
        if typing.get_origin(wanted) is collections.abc.Mapping:
            known = _words(arguments[0])
            words = {"enum": known} if known else _TEXT
            return {
                "type": "object",
                "propertyNames": words,
                "additionalProperties": self.value(arguments[1], name),
            }
        if wanted is values.Date:
            return {"anyOf": [_TEXT, self.record(values.Date)]}
        if wanted is sources.Evidence:
            return {"anyOf": [_PASSAGE, self.record(wanted)]}
        if wanted in (ladders.Status, ladders.Flag):
            return {"enum": sorted(self.steps(wanted is ladders.Flag))}
        if dataclasses.is_dataclass(wanted):
            return self.record(typing.cast(type[Any], wanted))
        return self.scalar(wanted, name)

    def union(self, arguments: tuple[Any, ...], name: str) -> dict[str, Any]:
        inner = [item for item in arguments if item is not types.NoneType]
        absent: list[dict[str, Any]] = []
        if types.NoneType in arguments:
            absent = [{"const": decode.NEVER} if values.Days in inner else _NOT_STATED]
        found = [
            # In a value, a date has a key that says so.
            {"type": "object", "required": ["date"], "properties": {"date": self.value(item, name)}}
            if item is values.Date and len(inner) > 1
            else self.value(item, name)
            for item in inner
        ]
        every = [*found, *absent]
        return every[0] if len(every) == 1 else {"anyOf": every}

    def many(self, wanted: Any, name: str) -> dict[str, Any]:
        is_record = dataclasses.is_dataclass(wanted)
        if (
            is_record
            and wanted is not ladders.Flag
            and "id" in {field.name for field in dataclasses.fields(wanted)}
        ):
            return self.by_name(wanted)
        made = {"type": "array", "items": self.value(wanted, name)}
        return {"anyOf": [_PASSAGE, made]} if wanted is sources.Evidence else made

    def scalar(self, wanted: Any, name: str) -> dict[str, Any]:
        if known := _words(wanted):
            return {"enum": known}
        if wanted in (values.Slug, values.Key):
            shape = {"type": "string", "pattern": _KEY if wanted is values.Key else _SLUG}
            names = sorted(self.names(_KINDS.get(name, "")))
            return {"anyOf": [{"enum": names}, shape]} if names else shape
        if wanted is bool:
            return {"type": "boolean"}
        if wanted in (int, values.Days):
            return {"type": "integer", "minimum": 0}
        if wanted is Decimal:
            return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": decode.AMOUNT}]}
        return _TEXT

    def steps(self, are_flags: bool) -> set[str]:
        """Return the rungs of the ladders of the project, or their flags."""
        in_use = self.known.in_use.values()
        if are_flags:
            return {str(flag.id) for ladder in in_use for flag in ladder.all_flags}
        return {str(rung.id) for ladder in in_use for rung in ladder.rungs}

    def names(self, kind: str) -> Iterable[str]:
        if kind in self.known.registers:
            return self.known.registers[kind]
        return getattr(self.known, kind) if kind else ()


def _words(wanted: Any) -> list[str | int]:
    """Return the words of a scale, none for anything else; a digit may be without quotation marks."""
    words = [str(member.value) for member in scales.members(wanted)]
    return [*words, *(int(word) for word in words if word.isdigit())]
