"""What somebody reads when a request could not be served: what happened and the next step, in their language.

Nothing here asks the database: it may be what failed. A script is told the same sentence as JSON.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handrail.web.language import language_asked, language_of
from handrail.workspace.korean import filled

logger = logging.getLogger(__name__)
HUE = 195  # the house's own; the brand's is in the database


class Failure(NamedTuple):
    title: Promise
    text: Promise


FAILURES = {
    400: Failure(
        _("That request was not understood"),
        _(
            "Something in the address or the form was broken on its way. Go back, reload the page and try again."
        ),
    ),
    403: Failure(
        _("The page was open too long"),
        _("For your safety a form is good for a while only. Go back, reload the page and send it again."),
    ),
    413: Failure(
        _("That was too much at once"),
        _("Go back and send less: shorter words, or smaller or fewer files. Several messages are fine."),
    ),
    429: Failure(
        _("That was a lot in a short time"),
        _("Wait a minute, then do it again. Nothing is wrong on your side."),
    ),
    500: Failure(
        _("Something went wrong on our side"),
        _(
            "It is written down on our side. Try again in a moment; if it stays so, write to us or ask a person."
        ),
    ),
    503: Failure(_("Very many people are here just now"), _("Wait a few seconds, then load the page again.")),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for more than a form may hold."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return failed(request, 413 if too_big else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403: nearly always a form whose token is not known any more."""
    return failed(request, 403)


def too_often(request: HttpRequest) -> HttpResponse:
    return failed(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a number that stands in the log beside what went wrong: whoever is told it finds the line, and the traceback
    below it."""
    number = f"{secrets.randbelow(10**4):04}-{secrets.randbelow(10**4):04}"
    logger.error("error %s: %s %s: %r", number, request.method, iri_to_uri(request.path), sys.exc_info()[1])
    return failed(request, 500, number)


def failed(request: HttpRequest, status: int, number: str = "") -> HttpResponse:
    """The page of a failure, or its sentence as JSON for whoever asked for that."""
    locale = language_of(request.path) or language_asked(
        request.COOKIES, request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    )
    if "application/json" in request.headers.get("Accept", ""):
        told = {"error": sentence(status, locale), **({"number": number} if number else {})}
        return JsonResponse(told, status=status)
    return HttpResponse(page(status, locale, number), status=status)


def sentence(status: int, locale: str) -> str:
    """What happened and the next step, for a script to show."""
    with translation.override(locale):
        return f"{FAILURES[status].title}. {FAILURES[status].text}"


def page(status: int, locale: str, number: str = "") -> str:
    """The page as HTML; with the number to name, where one is in the log."""
    with translation.override(locale):
        context = {
            "locale": locale,
            "surface": "portal",
            "hue": HUE,
            "failure": FAILURES[status],
            "to_name": _to_name(number),
        }
        return render_to_string("ui/failed.html", context)


def _to_name(number: str) -> str:
    if not number:
        return ""
    return filled(gettext("If you write to us about this, name error %(number)s."), {"number": number})


def told_by_edge(scope: Any, status: int) -> tuple[bytes, bytes]:
    """For the edge, which refuses before Django hears of it: (content type, body)."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    wanted = headers.get("accept", "")
    locale = language_of(scope["path"]) or language_asked({}, headers.get("accept-language", ""))
    if "application/json" in wanted:
        return b"application/json", json.dumps({"error": sentence(status, locale)}).encode()
    if "text/html" not in wanted:
        return b"text/plain; charset=utf-8", str(FAILURES[status].title).encode() + b"\n"
    return b"text/html; charset=utf-8", page(status, locale).encode()
