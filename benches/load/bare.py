"""The least an ASGI application can do: the bytes of one file, whatever is asked.   BARE_FILE=… uvicorn benches.load.bare:app"""

from __future__ import annotations

import os
from pathlib import Path

BODY = Path(os.environ["BARE_FILE"]).read_bytes()
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(BODY)).encode())],
}


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send(START)
        await send({"type": "http.response.body", "body": BODY})
    else:
        while True:
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return
