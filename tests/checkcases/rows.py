"""Cases for the checks of tables and series, in the words of invented registers and reports."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from briefing.model.briefs import Series
from briefing.model.facts import Row
from briefing.model.findings import Place
from briefing.model.scales import FactKind, FigureKind, SeriesFigure
from briefing.model.sources import Evidence
from briefing.model.values import Key, Money, Placed, Quantity, Slug
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


SERIES_AT = Place("content/briefs/letter.md", 9, 10)


def drawn(*values_of_rows: Quantity | Money | None, figure: SeriesFigure | None = None) -> Case:
    """A brief with a series of a fact with rows of these values."""
    rows = tuple(
        Row(Slug(f"row-{number}"), value, is_unknown=value is None)
        for number, value in enumerate(values_of_rows)
    )
    fact = values.fact(kind=FactKind.CONTEXT, rows=rows)
    shown = Series(Key(Placed(str(fact.id), SERIES_AT)), figure)
    brief = values.brief(series=(shown,))
    return Case(values.library(fact, briefs=(brief,)))


def euros(amount: int, basis: str = "", per: str = "") -> Money:
    return Money(Decimal(amount), "EUR", price_basis=basis, per=per)


def counted(amount: int, unit: str) -> Quantity:
    return Quantity(Decimal(amount), unit)


def at_series(case: Case, says: str) -> Case:
    return dataclasses.replace(case, at=(SERIES_AT,), says=says)


STACKED: Final = FigureKind.STACKED
TWO_YEARS = "The yard built 4 ferries in 2024 and 3 ferries in 2025, Holm said in March 2031."
LISTED = "In 2024 and 2025 the yard built 4 and 3 ferries."
YEARS_FIRST = "In 2024 it built 4 ferries, in 2025 3 ferries."
TABLE = (
    "Yard: Barrow Green; Ferries: 4; Year: 2024\n\n"
    "Yard: Langmoor; Ferries: 3; Year: 2024\n\n"
    "Yard: Langmoor Two; Ferries: 2"
)

GOOD: dict[str, list[Case]] = {
    "series": [
        drawn(counted(3, "ferries"), counted(4, "ferries")),
        drawn(counted(3, "ferries"), counted(4, "ferries"), figure=STACKED),
        drawn(euros(3, "2023 prices"), euros(4, "2023 prices"), figure=STACKED),
        drawn(euros(3, per="MWh"), euros(4, per="MWh"), figure=FigureKind.BARS),
        drawn(counted(3, "%"), None, counted(4, "%"), figure=FigureKind.LINE),
    ],
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
    "series": [
        at_series(drawn(), "the series shows drones.letter, which has no rows"),
        at_series(drawn(None, None), "no row of drones.letter has an amount"),
        at_series(drawn(counted(3, "ferries"), counted(4, "trams")), "are in 'ferries' and 'trams'"),
        at_series(drawn(euros(3, per="MWh"), euros(4, per="MWh"), figure=STACKED), "'EUR per MWh' add up"),
        at_series(
            drawn(counted(3, "%"), counted(4, "%"), figure=STACKED), "amounts in '%' add up to nothing"
        ),
        at_series(drawn(counted(3, "°C"), counted(4, "°C"), figure=STACKED), "amounts in '°C' add up"),
        at_series(drawn(counted(3, "tonnes per year"), figure=STACKED), "'tonnes per year' add up"),
        at_series(
            drawn(euros(3, "2023 prices"), euros(4, "2024 prices"), figure=STACKED), "not of one price basis"
        ),
    ],
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
        at_row(series({"2025": ("3", "3 ferries in 2025"), "2024": (None, "4 ferries in 2024")})),
    ],
}
