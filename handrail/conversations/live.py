"""Telling open windows that something is new. Only codes and numbers travel; each window fetches what it may see."""

from __future__ import annotations

from handrail.conversations.conversation import Conversation
from handrail.core import bus
from handrail.core.events.models import Event

FOR_CUSTOMERS = {"message.received", "message.sent", "conversation.status_changed", "conversation.handed_over"}


def customer_channel(public_id: str) -> str:
    """The channel on which a customer's window of one conversation listens. It never carries a note."""
    return f"chat:{public_id}"


def desk_channel(number: int) -> str:
    """The channel of one conversation's page in the desk."""
    return f"desk:{number}"


DESK_LIST = "desk:list"


def announce(event: Event) -> None:
    """Publish one fact about a conversation to the windows that show it, once committed."""
    data = {"number": event.subject_id, "verb": event.verb, "seq": event.data.get("seq")}
    bus.publish("stream", channels=[desk_channel(event.subject_id), DESK_LIST], event="changed", data=data)
    if event.verb in FOR_CUSTOMERS:
        public_id = Conversation.objects.values_list("public_id", flat=True).get(pk=event.subject_id)
        shown = {"verb": event.verb, "seq": event.data.get("seq")}
        bus.publish("stream", channels=[customer_channel(public_id)], event="changed", data=shown)


def announce_typing(conversation: Conversation, *, by_staff: bool) -> None:
    """Someone is typing; forgotten by the windows after a few seconds."""
    channel = customer_channel(conversation.public_id) if by_staff else desk_channel(conversation.pk)
    bus.publish("stream", channels=[channel], event="typing", data={"number": conversation.pk} if not by_staff else {})
