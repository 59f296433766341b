"""The contract of all formats, and the safety of what they print."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pypdfium2
import pytest
from markdown_it import MarkdownIt
from markupsafe import Markup

from briefing import __version__
from briefing.build.steps import Snapshot
from briefing.checks import runner
from briefing.formats import html, registry
from briefing.formats.pdf import prepare as pdf
from briefing.language import end_matter, scale_texts
from briefing.language.words import Words
from briefing.model.editions import Claim, Edition, FactFile, Note, Section
from briefing.model.values import Key
from briefing.site import page_metadata
from briefing.site import pages as site
from briefing.site.lookups import Briefs
from briefing.store import request
from tests.conftest import SAMPLE, Page, Project, environment, expect_golden, snapshot_of

FORMATS = registry.by_name()
BRIEFS = ("ferry-purchase", "overview")
ENGLISH = Words("en")
PRINTED = [
    (name, brief)
    for name, item in FORMATS.items()
    for brief in BRIEFS
    if item.short is None or brief != "overview"
]
"""Formats with the briefs that they print: a brief of one page has no short forms."""


def printed(name: str, data: bytes) -> str:
    """What a reader of a file reads, white space as single spaces; footnote marks of Markdown left out."""
    if FORMATS[name].is_typeset:
        document = pypdfium2.PdfDocument(data)
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    text = data.decode()
    if name == "html":
        return Page(text).text
    return " ".join(Page(MarkdownIt("commonmark").enable("table").render(text)).text.split())


def _plain(markdown: str) -> str:
    return Page(str(html.inline(markdown))).text


def _claims(edition: Edition) -> Iterator[Claim]:
    for section in edition.sections:
        yield from (part for part in section.segments if isinstance(part, Claim))


def _bare(text: str) -> str:
    """Without white space and with straight quotation marks: those are each format's own."""
    return re.sub("[\\s\N{WORD JOINER}]+", "", text.translate(str.maketrans("‘’“”", "''\"\"")))


@pytest.fixture(scope="module")
def made(built_sample: Path) -> dict[tuple[str, str], bytes]:
    """Every file of every brief, by brief and format."""
    return {
        (brief, name): (built_sample / "output" / "briefs" / f"{brief}{item.suffix}").read_bytes()
        for name, brief in PRINTED
        for item in (FORMATS[name],)
    }


# ------------------------------------------------------------------------------------------ contract


def test_every_format_and_the_site_may_be_asked_for() -> None:
    assert (*FORMATS, request.SITE) == request.FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_registry_names_templates_and_styles_that_exist(name: str, snapshot: Snapshot) -> None:
    item = FORMATS[name]
    assert item.name == name
    assert item.suffix.startswith(".")
    assert item.meaning
    assert {*item.templates, *item.styles} <= snapshot.theme.texts.keys()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("brief", BRIEFS)
def test_prepare_is_pure(name: str, brief: str, snapshot: Snapshot) -> None:
    first = FORMATS[name].prepare(snapshot.editions[brief], snapshot.theme, FactFile())
    again = FORMATS[name].prepare(snapshot_of(SAMPLE).editions[brief], snapshot.theme, FactFile())
    assert first == again
    assert first.fingerprint == again.fingerprint


@pytest.mark.parametrize("name", FORMATS)
def test_fingerprint_tells_editions_apart(name: str, snapshot: Snapshot) -> None:
    edition = snapshot.editions["overview"]
    other = dataclasses.replace(edition, title="Another")
    item = FORMATS[name]
    first, second = (item.prepare(each, snapshot.theme, FactFile()) for each in (edition, other))
    assert first.fingerprint != second.fingerprint


