"""The front door: sends each request to pages, static files or streams, and lives as long as the server."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import quote

from handrail.web.edge.adapter import Adapter, Busy
from handrail.web.edge.asgi import TEXT, Receive, Scope, Send, nobody_leaves, reply
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from handrail.web.edge.static import PREFIX, Static
from handrail.web.edge.streams import Streams

TOPICS = ("stream", "revoke", "stamp")
LIVE = "/live"
ALLOWED = (b"allow", b"GET, HEAD, POST, OPTIONS")
# Requests leave little garbage in cycles, while each full collection would hold up every stream for 25 ms and more.
GC_THRESHOLDS = (100_000, 50, 1_000)


class Listening(Protocol):
    def wait(self, seconds: float) -> dict[str, Any] | None: ...
    def close(self) -> None: ...


class Front:
    """The ASGI application the server runs. `listen` opens this process's place on the bus."""

    def __init__(
        self,
        *,
        django: Adapter,
        pages: Pages,
        static: Static,
        stamps: Stamps,
        listen: Callable[[], Listening],
    ) -> None:
        self._django, self._pages, self._static, self._stamps = django, pages, static, stamps
        self.streams = Streams(self._replay)
        self._listen = listen
        self._tasks: list[asyncio.Task[None]] = []
        self._bus: Listening | None = None
        self._stopping = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"]
            if scope["method"] == "TRACE":
                # It would send back what the browser alone should hold.
                await reply(send, 405, b"TRACE is not taken here.\n", [TEXT, ALLOWED])
            elif path.startswith(PREFIX):
                await self._static(scope, receive, send)
            elif path == LIVE:
                await self.streams(scope, receive, send)
            elif path == "/healthz":
                await reply(send, 200, b"ok\n")
            else:
                await self._pages(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> None:
        self._tasks = [
            asyncio.ensure_future(self._stamps.watch()),
            asyncio.ensure_future(self.streams.comment()),
        ]
        self._bus = self._listen()
        loop = asyncio.get_running_loop()
        if hasattr(self._bus, "fileno"):
            loop.add_reader(self._bus.fileno(), self._read)
        else:
            threading.Thread(target=self._wait, args=(self._bus, loop), daemon=True, name="bus").start()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)

    def _read(self) -> None:
        # One burst at a time, so that a flood of messages leaves room for requests.
        for _ in range(64):
            message = self._bus.receive()  # type: ignore[union-attr]
            if message is None:
                return
            self._heard(message)

    def _wait(self, bus: Listening, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            if message := bus.wait(1.0):
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._heard, message)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["topic"] == "stamp":
            self._stamps.heard(message)
        else:
            self.streams.heard(message)

    async def _replay(self, scope: Scope, path: str, after: str, token: str) -> bytes | None:
        """Ask a view of this site what a returning browser missed; as the browser, by its cookies."""
        headers = [pair for pair in scope["headers"] if pair[0] in (b"host", b"cookie", b"x-forwarded-proto")]
        asked = {
            **scope,
            "method": "GET",
            "path": path,
            "raw_path": quote(path).encode(),
            "query_string": f"after={quote(after, safe='')}".encode(),
            "headers": [*headers, (b"x-stream-token", token.encode())],
        }
        try:
            answer = await self._django.ask(asked, nobody_leaves)
        except Busy:
            return None
        if answer is None or answer.rest is not None or answer.status != 200:
            if answer is not None and answer.rest is not None:
                answer.rest.close()
            return None
        return answer.body

    def _stop(self) -> None:
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        if self._bus is not None:
            if hasattr(self._bus, "fileno"):
                asyncio.get_running_loop().remove_reader(self._bus.fileno())
            self._bus.close()
        self._django.close()
