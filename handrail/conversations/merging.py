"""Two conversations about one need become one; the old number leads to the survivor."""

from __future__ import annotations

from django.db import transaction

from handrail.conversations.conversation import Conversation
from handrail.conversations.status import Status
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class CannotMerge(ValueError):
    """The two belong to different people, or one was merged already."""


@transaction.atomic
def merge(conversation: Conversation, *, into: Conversation, by: CanAct) -> None:
    """Close `conversation` and let its number open `into`. Nobody gains sight of what they did not have:
    participants are not joined, so both must have the same requester."""
    if conversation.pk == into.pk or conversation.merged_into_id or into.merged_into_id:
        raise CannotMerge(f"#{conversation.pk} and #{into.pk} cannot be merged: one of them already was.")
    if conversation.requester_id != into.requester_id:
        raise CannotMerge(f"#{conversation.pk} and #{into.pk} belong to different people.")
    conversation.merged_into = into
    conversation.save(update_fields=["merged_into"])
    if not conversation.is_closed:
        conversation.set_status(Status.CLOSED, by=by)
    record("conversation.merged", conversation, by=by, into=into.pk)
    record("conversation.absorbed", into, by=by, other=conversation.pk)
