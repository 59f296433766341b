"""Templates: every value escaped, nothing undefined, no way out of the sandbox."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build.steps import Snapshot
from briefing.compose import templates
from briefing.compose.templates import MAX_RANGE, TemplateProblem, Templates, sections
from briefing.content import layout
from briefing.formats import html
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model import fact_links
from briefing.model.editions import Section
from briefing.store import box
from briefing.store.box import Bounds
from tests.conftest import Page, Project
from tests.values import Reached


def _markdown(template: str, **context: object) -> str:
    return Templates({"t.md.j2": template}).markdown("t.md.j2", **context)


def _html(template: str, **context: object) -> str:
    return Templates({"t.html.j2": template}).html("t.html.j2", **context)


def _printed(markdown: str) -> str:
    """Markdown as the formats print it."""
    return html.section_html(Section("body", "", (markdown,)), html.linked_note("en"), "en").html


# ------------------------------------------------------------------------------------------- escaping

_PLAIN = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("\\`*_{}[]()<>#+-.!|~&;:/=\"'^$% \n\t12aZ€")),
        st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")),
    ),
    max_size=40,
)


def _as_read(text: str) -> str:
    """What must be seen: line breaks and runs of white space as one space; quotation marks may be set."""
    return _straight(" ".join(text.split()))


def _straight(text: str) -> str:
    return text.translate(str.maketrans("‘’“”", "''\"\""))


@given(_PLAIN)
def test_escaped_text_prints_exactly_the_text(text: str) -> None:
    assert _straight(Page(_printed(fact_links.escape(text))).text) == _as_read(text)


@given(_PLAIN)
def test_escaped_text_prints_exactly_the_text_within_a_line(text: str) -> None:
    page = Page(_printed(f"- Before {fact_links.escape(text)}, after"))
    assert _straight(page.text) == _as_read(f"Before {' '.join(text.split())}, after")


@given(_PLAIN)
def test_escaped_text_prints_exactly_the_text_in_a_table(text: str) -> None:
    page = Page(_printed(f"| Head |\n|---|\n| {fact_links.escape(text)} |\n"))
    assert _straight(page.text) == _as_read(f"Head {text}")
    assert len(list(page.every("td"))) == 1


@given(_PLAIN)
def test_escaped_text_makes_no_markup(text: str) -> None:
    page = Page(_printed(f"Before\n\n{fact_links.escape(text)}\n\nafter"))
    # ``bdi`` is ours: it keeps words that are written from right to left apart.
    assert {element.tag for element in page.elements} <= {"p", "bdi"}


@pytest.mark.parametrize("text", ["C #", "C ##", "what is meant #"])
def test_escaped_text_prints_exactly_the_text_in_a_heading(text: str) -> None:
    assert Page(_printed(f"## {fact_links.escape(text)}")).text == text


@given(_PLAIN)
def test_words_of_a_link_are_escaped(text: str) -> None:
    written = fact_links.write("a.b", "", fact_links.escape(text))
    (found,) = fact_links.find(written)
    assert (found.start, found.end) == (0, len(written))
    assert _straight(Page(_printed(found.words)).text) == _as_read(text)


def test_values_in_markdown_templates_are_escaped_and_markup_is_not() -> None:
    assert _markdown("{{ x }} {{ x | markdown }}", x="*a*") == "\\*a\\* *a*"
    assert _markdown("{{ x }}", x=Reached.IN_PRODUCTION) == "in-production"
    assert _markdown("{{ x }}.", x=None) == "."
    assert _markdown("{{ x }}", x=1250) == "1250"


def test_values_in_html_templates_are_escaped() -> None:
    assert _html("{{ x }}", x="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    assert _html('<p title="{{ x }}">', x='" onclick="') == '<p title="&#34; onclick=&#34;">'
    assert _html("{{ x }}{{ y }}", x=Reached.INTENT, y=None) == "intent"


def test_fact_becomes_a_link_to_itself(snapshot: Snapshot) -> None:
    assert snapshot.library
    fact = snapshot.library.facts["ferry.count"]
    assert _markdown("{{ fact }}", fact=fact) == "[](fact:ferry.count)"
    assert _markdown('{{ fact | cited("short") }}', fact=fact) == "[](fact:ferry.count#short)"
    assert _markdown('{{ fact | cited("", "a [b]") }}', fact=fact) == "[a \\[b\\]](fact:ferry.count)"


# --------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("template", "message", "line"),
    [
        ("one\n{{ nothing }}", "'nothing' is undefined", 2),
        ("one\ntwo\n{% if nothing %}{% endif %}", "'nothing' is undefined", 3),
        ("{{ fact.nothing }}", "has no attribute 'nothing'", 1),
        ("one\n{% if %}", "Expected an expression", 2),
        ("one\n{{ 1 / 0 }}", "division by zero", 2),
        ("{{ [1][5] }}", "", 1),
        ("one\n{{ 'a' + 1 }}", "can only concatenate", 2),
        ("{% include 'other.j2' %}", "there is no template 'other.j2'", 1),
        ("{{ x | no_filter }}", "No filter named 'no_filter'", 1),
        ("{% for x in range(100000) %}{% endfor %}", f"may have at most {MAX_RANGE} numbers", 1),
    ],
)
def test_problem_names_template_and_line(template: str, message: str, line: int, snapshot: Snapshot) -> None:
    assert snapshot.library
    with pytest.raises(TemplateProblem) as caught:
        _html(template, fact=snapshot.library.facts["ferry.count"], x=1)
    finding = caught.value.finding
    assert message in finding.message
    assert (finding.at.path, finding.at.line) == ("templates/t.html.j2", line)


@pytest.mark.parametrize("inner", ["one\n{{ nothing }}", "one\n{% if %}"], ids=["undefined", "syntax"])
def test_problem_in_an_included_template_is_told_there(inner: str) -> None:
    templates = Templates({"outer.j2": "\n\n{% include 'inner.j2' %}", "inner.j2": inner})
    with pytest.raises(TemplateProblem) as caught:
        templates.html("outer.j2")
    assert str(caught.value.finding.at) == "templates/inner.j2:2:1"


def test_template_that_includes_itself_is_a_problem() -> None:
    with pytest.raises(TemplateProblem):
        _html("{% include 't.html.j2' %}")


@pytest.mark.parametrize(
    "name", ["page.html.j2", "print.html.j2", "site-fact.html.j2", "edition.html.j2", "brief.md.j2"]
)
@pytest.mark.parametrize("text", ["{{ nothing }}", "{% if %}"])
def test_broken_template_of_a_project_is_a_finding(name: str, text: str, project: Project) -> None:
    project.write(f"templates/{name}", text)
    said = project.call("plan", "--json")
    assert said.exit_code == 1
    assert {finding["path"] for finding in said.record["findings"]} == {f"templates/{name}"}


# ------------------------------------------------------------------------------------- templates of others

_DOUBLING = "{% set ns = namespace(x=START) %}{% for i in range(60) %}{% set ns.x = STEP %}{% endfor %}"


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for."""
    monkeypatch.setattr(box, "TEMPLATE", Bounds(1, 200, 60))


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    "expression",
    [
        "{% for i in range(10000) %}{% for j in range(10000) %}{{ '' }}{% endfor %}{% endfor %}",
        "{% set a = range(10000) | list %}{% for i in a %}{% set b = a | sort | list %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{{ range(10) | slice(10**8) | list | length }}",
        _DOUBLING.replace("START", "[]").replace("STEP", "[ns.x, ns.x]") + "{{ ns.x }}",
    ],
)
def test_template_that_goes_on_and_on_is_a_problem(expression: str) -> None:
    with pytest.raises(TemplateProblem, match=r"more than 1 seconds of processor time|GB of memory"):
        _markdown(f"one\n{expression}\nthree\nfour")
    began = time.process_time()
    with pytest.raises(TemplateProblem) as again:  # and nobody waits for it twice
        _markdown(f"one\n{expression}\nthree\nfour")
    assert time.process_time() - began < 0.9
    # It may be broken off where the pieces are put together, before a filter has said at which line it is,
    # or, on a busy machine, before its first line is reached.
    assert again.value.finding.at.line in (1, 2)


