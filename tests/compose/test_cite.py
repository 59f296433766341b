"""Fact links become claims, notes and references."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.build.steps import Snapshot
from briefing.compose import cite
from briefing.formats import registry
from briefing.language import link_slips
from briefing.language.link_slips import Targets
from briefing.language.wording import FORMS
from briefing.model import fact_links, query
from briefing.model.editions import Claim, Draft, DraftSection, Edition, FactFile
from briefing.model.sources import Verification
from briefing.model.values import Date, Prose, Slug
from tests.conftest import Project, snapshot_of, tries

FERRY = "content/facts/ferry.yaml"
PURCHASE = "content/briefs/ferry-purchase.md"


def _cited(snapshot: Snapshot, *texts: str) -> Edition:
    """Sections with these texts, cited."""
    assert snapshot.library
    sections = tuple(DraftSection(f"part-{number}", "", text) for number, text in enumerate(texts))
    edition, findings = cite.resolve(
        Draft(Slug("test"), sections), snapshot.library.briefs["ferry-purchase"], snapshot.library
    )
    assert edition, findings
    return edition


def _as_text(edition: Edition) -> str:
    """The edition with its marks in brackets."""
    text = "\n".join(
        "".join(
            part if isinstance(part, str) else part.words + (f"[{part.note}]" if part.is_marked else "")
            for part in section.segments
        )
        for section in edition.sections
    )
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[](fact:harbour.berths) are meant.", "Up to 3 berths[1] are meant."),
        ("They came. [](fact:harbour.berths) are meant.", "They came. Up to 3 berths[1] are meant."),
        ("They came. **[](fact:harbour.berths)** are meant.", "They came. **Up to 3 berths[1]** are meant."),
        ("- [](fact:harbour.berths)\n- one", "- Up to 3 berths[1]\n- one"),
        ("They want [](fact:harbour.berths).", "They want up to 3 berths[1]."),
        ("For e.g. [](fact:harbour.berths) they pay.", "For e.g. up to 3 berths[1] they pay."),
        ("| a |\n|---|\n| [](fact:harbour.berths) |", "| a |\n|---|\n| up to 3 berths[1] |"),
        ("[up to three berths](fact:harbour.berths) are meant.", "up to three berths[1] are meant."),
    ],
)
def test_a_value_that_begins_a_sentence_has_a_capital(snapshot: Snapshot, text: str, printed: str) -> None:
    assert _as_text(_cited(snapshot, text)) == printed


def test_notes_are_numbered_in_the_order_of_their_first_marks(snapshot: Snapshot) -> None:
    edition = _cited(
        snapshot,
        "[](fact:ferry.type) and [](fact:ferry.count).\n\n[](fact:harbour.berths)",
        "[](fact:ferry.count)",
    )
    assert _as_text(edition) == "M2[1] and 4 ferries[2].\n\nUp to 3 berths[3]\n4 ferries[2]"
    assert [(note.number, note.fact) for note in edition.notes] == [
        (1, "ferry.type"),
        (2, "ferry.count"),
        (3, "harbour.berths"),
    ]


def test_a_number_is_given_where_it_is_first_printed(snapshot: Snapshot) -> None:
    """The first claim of the paragraph bears no mark, so its fact is numbered by its last."""
    edition = _cited(snapshot, "[](fact:ferry.count), [](fact:ferry.type), [](fact:ferry.count)")
    assert _as_text(edition) == "4 ferries, M2[1], 4 ferries[2]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[](fact:ferry.type) [](fact:ferry.type)", "M2 M2[1]"),
        ("[](fact:ferry.type)\n[](fact:ferry.type)", "M2\nM2[1]"),
        ("[](fact:ferry.type)\n\n[](fact:ferry.type)", "M2[1]\n\nM2[1]"),
        ("[](fact:ferry.type)\n  \n[](fact:ferry.type)", "M2[1]\n  \nM2[1]"),
        (
            "| [](fact:ferry.type) | [](fact:ferry.type) |\n|---|---|\n| [](fact:ferry.type) |",
            "| M2 | M2[1] |\n|---|---|\n| M2[1] |",
        ),
        ("- [](fact:ferry.type)\n- [](fact:ferry.type)", "- M2[1]\n- M2[1]"),
        ("1. [](fact:ferry.type)\n2. [](fact:ferry.type)", "1. M2[1]\n2. M2[1]"),
        ("## [](fact:ferry.type)\n[](fact:ferry.type)", "## M2[1]\nM2[1]"),
        ("[](fact:ferry.type)\n===\n[](fact:ferry.type)", "M2[1]\n===\nM2[1]"),
        ("Of [](fact:ferry.type)\n#5 and [](fact:ferry.type)", "Of M2\n#5 and M2[1]"),
        ("In [](fact:ferry.type)\n2035. [](fact:ferry.type)", "In M2\n2035. M2[1]"),
        ("- [](fact:ferry.type)\n[](fact:ferry.type)", "- M2\nM2[1]"),
    ],
    ids=[
        "line",
        "paragraph",
        "paragraphs",
        "blank with spaces",
        "rows",
        "items",
        "numbered items",
        "heading",
        "heading over a rule",
        "line that begins with a number sign",
        "line that begins with a year",
        "item that goes on at the margin",
    ],
)
def test_the_last_claim_of_a_fact_in_a_block_is_marked(snapshot: Snapshot, text: str, expected: str) -> None:
    assert _as_text(_cited(snapshot, text)) == expected


def test_every_claim_names_its_note(snapshot: Snapshot) -> None:
    edition = _cited(snapshot, "[](fact:ferry.type) [](fact:ferry.type)")
    claims = [part for part in edition.sections[0].segments if isinstance(part, Claim)]
    assert [claim.note for claim in claims] == [1, 1]


def test_only_the_first_mark_of_a_note_is_first(snapshot: Snapshot) -> None:
    edition = snapshot.editions["ferry-purchase"]
    first = [
        part.note
        for section in edition.sections
        for part in section.segments
        if isinstance(part, Claim) and part.is_first
    ]
    assert first == [note.number for note in edition.notes]


def test_words_stay_as_they_are_and_values_are_escaped(snapshot: Snapshot) -> None:
    edition = _cited(snapshot, "[*some* words](fact:ferry.count) [](fact:ferry.letter#date)")
    assert _as_text(edition) == "*some* words[1] 14 March \\[2031\\][2]"


def test_references_are_labelled_in_the_order_of_the_notes(snapshot: Snapshot) -> None:
    edition = _cited(snapshot, "[](fact:ferry.price) [](fact:ferry.count)")
    assert [(item.label, item.source) for item in edition.references] == [
        ("S1", "evening-post"),
        ("S2", "gazette"),
    ]
    assert edition.references[0].text == "“Пороми для островів” (publisher and date not stated)."
    second = edition.references[1].text.replace("\N{NO-BREAK SPACE}", " ")
    assert second == "R. Lund, “Two ministries sign for ferries”, The Norrvik Gazette, 15 March 2031."


def test_note_tells_who_says_so_and_where(snapshot: Snapshot) -> None:
    (note,) = _cited(snapshot, "[](fact:ferry.price)").notes
    assert note.text == (
        "Brandt's interview with Radio Telmark (S1\N{NO-BREAK SPACE}¶5). Credibility\N{NO-BREAK SPACE}3. "
        "No statement from Norrvik names a price."
    )


def test_a_date_brings_no_caveat_of_what_happened_on_it(snapshot: Snapshot) -> None:
    caveat = "The letter itself is not in this corpus."
    (note,) = _cited(snapshot, "Prices rose after [](fact:ferry.letter#date).").notes
    assert (note.text.endswith(caveat), note.caveat) == (False, caveat)
    (note,) = _cited(
        snapshot, "On [](fact:ferry.letter#date) they signed [a letter](fact:ferry.letter)."
    ).notes
    assert note.text.endswith(caveat)


def test_one_page_brief_leaves_caveats_out_and_keeps_its_scales(snapshot: Snapshot) -> None:
    edition = snapshot.editions["overview"]
    assert "Status of a commitment" in [scale.title for scale in edition.scales]
    assert not [note for note in edition.notes if "not in this corpus" in note.text]


def test_counts_tell_sources_and_independent_origins(snapshot: Snapshot) -> None:
    edition = _cited(snapshot, "[](fact:ferry.count) [](fact:ferry.price) [](fact:ferry.type)")
    assert edition.counts == ("3 statements from 2 sources; 2 of 3 statements have a single original source.")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"gazette": "2031-03-15"}, "Latest text: 15 March 2031."),
        (
            {"gazette": "2031-03-15", "evening-post": None},
            "Latest dated text: 15 March 2031; of the 2 texts behind this brief 1 states no date.",
        ),
        (
            {"gazette": "2031-05", "evening-post": None},
            "Latest dated text: May 2031; of the 2 texts behind this brief 1 states no date.",
        ),
        ({"gazette": None}, "The one text that is used in this brief states no date."),
    ],
)
def test_a_brief_says_of_what_day_its_newest_text_is(
    snapshot: Snapshot, days: dict[str, str | None], expected: str
) -> None:
    assert snapshot.library
    known = dict(snapshot.library.sources)
    for name, day in days.items():
        known[Slug(name)] = dataclasses.replace(known[Slug(name)], published=Date(day) if day else None)
    changed = dataclasses.replace(snapshot.library, sources=known)
    keys = ("ferry.count", "ferry.type") if len(days) > 1 else ("ferry.type",)
    edition = _cited(dataclasses.replace(snapshot, library=changed), *(f"[](fact:{key})" for key in keys))
    assert edition.newest.replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("ferry.type",), "it has a single original source."),
        (("ferry.type", "ferry.price"), "each has a single original source."),
        (("ferry.count",), "no statement has a single original source."),
        (("ferry.count", "ferry.type"), "1 of 2 statements has a single original source."),
    ],
)
def test_share_of_single_origins_is_told_in_whole_sentences(
    snapshot: Snapshot, keys: tuple[str, ...], expected: str
) -> None:
    edition = _cited(snapshot, " ".join(f"[](fact:{key})" for key in keys))
    assert edition.counts.partition("; ")[2] == expected


# ----------------------------------------------------------------------------------------- verification


def _verification(
    snapshot: Snapshot, source: str, day: str, *keys: str, sha256: str | None = None
) -> Verification:
    """A record that the passages of some facts were found in a source."""
    assert snapshot.library
    found = [
        query.passage_digest(item)
        for key in keys
        for item in snapshot.library.facts[key].evidence
        if item.source == source
    ]
    digest = sha256 or snapshot.library.sources[source].sha256
    return Verification(Slug(source), Date(day), digest, 8, tuple(found))


def _verified(snapshot: Snapshot, *records: Verification) -> str:
    """What a text on the number and the class says of its verification."""
    assert snapshot.library
    library = dataclasses.replace(snapshot.library, verifications={item.id: item for item in records})
    text = "[](fact:ferry.count) [](fact:ferry.type)"
    draft = Draft(Slug("test"), (DraftSection("part", "", text),))
    edition, _ = cite.resolve(draft, library.briefs["ferry-purchase"], library)
    assert edition
    return edition.checked


def test_nothing_is_said_of_verification_where_nobody_recorded_one(snapshot: Snapshot) -> None:
    assert _verified(snapshot) == ""


def test_last_verified_is_the_oldest_of_the_days_on_which_its_passages_were_found(
    snapshot: Snapshot,
) -> None:
    gazette = _verification(snapshot, "gazette", "2031-05-02", "ferry.count", "ferry.type")
    post = _verification(snapshot, "evening-post", "2031-04-30", "ferry.count")
    assert _verified(snapshot, gazette, post) == "Quotations last checked 30\N{NO-BREAK SPACE}April 2031."


def test_passages_that_were_not_found_as_they_stand_are_counted(snapshot: Snapshot) -> None:
    gazette = _verification(snapshot, "gazette", "2031-05-02", "ferry.count")
    post = _verification(snapshot, "evening-post", "2031-05-02", "ferry.count")
    expected = "Quotations last checked 2\N{NO-BREAK SPACE}May 2031, but for 1 of 3 passages."
    assert _verified(snapshot, gazette, post) == expected
    assert (
        _verified(snapshot, gazette)
        == "Quotations last checked 2\N{NO-BREAK SPACE}May 2031, but for 2 of 3 passages."
    )


def test_verification_of_another_capture_counts_for_nothing(snapshot: Snapshot) -> None:
    stale = _verification(snapshot, "gazette", "2031-05-02", "ferry.count", "ferry.type", sha256="0" * 64)
    assert _verified(snapshot, stale) == "Not verified."


def test_changed_evidence_is_verified_no_more(snapshot: Snapshot) -> None:
    assert snapshot.library
    gazette = _verification(snapshot, "gazette", "2031-05-02", "ferry.count", "ferry.type")
    fact = snapshot.library.facts["ferry.type"]
    moved = dataclasses.replace(fact.evidence[0], paragraph=4)
    facts = {**snapshot.library.facts, fact.id: dataclasses.replace(fact, evidence=(moved,))}
    changed = dataclasses.replace(snapshot, library=dataclasses.replace(snapshot.library, facts=facts))
    post = _verification(snapshot, "evening-post", "2031-05-02", "ferry.count")
    assert _verified(changed, gazette, post).endswith(", but for 1 of 3 passages.")


# ------------------------------------------------------------------------------------- cards of evidence


def test_note_holds_what_a_card_tells(snapshot: Snapshot) -> None:
    first, second = _cited(snapshot, "[](fact:ferry.count) [](fact:ferry.price)").notes
    assert first.statement == "Norrvik is to be able to buy ferries from Telmark."
    assert (first.value, first.date) == ("4 ferries", "by 2035")
    assert first.status == (
        "declared intent: both sides have put an intention in writing, or one of them says what it covers; "
        "no contract is recorded"
    )
    assert first.speakers == "Ada Holm and Ivo Brandt"
    assert (first.grade, first.caveat) == ("1: confirmed by independent origins", "")
    assert first.independence == "2 texts; 2 independent original sources"
    assert [(item.reference, item.source, item.paragraph) for item in first.passages] == [
        ("S1", "gazette", 3),
        ("S2", "evening-post", 4),
    ]
    origin = first.passages[0].origin.replace("\N{NO-BREAK SPACE}", " ")
    assert origin == "Holm's words at the quay, 14 Mar \\[2031\\]"
    value = second.value.replace("\N{NO-BREAK SPACE}", " ")
    assert value == "about EUR 90 million; loan; price basis: not stated"
    assert (second.status, second.kind) == ("", "claim")
    assert (second.date, second.caveat) == ("not dated", "No statement from Norrvik names a price.")


def test_note_tells_flags_beside_the_status(project: Project) -> None:
    project.change(
        FERRY,
        "    value: {amount: 4, unit: ferries}\n    status: intent\n",
        "    value: {amount: 4, unit: ferries}\n    status: intent\n    flags: [disputed, suspended]\n",
    )
    (note,) = _cited(snapshot_of(project.root), "[](fact:ferry.count)").notes
    assert note.status.endswith("; no contract is recorded; disputed; suspended")


def test_note_says_through_whom_a_statement_came(project: Project) -> None:
    project.change("content/origins.yaml", "  said_by: [brandt]\n", "  said_by: [brandt]\n  via: [telmark]\n")
    (note,) = _cited(snapshot_of(project.root), "[](fact:ferry.price)").notes
    assert [item.via for item in note.passages] == ["Telmark"]


def test_as_of_is_the_day_of_the_newest_fact(snapshot: Snapshot) -> None:
    assert _cited(snapshot, "[](fact:ferry.type) [](fact:ferry.count)").as_of_day.isoformat() == "2031-03-15"
    edition = _cited(snapshot, "[](fact:ferry.type) [](fact:harbour.storm#mark)")
    assert edition.as_of_day.isoformat() == "2031-04-03"
    assert edition.as_of.split() == ["3", "April", "2031"]


def test_brief_on_undated_facts_does_not_invent_a_day(project: Project) -> None:
    project.change(
        "content/facts/harbour.yaml", "    date: 2030-11~\n    asserted: 2031-04-03\n", "    date: 2030-11~\n"
    )
    project.write(
        "content/briefs/storm.md",
        "---\ntitle: Storm\nsubtitle: One\nowner: not stated\nsheets: []\n"
        "bottom_line: None.\n---\n[A storm](fact:harbour.storm).\n",
    )
    assert snapshot_of(project.root).editions["storm"].as_of != "1 January 1"


def test_digest_covers_everything_and_only_what_is_printed(snapshot: Snapshot, project: Project) -> None:
    project.change(FERRY, "facts:\n  letter:", "# comment\nfacts:\n  letter:")
    assert snapshot_of(project.root).editions == snapshot.editions
    project.change(FERRY, "The letter itself is not", "The letter is not")
    changed = snapshot_of(project.root).editions
    assert changed["ferry-purchase"].digest != snapshot.editions["ferry-purchase"].digest
    project.change(FERRY, "No statement from Norrvik names a price.", "Nobody else names a price.")
    again = snapshot_of(project.root).editions
    assert again["ferry-purchase"].digest != changed["ferry-purchase"].digest
    assert again["overview"].digest == changed["overview"].digest, "it does not cite the price"


# --------------------------------------------------------------------------------------------- findings


@pytest.mark.parametrize(
    ("old", "new", "check", "message", "line", "column"),
    [
        (
            "[](fact:ferry.type)",
            "[](fact:ferry.tpye)",
            "unknown-fact",
            "there is no fact 'ferry.tpye'",
            16,
            57,
        ),
        (
            "[](fact:ferry.type)",
            "[](fact:ferry.type#tiny)",
            "unknown-form",
            "there is no form '#tiny'",
            16,
            57,
        ),
        (
            "[](fact:ferry.type)",
            "[](fact:ferry.visit)",
            "nothing-to-print",
            "the fact 'ferry.visit' has no value to print",
            16,
            57,
        ),
        (
            "[](fact:ferry.type)",
            "[](fact:ferry.type#date)",
            "nothing-to-print",
            "the fact 'ferry.type' has no date to print",
            16,
            57,
        ),
        (
            "[](fact:ferry.type)",
            "[](fact:ferry.type#status)",
            "nothing-to-print",
            "the fact 'ferry.type' has no status to print",
            16,
            57,
        ),
        (
            "[a letter of intent](fact:ferry.letter)",
            "[a letter](fact:ferry.lettre)",
            "unknown-fact",
            "there is no fact 'ferry.lettre'",
            7,
            None,
        ),
    ],
)
def test_finding_stands_where_the_author_wrote_the_link(
    project: Project, old: str, new: str, check: str, message: str, line: int, column: int | None
) -> None:
    project.change(PURCHASE, old, new)
    (finding,) = [item for item in snapshot_of(project.root).findings if item.is_error]
    assert (finding.check, finding.message, finding.brief) == (check, message, "ferry-purchase")
    assert (finding.at.path, finding.at.line) == (PURCHASE, line)
    text = project.read(PURCHASE).splitlines()[line - 1]
    assert text[finding.at.column - 1 :].startswith("(fact:") or column is None


def test_every_bad_link_is_reported_in_one_run(snapshot: Snapshot) -> None:
    assert snapshot.library
    draft = Draft(
        Slug("test"), (DraftSection("part", "", "[](fact:a.b) [](fact:c.d) [](fact:ferry.type#e)"),)
    )
    edition, findings = cite.resolve(draft, snapshot.library.briefs["overview"], snapshot.library)
    assert edition is None
    assert [finding.check for finding in findings] == ["unknown-fact", "unknown-fact", "unknown-form"]


def test_the_same_mistake_twice_has_two_places(project: Project) -> None:
    project.change(PURCHASE, "Norrvik pays [](fact:harbour.share)", "Pays [](fact:a.b).\n\nAnd [](fact:a.b)")
    errors = [item for item in snapshot_of(project.root).findings if item.is_error]
    assert len({finding.at.line for finding in errors}) == 2


def test_every_form_can_be_cited(snapshot: Snapshot) -> None:
    for form in (form for form in FORMS if form != "before"):  # which needs a history
        edition = _cited(snapshot, f"[](fact:ferry.first-crossing{'#' + form if form else ''})")
        assert edition.notes[0].fact == "ferry.first-crossing"


# --------------------------------------------------------------------------- the scanner and the renderer


def _seen_by_renderer(text: str) -> list[str]:
    """Fact links as markdown-it finds them, with what the program's renderer knows and does not know."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "image"])
    tokens = parser.parse(text)
    children = [child for token in tokens for child in token.children or []]
    addresses = [str(child.attrGet("href")) for child in children if child.type == "link_open"]
    return [
        address[len("fact:") :].partition("#")[0]
        for address in addresses
        if address.lower().startswith("fact:")
    ]


