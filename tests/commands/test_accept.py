"""Accepting, changing a fact, reading again: what whoever answers for the words of a brief lives through."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import QUICK, SAMPLE, Page, Project, Said

FERRY = "content/facts/ferry.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"
RECORD = "content/editions/ferry-purchase/accepted.yaml"
COUNT = "value: {amount: 4, unit: ferries}"
FIVE = "value: {amount: 5, unit: ferries}"
ALL = [
    "bottom-line",
    "ferry.no-contract",
    "what-is-meant.1",
    "what-is-meant.2",
    "what-is-meant.3",
    "what-is-paid.1",
    "ferry.name-of-document",
    "ferry.contract",
    "ferry.all-ferries",
]
OF_COUNT = [
    "bottom-line",
    "ferry.no-contract",
    "what-is-meant.1",
    "ferry.name-of-document",
    "ferry.all-ferries",
]
"""The paragraphs that rest on the number of the ferries."""


def accept(project: Project, *arguments: str, by: str = "R. Lund", brief: str = "ferry-purchase") -> Said:
    return project.call("accept", brief, *arguments, "--by", by)


def suspects(project: Project, brief: str = "ferry-purchase") -> list[str]:
    """The names of the paragraphs that a check tells, in the order of the list."""
    told = {
        item["message"].removeprefix(f"{brief}: ").partition(" ")[0]
        for item in project.call("check", "--json").record["findings"]
        if item["check"] == "suspect" and item["brief"] == brief
    }
    states = project.call("accept", brief, "--list").out
    named = [line.removesuffix(": suspect") for line in states.splitlines() if line.endswith(": suspect")]
    assert set(named) == told
    return named


def printed(project: Project) -> str:
    said = project.build("--format", "markdown")
    assert said.exit_code == 0, said.text
    return project.read("output/briefs/ferry-purchase.md")


def issue(project: Project, *arguments: str) -> Said:
    return project.call("issue", "ferry-purchase", "--note", "As agreed.", "--by", "R. Lund", *arguments)


@pytest.fixture(scope="module")
def _accepted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("accepted") / "project")))
    assert accept(project).exit_code == 0
    return project.root


@pytest.fixture
def accepted(tmp_path: Path, _accepted_once: Path) -> Project:
    """The sample with all of the ferry purchase accepted."""
    return Project(Path(shutil.copytree(_accepted_once, tmp_path / "project")))


# ------------------------------------------------------------------------------------------ accepting


def test_all_is_accepted_and_written_where_it_can_be_reviewed(project: Project) -> None:
    said = accept(project, "--reason", "Read beside the texts.")
    assert said.exit_code == 0
    first, *named = said.out.splitlines()
    assert first == f"9 paragraphs of ferry-purchase accepted, in {RECORD}."
    assert [line.split(":")[0].strip() for line in named] == ALL
    record = project.read(RECORD)
    for words in (
        "- paragraph: what-is-meant.2\n  opening: According to ferry.price, the price is ferry.price,",
        "  by: R. Lund\n",
        "  reason: Read beside the texts.\n",
        "    fact: ferry.count\n",
        "    value: {amount: 90 million, currency: EUR, bound: about, instrument: loan, price_basis: ",
    ):
        assert words in record
    assert record.count("fact: ferry.count\n") == 1
    assert suspects(project) == []


def test_nothing_changes_in_the_draft_where_nothing_is_suspect(project: Project) -> None:
    before = printed(project)
    accept(project)
    assert "paragraphs to be checked" not in project.call("plan", "--format", "markdown").out
    assert printed(project) == before


def test_what_is_accepted_already_is_not_written_again(accepted: Project) -> None:
    before = accepted.read(RECORD)
    said = accept(accepted, by="Somebody else")
    assert said.out == "All 9 paragraphs of ferry-purchase are accepted already; nothing was written.\n"
    assert accepted.read(RECORD) == before


def test_a_paragraph_that_is_named_is_put_on_record_anew(accepted: Project) -> None:
    said = accept(accepted, "bottom-line", "what-is-paid.1", by="A. Reader")
    assert said.out.startswith("2 paragraphs of ferry-purchase accepted, in")
    assert accepted.read(RECORD).count("by: A. Reader") == 2
    assert "bottom-line: accepted on" in accepted.call("accept", "ferry-purchase", "--list").out


def test_the_list_shows_how_each_paragraph_stands_and_writes_nothing(project: Project) -> None:
    said = project.call("accept", "ferry-purchase", "--list")
    assert [line for line in said.out.splitlines() if not line.startswith(" ")] == [
        f"{name}: not accepted yet" for name in ALL
    ]
    assert not (project.root / RECORD).exists()
    accept(project, "bottom-line", "--reason", "Read aloud")
    project.change(FERRY, "status: discussed", "status: requested\n    status_basis: requested, as we see it")
    accept(project, "what-is-meant.3")
    basis = "\n    status_basis: "
    project.change(FERRY, f"status: requested{basis}requested", f"status: agreed{basis}agreed")
    lines = project.call("accept", "ferry-purchase", "--list").out.splitlines()
    assert "by R. Lund (Read aloud)" in lines[0]
    at = lines.index("what-is-meant.3: suspect")
    assert "ferry.first-crossing had the status requested; it has the status agreed now" in lines[at + 2]


def test_a_brief_that_rests_on_nothing_has_nothing_to_list(project: Project) -> None:
    project.write(
        "content/briefs/empty.md",
        "---\ntitle: T\nsubtitle: S\nowner: not stated\nsheets: []\nbottom_line: None.\n"
        "commitments: {facts: [ferry.count]}\n---\nWords.\n",
    )
    assert project.call("accept", "empty", "--list").out == "No paragraph rests on a fact.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lost", "--by", "X"), "there is no brief 'lost'"),
        (("ferry-purchase", "bottom", "--by", "X"), "has no paragraph 'bottom'; did you mean 'bottom-line'?"),
        (("ferry-purchase",), "Missing option '--by'"),
        (("ferry-purchase", "--by", " "), "expected some text, found none"),
        (("ferry-purchase", "bottom-line", "--list"), "--list only shows paragraphs"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    project: Project, arguments: tuple[str, ...], words: str
) -> None:
    said = project.call("accept", *arguments)
    assert said.exit_code == 2
    assert words in said.err
    assert not (project.root / RECORD).exists()


def test_an_unknown_paragraph_is_answered_with_the_suspects_first(accepted: Project) -> None:
    accepted.change(FERRY, "value: {text: M2}", "value: {text: M3}")
    assert "the choices are what-is-meant.1, bottom-line, " in accept(accepted, "x").err


def test_a_brief_with_errors_is_not_accepted(project: Project) -> None:
    project.change(PURCHASE, "fact:ferry.places", "fact:ferry.plaices")
    for arguments in (("--by", "X"), ("--list",)):
        said = project.call("accept", "ferry-purchase", *arguments)
        assert said.exit_code == 1
        assert "unknown-fact" in said.err
        assert "Nothing of ferry-purchase is" in said.out
    assert not (project.root / RECORD).exists()


# -------------------------------------------------------------------------------------------- suspicion


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (COUNT, FIVE, "ferry.count was 4 ferries; it is 5 ferries now"),
        ("said_by: [holm, brandt]", "said_by: [holm]", "was said by Holm and Brandt; it is said by Holm now"),
        (
            f"    {COUNT}\n    status: intent",
            f"    {COUNT}\n    flags: [suspended]\n    status: contracted\n    status_basis: contracted",
            "had the status declared intent and was not suspended; "
            "it has the status contracted and is suspended now",
        ),
        (
            "    date: ../2035\n    asserted: 2031-03-15\n    actors: [norrvik, telmark]",
            "    date: ../2036\n    asserted: 2031-03-15\n    actors: [norrvik, telmark]",
            "was dated by 2035; it is dated by 2036 now",
        ),
    ],
    ids=["value", "speaker", "status and flag", "date"],
)
def test_a_changed_fact_makes_every_paragraph_that_cites_it_suspect(
    accepted: Project, old: str, new: str, said: str
) -> None:
    accepted.change(FERRY, old, new)
    assert suspects(accepted) == OF_COUNT
    told = accepted.call("check").err
    assert f"{PURCHASE}:6:14: warning[suspect] ferry-purchase: bottom-line was accepted on" in told
    assert said in told
    assert "briefing accept ferry-purchase what-is-meant.1 --by NAME" in told


def test_a_changed_bound_makes_suspect(accepted: Project) -> None:
    accepted.change(FERRY, "bound: about", "bound: up to")
    accepted.change(FERRY, "близько 90 мільйонів", "до 90 мільйонів")
    assert suspects(accepted) == ["what-is-meant.2"]
    told = accepted.call("check").err
    assert "when ferry.price was about EUR 90 million; it is up to EUR 90 million now" in told


def test_a_changed_caveat_makes_suspect(accepted: Project) -> None:
    accepted.change(FERRY, "No statement from Norrvik names a price.", "Norrvik has confirmed the price.")
    assert suspects(accepted) == ["what-is-meant.2"]
    assert "had the caveat “No statement from Norrvik names a price.”; it has the caveat “Norrvik has" in (
        accepted.call("check").err
    )


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FERRY, "  count:\n", "\n  # A comment.\n  count:  # four?\n"),
        (FERRY, f"    {COUNT}\n    status: intent\n", f"    status: intent\n    {COUNT}\n"),
        (FERRY, COUNT, "value:\n      unit: 'ferries'\n      amount: \"4\""),
        (FERRY, "amount: 90 million", "amount: 90000000"),
        (
            FERRY,
            "caveat: No statement from Norrvik names a price.",
            "caveat: >-\n      No statement from\n      ‘Norrvik’ names — a price",
        ),
        (FERRY, "said_by: [holm, brandt]", "said_by: [brandt, holm]"),
        (FERRY, "terms: [чотири пороми M2]", "terms: [чотири пороми]"),
        (FERRY, '    credibility: "1"\n', '    credibility: "2"\n'),
        (PURCHASE, "The letter names [](fact:ferry.count) of", "The  letter\nnames [](fact:ferry.count), of"),
        (PURCHASE, "## What is meant\n\n", "## What is meant\n\nNew words without a fact.\n\n"),
        (PURCHASE, "## What is meant", "## What it means"),
    ],
)
def test_layout_and_signs_make_nothing_suspect(accepted: Project, path: str, old: str, new: str) -> None:
    accepted.change(path, old, new)
    assert suspects(accepted) == []
    assert "not accepted" not in accepted.call("accept", "ferry-purchase", "--list").out


def test_a_comma_or_a_word_clears_no_suspicion_and_accepting_does(accepted: Project) -> None:
    accepted.change(FERRY, COUNT, FIVE)
    accepted.change(PURCHASE, "The letter names", "The letter, then, names")
    assert suspects(accepted) == OF_COUNT
    said = accept(accepted, "what-is-meant.1", "bottom-line", by="A. Reader")
    assert said.out.startswith("2 paragraphs of ferry-purchase accepted, of which 2 were suspect, in")
    rest = ["ferry.no-contract", "ferry.name-of-document", "ferry.all-ferries"]
    assert suspects(accepted) == rest
    assert "3 paragraphs of ferry-purchase accepted, of which 3 were suspect" in accept(accepted).out
    assert suspects(accepted) == []
    record = accepted.read(RECORD)
    assert record.count("paragraph: bottom-line\n") == 2
    assert record.count("fact: ferry.count\n") == 2


def test_each_brief_has_a_record_of_its_own(accepted: Project) -> None:
    accept(accepted, brief="overview")
    accepted.change(FERRY, COUNT, FIVE)
    assert "bottom-line" in suspects(accepted, "overview")
    accept(accepted, brief="overview")
    assert suspects(accepted, "overview") == []
    assert suspects(accepted) == OF_COUNT


# -------------------------------------------------------------------------------------------- the draft


def test_the_draft_marks_what_is_to_be_checked_until_it_is_accepted(accepted: Project) -> None:
    accepted.build(*QUICK)
    accepted.change(FERRY, COUNT, FIVE)
    said = accepted.build(*QUICK)
    assert said.exit_code == 0, said.text
    text = accepted.read("output/briefs/ferry-purchase.md")
    assert (
        "5 paragraphs are to be checked: a statement under each has changed since the text was accepted."
        in text
    )
    mark = r"*\[To be checked: ferry.count was 4 ferries when this was accepted.\]*"
    assert text.count(mark) == 5
    assert f"There is no contract. {mark}\n" in text
    assert f"stands in both texts. {mark}\n" in text
    assert f" {mark} |" in text
    page = accepted.read("output/briefs/ferry-purchase.html")
    assert page.count('<em class="to-check">[To be checked: ferry.count was 4 ferries') == 5
    assert page.count('class="part to-check"') == 1
    assert "To be checked: ferry.count was 4 ferries when this was accepted." in Page(page).text
    accept(accepted, *OF_COUNT[1:])
    assert "1 paragraph is to be checked: a statement under it has changed" in printed(accepted)
    accept(accepted)
    reason = accepted.call("plan", "--format", "markdown").out
    assert "paragraphs to be checked 1 -> 0" in reason
    assert "be checked" not in printed(accepted)


def test_a_mark_is_no_part_of_the_bottom_line_s_sixty_words(accepted: Project) -> None:
    accepted.change(PURCHASE, "There is no contract.", "There is no contract. " + "Word " * 45)
    accept(accepted)
    accepted.change(FERRY, COUNT, FIVE)
    assert suspects(accepted) == OF_COUNT
    assert "bottom-line-length" not in accepted.call("check").err


def test_what_was_known_on_an_earlier_day_is_not_marked(accepted: Project) -> None:
    accepted.change(FERRY, COUNT, FIVE)
    said = accepted.build("--format", "markdown", "--as-of", "2031-05-01")
    assert said.exit_code == 0
    assert "suspect" not in said.err
    assert "o be checked" not in accepted.read("output/as-of-2031-05-01/briefs/ferry-purchase.md")


# ---------------------------------------------------------------------------------------------- issuing


@pytest.mark.pdf
def test_a_brief_with_suspect_prose_is_not_issued_and_an_accepted_one_is(project: Project) -> None:
    assert issue(project).exit_code == 0
    record = project.read(RECORD)
    assert record.count("reason: issued as edition 1") == len(ALL)
    project.change(FERRY, COUNT, FIVE)
    project.change(PURCHASE, "## What is paid\n\nHolm says", "## What is paid\n\nAgain Holm says")
    said = issue(project)
    assert said.exit_code == 1
    assert "ferry-purchase is not issued: 5 paragraphs are to be checked." in said.out
    assert said.err.count("warning[suspect]") == 5
    assert not (project.root / "content/editions/ferry-purchase/2.yaml").exists()
    assert project.read(RECORD) == record
    accept(project, *OF_COUNT, by="A. Reader")
    said = issue(project)
    assert said.exit_code == 0, said.text
    record = project.read(RECORD)
    assert record.count("by: A. Reader") == 5
    assert record.count("reason: issued as edition 2") == 1
    assert "be checked" not in project.read("content/editions/ferry-purchase/2.yaml")
    assert suspects(project) == []


@pytest.mark.pdf
def test_what_is_gone_is_dropped_when_an_edition_is_issued(accepted: Project) -> None:
    accepted.change(PURCHASE, "## What is paid", "## What is left")
    accepted.change(
        PURCHASE, "Holm says that Norrvik pays [](fact:harbour.share) of the works; Telmark", "Telmark"
    )
    accept(accepted)
    assert "paragraph: what-is-paid.1" in accepted.read(RECORD)
    assert "fact: harbour.share\n" in accepted.read(RECORD)
    assert issue(accepted).exit_code == 0
    record = accepted.read(RECORD)
    assert "paragraph: what-is-paid.1" not in record
    assert "fact: harbour.share\n" not in record
    assert "paragraph: what-is-left.1" in record
    assert "issued as edition" not in record


# ---------------------------------------------------------------------------------------------- renames


def test_a_renamed_fact_keeps_the_record(accepted: Project) -> None:
    for path in (FERRY, PURCHASE, "content/briefs/overview.md"):
        text = accepted.read(path).replace("ferry.count", "ferry.number")
        accepted.write(path, text.replace("  count:\n", "  number:\n    formerly: [ferry.count]\n"))
    assert suspects(accepted) == []
    accepted.change(FERRY, COUNT, FIVE)
    assert suspects(accepted) == OF_COUNT
    accept(accepted)
    assert suspects(accepted) == []


def test_a_renamed_sheet_keeps_the_record(accepted: Project) -> None:
    sheet = accepted.read(FERRY).replace("ferry.", "vessels.")
    (accepted.root / FERRY).unlink()
    accepted.write("content/facts/vessels.yaml", f"formerly: [ferry]\n{sheet}")
    for path in (PURCHASE, "content/briefs/overview.md"):
        text = accepted.read(path).replace("ferry.", "vessels.").replace("[ferry", "[vessels")
        accepted.write(path, text)
    assert suspects(accepted) == []
    accepted.change("content/facts/vessels.yaml", COUNT, FIVE)
    assert suspects(accepted) == [name.replace("ferry.", "vessels.") for name in OF_COUNT]
    assert accept(accepted, "vessels.no-contract").exit_code == 0


def test_a_renamed_brief_takes_its_record_along(accepted: Project) -> None:
    new = "content/briefs/purchase.md"
    accepted.write(new, accepted.read(PURCHASE).replace("title:", "formerly: [ferry-purchase]\ntitle:", 1))
    (accepted.root / PURCHASE).unlink()
    assert suspects(accepted, "purchase") == []
    accepted.change(FERRY, COUNT, FIVE)
    assert suspects(accepted, "purchase") == OF_COUNT
    assert accept(accepted, brief="purchase").exit_code == 0
    assert suspects(accepted, "purchase") == []
    assert not (accepted.root / RECORD).exists()
    assert accepted.read("content/editions/purchase/accepted.yaml").count("paragraph: bottom-line\n") == 2


# ----------------------------------------------------------------------------------------- a bad record


def test_a_record_that_does_not_fit_holds_its_brief_back_and_no_other(accepted: Project) -> None:
    accepted.change(
        RECORD, "acceptances:\n- paragraph: bottom-line\n", "acceptances:\n- paragraf: bottom-line\n"
    )
    said = accepted.build("--format", "markdown")
    assert said.exit_code == 1
    assert "accepted.yaml" in said.err
    assert sorted(path.name for path in (accepted.output / "briefs").iterdir()) == ["overview.md"]


def test_a_record_that_names_a_state_that_is_gone_is_told(accepted: Project) -> None:
    text = accepted.read(RECORD)
    head, _, states = text.partition("states:\n")
    name = states.partition(":")[0].strip()
    accepted.write(RECORD, f"{head}states:\n{states.replace(name, '0123456789ab', 1)}")
    said = accepted.call("check")
    assert said.exit_code == 1
    assert f"there is no state '{name}'" in said.err
