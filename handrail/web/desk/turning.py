"""A chat becomes a ticket by one press, and a chat again by another."""

from __future__ import annotations

from django.http import HttpRequest

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.intake.turning import turn_into_chat, turn_into_ticket
from handrail.web.desk.changes import changing


@changing
def ticket(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST subject ("" leaves it): it goes on by mail and among the customer's requests, who is told so."""
    turn_into_ticket(conversation, by=user, subject=request.POST.get("subject", "")[:255])


@changing
def chat(conversation: Conversation, _request: HttpRequest, user: User) -> None:
    """POST: it goes on in the chat's window again."""
    turn_into_chat(conversation, by=user)
