"""The whole web process as an operator runs it: real server, real Django, a database of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.edge.listening import Listener
from tests.tables import tables_into

PROLOGUE = """
import django; django.setup()
from tests.worlds.small import World
from handrail.core import bus
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.web.edge import mint
import contextlib, io, json, sys
from django.db import close_old_connections
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line))
        print(json.dumps([True, said.getvalue().strip()]), flush=True)
    except Exception as error:
        print(json.dumps([False, repr(error)]), flush=True)
"""


class Served:
    """`handrail serve` on a free port; `run` is another process beside it, as a worker would be."""

    def __init__(self, folder) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
            "HANDRAIL_DATA": str(folder),
            "PORT": str(self.port),
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        tables_into(Path(folder))
        self.beside = subprocess.Popen(
            [sys.executable, "-c", PROLOGUE],
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "handrail", "serve"], env=self.env)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def run(self, code: str) -> str:
        """Run code in the process beside, and give what it printed."""
        self.beside.stdin.write(json.dumps(code) + "\n")
        self.beside.stdin.flush()
        worked, said = json.loads(self.beside.stdout.readline())
        assert worked, said
        return said

    def stop(self) -> None:
        for process in (self.process, self.beside):
            process.kill()
            process.wait()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request(
            "GET",
            quote(path, safe="/?=&%"),
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body

    def sees(self, path: str, text: str, *, within: float) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until:
            if text.encode() in self.get(path)[2]:
                return True
            time.sleep(0.05)
        return False


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("served"))
    made = "w = World(); a = w.article('환불 신청', '<p>사흘 걸려요.</p>'); print(a.pk, a.translations.get().slug)"
    served.id, _, served.slug = served.run(made).partition(" ")
    served.article = f"/hc/ko/articles/{served.id}-{served.slug}"
    yield served
    served.stop()


def write(site, text, *, then=""):
    site.run(
        f"a = Article.objects.get(pk={site.id}); a.write('ko', title='환불 신청', html='<p>{text}</p>', by=SYSTEM);"
        f"t = a.translations.get(locale='ko'); t.publish(by=SYSTEM); {then}"
    )


@pytest.mark.faults
def test_the_process_and_its_database_say_that_they_are_well(site):
    assert site.get("/healthz")[2] == b"ok\n"
    assert site.get("/readyz")[2] == b"ready\n"


@pytest.mark.faults
def test_a_page_is_kept_and_a_change_by_another_process_shows_within_a_second(site):
    for _ in range(3):
        status, headers, body = site.get(site.article)
    assert status == 200
    assert headers["cache-control"] == "public, no-cache", "it came from memory"
    assert "사흘".encode() in body
    write(site, "닷새 걸려요.")
    assert site.sees(site.article, "닷새", within=1.5)


@pytest.mark.faults
def test_an_article_taken_back_is_gone_from_the_very_next_request_once_heard(site):
    for _ in range(3):
        assert site.get(site.article)[0] == 200
    site.run(f"Article.objects.get(pk={site.id}).translations.get(locale='ko').withdraw(by=SYSTEM)")
    time.sleep(1.1)  # the longest a lost message may cost
    assert site.get(site.article)[0] in (404, 410)
    write(site, "다시 왔어요.")
    assert site.sees(site.article, "다시", within=1.5)


@pytest.mark.faults
def test_no_page_kept_for_everybody_holds_a_cookie_a_token_or_a_header_of_ours(site):
    seen, todo = (
        set(),
        ["/hc/ko", "/hc/en", site.article, "/sitemap.xml", "/robots.txt", "/llms.txt", "/hc/ko/news.atom"],
    )
    kept = 0
    while todo and len(seen) < 60:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        for _ in range(3):
            status, headers, body = site.get(path)
        assert "x-edge-cache" not in headers
        if headers.get("cache-control") != "public, no-cache" or status != 200:
            continue
        kept += 1
        assert "set-cookie" not in headers
        assert b"csrfmiddlewaretoken" not in body
        assert not re.search(rb"(sessionid|csrf[-_]?token)[\"'=\s:]+[A-Za-z0-9]{16,}", body, re.I)
        todo += [found.decode() for found in re.findall(rb'href="(/hc/[^"#?]+)"', body)]
    assert kept >= 5, "the walk must meet pages that are kept"


@pytest.mark.faults
def test_somebody_with_a_session_is_never_shown_the_shared_page(site):
    for _ in range(3):
        site.get(site.article)
    _, headers, _ = site.get(site.article, Cookie="session=whatever")
    assert headers["cache-control"] == "private, no-cache"


@pytest.mark.faults
def test_what_another_process_publishes_reaches_an_open_stream(site):
    listener = Listener(site.port, site.run("print(mint(viewer='person:1', channels=['chat:x']))"))
    assert listener.status == 200
    site.run("bus.publish('stream', channels=['chat:x'], event='changed', data={'seq': 3}, id=3)")
    assert (listener.next().data, listener.last_id) == ({"seq": 3}, "3")
    site.run("bus.publish('revoke', viewer='person:1')")
    assert listener.has_ended()


@pytest.mark.faults
def test_it_stops_at_once_though_streams_are_open_and_starts_where_it_was(site):
    listener = Listener(site.port, site.run("print(mint(viewer='person:2', channels=['chat:x']))"))
    start = time.monotonic()
    site.process.send_signal(signal.SIGTERM)
    site.process.wait(10)
    assert time.monotonic() - start < 3
    assert listener.has_ended()
    site.start()
    assert site.get(site.article)[0] == 200


@pytest.mark.faults
def test_a_killed_process_leaves_nothing_that_hinders_the_next(site):
    site.process.kill()
    site.process.wait()
    site.start()
    listener = Listener(site.port, site.run("print(mint(viewer='person:3', channels=['chat:y']))"))
    site.run("bus.publish('stream', channels=['chat:y'], event='changed', data=1)")
    assert listener.next().data == 1


@pytest.mark.faults
def test_an_audience_made_narrower_empties_every_kept_page_at_once(site):
    """Every page, list, feed and file that named the article, as strangers get them from memory."""
    write(site, "zqsecret 사흘 걸려요.")
    topic = site.run(f"print(Article.objects.get(pk={site.id}).topic_id)")
    kept = [
        site.article, f"{site.article}.md", f"/hc/en/articles/{site.id}", "/hc/ko", f"/hc/ko/sections/{topic}-refunds",
        f"/hc/ko/sections/{topic}.atom", "/sitemap.xml", "/llms.txt",
    ]  # fmt: skip
    name = f"articles/{site.id}-".encode()

    def naming() -> list[str]:
        return [path for path in kept if name in (body := site.get(path)[2]) or b"zqsecret" in body]

    assert site.sees(site.article, "zqsecret", within=1.5)
    for _ in range(3):
        shown = naming()
    assert len(shown) >= 6, "the pages must name it before"

    site.run(f"Article.objects.get(pk={site.id}).show_to('agents', by=SYSTEM)")
    time.sleep(1.1)  # the longest a lost message may cost

    assert naming() == []
    site.run(f"Article.objects.get(pk={site.id}).show_to('public', by=SYSTEM)")
    assert site.sees(site.article, "zqsecret", within=1.5)
