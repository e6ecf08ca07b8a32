"""How an address reads, remembered by the server: the same for every request, and bounded."""

from __future__ import annotations

import http.client
import urllib
from urllib.parse import quote, unquote

import pytest
from uvicorn.protocols.http import httptools_impl

from handrail.web.edge import direct
from tests.edge.asking import served


@pytest.fixture
def read(monkeypatch):
    """Addresses that were read anew."""
    read: list[str] = []
    monkeypatch.setattr(httptools_impl, "urllib", urllib)
    monkeypatch.setattr(urllib.parse, "unquote", lambda path: read.append(path) or unquote(path))
    direct.read_addresses_once()
    return read


def answers(paths: list[str]) -> list[str]:
    """What an application is told the path of each request is."""

    async def app(scope, receive, send):
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": scope["path"].encode()})

    told = []
    with served(app) as port:
        for path in paths:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", path)
            told.append(line.getresponse().read().decode())
            line.close()
    return told


def test_an_address_is_read_once_and_says_the_same_each_time(read):
    korean = quote("/hc/ko/articles/1-결제-방법")

    told = answers([korean, "/hc/ko", korean, quote("/hc/ko/가%2F"), korean])

    assert told == [unquote(korean), "/hc/ko", unquote(korean), "/hc/ko/가%2F", unquote(korean)]
    assert read.count(korean) == 1


def test_a_long_address_is_not_kept(read):
    long = quote("/hc/ko/" + "가" * 200)

    assert answers([long, long]) == [unquote(long)] * 2
    assert read.count(long) == 2


def test_where_the_server_looks_elsewhere_nothing_is_touched(monkeypatch):
    monkeypatch.setattr(httptools_impl, "urllib", object())
    before = httptools_impl.urllib

    direct.read_addresses_once()

    assert httptools_impl.urllib is before
