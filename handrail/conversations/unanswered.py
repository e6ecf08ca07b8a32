"""What the customer said and no person of ours has answered."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message

LOOKED_AT_MOST = 30  # messages back


def unanswered(newest_first: Iterable[Message]) -> list[Message]:
    """The customer's messages since our last reply, oldest first; what went out by itself is no reply. Asks no table."""
    found: list[Message] = []
    for message in newest_first:
        if message.is_automatic:
            continue
        if message.author_kind == "staff":
            break
        if message.direction == "in":
            found.insert(0, message)
    return found


def newest_said(conversation: Conversation) -> list[Message]:
    """The last words of people, newest first, at most LOOKED_AT_MOST."""
    return list(conversation.messages.filter(is_automatic=False).order_by("-seq")[:LOOKED_AT_MOST])
