"""The module that reads and writes files of a project; ``moves`` changes the files of a build together.

It reads ordinary files only and follows no links. It writes a file beside its place and then moves it there,
so that a reader sees the old file or the new one and never half of one. Before a build writes anything, the
record names every file that it will write, so that the next build knows what an interrupted one left behind.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.model import characters
from briefing.model.findings import (
    SAVE_AS_UTF_8,
    BriefingError,
    Finding,
    InUseError,
    Place,
    Severity,
)
from briefing.store import font_files, known_texts, locks, looks
from briefing.store.font_files import FontFile
from briefing.store.known_texts import Known, KnownTexts, Seen
from briefing.store.results import Artifact

PROJECT_FILE = "content/project.yaml"
"""The file that makes a folder a project."""
CAPTURES = "captures"
"""The usual folder of the captures, where the project file names no other."""
_NAMES_CAPTURES = re.compile(
    r"""^captures:[ \t]+(?P<quote>["']?)(?P<folder>[^"'#\s](?:[^"'#\n]*[^"'#\s])?)(?P=quote)[ \t]*(#.*)?$""",
    re.MULTILINE,
)
"""The line of the project file, which is read before any YAML is."""
"""The usual name of the folder of the captured texts, if a project keeps it beside its content."""
CONTENT = "content"
"""The folder in which nothing may be left unread without a finding."""
_OTHER_ENDINGS = {"yml": "yaml", "markdown": "md", "mdown": "md", "mkd": "md"}
_PASSING = re.compile(
    r"\.(?:#|_|~lock).*|\..*\.sw[a-z]|.*~|~\$.*|#.*#|\.DS_Store|Thumbs\.db|desktop\.ini", re.I
)
"""Names of what editors and systems leave beside files and take away again."""
_COPY = re.compile(r".*\.(?:bak|old|orig|rej|tmp)|\..*", re.IGNORECASE)
"""Names of copies that somebody keeps, and of hidden files."""
_HIDDEN_ENDING = " (Notepad adds .txt, and Windows hides it: save it with the type 'All files')"
STATE_FOLDER = ".briefing"
_COPIES = "copies"
MAX_BYTES = 16_000_000
MAX_DEPTH = 16
"""Folders below content/ and the like may be nested so deep."""
MAX_FOREIGN_BYTES = 256_000_000
"""The most that a file may have that is taken in: a PDF may contain pictures."""
NOTHING_KNOWN: Known = MappingProxyType({})
RECORD_VERSION = 1
"""The version of the program's own records; those of another version count as damaged."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by path (``content/facts/trams.yaml``), findings on unreadable files, and the digest of all."""

    texts: Mapping[str, str]
    findings: tuple[Finding, ...]
    digest: str
    captures: str = ""
    """The folder of the captures, below that of the project, if it is there."""
    captured: Mapping[str, bytes] = field(default_factory=dict)
    """The captured texts in that folder, by file name."""
    fonts: tuple[FontFile, ...] = ()
    """The project's own fonts."""


def read(root: Path, folders: Mapping[str, tuple[str, ...]], known: Known = NOTHING_KNOWN) -> Texts:
    """Return the texts below some folders of a project; ``folders`` maps each to the endings it may have.

    A file that looks as it did when it was ``known`` is read only where somebody asks for its text. Raises
    ChangedTextError if the project file is not as it was known.
    """
    texts: dict[str, str] = {}
    digests: dict[str, str] = {}
    findings: list[Finding] = []
    digest = hashlib.sha256()
    for folder, endings in folders.items():
        found = _walk(root / folder)
        for path, unread in found.unread:
            findings.append(_unread(path, unread, root))
            digest.update(os.fsencode(path.relative_to(root)) + b"\0")
        for path in (*found.links, *found.others) if folder == CONTENT else ():
            name = path.relative_to(root).as_posix()
            if path in found.others and path.name.startswith(".") and not name.endswith(endings):
                continue
            findings.append(_no_file(path, name) if path in found.links else _left_out(path, name))
            digest.update(f"{name}\0".encode())
        start = len(str(root / folder)) - len(folder)
        for file in found.files:
            # A pathlib.Path for each of thousands of files would take longer than reading them.
            name = file[start:].replace(os.sep, "/")
            if not name.endswith(endings):
                path = Path(file)
                wanted = meant_name(path.name, endings)
                if wanted or folder == CONTENT:
                    findings.append(_misnamed(name, wanted) if wanted else _left_out(path, name))
                    digest.update(f"{name}\0".encode())
                continue
            if _is_known(file, known.get(name)):
                digests[name] = known[name].digest
            else:
                data, finding = _read_one(file, name)
                if finding:
                    findings.append(finding)
                    digest.update(f"{name}\0{len(data)}\0".encode() + data)
                    continue
                texts[name] = data.decode()
                digests[name] = hashlib.sha256(data).hexdigest()
            digest.update(f"{name}\0{digests[name]}\0".encode())
    every = KnownTexts(digests, texts, lambda name: _read_now(root, name), known)
    named = captures_folder(every.get(PROJECT_FILE, ""))
    captures = named if (root / named).is_dir() else ""
    captured = _captured(root / captures) if captures else {}
    for name, data in captured.items():
        digest.update(f"{captures}/{name}\0{len(data)}\0".encode() + data)
    fonts, unusable = _fonts(root)
    digest.update(repr((fonts, unusable)).encode() if fonts or unusable else b"")
    return Texts(every, (*findings, *unusable), digest.hexdigest(), captures, captured, fonts)


def _is_known(file: str, seen: Seen | None) -> bool:
    """Return whether a file looks as it did when it was seen."""
    try:
        return seen is not None and looks.of(file) == seen.look
    except (OSError, ValueError):
        return False


def _read_now(root: Path, name: str) -> str:
    """Return a text of a project; an empty one if it cannot be read any more."""
    with contextlib.suppress(OSError):
        refuse_other_than_file(root / name, follows_links=False)
        data, finding = _read_one(root / name, name)
        return "" if finding else data.decode()
    return ""


def digest_of_text(root: Path, name: str) -> str:
    """Return the digest of a text of a project as its file is now."""
    return known_texts.digest_of(_read_now(root, name))


def below(texts: Texts, folder: str) -> dict[str, str]:
    """Return the texts in a folder, by path, without reading others."""
    return {path: texts.texts[path] for path in texts.texts if path.startswith(f"{folder}/")}


def captures_folder(project_file: str) -> str:
    """Return the folder of the captures, below that of the project, by the text of the project file.

    A folder that is not below the project's, which the project file must not name, is the usual one instead.
    """
    named = _NAMES_CAPTURES.search(project_file)
    return named["folder"] if named and not wrong_captures(named["folder"]) else CAPTURES


def captures_of(root: Path) -> str:
    """Return the folder of the captures of a project whose texts are not read yet."""
    try:
        return captures_folder(plain((root / PROJECT_FILE).read_bytes()).decode())
    except (OSError, UnicodeDecodeError):
        return CAPTURES


def wrong_captures(folder: str) -> str:
    """Return what is wrong with the name of a folder of captures; "" if it is below the project's folder."""
    parts = folder.split("/")
    if "\\" in folder or ":" in folder or not folder.isprintable():
        return "it has a character that a path of a project cannot have"
    if any(part in ("", ".", "..") or part != part.strip() or part.endswith(".") for part in parts):
        return "it is not the path of a folder below the project"
    if parts[0] in (CONTENT, "templates", "fonts", "output"):
        return f"the folder {parts[0]}/ is for something else"
    return ""


def read_again(root: Path, before: Texts, paths: Iterable[str]) -> Texts | None:
    """Return texts of which some were saved again; None if more than their words may have changed.

    The digest of the result is empty.
    """
    texts = dict(before.texts)
    for name in paths:
        if name not in texts:
            return None
        try:
            refuse_other_than_file(root / name, follows_links=False)
        except OSError:
            return None
        data, finding = _read_one(root / name, name)
        if finding:
            return None
        texts[name] = data.decode()
    folders = {captures_folder(read.get(PROJECT_FILE, "")) for read in (before.texts, texts)}
    return replace(before, texts=texts, digest="") if len(folders) == 1 else None


def is_passing(name: str) -> bool:
    """Return whether editors and systems leave files of this name beside others and take them away again."""
    return _PASSING.fullmatch(name) is not None


def _captured(folder: Path) -> dict[str, bytes]:
    """Return the captured texts of a project, by file name; one that cannot be read is left to ``verify``."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        if not characters.is_plain_name(path.name):
            continue
        with contextlib.suppress(OSError, BriefingError):
            data = _foreign(path, MAX_BYTES)
            if data is not None:
                found[path.name] = data
    return found


def _fonts(root: Path) -> tuple[tuple[FontFile, ...], tuple[Finding, ...]]:
    """Return the fonts of a project, and findings on files that look like fonts and cannot be used."""
    fonts: list[FontFile] = []
    findings: list[Finding] = []
    found = _walk(root / font_files.FOLDER)
    findings += [_unread(path, unread, root) for path, unread in found.unread]
    for path in map(Path, found.files):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in font_files.OTHER_ENDINGS:
            message = f"fonts of this kind are not read; expected {' or '.join(font_files.ENDINGS)}"
            hint = "put the TrueType or OpenType file of the same font here"
            findings.append(Finding("unknown-file", message, Place(name), hint))
        elif path.suffix.lower() in font_files.ENDINGS:
            data, finding = _bytes_of(path, name, font_files.MAX_BYTES)
            findings += [finding] if finding else []
            fonts += [] if finding else [font_files.of_project(name, data, path.absolute())]
    return tuple(fonts), tuple(findings)


def _unread(path: Path, finding: Finding, root: Path) -> Finding:
    """Return a finding at a path, whose name is made visible."""
    name = path.relative_to(root).as_posix()
    return dataclasses.replace(finding, at=Place(characters.shown_name(name)))


def _misnamed(name: str, wanted: str) -> Finding:
    message = f"nothing reads a file with this ending; '{wanted}' would be read"
    hint = f"rename it {wanted}{_HIDDEN_ENDING if name.endswith('.txt') else ''}"
    return Finding("unknown-file", message, Place(name), hint)


def _no_file(path: Path, name: str) -> Finding:
    """Return an error on a link or a device, which could show the program another file at every reading."""
    if os.path.islink(path):  # noqa: PTH114 - it never raises
        return Finding("unknown-file", "this is a link, and the program follows none", Place(name), _THE_FILE)
    return Finding("unknown-file", "this is neither a file nor a folder", Place(name), "move it away")


_THE_FILE = "put the file itself here: copy what the link leads to over the link"


def _left_out(path: Path, name: str) -> Finding:
    """Return a warning on a file that nothing reads; a note on a copy or a hidden file."""
    is_copy = _COPY.fullmatch(path.name) is not None
    hint = "delete it" if is_copy else "content is .yaml and .md files; keep other files beside content/"
    severity = Severity.NOTE if is_copy else Severity.WARNING
    return Finding("unknown-file", "nothing reads this file", Place(name), hint, severity)


def meant_name(name: str, endings: tuple[str, ...]) -> str:
    """Return the name that a file was meant to have, if its ending is a common mistake; otherwise ""."""
    wanted = name.removesuffix(".txt").removesuffix(".TXT")
    stem, dot, ending = wanted.rpartition(".")
    wanted = f"{stem}{dot}{_OTHER_ENDINGS.get(ending.lower(), ending.lower())}"
    return wanted if wanted != name and wanted.endswith(endings) and not name.startswith(".") else ""


def read_captures(folder: Path, names: Iterable[str]) -> dict[str, bytes | None]:
    """Return the bytes of some captures, by file name; None if there is no such file.

    The folder is the user's own, so links in it are followed. Raises BriefingError if a file cannot be read.
    """
    return {name: _read_foreign(folder / name, MAX_BYTES) for name in names}


def read_foreign(path: Path) -> bytes:
    """Return the bytes of a file to take in. Raises BriefingError if it is too large or cannot be read."""
    return _read_foreign(path, MAX_FOREIGN_BYTES) or b""


def _read_foreign(path: Path, limit: int) -> bytes | None:
    try:
        return _foreign(path, limit)
    except (OSError, ValueError) as error:  # ValueError: a name that the system cannot have
        why = getattr(error, "strerror", None) or error
        raise BriefingError(f"{path} cannot be read: {why}") from error


def _foreign(path: Path, limit: int) -> bytes | None:
    """Return the bytes of a regular file; None where there is none. A pipe or a device may have no end."""
    if not path.is_file():
        return None
    if path.stat().st_size > limit:
        raise BriefingError(f"{path} is larger than {limit // 1_000_000} MB; divide it")
    return path.read_bytes()


def put(folder: Path, path: str, data: bytes) -> None:
    """Write one file for a person, such as a redline. Raises BriefingError if that fails."""
    try:
        store(folder, path, data)
    except OSError as error:
        raise machine_error(error, folder) from error


DAMAGE = (TypeError, AttributeError, ValueError, KeyError, BriefingError)
"""What reading a record raises if somebody or something has changed it."""


def artifact(path: str, entry: Mapping[str, Any]) -> Artifact:
    """Return a file from its record. Older records call its inputs its ingredients."""
    refuse_leading_out(path)
    fields = {("inputs" if name == "ingredients" else name): entry[name] for name in entry}
    build = fields.pop("build", 0)
    if not isinstance(build, int):
        raise TypeError(f"expected a number, found {build!r}")
    return Artifact(path, build=build, **{name: text(value) for name, value in fields.items()})


def text(value: Any) -> str:
    """Return a text from a record. Raises TypeError if it is none."""
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {value!r}")
    return value


def refuse_other_than_texts(values: Any) -> None:
    """Raise TypeError unless a value is a mapping of texts to texts."""
    for value in {**values}.values():
        text(value)


def entry(item: Any) -> dict[str, Any]:
    """Return a file as a record, whose key is its path."""
    return {name: value for name, value in asdict(item).items() if name != "path"}


def read_file(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError for anything else."""
    refuse_other_than_file(path)
    return path.read_bytes()


def refuse_other_than_file(path: Path, *, follows_links: bool = True) -> None:
    """Raise OSError unless a file is at a path: nobody may ever fill a pipe, or a device end."""
    mode = path.stat(follow_symlinks=follows_links).st_mode
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "it is no file", str(path))


