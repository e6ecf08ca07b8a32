"""Keeping the bytes first: the one way by which anything from outside comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from handrail.channels.inbound import ID_CHARS_MOST
from handrail.channels.models import InboundRaw, Inbox
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record


def keep(
    inbox: Inbox,
    body: bytes,
    *,
    external_id: str = "",
    envelope_from: str = "",
    envelope_to: Sequence[str] = (),
    sameness: bytes = b"",
    came_by: str = "",
) -> tuple[InboundRaw, bool]:
    """Store what arrived, once, and return it with whether it is new. When this returns, it is committed.

    external_id  the sender's own id where it has one. The same id with other bytes is another message, so
                 a hash of the bytes is part of the key.
    came_by      InboundRaw.IMAP where we fetched it; whoever hands it to us answers for it otherwise
    sameness     what to hash for that instead of all bytes: a server that repeats a mail adds to its head
    """
    digest = hashlib.sha256(body).hexdigest()
    mark = hashlib.sha256(sameness).hexdigest() if sameness else digest
    key = f"{external_id[:ID_CHARS_MOST]}#{mark[:32]}"
    known = InboundRaw.objects.filter(inbox=inbox, external_id=key).first()
    if known:
        return known, False
    try:
        with transaction.atomic():
            row = InboundRaw.objects.create(
                inbox=inbox,
                external_id=key,
                sha256=digest,
                body=body,
                envelope_from=envelope_from[:320],
                envelope_to=list(envelope_to)[:50],
                came_by=came_by,
            )
            record("inbound.kept", row, by=SYSTEM, bytes=len(body))
            return row, True
    except IntegrityError:
        return InboundRaw.objects.get(inbox=inbox, external_id=key), False