@pytest.mark.usefixtures("_small")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
@pytest.mark.parametrize(
    "expression",
    [
        "{{ 'a'.ljust(10**10) | length }}",
        "{{ '%10000000000d' | format(1) | length }}",
        "{{ '{:10000000000}'.format(1) | length }}",
        "{{ ('a' * 10**7) | replace('a', 'b' * 10**4) | length }}",
        _DOUBLING.replace("START", "'ab'").replace("STEP", "ns.x ~ ns.x") + "{{ ns.x | length }}",
    ],
)
def test_template_that_needs_all_memory_is_a_problem(expression: str) -> None:
    with pytest.raises(TemplateProblem, match="GB of memory"):
        _html(expression)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("{{ 'x' * 4 * 10**9 }}", "the result of * is too large"),
        ("{{ ([0] * 10**9) | length }}", "the result of * is too large"),
        ("{% set x = 999999999 %}{{ x**x }}", "the result of ** is too large"),
        ("{% set x = 10**3000 %}{{ x * x }}", "the result of * is too large"),
        ("{% set x = ('a' * 15000000) | markdown %}{{ x }}{{ x }}", "prints more than 16 million characters"),
        ("{% if 1 %}" * 3000 + "{% endif %}" * 3000, "it is nested too deeply to be read"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "it is nested too deeply to be read"),
        ("{% for x in [1] %}" * 25 + "{% endfor %}" * 25, "it cannot be compiled"),
        ("{% include 't.md.j2' %}", "the template includes itself"),
        ("{% extends 't.md.j2' %}", "the template includes itself"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "a macro or a loop calls itself too often"),
        (
            _DOUBLING.replace("60", "3000").replace("START", "[]").replace("STEP", "[ns.x]") + "{{ ns.x }}",
            "a value is nested too deeply",
        ),
        ("{{ [1, 2] | random }}", "No filter named 'random'"),
        ("{{ section }}", "it prints a function"),
        ("{{ [section] }}", "it prints a function"),
        ("{{ section ~ '' }}", "it prints a function"),
        ("{{ [1] | map('upper') }}", "a sequence that is not worked out"),
        ("{{ cycler(1, 2) }}", "it prints a function"),
        ("{{ 1e999 | int }}", "inf"),
    ],
)
def test_template_that_is_too_much_or_differs_each_time_is_a_problem(expression: str, message: str) -> None:
    with pytest.raises(TemplateProblem) as caught:
        _markdown(expression)
    assert message in caught.value.finding.message
    assert caught.value.finding.at.path == "templates/t.md.j2"


