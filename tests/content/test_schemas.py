"""Schemas for editors: every file of a sound project keeps to them, and what editors should mark does not."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from briefing.commands import init, schema
from briefing.content import layout, schemas, yaml_nodes
from briefing.content.yaml_nodes import Node, Scalar, Sequence
from briefing.store import disk, request
from briefing.store.disk import Texts
from tests import values
from tests.conftest import REPOSITORY, SAMPLE, call

PROJECTS = {
    "shipped": REPOSITORY,
    "sample": SAMPLE,
    "good": values.GOOD_PROJECT,
    "first": REPOSITORY / "briefing/starters/first",
    "example": REPOSITORY / "briefing/starters/example",
}
SHEET = "content/facts/trams.yaml"


@functools.cache
def texts_of(name: str) -> Texts:
    return disk.read(PROJECTS[name], request.FOLDERS)


@functools.cache
def validators(name: str) -> Mapping[str, Any]:
    """The validators of a project, by the name of the schema."""
    records, _ = layout.load(texts_of(name))
    assert records
    made = {path: json.loads(text) for path, text in schemas.of_project(records).items()}
    for document in made.values():
        jsonschema.Draft7Validator.check_schema(document)
    return {Path(path).stem: jsonschema.Draft7Validator(document) for path, document in made.items()}


def as_an_editor(node: Node) -> Any:
    """Return what editors, which read YAML 1.2, make of a node."""
    if isinstance(node, Scalar):
        is_plain = node.raw[:1] not in ("'", '"', "|", ">")
        if is_plain and re.fullmatch(r"-?(0|[1-9]\d*)", node.text):
            return int(node.text)
        if is_plain and re.fullmatch(r"-?(0|[1-9]\d*)\.\d+", node.text):
            return float(node.text)
        words = {"true": True, "false": False, "": None, "null": None}
        return words.get(node.text, node.text) if is_plain else node.text
    if isinstance(node, Sequence):
        return [as_an_editor(item) for item in node.items]
    return {key.text: as_an_editor(item) for key, item in node.items}


def parsed(path: str, text: str) -> Any:
    if path.endswith(".md"):
        front, findings = yaml_nodes.parse_front_matter(text, path)
        assert front, findings
        return as_an_editor(front.head)
    node, findings = yaml_nodes.parse(text, path)
    assert node, findings
    return as_an_editor(node)


def misfits(name: str, kind: str, text: str) -> list[str]:
    """What a schema finds in a file, each with the path of the fields."""
    found = validators(name)[kind].iter_errors(parsed(SHEET, text))
    return sorted("/".join(map(str, item.absolute_path)) for item in found)


def written(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """The files that people write, each with the name of its schema."""
    kinds = {item.path for item in layout.written_by_people()}
    for path, text in texts.texts.items():
        pure = Path(path)
        folder = f"{pure.parent}/NAME{pure.suffix}"
        if path in kinds or folder in kinds:
            yield (pure.stem if path in kinds else pure.parent.name), path, text


@pytest.mark.parametrize("name", PROJECTS)
def test_every_file_of_a_sound_project_keeps_to_its_schema(name: str) -> None:
    found = list(written(texts_of(name)))
    assert {kind for kind, _, _ in found} >= {"project", "sources", "facts", "briefs", "actors"}
    wrong = [
        f"{path}: {'/'.join(map(str, item.absolute_path))}: {item.message[:200]}"
        for kind, path, text in found
        for item in validators(name)[kind].iter_errors(parsed(path, text))
    ]
    assert wrong == []


SHORT = """\
title: Trams
summary: What they cost.
defaults: {source: courier, kind: claim, said_by: [ashdown], asserted: 2025, credibility: 3, marking: GREEN}
facts:
  price:
    statement: Ashdown names a price.
    evidence: 8 "180 million euros", "2024 prices", origin ashdown-speech, inferred
    value: {amount: 180 million, currency: EUR, bound: about, price_basis: not stated}
  order:
    statement: The council orders trams.
    evidence:
      - courier 6 "up to twelve trams"
      - {paragraph: 7, terms: [twelve], origin: not stated}
    status: intent
    date: {edtf: 2025-03-12, inferred: [day]}
