"""Figures: every mark is drawn, no label lies on another, and the text says what the drawing shows."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose import charts
from briefing.compose.templates import Templates
from briefing.content import decode, ladders, views, yaml_nodes
from briefing.content.layout import shipped_templates
from briefing.editions import freeze, ledger
from briefing.formats.charts import ladder as ladders_drawn
from briefing.formats.charts import svg
from briefing.formats.charts.chart import Width, draw
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model.editions import BoardRow, DraftSection, Figure, Mark
from briefing.model.facts import Fact
from briefing.model.findings import FoundProblem, Place
from briefing.model.ladders import Status
from briefing.model.ledger import Issued
from briefing.model.scales import Bound, DatePart, FactKind, FigureKind, Marking, Stage
from briefing.model.values import Date, Key, Money, Slug
from tests import values
from tests.conftest import Project, expect_golden, snapshot_of
from tests.values import FLAGS, LADDER, Flags, Reached

NAMESPACE = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = {
    "svg": {"class", "role", "aria-labelledby", "viewBox", "width", "height", "font-family"},
    "title": {"id"},
    "desc": {"id"},
    "text": {"x", "y", "font-size", "font-weight", "class", "fill", "text-anchor", "transform"},
    "line": {"x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray", "class"},
    "polyline": {"points", "fill", "stroke", "stroke-width", "class"},
    "polygon": {"points", "fill", "stroke", "stroke-width", "class"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "stroke-width", "stroke-dasharray", "class"},
    "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width", "stroke-dasharray", "class"},
}
"""What a drawing may hold: elements and presentation attributes that print and browsers show alike."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    words: str

    def meets(self, other: Box) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1
        )


ENGLISH = Words("en")


def root_of(figure: Figure, width: Width) -> ET.Element:
    return ET.fromstring(draw(figure, width, "part", ENGLISH))


def texts(root: ET.Element) -> Iterator[ET.Element]:
    yield from root.iter(f"{NAMESPACE}text")


def boxes(root: ET.Element) -> list[Box]:
    """The room that each level line of text takes, from capitals to descenders."""
    found = []
    for element in texts(root):
        if element.get("transform"):
            continue  # the names of the rungs lean all alike: they are apart where their columns are
        size, words = float(element.get("font-size", 0)), element.text or ""
        room = svg.width_of(words, size)
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        x -= room / 2 if element.get("text-anchor") == "middle" else 0
        found.append(Box(x, y - size * 0.7, x + room, y + size * 0.2, words))
    return found


def assert_well_drawn(figure: Figure, width: Width) -> None:
    root = root_of(figure, width)
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        assert set(element.attrib) <= ATTRIBUTES[name], (name, element.attrib)
    _, _, right, bottom = map(float, root.get("viewBox", "").split())
    found = boxes(root)
    for index, box in enumerate(found):
        assert box.left >= -0.1, box
        assert box.right <= right + 0.1, box
        assert box.top >= -0.1, box
        assert box.bottom <= bottom + 0.1, box
        for other in found[index + 1 :]:
            assert not box.meets(other), (box, other)


def written(root: ET.Element) -> str:
    return "".join("".join(element.text or "" for element in texts(root)).split())


# ---------------------------------------------------------------------------------------------- figures

LABELS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me", "Cf")),
    min_size=1,
    max_size=60,
).filter(str.strip)
DATES = st.sampled_from(
    [
        "2025-11-17",
        "2025-11",
        "2025",
        "2026-02-09",
        "../2035",
        "2026/..",
        "2025-11-16/2025-11-18",
        "1999",
        "202X",
    ]
)
MONEY = st.builds(
    lambda amount, bound, currency: Money(
        Decimal(amount), currency, bound, Decimal(amount * 2) if bound is Bound.BETWEEN else None
    ),
    st.integers(1, 10**12),
    st.sampled_from(Bound),
    st.sampled_from(["EUR", "USD"]),
)


