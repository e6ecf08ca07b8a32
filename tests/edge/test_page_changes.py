"""How long a page is kept: never an old one after a change, and never more than memory holds."""

from __future__ import annotations

import asyncio
import threading
import time

from tests.edge.site import BRAND, Site, run


def test_a_change_is_seen_and_the_old_page_lingers_only_while_the_new_one_renders(site):
    async def visits():
        await site.warm()
        site.text, site.gate = "new", threading.Event()
        site.change(2)
        during = await site.get()
        site.gate.set()
        await asyncio.sleep(0.1)
        return during, await site.get()

    during, after = run(visits())
    assert during.body.startswith("<p>환불".encode())
    assert after.body == b"new"
    assert site.renders == 1


def test_nothing_lingers_once_something_was_taken_back(site):
    async def visits():
        await site.warm()
        site.text = "without the secret"
        site.change(2, withdrawn=2)
        return await site.get()

    assert run(visits()).body == b"without the secret"


def test_nothing_lingers_longer_than_four_seconds_after_the_change(site):
    moment = [100.0]
    site.stamps._now = lambda: moment[0]

    async def visits():
        await site.warm()
        site.text = "new"
        site.change(2)
        moment[0] += 3.9
        assert site.stamps.may_linger(BRAND, 1)
        site.change(3)
        moment[0] += 0.2
        # The second change is fresh, but the page does not know of the first either.
        assert not site.stamps.may_linger(BRAND, 1)
        assert site.stamps.may_linger(BRAND, 2)
        return await site.get()

    assert run(visits()).body == b"new"


def test_a_page_rendered_across_a_change_is_not_kept_as_the_new_one(site):
    """The change commits while the page renders from what it read before."""

    async def visits():
        await site.warm()
        site.gate, site.text = threading.Event(), "read before the change"
        site.change(2, withdrawn=2)
        racing = asyncio.ensure_future(site.get())
        await asyncio.sleep(0.05)
        site.text = "read after the change"
        site.change(3, withdrawn=3)
        site.gate.set()
        return await racing, await site.get()

    racing, later = run(visits())
    assert racing.body == b"read after the change"
    assert later.body == b"read after the change"


def test_many_visitors_of_a_cold_page_cause_one_render(site):
    async def visits():
        await site.get()
        site.renders, site.gate = 0, threading.Event()
        crowd = [asyncio.ensure_future(site.get()) for _ in range(30)]
        await asyncio.sleep(0.05)
        site.gate.set()
        return await asyncio.gather(*crowd)

    crowd = run(visits())
    assert {got.status for got in crowd} == {200}
    assert site.renders == 1


def test_a_missing_page_is_remembered_for_ten_seconds_and_forgotten_by_a_change(site):
    site.status = "404 Not Found"

    async def visits():
        await site.warm()
        assert (await site.get()).status == 404
        assert site.renders == 0
        (entry,) = site.pages._missing._pages.values()
        assert entry.until - time.monotonic() <= 10
        site.status = "200 OK"
        site.change(2, withdrawn=2)
        return await site.get()

    assert run(visits()).status == 200


def test_a_page_that_vanishes_is_dropped(site):
    async def visits():
        await site.warm()
        site.status = "404 Not Found"
        site.change(2, withdrawn=2)
        first = await site.get()
        renders = site.renders
        second = await site.get()
        return first, second, site.renders - renders

    first, second, more = run(visits())
    assert (first.status, second.status, more) == (404, 404, 0)


def test_a_page_without_a_change_is_rendered_again_when_its_time_is_up(site):
    async def visits():
        await site.warm()
        (entry,) = site.pages.cache._pages.values()
        entry.until = time.monotonic() - 60
        site.text = "now closed"
        return await site.get()

    assert run(visits()).body == b"now closed"


def test_memory_is_bounded_and_the_least_used_page_goes_first():
    site = Site()
    site.text = "".join(chr(0xAC00 + n * 37 % 11000) for n in range(60_000))

    async def visits():
        for number in range(12):
            await site.warm(f"/hc/ko/{number}")
            await site.get("/hc/ko/0")

    run(visits())
    cache = site.pages.cache
    assert cache.bytes <= 1_000_000
    paths = {key[1] for key in cache._pages}
    assert b"/hc/ko/0" in paths
    assert b"/hc/ko/1" not in paths


def test_a_database_that_was_replaced_leaves_no_page_behind(site):
    async def visits():
        await site.warm()
        site.change(5)
        await site.get()
        site.stamps.seen({BRAND: (1, 0)})  # once may be a late answer
        assert len(site.pages.cache) == 1
        site.stamps.seen({BRAND: (1, 0)})

    run(visits())
    assert len(site.pages.cache) == 0
    assert site.stamps.current[BRAND] == 1
