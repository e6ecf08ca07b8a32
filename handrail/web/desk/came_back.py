"""Addresses of a conversation to which our last mail did not get through, so that nobody writes there once more unwarned."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.channels.mail.undelivered import why
from handrail.conversations.deliveries import Delivery
from handrail.web.desk.thread import Entry

LOST = (Delivery.State.BOUNCED, Delivery.State.FAILED)


def came_back(entries: Sequence[Entry]) -> dict[str, str]:
    """Address -> why a mail to it came back or was refused, in the current language. Whoever wrote from an address since has
    it, so it is left out. Asks no table."""
    lost: dict[int, Delivery] = {}
    for entry in entries:
        if entry.message is None or entry.kind != "message":
            continue
        if entry.message.direction == "in":
            lost.pop(entry.message.endpoint_id or 0, None)
        lost |= {each.endpoint_id: each for each in entry.deliveries if each.state in LOST}
    return {each.endpoint.address: why(each.error) for each in lost.values()}
