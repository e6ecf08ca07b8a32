"""Asking an ASGI application without a server, and running one on a real port."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn


@dataclass
class Got:
    """What came back, as the wire would carry it."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    pieces: int = 0

    def __getitem__(self, name: str) -> str:
        found = [value.decode() for key, value in self.headers if key == name.encode()]
        return found[0] if found else ""

    def every(self, name: str) -> list[str]:
        return [value.decode() for key, value in self.headers if key == name.encode()]


def scope(
    method: str, path: str, headers: dict[str, str] | list[tuple[str, str]] | None = None
) -> dict[str, Any]:
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or [])
    if not any(name.lower() == "host" for name, _ in pairs):
        pairs.insert(0, ("host", "testserver"))
    bare, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": bare,
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8520),
        "client": ("127.0.0.1", 40000),
    }


async def ask(
    app: Any,
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | list[tuple[str, str]] | None = None,
    body: Iterable[bytes] = (),
    leaves: asyncio.Event | None = None,
) -> Got:
    """One request. `body` is sent piece by piece; `leaves`, once set, disconnects the client."""
    got, pieces, left = Got(), list(body), leaves or asyncio.Event()

    async def receive() -> dict[str, Any]:
        if pieces:
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert not got.status, "started twice"
            got.status, got.headers = message["status"], list(message["headers"])
        else:
            got.body += message.get("body", b"")
            got.pieces += 1

    await app(scope(method, path, headers), receive, send)
    return got


def wsgi(status: str, headers: list[tuple[str, str]], body: Iterable[bytes]) -> Callable[..., Any]:
    """A WSGI application that always says the same."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response(status, headers)
        return body

    return application


@contextmanager
def served(app: Any) -> Iterator[int]:
    """`app` under uvicorn in a thread of this process; gives its port."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(5)