def read_copy(output: Path, brief: str) -> bytes:
    """Return the file copy of a brief that the last build kept; empty if none can be read."""
    try:
        return read_file(output / _copy_of(brief))
    except OSError:
        return b""


def is_whole_record(data: bytes) -> bool:
    """Return whether bytes begin and end as a record in JSON does; what is within is not read."""
    text = data.strip()
    return text.startswith(b"{") and text.endswith(b"}")


def copies(output: Path) -> frozenset[str]:
    """Return the ids of the briefs that have a file copy."""
    return frozenset(path.stem for path in (output / STATE_FOLDER / _COPIES).glob("*.json"))


def write_copy(output: Path, brief: str, data: bytes) -> None:
    """Keep the file copy of a brief, if it differs from the present one."""
    if read_copy(output, brief) != data:
        store(output, _copy_of(brief), data)


def remove_copy(output: Path, brief: str) -> None:
    """Remove the file copy of a brief."""
    remove(output, _copy_of(brief))


def _copy_of(brief: str) -> str:
    return f"{STATE_FOLDER}/{_COPIES}/{brief}.json"


def digest_of(output: Path, path: str) -> str:
    """Return the SHA-256 of a file; empty if it cannot be read."""
    try:
        with open(f"{output}/{path}", "rb") as file:  # noqa: PTH123 - twice as fast
            return hashlib.sha256(file.read()).hexdigest()
    except (OSError, ValueError):
        return ""


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def store(output: Path, path: str, data: bytes) -> None:
    """Write a file beside its place and move it there. Raises InUseError if it cannot replace the old one."""
    target = inside(output, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, data)


