"""The server of the preview, on the loopback only. The only door to uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import uvicorn

from briefing.build import workers
from briefing.model.findings import UsageError
from briefing.preview import routes
from briefing.preview.desk import Desk
from briefing.preview.events import Events
from briefing.preview.guard import HOST
from briefing.preview.paper import Paper
from briefing.preview.session import Session
from briefing.store import watching

_WORKERS = 2
"""How many PDFs are made at a time: somebody looks at one."""
_PATIENCE = 2
"""Seconds in which open requests may end."""


def run(
    start: Callable[[], Session], root: Path, brief: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve until the process is asked to end, and raise KeyboardInterrupt then.

    ``start`` opens the project; ``port`` 0 takes any; ``ready`` is called with the address. Raises UsageError
    if the port is taken.
    """
    token = secrets.token_urlsafe(16)
    with _listening(port) as listener, workers.started(_WORKERS) as pool:
        pool.warm_up()
        number = listener.getsockname()[1]
        paper = Paper(pool)
        desk = Desk(start, paper, f"/{token}/")
        events = Events()
        stop = threading.Event()
        guarded = routes.app(desk, events, token, number, _watching(desk, events, root, stop), brief)
        config = uvicorn.Config(
            guarded,
            lifespan="on",
            log_level="error",
            access_log=False,
            http="h11",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        ready(f"http://{HOST}:{number}/{token}/")
        try:
            _Server(config, events).run([listener])
        finally:
            stop.set()
            desk.close()
            paper.close()


class _Server(uvicorn.Server):
    """A server that ends the streams of events before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order; uvicorn calls this."""
        await self._events.end()
        await super().shutdown(sockets)


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise UsageError(f"port {port} cannot be used: {error.strerror}; choose another, or none") from error
    listener.listen()
    return listener


def _watching(desk: Desk, events: Events, root: Path, stop: threading.Event) -> Any:
    """Return what runs beside the server: it reads the project again after every save."""

    @contextlib.asynccontextmanager
    async def beside(_: object) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()

        async def refresh(paths: frozenset[str]) -> None:
            if await desk.refresh(paths):
                await events.publish()

        def watch() -> None:
            for paths in watching.changes(root, stop):
                with contextlib.suppress(RuntimeError, asyncio.CancelledError):  # the server has ended
                    asyncio.run_coroutine_threadsafe(refresh(paths), loop).result()

        threading.Thread(target=watch, name="watch", daemon=True).start()
        yield
        stop.set()

    return beside
