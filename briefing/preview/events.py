"""News for browsers: a stream to each that is open, with a line whenever the project has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

_PULSE = 20
"""Seconds after which a silent stream shows that it is open."""


class Events:
    """The streams that are open, and the number of the last change."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = asyncio.Condition()
        self._has_ended = False

    async def publish(self) -> None:
        """Report a change to every browser."""
        await self._report()

    async def end(self) -> None:
        """End every stream."""
        self._has_ended = True
        await self._report()

    async def _report(self) -> None:
        async with self._changed:
            self._number += 1
            self._changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """Yield the events of one browser, as server-sent events; the first says that the stream is open."""
        seen = -1
        while not self._has_ended:
            if seen != self._number:
                seen = self._number
                yield f"event: changed\nid: {seen}\ndata: {seen}\n\n"
                continue
            try:
                async with asyncio.timeout(_PULSE), self._changed:
                    await self._changed.wait()
            except TimeoutError:
                yield ": open\n\n"