@pytest.mark.process
def test_prepare_imports_nothing_slow() -> None:
    code = (
        "import sys, datetime, pathlib\n"
        "from tests.conftest import snapshot_of, SAMPLE\n"
        "from briefing.formats import registry\n"
        "from briefing.model.editions import FactFile\n"
        "snapshot = snapshot_of(SAMPLE)\n"
        "for item in registry.by_name().values():\n"
        "    for edition in snapshot.editions.values():\n"
        "        item.prepare(edition, snapshot.theme, FactFile())\n"
        "assert snapshot.editions\n"
        "print([name for name in ('weasyprint', 'fontTools', 'pydyf') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize(("name", "brief"), PRINTED)
def test_every_claim_note_and_head_is_printed(
    name: str, brief: str, snapshot: Snapshot, made: dict[tuple[str, str], bytes]
) -> None:
    edition = FORMATS[name].shown(snapshot.editions[brief])
    text = _bare(printed(name, made[brief, name]))
    heads = [edition.title, edition.subtitle, edition.as_of, f"TLP:{edition.marking.value}", edition.label]
    heads += [edition.owner or "", edition.publisher, __version__]
    heads += [] if edition.is_short_form else [edition.digest[:7]]
    heads += [section.title for section in edition.sections]
    heads += [*edition.authors, edition.imprint.contact, edition.imprint.licence]
    shown = end_matter.shown(edition)
    words = [_plain(claim.words) for claim in _claims(edition)]
    notes = [_plain(note.text) for note in edition.notes]
    sources = [_plain(reference.text) for reference in shown.references]
    scales = [step for scale in shown.scales for row in scale.rows for step in row]
    missing = [item for item in (*heads, *words, *notes, *sources, *scales) if _bare(item) not in text]
    if FORMATS[name].is_typeset:
        missing = [
            item for item in missing if _bare(item.upper()) not in text
        ]  # a style sets some in capitals
    assert missing == []


@pytest.mark.parametrize("brief", BRIEFS)
def test_notes_are_numbered_from_one_in_the_order_of_their_marks(
    brief: str, snapshot: Snapshot, made: dict[tuple[str, str], bytes]
) -> None:
    edition = snapshot.editions[brief]
    numbers = [note.number for note in edition.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    markdown = made[brief, "markdown"].decode()
    body, _, _ = markdown.partition("\n[^1]: ")
    marks = list(dict.fromkeys(int(number) for number in re.findall(r"\[\^(\d+)\]", body)))
    assert marks == numbers
    assert [int(number) for number in re.findall(r"^\[\^(\d+)\]: ", markdown, re.MULTILINE)] == numbers
    page = Page(made[brief, "html"].decode())
    linked = [item["href"] for item in page.every("a") if item.get("role") == "doc-noteref"]
    assert list(dict.fromkeys(linked)) == [f"#note-{number}" for number in numbers]
    assert {f"note-{number}" for number in numbers} | {f"mark-{number}" for number in numbers} <= set(
        page.ids
    )


@pytest.mark.parametrize("brief", BRIEFS)
def test_html_page_needs_nothing_beside_it(brief: str, made: dict[tuple[str, str], bytes]) -> None:
    page = Page(made[brief, "html"].decode())
    assert len(page.ids) == len(set(page.ids))
    assert {address for _, address in page.addresses} <= {f"#{name}" for name in page.ids}
    assert not list(page.every("script"))
    assert not list(page.every("link"))
    assert next(page.every("html"))["lang"] == "en-GB"


@pytest.mark.parametrize("brief", BRIEFS)
def test_numbers_keep_their_no_break_spaces(brief: str, snapshot: Snapshot) -> None:
    for note in snapshot.editions[brief].notes:
        assert "S1 ¶" not in note.text


def test_amount_of_money_does_not_break_after_its_currency(snapshot: Snapshot) -> None:
    words = {claim.words for claim in _claims(snapshot.editions["overview"]) if claim.fact == "harbour.grant"}
    assert "SEK\N{NO-BREAK SPACE}1.25\N{NO-BREAK SPACE}million" in words
    assert not any("SEK 1.25" in text for text in words)


# ------------------------------------------------------------------------------------------- evidence


def _screens(snapshot: Snapshot) -> Iterator[tuple[str, Edition, str]]:
    """Every page that shows a brief on a screen: of its own, and of the site."""
    assert snapshot.library
    pages = {
        file.path: file.prepared.text
        for file in site.prepare(Briefs(snapshot.editions), snapshot.pages, snapshot.library, snapshot.theme)
    }
    for brief, edition in snapshot.editions.items():
        yield brief, edition, FORMATS["html"].prepare(edition, snapshot.theme, FactFile()).text
        yield f"site {brief}", edition, pages[f"briefs/{brief}.html"]


def test_words_of_every_claim_name_their_fact_and_every_mark_opens_its_card(snapshot: Snapshot) -> None:
    for path, edition, text in _screens(snapshot):
        found = re.findall(r'<span data-fact="([^"]+)">(.+?)</span>', text)
        shown = [claim for claim in _claims(edition) if claim.words]
        assert [fact for fact, _ in found] == [claim.fact for claim in shown], path
        words = [Page(words).text for _, words in found]
        assert [_bare(text) for text in words] == [_bare(_plain(claim.words)) for claim in shown], path
        marks = re.findall(r'<sup class="mark".*?</sup>', text.partition('id="notes"')[0])
        opened = [re.findall(r'popovertarget="evidence-([\w.-]+)"', mark) for mark in marks]
        wanted = [[str(claim.fact)] for claim in _claims(edition) if claim.is_marked]
        assert [numbers for numbers in opened if numbers] == wanted, path


def test_there_is_one_card_a_fact_however_often_it_is_cited(snapshot: Snapshot) -> None:
    for path, edition, text in _screens(snapshot):
        page = Page(text)
        cards = [item["id"] for item in page.every("dialog") if "popover" in item]
        in_order = sorted(edition.notes, key=lambda note: note.number)  # facts of one number are together
        assert cards == [f"evidence-{note.fact}" for note in in_order], path
        opened = {item["popovertarget"] for item in page.every("button") if "popovertarget" in item}
        assert opened == set(cards), path


def _card(text: str, note: Note) -> str:
    """The text of a card."""
    _, _, after = text.partition(f'<dialog class="card" id="evidence-{note.fact}"')
    card, _, _ = after.partition("</dialog>")
    return Page(f"<dialog {card}").text


def test_card_tells_all_that_a_reader_has_to_know_of_a_fact(snapshot: Snapshot) -> None:
    assert snapshot.library
    for path, edition, text in _screens(snapshot):
        references = {reference.label: reference for reference in edition.references}
        for note in edition.notes:
            fact = snapshot.library.facts[note.fact]
            parts = [note.statement, note.value, note.date, note.speakers, note.caveat, note.independence]
            if fact.status:
                parts += [fact.status.id, scale_texts.meaning(fact.status, ENGLISH)]
            if fact.credibility:
                parts += [f"{fact.credibility}: {scale_texts.meaning(fact.credibility, ENGLISH)}"]
            for passage in note.passages:
                reference = references[passage.reference]
                grade = scale_texts.graded(reference.reliability, ENGLISH)
                parts += [
                    reference.title,
                    f"Paragraph {passage.paragraph}: ",
                    f"Source {passage.reference.removeprefix('S')}, paragraph {passage.paragraph}",
                    *passage.terms,
                    grade,
                    passage.reference,
                    passage.origin,
                ]
            shown = _bare(_card(text, note))
            assert [part for part in parts if _bare(_plain(part)) not in shown] == [], (path, note.fact)


def test_only_cards_of_the_site_lead_to_other_pages(snapshot: Snapshot) -> None:
    for path, edition, text in _screens(snapshot):
        addresses = {address for tag, address in Page(text).addresses if tag == "a"}
        for note in edition.notes:
            assert (f"../facts/{note.fact}.html" in addresses) == path.startswith("site ")


def test_nothing_to_press_stands_within_something_else_to_press(snapshot: Snapshot) -> None:
    for path, _, text in _screens(snapshot):
        assert _nested(text) == [], path


def _nested(text: str) -> list[str]:
    """Links, buttons and labels within one another."""
    opened: list[str] = []
    wrong = []
    for end, tag in re.findall(r"<(/?)(a|button|label)\b", text):
        if end:
            opened.pop()
            continue
        if opened:
            wrong.append(f"{tag} in {opened[-1]}")
        opened.append(tag)
    return wrong


def test_text_reads_as_it_did_without_cards(snapshot: Snapshot) -> None:
    for edition in snapshot.editions.values():
        for section in edition.sections:
            opening = Page(html.section_html(section, html.opener("en"), "en").html)
            plain = Page(html.section_html(section, html.linked_note("en"), "en").html)
            assert opening.text == plain.text


def test_paper_has_no_cards(snapshot: Snapshot) -> None:
    for edition in snapshot.editions.values():
        text = FORMATS["pdf"].prepare(edition, snapshot.theme, FactFile()).text
        assert not re.search("popover|evidence-|<button|<label", text)


def test_browser_without_popovers_sees_plain_words_and_no_cards(snapshot: Snapshot) -> None:
    """What needs popovers stands in a rule that such a browser passes over."""
    style = snapshot.theme.texts["screen.css"]
    before, _, after = style.partition("@supports selector(:popover-open) {\n")
    inside, _, _ = after.partition("\n}\n")
    assert ".card, sup.mark button, .hint { display: none; }" in before
    for shown in (
        "sup.mark button {",
        ".card:popover-open {",
        ".hint {",
        ".back { display: none; }",
    ):
        assert shown in inside


def test_every_format_tells_in_its_head_of_what_day_its_texts_are_and_at_its_end_how_many(
    snapshot: Snapshot, made: dict[tuple[str, str], bytes]
) -> None:
    for name, brief in PRINTED:
        text = printed(name, made[brief, name]).upper()
        head, _, rest = text.partition("BOTTOM")
        shown = FORMATS[name].shown(snapshot.editions[brief])
        assert _bare(shown.newest.upper()) in _bare(head), (brief, name)
        assert _bare(shown.counts.upper()) in _bare(rest), (brief, name)


# -------------------------------------------------------------------------------------------- goldens


@pytest.mark.parametrize("brief", BRIEFS)
def test_edition_is_as_accepted(brief: str, snapshot: Snapshot) -> None:
    """Where this fails, reading or citing changed; where only the next fails, a format or template did."""
    edition = dataclasses.replace(snapshot.editions[brief], digest="")
    text = json.dumps(dataclasses.asdict(edition), ensure_ascii=False, indent=1, default=_simply) + "\n"
    expect_golden(f"{brief}.edition.json", text)


def _simply(value: object) -> object:
    return getattr(value, "value", None) or str(value)


@pytest.mark.parametrize("brief", BRIEFS)
@pytest.mark.parametrize("name", ["markdown", "html"])
def test_output_is_as_accepted(
    name: str, brief: str, snapshot: Snapshot, made: dict[tuple[str, str], bytes]
) -> None:
    text = made[brief, name].decode()
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
    text = re.sub(r"sha256-[\w+/=]+", "sha256-of-the-style", text)
    text = text.replace(f"Briefing {__version__}", "Briefing VERSION")
    text = text.replace(snapshot.editions[brief].digest[:7], "DIGEST")
    expect_golden(f"{brief}{FORMATS[name].suffix}", text)


# -------------------------------------------------------------------------------------------- safety

ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>press</a>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt&colon;alert(1))",
    "[press](&#106;avascript:alert(1))",
    "[press](vbscript:msgbox(1))",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "[press](file:///etc/passwd)",
    "[press](<javascript:alert(1)>)",
    '[press](https://example.org "x" onmouseover="alert(1)")',
    "<javascript:alert(1)>",
    "<https://example.org/\"onclick='alert(1)'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "{{ ''.__class__.__mro__ }}{% for x in y %}",
    "<base href=//evil.example/><meta http-equiv=refresh content=0>",
    "<form action=//evil.example><button formaction=//evil.example>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)
_PLAIN_FIELDS = {
    "content/project.yaml": ("title", "subtitle", "publisher", "contact"),
    "content/actors.yaml": ("name", "role", "title", "description"),
    "content/systems.yaml": ("name", "category", "description"),
    "content/origins.yaml": ("title", "medium"),
    "content/sources/gazette.yaml": ("title", "publisher", "author", "url", "label"),
    "content/sources/evening-post.yaml": ("note",),
    "content/facts/ferry.yaml": (
        *("title", "summary", "statement", "caveat", "question", "wording", "why", "note"),
        *("expectation", "would_change"),
    ),
    "content/briefs/ferry-purchase.md": ("title", "subtitle", "owner"),
    "content/pages/method.md": ("title",),
}
_SAFE_SCHEMES = re.compile(r"(?:https?:|mailto:|#|data:,$|[\w./-]+(?:#[\w.-]*)?$)", re.IGNORECASE)


def _with_plain_text(root: Path, text: str) -> Path:
    """The sample with a text in every field that is plain."""
    shutil.copytree(SAMPLE, root)
    quoted = json.dumps(text)
    for path, names in _PLAIN_FIELDS.items():
        field = re.compile(rf"^(\s*(?:- )?(?:{'|'.join(names)}): )(?!not stated)(?!>-).+$", re.MULTILINE)
        target = root / path
        changed = field.sub(lambda match: match[1] + quoted, target.read_text("utf-8"))
        changed = changed.replace("unit: ferries", f"unit: {quoted}").replace(
            "{text: M2}", f"{{text: {quoted}}}"
        )
        changed = changed.replace("says: A letter of intent.", f"says: {quoted}")
        target.write_text(changed, "utf-8")
    return root


def _unchecked(root: Path) -> Snapshot:
    """A project whatever the checks say of its words."""
    with mock.patch.object(runner, "run", lambda subject: ()):
        return snapshot_of(root)


@functools.lru_cache(maxsize=64)
def _with_plain_text_read(text: str) -> Snapshot:
    """The sample with a text in every field that is plain, read once for all tests of it."""
    with tempfile.TemporaryDirectory() as folder:
        return _unchecked(_with_plain_text(Path(folder) / "project", text))


_page = functools.lru_cache(maxsize=2048)(Page)
"""Pages and drawings that no attack reaches are the same again and again."""


def _pages(snapshot: Snapshot) -> dict[str, str]:
    """Every HTML page of a project: alone, for print, of the site."""
    assert snapshot.library
    assert [item for item in snapshot.findings if item.is_error] == []
    found = {}
    for brief, edition in snapshot.editions.items():
        for name in ("html", "pdf"):
            found[f"{name} {brief}"] = FORMATS[name].prepare(edition, snapshot.theme, FactFile()).text
    for file in site.prepare(Briefs(snapshot.editions), snapshot.pages, snapshot.library, snapshot.theme):
        if file.path.endswith(".html"):
            found[file.path] = file.prepared.text
    return found


_DRAWING = re.compile(r"(?s)<svg.*?</svg>")
_OWN = ("button", "label", "b", "form", "script", "noscript", "svg")
"""Elements that only the program makes, and as many as without the words that were tried."""


def _structure(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element and its attributes; of a drawing, whose lines break by its words, those in use."""
    drawings = {str(sorted(set(_elements(drawing)))) for drawing in _DRAWING.findall(text)}
    return [*_elements(_DRAWING.sub("<svg>", text)), *((drawing, ()) for drawing in sorted(drawings))]


def _elements(text: str) -> list[tuple[str, tuple[str, ...]]]:
    # A heading with characters that govern lines names its bookmark apart; that is ours.
    return [
        (element.tag, tuple(sorted(element.attributes.keys() - {"data-bookmark"})))
        for element in _page(text).elements
    ]


@pytest.fixture(scope="module")
def harmless() -> dict[str, str]:
    pages = _pages(_with_plain_text_read("Plain words"))
    return {path: str(_structure(text)) for path, text in pages.items()}


@pytest.fixture(scope="module")
def usual() -> dict[str, Counter[str]]:
    """How many elements of each name the pages of the sample have."""
    return {
        path: Counter(element.tag for element in _page(text).elements)
        for path, text in _pages(_unchecked(SAMPLE)).items()
    }


@pytest.mark.parametrize("attack", ATTACKS)
def test_plain_text_is_printed_and_never_becomes_markup(attack: str, harmless: dict[str, str]) -> None:
    pages = _pages(_with_plain_text_read(attack))
    assert pages.keys() == harmless.keys()
    for path, text in pages.items():
        assert str(_structure(text)) == harmless[path], path
        assert "<!--" not in text
    shown = " ".join(attack.split())
    for path in ("html ferry-purchase", "pdf ferry-purchase", "facts/ferry.count.html", "index.html"):
        assert shown in Page(pages[path]).text, path


@pytest.mark.parametrize("attack", ATTACKS)
def test_plain_text_is_no_markup_for_a_markdown_viewer_either(attack: str) -> None:
    snapshot = _with_plain_text_read(attack)
    text = FORMATS["markdown"].prepare(snapshot.editions["ferry-purchase"], snapshot.theme, FactFile()).text
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    children = [child for token in tokens for child in (token, *(token.children or []))]
    assert [token.content for token in children if token.type in ("html_block", "html_inline", "image")] == []
    assert [token.attrGet("href") for token in children if token.type == "link_open"] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_prose_never_becomes_more_than_markdown_allows(
    attack: str, tmp_path: Path, usual: dict[str, Counter[str]]
) -> None:
    project = Project(Path(shutil.copytree(SAMPLE, tmp_path / "project")))
    project.change(
        "content/briefs/ferry-purchase.md", "## What is paid\n", f"{attack}\n\n- {attack}\n\n# {attack}\n\n"
    )
    project.change(
        "content/pages/method.md", "A grade is a label.", f"{attack}\n\n| {attack} |\n|---|\n| {attack} |"
    )
    project.change("content/facts/ferry.yaml", "and no contract.\n", f"and no contract.\n      {attack}\n")
    for path, text in _pages(_unchecked(project.root)).items():
        page = _page(text)
        tags = Counter(element.tag for element in page.elements)
        assert not tags.keys() & {"img", "iframe", "base"}, path
        made = {tag: tags[tag] for tag in _OWN}
        assert made == {tag: usual[path][tag] for tag in made}, path
        assert len(list(page.every("style"))) == ("html" in path.split()), path
        names = {name for element in page.elements for name in element.attributes}
        assert not [name for name in names if name.startswith("on") or name in ("style", "formaction")], path
        assert [address for _, address in page.addresses if not _SAFE_SCHEMES.match(address)] == [], path
        assert "<!--" not in text


@pytest.mark.parametrize(
    "picture",
    [
        "![map]\n\n[map]: https://example.org/map.png",
        "![a [b] c](https://example.org/map.png)",
        "![a\\]b](https://example.org/map.png)",
    ],
)
def test_picture_in_prose_is_an_error_or_no_picture(picture: str, project: Project) -> None:
    project.change("content/briefs/ferry-purchase.md", "## What is paid\n", f"{picture}\n")
    snapshot = snapshot_of(project.root)
    if not any(finding.check == "image" for finding in snapshot.findings):
        assert (
            list(
                Page(
                    FORMATS["html"]
                    .prepare(snapshot.editions["ferry-purchase"], snapshot.theme, FactFile())
                    .text
                ).every("img")
            )
            == []
        )


def test_contents_name_headings_by_their_words_alone() -> None:
    claim = Claim(Key("ferry.letter"), "was *signed*", 1, is_marked=True, is_first=True)
    text = ("## What ", claim, " & `when`\n\nMore\nof it\n---\n\n### Lower")
    parts = [
        html.section_html(Section("body", "", text), html.linked_note("en"), "en"),
        html.SectionHtml("end", "The end", Markup()),
    ]
    assert html.contents(parts) == [
        ("body-what-was-signed-when", "What was signed & when"),
        ("body-more-of-it", "More of it"),
        ("end", "The end"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Sources", "What is meant", "Note 1", "Mark 2", "Timeline", "!!!"],
)
def test_ids_stay_unique_whatever_a_heading_says(heading: str, project: Project) -> None:
    project.change("content/briefs/ferry-purchase.md", "## What is paid\n", f"## {heading}\n")
    snapshot = snapshot_of(project.root)
    page = Page(FORMATS["html"].prepare(snapshot.editions["ferry-purchase"], snapshot.theme, FactFile()).text)
    assert [name for name in page.ids if page.ids.count(name) > 1 or not name] == []


def test_titles_and_metadata_hold_no_characters_for_the_layout(snapshot: Snapshot) -> None:
    edition = next(iter(snapshot.editions.values()))
    title, subtitle = "Of fer\u00adries\u2060", "What is in\u00adtended"
    hyphenated = dataclasses.replace(edition, title=title, subtitle=subtitle)
    for prepare in (html.prepare, pdf.prepare):
        head = prepare(hyphenated, snapshot.theme, FactFile()).text.partition("</head>")[0]
        assert "<title>Of ferries</title>" in head
        assert 'content="What is intended"' in head
    assert snapshot.library is not None
    about = page_metadata.About(subtitle, data={"name": title})
    head_of_site = page_metadata.head("index.html", title, about, snapshot.library.project, False)
    assert (head_of_site.title, head_of_site.description) == ("Of ferries", "What is intended")
    assert '"name": "Of ferries"' in head_of_site.data
