"""The mail behind a message: the bytes it came in, or, for one of ours, the mail as it is made of what is kept."""

from __future__ import annotations

from handrail.channels.models import InboundRaw
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


def _kept(message: Message) -> InboundRaw | None:
    rows = InboundRaw.objects.filter(state=InboundRaw.State.TAKEN)
    number = message.data.get("raw")
    if number is None and message.message_id.startswith("raw-"):
        number = message.message_id.removeprefix("raw-")
    if number is not None:
        return rows.filter(pk=number).first() if str(number).isdigit() else None
    if not message.message_id:
        return None
    # Messages from before their mail was named beside them.
    return rows.filter(external_id__startswith=f"{message.message_id[:180]}#").order_by("pk").first()
