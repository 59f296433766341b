"""A project on a text of one's own: what is drafted from it, and what is left to a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.commands import draft_project
from briefing.model.scales import FactKind
from tests.conftest import Project, call

TEXT = """The Dunmore Post, 9 October 2026

School garden to get a greenhouse

The association agreed on 2 October 2026 to pay up to £14,500 for the greenhouse.

"We sow the first tomatoes on 1 March 2027," said Ruth Okello, the head gardener, at the fair.

The garden has about 36 beds, and every class looks after two of them.

The path is to be ready by May 2028, according to Ruth Okello, who teaches biology.
"""


def begin(folder: Path, text: str = TEXT) -> Project:
    """A project on a text, as ``briefing init --text`` makes it."""
    file = folder / "School garden.txt"
    file.write_text(text, "utf-8")
    said = call("init", folder / "garden", "--text", file, "--language", "en")
    assert said.exit_code == 0, said.text
    return Project(folder / "garden")


def drafted(text: str) -> tuple[draft_project.DraftFact, ...]:
    return draft_project.facts([line for line in text.splitlines() if line], "en")


# ---------------------------------------------------------------------------------------- what is drafted


def test_each_figure_and_each_date_of_a_sentence_becomes_a_fact() -> None:
    assert [(item.name, item.kind, item.paragraph, item.value, item.day) for item in drafted(TEXT)] == [
        (
            "money",
            FactKind.CONTEXT,
            3,
            "{amount: 14500, currency: GBP, bound: up to, price_basis: not stated}",
            "2026-10-02",
        ),
        ("date", FactKind.CLAIM, 4, "{date: 2027-03-01}", "2027-03-01"),
        ("beds", FactKind.CONTEXT, 5, "{amount: 36, unit: beds, bound: about}", ""),
        ("date-2", FactKind.CLAIM, 6, "{date: ../2028-05}", "../2028-05"),
    ]


def test_a_speaker_has_an_office_where_the_text_gives_one() -> None:
    speakers = [item.speaker for item in drafted(TEXT) if item.speaker]
    assert speakers == [
        draft_project.Speaker("Ruth Okello", "Head gardener"),
        draft_project.Speaker("Ruth Okello", ""),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tom Abbay, the harbour master, said that 40 boats will call.",
        "Tom Abbay said that 40 boats will call.",
        "“The port takes 40 boats,” said Tom Abbay on the quay.",
    ],
)
def test_a_verb_of_saying_names_the_speaker(sentence: str) -> None:
    (fact,) = drafted(sentence)
    assert fact.kind is FactKind.CLAIM
    assert fact.terms == ("40 boats", "Tom Abbay")


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The money is paid over 15 years.", "{amount: 15, unit: years}"),
        ("The bridge is to be built within 15 years.", "{amount: 15, unit: years}"),
        ("The line has run for over 15 years.", "{amount: 15, unit: years, bound: more than}"),
        ("The port received over 15 ships.", "{amount: 15, unit: ships, bound: more than}"),
    ],
)
def test_a_time_over_which_something_goes_on_has_no_bound(sentence: str, value: str) -> None:
    (fact,) = drafted(sentence)
    assert fact.value == value


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("It was 4.3 million pounds in 2024 and 3.0 million pounds in 2025.", ["2024", "2025"]),
        ("In 2024 it was 4 ships, in 2025 3 ships.", ["2024", "2025"]),
        ("The scheme has up to 48 million euros for the years 2026 to 2029.", ["2026/2029"]),
        ("Between 2026 and 2029 the port pays 5 million euros.", ["2026/2029"]),
        ("The plan runs from 2026-2029 and costs 5 million euros.", ["2026/2029"]),
        ("The price is 241 pounds per MWh in 2023 prices.", [""]),
    ],
)
def test_each_amount_has_the_date_beside_it(sentence: str, days: list[str]) -> None:
    assert [fact.day for fact in drafted(sentence)] == days


def test_the_year_of_prices_is_a_price_basis() -> None:
    (fact,) = drafted("The price is 241 pounds per MWh in 2023 prices.")
    assert fact.value == "{amount: 241, currency: GBP, per: MWh, price_basis: 2023 prices}"
    assert fact.terms == ("241 pounds per MWh", "2023 prices")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("The Port Workers' Union", "organisation"),
        ("Tilbrook Hydrogen", "organisation"),
        ("Court of Auditors", "organisation"),
        ("Ruth Okello", "person"),
    ],
)
def test_a_speaker_is_a_person_or_an_organisation(tmp_path: Path, name: str, kind: str) -> None:
    project = begin(tmp_path, f"The Post, 9 October 2026\n\n{name} said that 40 boats will call.\n")
    assert f"kind: {kind}" in project.read("content/actors.yaml")


def test_a_date_without_a_year_is_a_term_and_no_day() -> None:
    (fact,) = drafted("Last month 11,400 passengers used the line.")
    assert (fact.terms, fact.day) == (("11,400 passengers", "Last month"), "")


@pytest.mark.parametrize(
    "sentence",
    ["One crossing in ten failed.", "The boat leaves at eight o'clock.", "It takes 7 to 9 hours."],
)
def test_numbers_that_count_nothing_alone_are_not_drafted(sentence: str) -> None:
    assert [item.name for item in drafted(sentence)] == ["first"]


def test_a_long_text_is_drafted_in_part_and_says_so(tmp_path: Path) -> None:
    text = "\n".join(f"Ferry {name} has 4{number} seats." for number, name in enumerate("A" * 20))
    assert [item.name for item in drafted(text)][:2] == ["seats", "seats-2"]
    (tmp_path / "ferries.txt").write_text(text, "utf-8")
    said = call("init", tmp_path / "p", "--text", tmp_path / "ferries.txt", "--language", "en")
    assert "12 facts, drafted from the text, without its last 8 figures and dates" in said.out
    sheet = (tmp_path / "p/content/facts/ferries.yaml").read_text("utf-8")
    assert sheet.count("    kind: ") == draft_project.MOST


def test_a_text_in_a_language_that_is_not_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "rat.txt").write_text("Der Rat zahlt 5 Millionen Euro.\n", "utf-8")
    said = call("init", tmp_path / "p", "--text", tmp_path / "rat.txt", "--language", "de")
    assert "one fact, of the first words only, because figures in the language 'de'" in said.out


def test_a_headline_has_no_figure_and_is_no_sentence() -> None:
    lines = [line for line in TEXT.splitlines() if line]
    assert draft_project.headline(lines, "en") == "School garden to get a greenhouse"
    assert draft_project.headline(lines[2:], "en") == ""


# ------------------------------------------------------------------------------------- from text to brief


def test_check_asks_for_what_takes_judgement_and_for_nothing_else(tmp_path: Path) -> None:
    said = begin(tmp_path).call("check")
    assert said.exit_code == 1
    assert said.out == "4 errors, 0 warnings\n"
    assert said.err.count("'statement' has no value") == 4
    assert "help: statement: The statement in our own words, one sentence." in said.err


def test_a_draft_that_is_worded_is_sound_and_can_be_built(tmp_path: Path) -> None:
    mine = begin(tmp_path)
    facts = "content/facts/school-garden.yaml"
    said = ("The association pays.", "Sowing begins.", "The garden has beds.", "The path is to be ready.")
    written = mine.read(facts)
    for statement in said:
        before, _, after = written.partition("    statement:   # Write")
        if not after:
            before, _, after = written.partition("    statement:\n")
            written = f"{before}    statement: {statement}\n{after}"
        else:
            written = f"{before}    statement: {statement}   # Write{after}"
    mine.write(facts, written)
    said_of = mine.call("verify", "--captures", str(mine.root / "captures"), "--record")
    assert said_of.exit_code == 0, said_of.text
    assert "4 of 4 passages hold" in said_of.out
    built = mine.call("build", "--format", "markdown")
    assert built.exit_code == 0, built.text
    printed = mine.read("output/briefs/school-garden.md").replace("\N{NO-BREAK SPACE}", " ")
    assert "# School garden to get a greenhouse" in printed
    assert "Ruth Okello says that … 1 March 2027" in printed
    assert "1 January 1" not in printed


@pytest.mark.parametrize("text", ["The path is closed.\n", 'A "strange": text\n\nThe path is closed.\n'])
def test_a_text_without_figures_has_one_draft(tmp_path: Path, text: str) -> None:
    mine = begin(tmp_path, text)
    facts = "content/facts/school-garden.yaml"
    mine.change(facts, "    statement:", "    statement: The path is shut.")
    said = mine.call("check")
    assert said.exit_code == 0, said.text


# ---------------------------------------------------------------------------------- what it says and refuses


def test_it_ends_with_the_files_to_write_and_the_commands(tmp_path: Path) -> None:
    file = tmp_path / "School garden.txt"
    file.write_text(TEXT, "utf-8")
    said = call("init", tmp_path / "garden", "--text", file, "--language", "en")
    lines = said.out.splitlines()
    listed = [line.strip() for line in lines if line.startswith("  content/")]
    assert listed and all((tmp_path / "garden" / path).is_file() for path in listed)
    assert "      4 facts, drafted from the text: write their statements, or delete them" in lines
    commands = [line.strip().partition("  ")[0] for line in lines[lines.index("Then type:") + 1 :]]
    assert commands[1:4] == [
        "briefing check",
        "briefing verify --captures captures --record",
        "briefing build",
    ]


def test_it_asks_for_the_language_of_a_plain_text_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, "utf-8")
    said = call("init", tmp_path / "garden", "--text", file)
    assert said.exit_code == 2
    assert said.err == (
        "briefing: --language: report.txt does not state its language; name it, such as --language en\n"
    )
    assert not (tmp_path / "garden").exists()


def test_a_brief_on_texts_without_a_day_has_that_of_their_verification(tmp_path: Path) -> None:
    mine = begin(tmp_path, "The path is closed.\n")
    mine.change("content/facts/school-garden.yaml", "    statement:", "    statement: The path is shut.")
    source = mine.read("content/sources/school-garden.yaml")
    retrieved = next(line for line in source.splitlines() if line.startswith("retrieved:"))
    mine.change("content/sources/school-garden.yaml", retrieved, "retrieved: not stated")
    assert mine.call("verify", "--captures", str(mine.root / "captures"), "--record").exit_code == 0
    assert mine.call("build", "--format", "markdown").exit_code == 0
    printed = mine.read("output/briefs/school-garden.md").replace("\N{NO-BREAK SPACE}", " ")
    verified = re.search(r"Quotations last checked (\d+ \w+ \d{4})", printed)
    assert verified
    assert re.search(rf"\| Draft\b[^|]*\| {verified[1]} \|", printed), printed


def test_it_leaves_a_project_alone(tmp_path: Path) -> None:
    mine = begin(tmp_path)
    before = mine.read("content/project.yaml")
    said = call("init", mine.root, "--text", tmp_path / "School garden.txt", "--language", "en")
    assert said.exit_code == 2
    assert "already has a project, so nothing was written" in said.err
    assert mine.read("content/project.yaml") == before


@pytest.mark.parametrize("words", [("--example", "--text"), ("--language", "en")])
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, "utf-8")
    said = call("init", tmp_path / "garden", *words, *([file] if words[-1] == "--text" else []))
    assert said.exit_code == 2
    assert not (tmp_path / "garden").exists()


def test_the_name_of_a_file_must_give_a_name(tmp_path: Path) -> None:
    file = tmp_path / "報告.txt"
    file.write_text(TEXT, "utf-8")
    said = call("init", tmp_path / "garden", "--text", file, "--language", "en")
    assert said.exit_code == 2
    assert "rename it" in said.err