def remove(output: Path, path: str) -> None:
    """Remove a file, and its folder if that is empty then. Raises InUseError if it cannot be removed."""
    target = inside(output, path)
    try:
        target.unlink(missing_ok=True)
    except PermissionError as error:
        raise in_use(target, "removed") from error
    remove_empty(target.parent, output)


def remove_empty(folder: Path, output: Path) -> None:
    """Remove a folder below the output folder if it is empty, and then those above it likewise."""
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


@contextlib.contextmanager
def locked(
    output: Path, command: str = "briefing build", since: str = "", wait: locks.Wait = locks.at_once
) -> Iterator[None]:
    """Lock the output folder for one build. Raises BusyError if another one has it and ``wait`` gave up."""
    folder = state_folder(output)
    try:
        with locks.held(folder / "lock", command, since, wait, ", or choose another --output"):
            yield
    except OSError as error:
        raise machine_error(error, output) from error


def state_folder(root: Path) -> Path:
    """Return the folder of the program's own records below a folder; it is made if it is missing."""
    folder = root / STATE_FOLDER
    try:
        if folder.is_symlink():
            raise BriefingError(f"expected a real folder for records, found a link at {folder}; remove it")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise machine_error(error, root) from error
    return folder


def machine_error(error: OSError, output: Path) -> BriefingError:
    """Return what to do about an error of the system, in one sentence."""
    if error.errno == errno.ENOSPC:
        message = f"the disk that contains {output} is full; free some space and run the command again"
        return BriefingError(message)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return BriefingError(f"{error.filename or output} cannot be written; check its permissions")
    if error.errno == errno.EISDIR:
        return BriefingError(f"expected a file, found a folder at {error.filename or output}; move it away")
    return BriefingError(f"{error.filename or output}: {error.strerror or error}")


