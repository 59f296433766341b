"""The next version of a source's capture, and a look at what a capture has and lacks.

An earlier capture stays where it is, so that nothing is lost; the source's record then names the new one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.commands import add_source
from briefing.commands.add_source import NewSource
from briefing.content import decode, layout, yaml_nodes
from briefing.model.findings import Place, UsageError, nearest
from briefing.model.sources import Source
from briefing.sources import captures, left_out
from briefing.sources.captures import Capture, CaptureState
from briefing.sources.left_out import Record
from briefing.store import disk
from briefing.store.disk import Texts
from briefing.store.records import Records

_ORIGIN = re.compile(
    r"The\s+text\s+was\s+(?:extracted\s+from|taken\s+from)\s[^;]{1,300};\s+the\s+file's\s+sha256\s+is\s+[0-9a-f]{64}\."
)
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Renewed:
    """A source with its next capture."""

    source: str
    written: tuple[Path, ...]
    before: str
    """The file name of the capture until now."""
    is_noted: bool
    """Whether the note on the source says where the new text is from."""


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source's capture, and the record of what is not in it."""

    source: Source
    capture: Capture
    record: Record | None
    is_of_capture: bool
    """Whether the record is about this capture."""


def renew(records: Records, folder: Path, entry: NewSource) -> Renewed:
    """Write the next capture of a known source, and name it in the source's record.

    Raises UsageError if there is no such source, its text is the same, or its record is written in a way that
    cannot be changed by a program.
    """
    source = known(records.texts, entry.name)
    if source.sha256 == disk.digest(entry.capture):
        raise UsageError(f"{entry.name}: the text is the same as in {source.capture}, so nothing was written")
    name = _next_name(folder, entry.name)
    entry = dataclasses.replace(entry, capture_name=name, original=_numbered(entry.original, name))
    text = _changed(records.texts.texts[entry.path], entry, source)
    noted = _ORIGIN.search(text)
    if noted:
        text = text[: noted.start()] + _folded(entry.origin, text, noted.start()) + text[noted.end() :]
    _refuse_other_changes(text, entry, source)
    files = {str(folder.absolute() / name): entry.capture, entry.path: text.encode()}
    files |= {str(place.absolute() / path): data for place, path, data, _ in add_source.beside(folder, entry)}
    records.write(files)
    paths = tuple(records.root / path if path == entry.path else Path(path) for path in files)
    return Renewed(entry.name, paths, source.capture, noted is not None)


def known(texts: Texts, name: str) -> Source:
    """Return a source of the register. Raises UsageError if there is none of this name."""
    records, _ = layout.load(texts)
    every = {str(source.id): source for source in records.sources} if records else {}
    if name not in every:
        hint = nearest(name, list(every), "" if every else "there are none")
        raise UsageError(f"there is no source '{name}'; {hint}")
    return every[name]


def show(texts: Texts, folder: Path, name: str) -> ShownSource:
    """Return a source with its capture. Raises UsageError if there is no such source, or no capture of it."""
    source = known(texts, name)
    beside = left_out.name_of(source.capture)
    found = disk.read_captures(folder, [source.capture, beside])
    capture = captures.read(found[source.capture])
    if capture.state is not CaptureState.REGISTERED:
        raise UsageError(
            f"{folder / source.capture} is {capture.state.value}; --captures names the folder of the captures"
        )
    record = left_out.read(found[beside] or b"")
    return ShownSource(
        source, capture, record, record is not None and record.capture_sha256 == capture.sha256
    )


def _next_name(folder: Path, name: str) -> str:
    number = 2
    while (folder / f"{name}.{number}.txt").exists():
        number += 1
    return f"{name}.{number}.txt"


def _numbered(original: tuple[str, bytes], capture: str) -> tuple[str, bytes]:
    path, data = original
    return (f"originals/{capture.removesuffix('.txt')}{Path(path).suffix}" if path else "", data)


def _changed(text: str, entry: NewSource, source: Source) -> str:
    """Return the record of a source with another capture and its digest."""
    for key, value in (("capture", entry.capture_name), ("sha256", disk.digest(entry.capture))):
        text, count = re.subn(rf"(?m)^{key}:[ \t]+\S+[ \t]*$", f"{key}: {value}", text)
        if count != 1:
            raise UsageError(
                f"{entry.path}: expected one line '{key}: …', found {count}, so nothing was written; "
                f"write the capture of {source.id} on lines of their own"
            )
    return text


def _folded(sentence: str, text: str, start: int) -> str:
    """Return a sentence as it goes into a folded text, with the indent of the line that it is in."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    return (
        sentence
        if not indent or len(sentence) < _WIDTH
        else sentence.replace("; the file's", f";\n{indent}the file's")
    )


def _refuse_other_changes(text: str, entry: NewSource, source: Source) -> None:
    node, findings = yaml_nodes.parse(text, entry.path)
    read, misfits = decode.shape(Source, node, id=entry.name, at=Place(entry.path)) if node else (None, ())
    sound = (
        isinstance(read, Source)
        and not any(finding.is_error for finding in (*findings, *misfits))
        and dataclasses.replace(
            read, capture=source.capture, sha256=source.sha256, note=source.note, at=source.at
        )
        == dataclasses.replace(source, uncited=read.uncited)
    )
    if not sound:
        raise UsageError(
            f"{entry.path} cannot be changed by a program, so nothing was written; "
            f"name {entry.capture_name} in it by hand"
        )


def lines(shown: ShownSource, is_all: bool) -> Iterator[str]:
    """Yield a capture with its paragraphs numbered, what is left out of it, and what to look at."""
    width = len(str(len(shown.capture.paragraphs)))
    yield f"{shown.source.id}: {shown.source.label}"
    for number, text in enumerate(shown.capture.paragraphs, 1):
        yield f"  {number:>{width}}  {text}"
    record = shown.record
    if record is None:
        yield "No record of what was left out: the text was taken as it is, or added by an earlier version."
        return
    if not shown.is_of_capture:
        yield "The record of what was left out is about an earlier form of this capture."
    if record.left_out:
        figures = left_out.with_figures(record.left_out)
        yield f"Left out of {record.file} ({figures}; --take N takes one back):"
        for number, part in enumerate(record.left_out, 1):
            text = " / ".join(part.text.splitlines())
            yield f"  {number}  {part.line}: {text if is_all or len(text) <= 160 else text[:157] + '…'}"
    else:
        yield f"Nothing was left out of {record.file}."
    for doubt in record.doubts:
        yield f"Look at: {doubt}"
    yield from record.remarks
