"""What a customer asked last: the words they take along when they go on to another way to us, and what help is looked up for."""

from __future__ import annotations

from django.db.models import QuerySet

from handrail.answers.after_shown import ASKS_NOTHING
from handrail.answers.in_vain import in_vain
from handrail.answers.says_yes import says_yes
from handrail.answers.wants_person import wants_person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.status import OVER
from handrail.intake.pleasantries import pleasantry

READ_MAX = 12  # of their messages, the newest first


def asked_last(conversation: Conversation) -> str:
    """Their newest words that ask something, in one line; "" where there are none, and in a chat that is over."""
    if conversation.status in OVER:
        return ""
    # What was typed here: a mail may be from somebody whose words are not shown here.
    return " ".join(newest_asking(conversation.messages.filter(from_address="")).split())


def newest_asking(messages: QuerySet[Message]) -> str:
    """The newest of a customer's messages among these that asks something, as written; "" where none of the last twelve does.

    Never one that brings a code: help for it is looked up nowhere.
    """
    typed = messages.filter(direction="in", is_automatic=False).order_by("-seq")
    for text, data in typed.values_list("text", "data")[:READ_MAX]:
        is_told = (
            any(data.get(key) for key in ("choice", "refused", ASKS_NOTHING)) or data.get("code") is True
        )
        if not is_told and is_asking(text):
            return text
    return ""


def is_asking(text: str) -> bool:
    """Whether words ask for something that can be looked up: no greeting, no "no", no call for a person."""
    words = " ".join(text.split())
    if not words:
        return False
    return not (pleasantry(words) or in_vain(words) == "" or wants_person(words) or says_yes(words))
