"""Event streams: the right people hear, nobody else does, and whoever comes back misses nothing."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest

from handrail.web.edge import tokens
from handrail.web.edge.stream import QUEUE_MAX, frame
from handrail.web.edge.streams import Streams
from tests.edge.asking import served
from tests.edge.listening import Listener


class Hub:
    """Streams on a real port, told things from the test's thread."""

    def __init__(self, streams, port, app):
        self.streams, self.port, self._app, self.open = streams, port, app, []

    def listen(self, *channels, viewer="person:1", replay="", last="", token=None):
        token = token or tokens.mint(viewer=viewer, channels=channels, replay=replay)
        listener = Listener(self.port, token, last=last)
        self.open.append(listener)
        return listener

    def tell(self, **message):
        self._app["loop"].call_soon_threadsafe(self.streams.heard, message)

    def say(self, *channels, event="changed", data=None, **more):
        self.tell(topic="stream", channels=list(channels), event=event, data=data, **more)

    def until(self, count):
        until = time.monotonic() + 5
        while len(self.streams) != count and time.monotonic() < until:
            time.sleep(0.01)
        assert len(self.streams) == count


@pytest.fixture
def replays():
    return {}


@pytest.fixture
def hub(replays):
    async def replay(scope, path, after, token):
        return replays.get((path, after))

    streams, kept = Streams(replay), {}

    async def app(scope, receive, send):
        if scope["type"] == "http":
            kept["loop"] = asyncio.get_running_loop()
            await streams(scope, receive, send)

    with served(app) as port:
        hub = Hub(streams, port, kept)
        yield hub
        for listener in hub.open:
            listener.close()


def test_an_event_reaches_those_who_listen_to_its_channel_and_nobody_else(hub):
    mine, both, other = hub.listen("chat:a"), hub.listen("chat:a", "desk"), hub.listen("chat:b")
    hub.until(3)

    hub.say("chat:a", "desk", data={"글": "안녕하세요\n\n"}, id=7)

    for listener in (mine, both):
        heard = listener.next()
        assert (heard.event, heard.data, heard.id) == ("changed", {"글": "안녕하세요\n\n"}, "7")
    assert both.hears_nothing(), "one event, though two of its channels are heard"
    assert other.hears_nothing()


def test_two_hundred_listeners_all_hear_each_of_twenty_events_in_order(hub):
    crowd = [hub.listen("news", viewer=f"person:{n}") for n in range(200)]
    hub.until(200)
    for number in range(20):
        hub.say("news", data=number, id=number)
    for listener in crowd:
        assert [listener.next().data for _ in range(20)] == list(range(20))


@pytest.mark.parametrize("spoil", [lambda t: "", lambda t: t[:-2], lambda t: t.replace(t[3], "x", 1) + "y"])
def test_without_a_good_token_there_is_no_stream(hub, spoil):
    token = spoil(tokens.mint(viewer="person:1", channels=["chat:a"]))
    assert hub.listen(token=token or "none").status == 401


def test_a_token_is_good_for_ten_minutes(hub, monkeypatch):
    token = tokens.mint(viewer="person:1", channels=["chat:a"])
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 601)
    assert hub.listen(token=token).status == 401


def test_who_comes_back_gets_what_they_missed_then_what_is_new_and_nothing_twice(hub, replays):
    replays["/replay", "4"] = frame("changed", "five", id=5) + frame("changed", "six", id=6)
    listener = hub.listen("chat:a", replay="/replay", last="4")
    hub.until(1)
    hub.say("chat:a", data="seven", id=7)
    assert [listener.next().data for _ in range(3)] == ["five", "six", "seven"]
    assert listener.last_id == "7"


def test_what_is_said_while_the_replay_is_read_is_neither_lost_nor_doubled(replays):
    """Message six commits after the replay's query began, and is published before it ends."""

    async def scene():
        gate, sent = asyncio.Event(), []

        async def replay(scope, path, after, token):
            await gate.wait()
            return frame("changed", "five", id=5) + frame("changed", "six", id=6)

        streams = Streams(replay)

        async def receive():
            await asyncio.Event().wait()

        async def send(message):
            sent.append(message.get("body", b""))

        token = tokens.mint(viewer="p", channels=["chat:a"], replay="/replay")
        scope = {"query_string": f"token={token}&after=4".encode(), "headers": []}
        task = asyncio.ensure_future(streams(scope, receive, send))
        await asyncio.sleep(0.01)
        streams.heard({"topic": "stream", "channels": ["chat:a"], "event": "changed", "data": "six", "id": 6})
        streams.heard(
            {"topic": "stream", "channels": ["chat:a"], "event": "changed", "data": "seven", "id": 7}
        )
        gate.set()
        await asyncio.sleep(0.05)
        task.cancel()
        return b"".join(sent)

    said = asyncio.run(scene())
    order = [said.index(word) for word in (b'"five"', b'"six"', b'"seven"')]
    assert order == sorted(order)
    assert said.count(b'"six"') == 1


