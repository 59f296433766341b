"""Generated web pages: one function a kind, called with a writer for each variant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from tests.intake.truth import Truth, Writer

VARIANTS = 2


@dataclass
class Page:
    """A page as it is put together: its code, and what of it is wanted."""

    write: Writer
    parts: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    head: str = ""
    before: str = ""
    after: str = ""

    def add(self, text: str, code: str = "<p>{}</p>", escaped: bool = True) -> None:
        """Add a text that is wanted."""
        self.wanted.append(text)
        self.parts.append(code.format(escape(text) if escaped else text))

    def body(self, count: int = 4) -> None:
        """Add some paragraphs."""
        for _ in range(count):
            self.add(self.write.paragraph())

    def beside(self, text: str, code: str) -> str:
        """Return the code of a text that readers see beside the article."""
        self.others.append(text)
        return code.format(escape(text))

    def unseen(self, text: str, code: str) -> str:
        """Return the code of a text that nobody sees."""
        self.hidden.append(text)
        return code.format(escape(text))

    def furniture(self) -> None:
        """Add what is around the article of a newspaper."""
        say = self.write.short
        self.before += (
            '<header class="site-header"><a href="/">'
            + self.beside(say("The Tarn Courier since"), "{}")
            + '</a></header><nav class="main-nav"><ul>'
            + "".join(
                self.beside(say(name), '<li><a href="#">{}</a></li>') for name in ("Towns", "Sea", "Money")
            )
            + "</ul></nav>"
        )
        links = [self.write.sentence() for _ in range(3)]
        self.after += (
            '<section class="related-articles">'
            + self.beside(say("Most read in"), "<h2>{}</h2>")
            + "<ul>"
            + "".join(self.beside(link, '<li><a href="#">{}</a></li>') for link in links)
            + "</ul></section><footer>"
            + self.beside(f"{say('All rights reserved')} by the publisher of this paper.", "<p>{}</p>")
            + "</footer>"
        )

    def html(self, around: str = "<main><article>{}</article></main>") -> bytes:
        """Return the page."""
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title>{self.head}</head><body>'
            f"{self.before}{around.format(''.join(self.parts))}{self.after}</body></html>"
        ).encode()


Kind = Callable[[Page], "bytes | None"]


def plain(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body()
    return page.html()


def divs(page: Page) -> bytes:
    """Headline and lead outside the text, no element for the article."""
    page.furniture()
    page.add(page.write.short("Quellmark orders tugs worth"), "<div class=top><h1>{}</h1></div>")
    page.add(page.write.sentence(), '<div class="article__lead">{}</div>')
    page.parts.append('<div class="text">')
    page.body(5)
    page.parts.append("</div>")
    return page.html('<div class="wrap">{}</div>')


def header_outside(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Tugs for"), "<header><h1>{}</h1>")
    page.add(page.write.sentence(), '<p class="standfirst">{}</p>')
    page.add(f"By Odile Brenner, {page.write.short('12 May')}", '<p class="byline">{}</p></header>')
    page.parts.append("<article>")
    page.body(5)
    page.parts.append("</article>")
    return page.html("<main>{}</main>")


def corrections(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body()
    page.add(
        f"Correction: an earlier version of this text said {page.write.short('it was')} tugs.",
        "<aside><p>{}</p></aside>",
    )
    page.add(f"This article was amended on {page.write.short('6 May')}.", "<footer><p>{}</p></footer>")
    return page.html()


def correction_below(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body()
    text = f"Correction: an earlier version said {page.write.short('the yard had')} workers."
    page.wanted.append(text)
    page.after = f'<div class="note-box"><p>{text}</p></div>' + page.after
    return page.html()


def key_facts(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.parts.append('<aside class="key-facts"><ul>')
    for name in ("tugs", "million crowns", "berths"):
        page.add(f"{page.write.figure()} {name}", "<li>{}</li>")
    page.parts.append("</ul></aside>")
    page.body()
    page.add(
        f"The tug that was handed over in {page.write.figure()}.",
        '<figure><img src="x.png" alt=""><figcaption>{}</figcaption></figure>',
    )
    page.body(1)
    return page.html()


def tables(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    page.parts.append("<table>")
    page.add(page.write.short("Tugs by harbour in"), "<caption>{}</caption>")
    page.add("Harbour | Tugs | Cost", "<tr><th>Harbour</th><th>Tugs</th><th>Cost</th></tr>", escaped=False)
    for town in ("Ostervale", "Hest", "Zell"):
        one, two = page.write.figure(), page.write.figure()
        page.add(
            f"{town} | {one} | {two}", f"<tr><td>{town}</td><td>{one}</td><td>{two}</td></tr>", escaped=False
        )
    one = page.write.figure()
    page.add(f"Total | | {one}", f"<tr><td>Total</td><td></td><td>{one}</td></tr>", escaped=False)
    page.parts.append("</table>")
    page.body(2)
    return page.html()


def lists_in_cells(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(3)
    one, two, three = (page.write.figure() for _ in range(3))
    page.parts.append("<table><tr><th>Harbour</th><th>Tugs</th></tr>")
    page.wanted.append("Harbour | Tugs")
    page.add(
        f"Hest; inner basin: {one}; outer basin: {two} | {three}",
        f"<tr><td>Hest<ul><li>inner basin: {one}</li><li>outer basin: {two}</li></ul></td><td>{three}</td></tr></table>",
        escaped=False,
    )
    page.body(2)
    return page.html()


def preformatted(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(3)
    rows = [f"{town} {page.write.figure()}" for town in ("Tarnhaven", "Ostervale", "Brill")]
    page.wanted += rows
    page.parts.append("<pre>" + "\n".join(row.replace(" ", "     ") for row in rows) + "</pre>")
    page.body(2)
    return page.html()


def live(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Live: the debate on"), "<h1>{}</h1>")
    for hour in range(9, 14):
        page.add(f"{hour}:{10 + hour}", "<article><h2><time>{}</time></h2>")
        page.add(page.write.paragraph(2))
        page.parts.append("</article>")
    return page.html("<main>{}</main>")


def cookies(page: Page) -> bytes:
    text = "We use cookies to improve your experience. By clicking accept you agree to the sharing of data with our partners, now "
    page.before += '<div id="cookie-consent" class="banner">' + page.beside(
        page.write.short(text), "<p>{}</p>"
    )
    page.before += (
        page.beside(
            page.write.short("You can change your settings at any time, as the law has it since"), "<p>{}</p>"
        )
        + "</div>"
    )
    page.add(page.write.short("Tugs for"), "<h1>{}</h1>")
    page.add(f"Quellmark signed a contract for {page.write.figure()} tugs.")
    return page.html()


def unmarked_banner(page: Page) -> bytes:
    """A banner that no name gives away, before a long article."""
    page.furniture()
    text = "We use cookies. By clicking accept you agree that data are shared with our partners, who are"
    page.before = page.beside(page.write.short(text), '<div class="x1"><p>{}</p></div>') + page.before
    page.add(page.write.short("Tugs for"), "<h1>{}</h1>")
    page.body(5)
    return page.html()


def hidden_text(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    codes = (
        "<p hidden>{}</p>",
        '<p style="display:none">{}</p>',
        '<div style="visibility: hidden"><p>{}</p></div>',
        "<template><p>{}</p></template>",
        '<span class="sr-only">{}</span>',
        '<p class="ghost">{}</p>',
        "<noscript>{}</noscript>",
    )
    page.head = "<style>.ghost { display: none }</style>"
    for code in codes:
        page.parts.append(page.unseen(page.write.sentence(), code))
    page.body(2)
    return page.html()


def struck_out(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    old, new = page.write.figure(), page.write.figure()
    page.hidden.append(str(old))
    page.wanted.append(f"The office wants {new} tugs, it said.")
    page.parts.append(f"<p>The office wants <del>{old}</del> <ins>{new}</ins> tugs, it said.</p>")
    page.parts.append(page.unseen(page.write.sentence(), '<p style="text-decoration: line-through">{}</p>'))
    page.parts.append(page.unseen(page.write.sentence(), "<s>{}</s>"))
    page.body(2)
    return page.html()


def raised(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    one, two = page.write.figure(), page.write.figure()
    page.add(
        f"It names {one}^(2) tugs, {two}^(3) million crowns, 10^(6) tonnes, the 1st pier and CO2 in 5 km^(2).",
        f"<p>It names {one}<sup>2</sup> tugs, {two}<sup><a href='#n3'>3</a></sup> million crowns, 10<sup>6</sup> tonnes, "
        "the 1<sup>st</sup> pier and CO<sub>2</sub> in 5 km<sup>2</sup>.</p>",
        escaped=False,
    )
    page.body(2)
    return page.html()


def quotations(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    one = page.write.figure()
    page.add(
        f"She said “we need {one} tugs” and left.",
        f"<p>She said <q>we need {one} tugs</q> and left.</p>",
        escaped=False,
    )
    page.add(page.write.sentence(), "<blockquote><p>{}</p></blockquote>")
    page.add(page.write.sentence(), '<div class="pull"><p>{}</p></div>')
    page.body(2)
    return page.html()


def repeated(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    text = page.write.paragraph()
    page.add(text)
    page.body(2)
    page.add(text)
    page.body(1)
    return page.html()


def breaks(page: Page) -> bytes:
    """Old pages: lines broken by br in one cell of a table that places the parts."""
    texts = [page.write.paragraph() for _ in range(4)]
    page.wanted += [*texts]
    links = "".join(
        page.beside(page.write.short(name), '<a href="#">{}</a><br>') for name in ("Home", "News")
    )
    return (
        '<html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><table><tr>'
        f"<td width=120>{links}</td><td><font>{'<br><br>'.join(texts)}</font></td></tr></table></body></html>"
    ).encode()


def old_encoding(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.add(f"The price is “about €{page.write.figure()} million” – no more…")
    page.body(3)
    return page.html().decode().replace("utf-8", "iso-8859-1").encode("cp1252")


def cyrillic(page: Page) -> bytes:
    page.add(f"План порту на {page.write.figure()}", "<h1>{}</h1>")
    for _ in range(4):
        one, two = page.write.figure(), page.write.figure()
        page.add(
            f"Порт оголосив, що до {one} року придбає {two} буксирів, але ціни не назвав, бо рада ще не дала згоди на це."
        )
    return page.html().decode().replace("utf-8", "windows-1251").encode("cp1251")


def details(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Questions on"), "<h1>{}</h1>")
    page.body(2)
    for _ in range(3):
        page.add(f"Why are there {page.write.figure()} tugs?", "<details><summary>{}</summary>")
        page.add(page.write.paragraph(2))
        page.parts.append("</details>")
    return page.html()


def definitions(page: Page) -> bytes:
    page.add(page.write.short("Words of"), "<h1>{}</h1>")
    page.body(2)
    page.parts.append("<dl>")
    for word in ("Mole", "Berth", "Lock"):
        page.add(word, "<dt>{}</dt>")
        page.add(page.write.sentence(), "<dd>{}</dd>")
    page.parts.append("</dl>")
    page.body(1)
    return page.html()


def inner_furniture(page: Page) -> bytes:
    """Share buttons, a newsletter, links to other articles and comments within the article."""
    page.furniture()
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.parts.append(
        page.beside(page.write.short("Share"), '<div class="share-tools"><a href="#">{}</a></div>')
    )
    page.body(2)
    page.parts.append(
        page.beside(
            page.write.short("Our newsletter reaches readers every day, now"),
            '<div class="newsletter-signup"><p>{}</p></div>',
        )
    )
    page.body(2)
    page.parts.append(page.beside(page.write.sentence(), '<div class="related"><a href="#">{}</a></div>'))
    page.body(1)
    page.parts.append(page.beside(page.write.paragraph(2), '<div id="comments"><p>{}</p></div>'))
    return page.html()


def headings(page: Page) -> bytes:
    page.furniture()
    page.add(page.write.short("Report of"), "<h1>{}</h1>")
    for level in (2, 3, 2):
        page.add(page.write.short("Part"), f"<h{level}>{{}}</h{level}>")
        page.body(2)
        page.parts.append("<ul>")
        for _ in range(3):
            page.add(page.write.sentence(), "<li>{}</li>")
        page.parts.append("</ul>")
    return page.html('<div id="content" role="main">{}</div>')


def notice(page: Page) -> bytes:
    """A short notice of an authority, without an element for the article."""
    page.before = (
        '<div id="menu"><ul>'
        + "".join(
            page.beside(page.write.short(name), '<li><a href="#">{}</a></li>')
            for name in ("Start", "Offices")
        )
        + "</ul></div>"
    )
    page.add(page.write.short("Notice"), "<h1>{}</h1>")
    page.add(page.write.sentence())
    page.add(page.write.sentence())
    return page.html('<div id="main-content">{}</div>')


def cells_over_rows(page: Page) -> bytes:
    """Cells that reach down: the name of a row is named again, a figure is not."""
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    one, two, three, four = (page.write.figure() for _ in range(4))
    page.wanted += ["Harbour | Kind | Tugs | Sum", f"Hest | old | {one} | {three}", f"Hest | new | {two} |"]
    page.wanted += [f"Zell | old | {four} |"]
    page.parts.append(
        "<table><tr><th>Harbour</th><th>Kind</th><th>Tugs</th><th>Sum</th></tr>"
        f"<tr><td rowspan=2>Hest</td><td>old</td><td>{one}</td><td rowspan=2>{three}</td></tr>"
        f"<tr><td>new</td><td>{two}</td></tr><tr><td>Zell</td><td>old</td><td>{four}</td><td></td></tr></table>"
    )
    page.body(2)
    return page.html()


def tables_in_cells(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(3)
    one, two, three = (page.write.figure() for _ in range(3))
    page.wanted += ["Harbour | Tugs", f"Hest | old: {one}; new: {two}", f"Zell | {three}"]
    page.parts.append(
        "<table><tr><th>Harbour</th><th>Tugs</th></tr><tr><td>Hest</td><td><table><tr><td>old</td>"
        f"<td>{one}</td></tr><tr><td>new</td><td>{two}</td></tr></table></td></tr>"
        f"<tr><form><td>Zell</td><td>{three}</td></form></tr></table>"
    )
    page.body(1)
    return page.html()


def rows_by_role(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    page.parts.append("<div role=table>")
    for name in ("Hest", "Zell"):
        one, two = page.write.figure(), page.write.figure()
        page.add(
            f"{name} | {one} | {two}",
            f"<div role=row><span role=rowheader>{name}</span><span role=cell>{one}</span>"
            f"<span role=cell>{two}</span></div>",
            escaped=False,
        )
    page.parts.append("</div>")
    page.body(1)
    return page.html()


def own_elements(page: Page) -> bytes:
    """Elements of a page's own, which are lines by its style sheet."""
    page.before = "<site-top>" + page.beside(
        page.write.short("The Tarn Courier"), "<a href=/>{}</a></site-top>"
    )
    page.parts.append("<news-story>")
    page.add(page.write.short("Tugs for"), "<h1>{}</h1>")
    page.add(page.write.sentence(), "<news-lead>{}</news-lead>")
    page.parts.append("<news-body>")
    for _ in range(4):
        page.add(page.write.paragraph(), "<news-line>{}</news-line>")
    page.parts.append("</news-body></news-story>")
    return page.html("{}")


