"""A conversation on paper: what was said between the customer and us, and nothing that is ours alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core import clock
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import show


def page(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/print"""
    conversation = fetch(request, number)
    messages = said(conversation)
    return show(
        request, "desk/print.html", conversation=conversation, messages=messages, printed_at=clock.now()
    )


def said(conversation: Conversation) -> list[Message]:
    """The messages, oldest first; without those strangers sent to its reply address, which the customer never saw."""
    found = conversation.messages.prefetch_related("attachments__file").order_by("seq")
    return [each for each in found if not each.data.get("other_address")]
