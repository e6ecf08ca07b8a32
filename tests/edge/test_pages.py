"""Pages from memory: shown to everybody, so never anybody's own, and never an old one."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import threading
import time

import brotli
import pytest

from handrail.web.edge import direct
from handrail.web.edge.adapter import Adapter
from handrail.web.edge.keys import Keys
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from tests.edge.asking import ask, served

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


@pytest.fixture
def site():
    return Site()


def run(coroutine):
    return asyncio.run(coroutine)


def test_a_warm_page_comes_from_memory_in_the_coding_asked_for(site):
    async def visits():
        await site.warm()
        plain = await site.get()
        packed = await site.get(headers={"accept-encoding": "gzip, deflate"})
        best = await site.get(headers={"accept-encoding": "gzip, br"})
        refused = await site.get(headers={"accept-encoding": "br;q=0, gzip"})
        return plain, packed, best, refused

    plain, packed, best, refused = run(visits())
    assert site.renders == 0
    assert plain.body == gzip.decompress(packed.body) == brotli.decompress(best.body) == site.text.encode()
    assert (packed["content-encoding"], best["content-encoding"]) == ("gzip", "br")
    assert refused["content-encoding"] == "gzip"
    assert plain["vary"] == "Accept-Encoding, Cookie"
    assert "x-edge-cache" not in dict(plain.headers)
    assert int(best["content-length"]) == len(best.body)


def test_a_browser_that_has_the_page_gets_304(site):
    async def visits():
        await site.warm()
        etag = (await site.get(headers={"accept-encoding": "br"}))["etag"]
        return await site.get(headers={"if-none-match": etag}), await site.get(
            headers={"if-none-match": '"other"'}
        )

    same, other = run(visits())
    assert (same.status, same.body) == (304, b"")
    assert other.status == 200


def test_head_is_answered_like_get_without_the_body(site):
    async def visits():
        await site.warm()
        return await site.get(), await site.get(method="HEAD")

    get, head = run(visits())
    assert head.headers == get.headers
    assert head.body == b""
    assert site.renders == 0


def test_a_view_that_does_not_opt_in_is_always_asked(site):
    site.opts_in = False

    async def visits():
        for _ in range(4):
            await site.get()

    run(visits())
    assert site.renders == 4
    assert len(site.pages.cache) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "session=abc"},
        {"cookie": "theme=dark; session=abc"},
        {"cookie": "messages=x"},
        {"authorization": "Bearer t"},
        {"hx-request": "true"},
    ],
)
def test_somebody_with_a_session_gets_a_page_of_their_own(site, headers):
    async def visits():
        await site.warm()
        site.text = "Hello Minji"
        own = await site.get(headers=headers)
        shared = await site.get()
        return own, shared

    own, shared = run(visits())
    assert own.body == b"Hello Minji"
    assert own["cache-control"] == "private, no-cache"
    assert b"Minji" not in shared.body


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ([("Set-Cookie", "session=abc")], "fine"),
        ([("Set-Cookie", "csrf=abc")], "fine"),
        ([("Vary", "Accept-Language")], "fine"),
        ([("Vary", "Cookie, Accept-Language")], "fine"),
        ([("Cache-Control", "private")], "fine"),
        ([("Cache-Control", "no-store")], "fine"),
        ([], '<input type="hidden" name="csrfmiddlewaretoken" value="x">'),
        ([], '<body hx-headers=\'{"X-CSRFToken": "x"}\'>'),
    ],
)
def test_a_page_with_something_personal_is_never_kept_though_it_opted_in(site, headers, text):
    site.headers, site.text = headers, text

    async def visits():
        return [await site.get() for _ in range(4)]

    answers = run(visits())
    assert len(site.pages.cache) == 0
    assert all(got.status == 200 and got.body == text.encode() for got in answers)


def test_a_shared_render_sees_the_address_and_nothing_of_the_visitor(site):
    noisy = {
        "cookie": "csrf=abc; theme=dark",
        "accept-language": "en",
        "user-agent": "evil",
        "x-forwarded-host": "evil.example",
        "if-none-match": '"x"',
        "range": "bytes=0-1",
    }

    async def visits():
        await site.get()
        site.seen.clear()
        await site.get("/hc/ko?utm_source=mail", headers=noisy)

    run(visits())
    (environ,) = site.seen
    seen = {name for name in environ if name.startswith("HTTP_")}
    assert seen == {"HTTP_HOST"}
    assert environ["QUERY_STRING"] == ""


def test_the_first_answer_of_an_address_is_not_kept_since_it_saw_the_visitor(site):
    async def visit():
        await site.get(headers={"x-forwarded-host": "evil.example"})

    run(visit())
    assert len(site.pages.cache) == 0


def test_query_fields_in_any_order_are_one_page_and_unknown_ones_are_asked(site):
    async def visits():
        await site.warm("/hc/ko?page=2&topic=refunds")
        await site.get("/hc/ko?topic=refunds&page=2")
        await site.get("/hc/ko?topic=refunds&page=2&fbclid=123")
        assert site.renders == 0
        await site.get("/hc/ko?page=2&topic=refunds&q=help")
        await site.get("/hc/ko?page=2")

    run(visits())
    assert site.renders == 2


def test_two_hosts_have_two_pages(site):
    async def visits():
        await site.warm()
        await site.get(headers={"host": "other.example"})

    run(visits())
    assert site.renders == 1


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


def raw(port: int, request: str) -> bytes:
    """What the wire says to a request, until the server has nothing more to say."""
    line = socket.create_connection(("127.0.0.1", port), timeout=3)
    line.sendall(request.replace("\n", "\r\n").encode())
    said = b""
    try:
        while piece := line.recv(65_536):
            said += piece
            line.settimeout(0.3)
    except TimeoutError:
        pass
    line.close()
    return said


@pytest.mark.parametrize(
    "request_",
    [
        "GET /hc/ko HTTP/1.1\nHost: testserver\n\n",
        "GET /hc/ko HTTP/1.1\nHost: testserver\nAccept-Encoding: br\n\n",
        "HEAD /hc/ko HTTP/1.1\nHost: testserver\n\n",
        "GET /hc/ko HTTP/1.1\nHost: testserver\nConnection: close\n\n",
        "GET /hc/ko HTTP/1.0\nHost: testserver\n\n",
        "GET /hc/ko HTTP/1.1\nHost: testserver\n\nGET /hc/ko HTTP/1.1\nHost: testserver\n\n",
        "GET /hc/ko HTTP/1.1\nHost: testserver\nIf-None-Match: *\n\nHEAD /hc/ko HTTP/1.1\nHost: testserver\n\n",
    ],
)
def test_the_short_way_to_the_wire_says_what_the_long_way_says(site, monkeypatch, request_):
    ways = {"short": 0}
    real = direct.write

    def counted(*given):
        done = real(*given)
        ways["short"] += done
        return done

    async def app(scope, receive, send):
        if scope["type"] == "http":
            await site.pages(scope, receive, send)

    with served(app) as port:
        for _ in range(2):
            raw(port, "GET /hc/ko HTTP/1.1\nHost: testserver\n\n")
        monkeypatch.setattr(direct, "write", lambda *_: False)
        long = raw(port, request_)
        monkeypatch.setattr(direct, "write", counted)
        short = raw(port, request_)
    undated = re.compile(rb"date: [^\r]+\r\n")
    assert undated.sub(b"", short) == undated.sub(b"", long)
    assert b"date: " in short
    closing = "close" in request_ or "HTTP/1.0" in request_
    assert (ways["short"] > 0) == (not closing)


def test_where_hosts_share_the_database_memory_never_shows_what_was_taken_back_elsewhere(site):
    """No message arrives and no second passes: the very next request must not see the page."""
    database = {BRAND: (1, 0)}
    site.stamps = Stamps(lambda: dict(database), is_shared=True)
    site.stamps.seen(database)
    site.pages = Pages(Adapter(site._django), site.stamps, Keys(["session"]), most=1_000_000)

    async def visits():
        await site.warm()
        before = await site.get()
        site.status, site.text = "404 Not Found", "<p>gone</p>"
        database[BRAND] = (2, 2)
        return before, await site.get()

    before, after = run(visits())
    assert before.status == 200
    assert after.status == 404


def test_one_look_serves_all_who_wait_and_nobody_gets_one_that_began_before_they_came():
    database, looks = {BRAND: (1, 0)}, []
    began, go_on = threading.Event(), threading.Event()

    def read():
        found = dict(database)
        looks.append(found)
        if len(looks) == 1:
            began.set()
            go_on.wait(5)
        return found

    stamps = Stamps(read, is_shared=True)

    async def visits():
        first = asyncio.ensure_future(stamps.confirm())
        await asyncio.get_running_loop().run_in_executor(None, began.wait)
        database[BRAND] = (2, 2)
        later = [asyncio.ensure_future(stamps.confirm()) for _ in range(50)]
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, *later)

    run(visits())
    assert stamps.current[BRAND] == 2
    assert len(looks) == 2