OWN = ladders.drawn(ladders.of_program()["commitments"])


def mark_of(label: str, **fields: object) -> Mark:
    return dataclasses.replace(Mark(label, Key("a.b")), **fields)  # type: ignore[arg-type]


@st.composite
def figures(drawn: st.DrawFn) -> Figure:
    kind = drawn(st.sampled_from(FigureKind))
    flags = st.lists(st.sampled_from(FLAGS), max_size=2, unique=True).map(tuple)
    made: list[Mark] = []
    rows: list[BoardRow] = []
    for _ in range(drawn(st.integers(0, 14))):
        label = drawn(LABELS)
        if kind is FigureKind.TIMELINE:
            date = drawn(st.one_of(st.none(), DATES.map(Date)))
            made.append(
                mark_of(label, date=date, when=Wording("en-GB", {}).date(date) if date else "not dated")
            )
        elif kind is FigureKind.BOARD:
            marks = tuple(
                mark_of(drawn(LABELS), status=status, flags=drawn(flags), is_reported=drawn(st.booleans()))
                for status in drawn(st.lists(st.sampled_from(LADDER), max_size=4))
            )
            named = drawn(st.one_of(st.just(""), LABELS))
            rows.append(
                BoardRow(label, OWN.id, marks, named, drawn(st.integers(0, 99)), drawn(st.booleans()))
            )
        elif kind is FigureKind.LADDER:
            made.append(mark_of(label, status=drawn(st.sampled_from(LADDER)), flags=drawn(flags)))
        elif kind is not FigureKind.MONEY:
            number = drawn(st.one_of(st.none(), st.decimals(-(10**6), 10**9, places=2)))
            date = drawn(st.one_of(st.none(), DATES.map(Date)))
            made.append(
                mark_of(
                    label,
                    number=number,
                    amount="" if number is None else f"{number} MW",
                    date=date,
                    when=Wording("en-GB", {}).date(date, "short") if date else "",
                    status=drawn(st.one_of(st.none(), st.sampled_from(LADDER))),
                )
            )
        else:
            money = drawn(st.one_of(st.none(), MONEY))
            amount = Wording("en-GB", {}).value(money) if money else ""
            made.append(mark_of(label, money=money, amount=amount, flags=drawn(flags)))
    ladder = (OWN,) if kind is FigureKind.BOARD else ()
    return Figure(kind, "Title", "Text.", tuple(made), ladder, tuple(rows))


@pytest.mark.parametrize("width", Width)
@given(figure=figures())
def test_labels_stay_in_the_drawing_and_apart(width: Width, figure: Figure) -> None:
    assert_well_drawn(figure, width)


@pytest.mark.parametrize("width", Width)
@given(figure=figures())
def test_every_mark_is_drawn_with_all_its_words(width: Width, figure: Figure) -> None:
    words = written(root_of(figure, width))
    if figure.kind is FigureKind.LADDER:
        assert_counted(figure, words)
        return
    marks = (*figure.marks, *(mark for row in figure.rows for mark in row.marks))
    for label in (*(mark.label for mark in marks), *(row.label for row in figure.rows)):
        assert "".join(label.split()) in words


def assert_counted(figure: Figure, words: str) -> None:
    """A ladder names no row, as the table beside it does; it counts them by status and flags."""
    steps = Counter(ladders_drawn.words_of(mark, ENGLISH) for mark in figure.marks)
    for step, count in steps.items():
        assert "".join(f"{step} ({count})".split()) in words
    groups = {mark.status.group for mark in figure.marks if mark.status}
    assert words.count("–") == len(OWN.groups) - len(groups)


@given(figure=figures())
def test_the_same_figure_has_the_same_bytes(figure: Figure) -> None:
    assert draw(figure, Width.WIDE, "x", ENGLISH) == draw(
        dataclasses.replace(figure), Width.WIDE, "x", ENGLISH
    )


