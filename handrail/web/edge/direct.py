"""A finished page onto the wire in one piece, where the server is the uvicorn we know.

uvicorn checks and joins every header of every answer, which for a page with our dozen headers costs as much as all
the rest of the request. A finished page's head never changes, so it is joined once. Any other server, or a uvicorn
whose insides have moved, gets the page by plain ASGI: `write` then says False and has done nothing.
"""

from __future__ import annotations

import urllib
import urllib.parse
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from handrail.web.edge.asgi import Message, Send

try:
    from uvicorn.protocols.http import httptools_impl
    from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
except ImportError:  # another server
    httptools_impl, STATUS_LINE, RequestResponseCycle = None, {}, None  # type: ignore[assignment,misc]

NEEDED = (
    "default_headers", "disconnected", "flow", "keep_alive", "message_event", "on_response", "response_complete",
    "response_started", "transport", "waiting_for_100_continue",
)  # fmt: skip
ADDRESSES_KEPT, ADDRESS_CHARS_MAX = 8_192, 1_024
_known: bool | None = None


def head_of(start: Message) -> bytes:
    """Everything after the status line and the Date of an answer's head, ready for the wire; empty if unknown here."""
    if start["status"] not in STATUS_LINE:
        return b""
    return b"".join(b"%b: %b\r\n" % pair for pair in start["headers"]) + b"\r\n"


def write(send: Send, status: int, head: bytes, body: bytes) -> bool:
    """Send a whole answer. False when it has to go the long way."""
    cycle: Any = getattr(send, "__self__", None)
    if type(cycle) is not RequestResponseCycle or not head or not _is_known(cycle):
        return False
    if cycle.disconnected or cycle.response_started or cycle.flow.write_paused or not cycle.keep_alive:
        return False
    cycle.response_started = True
    cycle.waiting_for_100_continue = False
    dated = b"".join(b"%b: %b\r\n" % pair for pair in cycle.default_headers)
    cycle.transport.write(b"".join((STATUS_LINE[status], dated, head, body)))
    cycle.response_complete = True
    cycle.message_event.set()
    cycle.on_response()
    return True


def _is_known(cycle: Any) -> bool:
    global _known
    if _known is None:
        _known = all(hasattr(cycle, name) for name in NEEDED)
    return _known


def read_addresses_once() -> None:
    """Have the server remember how an address reads with its percent signs resolved.

    A Korean address is mostly percent signs, and reading one costs half as much as all the rest of a request for a page
    from memory. A server that does not look where this one does goes on as it was.
    """
    if getattr(httptools_impl, "urllib", None) is urllib:
        parse = SimpleNamespace(unquote=_remembering(urllib.parse.unquote))
        httptools_impl.urllib = SimpleNamespace(parse=parse)  # type: ignore[attr-defined, assignment]


def _remembering(read: Callable[[str], str]) -> Callable[[str], str]:
    known = lru_cache(maxsize=ADDRESSES_KEPT)(read)
    return lambda path: known(path) if len(path) <= ADDRESS_CHARS_MAX else read(path)
