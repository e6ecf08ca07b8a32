"""The first page: the blocks its manager chose, in their order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from handrail.knowledge.models import Product
from handrail.web.portal import addresses, blocks, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.workspace.locales import LOCALES


@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>"""
    viewer = request.viewer  # type: ignore[attr-defined]
    path = addresses.home(locale)
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/home.html",
        Frame(path=path, languages=languages, switch=languages),
        locale=locale,
        rows=blocks.rows(request, locale),
        is_empty=not Product.objects.visible_to(viewer).exists(),
        data=[structured.site(request.brand, locale)],  # type: ignore[attr-defined]
    )


def front_door(request: HttpRequest) -> HttpResponse:
    """GET /: to the help centre in the language the browser asks for first, else the brand's own."""
    asked = request.headers.get("Accept-Language", "")
    wanted = next(
        (code[:2] for code in asked.lower().replace(" ", "").split(",") if code[:2] in LOCALES), None
    )
    brand = request.brand  # type: ignore[attr-defined]
    response = HttpResponseRedirect(addresses.home(wanted or brand.default_locale))
    response["Vary"] = "Accept-Language"
    return response


def without_slash(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/: the same page has one address."""
    return HttpResponsePermanentRedirect(addresses.home(locale))