def test_text_in_a_label_stays_text() -> None:
    hostile = """</text><script>alert("1")</script>&amp;'"""
    mark = mark_of(hostile, date=Date("2031"), when=hostile)
    figure = Figure(FigureKind.TIMELINE, hostile, hostile, (mark,))
    root = root_of(figure, Width.WIDE)
    assert "".join(hostile.split()) in written(root)
    assert not list(root.iter(f"{NAMESPACE}script"))
    assert root[0].text == f"{hostile}. {hostile}"


@pytest.mark.parametrize("width", Width)
def test_text_is_legible_where_it_is_shown(width: Width) -> None:
    """At 8 points on paper; on the narrowest phone, whose page leaves it 276 pixels, at 11 or more."""
    marks = tuple(mark_of("A ferry", status=status) for status in LADDER)
    root = root_of(Figure(FigureKind.LADDER, "", "", marks), width)
    ground = float(root.get("viewBox", "").split()[2])
    sizes = {float(element.get("font-size", 0)) for element in texts(root)}
    scale = 482 / ground if width is Width.WIDE else 276 / ground
    assert min(sizes) * scale >= (8 if width is Width.WIDE else 11)


def test_colours_are_the_tokens_by_day() -> None:
    tokens = shipped_templates()["tokens.css"]
    for name, colour in svg.COLOURS.items():
        assert f"--{name}: {colour};" in tokens


def board_of(*marks: Mark, **fields: object) -> Figure:
    row = dataclasses.replace(BoardRow("Ferries", OWN.id, marks), **fields)  # type: ignore[arg-type]
    return Figure(FigureKind.BOARD, "", "", (), (OWN,), (row,))


@pytest.mark.parametrize("width", Width)
def test_a_report_has_a_broken_frame_on_a_board_and_a_side_a_whole_one(width: Width) -> None:
    side = mark_of("NO", status=Reached.INTENT)
    report = dataclasses.replace(side, label="report", is_reported=True)
    frames = [
        [frame.get("stroke-dasharray") for frame in root_of(board_of(mark), width).iter(f"{NAMESPACE}rect")]
        for mark in (side, report)
    ]
    assert frames == [[None], ["2 1.4"]]


def test_a_board_says_the_status_under_a_sign_and_not_under_a_number() -> None:
    mark = mark_of("7", status=Reached.INTEREST)
    found = [written(root_of(board_of(mark, is_sum=is_sum), Width.WIDE)) for is_sum in (False, True)]
    assert ["interest" in words for words in found] == [True, False]


def test_every_column_of_a_board_stays_where_nobody_says_anything() -> None:
    words = written(root_of(board_of(), Width.WIDE))
    for group in OWN.groups:
        assert "".join(ENGLISH.group(group, OWN).split()) in words


def test_every_colour_can_be_changed_by_night() -> None:
    style = shipped_templates()["screen.css"]
    marks = tuple(mark_of("x", status=status, flags=(flag,)) for status in LADDER for flag in FLAGS)
    ladder = Figure(FigureKind.LADDER, "", "", marks)
    dates = tuple(mark_of("x", when="x", date=Date(day)) for day in ("2025", "../2035", "2025-01-01"))
    money = tuple(
        mark_of("x", amount="x", money=Money(Decimal(1), "EUR", bound))
        for bound in (Bound.ABOUT, Bound.UP_TO)
    )
    for figure in (
        ladder,
        Figure(FigureKind.TIMELINE, "", "", dates),
        Figure(FigureKind.MONEY, "", "", money),
        board_of(*marks, dataclasses.replace(marks[0], is_reported=True)),
    ):
        for width in Width:
            for name in set(re.findall(r"(?:fill|line)-\w+", str(draw(figure, width, "x", ENGLISH)))):
                assert f".figure .{name} {{" in style, name


