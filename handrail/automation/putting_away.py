"""Spam put away and conversations deleted as changes, so that many go in one press and come back by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.channels.blocking import block, unblock
from handrail.channels.models import BlockedSender
from handrail.channels.own_addresses import is_own
from handrail.conversations.conversation import Conversation
from handrail.core.events.models import Event

BLOCK = "block"


class Away(NamedTuple):
    """Why a conversation is not there: `blocked` is the sender that was blocked with it and still is, "" for none."""

    is_spam: bool
    blocked: str


@transaction.atomic
def put_away(conversation: Conversation, value: Any, by: User) -> str:
    """Spam: nobody sees it. Returns its sender where `value` is BLOCK and they were not blocked yet, else ""."""
    row = _blocked(conversation.requester.email, by) if value == BLOCK else None
    conversation.delete_for_now(by=by, reason="spam", **({"blocked": row.pk} if row else {}))
    return row.sender if row else ""


@transaction.atomic
def bring_back(conversation: Conversation, sender: str, by: User) -> bool:
    """It stands where it stood. Whoever was blocked with it, and `sender`, where `by` blocked them, writes in again.
    False: it was not away."""
    with_it = Q(pk=_block_of(conversation))
    rows = BlockedSender.objects.filter(with_it | Q(sender=sender, by=by) if sender else with_it)
    unblocked = 0
    for row in rows:
        unblock(row, by=by)
        unblocked += 1
    return conversation.restore(by=by, **({"unblocked": unblocked} if unblocked else {}))


def away(numbers: Iterable[int]) -> dict[int, Away]:
    """number -> why it is away, in two queries however many."""
    subject = Conversation._meta.label_lower
    facts = Event.objects.filter(
        subject_type=subject, subject_id__in=list(numbers), verb="conversation.deleted"
    )
    last = dict(facts.order_by("pk").values_list("subject_id", "data"))
    blocks = {data["blocked"] for data in last.values() if "blocked" in data}
    senders = dict(BlockedSender.objects.filter(pk__in=blocks).values_list("pk", "sender")) if blocks else {}
    return {
        number: Away(data.get("reason") == "spam", senders.get(data.get("blocked"), ""))
        for number, data in last.items()
    }


def _block_of(conversation: Conversation) -> int | None:
    facts = Event.objects.about(conversation).filter(verb="conversation.deleted")
    fact = facts.last()
    return fact.data.get("blocked") if fact else None


def _blocked(address: str, by: User) -> BlockedSender | None:
    sender = address.strip().lower()
    if not sender or is_own(sender) or BlockedSender.objects.filter(sender=sender).exists():
        return None
    return block(sender, by=by)