def side_by_side(page: Page) -> bytes:
    """Figures and words in elements of their own, which only a style sheet sets apart."""
    page.head = "<style>.tile > span { display: block }</style>"
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    one, two, three, four = (page.write.figure() for _ in range(4))
    page.wanted += [f"{one}", "tugs", f"{two} crews", f"{three} {four}", f"Berths {one}"]
    page.parts.append(
        f"<div class=tile><span>{one}</span><span>tugs</span></div>"
        f"<div><strong>{two}</strong><span>crews</span></div>"
        f"<div class=row><span class=a>{three}</span><span class=b>{four}</span></div>"
        f"<ul class=facts><li><b>Berths</b><i>{one}</i></li></ul>"
    )
    page.body(2)
    return page.html()


def raised_by_style(page: Page) -> bytes:
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    one, two, three = (page.write.figure() for _ in range(3))
    page.add(
        f"It names {one}^(2) tugs, {two}^(3) million crowns, {three}^(4) berths and 10^(6) tonnes.",
        f"<p>It names {one}<span style='vertical-align: super; font-size: 70%'>2</span> tugs, "
        f"{two}<a class=note href='#n3'>3</a> million crowns, {three}<span class=superscript>4</span> berths and "
        "<math><msup><mn>10</mn><mn>6</mn></msup></math> tonnes.</p>",
        escaped=False,
    )
    page.body(2)
    return page.html()


