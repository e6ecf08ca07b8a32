"""The stored question behind what the assistant said last: what is pressed and said next tells how it did."""

from __future__ import annotations

from handrail.answers.models import Ask
from handrail.conversations.conversation import Conversation


def last_ask(conversation: Conversation) -> Ask | None:
    """The stored question behind the bot's newest words."""
    told = conversation.messages.filter(author_kind="bot").order_by("-seq").values_list("data", flat=True)[:5]
    key = next((data["ask"] for data in told if data.get("ask")), "")
    return Ask.objects.filter(key=key).first() if key else None
