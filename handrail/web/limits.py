"""How often may somebody do this? Counted per address, browser or person, in memory or in Redis where there is one.

While Redis is away each process counts for itself: somebody may do a little more, and nobody is locked out.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from handrail.core.breaker import Breaker
from handrail.web.counting import InMemory

log = logging.getLogger(__name__)

REDIS_WITHIN = 0.5  # seconds
_breaker, _own = Breaker(), InMemory()


@dataclass(frozen=True)
class Allowance:
    """`remaining` of `limit` are left in the window; the oldest one counted falls out in `seconds`."""

    is_allowed: bool
    limit: int
    remaining: int
    seconds: int


Limiter = MovingWindowRateLimiter | InMemory
Act = Callable[[Limiter, RateLimitItem, tuple[str, ...]], Allowance]


def take(rate: str, *keys: str) -> Allowance:
    """Count one act under `keys` and say whether it was allowed.

    rate  such as "5/minute" or "100/hour"
    """
    return _counted(_taken, _parsed(rate), keys)


def look(rate: str, *keys: str) -> Allowance:
    """What `take` would say now. Nothing is counted: for acts that count only once they were accepted."""
    return _counted(_looked, _parsed(rate), keys)


def _counted(act: Act, item: RateLimitItem, keys: tuple[str, ...]) -> Allowance:
    """Where all processes count together, else in this one."""
    if settings.REDIS_URL and _breaker.may_try():
        try:
            allowance = act(_shared(settings.REDIS_URL), item, keys)
        except StorageError as error:
            _breaker.failed()
            log.warning("Redis does not answer (%s); this process counts for itself until it does.", error)
        else:
            _breaker.worked()
            return allowance
    return act(_own, item, keys)


def _taken(limiter: Limiter, item: RateLimitItem, keys: tuple[str, ...]) -> Allowance:
    is_allowed = limiter.hit(item, *keys)
    return replace(_looked(limiter, item, keys), is_allowed=is_allowed)


def _looked(limiter: Limiter, item: RateLimitItem, keys: tuple[str, ...]) -> Allowance:
    stats = limiter.get_window_stats(item, *keys)
    seconds = max(1, math.ceil(stats.reset_time - time.time()))
    return Allowance(stats.remaining > 0, item.amount, stats.remaining, seconds)


def address_of(request: HttpRequest) -> str:
    """Where a request came from. A header a stranger can write is never believed; the server reads a trusted proxy's."""
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """The network a request came from: one address, or one IPv6 /64, which is one house. "" where there is none."""
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return ""
    return str(ip_network((address, 64 if address.version == 6 else 32), strict=False))


def forget_all() -> None:
    """Start counting anew; for tests."""
    _own.reset()
    if settings.REDIS_URL:
        _shared(settings.REDIS_URL).storage.reset()


@lru_cache(maxsize=64)
def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)


@lru_cache(maxsize=2)
def _shared(address: str) -> MovingWindowRateLimiter:
    waits = {"socket_timeout": REDIS_WITHIN, "socket_connect_timeout": REDIS_WITHIN}
    storage = storage_from_string(address, wrap_exceptions=True, **waits)  # type: ignore[arg-type]
    return MovingWindowRateLimiter(storage)  # type: ignore[arg-type]
