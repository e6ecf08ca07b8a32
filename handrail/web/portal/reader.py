"""Who reads, as far as verdicts on articles go: the person, or a random key in a cookie of this browser."""

from __future__ import annotations

from django.http import HttpRequest

READER_COOKIE = "reader"


def reader_of(request: HttpRequest) -> str:
    """The key verdicts are kept under; "" for a browser that never gave one."""
    person = request.viewer.person_id  # type: ignore[attr-defined]
    return f"person-{person}" if person else request.COOKIES.get(READER_COOKIE, "")[:40]
