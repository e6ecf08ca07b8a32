"""What the customer says to “did we understand you?”, pressed under our message or by the link in its mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.conversations.conversation import Conversation
from handrail.conversations.understanding import answer, of_token, waits
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.live import opened, snapshot, wants_json
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.request_page import back
from handrail.web.portal.saying import Unsaid, too_often
from handrail.web.portal.thread import asked_by, speaker
from handrail.web.viewer import visitor_of
from handrail.workspace.locales import LOCALES

PRESSED_AN_HOUR = 60


@require_POST
@never_cache
@in_locale
def pressed(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """POST /hc/<locale>/talk/<public id>/check {right or wrong: number of our message}. Who asked it answers, nobody else."""
    conversation, viewer = opened(request, public_id), visitor_of(request)
    number = request.POST.get("right") or request.POST.get("wrong") or ""
    seq = int(number) if number.isdecimal() and len(number) < 10 else 0
    message = get_object_or_404(conversation.messages, seq=seq, direction="out")
    if not asked_by(conversation, viewer):
        raise Http404
    answer(message, is_right="right" in request.POST, by=speaker(conversation, viewer))
    if wants_json(request):
        return snapshot(request, locale, conversation)
    return _back(locale, conversation)


def _back(locale: str, conversation: Conversation) -> HttpResponse:
    if conversation.is_live:
        return redirect(f"{addresses.chat(locale)}?c={conversation.public_id}#last")
    return back(locale, conversation)


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, token: str) -> HttpResponse:
    """GET /hc/<locale>/check/<token>: what we said back, and two buttons. POST {right or wrong}: keeps which.

    Mail scanners open every link, so looking changes nothing. Whoever holds the link read the mail with these very words.
    """
    found = of_token(token)
    problem: Unsaid | None = None
    if found and request.method == "POST":
        allowance = take(f"{PRESSED_AN_HOUR}/hour", "check-link", address_of(request))
        if allowance.is_allowed:
            answer(found[0], is_right="right" in request.POST, by=found[1].person)
            found[0].refresh_from_db()
        else:
            problem = too_often(allowance)
    return show(
        request,
        "portal/check.html",
        Frame(
            path=f"/hc/{locale}/requests",
            switch={code: reverse("portal:check-link", args=[code, token]) for code in LOCALES},
            robots="noindex",
            here="person",
        ),
        locale=locale,
        said=found[0] if found else None,
        state=found[0].data["check"] if found else "",
        waits=bool(found and waits(found[0])),
        number=found[1].conversation.survivor.pk if found else None,
        problem=str(problem) if problem else "",
        status=problem.status if problem else (200 if found else 410),
    )
