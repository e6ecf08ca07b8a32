"""The frame of every help-centre page: its brand, languages, scope and rail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from handrail.channels.reached import hours_of, teams_of
from handrail.knowledge.models import Product
from handrail.web.portal import addresses
from handrail.web.portal.design import design_of, is_preview, menu
from handrail.web.portal.own_style import address_of
from handrail.web.portal.people import hours_text
from handrail.web.portal.zones import told_in
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand
from handrail.workspace.portal import Design
from handrail.workspace.zone_names import city


@dataclass(frozen=True)
class Frame:
    """What stands around a page's own content.

    path        the page's canonical path
    languages   locale -> path of the same page, only where the text really is in that language
    switch      locale -> path to read on in another language, always there
    scope       the product everything is limited to
    carry       what a person should know who is asked from here: page, article, product, question
    robots      "noindex" for pages search engines should leave out
    here        the place on the rail
    """

    path: str
    languages: dict[str, str] = field(default_factory=dict)
    switch: dict[str, str] = field(default_factory=dict)
    scope: Product | None = None
    carry: dict[str, Any] = field(default_factory=dict)
    robots: str = ""
    here: str = "answer"


def in_every_locale(path: str, locale: str) -> dict[str, str]:
    """The same page in each language, for pages whose address differs by the language alone."""
    return {each: path.replace(f"/hc/{locale}", f"/hc/{each}", 1) for each in LOCALES}


def show(
    request: HttpRequest, template: str, frame: Frame, *, locale: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render `template` inside the frame."""
    framed = around(request, frame, locale=locale) | context
    return HttpResponse(render_to_string(template, framed, request=request), status=status)


def around(request: HttpRequest, frame: Frame, *, locale: str) -> dict[str, Any]:
    """What the frame's template expects."""
    brand = request.brand  # type: ignore[attr-defined]
    design = design_of(request)
    scope = frame.scope
    carry = {"page": frame.path, **({"product": scope.pk} if scope else {}), **frame.carry}
    return {
        "locale": locale,
        "surface": "portal",
        "told_in": told_in(request),
        "hue": design.hue,
        "brand": brand,
        "frame": frame,
        "scope": scope,
        "scope_id": scope.pk if scope else "",
        "carry": carry,
        "rail": rail(brand, locale, scope, design=design, carry=carry),
        "address": addresses,
        "absolute": partial(addresses.absolute, brand=brand),
        "contact_url": query(addresses.contact(locale), **carry) if design.has("contact") else "",
        "design": design,
        "menu": menu(design, locale),
        "is_preview": is_preview(request),
        "own_style": address_of(design, request),
        "other_locales": {code: path for code, path in frame.switch.items() if code != locale},
    }


def rail(
    brand: Brand, locale: str, scope: Product | None, *, design: Design, carry: Mapping[str, Any]
) -> dict[str, Any]:
    """What the rail macro expects; a place the design switched off is not on it, and `carry` goes along to people."""
    teams = teams_of(brand)
    zone = teams[0].hours.zone if teams and teams[0].hours else settings.TIME_ZONE
    return {
        "answer_url": addresses.product(scope, locale) if scope else addresses.home(locale),
        "do_url": addresses.requests(locale) if design.has("requests") else "",
        "live_url": f"{addresses.home(locale)}/rail.json",
        "zone": zone,
        "city": city(zone, locale=locale),
        "hours": hours_text(teams[0].hours if teams else None, locale=locale),
        "all_hours": hours_of(teams, locale=locale),
        "ways": [
            {
                "url": query(addresses.chat(locale), **carry),
                "icon": "message-circle",
                "name": _("Chat"),
                "note": _("Answered here, while you wait"),
            },
            {
                "url": query(addresses.contact(locale), **carry),
                "icon": "mail",
                "name": _("Write to us"),
                "note": _("Answered by mail; you get a number"),
            },
        ]
        if design.has("contact")
        else [],
    }
