"""Signing in: by a link in a mail, a password, the company's sign-on, or the host site's word."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.viewer import visitor_of

NEXT_CHARS_MAX = 300


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/sign-in?next="""
    viewer = visitor_of(request)
    if viewer.is_signed_in and viewer.only is None:
        return redirect(next_path(request) or addresses.requests(locale))
    problem = (
        _("That sign-in did not work. Have a link sent to you instead.") if "refused" in request.GET else ""
    )
    return shown(request, locale, problem=problem)


def shown(request: HttpRequest, locale: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page; context: email, sent (a link is on its way), problem, is_old (a link that opens nothing)."""
    path = addresses.sign_in(locale)
    given = {"email": "", "sent": False, "problem": "", "password_problem": "", "is_old": False, **context}
    return show(
        request,
        "portal/sign_in.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        next=next_path(request),
        companies=companies(request, next_path(request) or addresses.requests(locale)),
        status=status,
        **given,
    )


def next_path(request: HttpRequest) -> str:
    """Where to go afterwards: a path of this help centre, else ""."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/hc/")
    return wanted[:NEXT_CHARS_MAX] if is_ours else ""


def companies(request: HttpRequest, after: str) -> list[dict[str, str]]:
    """The company sign-ons an operator set up: name, and where its button posts to."""
    apps = [app for app in get_adapter(request).list_apps(request) if app.provider == "openid_connect"]
    return [
        {"name": app.name, "url": reverse("openid_connect_login", args=[app.provider_id]), "next": after}
        for app in apps
    ]
