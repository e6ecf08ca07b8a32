"""Telling other processes that something changed: small messages, ids only, and none of them matters if lost.

Without Redis each listening process binds a Unix datagram socket in the data folder and a publisher writes to
all of them; with REDIS_URL it is Redis pub/sub, for several hosts. Whoever listens also looks for itself now
and then, so a lost message costs a second, never a fact.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

MESSAGE_BYTES_MAX = 60_000


def publish(topic: str, **data: Any) -> None:
    """Send `data` (JSON values) to every listener of every process, after the current transaction commits."""
    transaction.on_commit(lambda: _send(topic, data), robust=True)


def _send(topic: str, data: dict[str, Any]) -> None:
    message = json.dumps({"topic": topic, **data}).encode()
    if settings.REDIS_URL:
        _redis().publish("handrail", message)
        return
    sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sender.setblocking(False)
    with sender:
        for path in _folder().glob("*.sock"):
            try:
                sender.sendto(message, str(path))
            except ConnectionRefusedError:
                # Its process died without tidying up.
                path.unlink(missing_ok=True)
            except OSError:
                # A full queue or a socket gone in between: the listener looks for itself soon.
                continue


class Listener:
    """A place where messages arrive. `fileno()` for an event loop, `wait()` for a plain loop."""

    def __init__(self, name: str) -> None:
        self.path = _folder() / f"{name}-{os.getpid()}-{id(self):x}.sock"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_048_576)

    def fileno(self) -> int:
        return self._socket.fileno()

    def wait(self, seconds: float) -> dict[str, Any] | None:
        """The next message, or None after `seconds` without one."""
        self._socket.settimeout(max(seconds, 0.001))
        with suppress(TimeoutError, BlockingIOError):
            return json.loads(self._socket.recv(MESSAGE_BYTES_MAX + 4096))
        return None

    def close(self) -> None:
        self._socket.close()
        self.path.unlink(missing_ok=True)


class RedisListener:
    """The same over Redis pub/sub."""

    def __init__(self) -> None:
        self._pubsub = _redis().pubsub(ignore_subscribe_messages=True)
        self._pubsub.subscribe("handrail")

    def wait(self, seconds: float) -> dict[str, Any] | None:
        message = self._pubsub.get_message(timeout=max(seconds, 0.001))
        return json.loads(message["data"]) if message else None

    def close(self) -> None:
        self._pubsub.close()


@contextmanager
def listening(name: str) -> Iterator[Listener | RedisListener]:
    """A listener for the block; `name` says whose, for whoever looks into the folder."""
    listener = RedisListener() if settings.REDIS_URL else Listener(name)
    try:
        yield listener
    finally:
        listener.close()


def _folder() -> Path:
    path = settings.DATA / "run" / "bus"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _redis() -> Any:
    import redis

    return redis.Redis.from_url(settings.REDIS_URL)
