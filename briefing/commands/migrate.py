"""Moving a corpus to matters: what its commitments are about, proposed from their systems and their sheets.

Each system of a commitment becomes a matter, and so do the commitments of a sheet that name no system. Where
there are matters already, those of the same systems are taken, and only commitments that have none get one.
The files stay as they are but for the new lines, with their comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.content import encode, field_docs, layout, linker, yaml_nodes
from briefing.model.findings import Finding
from briefing.model.library import Library
from briefing.model.matters import Matter
from briefing.model.query import sheet_of
from briefing.model.values import Key, Slug
from briefing.store.disk import Texts

PATH = field_docs.REGISTER_FILES[Matter]
_COMMENT = "What the facts are about. Join matters that readers take for one, and give each a plain label."


@dataclass(frozen=True, slots=True)
class Migration:
    """The matters that a corpus lacks, the facts that are about them, and the files with both."""

    matters: tuple[Matter, ...] = ()
    """The new matters."""
    facts: Mapping[Key, tuple[Slug, ...]] | None = None
    """The matters of each fact that has none yet; None where the corpus has errors."""
    files: Mapping[str, str] | None = None
    """The text of each file that changes, by path."""
    findings: tuple[Finding, ...] = ()
    """The errors that have to be corrected first."""

    @property
    def counts(self) -> Mapping[Slug, int]:
        """How many facts are given to each matter."""
        return Counter(name for names in (self.facts or {}).values() for name in names)


def proposed(texts: Texts) -> Migration:
    """Return the migration of a corpus. It is empty where every commitment has a matter."""
    records, findings = layout.load(texts)
    errors = tuple(finding for finding in findings if finding.is_error)
    if records is None or errors:
        return Migration(findings=errors)
    library, lost = linker.link(records)
    if lost:
        return Migration(findings=lost)
    matters = _matters(library)
    facts = dict(_facts(library, matters))
    named = {name for names in facts.values() for name in names}
    new = tuple(item for item in matters if item.id not in library.matters and item.id in named)
    return Migration(new, facts, dict(_files(texts, new, facts)))


def _matters(library: Library) -> tuple[Matter, ...]:
    """Return the matters that there are, then one for each system and each sheet that may need one."""
    found: dict[Slug, Matter] = {**library.matters}  # type: ignore[dict-item]
    served = {name for item in found.values() for name in item.systems}
    wanting = [fact for fact in library.facts.values() if fact.status and not fact.matters]
    for name, system in library.systems.items():
        sheets = Counter(sheet_of(fact.id) for fact in wanting if name in fact.systems)
        if sheets and name not in served:
            ((topic, _),) = sheets.most_common(1)
            id_ = _free(name, found)
            found[id_] = Matter(id_, system.name, topic, systems=(Slug(name),))
    for sheet in library.sheets.values():
        if any(not fact.systems for fact in wanting if sheet_of(fact.id) == sheet.id):
            id_ = _free(f"{sheet.id}-in-general", found)
            found[id_] = Matter(id_, f"{sheet.title} in general", sheet.id)
    return tuple(found.values())


def _free(name: str, taken: Collection[str]) -> Slug:
    """Return a name that no matter has yet."""
    return Slug(name if name not in taken else _free(f"{name}-2", taken))


def _facts(library: Library, matters: Iterable[Matter]) -> Iterator[tuple[Key, tuple[Slug, ...]]]:
    """Yield the facts that get matters, with them.

    Where a corpus has matters, somebody has decided which facts without a status are about none.
    """
    of_system = {name: matter.id for matter in matters for name in matter.systems}
    general = (item for item in matters if item.id not in library.matters and not item.systems)
    of_sheet = {matter.topic: matter.id for matter in general}
    for fact in library.facts.values():
        if fact.matters or (library.matters and not fact.status):
            continue
        names = tuple(dict.fromkeys(of_system[name] for name in fact.systems if name in of_system))
        if not names and fact.status:
            names = (of_sheet[sheet_of(fact.id)],)
        if names:
            yield fact.id, names


def _files(
    texts: Texts, new: Collection[Matter], facts: Mapping[Key, tuple[Slug, ...]]
) -> Iterator[tuple[str, str]]:
    if new:
        plain = {str(item.id): encode.to_plain(item) for item in new}
        written = yaml_nodes.write(plain, _COMMENT)
        before = texts.texts.get(PATH, "")
        yield PATH, f"{before.rstrip()}\n{written.partition(chr(10))[2]}" if before else written
    by_sheet: dict[Slug, dict[str, tuple[Slug, ...]]] = {}
    for key, names in facts.items():
        by_sheet.setdefault(sheet_of(key), {})[key.partition(".")[2]] = names
    for sheet, given in by_sheet.items():
        path = f"content/facts/{sheet}.yaml"
        yield path, with_matters(texts.texts[path], path, given)


def with_matters(text: str, path: str, matters: Mapping[str, Collection[str]]) -> str:
    """Return the text of a sheet with a line more in some of its facts, by their names: their matters."""
    node, _ = yaml_nodes.parse(text, path)
    assert isinstance(node, yaml_nodes.Mapping)
    facts = next(item for key, item in node.items if key.text == "facts")
    assert isinstance(facts, yaml_nodes.Mapping)
    lines = text.splitlines(keepends=True)
    # From the end, so that the lines above keep their numbers.
    for key, record in reversed(facts.items):
        if key.text in matters and isinstance(record, yaml_nodes.Mapping):
            _insert(lines, record, f"matters: [{', '.join(matters[key.text])}]")
    return "".join(lines)


def _insert(lines: list[str], record: yaml_nodes.Mapping, field: str) -> None:
    """Insert a field into a record: within its braces, below its kind, or else above its first field."""
    line, column = record.at.line - 1, record.at.column - 1
    if lines[line][column : column + 1] == "{":
        lines[line] = f"{lines[line][: column + 1]}{field}, {lines[line][column + 1 :]}"
        return
    first = record.items[0][0].at
    kinds = (key.at.line for key, item in record.items if key.text == "kind" and item.at.line == key.at.line)
    place = next(kinds, first.line - 1)
    ending = lines[first.line - 1][len(lines[first.line - 1].rstrip("\r\n")) :] or "\n"
    lines.insert(place, f"{' ' * (first.column - 1)}{field}{ending}")
