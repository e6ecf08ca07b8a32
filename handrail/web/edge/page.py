"""One finished page: its bytes in three codings, and the messages that send them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field

import brotli

from handrail.web.edge import direct
from handrail.web.edge.asgi import Headers, Message, Send

# Browsers and proxies may keep a page but ask each time, which costs us a 304 from memory.
CACHE_CONTROL = (b"cache-control", b"public, no-cache")
VARY = (b"vary", b"Accept-Encoding, Cookie")
REPLACED = frozenset(
    {b"cache-control", b"content-length", b"etag", b"vary", b"content-encoding", b"last-modified"}
)
SMALL_BYTES = 256  # below this, packing saves nothing
BROTLI_QUALITY = 5
EMPTY: Message = {"type": "http.response.body", "body": b""}


@dataclass(slots=True)
class Ready:
    """One coding: the two ASGI messages, and the first of them as bytes."""

    start: Message
    body: Message
    head: bytes


@dataclass(slots=True)
class Page:
    """Ready to send. `stamp` was current before the render began; `until` is on the monotonic clock."""

    brand: int
    stamp: int
    until: float
    etag: bytes
    unchanged: Message
    codings: dict[str, Ready] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it takes in memory, roughly."""
        return 2_000 + sum(len(ready.body["body"]) for ready in self.codings.values())

    async def send(self, send: Send, *, coding: str, etag: bytes, head: bool) -> None:
        if etag and matches(etag, self.etag):
            await send(self.unchanged)
            await send(EMPTY)
            return
        ready = self.codings[coding]
        body = EMPTY if head else ready.body
        if not direct.write(send, ready.start["status"], ready.head, body["body"]):
            await send(ready.start)
            await send(body)


def finish(status: int, headers: Headers, body: bytes, *, brand: int, stamp: int, until: float) -> Page:
    """Pack a rendered answer. Takes a millisecond or so: not for the event loop."""
    etag = b'W/"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    kept = [pair for pair in headers if pair[0] not in REPLACED]
    shared = [*kept, CACHE_CONTROL, VARY, (b"etag", etag)]
    unchanged = {"type": "http.response.start", "status": 304, "headers": shared}
    page = Page(brand, stamp, until, etag, unchanged)
    plain = _ready(status, shared, body, b"")
    page.codings = {"identity": plain, "gzip": plain, "br": plain}
    if len(body) > SMALL_BYTES:
        page.codings["gzip"] = _ready(status, shared, gzip.compress(body, 6, mtime=0), b"gzip")
        page.codings["br"] = _ready(status, shared, brotli.compress(body, quality=BROTLI_QUALITY), b"br")
    return page


def _ready(status: int, headers: Headers, body: bytes, coding: bytes) -> Ready:
    own = [*headers, (b"content-length", str(len(body)).encode())]
    if coding:
        own.append((b"content-encoding", coding))
    start = {"type": "http.response.start", "status": status, "headers": own}
    return Ready(start, {"type": "http.response.body", "body": body}, direct.head_of(start))


def matches(asked: bytes, etag: bytes) -> bool:
    """If-None-Match, compared weakly."""
    bare = etag.removeprefix(b"W/")
    return asked == b"*" or any(part.strip().removeprefix(b"W/") == bare for part in asked.split(b","))
