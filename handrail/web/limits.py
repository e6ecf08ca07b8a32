"""How often may somebody do this? Counted per address, browser or person, in memory or in Redis where there is one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter


@dataclass(frozen=True)
class Allowance:
    """`remaining` of `limit` are left in the window; the oldest one counted falls out in `seconds`."""

    is_allowed: bool
    limit: int
    remaining: int
    seconds: int


def take(rate: str, *keys: str) -> Allowance:
    """Count one act under `keys` and say whether it was allowed.

    rate  such as "5/minute" or "100/hour"
    """
    item = _parsed(rate)
    allowed = _limiter().hit(item, *keys)
    stats = _limiter().get_window_stats(item, *keys)
    return Allowance(allowed, item.amount, stats.remaining, max(1, round(stats.reset_time - time.time())))


def address_of(request: HttpRequest) -> str:
    """Where a request came from. A header a stranger can write is never believed; the server reads a trusted proxy's."""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_all() -> None:
    """Start counting anew; for tests."""
    _storage().reset()


@lru_cache(maxsize=64)
def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)


@lru_cache(maxsize=1)
def _storage() -> Storage:
    return storage_from_string(settings.REDIS_URL or "memory://")  # type: ignore[return-value]


@lru_cache(maxsize=1)
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(_storage())
