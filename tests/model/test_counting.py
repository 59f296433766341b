"""Every count agrees with its noun, in all messages and on all pages."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path

import pytest

from briefing.model.counting import counted, spans
from tests.conftest import parsed

PACKAGE = Path(__file__).parents[2] / "briefing"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 facts"), (1, "1 fact"), (2, "2 facts"), (1806, "1,806 facts")]
)
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "fact") == words


def test_a_plural_of_another_form_is_given() -> None:
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(3, "entry", "entries") == "3 entries"


def test_a_list_of_numbers_names_spans() -> None:
    assert spans("2, 5-7,9 - 9") == [(2, 2), (5, 7), (9, 9)]


@pytest.mark.parametrize("text", ["", "two", "2,", "-3", "7-5", "1-2-3", "1234567", "²"])
def test_what_is_no_list_of_numbers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no span|ends before"):
        spans(text)


def counts_by_hand(path: Path) -> list[str]:
    """Where a module puts a number right before a plural, so that it would say "1 errors"."""
    found = []
    texts = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.JoinedStr))
    for text in texts:
        for value, after in itertools.pairwise(text.values):
            if not isinstance(value, ast.FormattedValue) or not isinstance(after, ast.Constant):
                continue
            number, words = ast.unparse(value.value), repr(after.value)[1:-1]
            is_number = re.search(r"^len\(|(?:^|[._])(?:number|count|total|days|left)$", number)
            if is_number and re.match(r" (?:[a-z-]+ )?[a-z]{2,}s\b(?<!is)(?<!has)(?<!was)", words):
                found.append(f"line {text.lineno}: {number}{words}")
    return found


def test_no_module_counts_by_hand() -> None:
    """Where the number is always more than one, the sentence says so without it or names what it is of."""
    found = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := counts_by_hand(path))
    }
    assert found.keys() <= MORE_THAN_ONE, found


MORE_THAN_ONE = {
    "checks/figures.py",  # facts where more than three would be named
    "language/scale_texts.py",  # steps of a scale, which has several
    "model/findings.py",  # choices, of which there are more than twenty
    "commands/add_sources.py",  # files, of which there are several
    "sources/extract/pdf.py",  # pages of a file of several
    "cli/reference.py",  # days of the usual schedule
}