def behind_the_end(page: Page) -> bytes:
    """Text behind the end that the page names, and behind comments that end as browsers end them."""
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    page.parts.append("<!-->")
    page.body(1)
    page.parts.append("<!-- end --!>")
    page.body(1)
    page.parts.append("</body></html>")
    page.body(2)
    return page.html()


def long_banner(page: Page) -> bytes:
    """A banner that no name gives away, longer than the article below it."""
    for number in range(9):
        text = f"We and our partners, who are now {page.write.figure()}, store cookies and process personal data {number}"
        page.before += page.beside(text, "<p>{}</p>")
    page.before = f'<div class="x7"><h2>Your choice</h2>{page.before}</div>'
    page.add(page.write.short("Tugs for"), "<h1>{}</h1>")
    page.add(f"Quellmark signed a contract for {page.write.figure()} tugs.")
    return page.html('<div class="c3">{}</div>')


def hidden_by_sheet(page: Page) -> bytes:
    """Rules of several selectors, of which the last and the most special count."""
    page.head = (
        "<style>.tabs .tab { display: none } .tabs .tab.open { display: block } #old { visibility: hidden }"
        " @media print { p { display: none } } body.js .late { display: none !important }</style>"
    )
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.body(2)
    page.parts.append("<div class=tabs>")
    page.add(page.write.sentence(), '<div class="tab open"><p>{}</p></div>')
    page.parts.append(page.unseen(page.write.sentence(), "<div class=tab><p>{}</p></div></div>"))
    page.parts.append(page.unseen(page.write.sentence(), "<p id=old>{}</p>"))
    page.add(page.write.sentence(), "<p class=late>{}</p>")
    page.body(2)
    return page.html()


