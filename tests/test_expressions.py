"""No expression of the program takes ever more steps as a text gets longer; steps are counted, not timed."""

from __future__ import annotations

import functools

import pytest

from tests import expressions, values
from tests.conftest import SAMPLE
from tests.expressions import Compiled, Expression, Uses

pytestmark = pytest.mark.process

BOUNDED = {
    ("checks/estimative_language.py", "_NAME_AND_COMMA"): "reads the 120 characters before an abbreviation",
    ("language/voices.py", "_title"): "reads the 200 characters before a name",
    ("sources/extract/page_text.py", "_FIGURE_ENDS"): "reads the 12 characters before an element",
    (
        "language/source_figures.py",
        "ahead",
    ): "goes over the hyphens behind one phrase twice, and begins nowhere else",
    (
        "language/source_status.py",
        "",
    ): "goes over the hyphens behind one phrase twice, and begins nowhere else",
    ("preview/desk.py", "_POLICY"): "reads a page of the program's own",
    ("preview/marks.py", "_PART"): "reads a page of the program's own",
    ("site/exports/tables.py", "_TABLE"): "reads a page of the program's own",
    ("site/exports/tables.py", "_SECTION"): "reads a page of the program's own",
}
"""Expressions whose steps may grow with the square, because they never see a long text."""
FOLDERS = ("checks", "language/quantities.py", "language/s", "language", "sources", "")


@functools.cache
def by_folder() -> dict[str, list[Compiled]]:
    """Every expression, once where several differ only in their letters, by the first folder that has it."""
    found: dict[str, list[Compiled]] = {}
    seen = set()
    for item in expressions.compiled((values.GOOD_PROJECT, SAMPLE)):
        shape = expressions.shape(Expression(item.pattern, item.flags).items)
        if (shape, item.flags) not in seen:
            seen.add((shape, item.flags))
            folder = next(folder for folder in FOLDERS if item.module.startswith(folder))
            found.setdefault(folder, []).append(item)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_expression_takes_ever_more_steps(folder: str) -> None:
    uses = Uses()
    slow = []
    for item in by_folder()[folder]:
        where = (item.module, uses.name(item))
        is_on_sentences = item.module.startswith(("checks/", "language/"))
        text = (
            ""
            if where in BOUNDED
            else expressions.slow(
                item.pattern, item.flags, anywhere=uses.is_searched(item), in_sentences=is_on_sentences
            )
        )
        if text:
            slow.append(f"{item.module}:{item.line} {where[1]} over {text!r}: {item.pattern}")
    assert not slow, "\n".join(slow)


FAULTS = {
    r"[a-z0-9-]+(?:[._/=|][a-z0-9-]+)+": "a token in a word of 20,000 letters",
    r"(?:^[ \t]*(?:[-*+]|\d{1,9}[.)]|\#{1,6}|>)[ \t]+|[*_“\"‘'(\[\s]+)*\Z": "marks before a sentence",
    r"(?:\b(?:the|a)\s+)?(?:(?:[A-Z][\w’'-]*[\s\u00a0]+){1,5}|(?:[a-z]+\s+){0,3}minister\s+)$": "a title",
    r"(?:[\w/-]|\.\.?/)*[\w-]+\.(?:html|pdf)": "an address",
    r"(?:a+)+$": "a repetition of a repetition",
    r"(?:a|a)*$": "two choices for one letter",
    r"(?P<what>\w+)@": "a word before what never comes",
    r"<!--.*?-->": "a comment without an end",
}
MENDED = (
    r"(?<![a-z0-9-])[a-z0-9-]++(?:[._/=|][a-z0-9-]++)+",
    r"(?<!\w)(?P<what>\w+)@",
    r"(?<!a)a*+b",
    r"\bword\b",
)


@pytest.mark.parametrize("pattern", FAULTS)
def test_known_faults_are_found(pattern: str) -> None:
    assert expressions.slow(pattern), FAULTS[pattern]


@pytest.mark.parametrize("pattern", MENDED)
def test_what_goes_over_a_text_once_is_none(pattern: str) -> None:
    assert not expressions.slow(pattern)


@pytest.mark.parametrize(("pattern", "text", "steps"), [("a*b", "aaa", 30), ("x", "aaaa", 10)])
def test_steps_are_those_of_the_engine(pattern: str, text: str, steps: int) -> None:
    """Of a*b: every start goes over the rest, gives it back letter by letter and asks for b each time."""
    assert Expression(pattern).steps(text, 1_000) == steps
