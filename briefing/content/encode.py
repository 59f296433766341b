"""Values to plain data, for files that the program writes; ``decode`` reads the same values from it.

Fields with their default value are left out, so that a file looks as if a person had written it.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from briefing.model import values as model_values
from briefing.model.ladders import Flag, Status

_GIVEN_ELSEWHERE = {"id", "at", "body_at", "own_words"}
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))


def to_plain(value: Any) -> Any:
    """Return a value of the model as texts, lists and mappings; the id of a record becomes its key."""
    if value is None:
        return model_values.NOT_STATED
    if isinstance(value, model_values.Date):
        return _date(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Status | Flag):
        return str(value.id)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return _amount(value)
    if isinstance(value, tuple):
        return _many(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return _record(value) if dataclasses.is_dataclass(value) else str(value)


def _date(date: model_values.Date) -> Any:
    """Return a date as people write it: with what was inferred and how, where anything was."""
    if date == model_values.Date(date.edtf):
        return date.edtf
    fields = {"basis": date.basis, "within": date.within, "of": date.of}
    inferred = [part.value for part in date.inferred]
    known = {name: text for name, text in fields.items() if text}
    return {"edtf": date.edtf, **({} if date.within and not inferred else {"inferred": inferred}), **known}


def _many(values: tuple[Any, ...]) -> Any:
    if values and hasattr(values[0], "id") and not isinstance(values[0], Flag):
        return {str(item.id): to_plain(item) for item in values}
    return [to_plain(item) for item in values]


def _record(record: Any) -> dict[str, Any]:
    fields = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name not in _GIVEN_ELSEWHERE and value != _default(field):
            is_dated = isinstance(value, model_values.Date) and field.name in _valued(record.__class__)
            fields[field.name] = {"date": to_plain(value)} if is_dated else to_plain(value)
    return fields


def _default(field: dataclasses.Field[Any]) -> object:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


@functools.cache
def _valued(cls: Any) -> frozenset[str]:
    """Return the fields that accept any type of value, in which a date needs a key that says so."""
    hints = typing.get_type_hints(cls)
    wanted = set(typing.get_args(model_values.Value))
    return frozenset(
        name
        for name, hint in hints.items()
        if isinstance(hint, types.UnionType) and wanted <= set(typing.get_args(hint))
    )


def _amount(amount: Decimal) -> str:
    """Return a number as people write it in the content: 90 billion, 12.5, 100."""
    for power, word in _SCALES:
        if amount and amount == amount.to_integral_value() and amount % (Decimal(10) ** power) == 0:
            return f"{int(amount.scaleb(-power))} {word}"
    return format(amount, "f")
