"""Closing and snoozing as changes: what ends a conversation or takes it out of the lists, and brings it back.

Closed does not change any more, so a change that closes only solves; the run closes for good when its way back has
ended (closing.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.conversations.status import UNSOLVED, ConversationIsClosed, Status
from handrail.core import clock


class CannotPutAside(ValueError):
    """`code` is one of refusals.REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def end(conversation: Conversation, *, by: User) -> str:
    """Solve it, to be closed later. Returns the status it goes back to. Raises ConversationIsClosed and NotOver."""
    old = conversation.status
    if conversation.is_closed:
        raise ConversationIsClosed(f"Conversation {conversation.pk} is closed.")
    conversation.set_status(Status.SOLVED, by=by)
    return old


def put_aside(conversation: Conversation, until: Any, *, by: User) -> str | None:
    """Snooze until an hour, in ISO 8601. Returns the hour it was snoozed until before. Raises CannotPutAside."""
    before = conversation.snoozed_until
    if conversation.status not in UNSOLVED:
        raise CannotPutAside("closed" if conversation.is_closed else "over")
    try:
        conversation.snooze(datetime.fromisoformat(str(until)), by=by)
    except ValueError:
        raise CannotPutAside("past_hour") from None
    return before.isoformat() if before else None


def back_to(conversation: Conversation, hour: Any, *, by: User) -> None:
    """Snoozed until the hour of before, or in the lists again where there was none or it has passed."""
    until = datetime.fromisoformat(str(hour)) if hour else None
    if until and until > clock.now():
        conversation.snooze(until, by=by)
    else:
        conversation.wake(by=by, reason="hand")


def stands(conversation: Conversation, kind: str, value: Any) -> bool:
    """Whether it is still solved, or still snoozed until that hour."""
    if kind == "close":
        return conversation.status == Status.SOLVED
    return conversation.snoozed_until == datetime.fromisoformat(str(value))
