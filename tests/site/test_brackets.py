"""What brackets on a page mean is decided by the dates that it shows."""

from __future__ import annotations

import pytest

from briefing.language.wording import Wording
from briefing.model.scales import DatePart
from briefing.model.values import Date
from briefing.site import brackets
from briefing.site.brackets import Brackets

YEAR, MONTH, DAY = DatePart.YEAR, DatePart.MONTH, DatePart.DAY


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, Brackets.NONE),
        (Date("2031-03-14"), Brackets.NONE),
        (Date("2031-03-14", (YEAR,)), Brackets.PARTS),
        (Date("2031-03-14", (YEAR, MONTH, DAY)), Brackets.WHOLE),
        (Date("2031-03", (YEAR, MONTH)), Brackets.WHOLE),
        (Date("2031", (YEAR,)), Brackets.WHOLE),
        (Date("../2031", (YEAR,)), Brackets.PARTS),
    ],
)
def test_a_date_is_inferred_in_part_or_as_a_whole(date: Date | None, expected: Brackets) -> None:
    assert brackets.of_date(date, Wording("en-GB", {})) is expected
