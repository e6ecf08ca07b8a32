"""Addresses for answers that a customer left in a conversation themselves: in its chat, or beside its form."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.core.events.models import Event


def left_by(people: Collection[int], conversation: Conversation) -> QuerySet[Endpoint]:
    """The mail windows that one of these people opened here for themselves.

    Such a window names whoever has the address, because leaving one proves nothing. Who was put in copy, by a colleague
    or by the customer, is somebody else.
    """
    told = Event.objects.about(conversation).filter(verb="conversation.endpoint_attached")
    facts = told.filter(actor_kind="person", actor_id__in=people).values_list("data", flat=True)
    ways = conversation.endpoints.filter(pk__in={data.get("endpoint") for data in facts}, inbox__kind="mail")
    return ways.exclude(person__in=conversation.participants.values("person"))
