"""Which product a chat was last about: who asks on without naming one means that one still.

공기청정기 소리가 커요      초기화는 어떻게 해요?   ->  that of the air purifier

Each turn of the bot keeps the thing its question named or was answered about; a choice that was pressed tells its
article's. What is no matter of a thing, as a delivery, leaves it as it was.
"""

from __future__ import annotations

from handrail.answers.asked_from import Page
from handrail.conversations.messages import Message
from handrail.intake.said_before import said_before
from handrail.knowledge.models import Product

THING = "thing"  # in the data of the bot's messages
READ_MAX = 12  # turns of the bot looked through, the newest first


def talked_of(message: Message) -> Page | None:
    """The product the talk before this message was about; None of none, and of one that is no more."""
    things = (int(data.get(THING) or 0) for data in said_before(message, READ_MAX))
    thing = next(filter(None, things), 0)
    return Page(thing, is_said=True) if thing and Product.objects.filter(pk=thing).exists() else None