def corrected_above(page: Page) -> bytes:
    """A correction above the headline, a by-line that is a link, and the caption of a picture among others."""
    page.furniture()
    page.wanted.append(f"This article was corrected: the council had {page.write.figure()} members.")
    page.before += f"<div class=bar><p>{page.wanted[-1]}</p></div>"
    page.add(page.write.short("Harbour plan"), "<h1>{}</h1>")
    page.add(
        "Odile Brenner 4 May 2031",
        '<div><a rel=author href="/o">Odile Brenner</a><time datetime=2031-05-04>4 May 2031</time></div>',
        escaped=False,
    )
    page.body(4)
    page.add(
        f"The yard of {page.write.figure()}, seen from the mole.",
        '<div class="carousel"><figure><img src=x><figcaption>{}</figcaption></figure></div>',
    )
    return page.html()


KINDS: tuple[Kind, ...] = (
    plain, divs, header_outside, corrections, correction_below, key_facts, tables, lists_in_cells, preformatted, live,
    cookies, unmarked_banner, hidden_text, struck_out, raised, quotations, repeated, breaks, old_encoding, cyrillic,
    details, definitions, inner_furniture, headings, notice, cells_over_rows, tables_in_cells, rows_by_role, own_elements,
    side_by_side, raised_by_style, behind_the_end, long_banner, hidden_by_sheet, corrected_above,
)  # fmt: skip


def make(kind: Kind, seed: int) -> Truth:
    """Return a page of a kind."""
    page = Page(Writer(seed))
    data = kind(page)
    assert data is not None
    return Truth(kind.__name__, "page.html", data, tuple(page.wanted), tuple(page.others), tuple(page.hidden))


def every() -> list[Truth]:
    """Return all pages of the standard."""
    return [
        make(kind, 10 * number + variant) for number, kind in enumerate(KINDS) for variant in range(VARIANTS)
    ]
