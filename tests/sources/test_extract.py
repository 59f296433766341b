"""Files to captures: plain texts, saved web pages and PDFs, one paragraph a line, no word changed."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.findings import UsageError
from briefing.sources.extract import kinds

SENTENCES = (
    "The harbour board of Norrvik said on Thursday that it “intends” to buy two electric ferries, the first "
    "of which is to sail in the coming summer between the islands.",
    "The price was not named. The board’s chair spoke of up to 40\u00a0million crowns, a figure that the "
    "ministry of transport did not confirm when it was asked on Friday.",
    "Air-to-air talks went on. The co-operation of both towns, said the mayor, is not yet settled, and "
    "nobody should order champagne before all of the parties have signed.",
)
HEAD = """
<title>Two ferries | The Courier</title>
<meta property="og:title" content="Two ferries for Norrvik">
<meta property="og:site_name" content="The Courier">
<meta name="author" content="A. Writer">
<meta property="article:published_time" content="2031-04-12T14:39:00+04:00">
<link rel="canonical" href="https://example.org/ferries">
"""


def page(head: str = HEAD, body: str = "", attributes: str = ' lang="en-GB"') -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES)
    return f"""<!doctype html>
<html{attributes}><head><meta charset="utf-8">{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>Two ferries for Norrvik</h1>{paragraphs}{body}</article></main>
<footer><p>All rights reserved.</p></footer></body></html>""".encode()


def stated(data: bytes) -> dict[str, tuple[str, str]]:
    found = kinds.read(data, "page.html").stated
    return {field: (item.value, item.where) for field, item in found.items()}


# ------------------------------------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph.\nAnother one.\n",
        "One paragraph.\n\nAnother one.",
        "A line that is long enough to be taken for wrapped text.\nShort.\nOne more of the list.\n",
        "x" * 200 + "\n" + "y" * 150 + "\n",
    ],
)
def test_a_plain_text_is_taken_as_it_is(text: str) -> None:
    found = kinds.read(text.encode(), "a.txt")
    assert found.capture == text.encode()
    assert found.remarks == ()
    assert list(found.paragraphs) == [line for line in text.splitlines() if line]


@pytest.mark.parametrize("width", [40, 72, 100])
def test_lines_that_were_wrapped_are_joined(width: int) -> None:
    plain = [sentence.replace("\u00a0", " ") for sentence in SENTENCES]
    text = "\n\n".join(textwrap.fill(sentence, width, break_on_hyphens=False) for sentence in plain)
    found = kinds.read(text.encode(), "a.txt")
    assert list(found.paragraphs) == plain
    assert found.capture.decode() == "".join(f"{sentence}\n" for sentence in plain)
    assert "were joined into paragraphs" in found.remarks[0]


def test_a_line_that_ends_early_within_a_block_ends_a_paragraph() -> None:
    """One odd line stops the joining of no other; a divided word is joined as the text writes it."""
    one, two = (textwrap.wrap(text, 72) for text in SENTENCES[:2])
    found = kinds.read("\n".join([*one, *two]).encode(), "a.txt")
    assert found.paragraphs == SENTENCES[:2]


def test_a_word_divided_in_a_plain_text_is_made_whole_as_the_text_writes_it() -> None:
    text = (
        "The board of the harbour said on Thursday that it has bought two elec-\n"
        "tric ferries for the islands of the inner bay and of the outer bay, for\n"
        "which it would pay a price that nobody has named, perhaps a sum of 34-\n"
        "36 million crowns.\n\nAn electric ferry is quiet.\n"
    )
    found = kinds.read(text.encode(), "a.txt")
    assert "bought two electric ferries for" in found.paragraphs[0]
    assert found.paragraphs[0].endswith("a sum of 34-36 million crowns.")
    assert found.remarks[1] == "It is not known whether these words have a hyphen: 34-36."


def test_a_list_that_is_as_narrow_as_wrapped_text_is_left_alone() -> None:
    text = "What was agreed on that day:\ntwo ferries\na berth for each of them\nno date\n"
    assert kinds.read(text.encode(), "a.txt").capture == text.encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_tells_the_encoding(encoding: str) -> None:
    found = kinds.read("Лист про наміри.\nДва.\n".encode(encoding), "a.txt")
    assert found.capture == "Лист про наміри.\nДва.\n".encode()


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))), min_size=1, max_size=5
    )
)
def test_no_word_of_a_plain_text_is_changed(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = kinds.read(text.encode(), "a.txt")
    except UsageError:
        return
    assert found.capture.decode().removeprefix("\ufeff").split() == text.removeprefix("\ufeff").split()


# ---------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ("Лист".encode("cp1251"), "a.txt", "a.txt is not UTF-8"),
        ("The “letter”".encode("cp1252"), "a.txt", "Other encoding, Unicode (UTF-8)"),
        (b"", "a.txt", "a.txt contains no text"),
        (b" \n\n", "a.txt", "a.txt contains no text"),
        (b"PK\x03\x04rest", "a.odt", "an Office file or an archive"),
        (b"PK\x03\x04rest", "a.xlsx", "a damaged workbook"),
        (b"\xd0\xcf\x11\xe0rest", "a.doc", "an Office file"),
        (b"{\\rtf1 text}", "a.rtf", "a rich-text file"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "a.mhtml", "a web archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.png", "a.png is not a text file"),
        (b"%PDF-1.7 and no more", "a.pdf", "cannot be opened as a PDF"),
        (b"<!doctype html><title>x</title>", "a.html", "has no main text"),
        (b'<html><meta charset="no-such"><p>x</p>', "a.html", "says that its encoding is no-such"),
        ("<html><p>Лист</p></html>".encode("cp1251"), "a.html", "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=name) as raised:
        kinds.read(data, name)
    assert words in str(raised.value)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.pdf"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        found = kinds.read(data, name)
    except UsageError:
        return
    assert found.paragraphs


# ------------------------------------------------------------------------------------------------- pages


def test_the_main_text_of_a_page_is_taken_and_nothing_around_it() -> None:
    found = kinds.read(page(), "page.html")
    assert words(found.paragraphs) == ["Two ferries for Norrvik", *PLAIN]
    assert found.tool.startswith("trafilatura ")
    assert found.capture.decode().count("\n") == 4


def test_lists_tables_quotations_and_breaks_become_lines() -> None:
    body = (
        "<h2>What <b>was</b> said</h2><ul><li>Two <i>vessels</i></li><li>Chargers</li></ul>"
        "<blockquote><p>We are not there yet, said the mayor of the town.</p></blockquote>"
        "<table><tr><th>Year</th><th>Trips</th></tr><tr><td>2031</td><td>1,200</td></tr></table>"
        "<p>First line of the address<br>Second line of it</p>"
    )
    assert list(kinds.read(page(body=body), "page.html").paragraphs)[4:] == [
        "What was said",
        "Two vessels",
        "Chargers",
        "We are not there yet, said the mayor of the town.",
        "Year | Trips",
        "2031 | 1,200",
        "First line of the address",
        "Second line of it",
    ]


def test_a_page_in_another_encoding_is_read_by_what_it_says() -> None:
    text = "Порт оголосив про намір придбати два електричні пороми, але ціни не назвав. " * 4
    head = '<html lang="uk"><head><meta charset="windows-1251"></head>'
    data = f"{head}<body><article><p>{text}</p></article></body></html>"
    found = kinds.read(data.encode("cp1251"), "page.html")
    assert found.paragraphs == (text.strip(),)
    assert found.stated["language"].value == "uk"


def test_a_page_states_itself_in_terms_for_programs() -> None:
    assert stated(page()) == {
        "title": ("Two ferries for Norrvik", "og:title"),
        "publisher": ("The Courier", "og:site_name"),
        "author": ("A. Writer", "author"),
        "published": ("2031-04-12", "article:published_time"),
        "url": ("https://example.org/ferries", "<link rel=canonical>"),
        "language": ("en-GB", "<html lang>"),
    }


@pytest.mark.parametrize("graph", ["{}", "[{}]", '{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {}]}}'])
def test_linked_data_states_as_well(graph: str) -> None:
    article = (
        '{"@type": "NewsArticle", "headline": "Two ferries", "datePublished": "2031-04-12", '
        '"inLanguage": "en", '
        '"author": [{"name": "A. Writer"}, {"name": "B. Writer"}], "publisher": {"name": "The Courier"}, '
        '"url": "https://example.org/f"}'
    )
    script = graph.format(article)
    found = stated(page(f'<script type="application/ld+json">{script}</script>', attributes=""))
    assert found == {
        "title": ("Two ferries", "JSON-LD headline"),
        "publisher": ("The Courier", "JSON-LD publisher"),
        "author": ("A. Writer, B. Writer", "JSON-LD author"),
        "published": ("2031-04-12", "JSON-LD datePublished"),
        "url": ("https://example.org/f", "JSON-LD url"),
        "language": ("en", "JSON-LD inLanguage"),
    }


def test_what_is_not_stated_in_such_terms_is_not_guessed() -> None:
    """A byline, a date in the text and an address in a link are for the curator to read."""
    body = "<p>By A. Writer, 12 April 2031</p><p><a href='https://example.org/x'>link</a></p>"
    assert stated(page("", body, attributes="")) == {}


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="last Thursday">',
        '<meta property="article:published_time" content="12.04.2031">',
        '<meta property="article:published_time" content="2031-02-30">',
        '<meta property="article:author" content="https://example.org/writer">',
        '<link rel="canonical" href="/ferries">',
        '<meta property="og:title" content="  ">',
        '<meta http-equiv="content-language" content="English, please">',
        '<script type="application/ld+json">{ broken </script>',
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
        '<script type="application/ld+json">{"@type": "Person", "headline": "x"}</script>',
    ],
)
def test_what_is_stated_in_no_usable_form_is_left_out(head: str) -> None:
    assert stated(page(head, attributes="")) == {}


# -------------------------------------------------------------------------------------------------- PDFs


def pdf(html: str, style: str = "", head: str = "") -> bytes:
    import weasyprint

    style = f"body {{font-family: 'Source Serif 4'; width: 9cm; {style}}}"
    page = f"<html lang=en><head>{head}<style>{style}</style></head><body>{html}</body></html>"
    data = weasyprint.HTML(string=page).write_pdf()
    assert isinstance(data, bytes)
    return data


PLAIN = [sentence.replace("\u00a0", " ") for sentence in SENTENCES]


def words(paragraphs: list[str] | tuple[str, ...]) -> list[str]:
    return [paragraph.replace("\u00a0", " ") for paragraph in paragraphs]


@pytest.mark.pdf
@pytest.mark.parametrize(
    "style",
    [
        "",
        "text-align: justify; hyphens: auto",
        "width: 14cm",
        "width: 5cm; hyphens: auto",
        "width: 17cm; columns: 2",
        "line-height: 2",
    ],
)
def test_lines_of_a_pdf_are_joined_to_paragraphs(style: str) -> None:
    html = "<h1>Two ferries</h1>" + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    found = kinds.read(pdf(html, style), "a.pdf")
    assert words(found.paragraphs) == ["Two ferries", *PLAIN]
    assert found.tool.startswith("pypdfium2 ")


@pytest.mark.pdf
def test_paragraphs_that_are_only_set_in_are_told_apart() -> None:
    html = "".join(f"<p style='margin: 0; text-indent: 2em'>{sentence}</p>" for sentence in SENTENCES)
    assert words(kinds.read(pdf(html), "a.pdf").paragraphs) == PLAIN


@pytest.mark.pdf
def test_a_list_in_a_pdf_is_a_line_an_item() -> None:
    items = ["Two vessels of sixty metres each, both of them electric, and no more", "Chargers"]
    html = "".join(f"<li>{item}</li>" for item in items)
    assert list(kinds.read(pdf(f"<ul>{html}</ul>"), "a.pdf").paragraphs) == items
    assert list(kinds.read(pdf(f"<ol>{html}</ol>"), "a.pdf").paragraphs) == [
        f"1. {items[0]}",
        f"2. {items[1]}",
    ]
    inline = "".join(f"<p style='margin: 0'>• {item}</p>" for item in items)
    assert list(kinds.read(pdf(inline), "a.pdf").paragraphs) == items


@pytest.mark.pdf
def test_a_sentence_runs_on_over_the_page() -> None:
    first, second = PLAIN[0].split(" the first of ")
    html = f"<p>{first} the first of</p><p style='break-before: page'>{second}</p><p>{PLAIN[1]}</p>"
    assert words(kinds.read(pdf(html), "a.pdf").paragraphs) == [PLAIN[0], PLAIN[1]]


@pytest.mark.pdf
def test_a_word_divided_at_the_end_of_a_line_is_made_whole_as_the_text_writes_it() -> None:
    html = (
        "<p>A long co-<br>operation of air-<br>to-air and war-<br>time ships.</p>"
        "<p>cooperation, air-to-air</p>"
    )
    found = kinds.read(pdf(html), "a.pdf")
    assert found.paragraphs[-1] == "cooperation, air-to-air"
    assert " ".join(found.paragraphs).startswith("A long cooperation of air-to-air and war-time ships.")
    assert "war-time" in found.remarks[-1]
    assert "cooperation" not in found.remarks[-1]


@pytest.mark.pdf
def test_a_pdf_states_title_and_author_and_nothing_else() -> None:
    head = (
        '<title>Two ferries</title><meta name=author content="A. Writer">'
        "<meta name=dcterms.created content=2031-04-12>"
    )
    found = kinds.read(pdf(f"<p>{SENTENCES[0]}</p>", head=head), "a.pdf").stated
    assert {field: (item.value, item.where) for field, item in found.items()} == {
        "title": ("Two ferries", "the PDF's Title"),
        "author": ("A. Writer", "the PDF's Author"),
    }


@pytest.mark.pdf
def test_a_pdf_without_text_is_refused() -> None:
    with pytest.raises(UsageError, match="only pictures of text"):
        kinds.read(pdf(""), "scan.pdf")


@pytest.mark.pdf
def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "locked.pdf"
    (tmp_path / "open.pdf").write_bytes(pdf("<p>x</p>"))
    with pikepdf.open(tmp_path / "open.pdf") as document:
        document.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UsageError, match="needs a password"):
        kinds.read(path.read_bytes(), "locked.pdf")
