"""What waited for us in a merged conversation waits on in the one that goes on; taking the merge back takes that back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import meant
from handrail.conversations.holding import Holder
from handrail.conversations.messages import Message
from handrail.conversations.status import OVER, WAITING_ON_US, Status
from handrail.conversations.unanswered import newest_said, unanswered
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event

MOVED = (*OVER, Status.PENDING, Status.ON_HOLD)


def waits(conversation: Conversation) -> bool:
    """Whether somebody still has to do something in it: we, or on hold somebody else."""
    return conversation.status in (*WAITING_ON_US, Status.ON_HOLD)


def waits_on_in(into: Conversation, conversation: Conversation, *, by: CanAct) -> dict[str, Any]:
    """Have `into` wait as `conversation` does, which is about to be closed by a merge: what is solved, pending, on hold or
    asleep is open again, what the bot has comes to people, its turn is that of whoever waited longest, and lists show the
    newest word of both.

    returns  what the fact of the merge keeps, for `wait_no_longer`: codes and moments, no words
    """
    if not waits(conversation):
        return {}
    kept: dict[str, Any] = {"newest": _show_newest(into, conversation)}
    if conversation.status in WAITING_ON_US:
        since = _waits_since(conversation)
        kept |= {"waits_since": since.isoformat()} if since else {}
        kept |= _come_to_people(into, conversation, by=by)
    aim = Status.OPEN if conversation.status in WAITING_ON_US else Status.ON_HOLD
    if into.status in (MOVED if aim == Status.OPEN else OVER):
        kept |= {"status": into.status_code, "solved_at": _said(into.solved_at)}
        into.set_status(aim, by=by)
    if into.snoozed_until and not conversation.snoozed_until:
        kept["snoozed_until"] = _said(into.snoozed_until)
        into.wake(by=by, reason="hand")
    return kept


def wait_no_longer(into: Conversation, conversation: Conversation, *, by: CanAct) -> None:
    """Put `into` back as the merge found it. Where somebody has written in it or changed its status since, it stays as it is;
    and what people took over from the bot stays with people."""
    facts = Event.objects.about(into)
    told = facts.filter(verb="conversation.absorbed", data__other=conversation.pk).order_by("-pk").first()
    if told is None:
        return
    if told.data.get("newest"):
        _show_its_own(into)
    later = facts.filter(pk__gt=told.pk, verb__in=("message.received", "conversation.status_changed"))
    if (
        later.exists()
        or into.messages.filter(at__gt=told.at, author_kind="staff", is_automatic=False).exists()
    ):
        return
    if "handed_over_at" in told.data:
        into.handed_over_at = _read(told.data["handed_over_at"])
        into.save(update_fields=["handed_over_at"])
    if "snoozed_until" in told.data:
        until = _read(told.data["snoozed_until"])
        into.snoozed_until = until if until and until > clock.now() else None
        into.save(update_fields=["snoozed_until"])
    if "status" in told.data:
        _back_to(into, told.data, by=by)


def _back_to(into: Conversation, kept: dict[str, Any], *, by: CanAct) -> None:
    # Not set_status: it was solved when it was, and nothing has to be filled in for it to be so again.
    old = into.status
    into.status, into.custom_status = meant(kept["status"])
    into.solved_at, into.updated_at = _read(kept.get("solved_at")), clock.now()
    into.save(update_fields=["status", "custom_status", "solved_at", "updated_at"])
    custom: dict[str, Any] = {"new_custom": into.custom_status_id} if into.custom_status_id else {}
    record("conversation.status_changed", into, by=by, old=old, new=into.status, **custom)


def _come_to_people(into: Conversation, conversation: Conversation, *, by: CanAct) -> dict[str, Any]:
    """Out of the bot's hands, and to the place in the queue of whichever of both came first. `queued_at` is the database's."""
    before = into.handed_over_at
    if into.held_by == Holder.BOT:
        into.hand_over(reason="merged", by=by)
    if conversation.first_answered_at or into.first_answered_at:
        return {}
    both = Conversation.objects.filter(pk__in=[into.pk, conversation.pk])
    earlier = min(both.values_list("queued_at", flat=True))
    theirs = before or into.created_at
    if min(earlier, theirs) == theirs and into.handed_over_at == before:
        return {}
    into.handed_over_at = min(earlier, theirs)
    into.save(update_fields=["handed_over_at"])
    return {"handed_over_at": _said(before)}


def _waits_since(conversation: Conversation) -> datetime | None:
    """The first word of theirs that no person answered, or from when on they waited for a person, if that came later."""
    words = unanswered(newest_said(conversation))
    if not words:
        return None
    return max(words[0].at, conversation.handed_over_at or words[0].at)


def _show_newest(into: Conversation, conversation: Conversation) -> bool:
    if conversation.last_message_at <= into.last_message_at or not conversation.last_seq:
        return False
    for name in ("last_message_at", "last_message_text", "last_message_from", "last_message_is_verified"):
        setattr(into, name, getattr(conversation, name))
    into.listed_at = max(into.listed_at, conversation.last_message_at)
    _keep_shown(into)
    return True


def _show_its_own(into: Conversation) -> None:
    said = into.messages.order_by("-seq")
    newest, last = said.first(), said.filter(is_automatic=False).first() or said.last()
    if newest is None or last is None:
        return
    into.last_message_at = into.listed_at = newest.at
    into.last_message_text = Conversation.preview_of(last)
    into.last_message_from = last.direction
    into.last_message_is_verified = last.direction == Message.Direction.OUT or last.is_verified
    _keep_shown(into)


def _keep_shown(into: Conversation) -> None:
    shown = [f"last_message_{name}" for name in ("at", "text", "from", "is_verified")]
    into.save(update_fields=[*shown, "listed_at"])


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
