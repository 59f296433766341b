"""The words by which pages name their parts, as data: one TOML file per language in ``lexicons/pages``.

A page does not always say in which language it is, so the words of all of them are looked for at once.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from briefing.model.findings import BriefingError

_FOLDER = "lexicons/pages"
KINDS = ("corrections", "cookies", "page", "of")
"""What every file lists, as regular expressions."""


@functools.cache
def languages() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the words of every language, by kind. Raises BriefingError if a file lacks a kind."""
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    folder = resources.files("briefing.language") / _FOLDER
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".toml"):
            continue
        words = tomllib.loads(path.read_text("utf-8"))
        if missing := [kind for kind in KINDS if kind not in words]:
            raise BriefingError(f"{path.name} in {_FOLDER} lacks {', '.join(missing)}")
        found[path.name.removesuffix(".toml")] = {kind: tuple(words[kind]) for kind in KINDS}
    return found


def any_of(kind: str) -> str:
    """Return a regular expression for every word of a kind, in any language."""
    words = dict.fromkeys(word for of in languages().values() for word in of[kind])
    return f"(?:{'|'.join(words)})"
