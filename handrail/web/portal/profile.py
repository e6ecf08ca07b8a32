"""The reader's own page: who they are here, a password if they like, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from handrail.contacts.models import Person
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.viewer import visitor_of


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/profile. A guest link opens one request, not this."""
    viewer = visitor_of(request)
    if viewer.only is not None or not viewer.person_id:
        raise Http404
    return shown(request, locale, Person.objects.get(pk=viewer.person_id))


def shown(
    request: HttpRequest, locale: str, person: Person, *, problems: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    path = addresses.profile(locale)
    return show(
        request,
        "portal/profile.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        person=person,
        problems=list(problems),
        has_password=bool(person.account and person.account.has_usable_password()),
        is_saved="saved" in request.GET,
        status=status,
    )