@dataclass(slots=True)
class _Found:
    files: list[str] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    """Hidden files and folders, which are left out."""
    links: list[Path] = field(default_factory=list)
    """Links, and what is neither a file nor a folder."""
    unread: list[tuple[Path, Finding]] = field(default_factory=list)
    """Files and folders that are left out because of their name or depth, each with its finding."""


def _walk(folder: Path, depth: int = 0) -> _Found:
    """Return what is below a folder, by name."""
    found = _Found()
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return found
    except OSError as error:
        raise BriefingError(f"the folder {folder} cannot be read: {error.strerror or error}") from error
    for entry in entries:
        if is_passing(entry.name):
            continue
        if not characters.is_plain_name(entry.name):
            found.unread.append((Path(entry.path), _ODD_NAME))
        elif not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            if depth == MAX_DEPTH:
                found.unread.append((Path(entry.path), _TOO_DEEP))
                continue
            below = _walk(Path(entry.path), depth + 1)
            found.files += below.files
            found.others += below.others
            found.links += below.links
            found.unread += below.unread
        elif not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
            found.files.append(entry.path)
        elif entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False):
            found.others.append(Path(entry.path))
        else:
            found.links.append(Path(entry.path))
    return found


_ODD_NAME = Finding(
    "hidden-character",
    "the name has a character that cannot be seen, or is not UTF-8",
    Place(""),
    "rename it with letters, digits, hyphens and dots; until then nothing reads it",
)
_TOO_DEEP = Finding(
    "too-deep",
    f"folders are nested more than {MAX_DEPTH} deep here",
    Place(""),
    "move what is in it further up; until then nothing reads it",
)


