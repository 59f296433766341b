"""The front page: in ten seconds a reader knows what is bound and what is only said."""

from __future__ import annotations

import re

import pytest

from briefing.site import front_page
from tests import ledgers, matters
from tests.conftest import Page, Project

FERRY = "content/facts/ferry.yaml"
HARBOUR = "content/facts/harbour.yaml"
EVENING_POST = "content/sources/evening-post.yaml"
MAX_FIRST_PAGE = 100_000
"""Bytes of the first page, with the styles, scripts and pictures that it loads, without fonts."""


def home(project: Project) -> str:
    return ledgers.site_of(project)["index.html"]


def words(project: Project) -> str:
    return Page(home(project)).text


def assert_late(project: Project) -> None:
    """The letter is a change of the newest day."""
    project.change(
        FERRY, "asserted: 2031-03-15\n    actors: [holm", "asserted: 2031-04-04\n    actors: [holm"
    )
    project.change(FERRY, "signed a letter of intent]", "signed a letter of intent, since 4 April]")


def row(text: str, topic: str) -> list[str]:
    """The cells of a topic's row in the table of where matters stand."""
    found = re.search(rf'<tr><th scope="row"><a href="topics/{topic}.html">.*?</tr>', text)
    assert found
    return [Page(cell).text for cell in re.findall(r"<td.*?</td>", found[0])]


def test_bottom_line_comes_first_and_leads_to_the_facts(project: Project) -> None:
    text = home(project)
    assert text.index('id="bottom-line"') < text.index('id="state"') < text.index('id="briefs"')
    lead = text[text.index('id="bottom-line"') : text.index('id="state"')]
    assert '<a class="fact" href="facts/ferry.count.html">4 ferries</a>' in lead


def test_reading_order_is_state_before_what_stands_beside_it(project: Project) -> None:
    text = home(project)
    assert text.index('id="state"') < text.index("Next milestones") < text.index("What changed")


def test_what_is_bound_is_named_and_the_rest_is_counted(project: Project) -> None:
    found = words(project)
    assert (
        "Of 5 items, we rate none at “delivery”, 1 at “contract or money” (financed; by "
        "reports alone), 2 at “declared”, 2 at “said or announced” (1 on one side’s word alone)."
    ) in found
    assert "reported: financed disputed Telmark sets money aside for the quay." in found


def test_page_says_that_nothing_is_bound(project: Project) -> None:
    project.change(
        HARBOUR, "status: financed", "status: announced\n    status_basis: announced, as nothing is paid"
    )
    found = home(project)
    assert "Of 5 items, we rate none at “delivery”, none at “contract or money”, " in Page(found).text
    assert 'class="plain-list bound"' not in found


def test_topic_is_counted_by_stage(project: Project) -> None:
    assert row(home(project), "ferry") == ["3", "1", "2", "0", "0", "△ declared intent 2 of 3", "1"]


def test_what_is_over_is_not_counted_and_the_page_says_so(project: Project) -> None:
    project.change(FERRY, "    status: discussed\n", "    status: discussed\n    flags: [cancelled]\n")
    found = home(project)
    assert row(found, "ferry") == ["2", "0", "2", "0", "0", "△ declared intent 2 of 2", "1"]
    assert "1 cancelled or superseded item is not counted." in Page(found).text


def test_page_tells_changes_of_status_and_not_of_words(project: Project) -> None:
    assert_late(project)
    project.change(
        FERRY, "statement: Holm announces a purchase of ferries.", "statement: Holm announces ferries."
    )
    found = words(project)
    letter = "Holm and Brandt signed a letter of intent on ferries."
    assert f"{letter} Status up, from announced to declared intent." in found
    assert "Statement reworded" not in found
    assert "Reworded" not in found


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("status: intent", "Stated otherwise or regraded: 1 statement"),
        ("status: intent\n        value: {amount: 3, unit: ferries}", "Value no longer stated: 3 ferries."),
        ("status: intent\n        flags: [suspended]", "No longer suspended."),
    ],
)
def test_change_of_substance_is_told_and_any_other_is_counted(project: Project, then: str, told: str) -> None:
    assert_late(project)
    project.change(FERRY, "Гольм оголосила про купівлю]", "мають намір купити, три пороми]")
    project.change(FERRY, "        status: announced\n        said_by: [holm]", f"        {then}")
    project.change(FERRY, "    date: {edtf: 2031-03-14, inferred: [year]}\n", "")
    found = words(project)
    assert told in found
    assert "Statement reworded" not in found


def test_what_is_new_and_what_was_published_are_told_apart(project: Project) -> None:
    project.change(EVENING_POST, "published: not stated", "published: 2031-04-03")
    news = home(project).partition("What each day’s texts and editions brought")[2]
    told = [Page(item).text for item in re.findall(r'<span class="news">(.*?)</span>\n', news)]
    assert told[:2] == ["First stated: 5 statements on 2 topics", "Texts of this day: 1"]


def test_milestone_whose_day_has_passed_is_not_ahead(project: Project) -> None:
    project.change(
        FERRY,
        "    date: ../2035\n    expectation",
        "    date: {edtf: 2031-03, inferred: [year, month]}\n    expectation",
    )
    found = words(project)
    assert "1 expected date has passed; our texts do not report what came of it." in found


