"""A server on loopback that nobody may reach, and one that plays tricks."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Trick = Callable[[socket.socket], None]


class Trap:
    """Counts who got through; each connection is handed to `trick` after its request was read."""

    def __init__(self, trick: Trick | None = None, context=None) -> None:
        self.requests: list[bytes] = []
        self.names: list[str] = []
        self._trick = trick or (
            lambda line: line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ninside")
        )
        self._context = context
        if context:
            context.sni_callback = lambda _sock, name, _context: self.names.append(name)
        self._socket = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            with self._context.wrap_socket(line, server_side=True) if self._context else line as line:
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = line.recv(4096)
                    if not piece:
                        self.requests.append(request)
                        return
                    request += piece
                self.requests.append(request)
                self._trick(line)
        except OSError:
            pass

    def close(self) -> None:
        self._socket.close()


@contextmanager
def trap(trick: Trick | None = None, context=None) -> Iterator[Trap]:
    kept = Trap(trick, context)
    try:
        yield kept
    finally:
        kept.close()


def says(text: str | bytes) -> Trick:
    """A trick that sends these bytes and closes."""
    return lambda line: line.sendall(text if isinstance(text, bytes) else text.encode())
