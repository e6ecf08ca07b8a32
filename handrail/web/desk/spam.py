"""Putting spam away, and with it, if wanted, whatever else its sender writes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.automation.changes import Change
from handrail.automation.putting_away import BLOCK
from handrail.automation.runs import start
from handrail.channels.own_addresses import is_own
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.going_on import trail_of
from handrail.web.desk.runs import show_next


@require_POST
def spam(request: HttpRequest, number: int) -> HttpResponse:
    """POST block=1 to keep aside what the sender writes from now on. The list it leads to takes it back by one press."""
    conversation, trail = fetch(request, number), trail_of(request)
    address, blocks = conversation.requester.email, "block" in request.POST
    if blocks and (not address or is_own(address)):
        trouble = _("Nobody can be blocked here: the customer has no mail address of their own.")
        return render(request, conversation, status=422, trouble=trouble)
    user: User = request.user  # type: ignore[assignment]
    run = start([conversation.pk], by=user, changes=[Change("spam", BLOCK if blocks else None)])
    show_next(request, run)
    return redirect(trail.list.path if trail else "desk:home")
