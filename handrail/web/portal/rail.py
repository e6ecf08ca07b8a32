"""GET /hc/<locale>/rail.json: the true state of people, asked again every minute by open pages."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from handrail.channels.reached import team_of
from handrail.web.portal.locale import in_locale
from handrail.web.portal.people import people_now
from handrail.web.portal.zones import chosen_zone, zone_named

TRUE_FOR_SECONDS = 20  # one answer for every open page; what it says is said in minutes


@in_locale
def state(request: HttpRequest, locale: str) -> JsonResponse:
    """?zone=, the reader's. {"state": "open" | "closed", "text": a few words in the reader's language,
    "sentence": the same in full}"""
    zone = chosen_zone(request.viewer) or zone_named(request)  # type: ignore[attr-defined]
    people = people_now(team_of(request.brand), locale=locale, zone=zone)  # type: ignore[attr-defined]
    return JsonResponse({"state": people.state, "text": people.text, "sentence": people.sentence})
