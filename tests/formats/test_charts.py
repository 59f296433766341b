"""Figures: every mark is drawn, no label lies on another, and the text says what the drawing shows."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose import charts
from briefing.compose.templates import Templates
from briefing.content import decode, views, yaml_nodes
from briefing.content.layout import shipped_templates
from briefing.editions import freeze, ledger
from briefing.formats.charts import svg
from briefing.formats.charts.chart import Width, draw
from briefing.language.wording import Wording
from briefing.language.words import Words
from briefing.model.editions import DraftSection, Figure, Mark
from briefing.model.facts import Fact
from briefing.model.findings import FoundProblem, Place
from briefing.model.ledger import Issued
from briefing.model.scales import Bound, DatePart, FactKind, FigureKind, Flag, Marking, Stage, Status
from briefing.model.values import Date, Key, Money, Slug
from tests import values
from tests.conftest import SAMPLE, expect_golden, snapshot_of

NAMESPACE = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = {
    "svg": {"class", "role", "aria-labelledby", "viewBox", "width", "height", "font-family"},
    "title": {"id"},
    "desc": {"id"},
    "text": {"x", "y", "font-size", "font-weight", "class", "fill", "text-anchor", "transform"},
    "line": {"x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray", "class"},
    "polyline": {"points", "fill", "stroke", "stroke-width", "class"},
    "polygon": {"points", "fill", "stroke", "stroke-width", "class"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "stroke-width", "class"},
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


def mark_of(label: str, **fields: object) -> Mark:
    return dataclasses.replace(Mark(label, Key("a.b")), **fields)  # type: ignore[arg-type]


@st.composite
def figures(drawn: st.DrawFn) -> Figure:
    kind = drawn(st.sampled_from(FigureKind))
    flags = st.lists(st.sampled_from(Flag), max_size=2, unique=True).map(tuple)
    made = []
    for _ in range(drawn(st.integers(0, 14))):
        label = drawn(LABELS)
        if kind is FigureKind.TIMELINE:
            date = drawn(st.one_of(st.none(), DATES.map(Date)))
            made.append(
                mark_of(label, date=date, when=Wording("en-GB", {}).date(date) if date else "not dated")
            )
        elif kind is FigureKind.LADDER:
            made.append(mark_of(label, status=drawn(st.sampled_from(Status)), flags=drawn(flags)))
        else:
            money = drawn(st.one_of(st.none(), MONEY))
            amount = Wording("en-GB", {}).value(money) if money else ""
            made.append(mark_of(label, money=money, amount=amount, flags=drawn(flags)))
    return Figure(kind, "Title", "Text.", tuple(made))


@pytest.mark.parametrize("width", Width)
@given(figure=figures())
def test_labels_stay_in_the_drawing_and_apart(width: Width, figure: Figure) -> None:
    assert_well_drawn(figure, width)


@pytest.mark.parametrize("width", Width)
@given(figure=figures())
def test_every_mark_is_drawn_with_all_its_words(width: Width, figure: Figure) -> None:
    words = written(root_of(figure, width))
    for mark in figure.marks:
        assert "".join(mark.label.split()) in words


@given(figure=figures())
def test_the_same_figure_has_the_same_bytes(figure: Figure) -> None:
    assert draw(figure, Width.WIDE, "x", ENGLISH) == draw(
        dataclasses.replace(figure), Width.WIDE, "x", ENGLISH
    )


def test_text_in_a_label_stays_text() -> None:
    hostile = """</text><script>alert("1")</script>&amp;'"""
    figure = Figure(FigureKind.LADDER, hostile, hostile, (mark_of(hostile, status=Status.INTENT),))
    root = root_of(figure, Width.WIDE)
    assert "".join(hostile.split()) in written(root)
    assert not list(root.iter(f"{NAMESPACE}script"))
    assert root[0].text == f"{hostile}. {hostile}"


@pytest.mark.parametrize("width", Width)
def test_text_is_legible_where_it_is_shown(width: Width) -> None:
    """At 8 points on paper; on the narrowest phone, whose page leaves it 276 pixels, at 11 or more."""
    marks = tuple(mark_of("A ferry", status=status) for status in Status)
    root = root_of(Figure(FigureKind.LADDER, "", "", marks), width)
    ground = float(root.get("viewBox", "").split()[2])
    sizes = {float(element.get("font-size", 0)) for element in texts(root)}
    scale = 482 / ground if width is Width.WIDE else 276 / ground
    assert min(sizes) * scale >= (8 if width is Width.WIDE else 11)


def test_colours_are_the_tokens_by_day() -> None:
    tokens = shipped_templates()["tokens.css"]
    for name, colour in svg.COLOURS.items():
        assert f"--{name}: {colour};" in tokens


def test_every_colour_can_be_changed_by_night() -> None:
    style = shipped_templates()["screen.css"]
    marks = tuple(mark_of("x", status=status, flags=(flag,)) for status in Status for flag in Flag)
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
    ):
        for width in Width:
            for name in set(re.findall(r"(?:fill|line)-\w+", str(draw(figure, width, "x", ENGLISH)))):
                assert f".figure .{name} {{" in style, name


def test_shapes_tell_the_groups_of_the_ladder_apart_without_colour() -> None:
    assert [stage.shape for stage in Stage] == ["○", "△", "▲", "●"]
    assert [status.stage for status in Status] == sorted(
        (status.stage for status in Status), key=list(Stage).index
    )


