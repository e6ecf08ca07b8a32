"""What the assistant said before a message: the codes its words were kept with."""

from __future__ import annotations

from typing import Any

from handrail.conversations.messages import Message


def said_before(message: Message, most: int) -> list[dict[str, Any]]:
    """The data of the bot's messages before this one, the newest first, so many at most. One query."""
    told = message.conversation.messages.filter(author_kind="bot", seq__lt=message.seq).order_by("-seq")
    return list(told.values_list("data", flat=True)[:most])


def said_last(message: Message) -> dict[str, Any]:
    """Of the newest of them; {} where there is none."""
    return next(iter(said_before(message, 1)), {})
