"""Asked once after signing in: may what this browser began move into the account? Until then, and otherwise, it stays."""

from __future__ import annotations

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.intake.joining import join, joinable
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.viewer import LEFT_KEY, visitor_of

ASKED_MOST = 30


def asked_about(request: HttpRequest, viewer: Viewer) -> list[Conversation]:
    """What to ask about: none that was left with the browser before."""
    left = request.session.get(LEFT_KEY, {}).get(str(viewer.person_id), 0)
    return list(joinable(viewer).filter(pk__gt=left).order_by("-number")[:ASKED_MOST])


@require_POST
@never_cache
@in_locale
def act(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/requests/joining {join: 1, number: those that were listed} or {leave: 1}"""
    viewer = visitor_of(request)
    if not viewer.person_id or viewer.begins_as:
        raise Http404
    if "join" in request.POST:
        listed = request.POST.getlist("number")[:ASKED_MOST]
        joined = join(viewer, {int(one) for one in listed if one.isdecimal() and len(one) < 19})
        return redirect(f"{addresses.requests(locale)}?joined={joined}")
    newest = joinable(viewer).aggregate(newest=Max("number"))["newest"] or 0
    request.session[LEFT_KEY] = {**request.session.get(LEFT_KEY, {}), str(viewer.person_id): newest}
    return redirect(addresses.requests(locale))