def test_who_comes_back_where_nobody_can_replay_is_told_to_look(hub):
    first = hub.listen("desk:list")
    hub.until(1)
    hub.say("desk:list", data=1)
    first.next()
    assert first.last_id == "opened", "without ids of its own, the stream still says that it was open"
    again = hub.listen("desk:list", last=first.last_id)
    heard = again.next()
    assert (heard.event, heard.data) == ("missed", {"after": ""})


def test_a_first_visit_is_not_told_to_look(hub):
    listener = hub.listen("desk:list")
    hub.until(1)
    assert listener.hears_nothing()
    assert 1_000 <= listener.retry <= 5_000


def test_taking_access_away_ends_the_streams_and_keeps_the_token_out(hub):
    token = tokens.mint(viewer="staff:5", channels=["desk:list"])
    theirs, other = hub.listen(token=token), hub.listen("desk:list", viewer="staff:6")
    hub.until(2)
    start = time.monotonic()

    hub.tell(topic="revoke", viewer="staff:5")

    assert theirs.has_ended()
    assert time.monotonic() - start < 5
    assert hub.listen(token=token).status == 401
    hub.say("desk:list", data="still here")
    assert other.next().data == "still here"
    time.sleep(0.01)
    assert hub.listen("desk:list", viewer="staff:5").status == 200, "a new token, freshly decided, is good"


def test_access_to_one_channel_can_be_taken_from_one_viewer(hub):
    lost = hub.listen("chat:a", viewer="person:1")
    kept = hub.listen("chat:b", viewer="person:1")
    hub.until(2)
    hub.tell(topic="revoke", viewer="person:1", channels=["chat:a"])
    assert lost.has_ended()
    hub.say("chat:b", data=1)
    assert kept.next().data == 1


def test_a_gap_in_the_bus_sends_everybody_to_their_replay(hub):
    listener = hub.listen("chat:a")
    hub.until(1)
    hub.tell(topic="gap")
    assert listener.has_ended()


def test_a_reader_too_slow_to_keep_up_is_closed_and_holds_up_nobody(hub):
    token = tokens.mint(viewer="person:1", channels=["news"])
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", hub.port))
    slow.sendall(f"GET /live?token={token} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    quick = hub.listen("news", viewer="person:2")
    hub.until(2)
    for number in range(QUEUE_MAX + 200):
        hub.say("news", data="x" * 20_000, id=number)
        assert quick.next().id == str(number)
    hub.until(1)
    slow.close()


def test_a_reader_who_leaves_is_forgotten(hub):
    listener = hub.listen("chat:a", "chat:b")
    hub.until(1)
    listener.close()
    hub.open.clear()
    hub.until(0)
    assert hub.streams._channels == {}
    assert hub.streams._viewers == {}


def test_one_viewer_may_not_open_streams_without_end(hub):
    for _ in range(32):
        assert hub.listen("chat:a").status == 200
    assert hub.listen("chat:a").status == 429
    assert hub.listen("chat:a", viewer="person:2").status == 200


def test_an_idle_stream_gets_a_comment_and_an_old_one_ends(monkeypatch):
    """The ticker, a round of 25 seconds squeezed into none."""

    async def scene():
        sent = []

        async def send(message):
            sent.append(message.get("body", b""))

        async def receive():
            await asyncio.Event().wait()

        async def replay(*_):
            return None

        streams = Streams(replay)
        token = tokens.mint(viewer="p", channels=["a"])
        task = asyncio.ensure_future(
            streams({"query_string": f"token={token}".encode(), "headers": []}, receive, send)
        )
        await asyncio.sleep(0)
        real = asyncio.sleep
        rounds = 0

        async def second(_):
            nonlocal rounds
            rounds += 1
            await real(0)
            if rounds == 27:
                (stream,) = streams._viewers["p"]
                stream.opened_at -= 1_000

        monkeypatch.setattr(asyncio, "sleep", second)
        ticker = asyncio.ensure_future(streams.comment())
        while rounds < 60:
            await real(0)
        ticker.cancel()
        assert task.done()
        return b"".join(sent)

    assert b":\n\n" in asyncio.run(scene()).replace(b"opened\n\n", b"")


@pytest.mark.parametrize("mark", ["a\nb", "a\rb", "a\0b"])
def test_a_frame_cannot_be_broken_out_of(mark):
    with pytest.raises(ValueError):
        frame(mark, {})
    with pytest.raises(ValueError):
        frame("changed", {}, id=mark)
    assert frame("changed", {"text": mark}).count(b"\n\n") == 1
