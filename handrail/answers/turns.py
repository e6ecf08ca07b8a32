"""A lock that lets short work go first: a question does not wait behind a batch that is being indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """One worker at a time. Long work takes its turns piece by piece, so that short work can step between."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_taken = False
        self._short_waiting = 0

    @contextmanager
    def turn(self, *, is_short: bool) -> Iterator[None]:
        with self._changed:
            self._short_waiting += is_short
            self._changed.wait_for(lambda: not self._is_taken and (is_short or not self._short_waiting))
            self._short_waiting -= is_short
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()
