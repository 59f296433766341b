"""What the site shows of a brief: what was issued, and drafts where the project shows them."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.compose import current
from briefing.compose.current import Standing
from briefing.editions import freeze
from briefing.model.ledger import Issued, State, Withdrawal
from briefing.model.scales import Drafts
from briefing.model.values import Date, EditionNumber
from tests import values

FIRST = values.issued()
NOTHING = State(Date("2026-02-09"))


def draft(*issued: Issued, **changes: object) -> Standing:
    """A brief whose text is no edition, after some editions."""
    made = Standing(values.edition("letter", "drones.letter"), NOTHING, issued)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("drafts", Drafts)
def test_a_brief_that_is_its_last_edition_is_shown_as_that(drafts: Drafts) -> None:
    same = Standing(freeze.reissued(FIRST), FIRST.state, (FIRST,))
    assert current.on_site(same, drafts) == current.OnSite(same, None)


@pytest.mark.parametrize("drafts", Drafts)
def test_a_draft_after_an_edition_never_takes_its_place(drafts: Drafts) -> None:
    written = draft(FIRST)
    shown = current.on_site(written, drafts)
    assert shown.published
    assert shown.published.edition == freeze.reissued(FIRST)
    assert shown.published.state == FIRST.state
    assert shown.draft == (written if drafts is Drafts.APART else None)


@pytest.mark.parametrize(
    ("drafts", "is_published", "is_apart"),
    [(Drafts.HIDDEN, False, False), (Drafts.UNTIL_ISSUED, True, False), (Drafts.APART, False, True)],
)
def test_a_brief_that_was_never_issued_is_shown_as_the_project_wants(
    drafts: Drafts, is_published: bool, is_apart: bool
) -> None:
    written = draft()
    shown = current.on_site(written, drafts)
    assert shown.published == (written if is_published else None)
    assert shown.draft == (written if is_apart else None)


def test_a_withdrawn_edition_stays_where_it_was_and_says_so() -> None:
    taken = Withdrawal(EditionNumber("1"), Date("2026-02-11"), "R. Lund", "It was forged.")
    shown = current.on_site(draft(dataclasses.replace(FIRST, withdrawn=taken)), Drafts.HIDDEN)
    assert shown.published
    assert "It was forged." in shown.published.edition.notice


def test_readers_who_may_see_a_part_of_an_edition_get_the_present_text() -> None:
    written = draft(FIRST, is_cut=True)
    assert current.on_site(written, Drafts.HIDDEN) == current.OnSite(written, None)
