"""Event streams: who listens to which channel in this process, and what reaches them. Never touches the ORM."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from handrail.web.edge import tokens
from handrail.web.edge.asgi import TEXT, Receive, Scope, Send, busy, header, reply
from handrail.web.edge.stream import Stream, frame

STREAMS_MAX = 20_000
PER_VIEWER_MAX = 32
COMMENT_SECONDS = 25
# After this a stream ends and its browser asks Django for a new token, should a "revoke" ever have been lost.
LIFE_SECONDS = 900
LAST_ID_CHARS_MAX = 200
COMMENT = b":\n\n"
OPENED = b"opened"  # the last id of a browser that has heard of nothing with an id yet
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
IDS = re.compile(rb"^id: ?(.+)$", re.MULTILINE)

# Asks Django for what was missed: (scope, path, after, token) -> frames, or None when it cannot say
Replay = Callable[[Scope, str, str, str], Awaitable[bytes | None]]


class Streams:
    """An ASGI application for `GET /live?token=…`, and the place where published events arrive."""

    def __init__(self, replay: Replay, *, most: int = STREAMS_MAX) -> None:
        self._replay, self._most = replay, most
        self._channels: dict[str, set[Stream]] = {}
        self._viewers: dict[str, set[Stream]] = {}
        self._slots: list[set[Stream]] = [set() for _ in range(COMMENT_SECONDS)]
        self._revoked: dict[tuple[str, str], float] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        token = asked.get("token", [""])[0]
        try:
            grant = tokens.read(token)
            self._check(grant)
        except tokens.Refused:
            return await reply(
                send, 401, b"This stream's token is no longer good. Ask the page for a new one.\n"
            )
        if self._count >= self._most:
            return await busy(send, seconds=random.randint(2, 10))
        if grant.viewer and len(self._viewers.get(grant.viewer, ())) >= PER_VIEWER_MAX:
            return await reply(
                send, 429, b"Too many pages are open at once.\n", [TEXT, (b"retry-after", b"30")]
            )
        after = header(scope, b"last-event-id").decode("utf-8", "replace") or asked.get("after", [""])[0]
        await self._hold(grant, token, after[:LAST_ID_CHARS_MAX], scope, receive, send)

    def _check(self, grant: tokens.Grant) -> None:
        for channel in ("", *grant.channels):
            for viewer in {"", grant.viewer}:
                if grant.minted_at <= self._revoked.get((viewer, channel), 0):
                    raise tokens.Refused("revoked")

    async def _hold(
        self, grant: tokens.Grant, token: str, after: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        stream = Stream(grant, send, opened_at=time.monotonic(), slot=random.randrange(COMMENT_SECONDS))
        # Listening before the replay is read, or what happens in between would be in neither.
        self._add(stream)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            # Spread out, so that a restart does not bring everybody back in the same second.
            # The id alone makes no event, but a browser that comes back names it, and so says that it was here.
            hello = b"retry: %d\nid: %s\n\n" % (random.randint(1_000, 5_000), OPENED)
            seen = await self._missed(grant, token, after, scope) if after else b""
            await send({"type": "http.response.body", "body": hello + seen, "more_body": True})
            stream.begin(without=_ids(seen))
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not stream.closing:
                raise
            await stream.finish()
        finally:
            self._drop(stream)

    async def _missed(self, grant: tokens.Grant, token: str, after: str, scope: Scope) -> bytes:
        known = "" if after == OPENED.decode() else after
        frames = await self._replay(scope, grant.replay, known, token) if grant.replay else None
        # Where nobody can replay, the page is told to look for itself.
        return frame("missed", {"after": known}) if frames is None else frames

    def _add(self, stream: Stream) -> None:
        self._count += 1
        for channel in stream.grant.channels:
            self._channels.setdefault(channel, set()).add(stream)
        self._viewers.setdefault(stream.grant.viewer, set()).add(stream)
        self._slots[stream.slot].add(stream)

    def _drop(self, stream: Stream) -> None:
        self._count -= 1
        self._slots[stream.slot].discard(stream)
        places = [(self._channels, channel) for channel in stream.grant.channels]
        for table, name in [*places, (self._viewers, stream.grant.viewer)]:
            if found := table.get(name):
                found.discard(stream)
                if not found:
                    del table[name]

    def heard(self, message: Mapping[str, Any]) -> None:
        """A message of the bus: "stream" is passed on, "revoke" and "gap" close."""
        if message["topic"] == "stream":
            self._fan_out(message)
        elif message["topic"] == "revoke":
            self._revoke(str(message.get("viewer", "")), [str(name) for name in message.get("channels", [])])
        else:
            self.close_all("gap")

    def _fan_out(self, message: Mapping[str, Any]) -> None:
        name = message.get("id")
        data = frame(str(message["event"]), message.get("data"), id=name)
        found: set[Stream] = set()
        for channel in message["channels"]:
            found |= self._channels.get(channel, set())
        for stream in found:
            stream.put(data, id="" if name is None else str(name))

    def _revoke(self, viewer: str, channels: list[str]) -> None:
        """Close what `viewer` hears (of `channels`, if any are named), or what anybody hears of `channels`."""
        if not viewer and not channels:
            return
        moment = time.time()
        self._revoked = {k: at for k, at in self._revoked.items() if at > moment - tokens.LIFE_SECONDS}
        for channel in channels or [""]:
            self._revoked[viewer, channel] = moment
        found = set(self._viewers.get(viewer, set())) if viewer else set[Stream]().union(*self._slots)
        for stream in found:
            if not channels or set(channels) & set(stream.grant.channels):
                stream.close("revoked")

    async def comment(self) -> None:
        """Every second a 25th of the streams gets its comment line, so that proxies keep them; old ones end."""
        turn = 0
        while True:
            await asyncio.sleep(1)
            turn = (turn + 1) % COMMENT_SECONDS
            oldest = time.monotonic() - LIFE_SECONDS
            for stream in list(self._slots[turn]):
                if stream.opened_at < oldest:
                    stream.close("old")
                elif stream.is_idle:
                    stream.put(COMMENT)

    def close_all(self, why: str) -> None:
        for stream in set[Stream]().union(*self._slots):
            stream.close(why)


def _ids(frames: bytes) -> frozenset[str]:
    return frozenset(found.decode("utf-8", "replace").rstrip("\r") for found in IDS.findall(frames))
