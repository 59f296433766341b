"""What each dependency weighs: ``python -m tests.weights`` prints a table for CONTRIBUTING.

It reads the environment that runs it: each package that ``pyproject.toml`` names, and every package that
comes with it and with nothing else. What two of a part bring belongs to neither.
"""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def direct() -> dict[str, tuple[str, ...]]:
    """Return the names of the packages that ``pyproject.toml`` asks for, by what asks for them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"core": declared["project"]["dependencies"], **declared["project"]["optional-dependencies"]}
    groups |= declared["dependency-groups"]
    return {
        group: tuple(canonicalize_name(Requirement(line).name) for line in lines if isinstance(line, str))
        for group, lines in groups.items()
    }


def brought(name: str, extras: Iterable[str] = ()) -> set[str]:
    """Return a package and all that is installed because of it."""
    found: set[str] = set()
    waiting = [(canonicalize_name(name), tuple(extras))]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        entry = waiting.pop()
        if entry in seen:
            continue
        seen.add(entry)
        try:
            needed = importlib.metadata.requires(entry[0]) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # not for this system or this Python
        found.add(entry[0])
        for requirement in map(Requirement, needed):
            wanted = [{"extra": extra} for extra in ("", *entry[1])]
            if requirement.marker is None or any(requirement.marker.evaluate(item) for item in wanted):
                waiting.append((canonicalize_name(requirement.name), tuple(sorted(requirement.extras))))
    return found


def size(name: str) -> int:
    """Return the bytes of the files of an installed package, without compiled Python."""
    files = importlib.metadata.files(name) or []
    paths = [Path(str(file.locate())) for file in files if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())


def licence(name: str) -> str:
    """Return the licence that a package states."""
    about = importlib.metadata.metadata(name)
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if "License ::" in line]
    return about["License-Expression"] or "; ".join(kinds) or (about["License"] or "?").splitlines()[0]


def main() -> None:
    """Print the table, part by part: what a part brings beyond the parts that are installed before it."""
    groups = direct()
    before: set[str] = set()
    for group, names in groups.items():
        closures = {name: brought(name) for name in names}
        for name in names:
            siblings = (item for other in names if other != name for item in closures[other])
            alone = {name} | (closures[name] - before - set(siblings))
            with_it = ", ".join(sorted(alone - {name}))
            print(f"| {name} | {sum(map(size, alone)) / 1e6:.1f} MB | {with_it} | {licence(name)} |")
        whole = set().union(*closures.values()) - before
        print(f"{group}: {len(whole)} packages, {sum(map(size, whole)) / 1e6:.1f} MB\n")
        before |= whole


if __name__ == "__main__":
    main()
