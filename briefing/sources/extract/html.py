"""A saved web page: its article, what is left out of it, and its metadata.

The only module that imports trafilatura. That library only votes: what is taken and what is left out are
blocks of our own complete account of the page (``page_text``), so that nothing is lost without being named.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from typing import Any

from briefing.model.counting import counted
from briefing.model.findings import SAVE_AS_UTF_8, MissingLibraryError, UsageError
from briefing.sources.extract import page_article, page_text, stated_by_page
from briefing.sources.extract.extracted import AS_IT_IS, RAISED, Choice, Extracted, Piece, of_pieces
from briefing.sources.extract.page_text import NO_SCRIPTS
from briefing.store import versions

_CHARSET = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_BODY_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""What is behind them is on the page as well, which the parser does not know."""


def read(data: bytes, name: str, choice: Choice = AS_IT_IS) -> Extracted:
    """Return the article of a page.

    Raises UsageError where it has none or its encoding is not known, and MissingLibraryError without the
    extra ``web``, which installs trafilatura and lxml.
    """
    try:
        import lxml.html
        import trafilatura
    except ImportError as error:
        raise MissingLibraryError(
            f"the web page {name} needs trafilatura; install it with: {versions.how_to_install('web')}"
        ) from error
    page = decoded(data, name)
    root = parsed(page)
    if root is None:
        raise _no_text(name)
    known, doubts = stated_by_page.stated(root)
    language = known["language"].value if "language" in known else ""
    blocks = _blocks(root, name, language)
    if not any(not block.hidden for block in blocks) and any(block.hidden == NO_SCRIPTS for block in blocks):
        for block in blocks:
            block.hidden = "" if block.hidden == NO_SCRIPTS else block.hidden
        doubts = (
            *doubts,
            "The page shows nothing without scripts; its text for browsers without them was taken.",
        )
    if choice.selector:
        return _narrowed(root, blocks, choice, known, name)
    title = known["title"].value if "title" in known else ""
    article = page_article.of_blocks(blocks, _voted(page), title)
    tool = f"trafilatura {trafilatura.__version__} and lxml {lxml.etree.__version__}"
    found = of_pieces(
        article.pieces,
        choice,
        tool,
        stated=known,
        doubts=(*article.doubts, *doubts, *_doubts(blocks)),
        remarks=_remarks(blocks),
    )
    if not found.paragraphs:
        raise _no_text(name)
    return found


def whole(data: bytes | str, name: str) -> tuple[Piece, ...]:
    """Return all that a page shows, and what it hides as left out; for the page of a mail.

    Raises MissingLibraryError without the extra ``web``.
    """
    try:
        import lxml.html  # noqa: F401 is asked for here, so that its lack is a sentence
    except ImportError as error:
        raise MissingLibraryError(
            f"the page within {name} needs lxml; install it with: {versions.how_to_install('web')}"
        ) from error
    root = parsed(data if isinstance(data, str) else decoded(data, name))
    blocks = _blocks(root, name, "") if root is not None else []
    return tuple(Piece(block.text, block.hidden) for block in blocks)


def _doubts(blocks: list[page_text.Block]) -> Iterator[str]:
    """Yield what a person should compare with the page, because the page itself does not decide it."""
    apart = dict.fromkeys(item for block in blocks if not block.hidden for item in block.apart)
    if apart:
        few = ", ".join(itertools.islice(apart, 12)) + (
            f" and {len(apart) - 12} more" if len(apart) > 12 else ""
        )
        yield f"Figures of elements side by side were kept apart; the page may show them as one: {few}."
    items = sum(
        block.tag == "li"
        and block.path[-2].tag == "ol"
        and not block.hidden
        and not any(map(page_text.region, block.path))
        for block in blocks
    )
    if items:
        numbered = counted(items, "item of a list", "items of lists")
        yield f"The numbers of {numbered}, which browsers count, are not in the capture."


def _no_text(name: str) -> UsageError:
    return UsageError(
        f"{name} has no main text; if a script makes it, save the page in a browser once it is shown, or "
        "copy the text into a plain file and add that"
    )


def _remarks(blocks: list[page_text.Block]) -> tuple[str, ...]:
    return (RAISED,) if any(re.search(r"[\^_]\(", block.text) for block in blocks) else ()


def _blocks(root: Any, name: str, language: str) -> list[page_text.Block]:
    try:
        return page_text.blocks(root, language)
    except page_text.TooDeepError as error:
        raise UsageError(
            f"{name} has no main text that can be read: its elements are nested more than "
            f"{page_text.MOST_DEEP} deep; copy the text into a plain file and add that"
        ) from error


