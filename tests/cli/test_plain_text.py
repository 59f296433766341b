"""What a person reads of a call."""

from __future__ import annotations

import dataclasses

import click
import pytest

from briefing.cli.reports import plain_text
from briefing.model.findings import Finding, Place, Severity
from briefing.store.results import Action, Decision, Failure, Outcome, decisions


def _plain(finding: Finding, text: str = "") -> list[str]:
    return [click.unstyle(line) for line in plain_text.findings([finding], {finding.at.path: text})]


def _made(*entries: tuple[str, Action, str]) -> Outcome:
    return Outcome(
        "build", (), decisions(Decision(path, action, reason, "g", "f") for path, action, reason in entries)
    )


def test_finding_has_its_line_a_caret_and_what_to_do() -> None:
    finding = Finding("number", "this is no number", Place("content/a.yaml", 2, 9), "write 4")
    assert _plain(finding, "title: x\namount: four\n") == [
        "content/a.yaml:2:9: error[number] this is no number",
        "    2 | amount: four",
        "      |         ^",
        "    help: write 4",
    ]


def _many(number: int, check: str = "bare-number", severity: Severity = Severity.ERROR) -> list[Finding]:
    return [
        Finding(check, f"number {line}", Place("content/a.yaml", line), "", severity)
        for line in range(1, number + 1)
    ]


def test_of_many_findings_of_a_check_few_are_shown_and_all_are_counted() -> None:
    found = [
        *_many(1806),
        *_many(2, "unused-source", Severity.WARNING),
        *_many(30, "unused-fact", Severity.NOTE),
    ]
    shown = list(plain_text.findings(found, {}, most=20))
    assert len(shown) == 20 + 2
    assert [
        click.unstyle(line) for line in plain_text.by_check(found, False, 20, "--check {} shows all")
    ] == [
        "By check:",
        "  1,806 error[bare-number], 1,786 of them not shown; --check bare-number shows all",
        "      2 warning[unused-source]",
    ]
    assert len(list(plain_text.findings(found, {}, has_notes=True))) == 1806 + 2 + 30


def test_few_findings_need_no_table() -> None:
    assert list(plain_text.by_check(_many(10), False, 20, "")) == []


def test_one_finding_for_several_briefs_is_one_line_and_counts_once() -> None:
    found = [
        Finding(
            "raw-html", "the HTML tag <b>", Place("content/facts/a.yaml", 4), "", Severity.WARNING, brief=name
        )
        for name in ("one", "two", "three")
    ]
    assert len(list(plain_text.findings(found, {}))) == 1
    assert plain_text.problems(found) == "0 errors, 1 warning"


def test_finding_without_hint_or_line_is_one_line() -> None:
    assert _plain(Finding("a", "b", Place("gone.yaml"), severity=Severity.WARNING)) == [
        "gone.yaml:1:1: warning[a] b"
    ]


def test_place_beyond_the_text_shows_no_line() -> None:
    assert _plain(Finding("a", "b", Place("x", 9)), "one\n") == ["x:9:1: error[a] b"]


def test_long_line_is_cut_around_the_place() -> None:
    text = "x" * 500 + "HERE" + "y" * 500
    _, source, caret = _plain(Finding("a", "b", Place("x", 1, 501)), text)
    assert len(source) <= plain_text.MAX_SOURCE + 10
    assert source[caret.index("^")] == "H"


def test_tab_is_as_wide_as_a_space() -> None:
    _, source, caret = _plain(Finding("a", "b", Place("x", 1, 3)), "\t\tHERE")
    assert source[caret.index("^")] == "H"


def test_files_with_one_reason_are_named_together() -> None:
    outcome = _made(
        *((f"briefs/{name}.md", Action.MAKE, "new") for name in "abcde"),
        ("site/x.html", Action.MAKE, "a.b 4 -> 5"),
        ("site/y.html", Action.REMOVE, "nothing calls for it any more"),
        ("site/z.html", Action.KEEP, "unchanged"),
    )
    assert list(plain_text.decisions(outcome)) == [
        "  make   briefs/a.md, briefs/b.md, briefs/c.md and 2 more: new",
        "  make   site/x.html: a.b 4 -> 5",
        "  remove site/y.html: nothing calls for it any more",
        "  (--verbose names every file)",
    ]


def test_verbose_names_what_is_kept() -> None:
    outcome = _made(("site/z.html", Action.KEEP, "unchanged"))
    assert list(plain_text.decisions(outcome)) == []
    assert list(plain_text.decisions(outcome, is_verbose=True)) == ["  keep   site/z.html: unchanged"]


def test_verbose_names_every_file() -> None:
    outcome = _made(*((f"briefs/{name}.md", Action.MAKE, "new") for name in "abcde"))
    text = "\n".join(plain_text.decisions(outcome, is_verbose=True))
    assert all(f"briefs/{name}.md" in text for name in "abcde")


def test_many_reasons_are_counted() -> None:
    outcome = _made(*((f"{number:03}", Action.MAKE, f"reason {number}") for number in range(50)))
    lines = list(plain_text.decisions(outcome))
    assert len(lines) == plain_text.MAX_LINES + 1
    assert lines[-1] == "  … and 10 more reasons; --verbose shows them all"
    assert len(list(plain_text.decisions(outcome, is_verbose=True))) == 50


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome("check", ()), "0 errors, 0 warnings"),
        (Outcome("check", (Finding("a", "b", Place("c")),)), "1 error, 0 warnings"),
        (
            _made(("a", Action.MAKE, "new"), ("b", Action.KEEP, "unchanged"), ("c", Action.REMOVE, "gone")),
            "3 files: 1 made, 1 kept, 1 removed, 0 held back. 0 errors, 0 warnings. Output: out",
        ),
        (
            Outcome(
                "build", (), decisions([Decision("a", Action.MAKE, "new", "g", "f")]), (Failure("a", "b"),)
            ),
            "1 file: 0 made, 0 kept, 0 removed, 0 held back, 1 failed. 0 errors, 0 warnings. Output: out",
        ),
        (
            dataclasses.replace(_made(("a", Action.MAKE, "new")), command="plan"),
            "1 file: 1 to make, 0 kept, 0 to remove, 0 held back. 0 errors, 0 warnings. Output: out",
        ),
    ],
)
def test_last_line_sums_up(outcome: Outcome, line: str) -> None:
    assert plain_text.summary(outcome, "out") == line
