"""A process full of open windows. It tells how long each message took by the sender's clock, which is this machine's.

usage: python -m benches.live.windows < JSON   {"port", "paths": [...], "websocket": bool}
Prints "open N" once all are open, then on the line "report" what came since the last one, as JSON.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import resource
import sys
import time
from typing import Any

AT_ONCE = 50
STAMP = re.compile(rb'"at": ?(\d+)')


class Windows:
    def __init__(self, port: int, paths: list[str], *, websocket: bool) -> None:
        self.port, self.paths, self.websocket = port, paths, websocket
        self.took: list[int] = []
        self.closed = 0
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def open_all(self) -> None:
        opened = await asyncio.gather(*(self._open(path) for path in self.paths))
        self._readers = [asyncio.create_task(self._read(reader)) for reader in opened]

    async def _open(self, path: str) -> asyncio.StreamReader:
        async with self._gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=65_536)
            extra = ""
            if self.websocket:
                key = base64.b64encode(os.urandom(16)).decode()
                extra = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if head.split()[1] not in (b"101", b"200"):
                raise RuntimeError(f"{path[:60]}: {head[:200]!r}")
            if not self.websocket:
                await reader.readuntil(b"\n\n")  # the server's hello: it listens now
            self._writers = [*getattr(self, "_writers", []), writer]
            return reader

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(65_536):
            now = time.monotonic_ns()
            self.took += [(now - int(found)) // 1_000 for found in STAMP.findall(data)]
        self.closed += 1

    def report(self) -> dict[str, Any]:
        took, self.took = self.took, []
        return {"took_us": took, "closed": self.closed}


async def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asked = json.loads(sys.stdin.readline())
    windows = Windows(asked["port"], asked["paths"], websocket=asked["websocket"])
    await windows.open_all()
    print(f"open {len(asked['paths'])}", flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(windows.report()), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
