"""Content stamps: which version of each brand's public content is the current one.

A public change raises its brand's stamp in its own transaction. The edge hears of it by the bus at once and
looks for itself once a second, so a lost message costs a second. Where other hosts share the database that second
would be a lie: there it looks before each answer from memory, one look for all who wait at that moment.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

log = logging.getLogger(__name__)

# brand -> (stamp, the stamp below which nothing rendered may be shown any more)
Reader = Callable[[], Mapping[int, tuple[int, int]]]

ANY_BRAND = 0  # for pages that belong to no single brand: changes whenever any brand does
STALE_SECONDS = 4.0  # what is published is on every page within five
LOOK_SECONDS = 1.0
CONFIRM_WITHIN = 2.0  # seconds; a database that takes longer lets nobody publish or take back either


class Stamps:
    """The current stamps. `current` is replaced, never changed, so that holding on to it keeps a moment."""

    def __init__(
        self, read: Reader, *, is_shared: bool = False, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._is_shared, self._now = read, is_shared, now
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="stamps")
        self._look_under_way: asyncio.Task[None] | None = None
        self._look_to_come: asyncio.Task[None] | None = None
        self.current: Mapping[int, int] = {}
        self._withdrawn: dict[int, int] = {}
        # Stamps that were current until a moment ago: (brand, stamp, until when its pages may be shown).
        self._recent: dict[int, deque[tuple[int, float]]] = {}
        self._went_back: Callable[[], None] = lambda: None
        self._lower: Mapping[int, int] = {}
        self._failing = False

    def on_going_back(self, forget: Callable[[], None]) -> None:
        """Call `forget` when stamps fall: the database was replaced, and old numbers will come again."""
        self._went_back = forget

    def may_linger(self, brand: int, stamp: int) -> bool:
        """True while a page rendered under `stamp` may be shown although something changed since.

        That is for a few seconds after the first change it does not know of, and never once something was taken back.
        """
        recent = self._recent.get(brand)
        if not recent or stamp < self._withdrawn.get(brand, 0):
            return False
        while recent and recent[0][1] <= self._now():
            recent.popleft()
        return bool(recent) and stamp >= recent[0][0]

    def heard(self, message: Mapping[str, Any]) -> None:
        """A "stamp" message of the bus."""
        brand, stamp = int(message["brand"]), int(message["stamp"])
        if stamp > self.current.get(brand, 0):
            self._apply({brand: (stamp, int(message["withdrawn"]))})

    def seen(self, found: Mapping[int, tuple[int, int]]) -> None:
        """What the database says. An older answer that arrives late changes nothing."""
        lower = {b: stamp for b, (stamp, _) in found.items() if stamp < self.current.get(b, 0)}
        if lower and lower.items() <= self._lower.items():
            # Twice in a row is no late answer.
            self.current, self._withdrawn, self._recent, self._lower = {}, {}, {}, {}
            self._went_back()
            self._apply(found)
            return
        self._lower = lower
        newer = {brand: both for brand, both in found.items() if both[0] > self.current.get(brand, 0)}
        if newer:
            self._apply(newer)

    def _apply(self, newer: Mapping[int, tuple[int, int]]) -> None:
        current, withdrew = dict(self.current), False
        for brand, (stamp, withdrawn) in newer.items():
            self._step(brand, current.get(brand), withdrawn)
            withdrew |= brand in current and withdrawn > current[brand]
            current[brand] = stamp
        old = current.pop(ANY_BRAND, None)
        total = sum(current.values())
        self._step(ANY_BRAND, old, total if withdrew else self._withdrawn.get(ANY_BRAND, 0))
        current[ANY_BRAND] = total
        self.current = current

    def _step(self, brand: int, old: int | None, withdrawn: int) -> None:
        if old is not None:
            self._recent.setdefault(brand, deque(maxlen=1_000)).append((old, self._now() + STALE_SECONDS))
        self._withdrawn[brand] = withdrawn

    async def confirm(self) -> None:
        """Return when `current` is no older than this call. At once where only this host changes the database."""
        if not self._is_shared:
            return
        # A look that has begun may have read just before the change, so whoever comes now needs the next one.
        if self._look_to_come is None:
            self._look_to_come = asyncio.ensure_future(self._look_after(self._look_under_way))
        await asyncio.wait([self._look_to_come], timeout=CONFIRM_WITHIN)

    async def _look_after(self, earlier: asyncio.Task[None] | None) -> None:
        if earlier is not None:
            await asyncio.wait([earlier])
        self._look_under_way, self._look_to_come = self._look_to_come, None
        await self._look()

    async def watch(self) -> None:
        """Look once a second, for ever."""
        while True:
            await self._look()
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        try:
            self.seen(await asyncio.get_running_loop().run_in_executor(self._pool, self._read))
            self._failing = False
        except Exception as error:
            # Nothing can be published while the database is away, so what is in memory stays true.
            if not self._failing:
                log.warning("content stamps cannot be read: %s", error)
            self._failing = True
