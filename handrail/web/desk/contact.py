"""The record of a contact: since when the customer waits, who took it over and when, and for what reason they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handrail.conversations.conversation import Conversation
from handrail.conversations.status import UNSOLVED
from handrail.conversations.unanswered import unanswered
from handrail.web.desk.fields import FieldsPanel
from handrail.web.desk.thread import Entry, messages_back


@dataclass(frozen=True)
class Contact:
    """waits_since: none where nobody waits for a person; taken_at may be unknown; reasons: (name, words), "" for not said."""

    waits_since: datetime | None
    taken_by: str
    taken_at: datetime | None
    reasons: list[tuple[str, str]]


def contact(conversation: Conversation, entries: Sequence[Entry], fields: FieldsPanel) -> Contact:
    """Asks no table."""
    return Contact(
        waits_since=waits_since(conversation, entries),
        taken_by=conversation.assignee.name if conversation.assignee else "",
        taken_at=conversation.taken_at,
        reasons=fields.reasons,
    )


def waits_since(conversation: Conversation, entries: Sequence[Entry]) -> datetime | None:
    """The first word of theirs that no person answered, or from when on a person was asked for, if that came later."""
    if conversation.status not in UNSOLVED or conversation.held_by == "bot":
        return None
    waiting = unanswered(messages_back(entries))
    if not waiting:
        return None
    since, asked_for = waiting[0].at, conversation.handed_over_at
    return max(since, asked_for) if asked_for else since
