"""Mutated projects: the same seed makes the same one, from the files of a sound project.

A mutation is byte-wise, of the structure of YAML or JSON, of prose, of a template, or of what is on the disk.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Files = dict[str, bytes]


@dataclass(frozen=True)
class Mutated:
    """A project that was mutated, and how."""

    files: Mapping[str, bytes]
    done: tuple[str, ...]
    """Each mutation in words, for a report."""
    odd: Mapping[str, str]
    """Paths at which there is something other than a file: folder, link, loop or pipe."""

    def put(self, root: Path, before: Mapping[str, bytes]) -> None:
        """Change a folder that has some files into this project."""
        for path in before:
            if path not in self.files:
                (root / path).unlink(missing_ok=True)
        for path, data in self.files.items():
            if before.get(path) != data:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(data)
        for path, kind in self.odd.items():
            place = root / path
            if place.is_dir():
                shutil.rmtree(place)
            place.unlink(missing_ok=True)
            if kind == "a folder":
                place.mkdir()
            elif kind == "a pipe":
                os.mkfifo(place)
            else:
                place.symlink_to("/etc/hostname" if kind == "a link outside" else place.name)


ODD = ("a folder", "a link outside", "a link to itself", "a pipe")
_LONG = 20_000
TEXTS = (
    *("", " ", "~", "null", "no", "true", "[]", "{}", "-", "?", ":", "#", "&a", "*a", "!!binary x", "%", "@"),
    *("0", "-0", "1e999", "1e-999", ".nan", ".inf", "9" * 5000, "0x1F", "1_000", "12:30", "1e9", "-1", "1/3"),
    *(
        "2025-02-30",
        "2025-13",
        "9999-12-31",
        "0000-01-01",
        "-0001",
        "2025-W01",
        "../2025",
        "2025/..",
        "today",
    ),
    *("10000-01-01", "2025-11-30T99:99", "2025~", "2025?", "2025-11-30/2024-01-01", "20251130"),
    *("\u202e03", "a\u200bb", "\u00ad", "\ufeff", "\u0000", "\u001b[31m", "\U0010ffff", "e\u0301" * 50, "٣"),
    *(
        "{{ x }}",
        "{% raw %}",
        "[x](fact:",
        "[x](fact:a.b#c)",
        "`" * 400,
        "[" * 400,
        "*_" * 300,
        "<b>",
        "<!--",
    ),
    *("a" * _LONG, "a " * _LONG, "../../etc/passwd", "con", "a/b", "a\nb", "a\\", "'", '"', "javascript:x"),
    *("EUR 3 million", "3 of 5 per cent", "said on 3 May 2025", "€1,2.3,4", "between 5 and 3", "²³", "½ ½"),
)
"""Scalars that are odd as a name, a number, a day or a sentence."""
PROSE = (
    *(
        "> " * 300 + "x",
        "- " * 300 + "x",
        "#" * 400 + " x",
        "```",
        "~~~\nx",
        "    x",
        "\t- x",
        "---",
        "===",
        "***",
    ),
    *(
        "| a |\n|---|\n" + "| b |\n" * 300,
        "| a\n|-",
        "[x]: /y",
        "![x](y)",
        "<div>",
        "&#0;",
        "&#x110000;",
        "\\",
    ),
    *(
        "[x](fact:drones.letter)" * 60,
        "[](fact:drones.letter#nope)",
        "[x](fact:nope.nope)",
        "[[x](fact:a.b)](c)",
    ),
    *("`" * 1400, "*" * 1400, "[" * 1400, "1. " * 300, "a" * _LONG, "https://" + "a" * 3000, "(" * 500),
    *("<!-- check: allow bare-number -- because -->", "<!-- check: allow -->", "{: .x}", "{{ x }}", "\x0c"),
    *("EUR 3 million for 5 of 7 drones by 2031, said nobody.", "5 " * 3000, "Three hundred and " * 200),
)
"""Lines of prose that are odd."""
CODE = (
    *(
        "{{ nothing }}",
        "{% if %}",
        "{% for x in range(10000) %}{% for y in range(100) %}{% endfor %}{% endfor %}",
    ),
    *("{{ 9**9**9 }}", "{{ 'x' * 10**10 }}", "{{ [0] * 10**9 }}", "{{ section }}", "{{ [1] | random }}"),
    *(
        "{% include 'brief.md.j2' %}",
        "{% extends 'nope' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ),
    *(
        "{{ ''.__class__ }}",
        "{{ 'a' | indent(10**8) }}",
        "{% if 1 %}" * 400,
        "{{ " + "(" * 2000,
        "{#",
        "{% raw %}",
    ),
    *(
        "{{ self }}",
        "{{ loop }}",
        "{{ caller() }}",
        "{{ 1 / 0 }}",
        "{{ {} | dictsort | first }}",
        "{% set x = 1 %}",
    ),
    *("{{ [1] | map('upper') }}", "{{ section('a', figure='b') }}", "{{ section() }}", "{{ range(10**6) }}"),
    *(
        "{{ 'a' | int(base=99) }}",
        "{{ 'a' | attr('b') }}",
        "{{ 'x' | tojson }}",
        "{{ 5 | batch }}",
        "{{ () | max }}",
    ),
    *("{% for x in 5 %}{% endfor %}", "{{ 'a' % 5 }}", "{{ '%s %s' | format(1) }}", "{{ '{' | format }}"),
)
"""Pieces of templates that are odd."""
_ANCHORS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))


def mutated(files: Mapping[str, bytes], seed: int) -> Mutated:
    """Return a project with one to three mutations, mostly one."""
    dice = random.Random(seed)
    found, done, odd = dict(files), [], dict[str, str]()
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        path = _choice_of_path(dice, found)
        if dice.random() < 0.03:
            odd[path] = dice.choice(ODD)
            done.append(f"{path}: {odd[path]}")
            continue
        kinds = list(_kinds(path))
        change = dice.choice(kinds)
        if (after := change(dice, path, found)) is not None:
            done.append(f"{path}: {after}")
    return Mutated(found, tuple(done), odd)


def _choice_of_path(dice: random.Random, files: Files) -> str:
    """Return a path: of each kind of file as often, whatever there is more of."""
    groups: dict[str, list[str]] = {}
    for path in sorted(files):
        parts = Path(path).parts
        groups.setdefault("/".join(parts[:2]) if len(parts) > 2 else parts[-1], []).append(path)
    return dice.choice(groups[dice.choice(sorted(groups))])


Change = Callable[[random.Random, str, Files], str | None]


def _kinds(path: str) -> Iterator[Change]:
    yield _bytes
    yield _whole
    if path.endswith((".yaml", ".md")):
        yield from (_structure, _structure, _structure, _lines)
    if path.endswith(".json"):
        yield from (_structure, _structure)
    if path.endswith(".md"):
        yield from (_prose, _prose)
    if path.endswith(".j2"):
        yield from (_template, _template, _template)


def _bytes(dice: random.Random, path: str, files: Files) -> str:
    data = bytearray(files[path])
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 1, 4, 40, 400)))
        match dice.randrange(5):
            case 0:
                data[at:end] = b""
            case 1:
                data[at:at] = data[at:end]
            case 2:
                data[at:end] = dice.randbytes(end - at)
            case 3:
                data[at:at] = dice.choice(
                    (b"\0", b"\xff", b"\r\n", b"\t", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b")
                )
            case _:
                data[at:at] = dice.choice(TEXTS).encode()
    files[path] = bytes(data)
    return "bytes"


def _whole(dice: random.Random, path: str, files: Files) -> str:
    """Change a file as a whole: emptied, cut, gone, doubled, or in the place of another."""
    match dice.randrange(7):
        case 0:
            files[path] = dice.choice((b"", b"\n", b"---\n---\n", b"...\n", b"~\n", b"# x\n", b"\xff\xfe"))
            return "emptied"
        case 1:
            files[path] = files[path][: dice.randrange(len(files[path]) + 1)]
            return "cut"
        case 2:
            del files[path]
            return "removed"
        case 3:
            files[path] *= 2
            return "doubled"
        case 4:
            other = dice.choice(sorted(files))
            files[path] = files[other]
            return f"with what {other} says"
        case 5:
            name = dice.choice(("x", "2", "A", "a b", "con", "é", "3", "accepted", "seals", "x.y"))
            new = str(Path(path).with_name(name + Path(path).suffix))
            files[new] = files.pop(path)
            return f"renamed {name}"
        case _:
            files[path] = files[path].replace(b"\n", b"\r\n")
            return "line ends"


def _lines(dice: random.Random, path: str, files: Files) -> str:
    """Change the lines of a file, as an editor that slips: doubled, moved, indented, of another kind."""
    lines = files[path].decode("utf-8", "replace").split("\n")
    at = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            lines.insert(at, lines[at])
        case 1:
            lines.insert(dice.randrange(len(lines)), lines.pop(at))
        case 2:
            lines[at] = dice.choice((" ", "  ", "\t", "      ")) + lines[at]
        case 3:
            lines[at] = lines[at].lstrip()
        case 4:
            lines[at] = dice.choice(
                ("a: &a [*a]", "<<: *x", "? [x]\n: y", "!!python/object:os.system x", "- - - -")
            )
        case _:
            deep = dice.choice((40, 3000))
            lines.insert(at, dice.choice((_ANCHORS, "x: " + "[" * deep, "x: " + "{a: " * deep, "- " * deep)))
    files[path] = "\n".join(lines).encode()
    return f"line {at + 1}"


def _structure(dice: random.Random, path: str, files: Files) -> str | None:
    """Change a record: a type, a key, a value, an order."""
    text = files[path].decode("utf-8", "replace")
    head, body = text, ""
    if path.endswith(".md"):
        _, head, body = [*text.split("---\n", 2), "", ""][:3]
    try:
        tree = json.loads(head) if path.endswith(".json") else yaml.load(head, yaml.BaseLoader)
    except (ValueError, yaml.YAMLError):
        return None
    places = list(_places(tree)) if isinstance(tree, dict | list) else []
    if not places:
        return None
    holder, key = dice.choice(places)
    what = _change(dice, holder, key, places)
    if path.endswith(".json"):
        text = json.dumps(tree)
    else:
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    if path.endswith(".md"):
        text = f"---\n{text}---\n{body}"
    files[path] = text.encode("utf-8", "replace")
    return f"{key}: {what}"


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a tree as what holds it and its key; what anchors put at several places, once."""
    left, seen = [tree], set()
    while left:
        holder = left.pop()
        items = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in list(items):
            yield holder, key
            if isinstance(value, dict | list) and id(value) not in seen:
                seen.add(id(value))
                left.append(value)


