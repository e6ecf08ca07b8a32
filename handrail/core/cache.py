"""The cache of several hosts. What it holds may always be made again, so a Redis that is away is an empty one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache

from handrail.core.breaker import Breaker

log = logging.getLogger(__name__)

# The longest a page waits to find out that Redis does not answer; then nobody waits until the breaker lets one try.
TIMEOUT_SECONDS = 0.5


class ForgivingRedis(RedisCache):
    """While Redis is away nothing is found and nothing kept. `add` then says False: that it was first is not known."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waits = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
        super().__init__(server, {**params, "OPTIONS": {**waits, **params.get("OPTIONS", {})}})
        self._breaker = Breaker()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._tried(lambda: super(ForgivingRedis, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._tried(lambda: super(ForgivingRedis, self).set(key, value, *args, **kwargs), None)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._tried(lambda: super(ForgivingRedis, self).add(key, value, *args, **kwargs), False))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._tried(lambda: super(ForgivingRedis, self).delete(key, version), False))

    def _tried(self, work: Callable[[], Any], otherwise: Any) -> Any:
        import redis

        if not self._breaker.may_try():
            return otherwise
        try:
            found = work()
        except (redis.RedisError, OSError) as error:
            self._breaker.failed()
            log.warning("Redis does not answer (%s); nothing is cached until it does.", error)
            return otherwise
        self._breaker.worked()
        return found