"""


def test_what_needs_less_typing_keeps_to_the_schema() -> None:
    assert misfits("example", "facts", SHORT) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("credibility: 3", "credibility: 7", ["defaults/credibility"]),
        ("said_by: [ashdown]", "said_by: ashdown", ["defaults/said_by"]),
        ("kind: claim", "status: intent", ["defaults"]),
        ("title: Trams\n", "", [""]),
        ("    status: intent", "    status: intended", ["facts/order/status"]),
        ("    status: intent", "    stauts: intent", ["facts/order"]),
        ('evidence: 8 "', "evidence: 8 ", ["facts/price/evidence"]),
        ("statement: The council orders trams.", "statement:", ["facts/order/statement"]),
        ("amount: 180 million", "amount: about 180 million", ["facts/price/value"]),
        ("defaults: {source: courier, kind: claim,", "#", ["facts/order", "facts/price"]),
    ],
)
def test_a_misfit_is_refused(old: str, new: str, where: list[str]) -> None:
    assert old in SHORT
    assert misfits("example", "facts", SHORT.replace(old, new)) == where


def test_names_of_the_project_are_offered_and_a_new_one_is_no_mistake() -> None:
    records, _ = layout.load(texts_of("example"))
    assert records
    facts = json.loads(schemas.of_project(records)["schemas/facts.json"])["definitions"]
    offered = facts["Fact"]["properties"]["said_by"]["items"]["anyOf"][0]["enum"]
    assert offered == sorted(actor.id for actor in records.actors)
    assert "courier" in facts["Evidence"]["properties"]["source"]["anyOf"][0]["enum"]
    assert "trams.price" in facts["Gap"]["properties"]["facts"]["items"]["anyOf"][0]["enum"]
    assert (
        facts["Fact"]["properties"]["statement"]["description"]
        == "The statement in our own words, one sentence."
    )
    assert misfits("example", "facts", SHORT.replace("[ashdown]", "[somebody-new]")) == []
    assert misfits("example", "facts", SHORT.replace("[ashdown]", "[Some Body]")) == ["defaults/said_by/0"]


def test_a_new_project_has_its_schemas_and_its_files_name_them(tmp_path: Path) -> None:
    assert call("init", tmp_path / "made").exit_code == 0
    made = tmp_path / "made"
    for _, path, text in written(disk.read(made, request.FOLDERS)):
        first = text.splitlines()[0]
        if path.endswith(".md"):
            assert first == "---"
            continue
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (made / path).parent.joinpath(named).resolve().is_file()
    assert call("check", "--project", made).exit_code == 0
    assert call("new", "sheet", "north", "--project", made).exit_code == 0
    sheet = (made / "content/facts/north.yaml").read_text("utf-8")
    assert sheet.startswith("# yaml-language-server: $schema=../../schemas/facts.json\n")


def test_the_command_writes_them_again_with_new_names(tmp_path: Path) -> None:
    assert call("init", tmp_path / "made").exit_code == 0
    made = tmp_path / "made"
    path = made / "schemas/facts.json"
    assert "mara-ashdown" not in path.read_text("utf-8")
    assert call("new", "actor", "mara-ashdown", "--project", made).exit_code == 0
    said = call("schema", "--project", made)
    assert "schemas/facts.json" in said.out
    assert "mara-ashdown" in path.read_text("utf-8")


def test_without_a_project_file_that_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    assert call("init", tmp_path / "made").exit_code == 0
    (tmp_path / "made/content/project.yaml").write_text("title: [\n", "utf-8")
    (tmp_path / "made/schemas/facts.json").unlink()
    said = call("schema", "--project", tmp_path / "made")
    assert said.exit_code == 2
    assert "nothing was written, because the project cannot be read" in said.err
    assert not (tmp_path / "made/schemas/facts.json").exists()


def test_what_the_program_writes_has_no_line_for_editors() -> None:
    files = schema.of_files(init.tree(init.EXAMPLE))
    assert (
        files["content/editions/tram-line/1.yaml"]
        == init.tree(init.EXAMPLE)["content/editions/tram-line/1.yaml"]
    )
    assert not files["content/verification.yaml"].startswith(b"# yaml-language-server")
