"""A site of one page behind the edge's memory, for the tests of what is kept and for how long."""

from __future__ import annotations

import asyncio

from handrail.web.edge.adapter import Adapter
from handrail.web.edge.keys import Keys
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from tests.edge.asking import ask

BRAND = 1


class Site:
    """A Django of one view: counts its renders, and says what it is told to say."""

    def __init__(self, **more):
        self.status, self.text, self.headers = "200 OK", "<p>환불은 3일 걸려요.</p>" * 40, []
        self.opts_in, self.renders, self.seen = True, 0, []
        self.gate = None
        self.stamps = Stamps(dict)
        self.stamps.seen({BRAND: (1, 0)})
        self.pages = Pages(
            Adapter(self._django), self.stamps, Keys(["session", "messages"]), most=1_000_000, **more
        )

    def _django(self, environ, start_response):
        self.renders += 1
        self.seen.append(environ)
        body = self.text.encode()
        if self.gate:
            self.gate.wait(5)
        own = [("X-Edge-Cache", f"brand={BRAND}; seconds=60")] if self.opts_in else []
        start_response(self.status, [("Content-Type", "text/html; charset=utf-8"), *self.headers, *own])
        return [body]

    async def get(self, path="/hc/ko", **more):
        return await ask(self.pages, path, **more)

    async def warm(self, path="/hc/ko"):
        """Until memory answers: the first answer teaches the address, the second is kept."""
        for _ in range(2):
            await self.get(path)
        self.renders = 0
        self.seen.clear()

    def change(self, stamp, *, withdrawn=0):
        self.stamps.heard({"brand": BRAND, "stamp": stamp, "withdrawn": withdrawn})


def run(coroutine):
    return asyncio.run(coroutine)
