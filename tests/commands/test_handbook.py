"""The program's own pages: on every site, in the terminal, in the browser, and true of the example corpus."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.cli import main, reference
from briefing.cli.handbook import _PAGES
from briefing.commands import handbook, init
from briefing.content import layout
from briefing.store.disk import Texts
from briefing.store.records import Call
from tests import ledgers, values
from tests.conftest import REPOSITORY, SAMPLE, Page, Project, call, environment, run, snapshot_of

HANDBOOK = layout.program_pages()["handbook"]
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(kind: str) -> list[str]:
    """The examples of the handbook of one kind: sh, yaml or markdown."""
    return [text for found, text in _FENCED.findall(HANDBOOK) if found == kind]


@pytest.fixture
def example(tmp_path: Path) -> Project:
    init.lay(init.EXAMPLE, tmp_path / "tram", Call("briefing init"))
    return Project(tmp_path / "tram")


# --------------------------------------------------------------------------------------- on every site


def test_every_site_has_the_pages_of_the_program(tmp_path: Path) -> None:
    made = ledgers.site_of(Project(SAMPLE))
    assert "<h1>Handbook for editors</h1>" in made["pages/handbook.html"]
    assert "# Handbook for editors" in made["pages/handbook.md"]
    assert "Handbook for editors" in made["llms.txt"]
    menu = made["index.html"]
    assert 'href="pages/handbook.html"' in menu
    assert 'href="pages/method.html"' in menu


def test_a_page_of_the_corpus_replaces_that_of_the_program(tmp_path: Path) -> None:
    """The sample has a method of its own, and no handbook."""
    made = ledgers.site_of(Project(SAMPLE))
    assert "Every figure comes from a fact, such as" in Page(made["pages/method.html"]).text
    assert "Traffic Light Protocol" not in Page(made["pages/method.html"]).text
    assert [path for path in made if path.startswith("pages/") and path.endswith(".html")] == [
        "pages/method.html",
        "pages/handbook.html",
    ]


def test_a_page_that_does_not_fit_is_not_replaced_in_silence() -> None:
    texts = {**values.good_texts().texts, "content/pages/handbook.md": "no front matter"}
    records, findings = layout.load(Texts(texts, (), ""))
    assert records
    assert "handbook" not in {page.id for page in records.pages}
    assert [finding.check for finding in findings] == ["front-matter"]


@pytest.mark.pdf
def test_a_site_of_an_earlier_day_keeps_to_its_rule_for_pages(example: Project) -> None:
    """Words that cite no fact are shown only if everything was then as it is today: the program's as well."""
    target = example.root / "then"
    said = example.call("build", "--as-of", "2025-04-30", "--output", str(target), "--format", "site")
    assert said.exit_code == 0, said.text
    index = (target / "site/index.html").read_text("utf-8")
    assert "pages/handbook.html" not in index
    assert not (target / "site/pages/handbook.html").exists()


def test_the_pages_of_the_program_know_no_subject() -> None:
    for name, text in layout.program_pages().items():
        for word in (
            "Ukrain",
            "France",
            "French",
            "Rafale",
            "rafale",
            "aircraft",
            "weapon",
            "drone",
            "Zelensk",
        ):
            assert word not in text, f"{name}: {word}"


# ---------------------------------------------------------------------------------------- in the terminal


@pytest.mark.process
@pytest.mark.parametrize("name", _PAGES)
def test_the_terminal_shows_a_page_without_a_project(name: str, tmp_path: Path) -> None:
    said = run("handbook", *([] if name == "handbook" else [name]), cwd=tmp_path)
    assert said.exit_code == 0, said.text
    title, _, rest = said.out.partition("\n")
    assert title == f"# {'Handbook for editors' if name == 'handbook' else 'Method'}"
    assert rest.strip() in layout.program_pages()[name]
    assert list(tmp_path.iterdir()) == []


def test_the_command_offers_every_page_of_the_program() -> None:
    assert sorted(_PAGES) == sorted(handbook.names())


@pytest.mark.process
def test_open_shows_the_page_in_the_browser(tmp_path: Path) -> None:
    """With a program in the place of the browser that writes down what it is given."""
    programs = tmp_path / "bin"
    programs.mkdir()
    opened = tmp_path / "opened"
    browser = programs / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o755)
    env = environment(PATH=f"{programs}:{os.environ['PATH']}", TMPDIR=str(tmp_path))
    said = run("handbook", "method", "--open", env=env)
    assert said.exit_code == 0, said.text
    match = re.fullmatch(r"The page is in (\S+/method\.html)\.\n", said.out)
    assert match
    for _ in range(100):
        if opened.exists():
            break
        time.sleep(0.05)
    assert opened.read_text().strip() == match[1]
    page = Page(Path(match[1]).read_text("utf-8"))
    assert "Traffic Light Protocol" in page.text
    assert len(set(page.ids)) == len(page.ids)
    beside = Path(match[1]).parent
    for _, address in page.addresses:
        assert address.startswith("#") or (beside / address).is_file(), address