def _seen_by_scanner(text: str) -> list[str]:
    return [link.key for link in fact_links.find(text)]


_PIECES = st.sampled_from(
    [
        "[](fact:a.b)",
        "[words](fact:c.d)",
        "[*some* words](fact:e.f#short)",
        "word ",
        "\n",
        "\n\n",
        "*em*",
        "- item ",
        "## Head ",
        "\\* ",
        "! ",
        "`code`",
        "`[](fact:code.one)`",
        "\n```\n[](fact:code.two)\n```\n",
        "\n~~~~\n[](fact:code.three)\n~~~~\n",
        "| cell | [](fact:g.h) |\n",
        "\\[](fact:i.j)",
        "[a \\] b](fact:k.l)",
        "> quote ",
    ]
)


@settings(max_examples=tries(400))
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_scanner_and_renderer_find_the_same_links_in_ordinary_markdown(text: str) -> None:
    assert _seen_by_scanner(text) == _seen_by_renderer(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("text\n\n    [](fact:a.b)", id="indented code, which is switched off in both"),
        pytest.param("> ```\n> [](fact:a.b)\n> ```", id="fence in a quotation"),
        pytest.param("- x\n\n  ```\n  [](fact:a.b)\n  ```", id="fence in a list"),
        pytest.param("one ` tick\n\n[](fact:a.b) and ` more", id="tick that ends with its paragraph"),
        pytest.param("![words](fact:a.b)", id="picture, which is switched off in the renderer"),
        pytest.param("```\n[](fact:a.b)\n``` x\n[](fact:c.d)\n```", id="fence with words behind"),
        pytest.param("[a ` b](fact:a.b) c ` d", id="code that begins within words"),
        pytest.param("[a `]` b](fact:a.b)", id="code within words"),
        pytest.param("[a [b] c](fact:a.b)", id="brackets within words"),
        pytest.param("[a\n\nb](fact:a.b)", id="words over two paragraphs"),
        pytest.param("\\\\`[](fact:a.b)`", id="code after a backslash"),
        pytest.param("``` a`b\n[](fact:a.b)\n```", id="fence with a tick in its head"),
    ],
)
def test_scanner_and_renderer_find_the_same_links_in_odd_markdown(text: str) -> None:
    assert _seen_by_scanner(text) == _seen_by_renderer(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[words](fact:a.b "title")', id="title"),
        pytest.param("[words](<fact:a.b>)", id="angle brackets"),
        pytest.param("[words]( fact:a.b )", id="spaces"),
        pytest.param("<fact:a.b>", id="autolink"),
        pytest.param("[words][r]\n\n[r]: fact:a.b", id="reference"),
        pytest.param("[](FACT:a.b)", id="capital scheme"),
    ],
)
def test_a_link_that_only_the_renderer_finds_is_a_slip(text: str) -> None:
    assert _seen_by_renderer(text) == ["a.b"]
    assert _seen_by_scanner(text) == []
    assert list(link_slips.in_prose(text, Targets()))


