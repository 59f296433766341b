"""Things are added to a copy of the program, by the steps that CONTRIBUTING names and no other.

Each story plays a newcomer: it adds one thing to a copy, in at most three files, all of them named in the row
of CONTRIBUTING's table for it, and then finds the thing everywhere where it should be. A story for another
kind of thing is a test with a ``House``, its row and its edits.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from tests.conftest import REPOSITORY, Project, Said, run
from tests.values import GOOD_PROJECT

pytestmark = pytest.mark.process

MOST_FILES = 3
"""So many files an addition may touch."""
WORDS = "briefing/language/words/en.toml"
FACTS, BRIEF = "content/facts/drones.yaml", "content/briefs/letter.md"


class House:
    """A copy of the program, to which one thing is added, and a project that uses it."""

    def __init__(self, folder: Path, what: str) -> None:
        self.root = folder / "house"
        self.project = Project(Path(shutil.copytree(GOOD_PROJECT, folder / "project")))
        for name in ("briefing", "templates"):
            shutil.copytree(REPOSITORY / name, self.root / name)
        self.row = _row(what)
        """The steps that CONTRIBUTING names."""
        self.touched: set[str] = set()

    def insert(self, path: str, before: str, text: str) -> None:
        """Put lines before a line that stands in a file of the program once."""
        target = self._named(path)
        old = target.read_text("utf-8")
        assert old.count(f"\n{before}") == 1, f"{path} has {before!r} {old.count(before)} times"
        target.write_text(old.replace(f"\n{before}", f"\n{text}{before}"), "utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file of the program once."""
        self._named(path)
        Project(self.root).change(path, old, new)

    def write(self, path: str, text: str) -> None:
        """Add a file to the program."""
        assert not (self.root / path).exists()
        self._named(path).write_text(text, "utf-8")

    def _named(self, path: str) -> Path:
        """Return a file of the copy; fail where CONTRIBUTING does not send a newcomer there."""
        short = path.removeprefix("briefing/")
        names = (short, short.removesuffix(".py"), f"{short.rpartition('/')[0]}/", Path(path).name)
        assert any(f"`{name}`" in self.row for name in names), (
            f"CONTRIBUTING does not name {path}: {self.row}"
        )
        self.touched.add(path)
        assert len(self.touched) <= MOST_FILES
        return self.root / path

    def call(self, command: str, *arguments: str | Path) -> Said:
        """Call the changed program in the project."""
        return self.run(command, "--project", self.project.root, *arguments)

    def run(self, *arguments: str | Path) -> Said:
        """Call the changed program."""
        said = run(*arguments, cwd=self.root, env=self._environment)
        assert "Traceback" not in said.text
        return said

    def site(self) -> dict[str, str]:
        """Return what the changed program prints for the site, by path: its texts, without typesetting."""
        return dict(self._printed("ledgers.site_of(project)"))

    def facts(self, brief: str) -> dict[str, Any]:
        """Return the data that the changed program puts beside a brief."""
        standing = f"snapshot_of(project.root).standings[{brief!r}]"
        text = self._printed(
            f"(lambda standing: fact_data.of_edition(standing.edition, standing.state).json)({standing})"
        )
        return dict(json.loads(text))

    def _printed(self, expression: str) -> Any:
        script = (
            "import json, pathlib\n"
            "from briefing.compose import fact_data\n"
            "from tests import ledgers\n"
            "from tests.conftest import Project, snapshot_of\n"
            f"project = Project(pathlib.Path({str(self.project.root)!r}))\n"
            f"print(json.dumps({expression}))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=self.root,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @property
    def _environment(self) -> dict[str, str]:
        """The copy is the package; the tests are those of the checkout."""
        return {**os.environ, "PYTHONPATH": os.pathsep.join([str(self.root), str(REPOSITORY)])}


def _row(what: str) -> str:
    """Return the row of CONTRIBUTING's table that says what to touch."""
    found = re.findall(
        rf"^\| {re.escape(what)} \| (.+?) \| ",
        (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(found) == 1, f"CONTRIBUTING's table has {len(found)} rows for '{what}'"
    return str(found[0])


@pytest.fixture
def house(tmp_path: Path) -> Callable[[str], House]:
    return lambda what: House(tmp_path, what)


# ------------------------------------------------------------------------------------- a field on a fact


def test_a_field_on_a_fact(house: Callable[[str], House]) -> None:
    changed = house("a field on a fact")
    # The field; and because accepted prose relies on it, the same in the record of how a fact stood.
    field = '    place: str = ""\n    """The town where it happens."""\n'
    changed.change(
        "briefing/model/facts.py",
        '    remark: str = ""\n    """What a reader who looks closer',
        f'{field}    remark: str = ""\n    """What a reader who looks closer',
    )
    changed.change(
        "briefing/model/facts.py",
        '    marking: Marking | None = None\n    """Who could read it;',
        f'{field}    marking: Marking | None = None\n    """Who could read it;',
    )
    changed.insert(
        "briefing/changes/fact_fields.py",
        '    DATE = "date"\n',
        '    PLACE = "place"\n    """It happens in another place."""\n',
    )
    changed.insert(
        "briefing/changes/fact_fields.py",
        '    FactField("kind",',
        '    FactField("place", turn=ChangeKind.PLACE, is_on_page=True,\n'
        "              is_relied_on=True, is_searched=True, is_copied=True),\n",
    )
    changed.insert(WORDS, 'said_by = "Speaker"\n', 'place = "Place"\n')
    changed.insert(WORDS, 'speaker = "Attributed otherwise"\n', 'place = "Place changed"\n')

    # It is read, and documented.
    project = changed.project
    project.change(FACTS, "    caveat: No contract.\n", "    caveat: No contract.\n    place: Norrvik\n")
    assert "| `place` | text | no | The town where it happens. |" in changed.run("reference").out

    # It is printed, carried by the data and found by the search.
    built = changed.call("build", "--format", "html")
    assert built.exit_code == 0, built.text
    site = changed.site()
    assert "<dt>Place</dt><dd>Norrvik</dd>" in site["facts/drones.letter.html"]
    assert '"place": "Norrvik"' in site["facts/drones.letter.json"]
    assert [item.get("place") for item in changed.facts("letter")["facts"]][:2] == ["Norrvik", None]
    assert '"norrvik' in "".join(text for path, text in site.items() if path.endswith(".js"))

    # A change of it is told from what to what, and makes prose suspect that was accepted before.
    accepted = changed.call("accept", "letter", "--by", "A. Person")
    assert accepted.exit_code == 0, accepted.text
    project.change(FACTS, "place: Norrvik", "place: Sundholm")
    suspect = changed.call("check").text
    assert "drones.letter had the place Norrvik; it has the place Sundholm now" in suspect
    assert "Place changed, from Norrvik to Sundholm" in changed.call("impact", "drones.letter").out
    assert (
        "drones.letter place Norrvik -> Sundholm" in changed.call("plan", "--format", "html", "--verbose").out
    )


# ------------------------------------------------------------------------------- a form of a fact link


def test_a_form_of_a_fact_link(house: Callable[[str], House]) -> None:
    changed = house("a form of a fact link")
    changed.insert(
        "briefing/language/wording.py",
        '        LinkForm("status",',
        '        LinkForm("year", "the year of its date", "2025",\n'
        "             lambda _, fact: str(fact.date.latest.year) if fact.date else None),\n",
    )

    changed.project.change(
        BRIEF, "The model is", "The line opened in [](fact:drones.start#year). The model is"
    )
    built = changed.call("build", "--format", "markdown")
    assert built.exit_code == 0, built.text
    assert "The line opened in 2026" in changed.project.read("output/briefs/letter.md")
    assert "| `#year` | the year of its date | 2025 |" in changed.run("reference").out
    changed.project.change(BRIEF, "drones.start#year", "drones.price#year")
    assert "drones.price" in changed.call("check").text


# ---------------------------------------------------------------------------------------------- a check


def test_a_check(house: Callable[[str], House]) -> None:
    changed = house("a check")
    changed.insert(
        "briefing/checks/registers.py",
        "CHECKS = (\n",
        "def nobody_keeps(subject: Subject) -> Iterator[Finding]:\n"
        '    """Sheets without an owner."""\n'
        "    for sheet in subject.library.sheets.values():\n"
        "        if not sheet.owner:\n"
        '            yield Finding("", f"nobody keeps {sheet.id}", sheet.at, "name its owner")\n\n\n',
    )
    changed.insert(
        "briefing/checks/registers.py",
        '    Check(\n        "unused-fact",\n',
        '    Check("nobody-keeps", Severity.WARNING, "A sheet has no owner.", "Nobody looks at it again.",\n'
        '          "a sheet with its owner", "a sheet without one", nobody_keeps),\n',
    )

    assert changed.call("check").exit_code == 0
    assert "### nobody-keeps\n" in changed.run("reference").out
    changed.project.change(FACTS, "owner: the drone desk\n", "")
    found = changed.call("check").text
    assert "warning[nobody-keeps] nobody keeps drones" in found
    assert "name its owner" in found


# ----------------------------------------------------------------- a kind of file that can be a source


def test_a_kind_of_file_that_can_be_a_source(house: Callable[[str], House]) -> None:
    changed = house("a kind of file that can be a source")
    changed.write(
        "briefing/sources/extract/subtitles.py",
        '"""Subtitles: bytes to paragraphs, one a caption, without numbers and times."""\n\n'
        "from briefing.sources.extract import plain\n"
        "from briefing.sources.extract.extracted import Choice, Extracted\n\n\n"
        "def read(data: bytes, name: str, choice: Choice) -> Extracted:\n"
        '    """Return the words of a file of subtitles."""\n'
        '    captions = plain.decoded(data, name).strip().split("\\n\\n")\n'
        '    paragraphs = tuple(" ".join(caption.split("\\n")[2:]) for caption in captions)\n'
        '    return Extracted(paragraphs, remarks=("Numbers and times of its captions were left out.",))\n',
    )
    changed.change(
        "briefing/sources/extract/kinds.py",
        "import html, mail, markdown, pdf, plain, tables, word\n",
        "import html, mail, markdown, pdf, plain, subtitles, tables, word\n",
    )
    changed.insert(
        "briefing/sources/extract/kinds.py",
        '    ".tsv": _table,',
        '    ".srt": subtitles.read,\n',
    )

    project = changed.project
    project.write(
        "speech.srt",
        "1\n00:00:01 --> 00:00:03\nThe minister speaks.\n\n2\n00:00:04 --> 00:00:06\nHe names\na price.\n",
    )
    given = ("--project", project.root, "--captures", project.root / "captures")
    about = ("--language", "en", "--label", "The speech")
    added = changed.run("source", "add", project.root / "speech.srt", *given, *about)
    assert added.exit_code == 0, added.text
    assert project.read("captures/speech.txt") == "The minister speaks.\nHe names a price.\n"
    assert "Numbers and times of its captions were left out." in project.read("content/sources/speech.yaml")


# --------------------------------------------------------------------------------------------- a format


def test_a_format(house: Callable[[str], House]) -> None:
    changed = house("a format")
    changed.write(
        "briefing/formats/outline.py",
        '"""The headings of an edition as plain text."""\n\n'
        "from briefing.formats.base import Format, Prepared, Theme\n"
        "from briefing.model.editions import Edition, FactFile\n\n\n"
        "def prepare(edition: Edition, theme: Theme, facts: FactFile) -> Prepared:\n"
        '    """Write the headings out."""\n'
        '    lines = "".join(f"{section.title}\\n" for section in edition.sections if section.title)\n'
        '    return Prepared("text", lines, title=edition.title)\n\n\n'
        'FORMAT = Format("outline", ".outline.txt", "Headings alone", (), (), prepare, link="Outline")\n',
    )
    changed.change(
        "briefing/formats/registry.py", "import html, markdown\n", "import html, markdown, outline\n"
    )
    changed.change("briefing/formats/registry.py", "pdf.FLASH)", "pdf.FLASH, outline.FORMAT)")
    changed.change("briefing/store/request.py", '"flash", SITE)', '"flash", "outline", SITE)')

    built = changed.call("build", "--format", "outline")
    assert built.exit_code == 0, built.text
    assert "Where it stands" in changed.project.read("output/briefs/letter.outline.txt")
    assert "| `outline` | `briefs/NAME.outline.txt` | Headings alone |" in changed.run("reference").out
    planned = changed.call("plan", "--verbose").text
    assert "  briefs/letter.outline.txt" in planned
    assert "site/briefs/letter.outline.txt" in planned


# ------------------------------------------------------------------------------------ a page of the site


def test_a_page_of_the_site(house: Callable[[str], House]) -> None:
    changed = house("a page of the site")
    changed.insert(
        "briefing/site/pages.py",
        "AboutPages = Callable",
        "def owners(printer: Printer, lookups: Lookups) -> Iterator[SiteFile]:\n"
        '    """Who keeps which topic."""\n'
        "    sheets = [*lookups.library.sheets.values()]\n"
        '    title = lookups.say("menu.owners")\n'
        '    yield printer.page("owners.html", "site-owners.html.j2", (), title=title, sheets=sheets)\n'
        "    owners = {sheet.id: sheet.owner for sheet in sheets}\n"
        '    yield data_files.written(printer, "owners", {"owners": owners}, ())\n\n\n',
    )
    changed.insert(
        "briefing/site/pages.py",
        '            ("scales.html", "menu.scales"),\n',
        '            ("owners.html", "menu.owners"),\n',
    )
    changed.insert(WORDS, 'scales = "Status and grades"\n', 'owners = "Owners"\n')
    changed.insert("briefing/site/pages.py", "    scales,\n", "    owners,\n")
    changed.write(
        "templates/site/site-owners.html.j2",
        '{% extends "site-base.html.j2" %}\n{% block main %}\n<h1>{{ title }}</h1>\n'
        "{% for sheet in sheets %}<p>{{ smart(sheet.title) }}: {{ smart(sheet.owner) }}</p>\n{% endfor %}\n"
        "{% endblock %}\n",
    )

    site = changed.site()
    assert "<p>Drones: the drone desk</p>" in site["owners.html"]
    assert json.loads(site["owners.json"]) == {"owners": {"drones": "the drone desk", "papers": ""}}
    listed = json.loads(site["index.json"])["pages"]
    assert {
        "path": "owners.html",
        "kind": "list",
        "title": "Owners",
        "twins": {"json": "owners.json"},
    } in listed
    assert "/owners.html<" in site["sitemap.xml"]
    assert '<a href="owners.html">Owners</a>' in site["index.html"]


# ------------------------------------------------------------------------------------------- a language

PLAIN = (
    "value.short_scales",
    "value.vowels",
    "value.list",
    "value.long_list",
    "date.first",
    "search.stops",
    "search.spellings",
)
"""Entries that are no words for readers, and so keep their form."""
SAME_IN_ALL = (
    *("Briefing", "PDF", "HTML", "JSON", "Atom", "RIS", "BibTeX", "ICS", "TLP", "CLEAR", "GREEN", "AMBER"),
    *("STRICT", "RED", "sha", "Markdown", "html", "http", "https", "www"),
)
ESPERANTO = Locale("eo")
BABEL = (
    *ESPERANTO.months["format"]["wide"].values(),
    *ESPERANTO.months["format"]["abbreviated"].values(),
    *ESPERANTO.currencies.values(),
    *ESPERANTO.list_patterns["standard"].values(),
)
"""The words that come from Babel."""
_SHOWN = re.compile(r'(?:title|aria-label|alt|placeholder|data-label|name="description" content)="([^"]*)"')


def _in_brackets(entry: Any) -> str:
    """Return an entry of the words as TOML, each text between brackets."""
    if isinstance(entry, dict):
        return (
            "{ "
            + ", ".join(f"{json.dumps(form)} = {_in_brackets(text)}" for form, text in entry.items())
            + " }"
        )
    return json.dumps(f"⟦{entry}⟧", ensure_ascii=False)


def _made_up_words() -> str:
    """Return the words of a made-up language: the English ones, each entry between brackets."""
    lines = []
    for table, entries in tomllib.loads((REPOSITORY / WORDS).read_text("utf-8")).items():
        lines.append(f"[{table}]")
        for name, entry in entries.items():
            key = f"{table}.{name}"
            text = json.dumps(entry, ensure_ascii=False) if key in PLAIN else _in_brackets(entry)
            if key == "date.months":
                text = json.dumps(" ".join(f"⟦{month}⟧" for month in entry.split()), ensure_ascii=False)
            lines.append(f"{json.dumps(name)} = {text}")
    return "\n".join(lines) + "\n"


def _outside_brackets(text: str) -> set[str]:
    """Return the words of a page that stand outside brackets, those of its attributes for readers too."""
    shown = html.unescape(" ".join([*_SHOWN.findall(text), re.sub(r"<[^>]*>", " ", text)]))
    before = ""
    while before != shown:  # a text cut short has brackets without a partner
        before, shown = shown, re.sub("⟦[^⟦⟧]*⟧", " ", shown)
    return set(re.findall(r"[^\W\d_]{3,}", shown))


def test_a_language(house: Callable[[str], House]) -> None:
    changed = house("a language")
    changed.write("briefing/language/words/eo.toml", _made_up_words())
    changed.project = Project(
        Path(shutil.copytree(REPOSITORY / "briefing/starters/example", changed.root / "example"))
    )
    changed.project.change("content/project.yaml", "languages: [en-GB]", "languages: [eo]")

    # The content has no word that the program prints; so what is outside brackets comes from the program.
    held = [path for path in changed.project.root.rglob("*") if path.is_file()]
    held += (REPOSITORY / "briefing/pages").glob("*.md")
    texts = " ".join(path.read_text("utf-8") for path in held)
    texts += " ".join((*BABEL, *SAME_IN_ALL))
    known = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", texts)}

    built = changed.call("build", "--format", "html", "--format", "markdown")
    assert built.exit_code == 0, built.text
    printed = {
        path.name: path.read_text("utf-8")
        for path in (changed.project.root / "output/briefs").iterdir()
        if path.suffix in (".html", ".md")
    }
    assert len(printed) == 4
    site = changed.site()
    # An issued edition keeps the language that it was issued in.
    pages = {
        path: text for path, text in site.items() if not path.startswith(("editions/", "briefs/tram-line."))
    }
    printed |= {path: text for path, text in pages.items() if path.endswith((".html", ".md", ".txt"))}
    assert "⟦Bottom line⟧" in printed["tram-line.md"]
    foreign: dict[str, str] = {}
    for path, text in printed.items():
        body = re.sub(r"<style>.*?</style>|<script.*?</script>|\]\([^)]*\)", " ", text, flags=re.DOTALL)
        foreign |= {word: path for word in _outside_brackets(body) if word.casefold() not in known}
    assert not foreign, f"these words are in no file of words: {foreign}"
