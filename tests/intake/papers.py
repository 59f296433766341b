"""Generated PDFs: one function a kind, set by WeasyPrint."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import pypdfium2

from tests.intake.truth import Truth, Writer

VARIANTS = 2


@dataclass
class Paper:
    """A document as it is put together: its code, and what of it is wanted."""

    write: Writer
    parts: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    style: str = ""
    heads: tuple[str, ...] = ()
    """The heads of odd and even pages."""
    on_each_page: str = ""
    """What every page prints beside the text, with {} for its number and [] for how many there are."""

    def add(self, text: str, code: str = "<p>{}</p>") -> None:
        """Add a text that is wanted."""
        self.wanted.append(text)
        self.parts.append(code.format(escape(text)))

    def body(self, count: int = 3, sentences: int = 0) -> None:
        """Add some paragraphs."""
        for _ in range(count):
            self.add(self.write.paragraph(sentences))

    def beside(self, text: str, code: str) -> None:
        """Add a text that readers see and that is no part of the text."""
        self.others.append(text)
        self.parts.append(code.format(escape(text)))

    def unseen(self, text: str, code: str) -> None:
        """Add a text that nobody sees."""
        self.hidden.append(text)
        self.parts.append(code.format(escape(text)))

    def row(self, cells: list[str], tag: str = "td") -> None:
        """Add a row of a table."""
        self.wanted.append(" | ".join(cells).strip())
        self.parts.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>")


Kind = Callable[[Paper], None]
_FOOT = "@page {{ size: A5; margin: 18mm; {} }}"
NUMBERS = _FOOT.format("@bottom-center { content: counter(page) }")


def letter(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.add(paper.write.short("Plan of the harbour office for"), "<h1>{}</h1>")
    paper.body(8, 3)


def heads_and_feet(paper: Paper) -> None:
    head = paper.write.short("Harbour plan · embargoed until 12 May")
    paper.style = _FOOT.format(
        f"@top-center {{ content: '{head}' }} @bottom-right {{ content: 'Page ' counter(page) ' of ' counter(pages) }}"
    )
    paper.body(9, 3)
    paper.on_each_page = f"{head} Page {{}} of []"


def left_and_right(paper: Paper) -> None:
    one, two = paper.write.short("Annual report"), paper.write.short("Chapter")
    paper.style = (
        NUMBERS
        + f"@page :left {{ @top-left {{ content: '{one}' }} }} @page :right {{ @top-right {{ content: '{two}' }} }}"
    )
    paper.body(14, 3)
    paper.heads = (two, one)


def over_the_page(paper: Paper) -> None:
    paper.style = NUMBERS
    one, two = paper.write.sentence().rstrip("."), paper.write.figure()
    paper.wanted.append(f"{one} and it would buy tugs of class {two}, as planned.")
    paper.parts.append(
        f"<p>{one} and it would buy</p><p style='break-before: page'>tugs of class {two}, as planned.</p>"
    )
    paper.body(2)


def two_columns(paper: Paper) -> None:
    paper.style = NUMBERS + "div { columns: 2; column-gap: 8mm; text-align: justify }"
    paper.add(
        paper.write.short("Plan of the harbour office for new tugs in the northern harbours of"),
        "<h1>{}</h1>",
    )
    paper.add(
        "An abstract that runs over the whole width of the page, from the left margin to the right one, as abstracts do."
    )
    paper.parts.append("<div>")
    paper.body(4, 2)
    paper.parts.append("</div>")


def two_columns_with_headings(paper: Paper) -> None:
    paper.style = "@page { size: A4; margin: 2cm } div { columns: 2; column-gap: 9mm } h2 { font-size: 13pt }"
    paper.add(paper.write.short("Report on the northern harbours"), "<h1>{}</h1>")
    paper.parts.append("<div>")
    for _ in range(4):
        paper.add(paper.write.short("Part"), "<h2>{}</h2>")
        paper.body(2, 3)
    paper.parts.append("</div>")


def three_columns(paper: Paper) -> None:
    paper.style = "@page { size: A4; margin: 15mm } div { columns: 3; column-gap: 6mm; font-size: 9pt }"
    paper.add(paper.write.short("The Tarn Courier of"), "<h1>{}</h1>")
    paper.parts.append("<div>")
    paper.body(9, 2)
    paper.parts.append("</div>")


def side_box(paper: Paper) -> None:
    paper.style = (
        NUMBERS
        + "aside { float: right; width: 38mm; border: 1pt solid; padding: 2mm; margin-left: 5mm; font-size: 9pt }"
    )
    facts = [f"{paper.write.figure()} tugs", f"{paper.write.figure()} million crowns"]
    paper.parts.append(
        "<aside><b>Key figures</b>"
        + "".join(f"<p style='margin: 1mm 0'>{fact}</p>" for fact in facts)
        + "</aside>"
    )
    paper.body(1, 5)
    paper.wanted += ["Key figures", *facts]
    paper.body(2)


def padded_table(paper: Paper) -> None:
    paper.style = NUMBERS + "td, th { padding: 1.5mm 3mm; text-align: left; vertical-align: middle }"
    paper.body(1)
    paper.parts.append("<table>")
    paper.row(["Harbour", "Tugs", "Cost in million euros", "By"], "th")
    for town in ("Tarnhaven", "Ostervale, with the inner and the outer basin and the mole", "Hest"):
        paper.row([town, *(str(paper.write.figure()) for _ in range(3))])
    paper.row(["Total", str(paper.write.figure()), str(paper.write.figure()), ""])
    paper.parts.append("</table>")
    paper.body(1)


def ruled_table(paper: Paper) -> None:
    paper.style = (
        NUMBERS
        + "table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid; padding: 1mm 2mm; text-align: left }"
    )
    paper.body(1)
    paper.parts.append("<table>")
    paper.row(["Office", "Duty", "Persons"], "th")
    for office in ("Pilots", "Dredging", "Customs"):
        paper.row([office, paper.write.sentence(), str(paper.write.figure())])
    paper.parts.append("</table>")


def dense_table(paper: Paper) -> None:
    paper.style = (
        NUMBERS
        + "table { border-top: 1pt solid; border-bottom: 1pt solid } td, th { padding: 0 4mm 0 0; text-align: right }"
    )
    paper.body(1)
    paper.parts.append("<table>")
    paper.row(["Year", "Tugs", "Crews", "Cost"], "th")
    for _ in range(8):
        paper.row([str(paper.write.figure()) for _ in range(4)])
    paper.parts.append("</table>")
    paper.body(1)


def white_on_dark(paper: Paper) -> None:
    paper.style = (
        NUMBERS
        + "th { background: #123; color: white } td, th { padding: 1mm 4mm } .box { background: #224; color: #eef; padding: 3mm }"
    )
    paper.body(1)
    paper.parts.append("<table>")
    paper.row(["Harbour", "Tugs"], "th")
    for town in ("Tarnhaven", "Hest"):
        paper.row([town, str(paper.write.figure())])
    paper.parts.append("</table>")
    paper.add(paper.write.paragraph(2), "<p class=box>{}</p>")


def raised(paper: Paper) -> None:
    paper.style = NUMBERS
    one, two = paper.write.figure(), paper.write.figure()
    paper.wanted.append(f"It names {one}^(2) tugs, {two}^(3) million crowns and 10^(6) tonnes in 5 km^(2).")
    paper.parts.append(
        f"<p>It names {one}<sup>2</sup> tugs, {two}<sup>3</sup> million crowns and 10<sup>6</sup> tonnes in 5 km<sup>2</sup>.</p>"
    )
    paper.body(2)


def notes_at_the_foot(paper: Paper) -> None:
    paper.style = (
        NUMBERS
        + ".note { font-size: 8pt; position: absolute; bottom: 0; border-top: 0.5pt solid; width: 100% }"
    )
    one = paper.write.figure()
    paper.wanted.append(f"The council wants {one}^(1) boats.")
    paper.parts.append(f"<p>The council wants {one}<sup>1</sup> boats.</p>")
    paper.body(2)
    text = paper.write.sentence()
    paper.wanted.append(f"1 {text}")
    paper.parts.append(f"<p class=note><sup>1</sup> {escape(text)}</p>")


def spaced(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.add("MINISTRY OF HARBOURS", "<p style='letter-spacing: 3pt'>{}</p>")
    paper.body(2)


def watermark(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.body(3)
    paper.unseen(
        paper.write.short("DRAFT"),
        "<div style='position: absolute; top: 60mm; left: 20mm; transform: rotate(-40deg); font-size: 40pt; color: #ddd'>{}</div>",
    )
    paper.unseen(
        paper.write.short("Draft of"),
        "<div style='position: absolute; left: -30mm; top: 60mm; transform: rotate(90deg)'>{}</div>",
    )


def unseen(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.body(1)
    paper.unseen(paper.write.sentence(), "<p style='color: white'>{}</p>")
    paper.unseen(paper.write.sentence(), "<p style='font-size: 1pt'>{}</p>")
    paper.unseen(
        paper.write.short("Far away"),
        "<p style='position: absolute; left: -300mm; white-space: nowrap'>{}</p>",
    )
    paper.body(1)


def covered(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.body(1)
    secret = paper.write.short("The secret price is")
    paper.unseen(
        secret,
        "<div style='position: relative'><p style='margin: 0'>{}</p><div style='position: absolute; inset: 0; background: black'></div></div>",
    )
    paper.body(1)


def divided_words(paper: Paper) -> None:
    paper.style = NUMBERS + "body { width: 62mm; text-align: justify; hyphens: auto }"
    paper.body(5, 2)


def indented(paper: Paper) -> None:
    paper.style = NUMBERS + "p { margin: 0; text-indent: 6mm }"
    paper.body(6, 2)


def lists(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.body(1)
    paper.parts.append("<ol>")
    for number in range(1, 4):
        text = paper.write.sentence()
        paper.wanted.append(f"{number}. {text}")
        paper.parts.append(f"<li>{escape(text)}</li>")
    paper.parts.append("</ol><ul>")
    for _ in range(3):
        paper.add(paper.write.sentence(), "<li>{}</li>")
    paper.parts.append("</ul>")


def arabic(paper: Paper) -> None:
    paper.style = NUMBERS + "body { direction: rtl; font-family: Amiri }"
    for _ in range(3):
        paper.add(
            f"قالت الوزيرة إن البلاد تعتزم شراء {paper.write.figure()} قاطرة في السنة المقبلة، ولم تذكر السعر بعد."
        )


def cyrillic(paper: Paper) -> None:
    paper.style = NUMBERS
    for _ in range(4):
        one, two = paper.write.figure(), paper.write.figure()
        paper.add(
            f"Порт оголосив, що до {one} року придбає {two} буксирів, але ціни не назвав, бо рада ще не дала згоди на це."
        )


def headings(paper: Paper) -> None:
    paper.style = NUMBERS + "h2 { font-size: 11pt; margin: 2mm 0 } body { font-size: 11pt }"
    for _ in range(4):
        paper.add(paper.write.short("Part"), "<h2>{}</h2>")
        paper.body(1, 2)


def table_over_pages(paper: Paper) -> None:
    paper.style = "@page { size: A5 landscape; margin: 15mm; @bottom-center { content: counter(page) } } td { padding: 1mm 4mm }"
    paper.body(1, 2)
    paper.parts.append("<table>")
    for number in range(24):
        paper.row([f"Berth {number + 1}", str(paper.write.figure()), str(paper.write.figure())])
    paper.parts.append("</table>")


def slides(paper: Paper) -> None:
    """Pages of few lines that are alike but for their figures, and that are no running heads."""
    paper.style = (
        "@page { size: A5 landscape; margin: 15mm; @bottom-right { content: counter(page) } } li { font-size: 20pt }"
        " h1 { font-size: 28pt; break-before: page }"
    )
    for _ in range(4):
        paper.add(paper.write.short("Slide"), "<h1>{}</h1>")
        paper.add(paper.write.short("Tugs"), "<ul><li>{}</li>")
        paper.add(paper.write.short("Crews"), "<li>{}</li></ul>")


def initials(paper: Paper) -> None:
    paper.style = NUMBERS + ".large { float: left; font-size: 36pt; line-height: 1; margin-right: 1mm }"
    text = paper.write.paragraph(4)
    paper.wanted.append(text)
    paper.parts.append(f"<p><span class=large>{text[0]}</span>{escape(text[1:])}</p>")
    paper.body(2)


def notes_over_pages(paper: Paper) -> None:
    """Notes at the foot of every page, between the lines of sentences that run on to the next."""
    paper.style = (
        NUMBERS
        + ".n { float: footnote; font-size: 8pt } ::footnote-call { vertical-align: super; font-size: 60% }"
    )
    for number in range(1, 8):
        one, two, note = paper.write.paragraph(2), paper.write.paragraph(2), paper.write.sentence()
        paper.wanted += [f"{one}^({number}) {two}", f"{number}. {note}"]
        paper.parts.append(f"<p>{escape(one)}<span class=n>{escape(note)}</span> {escape(two)}</p>")


def numbered_lines(paper: Paper) -> None:
    """A text whose lines are counted at the side, as courts and parliaments do."""
    paper.style = (
        NUMBERS
        + "div { position: relative; text-align-last: justify } span { position: absolute; left: -10mm }"
    )
    text = paper.write.paragraph(5)
    paper.wanted.append(text)
    for number, line in enumerate(textwrap.wrap(text, 52), 1):
        paper.parts.append(f"<div><span>{5 * number}</span>{escape(line)}</div>")
        paper.others.append(str(5 * number))


def table_between_columns(paper: Paper) -> None:
    paper.style = "@page { size: A4; margin: 2cm } div { columns: 2; column-gap: 9mm } table { width: 100% }"
    paper.parts.append("<div>")
    paper.body(4, 1)
    paper.parts.append("</div><table>")
    for town in ("Tarnhaven", "Hest", "Zell", "Brill"):
        paper.row([town, str(paper.write.figure()), str(paper.write.figure())])
    paper.parts.append("</table><div>")
    paper.body(4, 1)
    paper.parts.append("</div>")


def many_raised(paper: Paper) -> None:
    """Raised and lowered figures of successive lines, which are near one another between these."""
    paper.style = NUMBERS + "p { line-height: 1.1 }"
    code, wanted = "", ""
    for _ in range(10):
        one, two = paper.write.figure(), paper.write.figure()
        code += f"{one}<sup>2</sup> tugs use x<sub>{two}</sub> of CO<sub>2</sub>, at {two}<sup>[4]</sup>, "
        wanted += f"{one}^(2) tugs use x{two} of CO2, at {two}^([4]), "
    same = paper.write.figure()
    paper.wanted.append(f"It says: {wanted}and {same}^(7) more.")
    paper.parts.append(f"<p>It says: {code}and {same}<sup style='font-size: 100%'>7</sup> more.</p>")
    paper.body(1)


def hebrew(paper: Paper) -> None:
    paper.style = NUMBERS + "body { direction: rtl; font-family: 'Noto Sans Hebrew' }"
    for _ in range(3):
        one, two = paper.write.figure(), paper.write.figure()
        paper.add(
            f"משרד הנמל אמר כי {one} סירות ייקנו בשנת {two}, והמועצה (ועדה) תדון בכך בשבוע הבא בעיר, כך נמסר."
        )


def box_at_the_left(paper: Paper) -> None:
    paper.style = (
        NUMBERS + "aside { float: left; width: 38mm; border: 1pt solid; padding: 2mm; margin: 2mm 5mm 2mm 0 }"
    )
    fact = paper.write.short("Key figure of the year:")
    paper.body(1, 2)
    paper.add(fact, "<aside>{}</aside>")
    paper.body(3, 4)


def faint_and_cut_off(paper: Paper) -> None:
    """Text that is transparent, almost transparent, or outside of the area in which it is drawn."""
    paper.style = NUMBERS
    paper.body(1)
    paper.unseen(paper.write.sentence(), "<p style='opacity: 0'>{}</p>")
    paper.unseen(paper.write.sentence(), "<p style='opacity: 0.05'>{}</p>")
    paper.unseen(paper.write.short("Cut off"), "<div style='overflow: hidden; height: 0'><p>{}</p></div>")
    paper.body(1)


def spaced_figures(paper: Paper) -> None:
    paper.style = NUMBERS
    paper.add(paper.write.short("A WIDE TITLE"), "<p style='letter-spacing: 6pt'>{}</p>")
    paper.body(2)
    paper.style += " .m { position: absolute; left: 0; width: 25mm; font-size: 8pt } .t { margin-left: 30mm }"
    for _ in range(3):
        paper.add(paper.write.short("Margin"), "<div class=m>{}</div>")
        paper.add(paper.write.paragraph(4), "<p class=t>{}</p>")


KINDS: tuple[Kind, ...] = (
    letter, heads_and_feet, left_and_right, over_the_page, two_columns, two_columns_with_headings, three_columns, side_box,
    padded_table, ruled_table, dense_table, white_on_dark, raised, notes_at_the_foot, spaced, watermark, unseen, covered,
    divided_words, indented, lists, arabic, cyrillic, headings, table_over_pages, slides, initials, notes_over_pages,
    numbered_lines, table_between_columns, many_raised, hebrew, box_at_the_left, faint_and_cut_off, spaced_figures,
)  # fmt: skip


def make(kind: Kind, seed: int) -> Truth:
    """Return a PDF of a kind."""
    paper = Paper(Writer(seed))
    kind(paper)
    data = pdf("".join(paper.parts), paper.style)
    pages = len(pypdfium2.PdfDocument(data))
    printed = paper.on_each_page or ("{}" if "counter(page)" in paper.style else "")
    for number in range(1, pages + 1):
        paper.others.append(printed.replace("{}", str(number)).replace("[]", str(pages)))
        paper.others += [paper.heads[(number - 1) % 2]] if paper.heads else []
    return Truth(
        kind.__name__, "paper.pdf", data, tuple(paper.wanted), tuple(paper.others), tuple(paper.hidden)
    )


def pdf(body: str, style: str) -> bytes:
    """Return a PDF of a page of HTML."""
    import weasyprint

    base = "body { font-family: 'Source Serif 4'; font-size: 10pt } h1 { font-size: 15pt }"
    data = weasyprint.HTML(
        string=f"<html lang=en><style>{base}{style}</style><body>{body}</body></html>"
    ).write_pdf()
    assert isinstance(data, bytes)
    return data


def every() -> list[Truth]:
    """Return all PDFs of the standard."""
    return [
        make(kind, 500 + 10 * number + variant)
        for number, kind in enumerate(KINDS)
        for variant in range(VARIANTS)
    ]
