"""Putting spam away, and with it, if wanted, whatever else its sender writes."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.blocking import block
from handrail.channels.own_addresses import is_own
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.going_on import trail_of


@require_POST
def spam(request: HttpRequest, number: int) -> HttpResponse:
    """POST block=1 to keep aside what the sender writes from now on: the conversation is deleted, to be restored by managers."""
    conversation, trail = fetch(request, number), trail_of(request)
    address = conversation.requester.email
    with transaction.atomic():
        if "block" in request.POST:
            if not address or is_own(address):
                trouble = _("Nobody can be blocked here: the customer has no mail address of their own.")
                return render(request, conversation, status=422, trouble=trouble)
            block(address, by=request.user)  # type: ignore[arg-type]
        conversation.delete_for_now(by=request.user, reason="spam")  # type: ignore[arg-type]
    return redirect(trail.list.path if trail else "desk:home")