def test_shapes_tell_the_groups_of_the_ladder_apart_without_colour() -> None:
    assert list(dict.fromkeys(status.glyph for status in LADDER)) == ["○", "△", "▲", "●"]
    assert [status.degree.stage for status in LADDER] == sorted(
        (status.degree.stage for status in LADDER), key=list(Stage).index
    )


def test_heights_are_modest_on_paper() -> None:
    label = "Joint production of ferries"
    ladder = Figure(FigureKind.LADDER, "", "", tuple(mark_of(label, status=Reached.INTENT) for _ in range(6)))
    days = tuple(mark_of(label, when="17 Nov 2025", date=Date(f"2025-0{month}")) for month in range(1, 9))
    for figure, most in ((ladder, 60), (Figure(FigureKind.TIMELINE, "", "", days), 45)):
        height = float(root_of(figure, Width.WIDE).get("height", 0))
        assert height * 170 / 482 <= most


# ------------------------------------------------------------------------------------------------ facts


def figure_of(kind: FigureKind, *facts: Fact) -> Figure | None:
    library = dataclasses.replace(values.library(), facts={fact.id: fact for fact in facts})
    text = " ".join(f"[](fact:{fact.id})" for fact in facts)
    return charts.chart(kind, "Title", text, library, Wording("en-GB", library.actors))


def named(name: str, **fields: object) -> Fact:
    return dataclasses.replace(values.fact(), id=Key(f"sheet.{name}"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (("2020", "2035"), "All 2 events have dates: from 2020 to 2035."),
        (("2020/..", "2035"), "All 2 events have dates: the first from 2020, the last 2035."),
        (("2020", "../2035"), "All 2 events have dates: the first 2020, the last by 2035."),
        (("2020/..", "2035/.."), "All 2 events have dates: the first from 2020, the last from 2035."),
        (
            ("2020/2022", "18XX"),
            "All 2 events have dates: the first the 19th century, the last 2020 to 2022.",
        ),
        (("2020~", "2035"), "All 2 events have dates: from about 2020 to 2035."),
        (("2020/..",), "1 of 1 event has a date: from 2020."),
    ],
)
def test_the_dates_of_a_timeline_keep_their_bounds_in_its_caption(dates: tuple[str, ...], words: str) -> None:
    facts = [named(f"on-{number}", date=Date(date)) for number, date in enumerate(dates)]
    figure = figure_of(FigureKind.TIMELINE, *facts)
    assert figure
    assert figure.text.startswith(words)


def test_a_timeline_counts_what_is_dated() -> None:
    figure = figure_of(
        FigureKind.TIMELINE,
        named("late", date=Date("2026-02-09")),
        named("early", date=Date("2025-11-17", (DatePart.YEAR,)), label="Signed"),
        named("never", date=None),
    )
    assert figure
    assert [mark.fact for mark in figure.marks] == ["sheet.early", "sheet.late", "sheet.never"]
    assert figure.marks[0].label == "Signed"
    assert figure.text.replace("\N{NO-BREAK SPACE}", " ") == (
        "2 of 3 events have dates: from 17 Nov [2025] to 9 Feb 2026. "
        "What stands in square brackets is inferred."
    )
    assert figure_of(FigureKind.TIMELINE, named("never", date=None)) is None


SILENT = "We rate none of these further than declared intent."


