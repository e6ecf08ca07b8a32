"""What the customer needs, said back in a few lines: a first draft for “Check my understanding”."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.answers.addressed import not_addressed
from handrail.conversations.conversation import Conversation
from handrail.web.desk.open_questions import LOOKED_AT_MOST, since_our_last_word

POINTS_MOST = 4
POINT_CHARS = 160


def said_again(conversation: Conversation) -> str:
    """A first draft in the customer's language: their open questions, or how their last words begin; to be read and mended."""
    newest = list(conversation.messages.filter(is_automatic=False).order_by("-seq")[:LOOKED_AT_MOST])
    texts = [message.text for message in since_our_last_word(newest)] or [
        message.text for message in newest if message.direction == "in"
    ][:1]
    points = not_addressed(texts, "") or [" ".join(text.split()) for text in texts if text.strip()][-1:]
    with translation.override(conversation.locale):
        lines = [_("Let me check that I understood you:")]
        return "\n".join([*lines, *(f"- {point[:POINT_CHARS]}" for point in points[:POINTS_MOST])])