@pytest.mark.parametrize(
    "text",
    [
        '[words](fact:ferry.count "title")',
        "[words](<fact:ferry.count>)",
        "<fact:ferry.count>",
        "[words][r]\n\n[r]: fact:ferry.count",
        "[a [b] c](fact:ferry.count)",
        "one ` tick\n\n[](fact:ferry.count) and ` more",
        '[words](fact:0 "title")',
    ],
)
def test_a_fact_link_is_cited_or_reported_and_never_printed_bare(project: Project, text: str) -> None:
    """Where the renderer finds a link that the scanner passed over, nothing is cited, or another's note."""
    project.write(
        "content/briefs/odd.md",
        "---\ntitle: Odd\nsubtitle: One\nowner: not stated\nsheets: []\n"
        f"bottom_line: Of the class [](fact:ferry.type).\n---\n{text}\n",
    )
    snapshot = snapshot_of(project.root)
    if any(finding.is_error and finding.brief == "odd" for finding in snapshot.findings):
        return
    edition = snapshot.editions["odd"]
    assert [note.fact for note in edition.notes] == ["ferry.type", "ferry.count"]
    page = registry.by_name()["html"].prepare(edition, snapshot.theme, FactFile()).text
    assert "fact:" not in page
    assert not re.search(r"[\x00-\x08\x0e-\x1f]", page)


def test_link_is_found_with_its_place(snapshot: Snapshot) -> None:
    text = Prose("one [](fact:a.b#short) two [w](fact:c.d)")
    found = list(fact_links.find(text))
    assert [(link.key, link.form, link.words) for link in found] == [("a.b", "short", ""), ("c.d", "", "w")]
    assert [text[link.start : link.end] for link in found] == ["[](fact:a.b#short)", "[w](fact:c.d)"]
    assert [fact_links.write(link.key, link.form, link.words) for link in found] == [
        text[link.start : link.end] for link in found
    ]


def test_edition_is_read_only(snapshot: Snapshot) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot.editions["overview"].title = "x"  # type: ignore[misc]
