"""The mail behind a message: the bytes it came in, or, for one of ours, the mail as it is made of what is kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from handrail.channels.inbound import kept_under
from handrail.channels.models import InboundRaw, Inbox
from handrail.conversations.letters import compose
from handrail.conversations.messages import Message


def is_mail(message: Message) -> bool:
    """Whether it came or left by mail. Reads a row for one of ours."""
    if message.direction == Message.Direction.IN:
        return bool(message.message_id)
    return message.deliveries.exists()


def original(message: Message) -> bytes | None:
    """The bytes; None where they are not kept any more. One of ours is not kept as bytes: it is made again."""
    if message.direction == Message.Direction.OUT:
        delivery = message.deliveries.select_related(
            "message__conversation__brand", "endpoint__inbox", "endpoint__person"
        ).first()
        return compose(delivery)[0] if delivery else None
    kept = _kept(message)
    return bytes(kept.body) or None if kept else None


def kept_mails(messages: models.QuerySet[Message]) -> list[int]:
    """Ids of the kept mails these messages came in: each as often as it came, to whichever of our mailboxes."""
    numbers, named = set(), Q(pk__in=[])
    for message_id, data in messages.exclude(message_id="").values_list("message_id", "data"):
        if number := _number(message_id, data):
            numbers.add(number)
        else:
            named |= kept_under(message_id)  # from before their mail was named beside them
    rows = InboundRaw.objects.all()
    # The id that a row is kept by says which mail it is, so that the same one has it in every mailbox.
    same = rows.filter(pk__in=numbers).values("external_id")
    return list(
        rows.filter(named | Q(inbox__in=Inbox.objects.all(), external_id__in=same)).values_list(
            "pk", flat=True
        )
    )


def held_by_others(messages: models.QuerySet[Message], mails: list[int]) -> set[int]:
    """Which of these kept mails stand behind other conversations' messages too: one mail to mailboxes that share nothing."""
    ids = messages.exclude(message_id="").values("message_id")
    named = Q(message_id__in=ids) | Q(message_id__in=[f"raw-{number}" for number in mails])
    others = Message.objects.filter(named).exclude(conversation__in=messages.values("conversation"))
    numbers = {_number(*each) for each in others.values_list("message_id", "data")}
    return {number for number in mails if number in numbers}


def _number(message_id: str, data: dict[str, Any]) -> int | None:
    # A Message-ID may be a number too, and names no row of ours.
    number = str(
        data.get("raw") or (message_id.removeprefix("raw-") if message_id.startswith("raw-") else "")
    )
    return int(number) if number.isascii() and number.isdecimal() else None


def _kept(message: Message) -> InboundRaw | None:
    rows = InboundRaw.objects.filter(state=InboundRaw.State.TAKEN)
    if number := _number(message.message_id, message.data):
        return rows.filter(pk=number).first()
    return rows.filter(kept_under(message.message_id)).order_by("pk").first() if message.message_id else None