def _change(dice: random.Random, holder: Any, key: Any, places: list[tuple[Any, Any]]) -> str:
    value = holder[key]
    match dice.randrange(9):
        case 0:
            holder[key] = [value]
            return "in a list"
        case 1:
            holder[key] = {"x": value}
            return "in a record"
        case 2:
            holder[key] = None
            return "nothing"
        case 3:
            del holder[key]
            return "dropped"
        case 4 if isinstance(holder, dict):
            holder[dice.choice((*TEXTS[:40], f"{key}s", "id", "at"))] = holder.pop(key)
            return "with another key"
        case 5:
            other, at = dice.choice(places)
            if at in other if isinstance(other, dict) else at < len(other):
                holder[key] = json.loads(json.dumps(other[at]))
            return "with the value of another"
        case 6 if isinstance(value, list | dict):
            many = list(value.items() if isinstance(value, dict) else value)
            dice.shuffle(many)
            holder[key] = dict(many) if isinstance(value, dict) else [*many, *many]
            return "in another order"
        case 7:
            deep: Any = value
            for _ in range(dice.choice((5, 40, 300))):
                deep = [deep]
            holder[key] = deep
            return "nested deeply"
        case _:
            holder[key] = dice.choice(TEXTS)
            return f"{holder[key][:40]!r}"


def _prose(dice: random.Random, path: str, files: Files) -> str:
    lines = files[path].decode("utf-8", "replace").split("\n")
    odd = dice.choice(PROSE)
    at = dice.randrange(len(lines) + 1)
    if at < len(lines) and dice.random() < 0.5:
        cut = dice.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:cut] + odd + lines[at][cut:]
    else:
        lines.insert(at, odd)
    files[path] = "\n".join(lines).encode()
    return f"{odd[:40]!r}"


def _template(dice: random.Random, path: str, files: Files) -> str:
    text = files[path].decode("utf-8", "replace")
    at = dice.randrange(len(text) + 1)
    odd = dice.choice(CODE)
    files[path] = (text[:at] + odd + text[at:]).encode()
    return f"{odd[:40]!r}"
