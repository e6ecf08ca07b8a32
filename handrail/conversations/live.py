"""Telling open windows that something is new. Only codes and numbers travel; each window fetches what it may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from handrail.channels.inboxes import Inbox
from handrail.conversations.conversation import Conversation
from handrail.core import bus
from handrail.core.events.models import Event
from handrail.core.prepared import rows_of, sql_with

FOR_CUSTOMERS = {
    "message.received",
    "message.sent",
    "conversation.status_changed",
    "conversation.handed_over",
    "conversation.assigned",
    "conversation.became_ticket",
    "conversation.became_chat",
}


def customer_channel(public_id: str) -> str:
    """The channel on which a customer's window of one conversation listens. It never carries a note."""
    return f"chat:{public_id}"


def desk_channel(number: int) -> str:
    """The channel of one conversation's page in the desk."""
    return f"desk:{number}"


def staff_channel(user_id: int) -> str:
    """The channel of one colleague, for what concerns them alone."""
    return f"desk:user:{user_id}"


def list_channel(private_team: int | None = None) -> str:
    """The channel of the lists in the desk; a private team has its own, because its numbers are its own."""
    return f"desk:team:{private_team}" if private_team else "desk:list"


def mailbox_channel(private_team: int | None = None) -> str:
    """The channel on which every page of the desk hears how the mailboxes are; a private team's are told its own."""
    return f"desk:mailboxes:{private_team}" if private_team else "desk:mailboxes"


def announce(event: Event) -> None:
    """Publish one fact about a conversation to the windows that show it, once committed."""
    ((public_id, team, is_private, side_of),) = rows_of(*sql_with("told of", _whose, event.subject_id))
    number = side_of or event.subject_id
    data = {"number": number, "verb": event.verb, "seq": event.data.get("seq")}
    channels = [desk_channel(number), list_channel(team if is_private else None)]
    bus.publish("stream", channels=channels, event="changed", data=data)
    if event.verb in FOR_CUSTOMERS:
        shown = {"verb": event.verb, "seq": event.data.get("seq")}
        bus.publish("stream", channels=[customer_channel(public_id)], event="changed", data=shown)


def announce_kept_aside(event: Event) -> None:
    """Tell the desk's lists that a mail waits beside them; a private team's mailbox tells its team alone."""
    inbox = Inbox.objects.select_related("team").get(raws=event.subject_id)
    channels = [list_channel(_private_team(inbox))]
    bus.publish("stream", channels=channels, event="changed", data={"verb": event.verb})


def announce_mailbox(event: Event) -> None:
    """Tell every open page of the desk that a mailbox fails, works again, rests or goes on."""
    inbox = Inbox.objects.select_related("team").get(pk=event.subject_id)
    channels = [mailbox_channel(_private_team(inbox))]
    bus.publish("stream", channels=channels, event="mailbox", data={"verb": event.verb})


def _private_team(inbox: Inbox) -> int | None:
    return inbox.team_id if inbox.team and inbox.team.is_private else None


def announce_around(number: int, *, event: str) -> None:
    """Tell the desk's windows, the lists too, that something about who is at a conversation is new."""
    found = rows_of(*sql_with("told of", _whose, number))
    if found:
        ((_public_id, team, is_private, side_of),) = found
        number = side_of or number
        channels = [desk_channel(number), list_channel(team if is_private else None)]
        bus.publish("stream", channels=channels, event=event, data={"number": number})


def _whose(number: int) -> QuerySet[Any, Any]:
    found = Conversation.objects.filter(pk=number)
    return found.values_list("public_id", "team", "team__is_private", "side_of")


def announce_typing(conversation: Conversation, *, by_staff: bool) -> None:
    """Someone is typing; forgotten by the windows after a few seconds."""
    channel = customer_channel(conversation.public_id) if by_staff else desk_channel(conversation.pk)
    bus.publish(
        "stream", channels=[channel], event="typing", data={"number": conversation.pk} if not by_staff else {}
    )


def announce_read(conversation: Conversation, *, by_staff: bool, delivered: int, read: int) -> None:
    """The other side's windows may show that words arrived or were read."""
    channel = customer_channel(conversation.public_id) if by_staff else desk_channel(conversation.pk)
    bus.publish("stream", channels=[channel], event="read", data={"delivered": delivered, "read": read})
