"""Where a project keeps what: each file becomes the record that its place calls for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.cli import reference
from briefing.content import field_docs, layout, signed, yaml_nodes
from briefing.content.linker import Records
from briefing.editions import ledger
from briefing.model.findings import Finding, Place
from briefing.model.values import Placed
from briefing.store import disk, request, versions
from briefing.store.disk import Texts
from tests import values

SHEET = "content/facts/drones.yaml"


def changed(changes: Mapping[str, str | None]) -> Texts:
    """The texts of the good project, some of them changed, added or taken away."""
    texts = {
        **values.good_texts().texts,
        **{path: text for path, text in changes.items() if text is not None},
    }
    return Texts({path: text for path, text in texts.items() if changes.get(path, text) is not None}, (), "")


def loaded(changes: Mapping[str, str | None]) -> tuple[Records, tuple[Finding, ...]]:
    records, findings = layout.load(changed(changes))
    assert records
    return records, findings


def test_the_good_project_is_read_whole() -> None:
    records, findings = layout.load(values.good_texts())
    assert findings == ()
    assert records
    assert records.project.title == "A tiny corpus"
    assert [source.id for source in records.sources] == ["interview", "report"]
    assert [origin.id for origin in records.origins] == ["post", "hearsay"]
    assert [actor.id for actor in records.actors] == ["minister", "ministry", "state", "maker", "courier"]
    assert [system.id for system in records.systems] == ["interceptor"]
    assert [ladder.id for ladder in records.ladders] == ["papers"]
    assert [sheet.id for sheet in records.sheets] == ["drones", "papers"]
    assert [brief.id for brief in records.briefs] == ["letter"]
    assert [page.id for page in records.pages] == ["method", "handbook"]
    assert [item.id for item in records.verifications] == ["interview", "report"]
    assert records.broken == frozenset()


def test_the_name_of_a_file_is_the_id_of_its_record() -> None:
    text = values.good_texts().texts[SHEET]
    records, findings = loaded({SHEET: None, "content/facts/new-drones.yaml": text})
    assert findings == ()
    sheet = next(sheet for sheet in records.sheets if sheet.id == "new-drones")
    assert sheet.facts[0].id == "new-drones.letter"


def test_the_prose_of_a_brief_knows_where_it_begins() -> None:
    records, _ = layout.load(values.good_texts())
    assert records
    brief = records.briefs[0]
    text = values.good_texts().texts["content/briefs/letter.md"]
    line = text.split("---\n")[0:2]
    assert isinstance(brief.body, Placed)
    assert (
        brief.body_at
        == brief.body.at
        == Place("content/briefs/letter.md", "---\n".join(line).count("\n") + 2)
    )
    assert text.splitlines()[brief.body_at.line - 1] == brief.body.splitlines()[0]


def test_every_file_is_read_to_the_end_whatever_is_wrong_in_the_others() -> None:
    records, findings = loaded(
        {
            "content/actors.yaml": "minister: {name: x}\n",
            "content/facts/other.yaml": "title: [\n",
            "content/briefs/second.md": "No front matter.\n",
            "content/pages/odd.md": "---\ntitle: Odd\norder: first\n---\n",
        }
    )
    assert {(finding.at.path, finding.check) for finding in findings} == {
        ("content/actors.yaml", "missing-key"),
        ("content/facts/other.yaml", "yaml-syntax"),
        ("content/briefs/second.md", "front-matter"),
        ("content/pages/odd.md", "number"),
    }
    assert [sheet.id for sheet in records.sheets] == ["drones", "papers"]
    assert [brief.id for brief in records.briefs] == ["letter"]


@pytest.mark.parametrize(
    ("path", "text", "broken"),
    [
        ("content/actors.yaml", "x: y\n", "actors"),
        ("content/origins.yaml", "- x\n", "origins"),
        ("content/systems.yaml", "", "systems"),
        ("content/matters.yaml", "", "matters"),
        ("content/sources/report.yaml", "title: x\n", "sources/report"),
        ("content/facts/drones.yaml", "title: x\n", "facts/drones"),
        ("content/briefs/letter.md", "x\n", "briefs/letter"),
        ("content/pages/method.md", "x\n", "pages/method"),
    ],
)
def test_what_could_not_be_read_is_named(path: str, text: str, broken: str) -> None:
    records, findings = loaded({path: text})
    assert findings
    assert records.broken == {broken}


def test_what_could_not_even_be_opened_is_named_as_well() -> None:
    texts = changed({SHEET: None})
    finding = Finding("encoding", "the file is not UTF-8", Place(SHEET))
    records, findings = layout.load(Texts(texts.texts, (finding,), ""))
    assert records
    assert findings == (finding,)
    assert records.broken == {"facts/drones"}


@pytest.mark.parametrize("text", [None, "title: only\n", "", "- a list\n", "title: [\n"])
def test_without_a_usable_project_file_there_are_no_records(text: str | None) -> None:
    records, findings = layout.load(changed({"content/project.yaml": text}))
    assert records is None
    assert {finding.at.path for finding in findings} == (
        {"content/project.yaml"} if text is not None else set()
    )


@pytest.mark.parametrize(
    "path",
    [
        "content/facts/drones.md",
        "content/briefs/letter.yaml",
        "content/facts/more/drones.yaml",
        "content/readme.md",
        "content/Actors.yaml",
    ],
)
def test_a_file_that_nothing_reads_is_told(path: str) -> None:
    _, findings = loaded({path: "x"})
    assert [(finding.check, finding.at) for finding in findings] == [("unknown-file", Place(path))]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("content/fact/trams.yaml", "content/facts/trams.yaml"),
        ("content/Facts/trams.yaml", "content/facts/trams.yaml"),
        ("content/facts/old/trams.yaml", "content/facts/trams.yaml"),
        ("content/briefs/trams.yaml", "content/briefs/trams.md"),
        ("content/actor.yaml", "content/actors.yaml"),
    ],
)
def test_a_file_in_the_wrong_folder_is_told_the_right_one(path: str, meant: str) -> None:
    _, findings = loaded({path: "x"})
    (finding,) = findings
    assert finding.hint.startswith(f"did you mean '{meant}'? The program reads content/project.yaml, ")


def test_only_a_briefs_folder_of_the_ledger_is_read() -> None:
    _, findings = loaded({"content/editions/letter.yaml": "a: b", "content/editions/x/y.md": "x"})
    assert [(finding.check, finding.at.path) for finding in findings] == [
        ("unknown-file", "content/editions/letter.yaml"),
        ("unknown-file", "content/editions/x/y.md"),
    ]


def test_an_edition_is_read_with_its_number_and_kept_in_its_own_folder() -> None:
    text = ledger.of_edition(values.issued("letter", "2.1"))
    records, findings = loaded({"content/editions/letter/2.1.yaml": text})
    assert findings == ()
    assert records
    assert [(item.brief, item.id) for item in records.issued] == [("letter", "2.1")]
    _, findings = loaded({"content/editions/paper/2.1.yaml": text, "content/editions/letter/two.yaml": text})
    assert [finding.check for finding in findings] == ["does-not-fit", "name"]


@pytest.mark.parametrize("name", ["Drones", "new_drones", "con", "a.b"])
def test_a_files_name_must_be_able_to_serve_as_an_id(name: str) -> None:
    sheet = values.good_texts().texts[SHEET]
    _, findings = loaded({f"content/facts/{name}.yaml": sheet})
    assert ("name", f"content/facts/{name}.yaml") in {
        (finding.check, finding.at.path) for finding in findings
    }


# -------------------------------------------------------------------------------------------- templates


def test_a_projects_own_templates_stand_in_the_place_of_the_shipped_ones() -> None:
    shipped = layout.template_texts(changed({}))
    own = layout.template_texts(changed({"templates/brief.md.j2": "own", "templates/new.md.j2": "new"}))
    assert shipped["brief.md.j2"] != own["brief.md.j2"] == "own"
    assert own.keys() - shipped.keys() == {"new.md.j2"}
    assert all(own[name] == text for name, text in shipped.items() if name != "brief.md.j2")


def test_templates_come_in_one_order_whoever_brings_them() -> None:
    names = list(layout.template_texts(changed({"templates/aaa.css": "x", "templates/zzz.css": "x"})))
    assert names == sorted(names)


def test_the_shipped_templates_are_those_of_the_folder() -> None:
    folder = versions.templates_folder()
    assert folder.is_dir()
    assert layout.shipped_templates().keys() == {
        path.name for path in folder.rglob("*") if path.suffix in (".j2", ".css", ".js", ".svg")
    }


def test_a_project_on_disk_is_read_like_one_in_memory(tmp_path: Path) -> None:
    for path, text in values.good_texts().texts.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    (tmp_path / "captures").mkdir()
    (tmp_path / "content" / "facts" / ".drones.yaml.swp").write_text("not: [read")
    (tmp_path / "content" / "facts" / "drones.yaml~").write_text("not read")
    assert layout.load(disk.read(tmp_path, request.FOLDERS)) == layout.load(values.good_texts())


def test_a_mistake_of_yaml_does_not_hide_the_others_of_its_file() -> None:
    good = values.good_texts().texts[SHEET]
    assert "kind: commitment" in good
    text = (
        good.replace("kind: commitment", "kind: comitment", 1)
        + "\njudgements:\n  late: {basis:none, on: 1,200}\n"
    )
    records, findings = loaded({SHEET: text})
    slip = text.count("\n")
    assert [(item.check, item.at.line) for item in findings if item.at.line == slip] == [
        ("yaml-syntax", slip),
        ("number", slip),
    ], "the line that cannot be read as YAML has no other findings"
    assert ("unknown-word", text[: text.index("comitment")].count("\n") + 1) in {
        (item.check, item.at.line) for item in findings
    }
    assert [sheet.id for sheet in records.sheets] == ["papers"]
    assert records.broken == {"facts/drones"}


def test_a_mistake_of_yaml_in_a_head_does_not_hide_the_others() -> None:
    path = "content/briefs/letter.md"
    text = values.good_texts().texts[path].replace("---\n", "---\nlook: &x 1\ntempalte: brief\n", 1)
    records, findings = loaded({path: text})
    assert {(item.check, item.at.line) for item in findings} == {("yaml-feature", 2), ("unknown-key", 3)}
    assert records.briefs == ()


@pytest.mark.parametrize(
    ("path", "word", "parse"),
    [
        (SHEET, "kind: commitment", "parse_leniently"),
        ("content/briefs/letter.md", "sheets:", "parse_front_matter"),
    ],
)
def test_a_file_with_errors_is_parsed_once(
    path: str, word: str, parse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words of ladders are read although its records are missing."""
    parsed: list[str] = []
    as_usual = getattr(yaml_nodes, parse)

    def counted(text: str, where: str) -> object:
        parsed.append(where)
        return as_usual(text, where)

    monkeypatch.setattr(yaml_nodes, parse, counted)
    found = layout.read_file(path, values.good_texts().texts[path].replace(word, f"x{word}", 1))
    assert found.is_broken and found.ladder_words
    assert parsed == [path]


def test_every_file_that_is_read_is_in_the_reference() -> None:
    described = {
        path for where, _ in reference._CONTENT for path in re.findall(r"content/\S+?\.(?:yaml|md)", where)
    }
    read = {*layout._REGISTERS, *(f"{folder}/NAME{ending}" for folder, ending in layout._KINDS)}
    assert read | {request.PROJECT_FILE, layout.WORDS_FILE} == described


def test_every_register_that_people_write_knows_a_stray_first_line() -> None:
    """The others are written by the program, from which no such line comes."""
    by_program = (layout.VERIFICATION_FILE, signed.SIGNED_KEYS_FILE)
    by_people = {path: cls for path, cls in layout._REGISTERS.items() if path not in by_program}
    assert {cls: path for path, cls in by_people.items()} == field_docs.REGISTER_FILES