def test_what_a_template_of_others_may_do() -> None:
    printed = _html("{{ 2**10 }} {{ '-' * 3 }} {{ 1.5 * 4 }} {{ [1] * 2 }} {{ [1, 2] | map('abs') | sum }}")
    assert printed == "1024 --- 6.0 [1, 1] 3"


def test_templates_of_the_program_have_no_bounds_to_cost_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One template of the project's own, and each use of any has them."""
    asked = []
    watched = box.watched

    def counted(work: str, *given: Any) -> Any:
        asked.append(work)
        return watched(work, *given)

    monkeypatch.setattr(box, "watched", counted)
    shipped = dict(layout.shipped_templates())
    for own in ({}, {"icon.svg": "mine"}):
        with pytest.raises(TemplateProblem, match="undefined"):
            Templates({**shipped, **own}).html("site-base.html.j2")
    assert asked == []
    with pytest.raises(TemplateProblem, match="undefined"):
        Templates({**shipped, "mine.html.j2": "x"}).html("site-base.html.j2")
    assert asked == ["templates/site-base.html.j2"]


# -------------------------------------------------------------------------------------------- sandbox


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__",
        "''.__class__.__mro__",
        "().__class__.__bases__[0].__subclasses__()",
        "x.__init__.__globals__",
        "x.__class__.__init__.__globals__['sys']",
        "x['__class__']['__name__']",
        "x | attr('__class__')",
        "section.__globals__",
        "range.__globals__",
        "cycler.__init__.__globals__.os",
        "joiner.__init__.__globals__",
        "namespace.__init__.__globals__",
        "self.__init__.__globals__",
        "self._TemplateReference__context",
        "wording.fact.__func__.__globals__",
        "'{0.__class__.__mro__}'.format(x)",
        "'{0.__init__.__globals__}'.format_map({'0': x})",
        "x.append(1)",
        "y.update({'a': 1})",
        "lipsum()",
        "(x for x in y).gi_frame",
    ],
)
def test_no_way_out_of_the_sandbox(expression: str, snapshot: Snapshot) -> None:
    """Refused, or nothing where the sandbox sees nothing; never an object behind the values."""
    assert snapshot.library
    wording = Wording("en-GB", snapshot.library.actors)
    for render in (_markdown, _html):
        try:
            printed = render("{{ " + expression + " }}", x=[], y={}, wording=wording)
        except TemplateProblem:
            continue
        assert printed.strip() == "", expression


