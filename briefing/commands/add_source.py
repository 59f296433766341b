"""A new source: from a file to its capture and its record in the register.

The register says about a source only what the source says about itself: a value given by hand must be in the
text or in the file's metadata. The curator alone can say where and when the source was found, and how a brief
names it.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from briefing.content import decode, layout, yaml_nodes
from briefing.language import slips, source_dates, source_words, tags
from briefing.model import characters, edtf
from briefing.model.findings import Place, UsageError
from briefing.model.scales import Reliability
from briefing.model.sources import Source
from briefing.model.values import NOT_STATED
from briefing.sources import left_out, term_matching
from briefing.sources.extract import boxed, citation
from briefing.sources.extract.extracted import AS_IT_IS, Choice, Extracted
from briefing.sources.left_out import Record
from briefing.store import box, disk
from briefing.store.records import Records

_COMMENT = (
    "Registered by `briefing source add`; complete it by hand, with days as 2025-11-30 "
    "and a note on where your additions are from."
)
_FOLDER = "content/sources"
_FIELDS = ("title", "publisher", "author", "published", "retrieved", "url")
_OWN_KNOWLEDGE = ("url", "retrieved", "language", "label")
"""Fields for which a curator may give a value that the source does not state itself."""
_DAYS = ("published", "retrieved")
_NOT_IN_TEXT = (
    "'{}' is neither in the text nor in the file's metadata; leave it out here and write it into {} by hand, "
    "with a note on where it is from"
)
_TABLES = (".csv", ".tsv", ".xlsx")
"""The endings of tables."""
_ORDER = (*_FIELDS, "language", "label")


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source ready to be written."""

    name: str
    path: str
    """Path of its record in the project."""
    text: str
    """The record."""
    capture: bytes
    capture_name: str
    paragraphs: tuple[str, ...]
    language: str
    open: tuple[str, ...]
    """Fields that it leaves ``not stated``."""
    remarks: tuple[str, ...] = ()
    """How the lines of the file were changed, and what was left out."""
    record: Record | None = None
    """What of the file is not in the capture; None for a text that is taken as it is."""
    origin: str = ""
    """The sentence that says from which file the text was taken, for the note."""
    original: tuple[str, bytes] = ("", b"")
    """The file itself, where it is to be kept: its path in the folder of the captures, and its bytes."""
    is_table: bool = False
    """Whether it is a table, whose rows can be entered as one fact."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for beside the file."""

    given: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Values of the source's fields."""
    choice: Choice = AS_IT_IS
    reference: tuple[bytes, str] | None = None
    """A record of a reference, and the name of its file."""
    is_kept: bool = False
    """Whether the file itself is kept beside its capture."""


def prepare(data: bytes, file_name: str, name: str, wanted: Wanted) -> NewSource:
    """Extract the text of a file and make its record. Raises UsageError if a value must not be recorded."""
    given = wanted.given
    extracted = boxed.read(data, file_name, wanted.choice)
    if wanted.reference is not None:
        extracted = _with_reference(extracted, *wanted.reference)
    known = {field: item.value for field, item in extracted.stated.items()}
    language = given.get("language") or known.get("language") or ""
    path = f"{_FOLDER}/{name}.yaml"
    wrong = [
        f"--name: {item.message}: {item.hint}; give another" for item in decode.check_name(name, Place(""))
    ]
    if not language:
        wrong.append(f"--language: {file_name} does not state its language; name it, such as --language en")
    elif not tags.is_tag(language):
        meant = tags.meant(language)
        wrong.append(
            f"--language: '{language}' is not a language tag" + (f"; write {meant}" if meant else "")
        )
    for field in known.keys() - given.keys():
        for odd in itertools.islice(characters.find(known[field]), 1):
            wrong.append(
                f"--{field}: in what the file states, {odd.message}; give it in letters of one script"
            )
    checked: dict[str, str] = {}
    for field, value in sorted(given.items(), key=lambda item: _ORDER.index(item[0])):
        problem = _wrong_date(value) if field in _DAYS else ""
        with box.reading(file_name):
            stated = value if field in _OWN_KNOWLEDGE else _as_stated(field, value, extracted, language)
        if problem or not stated:
            wrong.append(f"--{field}: {problem or _NOT_IN_TEXT.format(value, path)}")
        checked[field] = stated
    if wrong:
        raise UsageError("\n".join(wrong))
    said = {**known, **checked, "language": language}
    entry = {field: said.get(field, NOT_STATED) for field in _FIELDS}
    entry |= {
        "language": language,
        "capture": f"{name}.txt",
        "sha256": disk.digest(extracted.capture),
        "reliability": Reliability.F.value,
        "label": said.get("label") or said.get("title") or f"Text {name}",
        "note": _note(extracted, file_name, disk.digest(data), checked),
    }
    text = yaml_nodes.write(entry, _COMMENT)
    _refuse_misfits(text, name, path)
    left = tuple(field for field in _FIELDS if field not in said)
    files = path, text, extracted.capture, f"{name}.txt"
    is_as_it_is = bool(extracted.data) and not extracted.left_out and not extracted.doubts
    digests = disk.digest(data), disk.digest(extracted.capture)
    record = None if is_as_it_is else left_out.of(extracted, file_name, *digests, wanted.choice)
    ending = PurePath(file_name).suffix.lower()
    original = (f"originals/{name}{ending}", data) if wanted.is_kept else ("", b"")
    origin = _origin(extracted, file_name, digests[0])
    texts = extracted.paragraphs, language, left, extracted.remarks
    is_table = ending in _TABLES and bool(extracted.remarks)
    return NewSource(name, *files, *texts, record, origin, original, is_table)


