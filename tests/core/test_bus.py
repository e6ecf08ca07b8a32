"""Messages between processes: after the commit, to those who hear the topic, over both ways there are."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import transaction

from handrail.core import bus, bus_redis, bus_unix

REDIS = os.environ.get("TEST_REDIS_URL", "")


@pytest.fixture(params=["unix", "redis"])
def way(request, settings):
    if request.param == "redis":
        if not REDIS:
            pytest.skip("Redis does not answer; set TEST_REDIS_URL")
        settings.REDIS_URL = REDIS
    else:
        settings.REDIS_URL = ""
    return request.param


@pytest.mark.django_db(transaction=True)
def test_a_message_is_sent_after_the_commit_and_not_after_a_rollback(way):
    with bus.listening("test", ["stamp"]) as listener:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bus.publish("stamp", brand=1)
            raise ZeroDivisionError
        with transaction.atomic():
            bus.publish("stamp", brand=2, name="온결")
            assert listener.wait(0.2) is None
        assert listener.wait(2) == {"topic": "stamp", "brand": 2, "name": "온결"}
        assert listener.wait(0.1) is None


@pytest.mark.django_db(transaction=True)
def test_each_listener_hears_its_own_topics(way):
    with bus.listening("one", ["jobs"]) as one, bus.listening("two", ["stream", "stamp"]) as two:
        with bus.listening("all") as all_:
            bus.publish("jobs")
            bus.publish("stream", channels=["a"])
            assert one.wait(2) == {"topic": "jobs"}
            assert one.wait(0.1) is None
            assert two.wait(2) == {"topic": "stream", "channels": ["a"]}
            assert [all_.wait(2)["topic"], all_.wait(2)["topic"]] == ["jobs", "stream"]


@pytest.mark.skipif(not REDIS, reason="Redis does not answer; set TEST_REDIS_URL")
@pytest.mark.django_db(transaction=True)
def test_two_sites_on_one_redis_hear_only_themselves(settings):
    settings.REDIS_URL = REDIS
    with bus.listening("test") as ours:
        settings.REDIS_URL = REDIS.rsplit("/", 1)[0] + "/1"
        bus.publish("jobs")
        assert ours.wait(0.3) is None


@pytest.mark.django_db(transaction=True)
def test_another_process_hears_it_too(way, settings):
    code = (
        "import django; django.setup()\n"
        "from handrail.core import bus\n"
        "with bus.listening('child', ['stream']) as listener:\n"
        "    print('ready', flush=True)\n"
        "    print(listener.wait(10), flush=True)\n"
    )
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "REDIS_URL": settings.REDIS_URL,
        "HANDRAIL_DATA": str(settings.DATA),
    }
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)
    assert child.stdout.readline() == "ready\n"
    bus.publish("stream", channels=["a"], id=3)
    assert child.communicate(timeout=10)[0].strip() == "{'topic': 'stream', 'channels': ['a'], 'id': 3}"


def test_a_message_too_large_to_send_is_refused_where_it_is_made(way):
    with pytest.raises(ValueError, match="publish ids"):
        bus.publish("stream", data="x" * 70_000)


def test_a_dead_listeners_socket_is_cleared_away_and_hurts_nobody(tmp_path):
    dead = bus_unix.Listener(tmp_path, "dead")
    dead._socket.close()  # as kill -9 leaves it
    alive = bus_unix.Listener(tmp_path, "alive")
    assert bus_unix.send(tmp_path, "stream", b'{"topic": "stream"}', patience=0.1) == 1
    assert not dead.path.exists()
    alive.close()


def test_a_burst_is_waited_for_when_people_are_watching(tmp_path):
    """The kernel's queue holds ten messages or so; a listener that is busy for a moment still gets all."""
    listener, got = bus_unix.Listener(tmp_path, "web", ["stream"]), []

    def read():
        while (message := listener.wait(1)) is not None:
            got.append(message["n"])
            time.sleep(0.001)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(300):
        assert bus_unix.send(tmp_path, "stream", b'{"topic": "stream", "n": %d}' % n, patience=0.2) == 1
    reader.join()
    assert got == list(range(300))
    listener.close()


def test_a_busy_worker_never_holds_up_who_publishes(tmp_path):
    worker = bus_unix.Listener(tmp_path, "worker", ["jobs"])
    start = time.monotonic()
    for _ in range(300):
        bus_unix.send(tmp_path, "jobs", b'{"topic": "jobs"}', patience=0.0)
        bus_unix.send(tmp_path, "stream", b'{"topic": "stream"}', patience=0.2)
    assert time.monotonic() - start < 2
    worker.close()


def test_a_long_data_folder_still_has_a_bus(tmp_path):
    deep = Path(tmp_path, *["a-folder-with-a-rather-long-name"] * 5)
    listener = bus_unix.Listener(deep, "web")
    assert bus_unix.send(deep, "stream", b'{"topic": "stream"}', patience=0.1) == 1
    assert listener.wait(1) == {"topic": "stream"}
    listener.close()


def test_redis_away_is_asked_once_in_a_while_and_warned_of_once(caplog, monkeypatch):
    url, asked = "redis://127.0.0.1:1/0", []
    bus_redis._resting.clear()
    real = bus_redis.client
    monkeypatch.setattr(bus_redis, "client", lambda url: asked.append(url) or real(url))
    start = time.monotonic()
    for _ in range(50):
        bus_redis.send(url, "stream", b"{}")
    periods = (time.monotonic() - start) // bus_redis.REST_SECONDS + 1
    assert len(asked) <= periods
    assert caplog.text.count("does not answer") == len(asked)
    listener = bus_redis.Listener(url)
    assert listener.wait(0.05) is None


@pytest.mark.skipif(not REDIS, reason="Redis does not answer; set TEST_REDIS_URL")
def test_a_lost_redis_connection_comes_back_and_says_that_there_was_a_gap():
    listener = bus_redis.Listener(REDIS, ["stream"])
    assert listener.wait(0.1) is None
    newest = max(
        int(client["id"]) for client in bus_redis.client(REDIS).client_list() if int(client["sub"]) == 1
    )
    bus_redis.client(REDIS).client_kill_filter(_id=newest)
    heard = [listener.wait(1) for _ in range(3)]
    assert {"topic": "gap"} in heard
    bus_redis.send(REDIS, "stream", b'{"topic": "stream"}')
    assert listener.wait(2) == {"topic": "stream"}
    listener.close()
