"""A small writer of SVG: presentation attributes only, so that print and browsers show the same.

Every text is escaped. A class beside each colour names its token, so that a style sheet can show the drawing
in dark mode. Numbers have at most two decimals, so that the same drawing has the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

Attributes = dict[str, str | float]
Points = Sequence[tuple[float, float]]

FONT = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
COLOURS = {
    "ink": "#1b1d22",
    "quiet": "#565c66",
    "accent": "#17406d",
    "warm": "#8a3b12",
    "faint": "#8a93a1",
    "rule": "#c8cdd5",
    "tint": "#eef2f7",
    "paper": "#ffffff",
}
"""The tokens of ``tokens.css`` in light mode."""

_ADVANCES = {
    30: "',.:;Iijl|¦·ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļľſІЇіїј‘’\u200b",
    35: " !()-/[\\]f{}¡\u00ad°ł\u00a0",
    40: "rtª²³¹ºŕŗřţťŧ",
    45: "*?sz®¿ŀśŝşšźżžгѓѕґ",
    50: '"J_cvxy«»çýÿćĉċčĴŷЈзстухэєў–“”',
    65: "&DGßĎĐĜĞĠĢЛЧмъABCKPRbdhnpquБВЗКРСЯдбийлн",
    70: "HNOQUÐÑÒÓÔÕÖØÙÚÛÜĤŃŅŇŊŌŎŐŨŪŬŮŰŲЂЍЏДИЙНОПЦ",
    80: "Mw©ĦŵЋМФЪжы",
    85: "W¼æŴфшщюљњ—%m½¾ÆŉœЫ",
    100: "@ŒЖШЉЊЩЮ…",
}
_WIDTHS = {letter: width / 100 for width, letters in _ADVANCES.items() for letter in letters}
"""Advances of the semibold, rounded up to a twentieth; Arial, the fallback font, needs no more."""
_USUAL = 0.60
"""Advance of most other letters of Latin, Cyrillic and Greek."""
_WIDE = 1.1
"""Advance of characters outside those scripts."""
_BREAKS = re.compile(r"(?<=[ \-/–—])")


def width_of(text: str, size: float) -> float:
    """Return the most room that a line of text can take, in units of the drawing."""
    ems = sum(_WIDTHS.get(letter) or (_USUAL if letter < "\u0600" else _WIDE) for letter in text)
    return ems * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return a text in lines that fit the room; a wider word is cut."""
    lines: list[str] = []
    line = ""
    for word in _words(" ".join(text.split()), size, room):
        if line and width_of((line + word).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str, size: float, room: float) -> Iterator[str]:
    for word in _BREAKS.split(text):
        rest = word
        while width_of(rest.rstrip(), size) > room and len(rest.rstrip()) > 1:
            count = next(
                (at for at in range(len(rest) - 1, 1, -1) if width_of(rest[:at], size) <= room),
                1,
            )
            yield rest[:count]
            rest = rest[count:]
        yield rest


class Drawing:
    """Elements in the order in which they are drawn, on a ground of given width and any height."""

    def __init__(self, width: float, size: float) -> None:
        self.width = width
        self.size = size
        """Size of its type."""
        self.line_height = round(size * 1.25, 2)
        self.elements: list[Markup] = []

    def add(self, name: str, attributes: Attributes, content: str = "") -> None:
        """Add an element; its content is plain text."""
        self.elements.append(_element(name, Markup.escape(content), attributes))

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str = "rule",
        width: float = 0.6,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke-width": width}
        self.add("line", {**ends, **_stroke(colour), **_dash(dash)})

    def path(self, points: Points, colour: str = "rule", width: float = 0.6) -> None:
        """Draw a line through points."""
        drawn: Attributes = {"points": _points(points), "fill": "none", "stroke-width": width}
        self.add("polyline", {**drawn, **_stroke(colour)})

    def rect(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> None:
        """Draw a bar."""
        self.add("rect", {"x": x, "y": y, "width": width, "height": height, **_paint(fill, edge)})

    def frame(self, x: float, y: float, width: float, height: float, edge: str, is_broken: bool) -> None:
        """Draw a frame around words; a broken one where ``is_broken``."""
        drawn: Attributes = {"x": x, "y": y, "width": width, "height": height, "fill": "none"}
        dash = _dash("2 1.4") if is_broken else {}
        self.add("rect", {**drawn, "stroke-width": 0.8, **_stroke(edge), **dash})

    def circle(self, x: float, y: float, radius: float, fill: str, edge: str = "") -> None:
        """Draw a round mark."""
        self.add("circle", {"cx": x, "cy": y, "r": radius, **_paint(fill, edge)})

    def ring(self, x: float, y: float, radius: float, edge: str) -> None:
        """Draw a broken line around a mark."""
        ring: Attributes = {"cx": x, "cy": y, "r": radius, "fill": "none", "stroke-width": 1}
        self.add("circle", {**ring, **_stroke(edge), **_dash("2 1.4")})

    def polygon(self, points: Points, fill: str, edge: str = "") -> None:
        """Draw a mark with corners."""
        self.add("polygon", {"points": _points(points), **_paint(fill, edge)})

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = "ink",
        weight: int = 400,
        anchor: str = "start",
        turn: float = 0,
    ) -> None:
        """Draw one line of text on its base line, turned by degrees around its start."""
        attributes: Attributes = {"x": x, "y": y, "font-size": self.size, "font-weight": weight}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        if turn:
            attributes["transform"] = f"rotate({_number(turn)} {_number(x)} {_number(y)})"
        self.add("text", {**attributes, **_paint(colour, "")}, words)

    def lines(
        self, x: float, y: float, lines: Sequence[str], colour: str = "ink", weight: int = 400
    ) -> float:
        """Draw lines of text one under another and return the base line of the next."""
        for words in lines:
            self.text(x, y, words, colour, weight)
            y += self.line_height
        return y

    def svg(self, height: float, name: str, title: str, text: str, kind: str) -> Markup:
        """Return the whole drawing; ``name`` is its id on the page, unique there."""
        # In print the title becomes the alternative text: it has to describe what a reader would see.
        head = Markup('<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>').format(
            name, title, text
        )
        attributes: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": kind,
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "viewBox": f"0 0 {_number(self.width)} {_number(height)}",
            "width": self.width,
            "height": height,
            "font-family": FONT,
        }
        return _element("svg", head + Markup("\n").join(self.elements), attributes)


def _element(name: str, content: Markup, attributes: Attributes) -> Markup:
    written = Markup("").join(
        Markup(' {}="{}"').format(
            key,
            value if isinstance(value, str) else _number(value),
        )
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, content)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _points(points: Points) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _stroke(colour: str) -> Attributes:
    return {"class": f"line-{colour}", "stroke": COLOURS[colour]}


def _paint(fill: str, edge: str) -> Attributes:
    if not edge:
        return {"class": f"fill-{fill}", "fill": COLOURS[fill]}
    return {
        "class": f"fill-{fill} line-{edge}",
        "fill": COLOURS[fill],
        "stroke": COLOURS[edge],
        "stroke-width": 1,
    }


def _dash(dash: str) -> Attributes:
    return {"stroke-dasharray": dash} if dash else {}
