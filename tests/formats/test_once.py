"""What typesetting does once, counted in steps and not in seconds; and that the bytes stay the same."""

from __future__ import annotations

import hashlib
import inspect
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from briefing.formats.base import Prepared
from briefing.formats.pdf import instances, lines, typeset
from briefing.model.findings import RenderError
from briefing.store import versions

pytestmark = [
    pytest.mark.pdf,
    pytest.mark.skipif(versions.pango() is None, reason="Pango is not installed"),
]

STYLES = """
@page { size: A5 }
body { font: 11px/1.4 'Source Serif 4'; hyphens: auto }
h1 { font: 600 22px 'Source Sans 3' }
em { font-style: italic } strong { font-weight: 700 }
code { font-family: 'IBM Plex Mono' }
.footnote { float: footnote }
td { letter-spacing: 0.2px; text-decoration: underline }
"""
SENTENCE = "The órgan of the ‘affiliated’ council, Київ’s ﬁrst, is <em>undoubtedly</em> internationalised. "
ROWS = "".join(f"<tr><th>Row {number}<td>{SENTENCE}<td><code>a{number}</code>" for number in range(4))
NOTES = "".join(
    f"<p>{SENTENCE * 3}<strong>Noted</strong><span class='footnote'>{number}: {SENTENCE}</span>"
    for number in range(12)
)
PAGE = Prepared(
    "pdf",
    f"<!doctype html><html lang='en'><title>Once</title><h1>Once</h1><table>{ROWS}</table>{NOTES}",
    STYLES,
)


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what other tests have typeset in this process."""
    instances.instance.cache_clear()
    typeset._style_sheet.cache_clear()
    _wrap(monkeypatch, lambda split: lines.remembering(_own(split)))
    yield


def _layouts() -> tuple[Any, Any]:
    typeset.warm_up()
    from weasyprint.layout import inline, preferred

    return inline, preferred


def _own(split: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's own function, below what wraps it."""
    from weasyprint.text import line_break

    assert split is not line_break.split_first_line, "typesetting does not remember its lines"
    return line_break.split_first_line  # type: ignore[no-any-return]


def _wrap(monkeypatch: pytest.MonkeyPatch, wrapper: Callable[[Callable[..., Any]], Any]) -> None:
    for module in _layouts():
        monkeypatch.setattr(module, "split_first_line", wrapper(module.split_first_line))


def _counted(monkeypatch: pytest.MonkeyPatch, holder: Any, name: str) -> list[Any]:
    """The first arguments of every call of a function, from now on."""
    calls: list[Any] = []
    function = getattr(holder, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        calls.append(arguments[0] if arguments else None)
        return function(*arguments, **named)

    monkeypatch.setattr(holder, name, counting)
    return calls


# ----------------------------------------------------------------------------------------- the same bytes


def test_bytes_are_those_of_weasyprints_own_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = typeset.make(PAGE)
    monkeypatch.setattr(instances, "Fonts", dict)
    _wrap(monkeypatch, _own)
    assert typeset.make(PAGE) == quick


def test_second_time_gives_the_bytes_of_the_first() -> None:
    assert typeset.make(PAGE) == typeset.make(PAGE)


def test_every_property_that_a_line_depends_on_is_in_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()

    class Recorded:
        """A style that notes which of its properties are read."""

        def __init__(self, style: Any) -> None:
            self.style = style

        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return self.style[name]

        def __getattr__(self, name: str) -> Any:
            return getattr(self.style, name)

    def recording(split: Callable[..., Any]) -> Callable[..., Any]:
        own = _own(split)
        return lambda text, style, *others, **named: own(text, Recorded(style), *others, **named)

    _wrap(monkeypatch, recording)
    typeset.make(PAGE)
    assert {"font_size", "hyphens", "letter_spacing", "lang"} <= read
    assert read <= {*lines.PROPERTIES, lines.DECORATION}


def test_functions_of_weasyprint_that_we_wrap_are_those_that_we_know() -> None:
    """With another WeasyPrint, read what it changed, hold ``lines`` and ``instances`` to it, and write its
    digests here."""
    _layouts()
    from weasyprint.pdf import fonts
    from weasyprint.text import line_break

    texts = inspect.getsource(line_break), inspect.getsource(fonts.Font)
    assert [hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts] == [
        "1f5a855ad992e0be",
        "1888854798bf8726",
    ]


# ---------------------------------------------------------------------------------------- once a process


def test_style_sheet_is_parsed_once_for_each_process(monkeypatch: pytest.MonkeyPatch) -> None:
    weasyprint = typeset._weasyprint()
    parsed = _counted(monkeypatch, weasyprint, "CSS")
    for words in ("one", "two", "three"):
        typeset.make(Prepared("pdf", PAGE.text + words, STYLES))
    assert len(parsed) == 1
    typeset.make(Prepared("pdf", PAGE.text, STYLES + "p { margin: 0 }"))
    assert len(parsed) == 2


def test_mistake_in_a_style_sheet_is_reported_for_every_page() -> None:
    for _ in range(2):
        with pytest.raises(RenderError, match="no-such-property"):
            typeset.make(Prepared("pdf", PAGE.text, STYLES + "p { no-such-property: 1 }"))


def test_font_is_reduced_once_for_each_process() -> None:
    typeset.make(PAGE)
    first = instances.instance.cache_info()
    assert first.misses > 4
    typeset.make(Prepared("pdf", PAGE.text.replace("<title>Once", "<title>Again"), STYLES))
    assert instances.instance.cache_info().misses == first.misses


def test_only_glyphs_in_use_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    from fontTools.varLib import instancer

    computed = _counted(monkeypatch, instancer, "_instantiateGvarGlyph")
    typeset.make(PAGE)
    characters = len({*PAGE.text})
    assert 0 < len(computed) < 2 * characters * instances.instance.cache_info().misses
    assert {*computed} > {"a", "e", "n"}


def test_line_is_broken_once_for_each_process(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    broken: list[str] = []

    def counting(into: list[str], split: Callable[..., Any]) -> Callable[..., Any]:
        def split_first_line(text: str, *arguments: Any, **named: Any) -> Any:
            into.append(text)
            return split(text, *arguments, **named)

        return split_first_line

    remembered = lines.remembering(counting(broken, _own(_layouts()[0].split_first_line)))
    for module in _layouts():
        monkeypatch.setattr(module, "split_first_line", counting(asked, remembered))
    typeset.make(PAGE)
    assert len(asked) > 2 * len(broken) > 0  # notes are laid out again for each that joins them
    first = len(broken)
    typeset.make(PAGE)
    assert len(broken) == first


def test_stream_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed = _counted(monkeypatch, zlib, "compressobj")
    data = typeset.make(PAGE)
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = sum(isinstance(item, pikepdf.Stream) for item in document.objects)
    written = len(re.findall(rb"/Filter /FlateDecode", data))
    assert streams > 5
    # pydyf asks for the stream that holds all small objects twice: for the file and for its identifier.
    assert len(compressed) <= written + 1
