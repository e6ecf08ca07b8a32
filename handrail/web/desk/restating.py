"""What the customer needs, said back in a few lines: a first draft for “Check my understanding”."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.answers.addressed import not_addressed
from handrail.conversations.conversation import Conversation
from handrail.conversations.unanswered import newest_said, unanswered

POINTS_MOST = 4
POINT_CHARS = 160


def said_again(conversation: Conversation) -> str:
    """A first draft in the customer's language: their open questions, or how their last words begin; to be read and mended."""
    newest = newest_said(conversation)
    said = unanswered(newest) or [message for message in newest if message.direction == "in"][:1]
    texts = [message.own_words for message in said]
    points = not_addressed(texts, "") or [" ".join(text.split()) for text in texts if text.strip()][-1:]
    with translation.override(conversation.locale):
        lines = [_("Let me check that I understood you:")]
        return "\n".join([*lines, *(f"- {point[:POINT_CHARS]}" for point in points[:POINTS_MOST])])
