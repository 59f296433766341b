"""Typesetting of a page for print to the bytes of a PDF. The only door to WeasyPrint.

WeasyPrint and the libraries below it are imported late, in the processes that the build starts for it.
Only prepared values are read: the fetcher refuses every address, and the only visible fonts are those of the
font packages, so that a PDF is the same on every machine.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import logging
import os
import platform
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from briefing.formats.base import Prepared
from briefing.formats.pdf import instances, lines, pdfa, tags
from briefing.model.findings import MissingLibraryError, PageBudgetError, RenderError
from briefing.store import box, versions
from briefing.store.font_files import FontFile

TIMESTAMP = "946684800"
"""The time stamp of every embedded font; the real time of subsetting would differ from build to build."""
_LAYOUTS = 4
"""The number of times that a page is laid out at most, while the layout loses notes."""
_OPTIONS = {"pdf_version": "1.7", "pdf_identifier": True, "output_intent": "srgb"}
"""WeasyPrint's options for PDF/A; its own tagging is off, because ``tags`` does that."""

_INSTALL = {
    "debian": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "ubuntu": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install pango",
    "arch": "pacman -S pango",
    "alpine": "apk add pango",
    "suse": "zypper install libpango-1_0-0",
    "darwin": "brew install pango",
    "windows": "run Briefing in WSL, or install Pango by MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango",
}


def make(prepared: Prepared) -> bytes:
    """Return a prepared page as a PDF. Raises MissingLibraryError without Pango, RenderError on failure."""
    if versions.pango() is None:
        raise MissingLibraryError(f"PDF needs the system library Pango; install it with: {how_to_install()}")
    with _logged() as records:
        weasyprint = _weasyprint()
        fonts = _fonts(prepared.fonts)
        fetcher = _fetcher()
        try:
            style, problems = _style_sheet(prepared.styles)
            records.extend(problems)

            def lay_out(text: str) -> Any:
                page = weasyprint.HTML(string=text, url_fetcher=fetcher, base_url="briefing:")
                for _ in range(_LAYOUTS):
                    document = page.render(font_config=fonts, stylesheets=[style], **_OPTIONS)
                    if not tags.keep_lost_notes(document, page.etree_element):
                        break
                return document

            data = _written(_fitting(prepared, lay_out), prepared)
        except MemoryError as error:
            raise RenderError(f"the PDF needs more than {box.PAGE.megabytes // 1024} GB of memory") from error
        except RecursionError as error:
            raise RenderError("the page is nested too deeply to be typeset") from error
        except weasyprint.urls.FatalURLFetchingError as error:
            raise RenderError(f"the PDF refers to something outside it: {error}") from error
    if records:
        raise RenderError("WeasyPrint reports problems: " + "; ".join(dict.fromkeys(records)))
    return bytes(data)


def _fitting(prepared: Prepared, lay_out: Callable[[str], Any]) -> Any:
    """Return the layout of the first text that fits the allowed pages."""
    pages = 0
    for text in (prepared.text, *prepared.shorter):
        document = lay_out(text)
        pages = len(document.pages)
        if not prepared.max_pages or pages <= prepared.max_pages:
            return document
    raise PageBudgetError(pages, prepared.max_pages)


def _written(document: Any, prepared: Prepared) -> Any:
    """Return a layout as an accessible PDF for the archive: PDF/UA-1 and PDF/A-3a."""
    language = document.metadata.lang
    if not language:
        raise RenderError("the page does not state its language")
    recorder = tags.DrawRecorder(document)
    document.fonts = instances.Fonts()

    def finish(_: Any, pdf: Any) -> None:
        recorder.finish(pdf, language)
        pdfa.finish(pdf, document.metadata, prepared.attachments)

    return document.write_pdf(finisher=finish, **_OPTIONS)


def warm_up() -> None:
    """Import the libraries of ``make`` ahead of its first call; do nothing where one is missing."""
    if versions.pango() is not None:
        _weasyprint()
        _fonts(())
        gc.freeze()  # what is imported never becomes garbage, and need not be looked through for it


