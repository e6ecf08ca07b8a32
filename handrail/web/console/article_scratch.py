"""Keeping what is typed while it is typed, and saying who else is at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.core import clock
from handrail.knowledge import scratch
from handrail.web.console.article_fetch import fetch, text_of
from handrail.web.console.writing import Writing
from handrail.workspace import formats


@require_POST
def keep(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST the writing form: kept for its author alone -> {"said": "…", "newer": bool}. discard=1 forgets it."""
    article = fetch(request, pk)
    if request.POST.get("discard"):
        scratch.drop(article, locale, author=request.user)
        return redirect("console:article", pk, locale)
    writing = Writing.sent(request.POST)
    text = text_of(article, locale)
    newest = text.newest.number if text and text.newest else 0
    if writing.differs_from(text):
        scratch.keep(article, locale, author=request.user, fields=writing.as_typed(), base=writing.base)
    else:
        scratch.drop(article, locale, author=request.user)
    return JsonResponse(
        {
            "said": said_of_keeping(request),
            "others": _others(request, article, locale),
            "newer": newest > writing.base,
        }
    )


def said_of_keeping(request: HttpRequest) -> str:
    viewer = request.viewer
    now = formats.time_of_day(clock.now(), locale=viewer.locale, zone=viewer.zone)
    return _("Kept at %(time)s, not saved yet") % {"time": now}


def _others(request: HttpRequest, article: object, locale: str) -> str:
    names = scratch.writing_now(article, locale, but=request.viewer.user_id or 0)  # type: ignore[arg-type]
    return _("%(names)s is writing this text too") % {"names": ", ".join(names)} if names else ""
