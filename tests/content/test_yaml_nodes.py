"""Text to nodes: scalars stay text, places are exact, and no text at all can harm the process."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.content import yaml_nodes
from briefing.model import characters
from briefing.model.findings import Finding, Place

PATH = "content/facts/x.yaml"


def read(text: str) -> yaml_nodes.Node:
    node, findings = yaml_nodes.parse(text, PATH)
    assert findings == ()
    assert node is not None
    return node


def refused(text: str) -> Finding:
    """The one finding of a text that must not be read."""
    node, findings = yaml_nodes.parse(text, PATH)
    assert node is None
    assert len(findings) == 1, findings
    return findings[0]


def plain(node: yaml_nodes.Node) -> object:
    """A node without its places."""
    if isinstance(node, yaml_nodes.Scalar):
        return node.text
    if isinstance(node, yaml_nodes.Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(item) for key, item in node.items}


def scalars(node: yaml_nodes.Node) -> list[yaml_nodes.Scalar]:
    if isinstance(node, yaml_nodes.Scalar):
        return [node]
    if isinstance(node, yaml_nodes.Sequence):
        return [found for item in node.items for found in scalars(item)]
    return [found for key, item in node.items for found in (key, *scalars(item))]


def at(finding: Finding) -> tuple[str, int, int]:
    return finding.check, finding.at.line, finding.at.column


# ----------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "NO",
        "yes",
        "on",
        "010",
        "0x10",
        "12:30",
        "2.10",
        "1e3",
        ".inf",
        "null",
        "1_000",
        "2025-11-17",
        "<<",
        "=",
    ],
)
def test_yaml_guesses_nothing(text: str) -> None:
    assert plain(read(f"key: {text}")) == {"key": text}


def test_a_tilde_stays_a_tilde() -> None:
    assert plain(read("key: ~")) == {"key": "~"}


def test_keys_stay_text_as_well() -> None:
    assert plain(read("no: 1\n010: 2\n~: 3")) == {"no": "1", "010": "2", "~": "3"}


def test_nothing_after_a_key_is_not_an_empty_text() -> None:
    node = read("one:\ntwo: ''\nthree: \"\"")
    assert isinstance(node, yaml_nodes.Mapping)
    assert [item.is_empty for _, item in node.items if isinstance(item, yaml_nodes.Scalar)] == [
        True,
        False,
        False,
    ]


def test_folded_lines_are_joined_and_the_raw_text_keeps_them() -> None:
    text = "key: >-\n  one\n  two\nnext: plain\n  goes on\n"
    node = read(text)
    assert plain(node) == {"key": "one two", "next": "plain goes on"}
    raws = [scalar.raw for scalar in scalars(node)]
    assert raws[1].startswith(">-\n  one\n  two")
    assert raws[3] == "plain\n  goes on"


def test_mappings_keep_the_order_of_the_file() -> None:
    assert list(plain(read("b: 1\na: 2\nc: 3"))) == ["b", "a", "c"]  # type: ignore[call-overload]


def test_places_of_a_small_file() -> None:
    node = read('title: "Drones"\nfacts:\n  letter: {kind: claim, names: [one, two]}\n')
    assert [(scalar.text, scalar.at.line, scalar.at.column) for scalar in scalars(node)] == [
        ("title", 1, 1),
        ("Drones", 1, 8),
        ("facts", 2, 1),
        ("letter", 3, 3),
        ("kind", 3, 12),
        ("claim", 3, 18),
        ("names", 3, 25),
        ("one", 3, 33),
        ("two", 3, 38),
    ]


WORDS = st.text(
    alphabet=st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn", "Co"),
        exclude_characters="\u2028\u2029\ufeff\x85",
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: not characters.is_odd(text))
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=5), st.booleans())
def test_what_was_written_is_read_and_every_place_is_exact(value: dict[str, object], is_flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=is_flow, sort_keys=False, width=1000)
    node = read(text)
    assert plain(node) == value
    lines = text.split("\n")
    for scalar in scalars(node):
        rest = "\n".join([lines[scalar.at.line - 1][scalar.at.column - 1 :], *lines[scalar.at.line :]])
        assert rest.startswith(scalar.raw)
        assert yaml.safe_load(scalar.raw) is not None
        written = yaml.load(scalar.raw.removeprefix("? "), Loader=yaml.BaseLoader)
        assert written == scalar.text


def test_places_are_right_behind_letters_of_every_width() -> None:
    node = read("ключ: \U0001f680 rocket\nnext: {é: x}\n")
    assert [(scalar.at.line, scalar.at.column) for scalar in scalars(node)] == [
        (1, 1),
        (1, 7),
        (2, 1),
        (2, 8),
        (2, 11),
    ]
    assert [scalar.raw for scalar in scalars(node)] == ["ключ", "\U0001f680 rocket", "next", "é", "x"]


def test_lines_that_end_in_two_signs_count_once() -> None:
    node = read("one: 1\r\ntwo: 2\r\n")
    assert [(scalar.text, scalar.at.line, scalar.at.column) for scalar in scalars(node)] == [
        ("one", 1, 1),
        ("1", 1, 6),
        ("two", 2, 1),
        ("2", 2, 6),
    ]
    assert [scalar.raw for scalar in scalars(node)] == ["one", "1", "two", "2"]


# -------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "slug", "line", "column"),
    [
        ("", "empty-file", 1, 1),
        ("# only a comment\n", "empty-file", 1, 1),
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3, 1),
        ("a: {b: 1, b: 2}", "duplicate-key", 1, 11),
        ("a: &name 1", "yaml-feature", 1, 4),
        ("a: &name {b: 1}", "yaml-feature", 1, 4),
        ("a: &name [1]", "yaml-feature", 1, 4),
        ("a: !!str 1", "yaml-feature", 1, 4),
        ("a: !own {b: 1}", "yaml-feature", 1, 4),
        ("!!python/object/apply:os.system [ls]", "yaml-feature", 1, 1),
        ("[a, b]: 1", "yaml-feature", 1, 1),
        ("? {a: 1}\n: 1", "yaml-feature", 1, 3),
        ("a: 1\n---\nb: 2", "yaml-feature", 2, 1),
        ("a: *name", "yaml-feature", 1, 4),
        ("a: 1\n\tb: 2", "yaml-syntax", 2, 1),
        ("a:\n\t- b", "yaml-syntax", 2, 1),
        ("a: b: c", "yaml-syntax", 1, 5),
        ("a: [1, 2]]", "yaml-syntax", 1, 10),
        ("a: 'open", "yaml-syntax", 1, 9),
        ("a: 1\n b: 2", "yaml-syntax", 2, 2),
        ("a: @home", "yaml-syntax", 1, 4),
        ("a: one\x07two", "control-character", 1, 7),
        ("a: 1\nb: \x00", "control-character", 2, 4),
        ("a: one\u2028two", "control-character", 1, 7),
        ('a: "one\\a two"', "control-character", 1, 4),
        ("\ufeffa: 1", "control-character", 1, 1),
        ("a: 1\n\ufeffb: 2", "control-character", 2, 1),
    ],
)
def test_what_yaml_allows_and_we_do_not_is_told_at_its_place(
    text: str, slug: str, line: int, column: int
) -> None:
    assert at(refused(text)) == (slug, line, column)


def test_a_merge_key_is_told_through_its_alias() -> None:
    _, findings = yaml_nodes.parse("a: &base {b: 1}\nc:\n  <<: *base\n", PATH)
    assert [at(finding) for finding in findings] == [("yaml-feature", 1, 4), ("yaml-feature", 3, 7)]
    assert "anchor '&base'" in findings[0].message
    assert "alias '*base'" in findings[1].message


def test_a_bomb_of_aliases_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    node, findings = yaml_nodes.parse("\n".join(lines), PATH)
    assert node is None
    assert len(findings) == 40 + 39 * 3


def test_every_mistake_that_leaves_the_text_readable_is_told() -> None:
    _, findings = yaml_nodes.parse("a: 1\na: 2\nb: !t 3\nc: &d 4\n", PATH)
    assert [at(finding) for finding in findings] == [
        ("duplicate-key", 2, 1),
        ("yaml-feature", 3, 4),
        ("yaml-feature", 4, 4),
    ]


def test_every_further_duplicate_names_the_line_of_the_first() -> None:
    _, findings = yaml_nodes.parse("a: 1\nb: 2\na: 3\na: 4", PATH)
    assert [finding.at.line for finding in findings] == [3, 4]
    assert all(finding.message.endswith("the first is on line 1") for finding in findings)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\t- b", "indent with spaces, not with tabs"),
        ("a:\n  \tb: 1\n c", "indent with spaces, not with tabs"),
        ("a: b: c", "put quotation marks around a text that contains a colon"),
        ("a: [x](fact:a.b) is", "a value that begins with [ needs quotation marks around all of it"),
        ("a: {x} y", "a value that begins with { needs quotation marks around all of it"),
        ("a: @x", "a value that begins with @ needs quotation marks around all of it"),
        ("a: %x", "a value that begins with % needs quotation marks around all of it"),
        ("a: - x", "a value that begins with - needs quotation marks around all of it"),
        ("a: [one, #2, three]\nb: c", "' #2,' begins a comment; put quotation marks around the whole text"),
        ("a: [1", "check indentation, colons and quotation marks here and on the previous line"),
    ],
)
def test_the_hint_fits_the_mistake(text: str, hint: str) -> None:
    assert refused(text).hint == hint


def test_depth_is_allowed_up_to_its_bound() -> None:
    deepest = "[" * yaml_nodes.MAX_DEPTH + "x" + "]" * yaml_nodes.MAX_DEPTH
    assert read(deepest)
    assert at(refused(f"[{deepest}]")) == ("too-deep", 1, yaml_nodes.MAX_DEPTH + 2)


def test_size_is_allowed_up_to_its_bound() -> None:
    text = "a: b\n".ljust(yaml_nodes.MAX_CHARACTERS, "\n")
    assert read(text)
    assert at(refused(text + "\n")) == ("too-large", 1, 1)


# ------------------------------------------------------------------------- what could end the process

MONSTERS = {
    "sequences in flow": "[" * 100_000,
    "mappings in flow": "{" * 100_000,
    "sequences in blocks": "- " * 50_000,
    "keys in blocks": "? " * 50_000,
    "mappings with keys": "{a: " * 25_000,
    "both in turn": "[{a: " * 20_000,
    "lines ever deeper": "\n".join(" " * depth + "a:" for depth in range(440)),
    "tags": "!t " * 30_000,
    "anchors": "&a " * 30_000,
    "quotation marks": "'" * 100_001,
}
CHILD = """
import sys
from briefing.content import yaml_nodes
for text in sys.stdin.read().split(chr(1)):
    node, findings = yaml_nodes.parse(text, "x.yaml")
    assert node is None or not findings
    print(findings[0].check if findings else "read")
