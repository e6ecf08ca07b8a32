"""What a customer asked elsewhere and brought along: an agent reads it, so its asker does too."""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.sharing import is_requester
from handrail.web.portal.carried import Carried


def asked_before(
    conversation: Conversation | None, viewer: Viewer, *, brought: Carried | None = None
) -> list[str]:
    """The questions that came along and stand nowhere in the asker's own words yet; nothing for those who read along."""
    tried = conversation.tried if conversation and is_asker(conversation, viewer) else []
    asked = [str(entry["text"]) for entry in tried if is_asked(entry)]
    asked += [brought.question] if brought and brought.question else []
    return [question for question in dict.fromkeys(asked) if not is_said(conversation, question)]


def is_said(conversation: Conversation | None, question: str) -> bool:
    """Whether the customer's messages hold the question already."""
    if conversation is None:
        return False
    return conversation.messages.filter(direction="in", text__contains=question).exists()


def is_asker(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether it is this viewer's own: as the person they are, or from this very browser."""
    is_browsers = bool(viewer.chat_key) and conversation.chat_key == viewer.chat_key
    return is_browsers or is_requester(conversation, viewer)


def is_asked(entry: dict[str, object]) -> bool:
    return entry.get("kind") == "asked" and bool(entry.get("text"))