def _bytes_of(path: Path | str, name: str, limit: int) -> tuple[bytes, Finding | None]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - see ``read``
            if os.fstat(file.fileno()).st_size > limit:
                message = f"the file is larger than {limit} bytes"
                return b"", Finding("too-large", message, Place(name), "divide it")
            return file.read(), None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return b"", Finding("unreadable", message, Place(name), "check its permissions")


def _read_one(path: Path | str, name: str) -> tuple[bytes, Finding | None]:
    data, finding = _bytes_of(path, name, MAX_BYTES)
    if finding:
        return data, finding
    data = plain(data)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data, Finding("encoding", "the file is not UTF-8", Place(name, line), SAVE_AS_UTF_8)
    return data, None


def plain(data: bytes) -> bytes:
    """Return the bytes of a text without what editors add: a byte order mark, other ends of lines."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def inside(output: Path, path: str) -> Path:
    """Return a path below the output folder, which no link on the way can lead out of."""
    parts = refuse_leading_out(path).split("/")
    target = output
    for part in parts[:-1]:
        target = target / part
        if target.is_symlink():
            raise BriefingError(f"expected a real folder for output, found a link at {target}; remove it")
    return output.joinpath(*parts)


def refuse_leading_out(path: str) -> str:
    """Return a path below a folder. Raises BriefingError if it can lead out of that folder."""
    if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in path.split("/")):
        raise BriefingError(f"'{path}' cannot be the path of an output file")
    return path


def clear_leftovers(output: Path, paths: Iterable[str]) -> None:
    """Remove the temporary files that an interrupted build left beside these files."""
    for path in paths:
        for name in (beside(inside(output, path)), old_of(output / path), beside(old_of(output / path))):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                name.unlink()


def beside(target: Path) -> Path:
    """Return where a file is written before it is moved into place; only one build writes at a time."""
    return target.with_name(f".{target.name}.new")


def old_of(target: Path) -> Path:
    """Return where the old file is kept while the new files of a build are moved into place."""
    return target.with_name(f".{target.name}.old")


def _replace(target: Path, data: bytes) -> None:
    new = beside(target)
    try:
        with new.open("wb") as file:
            file.write(data)
        if target.is_dir() and not target.is_symlink():
            raise BriefingError(f"expected a file, found a folder at {target}; move it away")
        try:
            new.replace(target)
        except PermissionError as error:
            raise in_use(target, "replaced") from error
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


def in_use(target: Path, verb: str) -> InUseError:
    """Return the error for a file in use; on Windows a program that shows a PDF locks it."""
    return InUseError(
        f"{target} could not be {verb}; another program may have it open. "
        "Close it there, or check the permissions of its folder, and run the command again"
    )


def load(path: Path) -> dict[str, Any]:
    """Return a record of the program; an empty one if there is none of this version."""
    try:
        record = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) and record.get("version") == RECORD_VERSION else {}