def _voted(page: str) -> str:
    """Return the main text of a page as the library finds it; empty where it finds none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the errors above say all that users need
    document = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, favor_recall=False
    )
    return str(getattr(document, "text", "") or "")


def parsed(page: str) -> Any:
    """Return the root of a page; None for one without elements."""
    import lxml.etree
    import lxml.html

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    page = (
        re.sub(r"<!\[CDATA\[(?=[^<]*\]\]>)|(?<=\])\]>", "", page)
        if "<![CDATA[" in page and "ld+json" not in page
        else page
    )
    page = _BODY_ENDS.sub("", _with_plain_comments(page))
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    _put_into_rows(root)
    return root


def _with_plain_comments(page: str) -> str:
    """Return a page whose comments end where browsers end them; the parser would read on and lose text."""
    kept: list[str] = []
    at = 0
    while (begin := page.find("<!--", at)) >= 0:
        kept.append(page[at:begin])
        if empty := re.compile("<!--(?:-?>|-!>)").match(page, begin):
            at = empty.end()
            continue
        end = re.compile("--!?>").search(page, begin + 4)
        if end is None:
            at = begin
            break
        kept += [page[begin : end.start()], "-->"]
        at = end.end()
    return "".join(kept) + page[at:]


def _put_into_rows(root: Any) -> None:
    """Put cells that are in no row into one, as browsers do."""
    for parent in [*root.iter("table", "tbody", "thead", "tfoot")]:
        row = None
        for child in list(parent):
            if child.tag not in ("td", "th"):
                row = None
            else:
                if row is None:
                    row = parent.makeelement("tr")
                    child.addprevious(row)
                row.append(child)


def _narrowed(root: Any, blocks: list[page_text.Block], choice: Choice, known: Any, name: str) -> Extracted:
    """Return only what is in the elements that a person selects; the rest is left out."""
    chosen = set(_selected(root, choice.selector, name))
    kinds = [
        block.hidden or ("" if not chosen.isdisjoint(block.path) else "text outside the selected elements")
        for block in blocks
    ]
    pieces = page_article.together(blocks, kinds)
    found = of_pieces(
        pieces,
        choice,
        f"lxml, from the elements {choice.selector}",
        stated=known,
        remarks=_remarks(blocks),
        doubts=tuple(_doubts(blocks)),
    )
    if not found.paragraphs:
        raise UsageError(f"--selector: no element of {name} that {choice.selector} selects has text")
    return found


def _selected(root: Any, selector: str, name: str) -> list[Any]:
    """Return the elements that a selector means: XPath if it begins with a slash, otherwise CSS."""
    import cssselect2
    import lxml.etree

    try:
        if selector.startswith(("/", "(")):
            found = root.xpath(selector)
            return [item for item in found if hasattr(item, "tag")] if isinstance(found, list) else []
        wrapper = cssselect2.ElementWrapper.from_html_root(root)
        return [item.etree_element for item in wrapper.query_all(selector)]
    except (cssselect2.SelectorError, lxml.etree.XPathError) as error:
        raise UsageError(
            f"--selector: '{selector}' is no CSS selector and no XPath that begins with /: {error.args[-1]}"
        ) from error


# ----------------------------------------------------------------------------------------------- encodings


def decoded(data: bytes, name: str) -> str:
    """Return a page as text, as browsers read it: by its byte order mark, by its label, or as UTF-8.

    A label means what browsers make of it: iso-8859-1 is windows-1252, gb2312 is gbk.
    """
    import webencodings

    head = data[:_HEAD_BYTES]
    label = _CHARSET.search(head) or _DECLARED.search(head)
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if label is None or marked:
        try:
            text, _ = webencodings.decode(data, webencodings.UTF8, errors="strict")
        except UnicodeDecodeError as error:
            raise UsageError(f"{name} is not UTF-8; {SAVE_AS_UTF_8}") from error
        return str(text)
    said = label[1].decode()
    encoding = webencodings.lookup(said)
    try:
        if encoding is None or encoding.name in ("replacement", "x-user-defined"):
            raise LookupError(said)
        if encoding.name.startswith("utf-16"):  # a page that can be read this far is in none of them
            encoding = webencodings.UTF8
        text, _ = webencodings.decode(data, encoding, errors="strict")
    except (LookupError, UnicodeError) as error:
        raise UsageError(
            f"{name} says that its encoding is {said}, but it is not; save it as UTF-8"
        ) from error
    return str(text)


def decoded_as(data: bytes, said: str) -> str:
    """Return a text in the encoding of this name, as browsers read it; what cannot be read becomes U+FFFD."""
    import webencodings

    encoding = webencodings.lookup(said) or webencodings.UTF8
    return str(webencodings.decode(data, encoding, errors="replace")[0])
