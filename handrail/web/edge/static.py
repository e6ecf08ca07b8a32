"""Our own files under /static/, from memory: hashed names for ever, plain ones asked about each time."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import brotli

from handrail.web.edge.asgi import Headers, Receive, Scope, Send, header, reply
from handrail.web.edge.keys import best_coding
from handrail.web.edge.page import matches
from handrail.web.edge.ranges import Outside, slice_of

PREFIX = "/static/"
HASHED = re.compile(r"[.-][0-9a-fA-F]{8,}\.\w+$|-[A-Z0-9]{8}\.\w+$")
MEMORY_BYTES_MAX = 2 * 1_048_576  # a longer file (a film) is read from disk, piece by piece
PIECE_BYTES = 262_144
LOOK_SECONDS = 1.0  # how long a file that may change is believed unchanged
PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".vtt": "text/vtt",
    ".woff2": "font/woff2",
}


@dataclass(slots=True)
class File:
    """One file as it was read; `codings` is empty for one too long for memory."""

    path: Path
    size: int
    changed_at: int
    looked_at: float
    headers: Headers
    etag: bytes
    codings: dict[str, bytes]


class Static:
    """An ASGI application over `roots`; where two hold one name, the first does."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self._roots = [root.resolve() for root in roots]
        self._files: dict[str, File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            return await reply(send, 405, b"", [(b"allow", b"GET, HEAD")])
        file = await self._find(unquote(scope["path"]).removeprefix(PREFIX))
        if file is None:
            return await reply(send, 404, b"There is no such file.\n")
        etag = header(scope, b"if-none-match")
        if etag and matches(etag, file.etag):
            await send({"type": "http.response.start", "status": 304, "headers": file.headers})
            return await send({"type": "http.response.body", "body": b""})
        if not file.codings:
            return await self._from_disk(file, scope, send)
        coding = best_coding(header(scope, b"accept-encoding"))
        body = file.codings.get(coding)
        headers = file.headers
        if body is None:
            body = file.codings["identity"]
        elif coding != "identity":
            headers = [*headers, (b"content-encoding", coding.encode())]
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _find(self, name: str) -> File | None:
        file = self._files.get(name)
        if file is not None and time.monotonic() < file.looked_at + LOOK_SECONDS:
            return file
        found = await asyncio.get_running_loop().run_in_executor(None, self._look, name, file)
        if found is None:
            self._files.pop(name, None)
        else:
            self._files[name] = found
        return found

    def _look(self, name: str, known: File | None) -> File | None:
        parts = name.split("/")
        if "\0" in name or any(part.startswith(".") or not part for part in parts):
            return None
        for root in self._roots:
            path = root.joinpath(*parts)
            # A link may not lead out of the folder.
            if not path.is_file() or not path.resolve().is_relative_to(root):
                continue
            stat = path.stat()
            looked_at = float("inf") if HASHED.search(name) else time.monotonic()
            if known and known.path == path and known.changed_at == stat.st_mtime_ns:
                known.looked_at = looked_at
                return known
            return _read(path, stat.st_size, stat.st_mtime_ns, looked_at, hashed=bool(HASHED.search(name)))
        return None

    async def _from_disk(self, file: File, scope: Scope, send: Send) -> None:
        try:
            part = slice_of(header(scope, b"range"), file.size)
        except Outside:
            return await reply(send, 416, b"", [(b"content-range", b"bytes */%d" % file.size)])
        status = 206 if part else 200
        start, stop = part or (0, file.size)
        headers = [*file.headers, (b"accept-ranges", b"bytes"), (b"content-length", b"%d" % (stop - start))]
        if part:
            headers.append((b"content-range", b"bytes %d-%d/%d" % (start, stop - 1, file.size)))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if scope["method"] == "GET":
            loop = asyncio.get_running_loop()
            with file.path.open("rb") as source:
                source.seek(start)
                while start < stop and (
                    data := await loop.run_in_executor(None, source.read, min(PIECE_BYTES, stop - start))
                ):
                    start += len(data)
                    await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _read(path: Path, size: int, changed_at: int, looked_at: float, *, hashed: bool) -> File:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    keep = b"public, max-age=31536000, immutable" if hashed else b"public, no-cache"
    charset = "; charset=utf-8" if kind.startswith(PACKED) else ""
    codings = {}
    etag = f"{changed_at:x}-{size:x}".encode()
    if size <= MEMORY_BYTES_MAX:
        body = path.read_bytes()
        etag = hashlib.sha256(body).hexdigest()[:20].encode()
        codings = _packed(body) if kind.startswith(PACKED) else {"identity": body}
    headers = [
        (b"content-type", f"{kind}{charset}".encode()),
        (b"cache-control", keep),
        (b"etag", b'W/"' + etag + b'"'),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return File(path, size, changed_at, looked_at, headers, b'W/"' + etag + b'"', codings)


def _packed(body: bytes) -> dict[str, bytes]:
    ways = {"gzip": gzip.compress(body, 9, mtime=0), "br": brotli.compress(body, quality=9)}
    return {"identity": body, **{name: packed for name, packed in ways.items() if len(packed) < len(body)}}
