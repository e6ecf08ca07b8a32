"""Request bodies: read with a cap, over 1 MB into a temporary file."""

from __future__ import annotations

import asyncio
import tempfile
from typing import IO

from handrail.web.edge.asgi import Receive, Scope, header

MEMORY_BYTES = 1_048_576
IDLE_SECONDS = 30.0  # between two pieces of one body


class TooLarge(Exception):
    """The body is longer than the cap."""


class Gone(Exception):
    """The client left, or stopped sending, before the body was whole."""


def announced(scope: Scope) -> int | None:
    """Content-Length, where it is a whole number."""
    text = header(scope, b"content-length")
    return int(text) if text.isdigit() else None


async def read(scope: Scope, receive: Receive, *, most: int) -> tuple[IO[bytes], int] | None:
    """The body as an open file at its start, and its length; None when there is none.

    Raises TooLarge beyond `most` bytes and Gone when it never became whole. The caller closes the file.
    """
    length = announced(scope)
    if length is None and not header(scope, b"transfer-encoding"):
        return None
    if length is not None and length > most:
        raise TooLarge
    body: IO[bytes] = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115  (handed to the caller)
    size = 0
    try:
        while True:
            message = await asyncio.wait_for(receive(), IDLE_SECONDS)
            if message["type"] == "http.disconnect":
                raise Gone
            piece = message.get("body", b"")
            size += len(piece)
            if size > most:
                raise TooLarge
            body.write(piece)
            if not message.get("more_body", False):
                break
    except TimeoutError:
        body.close()
        raise Gone from None
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body, size
