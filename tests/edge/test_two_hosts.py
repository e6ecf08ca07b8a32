"""Two process groups, each with a data folder of its own, on one PostgreSQL and one Redis, as two hosts would be.

What is published on one is found on the other within five seconds; what is withdrawn on one is gone from the other's
next request on, pages in its memory included; and all of that holds while Redis is away.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote, urlencode

import pytest

psycopg = pytest.importorskip("psycopg")

SERVER = os.environ.get("HANDRAIL_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432")
NAME = f"two_hosts_{os.getpid()}"
WITHIN = 5.0
USING, MENDING = "풍선껌 계단 손잡이 쓰는 방법", "보라색 우산 꼭지 고치는 방법"
BESIDE = """
import contextlib, io, json, sys
import django; django.setup()
from tests.worlds.small import World
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(json.loads(line))
    print(json.dumps(said.getvalue().strip()), flush=True)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Host:
    """One group as `handrail all` starts it. One model process serves both: on two hosts each has its own."""

    def __init__(self, folder, shared) -> None:
        self.port = free_port()
        self.env = {**os.environ, **shared, "HANDRAIL_DATA": str(folder), "PORT": str(self.port)}
        self.process: subprocess.Popen | None = None

    def start(self, *without: str) -> None:
        command = [sys.executable, "-m", "handrail", "all"]
        command += [part for name in without for part in ("--without", name)]
        self.process = subprocess.Popen(command, env=self.env, stderr=subprocess.DEVNULL)

    def wait(self) -> None:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the web process did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def get(self, path: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", quote(path, safe="/?=&%-"))
        answer = line.getresponse()
        body = answer.read().decode()
        line.close()
        return answer.status, body


class Two:
    """Both hosts; `run` is code in a process beside the first."""

    def __init__(self, root) -> None:
        self.redis_port = free_port()
        self.redis: subprocess.Popen | None = None
        self.start_redis()
        shared = {
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
            "DATABASE_URL": f"{SERVER}/{NAME}",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
        }
        self.here, self.there = Host(root / "here", shared), Host(root / "there", shared)
        migrate = [sys.executable, "-m", "handrail", "migrate", "--verbosity=0"]
        subprocess.run(migrate, env=self.here.env, check=True)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.beside = subprocess.Popen([sys.executable, "-c", BESIDE], env=self.here.env, **pipes)
        self.here.start("mail")
        self.there.start("mail", "models")
        models = root / "here" / "run" / "models.sock"
        (root / "there" / "run").mkdir(parents=True, exist_ok=True)
        (root / "there" / "run" / "models.sock").symlink_to(models)
        for host in (self.here, self.there):
            host.wait()
        until = time.monotonic() + 240
        while not models.exists() and time.monotonic() < until:
            time.sleep(0.1)

    def start_redis(self) -> None:
        command = ["redis-server", "--port", str(self.redis_port), "--save", "", "--appendonly", "no"]
        self.redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def run(self, code: str) -> str:
        self.beside.stdin.write(json.dumps(code) + "\n")
        self.beside.stdin.flush()
        said = self.beside.stdout.readline()
        assert said, "the process beside broke off; its error is above"
        return json.loads(said)

    def publish(self, title: str) -> tuple[int, str]:
        made = f"a = w.article({title!r}, '<p>난간을 잡고 천천히 내려가세요.</p>'); print(a.pk, a.translations.get().slug)"
        number, _, slug = self.run(made).partition(" ")
        return int(number), f"/hc/ko/articles/{number}-{slug}"

    def withdraw(self, number: int) -> None:
        self.run(f"Article.objects.get(pk={number}).translations.get().withdraw(by=SYSTEM)")

    def stop(self) -> None:
        self.beside.kill()
        self.here.stop()
        self.there.stop()
        self.redis.kill()
        self.redis.wait()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    try:
        admin = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers; HANDRAIL_TEST_POSTGRES names another")
    with admin:
        admin.execute(f"CREATE DATABASE {NAME}")
        hosts = None
        try:
            hosts = Two(tmp_path_factory.mktemp("hosts"))
            hosts.run("w = World()")
            yield hosts
        finally:
            if hosts is not None:
                hosts.stop()
            admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def doors(page: str, title: str) -> dict[str, str]:
    """Every door through which a stranger could meet the article."""
    asked = urlencode({"query": title})
    return {
        "page": page,
        "list": "/hc/ko/sections/1-refunds",
        "text": f"{page}.md",
        "sitemap": "/sitemap.xml",
        "search": f"/hc/ko/search?{asked}",
        "suggest": f"/hc/ko/suggest?{asked}",
        "answer": f"/api/v2/answers?{asked}",
        "suggestions": f"/api/v2/suggestions?{asked}",
    }


def found_at(host: Host, page: str, title: str) -> dict[str, bool]:
    number = page.rpartition("/")[2].partition("-")[0]
    found = {}
    for name, address in doors(page, title).items():
        status, body = host.get(address)
        if name in ("page", "text"):
            found[name] = status == 200 and title in body
        else:
            found[name] = f"articles/{number}-" in body
    return found


def everywhere(host: Host, page: str, title: str, *, within: float) -> dict[str, bool]:
    until = time.monotonic() + within
    while not all((found := found_at(host, page, title)).values()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def test_published_here_is_found_there_and_withdrawn_here_is_gone_there_at_once(two):
    number, page = two.publish(USING)
    found = everywhere(two.there, page, USING, within=WITHIN)
    assert all(found.values()), found
    everywhere(two.there, page, USING, within=1)  # asked again: what may be kept in memory is kept now

    two.withdraw(number)

    assert not any((still := found_at(two.there, page, USING)).values()), still
    assert not any((still := found_at(two.here, page, USING)).values()), still


def test_the_same_holds_while_redis_is_away(two):
    two.redis.kill()
    two.redis.wait()
    try:
        number, page = two.publish(MENDING)
        found = everywhere(two.there, page, MENDING, within=WITHIN)
        assert all(found.values()), found
        everywhere(two.there, page, MENDING, within=1)

        two.withdraw(number)

        began = time.monotonic()
        assert not any((still := found_at(two.there, page, MENDING)).values()), still
        assert time.monotonic() - began < 20
    finally:
        two.start_redis()
