"""The addresses of the preview, one line each in ``app``."""

from __future__ import annotations

import dataclasses
import mimetypes
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route

from briefing.formats import fonts
from briefing.model.findings import BriefingError
from briefing.preview.desk import Desk
from briefing.preview.events import Events
from briefing.preview.guard import Guard
from briefing.preview.session import SITE_VIEW
from briefing.store import disk, versions

_TYPES = {
    "atom": "application/atom+xml",
    "ics": "text/calendar",
    "md": "text/markdown",
    "ris": "application/x-research-info-systems",
    "ttf": "font/ttf",
}
_OWN = ("preview.css", "preview-page.css", "preview.js")
"""The files of the theme that the preview itself loads."""


def app(
    desk: Desk,
    events: Events,
    token: str,
    port: int,
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]],
    brief: str = "",
) -> Guard:
    """Return the application; ``brief`` is shown first, and ``lifespan`` what runs beside it."""
    answers = _Answers(desk, events, f"/{token}/", brief)
    routes: list[BaseRoute] = [
        Route("/", answers.start),
        Route("/show/{brief}/{view}", answers.show),
        Route("/state/{brief}/{view}", answers.state),
        Route("/changes", answers.changes),
        Route("/page/{brief}/{view}", answers.page),
        Route("/picture/{name}/{number:int}.png", answers.picture),
        Route("/own/{name}", answers.own),
        Route("/site/assets/site.css", answers.style_sheet),
        Route("/site/assets/fonts/{name}", answers.font),
        Route("/site/assets/{name}", answers.asset),
        Route("/site/briefs/{brief}.html", answers.page_of_site),
        Route("/site/{path:path}", answers.file_of_site),
    ]
    return Guard(Starlette(routes=[Mount(f"/{token}", routes=routes)], lifespan=lifespan), token, port)


@dataclasses.dataclass(frozen=True, slots=True)
class _Answers:
    """An answer for each address."""

    desk: Desk
    events: Events
    base: str
    brief: str

    async def start(self, _: Request) -> Response:
        """Lead to the first brief."""
        name = self.brief or await self.desk.first()
        if not name:
            return HTMLResponse(await self.desk.empty())
        return RedirectResponse(f"{self.base}show/{name}/{SITE_VIEW}")

    async def show(self, request: Request) -> Response:
        """Show a brief as it is on the disk; so loading the page again helps where a save was missed."""
        await self.desk.refresh()
        return HTMLResponse(await self.desk.frame(*_named(request)))

    async def state(self, request: Request) -> Response:
        """Return what the frame needs to know after a change."""
        is_whole = "whole" in request.query_params
        return JSONResponse(dataclasses.asdict(await self.desk.answer(*_named(request), is_whole=is_whole)))

    async def changes(self, _: Request) -> Response:
        """Return the stream of events."""
        return StreamingResponse(self.events.stream(), media_type="text/event-stream")

    async def page(self, request: Request) -> Response:
        """Return the document of a view."""
        return HTMLResponse((await self.desk.document(*_named(request))).text)

    async def page_of_site(self, request: Request) -> Response:
        """Return a brief's page on the site, where its links lead to its neighbours."""
        return HTMLResponse((await self.desk.document(request.path_params["brief"], SITE_VIEW)).text)

    async def picture(self, request: Request) -> Response:
        """Return a page of a PDF."""
        named = request.path_params
        return _found(await self.desk.picture(named["name"], named["number"]), "png")

    async def own(self, request: Request) -> Response:
        """Return a file of the preview itself."""
        name = request.path_params["name"]
        return await self._of_theme(name if name in _OWN else "")

    async def asset(self, request: Request) -> Response:
        """Return a file of the site that is one of its theme."""
        return await self._of_theme(request.path_params["name"])

    async def _of_theme(self, name: str) -> Response:
        text = await self.desk.text(name)
        return _found(None if text is None else text.encode(), name)

    async def style_sheet(self, _: Request) -> Response:
        """Return the style sheet of the site."""
        return _found((await self.desk.style_sheet()).encode(), "css")

    async def font(self, request: Request) -> Response:
        """Return a font of the site, whole: a browser knows its kind, and cutting it down takes a second."""
        name = request.path_params["name"]
        face = next((face for face in fonts.FACES if face.name == name), None)
        if face is None:
            return _found(None, name)
        return _found((versions.package_folder(face.package) / "files" / face.file).read_bytes(), "ttf")

    async def file_of_site(self, request: Request) -> Response:
        """Return any other file of the site."""
        try:
            path = disk.refuse_leading_out(request.path_params["path"])
            return _found(await self.desk.file(path), path)
        except BriefingError:  # such as a PDF that has too many pages
            return _found(None, "")


def _named(request: Request) -> tuple[str, str]:
    return request.path_params["brief"], request.path_params["view"]


def _found(data: bytes | None, name: str) -> Response:
    if data is None:
        return PlainTextResponse("The preview does not show this; a build makes it.\n", 404)
    ending = name.rpartition(".")[2]
    kind = _TYPES.get(ending) or mimetypes.types_map.get(f".{ending}", "application/octet-stream")
    return Response(data, media_type=kind)
