"""Anonymous pages from memory, and Django for everything else."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping

from handrail.web.edge import bodies
from handrail.web.edge.adapter import Adapter, Answer, Busy
from handrail.web.edge.asgi import Receive, Scope, Send, nobody_leaves
from handrail.web.edge.cache import Cache, Remembered
from handrail.web.edge.keys import Key, Keys
from handrail.web.edge.optin import MISSING_SECONDS, objection, take
from handrail.web.edge.page import Page, finish
from handrail.web.edge.stamps import STALE_SECONDS, Stamps

log = logging.getLogger(__name__)

# All that a shared render gets to see of the request that caused it.
SHARED_HEADERS = frozenset({b"host", b"x-forwarded-proto"})
MISSING_PAGES_MAX = 4 * 1_048_576
RENDERS_MAX = 3  # for one request, when content changes faster than a page renders


class Pages:
    """An ASGI application: memory in front of `django`."""

    def __init__(self, django: Adapter, stamps: Stamps, keys: Keys, *, most: int) -> None:
        self._django, self._stamps, self._keys = django, stamps, keys
        self.cache, self._missing = Cache(most), Cache(MISSING_PAGES_MAX)
        # Addresses whose view opted in: from then on they are rendered once for everybody, from the address alone.
        self._shared: Remembered[Key] = Remembered(20_000)
        self._renders: dict[Key, asyncio.Task[Page | None]] = {}
        stamps.on_going_back(self.forget)

    def forget(self) -> None:
        self.cache.clear()
        self._missing.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = self._keys.read(scope)
        if asked is None:
            return await self._pass(scope, receive, send)
        page = self.cache.get(asked.key) or self._missing.get(asked.key)
        if page is not None:
            await self._stamps.confirm()
        if page is not None and self._is_fresh(page):
            return await page.send(send, coding=asked.coding, etag=asked.etag, head=scope["method"] == "HEAD")
        if asked.key not in self._shared:
            return await self._pass(scope, receive, send, learn=asked.key)
        shown = await self._shown(asked.key, scope, page)
        if shown is None:
            return await self._pass(scope, receive, send)
        await shown.send(send, coding=asked.coding, etag=asked.etag, head=scope["method"] == "HEAD")

    def _is_fresh(self, page: Page) -> bool:
        return page.stamp == self._stamps.current.get(page.brand) and time.monotonic() < page.until

    def _may_linger(self, page: Page) -> bool:
        if page.stamp == self._stamps.current.get(page.brand):
            return time.monotonic() < page.until + STALE_SECONDS
        return self._stamps.may_linger(page.brand, page.stamp)

    async def _shown(self, key: Key, scope: Scope, old: Page | None) -> Page | None:
        """The page to show: an old one for a moment while a new one renders, else the new one. None: ask Django."""
        for _ in range(RENDERS_MAX):
            render = self._render_once(key, scope)
            if old is not None and self._may_linger(old):
                return old
            page = await asyncio.shield(render)
            if page is None or self._is_fresh(page) or self._may_linger(page):
                return page
        return None

    def _render_once(self, key: Key, scope: Scope) -> asyncio.Task[Page | None]:
        render = self._renders.get(key)
        if render is None:
            render = self._renders[key] = asyncio.ensure_future(self._render(key, scope))
            render.add_done_callback(lambda _: self._renders.pop(key, None))
        return render

    async def _render(self, key: Key, scope: Scope) -> Page | None:
        shared = [pair for pair in scope["headers"] if pair[0] in SHARED_HEADERS]
        bare = {**scope, "method": "GET", "headers": shared, "query_string": key[2], "client": None}
        # Read before the render begins: a page rendered across a change carries the older stamp and is not kept.
        before = self._stamps.current
        try:
            answer = await self._django.ask(bare, nobody_leaves)
        except (Busy, bodies.Gone, bodies.TooLarge):
            return None
        if answer is None:
            return None
        page = await self._keep(key, answer, before)
        if page is None:
            self._shared.discard(key)
            _let_go(answer)
        return page

    async def _keep(self, key: Key, answer: Answer, before: Mapping[int, int]) -> Page | None:
        """Make a page of an answer and keep it. None when it is not for sharing."""
        opted, headers = take(answer.headers)
        if opted is None or answer.rest is not None or opted.brand not in before:
            return None
        if reason := objection(answer.status, headers, answer.body):
            log.error("%s opted in to be shared, but %s; it is not kept.", key[1].decode("latin-1"), reason)
            return None
        found = answer.status == 200
        until = time.monotonic() + (opted.seconds if found else MISSING_SECONDS)
        loop = asyncio.get_running_loop()
        stamp = before[opted.brand]
        page = await loop.run_in_executor(
            None,
            lambda: finish(answer.status, headers, answer.body, brand=opted.brand, stamp=stamp, until=until),
        )
        self._shared.add(key)
        keep, drop = (self.cache, self._missing) if found else (self._missing, self.cache)
        keep.put(key, page)
        drop.drop(key)
        return page

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """Django's answer; None when the client was already told something or left."""
        try:
            return await self._django.ask(scope, receive)
        except Busy:
            await self._django.refuse(scope, send, 503)
        except bodies.TooLarge:
            await self._django.refuse(scope, send, 413)
        except bodies.Gone:
            pass
        return None

    async def _pass(self, scope: Scope, receive: Receive, send: Send, *, learn: Key | None = None) -> None:
        answer = await self._ask(scope, receive, send)
        if answer is None:
            return
        opted, answer.headers = take(answer.headers)
        if opted:
            if learn:
                # Not kept yet: this render saw the visitor's own headers. The next one will not.
                self._shared.add(learn)
            if not any(name == b"cache-control" for name, _ in answer.headers):
                # The same address shows others another page, so nothing on the way may keep this one.
                answer.headers.append((b"cache-control", b"private, no-cache"))
        await self._django.deliver(answer, scope, receive, send)


def _let_go(answer: Answer) -> None:
    if answer.rest is not None:
        answer.rest.close()
