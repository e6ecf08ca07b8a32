"""A circuit breaker: what does not answer is left alone for a while, and one caller at a time tries it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

REST_SECONDS = (1.0, 2.0, 5.0, 15.0, 30.0)  # after the first, second, ... failure in a row


class Breaker:
    """Closed while things work. After a failure it opens for a rest that grows, then lets one try through."""

    def __init__(
        self, rests: tuple[float, ...] = REST_SECONDS, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rests, self._now = rests, now
        self._lock = Lock()
        self._failures = 0
        self._rest_until = 0.0

    @property
    def is_open(self) -> bool:
        """True while nobody is let through, or only one to see."""
        return self._failures > 0

    def may_try(self) -> bool:
        """Whether this caller may go through; after a rest only one may, until it has said how it went."""
        with self._lock:
            if not self._failures:
                return True
            if self._now() < self._rest_until:
                return False
            self._rest_until = self._now() + self._rest()
            return True

    def worked(self) -> None:
        with self._lock:
            self._failures, self._rest_until = 0, 0.0

    def failed(self, *, at_once: bool = False) -> None:
        """at_once: trying cost nothing, as where a connection is refused; then the rest does not grow."""
        with self._lock:
            self._failures = 1 if at_once else self._failures + 1
            self._rest_until = self._now() + self._rest()

    def _rest(self) -> float:
        return self._rests[min(self._failures, len(self._rests)) - 1]
