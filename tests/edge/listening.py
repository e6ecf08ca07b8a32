"""A browser's EventSource, in as many lines as it takes to count what it hears."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any


@dataclass
class Heard:
    event: str
    data: Any
    id: str


class Listener:
    """One open stream over a real socket."""

    def __init__(self, port: int, token: str, *, last: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        again = f"Last-Event-ID: {last}\r\n" if last else ""
        self.socket.sendall(f"GET /live?token={token} HTTP/1.1\r\nHost: testserver\r\n{again}\r\n".encode())
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = {}
        while line := self.file.readline().strip():
            name, _, value = line.decode().partition(":")
            self.headers[name.lower()] = value.strip()
        self.last_id, self.retry, self.comments = "", 0, 0
        self._left = b""

    def _block(self) -> str | None:
        """The next frame; None at the end of the stream."""
        while b"\n\n" not in self._left:
            size = int(self.file.readline().strip() or b"0", 16)
            piece = self.file.read(size) if size else b""
            self.file.readline()
            if not size:
                return None
            self._left += piece
        block, _, self._left = self._left.partition(b"\n\n")
        return block.decode()

    def next(self, seconds: float = 5) -> Heard | None:
        """The next event, None when the server ended the stream. Raises TimeoutError."""
        self.socket.settimeout(seconds)
        while (block := self._block()) is not None:
            fields = {}
            for line in block.split("\n"):
                name, _, value = line.partition(": ")
                self.comments += name.startswith(":")
                fields[name] = value
            self.last_id = fields.get("id", self.last_id)
            self.retry = int(fields.get("retry", self.retry))
            if "data" in fields:
                return Heard(fields.get("event", "message"), json.loads(fields["data"]), fields.get("id", ""))
        return None

    def hears_nothing(self, seconds: float = 0.3) -> bool:
        try:
            return self.next(seconds) is None
        except TimeoutError:
            return True

    def has_ended(self, seconds: float = 5) -> bool:
        """Whether the server ends the stream within `seconds`; events before that are passed over."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                if self.next(left) is None:
                    return True
            except TimeoutError:
                return False
            except (ValueError, ConnectionError):
                return True
        return False

    def close(self) -> None:
        self.file.close()
        self.socket.close()
