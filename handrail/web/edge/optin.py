"""How a view says that its page may be shared, and when the edge believes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from handrail.web.edge.asgi import Headers
from handrail.web.edge.stamps import ANY_BRAND

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

HEADER = "X-Edge-Cache"
HEADER_BYTES = HEADER.lower().encode()
FRESH_SECONDS = 60  # opening hours and "2 hours ago" move without a change of content
MISSING_SECONDS = 10.0
SHARED_STATUS = frozenset({200, 404, 410})
# A form token in the page is one visitor's, whatever the headers say.
TOKEN_MARKS = (b"csrfmiddlewaretoken", b'name="csrf-token"', b"X-CSRFToken")
SHARED_VARY = frozenset({"", "cookie", "accept-encoding"})


@dataclass(slots=True)
class OptIn:
    brand: int
    seconds: float


def cacheable(view: View | None = None, *, seconds: int = FRESH_SECONDS) -> Any:
    """Let the page of this view be kept in memory and shown to every anonymous visitor.

    The view must depend on the address alone: host, path (which holds the language) and the query fields of
    edge/keys.py. No form token, no session, no message, no Accept-Language. It is shown until the brand's
    content stamp changes (`request.brand` where there is one, else any brand's), at most `seconds`.
    Its 404 or 410 is kept for ten seconds.
    """

    def decorate(inner: View) -> View:
        @wraps(inner)
        def offered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            from django.core.handlers.exception import response_for_exception
            from django.http import Http404

            try:
                response = inner(request, *args, **kwargs)
            except Http404 as missing:
                response = response_for_exception(request, missing)
            brand = getattr(getattr(request, "brand", None), "pk", ANY_BRAND)
            if request.method in {"GET", "HEAD"} and response.status_code in SHARED_STATUS:
                response.headers.setdefault(HEADER, f"brand={brand}; seconds={seconds}")
            return response

        return offered

    return decorate(view) if view else decorate


def take(headers: Headers) -> tuple[OptIn | None, Headers]:
    """Read and strip the header, which never leaves the house."""
    said = b""
    kept: Headers = []
    for name, value in headers:
        if name == HEADER_BYTES:
            said = value
        else:
            kept.append((name, value))
    if not said:
        return None, headers
    fields = dict(part.strip().split("=", 1) for part in said.decode().split(";"))
    return OptIn(int(fields["brand"]), float(fields.get("seconds", FRESH_SECONDS))), kept


def objection(status: int, headers: Headers, body: bytes) -> str:
    """Why an answer that opted in may not be shared after all; empty when it may."""
    if status not in SHARED_STATUS:
        return f"status {status}"
    for name, value in headers:
        if name == b"set-cookie":
            return "it sets a cookie"
        if name == b"vary":
            varies = {part.strip().lower() for part in value.decode("latin-1").split(",")}
            if not varies <= SHARED_VARY:
                return f"it varies by {', '.join(sorted(varies - SHARED_VARY))}"
        if name == b"content-encoding":
            return "it is packed already"
        if name == b"cache-control" and (b"no-store" in value or b"private" in value):
            return "it is private"
    mark = next((mark for mark in TOKEN_MARKS if mark in body), None)
    return f"it holds {mark.decode()}" if mark else ""