def test_a_ladder_names_what_is_contracted_apart_from_what_is_done() -> None:
    facts = [
        named(status.id, status=status, label=str(status.id).capitalize(), said_by=(Slug("holm"),))
        for status in (Reached.INTENT, Reached.CONTRACTED, Reached.DELIVERED)
    ]
    flagged = dataclasses.replace(facts[0], flags=(Flags.DISPUTED,))
    figure = figure_of(
        FigureKind.LADDER, flagged, *facts[1:], named("claim", kind=FactKind.CLAIM, status=None)
    )
    assert figure
    assert figure.text.startswith("Contracted or financed: Contracted. Delivered: Delivered. ")
    assert figure.text.endswith(" Disputed: Intent.")
    for count, words in (
        (0, "We rate it no further than "),
        (1, "Contracted or financed: Contracted. We rate it no"),
    ):
        one = figure_of(FigureKind.LADDER, facts[count])
        assert one and one.text.startswith(words)


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        ([Reached.INTENT] * 2, SILENT),
        (
            [Reached.FINANCED] * 2,
            "Contracted or financed: all of these. We rate none of these further than financed.",
        ),
        ([Reached.DELIVERING] * 2, "Being delivered: all of these."),
        ([Reached.IN_SERVICE, Reached.IN_PRODUCTION], "Being made: 1 of 2 rows. In service: 1 of 2 rows."),
        ([*[Reached.CONTRACTED] * 4, Reached.INTENT], "Contracted or financed: 4 of 5 rows. "),
    ],
)
def test_a_ladder_names_only_the_steps_that_something_has_reached(reached: list[Status], words: str) -> None:
    """Without a label a row is counted: a whole statement is no name."""
    facts = [
        named(str(number), status=status, said_by=(Slug("holm"),)) for number, status in enumerate(reached)
    ]
    figure = figure_of(FigureKind.LADDER, *facts)
    assert figure and figure.text.startswith(words)


def test_a_ladder_says_what_only_reports_say_and_names_no_more_than_three_rows() -> None:
    own = [
        named(name, status=Reached.DELIVERED, label=f"{name}, new", said_by=(Slug("holm"),))
        for name in ("trams", "rails", "masts")
    ]
    report = named("report", status=Reached.FINANCED, label="Depot")
    figure = figure_of(FigureKind.LADDER, report, *own)
    assert figure and figure.text.startswith(
        "Contracted or financed, by reports alone: Depot. Delivered: trams, new; rails, new; masts, new."
    )
    more = named("more", status=Reached.DELIVERED, label="more", said_by=(Slug("holm"),))
    many = figure_of(FigureKind.LADDER, report, *own, more)
    assert many and "Delivered: 4 of 5 rows." in many.text


def test_a_row_without_a_label_goes_by_its_matter() -> None:
    done = named("done", status=Reached.DELIVERED, said_by=(Slug("holm"),), matters=(Slug("drone-deal"),))
    known = values.library(matters=(values.matter(label="Drones"),))
    of = dataclasses.replace(known, facts={done.id: done})
    figure = charts.chart(FigureKind.LADDER, "", "[](fact:sheet.done)", of, Wording("en-GB", {}))
    assert figure and figure.text.startswith("Delivered: Drones.")


def test_a_ladder_has_a_mark_for_each_row_until_they_are_too_many_to_be_counted_at_a_glance() -> None:
    for number, drawn in ((1, 1), (5, 5), (6, 1)):
        figure = Figure(FigureKind.LADDER, "", "", (mark_of("A ferry", status=Reached.INTEREST),) * number)
        root = root_of(figure, Width.WIDE)
        of_groups = 2  # talked about and delivery have a circle in their heads
        assert len(list(root.iter(f"{NAMESPACE}circle"))) - of_groups == drawn
        assert f"interest({number})" in written(root)


def test_a_ladder_keeps_the_columns_of_what_nothing_has_reached() -> None:
    """What is delivered may have no contract on record: the column between stays, with a dash."""
    marks = (mark_of("A", status=Reached.INTEREST), mark_of("B", status=Reached.DELIVERING))
    words = written(root_of(Figure(FigureKind.LADDER, "", "", marks), Width.WIDE))
    for group in OWN.groups:
        assert "".join(ENGLISH.group(group, OWN).split()) in words
    assert words.count("–") == 2


def test_a_row_of_another_ladder_is_put_where_its_step_would_be() -> None:
    own = dataclasses.replace(Reached.DELIVERED, ladder=Slug("grants"), name="paid out")
    root = root_of(Figure(FigureKind.LADDER, "", "", (mark_of("A", status=own),)), Width.NARROW)
    assert "●" not in written(root)  # it is drawn
    assert written(root).endswith("paidout(1)")


