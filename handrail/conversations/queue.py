"""The queue of chats: who waits for a first word of ours, in the order in which they came to people."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from handrail.conversations.conversation import Conversation

AHEAD_MOST = 99  # nobody counts on


def waits_in_queue(conversation: Conversation) -> bool:
    """Whether it is a chat that people have and nobody has taken."""
    return (
        conversation.channel == "chat"
        and conversation.held_by == "people"
        and conversation.assignee_id is None
        and conversation.first_answered_at is None
    )


def ahead_of(conversation: Conversation) -> int:
    """How many chats of its team came to people before it and still wait; at most AHEAD_MOST."""
    since = conversation.handed_over_at or conversation.created_at
    waiting = Conversation.objects.filter(deleted_at=None, side_of=None).unsolved().unassigned()
    same = waiting.filter(channel="chat", team=conversation.team_id, first_answered_at=None)
    before = same.annotate(since=Coalesce("handed_over_at", F("created_at"))).filter(
        Q(since__lt=since) | Q(since=since, pk__lt=conversation.pk)
    )
    return len(before.values_list("pk")[:AHEAD_MOST])
