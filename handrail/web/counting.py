"""Acts counted in this process: how many under each key within a moving window. The strategy `limits` asks of its storages.

The library's own memory starts a thread at each act to forget what is over, which cost more than all the rest of a form.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from limits import RateLimitItem

KEYS_MOST = 100_000  # past it those that acted longest ago are forgotten


class Window(NamedTuple):
    """reset_time: when the oldest act counted falls out, in seconds since 1970."""

    reset_time: float
    remaining: int


class InMemory:
    """A moving window for each key; `now` in seconds since 1970."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now, self._lock = now, Lock()
        self._acts: OrderedDict[str, deque[float]] = OrderedDict()

    def hit(self, item: RateLimitItem, *keys: str) -> bool:
        """Count one act; False, and nothing counted, where there were as many as `item` allows."""
        with self._lock:
            acts = self._within(item, keys)
            if len(acts) >= item.amount:
                return False
            acts.append(self._now())
            return True

    def get_window_stats(self, item: RateLimitItem, *keys: str) -> Window:
        with self._lock:
            acts = self._within(item, keys)
            oldest = acts[0] if acts else self._now()
            return Window(oldest + item.get_expiry(), item.amount - len(acts))

    def reset(self) -> None:
        with self._lock:
            self._acts.clear()

    def _within(self, item: RateLimitItem, keys: tuple[str, ...]) -> deque[float]:
        key = item.key_for(*keys)
        acts = self._acts.setdefault(key, deque())
        self._acts.move_to_end(key)
        while len(self._acts) > KEYS_MOST:
            self._acts.popitem(last=False)
        begin = self._now() - item.get_expiry()
        while acts and acts[0] <= begin:
            acts.popleft()
        return acts