@pytest.mark.process
def test_open_says_where_the_page_is_when_there_is_no_browser(tmp_path: Path) -> None:
    env = environment(PATH=str(tmp_path), TMPDIR=str(tmp_path))
    said = run("handbook", "--open", env=env)
    assert said.exit_code == 2
    assert re.fullmatch(r"The page is in \S+/handbook\.html\.\n", said.out)
    assert said.err == "briefing: no browser could be started; open the file in one yourself\n"


# ------------------------------------------------------------------------------- what it says is so


def commands_of(text: str) -> Iterator[list[str]]:
    """The calls of the program in a text."""
    for line in text.splitlines():
        if line.startswith("briefing "):
            yield shlex.split(line.partition(" > ")[0])[1:]


@pytest.mark.pdf
@pytest.mark.process
def test_every_command_of_the_handbook_works_on_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, as a reader would who follows the page from its beginning to its end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_BY", "A. Person")
    (tmp_path / "report.txt").write_text("Town News, 3 June 2025\nCouncil to rebuild the footbridge\n")
    (tmp_path / "report.html").write_text(
        "<html lang='en'><head><title>A report</title></head><body><article><h1>A report</h1>"
        "<p>The tram depot was opened on 3 May 2025, and many people came to see it.</p></article>"
    )
    root = tmp_path
    ran: set[str] = set()
    for block in blocks("sh"):
        for line in block.splitlines():
            if line.startswith("cd "):
                root = tmp_path / line.removeprefix("cd ")
                monkeypatch.chdir(root)
                continue
            (arguments,) = commands_of(line)
            if arguments[0] == "new" and not ran & {"new"}:
                shutil.copytree(root / "content", tmp_path / "before-new")
            elif arguments[0] != "new" and (tmp_path / "before-new").exists():  # nobody has completed them
                shutil.rmtree(root / "content")
                (tmp_path / "before-new").rename(root / "content")
            ran.add(arguments[0])
            if arguments[0] == "init":
                monkeypatch.chdir(tmp_path)
            elif root.name == "footbridge" and arguments[0] not in ("check", "build"):
                root = tmp_path / "tram"
                monkeypatch.chdir(root)
            if arguments[0] == "build":
                arguments += ["--format", "markdown"]
            if arguments[:2] == ["source", "add"]:
                name = arguments[2]
                shutil.copy(tmp_path / name, root / name)
                arguments += ["--name", name.replace(".", "-")]
            if "pdf" in arguments:
                continue  # typesetting is slow, and test_redline has it
            said = call(*arguments)
            assert said.exit_code == 0, f"{line}\n{said.text}"
            if arguments[:2] == ["source", "add"]:  # nothing cites it, which is an error of its own
                (root / f"content/sources/{arguments[-1]}.yaml").unlink()
    assert ran >= {"init", "check", "plan", "build", "accept", "issue", "diff", "due", "verify", "coverage"}


def test_every_command_that_the_handbook_names_exists() -> None:
    known = [name for name, _ in reference.commands(main)]
    named = re.findall(r"`briefing ([^`]+)`", HANDBOOK)
    assert len(named) > 10
    assert [words for words in named if not any(f"{words} ".startswith(f"{name} ") for name in known)] == []