"""


@pytest.mark.process
def test_deep_nesting_ends_in_a_finding_and_not_the_process() -> None:
    """In a process of its own: where the C library overflows its stack, no exception tells of it."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="\x01".join(MONSTERS.values()),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=__file__.rpartition("tests")[0],
    )
    assert child.returncode == 0, child.stderr
    told = dict(zip(MONSTERS, child.stdout.split(), strict=True))
    assert set(told.values()) <= {"too-deep", "yaml-syntax", "yaml-feature"}
    nested = (
        "sequences in flow",
        "mappings in flow",
        "sequences in blocks",
        "keys in blocks",
        "lines ever deeper",
    )
    assert {told[name] for name in nested} == {"too-deep"}


PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        "  ",
        "\t",
        "'",
        '"',
        "|",
        ">-",
        "#",
        "&x",
        "*x",
        "!t",
        "---",
        "...",
        "%",
        "@",
        "`",
        "\r\n",
        "\x85",
        "é",
        "<<: ",
    ]
)


@given(
    st.text()
    | st.lists(PIECES, max_size=40).map("".join)
    | st.binary(max_size=60).map(lambda data: data.decode("latin-1"))
)
@example("\ufffe")
@example("---\n---\n")
@example("...")
@example("%YAML 2.0\n---\na: 1")
@example("? \n? \n")
@example("a: |\n  \x85")
def test_any_text_at_all_gives_a_node_or_findings(text: str) -> None:
    node, findings = yaml_nodes.parse(text, PATH)
    assert (node is None) == bool(findings)
    assert all(
        finding.at.path == PATH and finding.at.line >= 1 and finding.at.column >= 1 for finding in findings
    )
    front, problems = yaml_nodes.parse_front_matter(text, PATH)
    assert (front is None) == bool(problems)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: [1, 2", 1, 9), ("a: [1, 2\n", 1, 9), ("a: {b", 1, 6), ("a: {b\n\n", 2, 1), ("a: 'open\n", 1, 9)],
)
def test_what_is_never_closed_is_told_at_the_end_of_the_last_line(text: str, line: int, column: int) -> None:
    assert at(refused(text)) == ("yaml-syntax", line, column)


@given(st.lists(PIECES.filter(lambda piece: piece not in ("\r\n", "\x85")), max_size=12).map("".join))
@example("a: [")
@example("[\n\n\n")
def test_no_place_lies_behind_the_end_of_the_file(text: str) -> None:
    lines = text.splitlines() or [""]
    for finding in yaml_nodes.parse(text, PATH)[1]:
        assert finding.at.line <= len(lines)
        assert finding.at.column <= len(lines[finding.at.line - 1]) + 1


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_a_character_that_no_text_holds_is_told_at_its_place(sign: str) -> None:
    assert at(refused(f"title: good\nsummary: bad{sign}\n")) == ("control-character", 2, 13)


# ---------------------------------------------------------------------------------------- front matter


def test_front_matter_and_body_are_cut_apart_with_their_places() -> None:
    front, findings = yaml_nodes.parse_front_matter(
        "---\ntitle: One\n---\nText.\n\nMore.\n", "content/briefs/x.md"
    )
    assert findings == ()
    assert front
    assert plain(front.head) == {"title": "One"}
    assert front.head.at == Place("content/briefs/x.md", 2, 1)
    assert front.body == "Text.\n\nMore.\n"
    assert front.body_at == Place("content/briefs/x.md", 4, 1)


def test_only_the_first_two_fences_cut() -> None:
    front, _ = yaml_nodes.parse_front_matter("---\na: 1\n---\none\n---\ntwo\n", PATH)
    assert front
    assert front.body == "one\n---\ntwo\n"


def test_a_fence_may_have_blanks_behind_it_and_the_body_may_be_empty() -> None:
    front, findings = yaml_nodes.parse_front_matter("--- \na: 1\n---", PATH)
    assert findings == ()
    assert front
    assert front.body == ""


@pytest.mark.parametrize(
    "text", ["", "Text.\n", "---\na: 1\n", "\n---\na: 1\n---\n", "----\na: 1\n----\n", " ---\na: 1\n---\n"]
)
def test_a_file_without_front_matter_is_told_how_to_begin(text: str) -> None:
    front, findings = yaml_nodes.parse_front_matter(text, PATH)
    assert front is None
    assert [at(finding) for finding in findings] == [("front-matter", 1, 1)]
    assert "between two lines of ---" in findings[0].hint


def test_mistakes_in_head_and_body_are_told_together() -> None:
    front, findings = yaml_nodes.parse_front_matter("---\na: 1\na: 2\n---\nText.\nodd\x07\n", PATH)
    assert front, "further mistakes are looked for in it"
    assert [at(finding) for finding in findings] == [("duplicate-key", 3, 1), ("control-character", 6, 4)]


def test_an_empty_head_is_an_empty_scalar_which_fits_nothing() -> None:
    front, _ = yaml_nodes.parse_front_matter("---\n---\nText.\n", PATH)
    assert front
    assert isinstance(front.head, yaml_nodes.Scalar)
    assert front.head.is_empty


# ---------------------------------------------------------------------------------------------- writing

_WRITABLE = st.text(max_size=300).filter(
    lambda text: not yaml_nodes._ESCAPED.search(text) and not characters.is_odd(text)
)


@given(_WRITABLE, st.lists(_WRITABLE, max_size=4))
@example("a" * 150 + " b  c", ["7: 40 percent", "- x", "# y", "[z]"])
@example("word " * 60 + "\n end", ["", " ", "~", "no", "2026-02-09", "\x85", "\u2028"])
def test_what_is_written_is_read_again(text: str, items: list[str]) -> None:
    record = {"text": text, "items": items, "inner": {"text": text, "records": [{"a": text}]}}
    assert plain(read(yaml_nodes.write(record, "made for a test"))) == record


def test_what_is_written_is_written_as_a_person_would() -> None:
    record = {"report": {"day": "2026-02-09", "paragraphs": "7", "uncited": ["7: 40 percent"]}}
    assert yaml_nodes.write(record, "Written by a test.") == (
        "# Written by a test.\nreport:\n  day: 2026-02-09\n  paragraphs: 7\n  uncited: ['7: 40 percent']\n"
    )


# ------------------------------------------------------------------------------- slips of letter writers


@pytest.mark.parametrize(
    ("text", "slug", "line", "column", "hint"),
    [
        (
            "value: {amount: 12,000,000, currency: EUR}",
            "number",
            1,
            17,
            "no commas in a number: write 12000000 or 12 million",
        ),
        ("value: {amount: 12,500, unit: trams}", "number", 1, 17, "no commas in a number: write 12500"),
        ("value: {unit: trams, amount: 1,204}", "number", 1, 30, "no commas in a number: write 1204"),
        ("value: {amount: 1,5 million}", "number", 1, 17, "write a decimal point: 1.5 million"),
        ("value: {date: April 28, 2026}", "date", 1, 15, "write 2026-04-28"),
        ("date: {edtf: Tuesday, 28 April 2026, inferred: [day]}", "date", 1, 14, "write 2026-04-28"),
        (
            "{paragraphs: [1], reason: name, and headline}",
            "yaml-syntax",
            1,
            27,
            'put quotation marks around all of it: "name, and headline"',
        ),
        (
            "terms: [set aside, 1,240,000 euros]",
            "yaml-syntax",
            1,
            20,
            'put quotation marks around all of it: "1,240,000 euros"',
        ),
        (
            "terms: [a, “up to 240,000 euros”]",
            "yaml-syntax",
            1,
            12,
            'typographic quotation marks do not count; type straight ones: "up to 240,000 euros"',
        ),
        (
            "terms: [«set aside, and more», b]",
            "yaml-syntax",
            1,
            9,
            'typographic quotation marks do not count; type straight ones: "set aside, and more"',
        ),
        (
            "{reason: “name, and headline”}",
            "yaml-syntax",
            1,
            10,
            'typographic quotation marks do not count; type straight ones: "name, and headline"',
        ),
        (
            "terms: [up to 12,000]",
            "yaml-syntax",
            1,
            9,
            'put quotation marks around all of it: "up to 12,000"',
        ),
    ],
)
def test_a_value_that_a_comma_cuts_is_reported_once_and_as_a_whole(
    text: str, slug: str, line: int, column: int, hint: str
) -> None:
    finding = refused(text)
    assert at(finding) == (slug, line, column)
    assert finding.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "[100,200]",
        "[1,2]",
        "[2020,2021]",
        '["240,000 euros"]',
        "[12, 300 pages]",
        "[“one”, “two”]",
        "[‘a’,‘b’, c]",
        "[‘tis the season, b]",
        "{a: 1, b: , c: 3}",
        "{a: 1, b}",
    ],
)
def test_commas_that_part_items_stay(text: str) -> None:
    assert read(text)


@pytest.mark.parametrize(
    ("text", "name", "line", "column"),
    [
        ("title: x\npublisher:Policy Unit\nlanguage: en\n", "publisher", 2, 1),
        ("title: x\npublisher:Policy Unit\n", "publisher", 2, 1),
        ("publisher:Policy Unit\ntitle: x\n", "publisher", 1, 1),
        ("facts:\n  one:\n    kind:event\n    statement: x\n", "kind", 3, 5),
        ("- {source: report, paragraph:5, terms: [a]}", "paragraph", 1, 20),
        ("- {source:report, paragraph: 5}", "source", 1, 4),
        ("items:\n  - kind:event\n    name: x\n", "kind", 2, 5),
    ],
)
def test_a_space_that_is_missing_after_a_colon_is_asked_for(
    text: str, name: str, line: int, column: int
) -> None:
    finding = refused(text)
    assert at(finding) == ("yaml-syntax", line, column)
    assert finding.hint == f"put a space after '{name}:'"


def test_an_address_in_a_list_needs_no_space() -> None:
    assert plain(read("urls: [https://host.example/a, http:b]")) == {
        "urls": ["https://host.example/a", "http:b"]
    }


@pytest.mark.parametrize(
    "text",
    [
        "title: “The bridge: a history”",
        "title: „Die Brücke: Geschichte“",
        "title: «Pont: histoire»",
        "title: ‘The bridge: a history’",
        "items:\n  - name: “One: two”\n",
        "one: 1\ntitle: “The bridge: a history”\nthree: 3",
    ],
)
def test_typographic_quotation_marks_hold_no_colon(text: str) -> None:
    assert refused(text).hint == "typographic quotation marks do not count; type straight ones"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("—-\na: 1\n---\n", 1, "line 1 has a long dash; type three hyphens"),
        ("–––\na: 1\n–––\n", 1, "line 1 has a long dash; type three hyphens"),
        ("—\na: 1\n---\n", 1, "line 1 has a long dash; type three hyphens"),
        ("---\na: 1\n—-\nText.\n", 3, "line 3 has a long dash; type three hyphens"),
        ("----\na: 1\n---\n", 1, "line 1 has 4 hyphens; type three hyphens"),
        (" ---\na: 1\n---\n", 1, "line 1 begins with a space; delete it"),
        ("---\na: 1\nText.\n", 1, "the front matter does not end: a second line of --- is missing"),
    ],
)
def test_dashes_that_are_no_fence_are_reported_with_their_line(text: str, line: int, message: str) -> None:
    front, (finding,) = yaml_nodes.parse_front_matter(text, PATH)
    assert front is None
    assert at(finding) == ("front-matter", line, 1)
    assert finding.message == message
    assert "the lines between two lines of --- at the top" in finding.hint


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        (
            "a:\n    b: 1\n   c: 2\n    d: 3\n",
            3,
            "begins with 3 spaces, and 'b:' before it with 4",
            "4 spaces",
        ),
        ("a:\n    b: 1\n      c: 2\n    d: 3\n", 3, "begins with 6 spaces, and 'b:' before it", "4 spaces"),
        ("a: {b: 1, c: 2\nd: 3\n", 1, "the bracket { that opens here is not closed", "end the line with }"),
        ("a: [b, c\nd: 3\n", 1, "the bracket [ that opens here is not closed", "end the line with ]"),
    ],
)
def test_a_slip_of_the_hand_is_named_where_it_is(text: str, line: int, says: str, hint: str) -> None:
    node, (finding,) = yaml_nodes.parse(text, "file.yaml")
    assert node is None
    assert finding.at.line == line
    assert says in finding.message
    assert hint in finding.hint
