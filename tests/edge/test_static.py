"""Our own files: hashed names for ever, others asked about, nothing outside the folders."""

from __future__ import annotations

import asyncio
import gzip
import os

import brotli
import pytest

from handrail.web.edge.static import Static
from tests.edge.asking import ask

CSS = b".card { color: var(--ink) }\n" * 100


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "static"
    (root / "dist").mkdir(parents=True)
    (root / "dist" / "portal.3fa8b2c1d0.css").write_bytes(CSS)
    (root / "plain.js").write_bytes(b"let a = 1;" * 100)
    (root / ".stamp").write_bytes(b"hidden")
    (root / "film.webm").write_bytes(bytes(range(256)) * 12_000)
    (tmp_path / "secret").write_bytes(b"secret")
    (root / "link").symlink_to(tmp_path / "secret")
    return root


def get(root, path, **asked):
    return asyncio.run(ask(Static([root]), path, **asked))


def test_a_hashed_file_is_kept_for_ever_and_packed(root):
    got = get(root, "/static/dist/portal.3fa8b2c1d0.css", headers={"accept-encoding": "br"})
    assert got["cache-control"] == "public, max-age=31536000, immutable"
    assert got["content-type"] == "text/css; charset=utf-8"
    assert brotli.decompress(got.body) == CSS
    packed = get(root, "/static/dist/portal.3fa8b2c1d0.css", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.body) == CSS
    assert get(root, "/static/dist/portal.3fa8b2c1d0.css").body == CSS


def test_a_plain_name_is_asked_about_each_time_and_seen_to_change(root):
    static, path = Static([root]), root / "plain.js"

    async def visits():
        first = await ask(static, "/static/plain.js")
        same = await ask(static, "/static/plain.js", headers={"if-none-match": first["etag"]})
        path.write_bytes(b"let a = 2;")
        os.utime(path, ns=(1, 1))
        static._files["plain.js"].looked_at = 0
        return first, same, await ask(static, "/static/plain.js", headers={"if-none-match": first["etag"]})

    first, same, changed = asyncio.run(visits())
    assert first["cache-control"] == "public, no-cache"
    assert (same.status, same.body) == (304, b"")
    assert (changed.status, changed.body) == (200, b"let a = 2;")


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "dist/../../secret",
        ".stamp",
        "link",
        "",
        "dist",
        "/etc/passwd",
        "a%00b",
        "no.css",
    ],
)
def test_nothing_but_our_files_is_there(root, path):
    assert get(root, f"/static/{path}").status == 404


def test_a_film_is_sent_in_the_ranges_a_player_asks_for(root):
    film = (root / "film.webm").read_bytes()
    whole = get(root, "/static/film.webm")
    assert (whole.status, whole["accept-ranges"], whole.body == film) == (200, "bytes", True)
    middle = get(root, "/static/film.webm", headers={"range": "bytes=1000-1999"})
    assert (middle.status, middle.body) == (206, film[1000:2000])
    assert middle["content-range"] == f"bytes 1000-1999/{len(film)}"
    assert get(root, "/static/film.webm", headers={"range": "bytes=-10"}).body == film[-10:]
    assert get(root, "/static/film.webm", headers={"range": "bytes=0-"}).status == 206
    assert get(root, "/static/film.webm", headers={"range": f"bytes={len(film)}-"}).status == 416
    assert get(root, "/static/film.webm", headers={"range": "bytes=0-1,5-6"}).status == 200


def test_head_says_as_much_as_get_and_post_is_refused(root):
    head = get(root, "/static/plain.js", method="HEAD")
    assert (head.status, head.body, head["content-length"]) == (200, b"", "1000")
    assert get(root, "/static/plain.js", method="POST").status == 405