def test_every_option_that_the_handbook_names_exists() -> None:
    known = {
        option for _, command in reference.commands(main) for item in command.params for option in item.opts
    }
    known |= {"--minor"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", HANDBOOK)) <= known


def test_records_that_the_handbook_shows_are_those_of_the_example(example: Project) -> None:
    """The two facts are there word for word, so that whoever reads on finds them in the files."""
    shown = [block for block in blocks("yaml") if re.match(r"  [a-z-]+:\n    kind:", block)]
    assert len(shown) == 2
    texts = [path.read_text("utf-8") for path in (example.root / "content/facts").glob("*.yaml")]
    for block in shown:
        assert any(block in text for text in texts), block


def test_a_fact_of_the_short_sheet_of_the_handbook_costs_five_lines(example: Project) -> None:
    (block,) = (block for block in blocks("yaml") if block.startswith("title: "))
    facts = re.split(r"(?m)^  (?=[a-z-]+:$)", block.partition("facts:\n")[2])[1:]
    assert [fact.count("\n") for fact in facts] == [4, 5]
    example.write("content/facts/short.yaml", block)
    assert [finding for finding in snapshot_of(example.root).findings if finding.is_error] == []


def test_values_that_the_handbook_shows_are_read(example: Project) -> None:
    """The terms are made up here, so the captures that would have them are taken away."""
    shutil.rmtree(example.root / "captures")
    block = next(block for block in blocks("yaml") if block.startswith("value: "))
    stated = (
        "six trams",
        "up to 8 million passengers, per year",
        "a grant, 40 million euros",
        "241 pounds per MWh, in 2023 prices",
        "12 litres, for each head",
        "1.14 euros to the pound",
        "by 2040",
        "31 votes to 14",
    )
    for number, (line, terms) in enumerate(zip(block.splitlines(), stated, strict=True)):
        text = (example.root / "content/facts/line.yaml").read_text("utf-8")
        fact = (
            f"  more-{number}:\n    kind: context\n    statement: More is known.\n    evidence:\n"
            f"      - {{source: minutes, paragraph: 8, terms: [{terms}]}}\n    {line}\n  closure:\n"
        )
        example.write("content/facts/line.yaml", text.replace("  closure:\n", fact, 1))
    snapshot = snapshot_of(example.root)
    assert [finding for finding in snapshot.findings if finding.is_error] == []


def test_settings_that_the_handbook_shows_are_read(example: Project) -> None:
    (times,) = (block for block in blocks("yaml") if block.startswith("review_after:"))
    (address,) = (block for block in blocks("yaml") if block.startswith("base_url:"))
    text = re.sub(r"^review_after:.*\n", "", example.read("content/project.yaml"), flags=re.MULTILINE)
    example.write("content/project.yaml", text + times + address)
    assert [finding for finding in snapshot_of(example.root).findings if finding.is_error] == []


def test_allowances_that_the_handbook_shows_are_read(example: Project) -> None:
    (block,) = (block for block in blocks("yaml") if block.startswith("uncited:"))
    source = "content/sources/minutes.yaml"
    text = re.sub(r"^uncited:\n(?:  .*\n)+", block, example.read(source), flags=re.MULTILINE)
    assert block in text
    example.write(source, text)
    records, _ = layout.load(Texts({source: text, **_project_alone(example)}, (), ""))
    assert records
    assert [len(item.paragraphs) for item in records.sources[0].uncited] == [3, 1]


def test_sides_and_matters_that_the_handbook_shows_are_read(example: Project) -> None:
    sides, matter, line = (
        next(block for block in blocks("yaml") if block.startswith(begun))
        for begun in ("kelderby:", "new-trams:", "matters: ")
    )
    example.write("content/actors.yaml", example.read("content/actors.yaml") + sides)
    example.write("content/matters.yaml", matter)
    example.change("content/facts/trams.yaml", "  trams:\n", f"  trams:\n    {line}")
    snapshot = snapshot_of(example.root)
    assert [finding for finding in snapshot.findings if finding.is_error] == []
    assert snapshot.library
    assert snapshot.library.side_of("clerk") == "kelderby"
    assert snapshot.library.about("matter", "new-trams") == ("trams.trams",)


def test_the_brief_that_the_handbook_shows_has_no_error(example: Project) -> None:
    (brief,) = (block for block in blocks("markdown") if block.startswith("---\n"))
    example.write("content/briefs/trams.md", brief)
    snapshot = snapshot_of(example.root)
    assert [finding for finding in snapshot.findings if finding.is_error] == []
    assert "trams" in snapshot.editions


def test_links_that_the_handbook_shows_lead_to_facts(example: Project) -> None:
    (links,) = (block for block in blocks("markdown") if block.startswith("Kelderby"))
    text = example.read("content/briefs/at-a-glance.md")
    example.write("content/briefs/at-a-glance.md", f"{text}\n{links}")
    assert [finding for finding in snapshot_of(example.root).findings if finding.is_error] == []


def test_the_renamed_fact_of_the_handbook_is_known_again(example: Project) -> None:
    (block,) = (block for block in blocks("yaml") if "formerly" in block)
    example.change("content/facts/trams.yaml", "  no-price:\n", block)
    example.change("content/briefs/tram-line.md", "fact:trams.no-price", "fact:trams.no-price-yet")
    snapshot = snapshot_of(example.root)
    assert [finding for finding in snapshot.findings if finding.is_error] == []
    assert "trams.no-price-yet" not in {change.key for change in snapshot.standings["tram-line"].changed}


def test_the_handbook_names_every_file_of_a_project() -> None:
    table = HANDBOOK.partition("## Where things are")[2].partition("\n\nThe full name")[0]
    for name in (
        "project.yaml",
        "origins.yaml",
        "actors.yaml",
        "systems.yaml",
        "matters.yaml",
        "verification.yaml",
    ):
        assert f"`{name}`" in table
    assert (REPOSITORY / "briefing/pages/handbook.md").is_file()


def _project_alone(example: Project) -> dict[str, str]:
    return {"content/project.yaml": example.read("content/project.yaml")}
