"""Cases for the checks of tables and series, in the words of invented registers and reports."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from briefing.model.facts import Row
from briefing.model.findings import Place
from briefing.model.scales import FactKind
from briefing.model.sources import Evidence
from briefing.model.values import Money, Quantity, Slug
from briefing.sources import captures, verify
from tests import values
from tests.checkcases import Case

ROW_AT = Place("content/facts/drones.yaml", 20, 7)


def series(
    rows: Mapping[str, tuple[Any, ...]],
    *,
    text: str = "",
    language: str = "en",
    unit: str = "ferries",
    **own: Any,
) -> Case:
    """A fact with rows: each its value ("3", "3 EUR", None) and its terms; a name with an id is ``id=Name``.

    With a text, its paragraphs are those of the capture, and the first number of a row is its paragraph.
    """
    source = values.source(
        language=language,
        capture="report.txt",
        published=None,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    made = []
    for key, (value, *terms) in rows.items():
        name, _, printed = key.partition("=")
        paragraph, *said = terms if isinstance(terms[0], int) else (1, *terms)
        made.append(
            Row(
                Slug(name),
                _value(value, unit),
                printed,
                evidence=(Evidence(Slug("report"), paragraph, tuple(said)),),
                at=ROW_AT,
                **own,
            )
        )
    fact = values.fact(
        kind=FactKind.CONTEXT,
        evidence=(Evidence(Slug("report"), 1, ("Ferries",)),),
        rows=tuple(made),
    )
    library = values.library(fact, sources=(source,))
    held = verify.sources(library, {"report": captures.read(text.encode())}) if text else ()
    return Case(library, verified=held)


def _value(text: str | None, unit: str) -> Quantity | Money | None:
    if text is None:
        return None
    amount, _, rest = text.partition(" ")
    currency, _, basis = rest.partition(" ")
    if currency:
        return Money(Decimal(amount), currency, price_basis=basis or None)
    return Quantity(Decimal(amount), unit)


def at_row(case: Case, count: int = 1) -> Case:
    """A case that says something of so many rows."""
    return dataclasses.replace(case, at=(ROW_AT,) * count)


TWO_YEARS = "The yard built 4 ferries in 2024 and 3 ferries in 2025, Holm said in March 2031."
LISTED = "In 2024 and 2025 the yard built 4 and 3 ferries."
YEARS_FIRST = "In 2024 it built 4 ferries, in 2025 3 ferries."
TABLE = (
    "Yard: Barrow Green; Ferries: 4; Year: 2024\n\n"
    "Yard: Langmoor; Ferries: 3; Year: 2024\n\n"
    "Yard: Langmoor Two; Ferries: 2"
)

GOOD: dict[str, list[Case]] = {
    "row-not-stated": [
        Case(values.library()),
        series({"2024": ("4", "4 ferries in 2024"), "2025": ("3", "3 ferries in 2025")}),
        series({"2024": ("4", "4 ferries", "in 2024")}),
        series({"2024": ("4", "2024: 4 ferries")}),
        series({"2024": ("4", "4 ferries"), "2025": ("3", "3 ferries")}, text=YEARS_FIRST),
        series({"2024": ("4", "4 ferries"), "2025": ("3", "3 ferries")}, text=TWO_YEARS),
        series({"2024": ("4", "built 4"), "2025": ("3", "3 ferries")}, text=LISTED),
        series({"2024": ("4 EUR 2023 prices", "4 euros in 2023 prices", "spent in 2024")}),
        series({"2025-03": ("3", "March 2025: 3 ferries"), "2025-04": ("4", "April 2025: 4 ferries")}),
        series({"2025-33": ("3", "3 ferries in the first quarter of 2025")}),
        series({"barrow=Barrow Green": ("4", "Barrow Green", "Ferries: 4")}),
        series(
            {
                "barrow-green": ("4", 1, "Ferries: 4"),
                "langmoor": ("3", 2, "Ferries: 3"),
                "langmoor-two": ("2", 3, "Ferries: 2"),
            },
            text=TABLE,
        ),
        series({"barrow": (None, "Barrow", "Ferries: ?")}, is_unknown=True),
        series({"2024": ("4", "4 ferries en 2024")}, language="fr"),
        series({"werft-nord=Werft Nord": ("4", "Die Werft Nord baute 4")}, language="de", unit="ferries"),
    ],
}
BAD: dict[str, list[Case]] = {
    "row-not-stated": [
        at_row(series({"2025": ("4", "4 ferries in 2024"), "2024": ("3", "3 ferries in 2025")}), 2),
        at_row(series({"2025": ("4", "4 ferries", "3 ferries in 2025")})),
        at_row(series({"2025": ("4", "4 ferries")})),
        at_row(series({"2025": ("4", "4 ferries"), "2024": ("3", "3 ferries")}, text=TWO_YEARS), 2),
        at_row(series({"2025": ("4", "built 4"), "2024": ("3", "3 ferries")}, text=LISTED), 2),
        at_row(series({"2025": ("4", "4 ferries"), "2024": ("3", "3 ferries")}, text=YEARS_FIRST), 2),
        at_row(series({"2027": ("4", "4 ferries in 2024")})),
        at_row(series({"20226": ("4", "4 ferries in 2024")})),
        at_row(series({"2026-13": ("4", "4 ferries in 2024")})),
        at_row(series({"2025-03": ("3", "April 2025: 3 ferries")})),
        at_row(series({"2025-33": ("3", "3 ferries in the second quarter of 2025")})),
        at_row(
            series(
                {
                    "barrow=Barrow Green": ("3", "Langmoor", "Ferries: 3"),
                    "langmoor": ("3", "Langmoor", "Ferries: 3"),
                }
            )
        ),
        at_row(
            series({"barrow-green": ("3", 2, "Ferries: 3"), "langmoor": ("3", 2, "Ferries: 3")}, text=TABLE)
        ),
        at_row(
            series({"langmoor": ("2", 3, "Ferries: 2"), "langmoor-two": ("2", 3, "Ferries: 2")}, text=TABLE)
        ),
        at_row(series({"barrow": (None, "Langmoor", "Ferries: ?")}, is_unknown=True)),
        at_row(series({"2025": ("4", "4 ferries en 2024")}, language="fr")),
    ],
}
