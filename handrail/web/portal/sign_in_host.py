"""Arriving from the host site with its signed token. Opening it shows a button; pressing it signs in, once."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from handrail.accounts import host_token
from handrail.channels.own_addresses import is_own
from handrail.contacts.accounts import recognise
from handrail.core import clock
from handrail.core.ids import fingerprint
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.sign_in import next_path, shown
from handrail.web.viewer import let_in

log = logging.getLogger(__name__)
TRIED_A_MINUTE = 20


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET and POST /hc/<locale>/sign-in/host {token, next}"""
    token = request.POST.get("token") or request.GET.get("token", "")
    try:
        if not take(f"{TRIED_A_MINUTE}/minute", "host-token", address_of(request)).is_allowed:
            raise host_token.Refused("too many tokens from one place")
        claims = host_token.read(token)
        if is_own(claims.email):
            raise host_token.Refused("its address is one of our own")
        if request.method == "POST" and not first_use(token, claims):
            raise host_token.Refused("used before")
    except host_token.Refused as refusal:
        log.info("host token refused: %s", refusal)
        return shown(request, locale, is_old=True, status=410)
    if request.method == "POST":
        person = recognise(claims.subject, claims.email, name=claims.name, locale=locale)
        let_in(request, person, assurance=3)
        return redirect(next_path(request) or addresses.requests(locale))
    path = addresses.sign_in(locale)
    frame = Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do")
    return show(
        request,
        "portal/sign_in_host.html",
        frame,
        locale=locale,
        claims=claims,
        token=token,
        next=next_path(request),
    )


def first_use(token: str, claims: host_token.Claims) -> bool:
    """True once for a token, until it has expired."""
    left = claims.expires_at - clock.now().timestamp() + host_token.LEEWAY_SECONDS
    return cache.add(f"host-token:{fingerprint(token)}", 1, timeout=max(1, round(left)))