def test_brief_with_a_notice_does_not_lead(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-11")
    assert 'id="bottom-line"' in home(project)
    ledgers.withdraw(project, "overview", "1", "2031-04-12", "It was wrong.")
    text = home(project)
    assert 'id="bottom-line"' not in text
    assert "Withdrawn:" in text


def test_page_holds_no_more_days_than_it_has_room_for(project: Project) -> None:
    for number in range(1, 7):
        ledgers.issue(project, "ferry-purchase", f"2031-04-1{number}", id=str(number))
    context = home(project).partition("What each day’s texts and editions brought")[2]
    assert context.count('href="changes/month_2031-04.html#day-') == front_page.MAX_DAYS


def test_first_page_is_light(built: Project) -> None:
    site = built.output / "site"
    text = (site / "index.html").read_text("utf-8")
    loaded = {
        address.partition("#")[0]
        for tag, address in Page(text).addresses
        if tag in ("link", "script", "img") and address.endswith((".css", ".js", ".svg"))
    }
    assert "assets/site.css" in loaded
    assert sum(len((site / path).read_bytes()) for path in {"index.html", *loaded}) < MAX_FIRST_PAGE


def _give_matters(project: Project) -> None:
    """Let every commitment of the sample be about a matter."""
    matters.give(project)
    for fact in ("berths", "grant"):
        project.change(HARBOUR, f"  {fact}:\n", f"  {fact}:\n    matters: [ferries]\n")


def test_up_to_twelve_matters_are_on_a_board(project: Project) -> None:
    _give_matters(project)
    text = home(project)
    state = text[text.index('id="state"') : text.index('id="briefs"')]
    assert '<a href="matters/ferries.html">Ferries</a>' in state
    assert 'href="facts/ferry.count.html"' in state
    assert "state-of-play" not in state
    assert '<a href="matters/index.html">' in state


def test_more_matters_are_counted_by_topic(project: Project) -> None:
    _give_matters(project)
    more = "".join(f"more-{name}:\n  name: More {name}\n  topic: ferry\n" for name in "abcdefghijk")
    project.write("content/matters.yaml", matters.MATTERS + more)
    text = home(project)
    state = text[text.index('id="state"') : text.index('id="briefs"')]
    assert "state-of-play" in state and "matters/ferries.html" not in state
    assert '<a href="matters/index.html">' in state


def test_a_commitment_about_no_matter_is_not_left_out_by_a_board(project: Project) -> None:
    matters.give(project)
    assert row(home(project), "harbour")[0] == "2"


def test_a_list_with_nothing_in_it_has_no_line(project: Project) -> None:
    project.change("content/briefs/ferry-purchase.md", "judgements: [ferry.no-contract]\n", "")
    sheet = project.read(FERRY)
    project.write(FERRY, sheet[: sheet.index("judgements:")])
    text = home(project)
    assert "registers.html#gaps" in text
    assert "registers.html#judgements" not in text
    assert "Judgements of ours" not in Page(text).text


def test_page_says_that_nothing_came_in_since_the_last_edition_and_of_when_the_texts_are(
    project: Project,
) -> None:
    ledgers.issue(project, "overview", "2031-04-25")
    found = words(project).replace("\N{NO-BREAK SPACE}", " ")
    said = (
        "Nothing has been recorded since the last edition, 25 April 2031. The newest text is of 3 April 2031."
    )
    assert said in found


def test_what_came_in_since_the_last_edition_is_told(project: Project) -> None:
    assert_late(project)
    ledgers.issue(project, "overview", "2031-03-20")
    found = words(project).replace("\N{NO-BREAK SPACE}", " ")
    assert "Since the last edition, 20 March 2031: 1 move." in found
    assert "Nothing has been recorded" not in found


def test_a_day_whose_year_is_inferred_has_brackets(project: Project) -> None:
    project.change(EVENING_POST, "retrieved: 2031-04-20", "retrieved: {edtf: 2031-04-20, inferred: [year]}")
    text = home(project).replace("\N{NO-BREAK SPACE}", " ")
    assert ">20 April [2031]</a>" in text


def test_questions_and_disagreements_are_linked_and_not_counted(project: Project) -> None:
    found = home(project)
    rail = found[found.index('class="rail long"') :]
    assert '<a href="registers.html#gaps">Questions that our texts do not answer</a>' in rail
    assert '<a href="registers.html#disagreements">Where accounts differ</a>' in rail


def test_briefs_issued_on_one_day_are_one_line(project: Project) -> None:
    ledgers.issue(project, "overview", "2031-04-21")
    found = Page(home(project)).text
    assert "Issued: Ferries at a glance, edition 1" in found
    ledgers.issue(project, "ferry-purchase", "2031-04-21")
    found = Page(home(project)).text
    assert "2 briefs issued (edition 1)" in found
    assert "Issued: Ferries at a glance" not in found
    for brief in ("overview", "ferry-purchase"):
        ledgers.issue(project, brief, "2031-04-21", corrects="1")
    assert "2 briefs issued, each corrected the same day (edition 2)" in Page(home(project)).text
