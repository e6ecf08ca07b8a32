"""The shapes of ASGI that the edge uses, and answers short enough to be made by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

TEXT = (b"content-type", b"text/plain; charset=utf-8")


def header(scope: Scope, name: bytes) -> bytes:
    """The first value of a request header (name in lower case), or nothing."""
    for found, value in scope["headers"]:
        if found == name:
            return value
    return b""


async def reply(
    send: Send, status: int, body: bytes = b"", headers: Iterable[tuple[bytes, bytes]] = (TEXT,)
) -> None:
    """A whole answer at once."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def busy(send: Send, seconds: int = 2) -> None:
    """503: there is more to do than can wait in line."""
    retry = (b"retry-after", str(seconds).encode())
    await reply(send, 503, b"Too many requests are waiting. Please try again in a moment.\n", [TEXT, retry])


async def nobody_leaves() -> Message:
    """The `receive` of a request that the edge makes itself: its client never disconnects."""
    await asyncio.Event().wait()
    raise AssertionError
