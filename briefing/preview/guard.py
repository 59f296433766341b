"""The guard of the preview: only a browser of this machine that has the address may read, and only read.

Another page in the same browser can send requests here, also under a name of its own that leads to this
machine (DNS rebinding). So a request must name this machine as its host, must not come from another page, and
must know the token in the path.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; "
    "base-uri 'none'"
)
"""A page of a brief has its styles within it; all its text is escaped by the program."""
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_OWN_REQUESTS = ("same-origin", "none", "")
"""Values of Sec-Fetch-Site: a page of the preview asks, the person does, or a program that is no browser."""


class Guard:
    """An application behind the guard."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{HOST}:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            return _refused(405, "The preview only shows; it takes nothing.", [("allow", "GET, HEAD")])
        if headers.get("host", "") not in self._hosts:
            return _refused(421, "The preview answers under the address that it printed.")
        origin = headers.get("origin", "")
        is_own = not origin or origin.removeprefix("http://") in self._hosts
        if not is_own or headers.get("sec-fetch-site", "") not in _OWN_REQUESTS:
            return _refused(403, "The preview answers no other page.")
        given = scope["path"].split("/")[1]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return _refused(404, "The preview has another address: the one that it printed.")
        return None


def _refused(status: int, why: str, headers: Iterable[tuple[str, str]] = ()) -> PlainTextResponse:
    return PlainTextResponse(f"{why}\n", status, dict(headers))
