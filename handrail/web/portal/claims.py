"""The answer to "did you write this?", about a mail that came in the reader's name and that nobody vouched for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.conversations.claims import claims_on, deny
from handrail.conversations.conversation import Conversation
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.viewer import visitor_of

ASKED_MOST = 10


def claim_of(viewer: Viewer, number: int) -> Conversation | None:
    """The one of this number, if the reader can be asked about it."""
    return claims_on(viewer).filter(pk=number).first() if number < 1 << 63 else None


@require_POST
@never_cache
@in_locale
def act(request: HttpRequest, locale: str, number: int) -> HttpResponse:
    """POST …/requests/<number>/claim {mine: 1}: it opens; {others: 1}: it is nothing of theirs and they are asked no more.

    Nothing happens where neither is said.
    """
    viewer = visitor_of(request)
    claim = claim_of(viewer, number)
    if claim is None:
        raise Http404
    if "mine" in request.POST:
        claim.confirm(by=viewer)
        return redirect(addresses.request(claim.pk, locale))
    if "others" in request.POST:
        deny(claim, by=viewer)
    return redirect(addresses.requests(locale))
