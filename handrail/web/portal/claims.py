"""The answer to "did you write this?": of a mail that came in the reader's name and that nobody vouched for, and of a chat in
which somebody left the reader's address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.conversations.claims import chats_answered_to, claims_on, deny, hear_no_more, take_part
from handrail.conversations.conversation import Conversation
from handrail.conversations.participation import TooManyParticipants
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.viewer import visitor_of

ASKED_MOST = 10


def asked_of(viewer: Viewer) -> list[Conversation]:
    """What the reader is asked about, newest first."""
    found = [
        each
        for kind in (claims_on, chats_answered_to)
        for each in kind(viewer).order_by("-number")[:ASKED_MOST]
    ]
    return sorted(found, key=lambda each: -each.number)[:ASKED_MOST]


def claim_of(viewer: Viewer, number: int) -> Conversation | None:
    """The one of this number, if the reader can be asked about it."""
    if number >= 1 << 63:
        return None
    return claims_on(viewer).filter(pk=number).first() or chats_answered_to(viewer).filter(pk=number).first()


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
    if "mine" in request.POST and _opens(claim, viewer):
        return redirect(addresses.request(claim.pk, locale))
    if "others" in request.POST:
        (deny if claim.is_claimed else hear_no_more)(claim, by=viewer)
    return redirect(addresses.requests(locale))


def _opens(claim: Conversation, viewer: Viewer) -> bool:
    """Whether it stands among the reader's requests now; False where more read a chat than may."""
    if claim.is_claimed:
        claim.confirm(by=viewer)
        return True
    try:
        take_part(claim, by=viewer)
    except TooManyParticipants:
        return False
    return True
