"""A new source, from a file to the register: what is taken over, refused, and never overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.commands import add_source
from briefing.content import layout
from briefing.model.sources import Source
from briefing.store import disk, request
from tests.conftest import Project, Said, call
from tests.sources.test_extract import SENTENCES, page, pdf
from tests.values import GOOD_PROJECT

TEXT = (
    "Two ferries for Norrvik\n\nBy A. Writer, The Courier\n12 April 2031\n\n"
    "The harbour board’s plan costs up to 40 million crowns.\n"
)


@pytest.fixture
def good(tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(GOOD_PROJECT, tmp_path / "project")))


def added(made: Project, name: str, data: bytes | str, *arguments: str) -> Said:
    """Register a file, whose name is that of the source unless ``--name`` says otherwise."""
    path = made.root.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    where = ("--project", made.root, "--captures", made.root / "captures")
    return call("source", "add", path, *where, *arguments)


def registered(made: Project, name: str) -> Source:
    """The source as the next reading finds it; the whole content still has no error."""
    records, findings = layout.load(disk.read(made.root, request.FOLDERS))
    assert findings == ()
    assert records
    return next(source for source in records.sources if source.id == name)


def sources(made: Project) -> set[str]:
    return {
        path.name for folder in ("content/sources", "captures") for path in (made.root / folder).iterdir()
    }


# ------------------------------------------------------------------------------------------- taken over


def test_what_nobody_can_see_is_left_out_and_named(good: Project) -> None:
    said = added(good, "plain.txt", "A mi\u00adnister\n\u202e30\u202c drones\n", "--language", "en")
    assert said.exit_code == 0, said.err
    left_out = "soft hyphen, pop directional formatting, right-to-left override."
    assert left_out in said.out
    assert good.read("captures/plain.txt") == "A minister\n30 drones\n"
    assert left_out in registered(good, "plain").note


def test_what_a_language_needs_stays_in_its_text(good: Project) -> None:
    persian = "او می‌خواهد\nکتاب‌خانه ۲۰۲۵\n"
    said = added(good, "persian.txt", persian, "--language", "fa", "--label", "کتاب‌خانه")
    assert said.exit_code == 0, said.err
    assert good.read("captures/persian.txt") == persian
    assert registered(good, "persian").label == "کتاب‌خانه"


def test_a_headline_with_letters_of_two_scripts_is_given_again_in_one(good: Project) -> None:
    data = page("<title>R\u0435port on the harbour</title>", f"<p>{SENTENCES}</p>")
    refused = added(good, "port.html", data)
    assert refused.exit_code == 2
    assert "--title: in what the file states, 'R\u0435port' has letters of Latin and Cyrillic" in refused.err
    said = added(good, "port.html", data, "--title", "Report on the harbour")
    assert said.exit_code == 0, said.err
    assert registered(good, "port").title == "Report on the harbour"


def test_a_plain_text_is_registered_with_nothing_that_nobody_said(good: Project) -> None:
    said = added(good, "ferries.txt", TEXT, "--language", "en")
    assert said.exit_code == 0, said.err
    source = registered(good, "ferries")
    assert good.read("captures/ferries.txt") == TEXT
    assert source.sha256 == disk.digest(TEXT.encode())
    assert (source.capture, source.language, source.reliability) == ("ferries.txt", "en", "F")
    assert (source.title, source.publisher, source.author, source.published) == (None, None, None, None)
    assert (source.url, source.retrieved) == (None, None)
    assert source.note.startswith(
        f"The text was taken from ferries.txt; the file's sha256 is {source.sha256}."
    )
    assert source.note.endswith("Graded F until a record shows how reliable it is.")


def test_what_was_written_and_what_to_do_next_is_told(good: Project) -> None:
    said = added(good, "ferries.txt", TEXT, "--language", "en")
    assert said.out.splitlines()[:3] == [
        f"wrote {good.root}/captures/ferries.txt",
        f"wrote {good.root}/content/sources/ferries.yaml",
        "ferries: 4 paragraphs, 22 words.",
    ]
    assert "not stated: title, publisher, author, published, retrieved, url" in said.out
    assert "content/sources/ferries.yaml with a note" in said.out
    assert "briefing coverage ferries" in said.out


def test_what_stands_in_the_text_may_be_said(good: Project) -> None:
    given = ("--title", "Two ferries for Norrvik", "--author", "A. Writer", "--publisher", "The Courier")
    said = added(good, "ferries.txt", TEXT, "--language", "en", *given, "--published", "2031-04-12")
    assert said.exit_code == 0, said.err
    source = registered(good, "ferries")
    assert (source.title, source.author, source.publisher) == (
        "Two ferries for Norrvik",
        "A. Writer",
        "The Courier",
    )
    assert source.published
    assert source.published.edtf == "2031-04-12"
    assert "Read from the text by hand: title, publisher, author, published." in source.note


def test_a_title_is_written_as_the_text_writes_it(good: Project) -> None:
    assert (
        added(good, "a.txt", TEXT, "--language", "en", "--title", "The harbour board's plan").exit_code == 0
    )
    assert registered(good, "a").title == "The harbour board’s plan"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Nordblatt, 12. März 2026. Der Rat zahlt."),
        ("fr", "Journal, 12 mars 2026. Le conseil paie."),
        ("uk", "Вісник, 12 березня 2026 року. Рада платить."),
        ("ru", "Вестник, 12 марта 2026 года. Совет платит."),
        ("en", "The Post, 12/03/2026. The council pays."),
        ("pt", "Jornal, 2026-03-12. O conselho paga."),
    ],
)
def test_a_date_is_read_in_the_language_of_the_text(language: str, text: str, good: Project) -> None:
    given = ("--language", language, "--published")
    assert added(good, "a.txt", text, *given, "2026-03-13").exit_code == 2
    assert added(good, "a.txt", text, *given, "2026-03-12").exit_code == 0


def test_the_note_of_a_table_has_no_command_for_editors(good: Project) -> None:
    said = added(good, "a.csv", "Yard,Ferries\nHolm,4\n", "--language", "en")
    assert "'briefing rows SHEET.FACT FILE' reads them" in said.out
    assert "briefing rows" not in good.read("content/sources/a.yaml")
    assert "its columns are Yard | Ferries" in good.read("content/sources/a.yaml").replace("\n  ", " ")


@pytest.mark.parametrize("published", ["2031-04-12", "2031-04", "2031"])
def test_a_date_may_be_given_as_far_as_the_text_states_it(published: str, good: Project) -> None:
    assert added(good, "a.txt", TEXT, "--language", "en", "--published", published).exit_code == 0


def test_where_and_when_it_was_found_is_the_curators_to_say(good: Project) -> None:
    given = (
        "--url",
        "https://example.org/f",
        "--retrieved",
        "2031-05-01",
        "--label",
        "Report on the ferries",
    )
    assert added(good, "a.txt", TEXT, "--language", "en", *given).exit_code == 0
    source = registered(good, "a")
    assert (source.url, source.label) == ("https://example.org/f", "Report on the ferries")
    assert source.retrieved
    assert source.retrieved.edtf == "2031-05-01"
    assert "Stated by the person who registered it: retrieved, url, language, label." in source.note


def test_a_page_is_registered_with_what_it_states(good: Project) -> None:
    said = added(good, "Two ferries (saved).html", page())
    assert said.exit_code == 0, said.err
    source = registered(good, "two-ferries-saved")
    assert (source.title, source.publisher, source.author) == (
        "Two ferries for Norrvik",
        "The Courier",
        "A. Writer",
    )
    assert (source.url, source.language) == ("https://example.org/ferries", "en-GB")
    assert "title (og:title), publisher (og:site_name)" in source.note
    assert f"the file's sha256 is {disk.digest(page())}" in source.note
    assert "by trafilatura" in source.note
    assert good.read("captures/two-ferries-saved.txt").splitlines()[1] == SENTENCES[0]
    assert good.call("check").exit_code == 0


@pytest.mark.pdf
def test_a_pdf_is_registered_with_what_it_states(good: Project) -> None:
    data = pdf("".join(f"<p>{sentence}</p>" for sentence in SENTENCES), head="<title>Ferries</title>")
    assert added(good, "ferries.pdf", data, "--language", "en").exit_code == 0
    source = registered(good, "ferries")
    assert (source.title, source.author) == ("Ferries", None)
    assert "title (the PDF's Title)" in source.note
    assert len(good.read("captures/ferries.txt").splitlines()) == 3


def test_what_was_registered_can_be_cited_and_verified(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    good.write(
        "content/facts/ferries.yaml",
        "title: Ferries\nsummary: What they cost.\nfacts:\n  price:\n    kind: context\n"
        "    statement: They cost it.\n"
        "    evidence:\n      - {source: ferries, paragraph: 4, terms: [40 million crowns]}\n",
    )
    where = ("--project", good.root, "--captures", good.root / "captures")
    assert call("verify", *where).exit_code == 0
    said = call("coverage", "ferries", *where)
    assert "1 of 4 paragraphs with content cited (25 %)" in said.out


# ---------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--title", "Three ferries"), "--title: 'Three ferries' is neither in the text nor in"),
        (("--author", "B. Writer"), "write it into content/sources/ferries.yaml by hand, with a note"),
        (("--published", "2031-04-13"), "--published: '2031-04-13' is neither"),
        (("--published", "last week"), "is not a date such as"),
        (("--retrieved", "yesterday"), "'yesterday' is not a date such as"),
        (("--name", "Two Ferries"), "'Two Ferries' cannot be a name"),
        (("--name", "con"), "'con' is the name of a device on Windows"),
    ],
)
def test_what_is_not_stated_is_refused_and_nothing_is_written(
    given: tuple[str, ...], words: str, good: Project
) -> None:
    before = sources(good)
    said = added(good, "ferries.txt", TEXT, "--language", "en", *given)
    assert said.exit_code == 2
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1
    assert sources(good) == before


def test_the_language_must_be_known(good: Project) -> None:
    said = added(good, "ferries.txt", TEXT)
    assert (said.exit_code, said.out) == (2, "")
    assert (
        said.err
        == "briefing: --language: ferries.txt does not state its language; name it, such as --language en\n"
    )


def test_a_file_that_is_no_text_is_refused(good: Project) -> None:
    said = added(good, "ferries.odt", b"PK\x03\x04", "--language", "en")
    assert said.exit_code == 2
    assert "ferries.odt is an Office file" in said.err


def test_a_file_that_is_not_there_is_refused(good: Project) -> None:
    said = call("source", "add", good.root / "none.txt", "--project", good.root, "--captures", good.root)
    assert said.exit_code == 2
    assert "none.txt" in said.err


# ------------------------------------------------------------------------------------ never overwritten


def test_registering_the_same_again_changes_nothing_and_says_so(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    said = added(good, "ferries.txt", TEXT, "--language", "en")
    assert said.exit_code == 0
    assert said.out == "ferries is registered already and has its capture: nothing has changed.\n"


def test_another_text_of_the_same_name_is_refused(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    said = added(good, "ferries.txt", TEXT + "More.\n", "--language", "en")
    assert said.exit_code == 2
    assert "captures/ferries.txt already exists with another content, so nothing was written" in said.err
    assert good.read("captures/ferries.txt") == TEXT


def test_an_entry_that_a_curator_completed_stays(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    good.change("content/sources/ferries.yaml", "title: not stated", "title: Two ferries for Norrvik")
    said = added(good, "ferries.txt", TEXT, "--language", "en")
    assert said.exit_code == 2
    assert "content/sources/ferries.yaml already exists" in said.err
    assert registered(good, "ferries").title == "Two ferries for Norrvik"


def test_a_text_is_not_registered_under_two_names(good: Project) -> None:
    assert added(good, "ferries.txt", TEXT, "--language", "en").exit_code == 0
    said = added(good, "ferries.txt", TEXT, "--language", "en", "--name", "boats")
    assert said.exit_code == 2
    assert "this text is already registered, as ferries" in said.err


def test_a_capture_that_lies_in_the_folder_already_is_registered_where_it_is(good: Project) -> None:
    path = good.root / "captures/ferries.txt"
    path.write_text(TEXT, "utf-8")
    where = ("--project", good.root, "--captures", good.root / "captures")
    said = call("source", "add", path, *where, "--language", "en")
    assert said.exit_code == 0
    assert said.out.startswith(f"wrote {good.root}/content/sources/ferries.yaml\nferries: ")
    assert registered(good, "ferries").capture == "ferries.txt"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Report (final).v2", "report-final-v2"),
        ("Élysée_2026", "elysee-2026"),
        ("a--b", "a-b"),
        ("Звіт", ""),
    ],
)
def test_a_name_is_made_of_the_files_name(stem: str, name: str) -> None:
    assert add_source.name_of(stem) == name


def test_a_file_name_that_gives_no_name_asks_for_one(good: Project) -> None:
    said = added(good, "Звіт.txt", TEXT, "--language", "en")
    assert said.exit_code == 2
    assert "give another" in said.err


def test_every_wrong_option_is_told_at_once(good: Project) -> None:
    given = ("--name", "The text", "--language", "English", "--published", "12.4.2031", "--retrieved", "soon")
    said = added(good, "ferries.txt", TEXT, *given, "--author", "Nobody")
    assert said.exit_code == 2
    assert [line.removeprefix("briefing: ").partition(": ")[0] for line in said.err.splitlines()] == [
        "--name",
        "--language",
        "--author",
        "--published",
        "--retrieved",
    ]
    assert "'English' is not a language tag; write en" in said.err
    assert "write 2031-04-12" in said.err
    assert not (good.root / "content" / "sources" / "ferries.yaml").exists()
