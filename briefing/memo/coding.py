"""Values to bytes and back, for the store of results: equal bytes mean equal values.

Bytes are read back by classes on a list only, because somebody else may have written the file.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle
import zlib
from types import MappingProxyType
from typing import Any

from briefing.model.findings import Place
from briefing.model.values import Placed

_OTHERS = {
    "builtins": {"frozenset", "set", "bytearray", "complex", "range", "slice", "str"},
    "collections": {"OrderedDict"},
    "datetime": {"date"},
    "decimal": {"Decimal"},
    "markupsafe": {"Markup"},
}
"""The classes of libraries that a value may consist of, beside frozen values of the program, by module."""


_SHORT = 256
"""Bytes that are not worth compressing."""


class DamagedError(Exception):
    """Bytes are not those of a value."""


def dump(value: object, has_places: bool = True) -> bytes:
    """Return the bytes of a value. Raises TypeError if it is made of something that cannot be kept.

    Without places, it does not matter where in a file something is.
    """
    buffer = io.BytesIO()
    pickler = _Pickler(buffer, 5) if has_places else _Unplaced(buffer, 5)
    pickler.fast = True  # without it, the bytes would depend on which equal parts are one object
    try:
        pickler.dump(value)
    except (pickle.PicklingError, AttributeError) as error:
        raise TypeError(f"a result cannot be kept: {error}") from error
    data = buffer.getvalue()
    # Records repeat their path in every place, so most of them shrink to a tenth.
    return b"z" + zlib.compress(data, 1) if len(data) > _SHORT else b"p" + data


def is_nothing(data: bytes) -> bool:
    """Return whether bytes are those of None."""
    return len(data) <= _SHORT and data in (dump(None), dump(None, has_places=False))


def load(data: bytes) -> Any:
    """Return the value of bytes. Raises DamagedError."""
    try:
        plain = zlib.decompress(data[1:]) if data[:1] == b"z" else data[1:]
        return _Unpickler(io.BytesIO(plain)).load()
    except Exception as error:  # damaged bytes raise almost anything
        raise DamagedError(str(error)) from error


def read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return items that cannot be changed; the class itself has no name that pickle could keep."""
    return MappingProxyType(items)


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Return how a value is kept that pickle does not keep by itself."""
        if isinstance(value, Placed):
            return Placed, (str(value), value.at, value.raw)
        if isinstance(value, MappingProxyType):
            return read_only, (dict(value),)
        return NotImplemented


class _Unplaced(_Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Return how a value is kept without the places in it."""
        if isinstance(value, Placed):
            return str, (str(value),)
        return (Place, ("", 0, 0)) if isinstance(value, Place) else super().reducer_override(value)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class on the list. Raises DamagedError for any other."""
        known = _KNOWN.get((module, name))
        if known is None:
            known = _KNOWN[module, name] = self._allowed(module, name)
        return known

    def _allowed(self, module: str, name: str) -> Any:
        if name in _OTHERS.get(module, ()):
            return super().find_class(module, name)
        if (module, name) == (__name__, read_only.__name__):
            return read_only
        if module.startswith("briefing."):
            found = super().find_class(module, name)
            is_value = isinstance(found, type) and (
                dataclasses.is_dataclass(found) or issubclass(found, (enum.Enum, Placed))
            )
            if is_value:
                return found
        raise DamagedError(f"{module}.{name} is no class of a value")


_KNOWN: dict[tuple[str, str], Any] = {}
"""The classes that were found, by module and name: every record names several."""