def test_templates_cannot_change_what_they_are_given() -> None:
    given_list: list[int] = []
    with pytest.raises(TemplateProblem):
        _html("{% set _ = x.append(1) %}", x=given_list)
    assert given_list == []


def test_no_template_is_read_from_the_disk() -> None:
    with pytest.raises(TemplateProblem, match="there is no template"):
        _html("{% include '../../../etc/passwd' %}")
    with pytest.raises(TemplateProblem, match="there is no template"):
        Templates({}).html(str(Path(__file__)))


# ------------------------------------------------------------------------------------------- sections


def test_sections_are_cut_where_the_template_says() -> None:
    text = _markdown(
        'ignored{{ section("one", "One") }}\ntext\n\n'
        '{{ section("two") }}\n{{ section("three", "Three") }}\nmore\n'
    )
    assert sections(text) == [
        ("one", "One", "text", ""),
        ("two", "", "", ""),
        ("three", "Three", "more", ""),
    ]


def test_value_cannot_begin_a_section() -> None:
    """The mark is a control character, which reading refuses; should one arrive, it cannot name a role."""
    found = sections(_markdown('{{ section("one") }}\n{{ x }}', x="a\x1eevil\x1fEvil\nb"))
    assert [role for role, *_ in found] == ["one"]


# --------------------------------------------------------------------------------------------- compiled


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where Python keeps compiled modules, empty, and a process that has compiled nothing."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    templates._compiled.cache_clear()
    yield tmp_path
    templates._compiled.cache_clear()


def _page_of_program() -> str:
    made = Templates(layout.shipped_templates())
    return made.html("site-index-parts.html.j2", say=Words("en"), root="../", wording=None, smart=str)


def test_a_template_of_the_program_is_compiled_once_for_all_processes(cache: Path) -> None:
    first = _page_of_program()
    kept = [path for path in cache.rglob("template-*") if path.is_file()]
    assert kept
    templates._compiled.cache_clear()  # as in another process
    before = [path.stat().st_mtime_ns for path in kept]
    assert _page_of_program() == first
    assert [path.stat().st_mtime_ns for path in kept] == before


def test_what_cannot_be_read_back_is_compiled_again(cache: Path) -> None:
    first = _page_of_program()
    for path in cache.rglob("template-*"):
        path.write_bytes(path.read_bytes()[:-40])
        templates._compiled.cache_clear()
        assert _page_of_program() == first


def test_templates_of_a_project_are_not_kept_compiled(cache: Path) -> None:
    assert _html("{{ 1 + 1 }}") == "2"
    assert not [path for path in cache.rglob("template-*") if path.is_file()]


def test_where_python_keeps_nothing_compiled_no_template_is(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _page_of_program()
    assert not list(cache.rglob("*"))


def test_where_the_folder_cannot_be_made_templates_are_compiled_all_the_same(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache / "taken").write_text("a file where a folder is needed", "utf-8")
    monkeypatch.setattr(sys, "pycache_prefix", str(cache / "taken"))
    assert _page_of_program()
