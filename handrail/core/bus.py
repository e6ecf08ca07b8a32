"""Telling other processes that something changed: small messages, ids only, and none of them matters if lost.

Without Redis each listening process binds a Unix datagram socket and a publisher writes to all that hear the
topic; with REDIS_URL it is Redis pub/sub, for several hosts. Whoever listens also looks for itself now and then,
so a lost message costs a second, never a fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from handrail.core import bus_redis, bus_unix

MESSAGE_BYTES_MAX = 60_000
GAP = "gap"  # made by a listener itself: messages may have been missed, look at everything again


class Listening(Protocol):
    """Where messages arrive, in a plain loop. Never raises for a bus that is away: it waits and tries again."""

    def wait(self, seconds: float) -> dict[str, Any] | None:
        """The next message, or None after `seconds` without one."""
        ...

    def close(self) -> None: ...


def publish(topic: str, **data: Any) -> None:
    """Send `data` (JSON values) to every listener of `topic` in every process, after the current transaction commits.

    Well-known topics: "jobs" (there is work), "stream" (channels, event, data, id), "stamp" (brand, stamp, soft),
    "revoke" (viewer or channels). Raises ValueError for a message over 60,000 bytes: send ids, not things.
    """
    message = json.dumps({"topic": topic, **data}, ensure_ascii=False, separators=(",", ":")).encode()
    if len(message) > MESSAGE_BYTES_MAX:
        raise ValueError(
            f"A {topic!r} message of {len(message)} bytes is too large for the bus; publish ids."
        )
    transaction.on_commit(partial(_send, topic, message), robust=True)


def _send(topic: str, message: bytes) -> None:
    if settings.REDIS_URL:
        bus_redis.send(settings.REDIS_URL, topic, message)
    else:
        # Whoever waits for work looks for itself within a second, so a full queue may be skipped; a person
        # watching a chat has no such net, so for them the sender waits a moment.
        bus_unix.send(settings.DATA, topic, message, patience=0.0 if topic == "jobs" else 0.2)


@contextmanager
def listening(name: str, topics: Iterable[str] = ()) -> Iterator[Listening]:
    """A listener for the block.

    name    whose it is, for whoever looks into the folder
    topics  what it hears; none given means all. Hear only what you need: a queue holds few messages
    """
    listener = listener_for(name, topics)
    try:
        yield listener
    finally:
        listener.close()


def listener_for(name: str, topics: Iterable[str] = ()) -> Listening:
    """The same without a block; the caller closes it."""
    if settings.REDIS_URL:
        return bus_redis.Listener(settings.REDIS_URL, topics)
    return bus_unix.Listener(settings.DATA, name, topics)
