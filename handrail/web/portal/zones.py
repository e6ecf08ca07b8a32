"""Time zones of readers: of one whom nobody knows what the browser says, if there is such a zone; and those to choose from."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import cache, wraps
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from handrail.accounts.viewer import Viewer
from handrail.contacts.zones import is_guess
from handrail.core import clock
from handrail.web.viewer import visitor_of
from handrail.workspace.zone_names import zone_name

View = Callable[..., HttpResponse]

COOKIE = "zone"  # what the browser's script wrote down (frontend/ui/zone.ts)


def reader_zone(request: HttpRequest, viewer: Viewer, *, kept: str = "") -> str:
    """Where this reader's hours are told, on every page the same: what is known of them, else what their browser says.

    kept     of whoever a nameless browser stands for, if somebody
    returns  "" where nobody knows; then the hour is told where our people are, and named after it

    A guess (contacts/zones.py) says little of anybody, so a browser is believed before it.
    """
    begun = viewer.zone if viewer.person_id else ""
    return chosen_zone(viewer, kept=kept) or zone_of(request) or begun


def chosen_zone(viewer: Viewer, *, kept: str = "") -> str:
    """What is known of a reader's zone whatever their browser says; "" for nothing."""
    known = viewer.zone if viewer.person_id else kept
    return "" if is_guess(known) else known


def told_here(view: View) -> View:
    """Runs the view with every time told in the reader's zone. Where nobody knows it their browser puts it right, as it
    does on pages that are the same for everybody (frontend/ui/told-times.ts)."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        zone = reader_zone(request, visitor_of(request))
        if not zone:
            return view(request, *args, **kwargs)
        request.is_told_here = True  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(zone)):
            return view(request, *args, **kwargs)

    return told


def told_in(request: HttpRequest) -> str:
    """The zone times are told in on this page; "" where it is the reader's own."""
    return "" if getattr(request, "is_told_here", False) else timezone.get_current_timezone_name()


def in_zone(request: HttpRequest, viewer: Viewer) -> Viewer:
    """The viewer with the zone their hours are told in."""
    zone = reader_zone(request, viewer)
    # What stands on the request is worked out when asked, as it was now; a copy of it is the viewer itself.
    return replace(copy(viewer), zone=zone)


def zone_of(request: HttpRequest) -> str:
    """The zone the request names, else the browser's; "" as in `zone_named`."""
    return zone_named(request) or _real(request.COOKIES.get(COOKIE, ""))


def zone_named(request: HttpRequest) -> str:
    """The zone the request's own fields name; "" without one, for one that does not exist, and for UTC: browsers that
    hide where they are say that, and nobody's noon is told by it."""
    fields = request.POST if request.method == "POST" else request.GET
    return _real(fields.get("zone", ""))


def zones_offered(own: str = "", *, locale: str) -> list[tuple[str, str]]:
    """Zones a person can choose as (zone, its name), from west to east, and the one they have."""
    named: dict[str, str] = {}
    for zone in sorted(each for each in _known() if "/" in each and not each.startswith("Etc/")):
        named.setdefault(zone_name(zone, locale=locale), zone)
    if own:
        named[zone_name(own, locale=locale)] = own
    now = clock.now()
    return sorted(
        ((zone, name) for name, zone in named.items()),
        key=lambda each: (now.astimezone(ZoneInfo(each[0])).utcoffset(), each[1]),
    )


def _real(named: str) -> str:
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
