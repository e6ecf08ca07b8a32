"""The record of a contact: since when the customer waits, who took it over and when, and for what reason they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
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
    """The first word of theirs that no person answered, or from when on a person was asked for, if that came later; in this
    conversation or in one merged into it, whichever is earlier."""
    if conversation.status not in UNSOLVED or conversation.held_by == "bot":
        return None
    merged = _waits_merged(entries)
    if waiting := unanswered(messages_back(entries)):
        since, asked_for = waiting[0].at, conversation.handed_over_at
        merged.append(max(since, asked_for) if asked_for else since)
    return min(merged, default=None)


def _waits_merged(entries: Sequence[Entry]) -> list[datetime]:
    """Since when those waited that were merged into it, as far as no person wrote since and the merge still stands."""
    found: dict[str, datetime] = {}
    for entry in entries:
        if entry.message and entry.kind == "message" and _answers(entry.message):
            found.clear()
        elif entry.change and entry.change.verb == "conversation.released":
            found.pop(entry.change.new, None)
        elif entry.change and entry.change.waits_since:
            found[entry.change.new] = entry.change.waits_since
    return list(found.values())


def _answers(message: Message) -> bool:
    return message.author_kind == "staff" and not message.is_automatic
