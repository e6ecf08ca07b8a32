"""The link "I need a person" in an automatic mail: one button, and a person has it. Nobody is asked who they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from handrail.conversations.endpoints import Endpoint
from handrail.conversations.expect import expect
from handrail.conversations.opening import going_on
from handrail.intake.by_link import ask_for_person, is_asked_for
from handrail.web.limits import address_of, take
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.saying import Unsaid, too_often
from handrail.web.portal.zones import reader_zone
from handrail.web.viewer import visitor_of
from handrail.workspace.locales import LOCALES

PRESSED_AN_HOUR = 20


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, token: str) -> HttpResponse:
    """GET /hc/<locale>/person/<token>: the button. POST: a person is asked for. Mail scanners open every link, so looking
    changes nothing; nothing of the conversation but its number is shown."""
    endpoint = Endpoint.of_person_token(token)
    if endpoint is None:
        return shown(request, locale, token, None, status=410)
    if request.method == "POST":
        allowance = take(f"{PRESSED_AN_HOUR}/hour", "person-link", address_of(request))
        if not allowance.is_allowed:
            return shown(request, locale, token, endpoint, problem=too_often(allowance))
        ask_for_person(endpoint)
    return shown(request, locale, token, endpoint)


def shown(
    request: HttpRequest,
    locale: str,
    token: str,
    endpoint: Endpoint | None,
    *,
    problem: Unsaid | None = None,
    status: int = 200,
) -> HttpResponse:
    # The address of this page is the secret; the site's own referrer policy keeps it from other sites.
    switch = {code: reverse("portal:person-link", args=[code, token]) for code in LOCALES}
    goes_on = going_on(endpoint.conversation, endpoint.person) if endpoint else None
    expected = expect(goes_on.team, channel="mail") if goes_on else None
    return show(
        request,
        "portal/person_link.html",
        Frame(path=f"/hc/{locale}/requests", switch=switch, robots="noindex", here="person"),
        locale=locale,
        number=goes_on.pk if goes_on else None,
        is_done=endpoint is not None and is_asked_for(endpoint),
        expected=expected.sentence(
            locale=locale, zone=reader_zone(request, visitor_of(request), kept=endpoint.person.zone)
        )
        if expected and endpoint
        else "",
        problem=str(problem) if problem else "",
        status=problem.status if problem else status,
    )
