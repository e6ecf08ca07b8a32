"""The files machines look for: robots.txt and security.txt."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.core import clock
from handrail.web.portal import addresses

# What searching, contacting and signing in show is made for one reader; an index of it helps nobody.
CLOSED = (
    "/hc/*/search",
    "/hc/*/suggest",
    "/hc/*/requests",
    "/hc/*/chat",
    "/hc/*/articles/*/feedback",
    "/desk",
    "/accounts",
    "/api",
)
SECURITY_TEXT_LIVES = timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    """GET /robots.txt"""
    brand = request.brand  # type: ignore[attr-defined]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {addresses.absolute('/sitemap.xml', brand)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """GET /.well-known/security.txt (RFC 9116)."""
    brand = request.brand  # type: ignore[attr-defined]
    expires = (clock.now() + SECURITY_TEXT_LIVES).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:security@{brand.mail_domain}",
        f"Contact: {addresses.absolute(addresses.contact('en'), brand)}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: ko, en",
        f"Canonical: {addresses.absolute('/.well-known/security.txt', brand)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def change_password(request: HttpRequest) -> HttpResponse:
    """GET /.well-known/change-password, where password keepers look."""
    return HttpResponseRedirect(reverse("account_change_password"))
