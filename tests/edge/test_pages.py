"""Pages from memory: shown to everybody, so never anybody's own."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import threading

import brotli
import pytest

from handrail.web.edge import direct
from handrail.web.edge.adapter import Adapter
from handrail.web.edge.keys import Keys
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from tests.edge.asking import served
from tests.edge.site import BRAND, run


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
