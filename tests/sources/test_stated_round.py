"""Labelled passages of newspapers in five languages: what they state passes, and every slip is found.

The round was written by somebody who had not seen the checks. ``CONTRIBUTING.md`` has the figures of its
first measurement; here it keeps that nothing gets worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.model.project_words import UnitNames
from briefing.model.scales import Bound, Degree, Instrument
from briefing.model.values import Date, Label, Money, Quantity
from briefing.sources import stated, stated_dates, stated_status, term_matching
from tests import values

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "stated" / "cases.yaml").read_text("utf-8")
)
BY_TERMS_ALONE = {
    "au plus tard le 30": "the bound is cut off from its day",
    "три мільйони франків": "whose francs is not in the terms",
    "три миллиона франков": "whose francs is not in the terms",
    "до мінус 18 градусів Цельсія": "the verb that makes it a change is not in the term",
    "до минус 18 градусов Цельсия": "the verb that makes it a change is not in the term",
}
"""Sound cases that the terms alone do not show, with the reason; a capture shows them."""


def problems(case: dict[str, Any], with_capture: bool) -> list[str]:
    """Return what is missing in the cited words, or in the paragraph where it is at hand."""
    value = case.get("value") or {}
    units = (UnitNames(value["unit"], tuple(case["names"])),) if case.get("names") else ()
    library = values.library(
        sources=[values.source("report", language=case["language"])], project=values.project(units=units)
    )
    texts = {"report": [case["paragraph"]]} if with_capture else {}
    cited = stated.passages((values.evidence("report", 1, case["terms"]),), library, texts)
    return [*_lost(case, with_capture), *_lacking(case, value, cited, library)]


def _lost(case: dict[str, Any], with_capture: bool) -> Iterator[str]:
    if with_capture:
        yield from (term for term in case["terms"] if not term_matching.find(term, case["paragraph"]))


def _lacking(case: dict[str, Any], value: dict[str, Any], cited: Any, library: Any) -> list[str]:
    if "status" in case:
        said = stated_status.furthest(cited)
        return [] if said and said[0] is Degree(case["status"]) else ["status"]
    if "date" in case:
        return [lack.part for lack in stated_dates.lacking(Date(str(case["date"])), cited)]
    return [lack.part for lack in stated.lacking(_value(value), cited, library)]


def _value(value: dict[str, Any]) -> Quantity | Money | Label:
    if "text" in value:
        return Label(value["text"])
    bound = Bound(value.get("bound", "exactly"))
    amount, upper = Decimal(str(value["amount"])), value.get("upper")
    highest = None if upper is None else Decimal(str(upper))
    if "currency" in value:
        given = value.get("instrument")
        return Money(amount, value["currency"], bound, highest, Instrument(given) if given else None)
    return Quantity(amount, value["unit"], bound, highest)


def name(case: dict[str, Any]) -> str:
    return (
        f"{case['language']}-{case['terms'][0]}-{case.get('value') or case.get('date') or case.get('status')}"
    )


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "ok"], ids=name)
def test_what_a_passage_states_passes(case: dict[str, Any]) -> None:
    in_paragraph = problems(case, with_capture=True)
    in_terms = problems(case, with_capture=False)
    if case["terms"][0] in BY_TERMS_ALONE:
        assert in_terms != []
    else:
        assert (in_terms, in_paragraph) == ([], [])


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"] == "wrong"], ids=name)
def test_what_differs_in_one_thing_is_found(case: dict[str, Any]) -> None:
    assert problems(case, with_capture=True) or problems(case, with_capture=False)


def test_the_round_has_all_kinds_in_all_languages() -> None:
    kinds = {
        (case["language"], kind) for case in CASES for kind in ("value", "date", "status") if kind in case
    }
    assert len(kinds) == 15
    assert len(CASES) > 500
