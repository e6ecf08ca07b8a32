"""Finished pages in memory: least recently used out first, bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

from handrail.web.edge.keys import Key
from handrail.web.edge.page import Page

BYTES_MAX = 64 * 1_048_576
PAGE_BYTES_MAX = 4 * 1_048_576

K = TypeVar("K")


class Cache:
    """Key to page. Used from the event loop only."""

    def __init__(self, most: int = BYTES_MAX) -> None:
        self._most, self.bytes = most, 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        self.drop(key)
        if page.size > min(PAGE_BYTES_MAX, self._most):
            return
        self._pages[key] = page
        self.bytes += page.size
        while self.bytes > self._most:
            _, oldest = self._pages.popitem(last=False)
            self.bytes -= oldest.size

    def drop(self, key: Key) -> None:
        if old := self._pages.pop(key, None):
            self.bytes -= old.size

    def clear(self) -> None:
        self._pages.clear()
        self.bytes = 0


class Remembered(Generic[K]):
    """A set that forgets what was added longest ago."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: OrderedDict[K, None] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._keys

    def add(self, key: K) -> None:
        self._keys[key] = None
        self._keys.move_to_end(key)
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)

    def discard(self, key: K) -> None:
        self._keys.pop(key, None)
