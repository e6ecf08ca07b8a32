"""Putting a conversation aside until an hour, and bringing it back."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.web.desk.changes import Refused, changing
from handrail.web.desk.hours import hour_of


@changing
def snooze(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST at, or own_hour with later=1: a local hour where the colleague is."""
    try:
        until = hour_of(request.POST, user.zone)
        if until is None:
            raise ValueError
        conversation.snooze(until, by=user)
    except ValueError:
        raise Refused(_("Choose an hour within the next year.")) from None


@changing
def wake(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST: back into the lists now."""
    conversation.wake(by=user, reason="hand")