def _with_reference(extracted: Extracted, data: bytes, name: str) -> Extracted:
    """Return the content of a file with what a record of a reference states where the file does not."""
    said = citation.read(data, name)
    other = [
        f"The file states the {field} {extracted.stated[field].value}, the record {name} states {item.value}."
        for field, item in said.items()
        if field in extracted.stated and extracted.stated[field].value != item.value
    ]
    return dataclasses.replace(
        extracted, stated={**said, **extracted.stated}, doubts=(*extracted.doubts, *other)
    )


def name_of(stem: str) -> str:
    """Return a name for a source, made from that of its file: "Report (final).v2" -> "report-final-v2"."""
    return slips.slug(stem)


def add(records: Records, folder: Path, entries: Sequence[NewSource]) -> dict[str, tuple[Path, ...]]:
    """Write captures and records of sources together; return by source the paths written, none if all exist.

    Raises UsageError, before anything is written, if a different file is in the place of one, or a text is
    registered under another name.
    """
    files: dict[str, bytes] = {}
    written: dict[str, tuple[Path, ...]] = {}
    for entry in entries:
        if (known := registered_as(records, entry.capture)) not in ("", entry.name):
            raise UsageError(f"this text is already registered, as {known}")
        paths = []
        for place, path, data, is_fixed in _files(records.root, folder, entry):
            there = disk.read_captures(place, [path])[path]
            if there is not None and there != data and is_fixed:
                raise UsageError(
                    f"{place / path} already exists with another content, so nothing was written; "
                    "give another --name, or register the new text as its next version with --new-version"
                )
            if there is None:
                files[path if place is records.root else str(place.absolute() / path)] = data
                paths.append(place / path)
        written[entry.name] = tuple(paths)
    if files:
        records.write(files)
    return written


def registered_as(records: Records, capture: bytes) -> str:
    """Return the name of the source with a capture of these bytes; empty where there is none."""
    known, _ = layout.load(records.texts)
    digest = disk.digest(capture)
    return next((source.id for source in known.sources if source.sha256 == digest), "") if known else ""


def _files(root: Path, folder: Path, entry: NewSource) -> list[tuple[Path, str, bytes, bool]]:
    """Return the files of a source: where each goes, and whether another content there is an error."""
    files = [(folder, entry.capture_name, entry.capture, True), (root, entry.path, entry.text.encode(), True)]
    files += beside(folder, entry)
    return files


def beside(folder: Path, entry: NewSource) -> list[tuple[Path, str, bytes, bool]]:
    """Return the files beside a capture: the record of what is left out, and the original."""
    files = []
    if entry.record is not None:
        files.append((folder, left_out.name_of(entry.capture_name), left_out.written(entry.record), False))
    if entry.original[0]:
        files.append((folder, *entry.original, True))
    return files


def _wrong_date(value: str) -> str:
    """Return what is wrong with a date; empty if it is one."""
    try:
        edtf.parse(value)
    except edtf.NotADate as error:
        return "; ".join(filter(None, (str(error), slips.date(value))))
    return ""


def _as_stated(field: str, value: str, extracted: Extracted, language: str) -> str:
    """Return a value given by hand, spelt as the text or the file's metadata spells it; "" if they do not."""
    for text in (*extracted.paragraphs, *(item.value for item in extracted.stated.values())):
        if match := term_matching.find(value, text):
            return value if characters.is_odd(match.words) else match.words
    return value if field == "published" and _is_stated_date(value, extracted, language) else ""


def _is_stated_date(value: str, extracted: Extracted, language: str) -> bool:
    """Return whether the text contains a date in words."""
    words = source_words.of_language(language)
    if _wrong_date(value) or (point := edtf.parse(value).start) is None:
        return False
    wanted = point.earliest
    return any(
        date.year == wanted.year
        and (date.month == wanted.month or point.precision == "year")
        and (wanted.day in date.days or point.precision != "day")
        for text in extracted.paragraphs
        for date in source_dates.find(text, words)
    )


def _origin(extracted: Extracted, file_name: str, digest: str) -> str:
    by = f"extracted from {file_name} by {extracted.tool}" if extracted.tool else f"taken from {file_name}"
    return f"The text was {by}; the file's sha256 is {digest}."


def _note(extracted: Extracted, file_name: str, digest: str, given: Mapping[str, str]) -> str:
    """Return how the text was extracted from its file, and where each statement about it is from."""
    sentences = [_origin(extracted, file_name, digest), *extracted.remarks]
    if extracted.left_out:
        sentences.append(
            f"Left out of it: {', '.join(dict.fromkeys(item.kind for item in extracted.left_out))}."
        )
    named = [f"{field} ({item.where})" for field, item in extracted.stated.items() if field not in given]
    if named:
        sentences.append(f"The file itself states, for programs to read: {', '.join(named)}.")
    if in_text := [field for field in given if field not in _OWN_KNOWLEDGE]:
        sentences.append(f"Read from the text by hand: {', '.join(in_text)}.")
    if known := [field for field in given if field in _OWN_KNOWLEDGE]:
        sentences.append(f"Stated by the person who registered it: {', '.join(known)}.")
    sentences.append("Graded F until a record shows how reliable it is.")
    return " ".join(sentences)


def _refuse_misfits(text: str, name: str, path: str) -> None:
    """Raise UsageError if the next reading would reject the record."""
    node, findings = yaml_nodes.parse(text, path)
    if node is not None:
        _, findings = decode.shape(Source, node, id=name, at=Place(path))
    if any(finding.is_error for finding in findings):
        raise UsageError(
            "\n".join(f"{item.message}; {item.hint or 'write it otherwise'}" for item in findings)
        )
