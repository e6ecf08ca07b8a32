"""The time zone of a reader whom nobody knows: what their browser says, if there is such a zone."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.http import HttpRequest


def zone_of(request: HttpRequest) -> str:
    """The zone the request names; "" without one, for one that does not exist, and for UTC: browsers that hide where they
    are say that, and nobody's noon is told by it."""
    fields = request.POST if request.method == "POST" else request.GET
    named = fields.get("zone", "")
    return named if named in _known() else ""


@cache
def _known() -> frozenset[str]:
    hidden = {
        "UTC",
        "Etc/UTC",
        "GMT",
        "Etc/GMT",
        "Universal",
        "Etc/Universal",
        "Zulu",
        "Etc/Zulu",
        "UCT",
        "Etc/UCT",
    }
    return frozenset(available_timezones() - hidden)
