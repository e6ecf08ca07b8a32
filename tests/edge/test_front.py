"""The edge as a whole: where each request goes, and what it may not know."""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path

import pytest

import handrail.web.edge
from handrail.web.edge.adapter import Adapter
from handrail.web.edge.front import Front
from handrail.web.edge.keys import Keys, best_coding, canonical
from handrail.web.edge.pages import Pages
from handrail.web.edge.stamps import Stamps
from handrail.web.edge.static import Static
from tests.edge.asking import ask, wsgi

EDGE = Path(handrail.web.edge.__file__).parent


def front(tmp_path) -> Front:
    (tmp_path / "a.css").write_text("a{}")
    adapter = Adapter(wsgi("200 OK", [("Content-Type", "text/plain")], [b"django"]))
    stamps = Stamps(dict)
    pages = Pages(adapter, stamps, Keys(["session"]), most=1_000)
    return Front(django=adapter, pages=pages, static=Static([tmp_path]), stamps=stamps, listen=lambda: None)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/healthz", 200, b"ok\n"),
        ("/static/a.css", 200, b"a{}"),
        ("/anything", 200, b"django"),
        ("/live", 401, None),
    ],
)
def test_each_request_goes_where_it_belongs(tmp_path, path, status, body):
    got = asyncio.run(ask(front(tmp_path), path))
    assert got.status == status
    assert body is None or got.body == body


@pytest.mark.parametrize("path", ["/healthz", "/static/a.css", "/anything", "/live", "/api/v2/answers"])
def test_trace_is_refused_everywhere(tmp_path, path):
    got = asyncio.run(ask(front(tmp_path), path, method="TRACE", headers={"cookie": "session=x"}))

    assert got.status == 405 and b"session" not in got.body
    assert (b"allow", b"GET, HEAD, POST, OPTIONS") in got.headers


def test_a_websocket_is_turned_away(tmp_path):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(front(tmp_path)({"type": "websocket"}, None, send))
    assert sent == [{"type": "websocket.close", "code": 1003}]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_the_edge_knows_no_table_and_no_room():
    wrong = {
        f"{path.name}: {name}"
        for path in EDGE.glob("*.py")
        for name in imports(path)
        if name.startswith("django.db")
        or (name.startswith("handrail.") and not name.startswith("handrail.web.edge"))
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (b"page=2&topic=1", b"page=2&topic=1"),
        (b"topic=1&page=2", b"page=2&topic=1"),
        (b"utm_source=x&page=2&&", b"page=2"),
        (b"gclid=1", b""),
        (b"q=help", None),
        (b"page=2&next=//evil", None),
    ],
)
def test_a_query_is_put_in_order_or_left_to_django(query, kept):
    assert canonical(query) == kept


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (b"", "identity"),
        (b"gzip, deflate, br", "br"),
        (b"br;q=0, gzip;q=0.5", "gzip"),
        (b"BR", "br"),
        (b"identity", "identity"),
        (b"gzip;q=0", "identity"),
        (b"*", "gzip"),
    ],
)
def test_the_best_coding_a_browser_takes_is_chosen(header, coding):
    assert best_coding(header) == coding