def how_to_install() -> str:
    """Return the command that installs Pango on this system."""
    if sys.platform in ("darwin", "win32"):
        return _INSTALL["darwin" if sys.platform == "darwin" else "windows"]
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    names = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
    return next(
        (_INSTALL[name] for name in names if name in _INSTALL), "the package manager of this system: pango"
    )


@functools.cache
def font_folders() -> tuple[Path, ...]:
    """Return the folders of the font packages."""
    return tuple(versions.package_folder(name) / "files" for name in versions.FONT_PACKAGES)


@functools.cache
def _weasyprint() -> Any:
    """Return WeasyPrint, imported once for each process."""
    with _font_settings(()), _without_path():
        os.environ["SOURCE_DATE_EPOCH"] = TIMESTAMP
        os.environ |= versions.library_search(os.environ)
        import weasyprint
        from weasyprint.layout import inline, preferred

        inline.split_first_line = preferred.split_first_line = lines.remembering(inline.split_first_line)
        return weasyprint


@functools.lru_cache(maxsize=8)
def _fonts(others: tuple[FontFile, ...]) -> Any:
    """Return the fonts of a document: those of the font packages, and others that its text needs.

    A document sees only the others that it needs, so that they change nothing elsewhere.
    """
    from weasyprint.text.fonts import FontConfiguration

    folders = [_folder_of(others)] if others else []
    with _font_settings([Path(folder.name) for folder in folders]):
        configuration = FontConfiguration()
    configuration.folders = folders  # the files are read while pages are drawn, and go with the process
    return configuration


def _folder_of(files: Iterable[FontFile]) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that shows some font files and no other."""
    folder = tempfile.TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True)
    for number, file in enumerate(files):
        place = Path(folder.name) / f"{number}{file.place.suffix}"
        try:
            place.symlink_to(file.place)
        except OSError:  # Windows reserves links for administrators
            shutil.copyfile(file.place, place)
    return folder


@contextlib.contextmanager
def _font_settings(others: Iterable[Path]) -> Iterator[None]:
    """Let fontconfig see the font packages and some other folders while it is asked for its fonts."""
    folders = "".join(f"<dir>{folder}</dir>" for folder in (*font_folders(), *others))
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        settings = Path(folder) / "fonts.conf"
        # fontconfig caches what it has read of the fonts. Reading these few again takes no time, and a cache
        # here leaves nothing in the user's home directory.
        cache = f"<cachedir>{Path(folder) / 'cache'}</cachedir>"
        settings.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
            f"<fontconfig>{folders}{cache}</fontconfig>",
            encoding="utf-8",
        )
        os.environ["FONTCONFIG_FILE"] = str(settings)
        yield


@contextlib.contextmanager
def _without_path() -> Iterator[None]:
    """Hide the PATH: ctypes would start a compiler to look for libraries; without it, it asks the loader."""
    path = os.environ.pop("PATH", None)
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path


@functools.lru_cache(maxsize=8)
def _style_sheet(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return a style sheet, parsed once for each process, and the problems of every page that it styles."""
    with _logged() as records:
        sheet = _weasyprint().CSS(
            string=text, font_config=_fonts(()), url_fetcher=_fetcher(), base_url="briefing:"
        )
    return sheet, tuple(records)


@functools.cache
def _fetcher() -> Any:
    urls: Any = _weasyprint().urls

    class Refuse(urls.URLFetcher):  # type: ignore[misc]
        """A fetcher that refuses every address: a page contains everything that it needs."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise urls.FatalURLFetchingError(f"'{url}' is not part of the page")

    return Refuse(fail_on_errors=True)


def _said(record: logging.LogRecord) -> str:
    """Return a message of WeasyPrint; of a missing character, its name."""
    if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
        character = str(record.args[0])
        return f"no font has {unicodedata.name(character, 'the character')} (U+{ord(character):04X})"
    return record.getMessage()


@contextlib.contextmanager
def _logged() -> Iterator[list[str]]:
    """Gather the messages that WeasyPrint logs; the caller turns them into an error."""
    records: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: records.append(_said(record))  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    previous, logger.handlers, logger.propagate = logger.handlers, [handler], False
    try:
        yield records
    finally:
        logger.handlers = previous
