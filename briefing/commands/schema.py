"""JSON Schemas for editors, in a folder beside the content; they follow from it, and no build needs them."""

from __future__ import annotations

from pathlib import Path

from briefing.content import layout, schemas
from briefing.model.findings import UsageError
from briefing.store import disk
from briefing.store.disk import Texts


def write(root: Path, texts: Texts) -> tuple[str, ...]:
    """Write the schemas of a project; return their paths. Raises UsageError if its file has errors."""
    records, findings = layout.load(texts)
    if records is None:
        found = next((item for item in findings if item.is_error), None)
        raise UsageError(
            f"nothing was written, because the project cannot be read: {found and found.message}"
        )
    made = schemas.of_project(records)
    for path, text in made.items():
        disk.put(root, path, text.encode())
    return tuple(made)


def of_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a new project with its schemas, and with the lines by which editors find them."""
    content = {path: data.decode() for path, data in files.items() if path.startswith("content/")}
    records, _ = layout.load(Texts(content, (), ""))
    made = schemas.of_project(records) if records else {}
    # What the program writes itself, such as editions, stays as it is.
    marked = {path: f"{schemas.modeline(path)}{text}".encode() for path, text in content.items()}
    return {**files, **marked, **{path: text.encode() for path, text in made.items()}}
