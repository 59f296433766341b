"""What the addresses of the preview show: pages of briefs with marks, the frame around them, pages of paper.

It asks the session in its one thread, so that the server goes on answering.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import re
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from briefing.formats.base import Prepared
from briefing.memo.coding import DamagedError
from briefing.model.findings import BriefingError, PageBudgetError, Severity
from briefing.preview import marks
from briefing.preview.marks import Mark
from briefing.preview.paper import Paper
from briefing.preview.session import SITE_VIEW, Laid, Session, State
from briefing.preview.spots import Found
from briefing.store.database import BrokenError
from briefing.store.watching import EVERYTHING

_T = TypeVar("_T")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
"""The policy of a page, in place of which the preview has its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document to be shown."""

    text: str
    digest: str
    placed: frozenset[int] = frozenset()
    """The numbers of the findings that have a mark on it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the frame needs to know after a change, and shows."""

    title: str
    bar: str
    panel: str
    address: str
    """Of the document within the frame; another one if it has changed."""
    is_checked: bool


class Desk:
    """The preview of one project, below the path of a token."""

    def __init__(self, start: Callable[[], Session], paper: Paper, base: str) -> None:
        self._start = start
        self._paper = paper
        self._base = base
        self._thread = ThreadPoolExecutor(1, "session")
        self._session: Session | None = None
        self._pages: dict[tuple[str, str], Page] = {}
        """Pages with marks as they are now, by brief and view."""

    def close(self) -> None:
        """End the thread of the session."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def refresh(self, paths: Collection[str] = EVERYTHING) -> bool:
        """Read the project again; return whether anything has changed."""
        return await self._ask(functools.partial(_refreshed, paths=paths, pages=self._pages))

    async def first(self) -> str:
        """Return the brief to begin with; empty if there is none."""
        found = await self._ask(Session.briefs)
        return found[0][0] if found else ""

    async def empty(self) -> str:
        """Return the page for a project without briefs."""
        return await self._ask(
            lambda session: session.html("preview-nothing.html.j2", title="", why="", base=self._base)
        )

    async def answer(self, brief: str, view: str, is_whole: bool) -> Answer:
        """Return what the frame shows of a brief; ``is_whole`` waits for the findings of all checks."""
        return await self._ask(functools.partial(self._answered, brief=brief, view=view, is_whole=is_whole))

    async def frame(self, brief: str, view: str) -> str:
        """Return the page of the preview itself."""
        found = await self.answer(brief, view, is_whole=False)
        context = {"answer": found, "brief": brief, "view": view, "base": self._base}
        return await self._ask(lambda session: session.html("preview.html.j2", **context))

    async def document(self, brief: str, view: str) -> Page:
        """Return the document within the frame: a page with marks, or the pages of a PDF."""
        laid = await self._ask(lambda session: session.laid(brief, view))
        if laid is None or laid.prepared.maker == "text":
            return await self._ask(functools.partial(self._page, brief=brief, view=view))
        return await self._of_paper(brief, laid)

    async def _of_paper(self, brief: str, laid: Laid) -> Page:
        name = laid.prepared.fingerprint
        context: dict[str, Any] = {
            "base": self._base,
            "title": laid.prepared.title,
            "made": name,
            "problem": None,
        }
        try:
            sizes = await self._paper.sizes(await self._paper.made(laid.prepared))
        except PageBudgetError as error:
            context["problem"], sizes = (
                ("preview.too_long", {"takes": error.takes, "allowed": error.allowed}),
                (),
            )
        except BriefingError as error:
            context["problem"], sizes = ("preview.not_made", {"why": str(error)}), ()
        file = f"site/briefs/{brief}{laid.suffix}"
        text = await self._ask(
            lambda session: session.html("preview-paper.html.j2", sizes=sizes, file=file, **context)
        )
        return Page(text, name)

    async def picture(self, fingerprint: str, number: int) -> bytes | None:
        """Return one page of a PDF, counted from 1, as PNG; None if there is none."""
        data = await self._paper.known(fingerprint)
        if data is None or not 0 < number <= len(await self._paper.sizes(data)):
            return None
        return await self._paper.picture(data, number - 1)

    async def file(self, path: str) -> bytes | None:
        """Return a file of the site, as a build would make it; None if there is none."""
        prepared = await self._ask(functools.partial(_file, path=path))
        return await self._paper.made(prepared) if prepared else None

    async def text(self, name: str) -> str | None:
        """Return a file of the theme; None if there is none."""
        return await self._ask(lambda session: session.text_of(name))

    async def style_sheet(self) -> str:
        """Return the style sheet of the site."""
        return await self._ask(Session.style_sheet)

    # ----------------------------------------------------------------------------------------- in the thread

    async def _ask(self, work: Callable[[Session], _T]) -> _T:
        def in_thread() -> _T:
            if self._session is None:
                self._session = self._start()
            try:
                return work(self._session)
            except (BrokenError, DamagedError):
                self._session.start_over()
                return work(self._session)

        return await asyncio.get_running_loop().run_in_executor(self._thread, in_thread)

    def _answered(self, session: Session, brief: str, view: str, is_whole: bool) -> Answer:
        if is_whole and session.check():
            self._pages.clear()
        state = session.state(brief)
        view = view if view in dict(state.views) else next(iter(dict(state.views)), view)
        laid = session.laid(brief, view)
        is_paper = laid is not None and laid.prepared.maker != "text"
        if laid and is_paper:
            page = Page("", laid.prepared.fingerprint)
        else:
            page = self._made(session, state, laid, view)
        context = {
            "state": state,
            "view": view,
            "base": self._base,
            "counted": _counted(state),
            "placed": page.placed,
        }
        return Answer(
            state.title,
            session.html("preview-bar.html.j2", **context),
            session.html("preview-panel.html.j2", **context),
            f"{self._base}{_address(brief, view)}?v={page.digest}",
            state.is_checked,
        )

    def _page(self, session: Session, brief: str, view: str) -> Page:
        """Return a page with marks, made once after each change."""
        known = self._pages.get((brief, view))
        return known or self._made(session, session.state(brief), session.laid(brief, view), view)

    def _made(self, session: Session, state: State, laid: Laid | None, view: str) -> Page:
        if (state.brief, view) not in self._pages:
            text, placed = self._marked(session, state, laid) if laid else self._nothing(session, state)
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            self._pages[state.brief, view] = Page(text, digest, placed)
        return self._pages[state.brief, view]

    def _marked(self, session: Session, state: State, laid: Laid) -> tuple[str, frozenset[int]]:
        text = laid.prepared.text
        if laid.suffix != ".html":
            context = {"title": state.title, "text": text, "base": self._base}
            return session.html("preview-text.html.j2", **context), frozenset()
        wanted = [
            _mark(session, item) for item in state.found if item.spot and laid.is_current and _is_marked(item)
        ]
        text, placed = marks.marked(text, wanted)
        cards = session.html(
            "preview-cards.html.j2", found=[item for item in state.found if item.number in placed]
        )
        head = session.html("preview-head.html.j2", base=self._base)
        text = _POLICY.sub("", text).replace("</head>", f"{head}</head>", 1)
        return text.replace("</body>", f"{cards}</body>"), placed

    def _nothing(self, session: Session, state: State) -> tuple[str, frozenset[int]]:
        context = {"title": state.title, "why": state.held, "base": self._base}
        return session.html("preview-nothing.html.j2", **context), frozenset()


def _refreshed(session: Session, paths: Collection[str], pages: dict[tuple[str, str], Page]) -> bool:
    has_changed = session.refresh(paths)
    if has_changed:
        pages.clear()
    return has_changed


def _file(session: Session, path: str) -> Prepared | None:
    folder, _, name = path.rpartition("/")
    brief, _, suffix = name.partition(".")
    if folder == "briefs":
        for view, _ in session.state(brief).views if brief in dict(session.briefs()) else ():
            laid = session.laid(brief, view) if view != SITE_VIEW else None
            if laid and laid.suffix == f".{suffix}" and suffix != "html":
                return laid.prepared
    return session.file(path)


def _address(brief: str, view: str) -> str:
    return f"site/briefs/{brief}.html" if view == SITE_VIEW else f"page/{brief}/{view}"


def _is_marked(item: Found) -> bool:
    return item.finding.severity is not Severity.NOTE


def _mark(session: Session, item: Found) -> Mark:
    assert item.spot
    badge = session.html("preview-badge.html.j2", item=item).strip()
    return Mark(item.number, item.finding.severity, item.spot, badge)


def _counted(state: State) -> dict[str, int]:
    return {kind.value: sum(item.finding.severity is kind for item in state.found) for kind in Severity}
