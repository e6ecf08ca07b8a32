"""Nothing is at this address (or no longer): say so, and leave the ways on in reach."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from handrail.knowledge.queries import common_questions
from handrail.web.language import language_asked, language_of
from handrail.web.portal import addresses
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.sheets import NO_ARTICLE, Sheet, sheet_of

QUESTIONS_MAX = 6


def page(request: HttpRequest, exception: Exception | None = None, *, status: int = 404) -> HttpResponse:
    """The page in the language of the address, of the browser, or the brand's own. Plain words before there is a brand."""
    try:
        usual = request.brand.default_locale  # type: ignore[attr-defined]
    except Http404:
        return HttpResponse("Nothing here yet.\n", status=status, content_type="text/plain; charset=utf-8")
    accepted = request.headers.get("Accept-Language", "")
    locale = language_of(request.path) or language_asked(request.COOKIES, accepted, usual)
    path = addresses.home(locale)
    with translation.override(locale):
        return show(
            request,
            "portal/missing.html",
            Frame(
                path=path,
                switch=in_every_locale(path, locale),
                robots="noindex",
                carry={"page": request.path},
            ),
            locale=locale,
            status=status,
            is_gone=status == 410,
            **sheet_of(request, locale, NO_ARTICLE, partial(_gather, request)).context,
        )


def _gather(request: HttpRequest, stamp: int) -> Sheet:
    """The ways on. Kept: machines that try addresses ask for this page more than anybody."""
    questions = common_questions(request.viewer, at_most=QUESTIONS_MAX)  # type: ignore[attr-defined]
    return Sheet("", {"questions": questions}, [], stamp)