def test_a_ladder_is_drawn_only_where_two_rungs_differ() -> None:
    same = [named(name, status=Reached.INTENT) for name in ("first", "second")]
    figure = figure_of(FigureKind.LADDER, *same)
    assert figure and not figure.is_drawn
    assert figure.text.startswith("We rate none of these further than declared intent.")
    two = figure_of(FigureKind.LADDER, *same, named("third", status=Reached.ANNOUNCED))
    assert two and two.is_drawn


def test_money_is_never_added_up_and_currencies_are_kept_apart() -> None:
    euro = named("euro", value=Money(Decimal(90), "EUR"))
    dollar = named("dollar", value=Money(Decimal(9), "USD"))
    none = named("none")
    figure = figure_of(FigureKind.MONEY, euro, dollar, none)
    assert figure
    assert figure.text == (
        "2 of 3 rows have an amount. Amounts stand side by side, each currency on a scale of its own, "
        "and are not added up."
    )
    assert "99" not in written(root_of(figure, Width.WIDE))
    one = figure_of(FigureKind.MONEY, euro, none)
    assert one is None  # the table shows that one row of two has an amount
    assert figure_of(FigureKind.MONEY, none) is None


@pytest.mark.parametrize("width", Width)
def test_figures_of_the_sample(width: Width, project: Project) -> None:
    project.draw_few_rows()
    drawn = [
        str(draw(section.figure, width, section.role, ENGLISH))
        for section in snapshot_of(project.root).editions["ferry-purchase"].sections
        if section.figure
    ]
    assert len(drawn) >= 2
    expect_golden(f"figures-{width.name.lower()}.svg", "\n".join(drawn) + "\n")


# ------------------------------------------------------------------------------------------- the ledger


def with_figure(issued: Issued, fact: str = "sheet.letter", kind: FigureKind = FigureKind.TIMELINE) -> Issued:
    mark = Mark("A letter", Key(fact), "2025", Date("2025"), Reached.INTENT, (Flags.DISPUTED,))
    money = dataclasses.replace(mark, amount="EUR 9", money=Money(Decimal(9), "EUR", Bound.UP_TO))
    figure = Figure(FigureKind.TIMELINE, "Timeline", "2 of 2: all.", (mark, money))
    if kind is FigureKind.BOARD:
        rows = (BoardRow("Ferries", OWN.id, (mark,), "EUR 9 (NO)", 2), BoardRow("All", OWN.id, is_sum=True))
        figure = Figure(kind, "Board", "1 matter.", (), (OWN,), rows)
    sections = (DraftSection("timeline", "Timeline", "text", figure), *issued.printed.sections)
    return dataclasses.replace(issued, printed=dataclasses.replace(issued.printed, sections=sections))


def test_a_draft_is_the_edition_that_still_draws_its_only_rung() -> None:
    mark = mark_of("A letter", status=Reached.INTENT)
    drawn = Figure(FigureKind.LADDER, "Ladder", "1 of 1.", (mark,), (OWN,))
    caption = dataclasses.replace(drawn, marks=(), ladders=())
    issued = values.issued("letter", "1", values.fact())
    then, now, other = (
        dataclasses.replace(
            issued,
            printed=dataclasses.replace(
                issued.printed, sections=(DraftSection("commitments", "Ladder", "text", figure),)
            ),
        )
        for figure in (drawn, caption, dataclasses.replace(caption, text="0 of 1."))
    )
    assert freeze.is_as_printed(freeze.reissued(now), then)
    assert not freeze.is_as_printed(freeze.reissued(other), then)


