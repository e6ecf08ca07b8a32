"""How this help centre looks to whoever asks: what was published, or to its manager, while they preview, the draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.web.brands import tried_by
from handrail.web.portal import addresses
from handrail.workspace.portal import PLACES, Design, PortalDraft, shown

View = Callable[..., HttpResponse]


def design_of(request: HttpRequest) -> Design:
    """The design of this page, worked out once a request."""
    known = getattr(request, "portal_design", None)
    if known is None:
        brand = request.brand  # type: ignore[attr-defined]
        known = PortalDraft.of(brand).design if is_preview(request) else shown(brand)
        request.portal_design = known  # type: ignore[attr-defined]
    return known


def is_preview(request: HttpRequest) -> bool:
    """Whether a manager looks at what is not published yet. Others never do, whatever their session says."""
    return tried_by(request) == request.brand.pk  # type: ignore[attr-defined]


def of_block(code: str) -> Callable[[View], View]:
    """A page that is there only while its block is on."""

    def decorate(view: View) -> View:
        @wraps(view)
        def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not design_of(request).has(code):
                raise Http404
            return view(request, *args, **kwargs)

        return held

    return decorate


def menu(design: Design, locale: str) -> list[tuple[str, str]]:
    """(name, address) of each item that leads somewhere."""
    found = []
    for item in design.menu:
        block = PLACES[item.place]
        if block and not design.has(block):
            continue
        address = item.url if item.place == "url" else place_address(item.place, locale)
        found.append((item.name(locale) or usual_name(item.place), address))
    return [(name, address) for name, address in found if name and address]


def place_address(place: str, locale: str) -> str:
    home = addresses.home(locale)
    return {
        "home": home,
        "news": addresses.news(locale),
        "troubleshooters": f"{home}/troubleshooters",
        "tutorials": addresses.tutorials(locale),
        "videos": addresses.videos(locale),
        "requests": addresses.requests(locale),
        "contact": addresses.contact(locale),
        "chat": addresses.chat(locale),
    }[place]


def usual_name(place: str) -> str:
    return {
        "home": _("All products"),
        "news": _("News"),
        "troubleshooters": _("Find the cause"),
        "tutorials": _("How-tos"),
        "videos": _("Films"),
        "requests": _("My requests"),
        "contact": _("Contact us"),
        "chat": _("Chat"),
        "url": "",
    }[place]
