"""The time zone of a reader whom nobody knows: what their browser says, if there is such a zone."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.http import HttpRequest


def zone_of(request: HttpRequest) -> str:
    """The zone the request names; "" without one, or for one that does not exist."""
    fields = request.POST if request.method == "POST" else request.GET
    named = fields.get("zone", "")
    return named if named in _known() else ""


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
