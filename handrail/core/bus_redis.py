"""The bus between hosts: Redis pub/sub, one Redis channel per topic. Redis may go away and come back.

Pub/sub knows no database numbers, so the number stands in the channel's name: two sites on one Redis hear only themselves.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.0
REST_SECONDS = 5.0  # after a failure nobody waits for Redis again until this has passed

_resting: dict[str, float] = {}


def send(url: str, topic: str, message: bytes) -> None:
    """Publish, or say once in a while that Redis is away; what was to be told is then found by looking."""
    import redis

    if time.monotonic() < _resting.get(url, 0):
        return
    try:
        client(url).publish(_prefix(url) + topic, message)
    except redis.RedisError as error:
        _resting[url] = time.monotonic() + REST_SECONDS
        log.warning("Redis does not answer (%s); messages between processes are lost until it does.", error)


class Listener:
    """A subscription that comes back by itself and then says `{"topic": "gap"}`, for what was missed."""

    def __init__(self, url: str, topics: Iterable[str] = ()) -> None:
        self._url, self._topics = url, [_prefix(url) + topic for topic in sorted(topics)]
        self._pubsub: Any = None
        self._was_lost = False
        self._subscribe()

    def _subscribe(self) -> bool:
        import redis

        pubsub = client(self._url).pubsub(ignore_subscribe_messages=True)
        try:
            if self._topics:
                pubsub.subscribe(*self._topics)
            else:
                pubsub.psubscribe(_prefix(self._url) + "*")
        except redis.RedisError:
            pubsub.close()
            self._was_lost = True
            return False
        self._pubsub = pubsub
        return True

    def wait(self, seconds: float) -> dict[str, Any] | None:
        import redis

        if self._pubsub is None:
            if not self._subscribe():
                time.sleep(min(seconds, 1.0))
                return None
            if self._was_lost:
                self._was_lost = False
                return {"topic": "gap"}
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                # None here may also be the answer to our own subscription: ask again.
                if message := self._pubsub.get_message(timeout=left):
                    return json.loads(message["data"])
        except redis.RedisError as error:
            log.warning("Redis was lost (%s); trying again.", error)
            self.close()
            self._was_lost = True
        return None

    def close(self) -> None:
        if self._pubsub is not None:
            self._pubsub.close()
            self._pubsub = None


@cache
def _prefix(url: str) -> str:
    from redis.connection import parse_url

    return f"handrail:{parse_url(url).get('db') or 0}:"


@cache
def client(url: str) -> Any:
    """One connection pool per process and address."""
    import redis

    return redis.Redis.from_url(
        url, socket_connect_timeout=TIMEOUT_SECONDS, socket_timeout=TIMEOUT_SECONDS, health_check_interval=15
    )
