"""PDFs of the preview: typeset in a warm process when somebody looks at one, and drawn page by page."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from briefing.build import makers
from briefing.build.workers import Pool
from briefing.formats.base import Prepared
from briefing.formats.pdf import pictures

_KEPT = 24
"""How many files are kept, the most recently asked for."""
_SCALE = 2
"""Pixels of a picture to a point of paper: sharp on most screens at the width of the preview."""


class Paper:
    """Files that were made, by their fingerprints."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._makers = ThreadPoolExecutor(pool.size, "making")
        self._drawing = ThreadPoolExecutor(1, "drawing")  # pdfium may be used by one thread at a time
        self._made: OrderedDict[str, asyncio.Task[bytes]] = OrderedDict()

    async def made(self, prepared: Prepared) -> bytes:
        """Return the bytes of a file, made once. Raises BriefingError if it cannot be made."""
        name = prepared.fingerprint
        task = self._made.get(name)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._made[name] = asyncio.create_task(self._make(prepared))
        self._made.move_to_end(name)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        # The browser that asked may go away, and others may still wait for it.
        return await asyncio.shield(task)

    async def _make(self, prepared: Prepared) -> bytes:
        make = self._pool.make if prepared.maker in makers.SLOW_MAKERS else makers.make
        return await asyncio.get_running_loop().run_in_executor(self._makers, make, prepared)

    async def known(self, fingerprint: str) -> bytes | None:
        """Return a file that was made; None if it is not kept."""
        task = self._made.get(fingerprint)
        return await asyncio.shield(task) if task else None

    async def sizes(self, data: bytes) -> tuple[tuple[float, float], ...]:
        """Return width and height of every page, in points."""
        return await asyncio.get_running_loop().run_in_executor(self._drawing, pictures.sizes, data)

    async def picture(self, data: bytes, number: int) -> bytes:
        """Return one page, counted from 0, as PNG."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._drawing, pictures.drawn, data, number, _SCALE, 1)

    def close(self) -> None:
        """End the threads; present work is lost."""
        for threads in (self._makers, self._drawing):
            threads.shutdown(wait=False, cancel_futures=True)
