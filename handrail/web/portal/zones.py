"""Time zones of readers: of one whom nobody knows what the browser says, if there is such a zone; and those to choose from."""

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


def zones_offered(own: str = "") -> list[str]:
    """Zones a person can choose, each named after a place, and the one they have."""
    return sorted({each for each in _known() if "/" in each and not each.startswith("Etc/")} | ({own} - {""}))


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