def test_heights_are_modest_on_paper() -> None:
    label = "Joint production of ferries"
    ladder = Figure(FigureKind.LADDER, "", "", tuple(mark_of(label, status=Status.INTENT) for _ in range(6)))
    days = tuple(mark_of(label, when="17 Nov 2025", date=Date(f"2025-0{month}")) for month in range(1, 9))
    for figure, most in ((ladder, 55), (Figure(FigureKind.TIMELINE, "", "", days), 45)):
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


def test_a_ladder_counts_what_is_contracted_apart_from_what_is_done() -> None:
    facts = [
        named(status.value, status=status) for status in (Status.INTENT, Status.CONTRACTED, Status.DELIVERED)
    ]
    flagged = dataclasses.replace(facts[0], flags=(Flag.DISPUTED,))
    figure = figure_of(
        FigureKind.LADDER, flagged, *facts[1:], named("claim", kind=FactKind.CLAIM, status=None)
    )
    assert figure
    assert figure.text.startswith("1 of 3 matters is contracted or financed, and 1 is delivered. ")
    assert figure.text.endswith(" 1 is disputed.")
    for count, words in ((0, "None of 1 matter is"), (1, "1 of 1 matter is")):
        one = figure_of(FigureKind.LADDER, facts[count])
        assert one and one.text.startswith(words)
    bound = [named(str(number), status=Status.FINANCED) for number in range(2)]
    every = figure_of(FigureKind.LADDER, *bound)
    assert every and every.text.startswith(
        "All 2 matters are contracted or financed, and none is being made, delivered or in service. "
    )


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        ([Status.INTENT], "none is being made, delivered or in service. "),
        ([Status.DELIVERING] * 2, "2 are being delivered. "),
        ([Status.IN_SERVICE, Status.IN_PRODUCTION], "2 are being made or in service. "),
    ],
)
def test_a_ladder_names_only_the_steps_that_something_has_reached(reached: list[Status], words: str) -> None:
    facts = [named(str(number), status=status) for number, status in enumerate(reached)]
    figure = figure_of(FigureKind.LADDER, *facts)
    assert figure and f" contracted or financed, and {words}" in figure.text


def test_a_ladder_says_how_much_of_what_both_sides_intend_is_told_by_one() -> None:
    facts = [
        named("both", status=Status.INTENT, said_by=(Slug("holm"), Slug("brandt"))),
        named("one", status=Status.INTENT, said_by=(Slug("holm"),)),
        named("asked", status=Status.REQUESTED, said_by=(Slug("holm"),)),
    ]
    figure = figure_of(FigureKind.LADDER, *facts)
    assert figure and "Of 2 intended, 1 rests on one speaker’s account." in figure.text
    plain = figure_of(FigureKind.LADDER, facts[0], facts[2])
    assert plain and "speaker" not in plain.text


@pytest.mark.parametrize("width", Width)
def test_no_line_of_a_ladder_runs_through_steps_of_which_nothing_is_known(width: Width) -> None:
    """What is delivered may have no contract on record; a line to its mark would say that it has."""
    mark = mark_of("Ferries", status=Status.DELIVERING)
    drawn = root_of(Figure(FigureKind.LADDER, "", "", (mark,)), width)
    bare = root_of(Figure(FigureKind.LADDER, "", "", (mark_of("Ferries", status=Status.INTEREST),)), width)
    lines = [[line.attrib for line in root.iter() if line.tag.endswith("line")] for root in (drawn, bare)]
    assert lines[0] == lines[1] != []


def test_money_is_never_added_up_and_currencies_are_kept_apart() -> None:
    euro = named("euro", value=Money(Decimal(90), "EUR"))
    dollar = named("dollar", value=Money(Decimal(9), "USD"))
    none = named("none")
    figure = figure_of(FigureKind.MONEY, euro, dollar, none)
    assert figure
    assert figure.text == (
        "2 of 3 matters have an amount. Amounts stand side by side, each currency on a scale of its own, "
        "and are not added up."
    )
    assert "99" not in written(root_of(figure, Width.WIDE))
    one = figure_of(FigureKind.MONEY, euro, none)
    assert one and one.text == "1 of 2 matters has an amount."
    assert figure_of(FigureKind.MONEY, none) is None


@pytest.mark.parametrize("width", Width)
def test_figures_of_the_sample(width: Width) -> None:
    drawn = [
        str(draw(section.figure, width, section.role, ENGLISH))
        for section in snapshot_of(SAMPLE).editions["ferry-purchase"].sections
        if section.figure
    ]
    assert len(drawn) >= 2
    expect_golden(f"figures-{width.name.lower()}.svg", "\n".join(drawn) + "\n")


# ------------------------------------------------------------------------------------------- the ledger


def with_figure(issued: Issued, fact: str = "sheet.letter") -> Issued:
    mark = Mark("A letter", Key(fact), "2025", Date("2025"), Status.INTENT, (Flag.DISPUTED,))
    money = dataclasses.replace(mark, amount="EUR 9", money=Money(Decimal(9), "EUR", Bound.UP_TO))
    figure = Figure(FigureKind.TIMELINE, "Timeline", "2 of 2: all.", (mark, money))
    sections = (DraftSection("timeline", "Timeline", "text", figure), *issued.printed.sections)
    return dataclasses.replace(issued, printed=dataclasses.replace(issued.printed, sections=sections))


def test_an_edition_keeps_its_figures() -> None:
    issued = with_figure(values.issued("letter", "1", values.fact()))
    node, findings = yaml_nodes.parse(ledger.of_edition(issued), "1.yaml")
    assert node is not None, findings
    assert decode.shape(Issued, node, id="1", at=Place("1.yaml")) == (issued, ())
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
