"""The language of the sign-in pages, which have none in their address. Every other page says its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from handrail.workspace.locales import LOCALES

PREFIX = "/accounts/"
COOKIE = "lang"
COOKIE_SECONDS = 31_536_000


class DoorLanguageMiddleware:
    """Runs /accounts/ in the language asked for (?lang=), chosen before, of the account, or of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        asked = request.GET.get("lang", "")
        locale = asked if asked in LOCALES else _known(request)
        request.LANGUAGE_CODE = locale  # type: ignore[attr-defined]
        with translation.override(locale):
            response = self.get_response(request)
        if asked == locale:
            response.set_cookie(
                COOKIE, locale, max_age=COOKIE_SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        response["Content-Language"] = locale
        return response


def _known(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return request.user.locale
    return language_asked(request.COOKIES, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


def language_asked(cookies: Mapping[str, str], accepted: str, usual: str = settings.LANGUAGE_CODE) -> str:
    """The language chosen before on this browser, else the first of ours that it asks for, else the usual one."""
    if (chosen := cookies.get(COOKIE, "")) in LOCALES:
        return chosen
    for code, _weight in parse_accept_lang_header(accepted):
        if (locale := code.split("-")[0]) in LOCALES:
            return locale
    return usual


def language_of(path: str) -> str:
    """The language an address below the help centre names; "" for any other."""
    return next((code for code in LOCALES if path == f"/hc/{code}" or path.startswith(f"/hc/{code}/")), "")
