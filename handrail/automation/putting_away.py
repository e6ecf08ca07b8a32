"""Spam put away and conversations deleted as changes, so that many go in one press and come back by one."""

from __future__ import annotations

from typing import Any

from handrail.accounts.models import User
from handrail.channels.blocking import block, unblock
from handrail.channels.models import BlockedSender
from handrail.channels.own_addresses import is_own
from handrail.conversations.conversation import Conversation

BLOCK = "block"


def put_away(conversation: Conversation, value: Any, by: User) -> str:
    """Spam: nobody sees it. Returns its sender where `value` is BLOCK and they were not blocked yet, else ""."""
    conversation.delete_for_now(by=by, reason="spam")
    return _blocked(conversation.requester.email, by) if value == BLOCK else ""


def bring_back(conversation: Conversation, sender: str, by: User) -> bool:
    """It stands where it stood, and `sender`, where `by` blocked them, writes in again. False: it was not away."""
    for row in BlockedSender.objects.filter(sender=sender, by=by) if sender else ():
        unblock(row, by=by)
    return conversation.restore(by=by)


def _blocked(address: str, by: User) -> str:
    sender = address.strip().lower()
    if not sender or is_own(sender) or BlockedSender.objects.filter(sender=sender).exists():
        return ""
    return block(sender, by=by).sender
