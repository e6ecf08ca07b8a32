"""One open event stream: a bounded queue and whoever empties it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any

from handrail.web.edge.asgi import Send
from handrail.web.edge.tokens import Grant

QUEUE_MAX = 256
QUEUE_BYTES_MAX = 1_048_576


def frame(event: str, data: Any, *, id: str | int | None = None) -> bytes:
    """One server-sent event. `data` is JSON; `id` is what the browser names when it comes back.

    Raises ValueError for a line break in `event` or `id`.
    """
    if any(mark in f"{event}{id}" for mark in "\r\n\0"):
        raise ValueError("An event's name and id are single lines.")
    head = f"id: {id}\n" if id is not None else ""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}event: {event}\ndata: {said}\n\n".encode()


class Stream:
    """Holds no task while idle: what is put in is written by a task that ends when the queue is empty."""

    __slots__ = (
        "_bytes",
        "_held",
        "_queue",
        "_send",
        "_task",
        "_writer",
        "closing",
        "grant",
        "opened_at",
        "slot",
    )

    def __init__(self, grant: Grant, send: Send, *, opened_at: float, slot: int) -> None:
        self.grant, self._send, self.opened_at, self.slot = grant, send, opened_at, slot
        self._task = asyncio.current_task()
        self._queue: deque[tuple[str, bytes]] = deque()
        self._bytes = 0
        self._writer: asyncio.Task[None] | None = None
        self._held = True
        self.closing = ""

    @property
    def is_idle(self) -> bool:
        return not self._queue and self._writer is None and not self._held

    def put(self, data: bytes, *, id: str = "") -> None:
        """Queue one frame. A reader too slow to keep up is closed, and returns by replay."""
        if self.closing:
            return
        self._queue.append((id, data))
        self._bytes += len(data)
        if len(self._queue) > QUEUE_MAX or self._bytes > QUEUE_BYTES_MAX:
            self.close("slow")
        elif self._writer is None and not self._held:
            self._writer = asyncio.ensure_future(self._write())

    def begin(self, *, without: frozenset[str] = frozenset()) -> None:
        """Let what was queued since opening flow, except frames the replay has shown already."""
        self._queue = deque(pair for pair in self._queue if not pair[0] or pair[0] not in without)
        self._held = False
        if self._queue:
            self._writer = asyncio.ensure_future(self._write())

    async def _write(self) -> None:
        try:
            while self._queue and not self.closing:
                data = b"".join(part for _, part in self._queue)
                self._queue.clear()
                self._bytes = 0
                await self._send({"type": "http.response.body", "body": data, "more_body": True})
        finally:
            self._writer = None

    def close(self, why: str) -> None:
        """End the stream from our side. `why` is slow, revoked, old, gap or stopping."""
        if self.closing:
            return
        self.closing = why
        if self._writer is not None:
            self._writer.cancel()
        if self._task is not None:
            self._task.cancel()

    async def finish(self) -> None:
        """Say goodbye, or cut the line of a reader that takes nothing."""
        transport = getattr(getattr(self._send, "__self__", None), "transport", None)
        if self.closing == "slow" and transport is not None:
            # A polite end would wait behind all that this reader has not taken.
            transport.abort()
            return
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})