@pytest.mark.parametrize("kind", [FigureKind.TIMELINE, FigureKind.BOARD])
def test_an_edition_keeps_its_figures(kind: FigureKind) -> None:
    issued = with_figure(values.issued("letter", "1", values.fact()), kind=kind)
    node, findings = yaml_nodes.parse(ledger.of_edition(issued), "1.yaml")
    assert node is not None, findings
    read, problems = decode.shape(Issued, node, id="1", at=Place("1.yaml"))
    assert read, problems
    usual = ladders.of_program()["commitments"]
    assert ladders.issued(read, lambda _: usual, {}) == issued
    again = freeze.reissued(issued)
    assert again.sections[0].figure == issued.printed.sections[0].figure
    assert freeze.printed(again).sections[0].figure == issued.printed.sections[0].figure
    assert freeze.is_as_printed(again, issued)


def test_an_edition_from_before_figures_is_read_and_is_no_draft_for_lack_of_them() -> None:
    issued = values.issued("letter", "1", values.fact())
    assert "figure" not in ledger.of_edition(issued)
    drawn = freeze.reissued(with_figure(issued))
    bare = dataclasses.replace(drawn, sections=drawn.sections[1:])
    figure = drawn.sections[0].figure
    now = dataclasses.replace(bare, sections=(dataclasses.replace(bare.sections[0], figure=figure),))
    assert freeze.is_as_printed(now, issued)


def test_a_changed_figure_makes_a_draft() -> None:
    issued = with_figure(values.issued("letter", "1", values.fact()))
    now = freeze.reissued(issued)
    first = dataclasses.replace(now.sections[0], figure=None)
    assert not freeze.is_as_printed(dataclasses.replace(now, sections=(first, *now.sections[1:])), issued)


def test_a_figure_is_read_with_the_names_of_today() -> None:
    issued = with_figure(values.issued("letter", "1", values.fact()), "drones.paper")
    noted = dataclasses.replace(values.edition("letter", "drones.paper").notes[0])
    issued = dataclasses.replace(issued, printed=dataclasses.replace(issued.printed, notes=(noted,)))
    library = values.library()
    renames = dataclasses.replace(library.renamed, keys={"drones.paper": Key("drones.letter")})
    library = dataclasses.replace(library, issued={"letter": (issued,)}, renamed=renames)
    (now,) = freeze.of_brief(Slug("letter"), library)
    figure = now.printed.sections[0].figure
    assert figure and {mark.fact for mark in figure.marks} == {"drones.letter"}


def test_an_edition_whose_figure_shows_what_is_stricter_now_is_held_back() -> None:
    library = values.library(values.fact(marking=Marking.AMBER))
    issued = values.issued("letter", "1")

    def seen(fact: str) -> list[str]:
        then = dataclasses.replace(library, issued={"letter": (with_figure(issued, fact),)})
        return list(views.seen_at(then, Marking.CLEAR).issued)

    assert (seen("drones.other"), seen("drones.letter")) == (["letter"], [])


def test_a_template_cannot_ask_for_a_figure_of_another_kind() -> None:
    with pytest.raises(FoundProblem, match="no figure 'pie'"):
        Templates({"x.md.j2": '{{ section("a", "A", figure="pie") }}'}).markdown("x.md.j2")


@pytest.mark.parametrize("width", list(Width))
def test_the_line_does_not_run_through_the_value_of_its_lowest_point(width: Width) -> None:
    numbers = {"2023": 43, "2024": 0, "2025": 30}
    marks = tuple(
        mark_of(year, date=Date(year), when=year, amount=f"{number} trams", number=Decimal(number))
        for year, number in numbers.items()
    )
    root = root_of(Figure(FigureKind.LINE, "Trams", "Three years.", marks), width)
    said = {element.text: float(element.get("y", "")) for element in texts(root)}
    points = [float(circle.get("cy", "")) for circle in root.iter(f"{NAMESPACE}circle")]
    below = [said[f"{number} trams"] > y for number, y in zip(numbers.values(), points, strict=True)]
    assert below == [False, True, False]
