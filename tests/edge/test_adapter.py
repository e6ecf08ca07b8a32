"""Django behind the loop: what goes in arrives whole, and what comes out is what was said."""

from __future__ import annotations

import asyncio
import http.client
import io
import socket
import threading
import time

import pytest

from handrail.web.edge import bodies
from handrail.web.edge.adapter import Adapter
from tests.edge.asking import ask, scope, served, wsgi

TEXT = [("Content-Type", "text/plain")]


def seen(path="/", **asked):
    """The environ an application gets for a request."""
    kept = {}

    def application(environ, start_response):
        kept.update(environ, body=environ["wsgi.input"].read())
        start_response("200 OK", TEXT)
        return [b"ok"]

    adapter = Adapter(application)
    got = asyncio.run(ask(adapter, path, **asked))
    assert got.status == 200
    return kept


def test_headers_that_repeat_are_joined_and_repeated_answers_stay_apart():
    environ = seen(headers=[("accept", "text/html"), ("accept", "*/*"), ("cookie", "a=1"), ("cookie", "b=2")])
    assert environ["HTTP_ACCEPT"] == "text/html,*/*"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"

    twice = Adapter(wsgi("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], [b""]))
    assert asyncio.run(ask(twice, "/")).every("set-cookie") == ["a=1", "b=2"]


def test_a_header_cannot_pretend_to_be_another():
    environ = seen(
        headers=[("x-forwarded-proto", "http"), ("x_forwarded_proto", "https"), ("proxy", "http://evil")]
    )
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert "HTTP_PROXY" not in environ


def test_a_korean_path_and_a_broken_one_arrive_as_their_bytes():
    assert seen("/hc/ko/%ED%99%98%EB%B6%88")["PATH_INFO"].encode("latin-1").decode() == "/hc/ko/환불"
    assert seen("/%ff%fe")["PATH_INFO"].encode("latin-1") == b"/\xff\xfe"


def test_a_body_without_a_length_arrives_whole_with_its_length():
    environ = seen(method="POST", headers={"transfer-encoding": "chunked"}, body=[b"one ", b"two ", b"three"])
    assert environ["body"] == b"one two three"
    assert environ["CONTENT_LENGTH"] == "13"
    assert "HTTP_TRANSFER_ENCODING" not in environ


def test_a_body_over_a_megabyte_is_kept_on_disk(monkeypatch):
    async def read():
        request = scope("POST", "/", {"content-length": str(2_000_000)})

        async def receive():
            return {"type": "http.request", "body": b"x" * 2_000_000}

        return await bodies.read(request, receive, most=3_000_000)

    file, size = asyncio.run(read())
    assert size == 2_000_000
    assert file._rolled  # it left memory


@pytest.mark.parametrize("headers", [{"content-length": "2000"}, {"transfer-encoding": "chunked"}])
def test_a_body_over_the_cap_is_refused_announced_or_not(headers):
    called = []
    adapter = Adapter(lambda *_: called.append(1), body=1000)
    got = asyncio.run(ask(adapter, "/", method="POST", headers=headers, body=[b"x" * 900, b"x" * 1100]))
    assert got.status == 413
    assert not called


def test_head_gets_the_headers_of_get_and_no_body():
    adapter = Adapter(wsgi("200 OK", TEXT, [b"twelve bytes"]))
    got = asyncio.run(ask(adapter, "/", method="HEAD"))
    assert (got.status, got["content-length"], got.body) == (200, "12", b"")


def test_an_error_is_500_without_its_inside(caplog):
    def application(environ, start_response):
        raise ValueError("the password is hunter2")

    got = asyncio.run(ask(Adapter(application), "/"))
    assert got.status == 500
    assert b"hunter2" not in got.body
    assert "hunter2" in caplog.text


def test_an_iterable_is_closed_even_when_it_breaks():
    class Body:
        closed = False

        def __iter__(self):
            yield b"a"
            raise ValueError

        def close(self):
            self.closed = True

    body = Body()
    got = asyncio.run(ask(Adapter(wsgi("200 OK", TEXT, body)), "/"))
    assert got.status == 500
    assert body.closed


def test_the_line_is_bounded_and_the_next_is_told_when_to_come_back():
    gate = threading.Event()

    def application(environ, start_response):
        gate.wait(5)
        start_response("200 OK", TEXT)
        return [b"ok"]

    async def crowd():
        adapter = Adapter(application, threads=1, waiting=3)
        inside = [asyncio.ensure_future(ask(adapter, "/")) for _ in range(4)]
        await asyncio.sleep(0.05)
        turned_away = await ask(adapter, "/")
        gate.set()
        served = await asyncio.gather(*inside)
        again = await ask(adapter, "/")
        return turned_away, served, again

    turned_away, served_, again = asyncio.run(crowd())
    assert turned_away.status == 503
    assert turned_away["retry-after"]
    assert [got.status for got in served_] == [200] * 4
    assert again.status == 200


def test_nobody_works_for_a_client_who_left_the_line():
    gate, started = threading.Event(), []

    def application(environ, start_response):
        started.append(environ["PATH_INFO"])
        gate.wait(5)
        start_response("200 OK", TEXT)
        return [b"ok"]

    async def leave():
        adapter, leaves = Adapter(application, threads=1), asyncio.Event()
        first = asyncio.ensure_future(ask(adapter, "/first"))
        await asyncio.sleep(0.05)
        second = asyncio.ensure_future(ask(adapter, "/second", leaves=leaves))
        await asyncio.sleep(0.05)
        leaves.set()
        await second
        gate.set()
        await first
        assert (await ask(adapter, "/third")).status == 200

    asyncio.run(leave())
    assert started == ["/first", "/third"]


def test_a_long_answer_goes_out_in_pieces_and_arrives_whole():
    body = bytes(range(256)) * 40_000  # 10 MB
    got = asyncio.run(
        ask(Adapter(wsgi("200 OK", TEXT, [body[i : i + 99_999] for i in range(0, len(body), 99_999)])), "/")
    )
    assert got.body == body
    assert got.pieces > 100


def test_a_slow_reader_of_a_long_answer_holds_no_thread():
    def application(environ, start_response):
        start_response("200 OK", TEXT)
        return (b"x" * 65_536 for _ in range(160)) if environ["PATH_INFO"] == "/long" else [b"quick"]

    with served(Adapter(application, threads=1)) as port:
        slow = socket.create_connection(("127.0.0.1", port))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        slow.recv(100)
        time.sleep(0.2)
        start = time.monotonic()
        other = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
        other.request("GET", "/quick")
        assert other.getresponse().read() == b"quick"
        assert time.monotonic() - start < 2
        slow.close()


def test_an_endless_answer_stops_when_its_reader_leaves():
    closed = threading.Event()

    class Endless:
        streaming = True

        def __iter__(self):
            while True:
                yield b"x" * 65_536

        def close(self):
            closed.set()

    with served(Adapter(wsgi("200 OK", TEXT, Endless()), threads=1)) as port:
        reader = socket.create_connection(("127.0.0.1", port))
        reader.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        reader.recv(1000)
        reader.close()
        assert closed.wait(5)


def test_a_file_is_sent_by_the_loop_and_closed_after(tmp_path):
    path = tmp_path / "film"
    path.write_bytes(b"0123456789" * 200_000)
    closed = threading.Event()

    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "2000000")])
        file = path.open("rb")
        real = file.close

        class Watched(io.FileIO):
            def close(self):
                closed.set()
                super().close()

        real()
        return environ["wsgi.file_wrapper"](Watched(str(path)))

    async def fetch():
        adapter = Adapter(application)
        got = await ask(adapter, "/")
        head = await ask(adapter, "/", method="HEAD")
        return got, head

    got, head = asyncio.run(fetch())
    assert len(got.body) == 2_000_000
    assert closed.wait(2)
    assert (head.body, head["content-length"]) == (b"", "2000000")
