"""Pages about matters: the board, the page of one matter, and who says what."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests import ledgers, matters
from tests.conftest import QUICK, Page, Project

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def with_matters(tmp_path_factory: pytest.TempPathFactory, quickly_built: Path) -> Project:
    """The sample, whose commitments are about two matters, built; not to be changed."""
    project = Project(Path(shutil.copytree(quickly_built, tmp_path_factory.mktemp("matters") / "project")))
    matters.give(project)
    said = project.call("build", *QUICK, "--format", "site")
    assert said.exit_code == 0, said.text
    return project


def page(project: Project, path: str) -> str:
    return project.read(f"output/site/{path}")


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>|&#160;", " ", html).split())


def _rows(html: str) -> dict[str, list[str]]:
    """The cells of each row of the first table, by its head, in words as a screen reader has them."""
    found = {}
    table = html[html.index("<table") : html.index("</table>")]
    table = re.sub(r'<span aria-hidden="true">.*?</span>|<span class="said".*?</span>', "", table)
    for row in table.split("<tr>")[1:]:
        head, _, rest = row.partition("</th>")
        found[_text(head)] = [_text(cell) for cell in re.findall(r"<td.*?</td>", rest, re.DOTALL)]
    return found


def test_a_row_says_who_says_how_far_and_what_nobody_says(with_matters: Project) -> None:
    rows = _rows(page(with_matters, "matters/index.html"))
    (name,) = (head for head in rows if head.startswith("Ferries"))
    assert name.startswith("Ferries 4 ferries (NO, TE)"), (
        "amounts are with the name, in no column of their own"
    )
    ferries, crossing = rows[name], rows["The first crossing"]
    assert ferries[0] == "no statement rated so"
    assert "Norrvik: declared intent" in ferries[1]
    assert "Telmark: declared intent" in ferries[1]
    assert "a report, in its own voice: declared intent" in ferries[1]
    assert ferries[2:4] == ["no statement rated so"] * 2
    assert crossing[0] == "a report, in its own voice: discussed"


def test_a_row_says_that_it_is_open_who_pays_and_leads_to_the_question(project: Project) -> None:
    matters.give(project)
    asked = "question: Who pays for the ferries?"
    question = f"  payer:\n    {asked}\n    payment: true\n    facts: [ferry.count]\n"
    project.change(ledgers.FERRY, "gaps:\n", f"gaps:\n{question}")
    site = ledgers.site_of(project)
    board = site["matters/index.html"]
    row = board[board.index(">Ferries</a>") :].partition("</tr>")[0]
    assert 'href="../matters/ferries.html#gap-ferry-payer">payer open</a>' in row
    assert board.count("payer open") == 1
    assert 'id="gap-ferry-payer"' in site["matters/ferries.html"]
    assert json.loads(site["matters/ferries.json"])["state"]["who_pays_is_open"]
    assert 'href="topics/ferry.html#gap-payer">Who pays for the ferries?</a>' in site["registers.html"]
    assert '<a href="registers.html#payment">Who pays</a>' in site["index.html"]


def test_a_question_that_names_matters_asks_of_these_alone_who_pays(project: Project) -> None:
    matters.give(project)
    question = "  payer:\n    question: Who pays?\n    payment: true\n    facts: [ferry.count]\n"
    project.change(ledgers.FERRY, "gaps:\n", f"gaps:\n{question}    matters: [crossing]\n")
    board = ledgers.site_of(project)["matters/index.html"]
    assert "payer open" not in board[board.index(">Ferries</a>") :].partition("</tr>")[0]
    assert "payer open" in board[board.index(">The first crossing</a>") :].partition("</tr>")[0]


def test_a_column_in_which_nobody_says_anything_is_named_under_the_board(with_matters: Project) -> None:
    text = _text(page(with_matters, "matters/index.html"))
    assert "We rate none of these as “contract or money” or “delivery”." in text


def test_a_page_of_a_matter_without_amounts_says_nothing_of_amounts(with_matters: Project) -> None:
    assert 'id="named"' in page(with_matters, "matters/ferries.html")
    assert 'id="named"' not in page(with_matters, "matters/crossing.html")


def test_every_mark_leads_to_a_statement_of_that_side(with_matters: Project) -> None:
    board = Page(page(with_matters, "matters/index.html"))
    targets = {address for _, address in board.addresses if address.startswith("../facts/ferry")}
    assert {
        "../facts/ferry.count.html",
        "../facts/ferry.letter.html",
        "../facts/ferry.first-crossing.html",
    } <= targets


def test_the_page_of_a_matter_has_all_that_is_on_record_about_it(with_matters: Project) -> None:
    html = page(with_matters, "matters/ferries.html")
    text = _text(html)
    for words in (
        "New ferries for the strait",
        "What Norrvik may buy",
        "ferry deal",
        "M2",
        "EUR 90 million",
        "4 ferries",
    ):
        assert words in text
    for side in ("norrvik", "telmark", "reports"):
        assert f'id="side-{side}"' in html
    data = json.loads(page(with_matters, "matters/ferries.json"))
    assert data["facts"] == ["ferry.letter", "ferry.count", "ferry.price"]
    assert {item["side"] for item in data["state"]["accounts"]} == {"norrvik", "telmark", None}


def test_how_a_matter_moved_has_each_statement_and_marks_the_moves(project: Project) -> None:
    matters.give(project)
    html = ledgers.site_of(project)["matters/ferries.html"]
    found = html[html.index('id="moves"') : html.index("</ol>", html.index('id="moves"'))]
    steps = [_text(item) for item in re.findall(r"<li>.*?</li>", found, re.DOTALL)]
    assert len(steps) == 4
    assert [step for step in steps if "from announced to declared intent" in step] == steps[1:2]
    assert re.findall("<strong>([^<]*)</strong>", found) == ["Norrvik: from announced to declared intent."]


def test_a_page_with_inferred_dates_says_what_brackets_mean_once(project: Project) -> None:
    matters.give(project)
    site = ledgers.site_of(project)
    key = "What is in square brackets, such as [2025], is inferred by us."
    whole = "of a date wholly in brackets no text states any part."
    for path in ("matters/ferries.html", "topics/ferry.html", "actors/holm.html", "facts/index.html"):
        assert _text(site[path]).count(key) == 1, path
        assert whole not in _text(site[path]), path
    assert key not in _text(site["matters/crossing.html"])


def test_a_statement_of_two_sides_counts_for_both_and_a_report_for_none(with_matters: Project) -> None:
    html = page(with_matters, "matters/ferries.html")
    assert "Norrvik (1)" in _text(html)
    assert "Telmark (2)" in _text(html)
    rows = _rows(page(with_matters, "voices.html"))
    assert rows["Ivo Brandt"][0] == "2"


def test_an_actor_says_some_things_and_others_concern_it(with_matters: Project) -> None:
    html = page(with_matters, "actors/norrvik.html")
    assert "What others say of it" in html
    assert "What is said in this name" not in html
    own = page(with_matters, "actors/brandt.html")
    said, concerned = own.index("What is said in this name"), own.index("What others say of this person")
    assert said < own.index("price of the ferries") < concerned < own.index("visited the quay")


def test_the_page_of_a_side_says_first_of_what_it_speaks_and_of_what_no_speaker_of_it_is_known(
    with_matters: Project,
) -> None:
    html = page(with_matters, "actors/telmark.html")
    own = _text(html[html.index('id="matters">') : html.index('<section id="side"')])
    assert own == (
        'id="matters"> What its speakers are reported to speak of, the furthest first '
        "△ declared intent : Ferries"
    )
    assert "no speaker of another side" not in own, "Norrvik speaks of the ferries as well"


def test_what_others_say_of_a_side_leaves_out_what_its_own_speakers_say(with_matters: Project) -> None:
    html = page(with_matters, "actors/telmark.html")
    assert "price of the ferries" in html[: html.index("What others say of it")]
    assert "price of the ferries" not in html[html.index("What others say of it") :]


def test_who_says_what_counts_what_is_our_reading_and_what_came_at_second_hand(project: Project) -> None:
    project.change("content/origins.yaml", "  said_by: [brandt]\n", "  said_by: [brandt]\n  via: [holm]\n")
    purchase = "content/briefs/ferry-purchase.md"
    project.change(
        purchase, "According to [](fact:ferry.price#speaker), the", "Holm reports what Brandt says: the"
    )
    site = ledgers.site_of(project)
    assert _rows(site["voices.html"])["Ivo Brandt"][-2:] == ["2", "1"]
    assert "through an outlet" in _text(site["voices.html"])
    assert "by our reading" not in _text(site["voices.html"])
    (topic,) = [item for item in json.loads(site["voices.json"])["topics"].values() if item["at_second_hand"]]
    assert topic["at_second_hand"] == {"brandt": 1}


def test_what_we_see_in_the_texts_is_in_nobodys_name(project: Project) -> None:
    def of_reports() -> int:
        topics = json.loads(ledgers.site_of(project)["voices.json"])["topics"].values()
        return sum(number for item in topics for number in item["sources"].values())

    before = of_reports()
    sheet = "content/facts/ferry.yaml"
    text = project.read(sheet)
    assert "kind: context" in text
    project.change(sheet, "kind: context", "kind: observation")
    assert of_reports() < before
    assert "our observation" in _text(ledgers.site_of(project)["topics/ferry.html"])


def test_the_page_of_a_side_begins_with_what_its_speakers_say(with_matters: Project) -> None:
    html = page(with_matters, "actors/telmark.html")
    side = html[html.index('id="side"') : html.index("What others say of it")]
    assert "What its own speakers are reported to say (2)" in _text(side)
    assert "Ivo Brandt (2) : The ferries (2) " in _text(side)
    assert 'href="brandt.html#in-ferry"' in side
    assert "price of the ferries" in side
    assert 'id="side"' not in page(with_matters, "actors/brandt.html")


def test_who_says_what_says_that_all_of_it_is_relayed_where_it_is(project: Project) -> None:
    said = "None of our texts was written or published by a speaker: whatever is under a name is relayed."
    assert said in _text(ledgers.site_of(project)["voices.html"])
    project.change("content/sources/gazette.yaml", "author: R. Lund", "author: Ivo Brandt")
    assert said not in _text(ledgers.site_of(project)["voices.html"])


def test_what_came_at_third_hand_names_who_relayed_it(project: Project) -> None:
    project.change("content/origins.yaml", "  said_by: [brandt]\n", "  said_by: [brandt]\n  via: [holm]\n")
    purchase = "content/briefs/ferry-purchase.md"
    project.change(
        purchase, "According to [](fact:ferry.price#speaker), the", "Holm reports what Brandt says: the"
    )
    site = ledgers.site_of(project)
    for path in ("facts/ferry.price.html", "actors/brandt.html", "facts/index.html"):
        assert "Ivo Brandt , relayed by Ada Holm" in _text(site[path]), path


def test_without_matters_there_is_no_board_and_no_link_to_one(built_sample: Path) -> None:
    site = built_sample / "output/site"
    assert not (site / "matters").exists()
    assert "matters/index.html" not in (site / "index.html").read_text("utf-8")


def test_a_new_account_changes_the_pages_that_show_it(with_matters: Project, tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(with_matters.root, tmp_path / "project")))
    project.change(
        "content/facts/ferry.yaml",
        "    status: discussed\n",
        "    status: announced\n    status_basis: announced, as the plan was published\n",
    )
    said = project.call("plan", *QUICK, "--format", "site", "--json").record
    changed = {item["path"] for item in said["decisions"] if item["action"] == "make"}
    assert {"site/matters/index.html", "site/matters/crossing.html", "site/topics/ferry.html"} <= changed
    assert "site/matters/ferries.html" not in changed
