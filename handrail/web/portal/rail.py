"""GET /hc/<locale>/rail.json: the true state of people, asked again every minute by open pages."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from handrail.core import clock
from handrail.web.portal.locale import in_locale
from handrail.web.portal.people import people_now
from handrail.workspace.models import BusinessHours


@never_cache
@in_locale
def state(request: HttpRequest, locale: str) -> JsonResponse:
    """{"state": "open" | "closed", "text": one line in the reader's language}"""
    people = people_now(BusinessHours.objects.order_by("pk").first(), at=clock.now(), locale=locale)
    return JsonResponse({"state": people.state, "text": people.text})
