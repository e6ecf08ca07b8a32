"""Who talks in a chat trial: a customer and a colleague who send until it is accepted, and a window that shows what comes.

None of them is ever killed; each keeps a ledger of what it was told, in the order in which it was told.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TRY_AGAIN_SECONDS = 0.1
WORD = re.compile(r"\b[ca]\d+-\d+\b")
_addresses = itertools.count(1)


class Refused(Exception):
    """The site answered, and not with what was asked for."""


@dataclass
class Browser:
    """A browser with a session. What fails by the network or with a 5xx is tried again until it works."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Any:
        return self._until_answered("GET", path)

    def post(self, path: str, **fields: str) -> Any:
        token = self.get("/token")["token"]
        return self._until_answered("POST", path, csrfmiddlewaretoken=token, **fields)

    def _until_answered(self, method: str, path: str, **fields: str) -> Any:
        while True:
            try:
                status, body = self._once(method, path, fields)
            except (OSError, http.client.HTTPException):
                self._line = None
            else:
                if status < 400:
                    return json.loads(body) if body.startswith(b"{") else body
                if status < 500:
                    raise Refused(f"{method} {path}: {status} {body[:300]!r}")
            time.sleep(TRY_AGAIN_SECONDS)

    def _once(self, method: str, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        self._line = self._line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        # Everybody writes as often as anybody may: each request comes from a network of its own.
        number = next(_addresses)
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        self._line.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self._line.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()


class Talk:
    """One chat: `said` and `answered` are what was accepted, `seen` what its window showed, all in order."""

    def __init__(self, number: int, *, port: int, session: str) -> None:
        self.number, self.port = number, port
        self.customer, self.colleague = Browser(port), Browser(port, {"session": session})
        self.said: list[str] = []
        self.answered: list[str] = []
        self.seen: list[str] = []
        self.case = 0
        self._is_over = threading.Event()

    def begin(self) -> str:
        """Open it and ask for a person. Returns its public id."""
        first = self._say("c", 0)
        self.customer.post("/hc/en/chat/person", c=first["c"])
        self.public_id, self.messages = first["c"], first["messages"]
        return self.public_id

    def _say(self, kind: str, index: int, **fields: str) -> Any:
        word = f"{kind}{self.number}-{index}"
        answer = self.customer.post("/hc/en/chat", text=word, client_id=f"client-{word}", **fields)
        self.said.append(word)
        return answer

    def write(self, count: int) -> None:
        """The customer's words, one after the other."""
        for index in range(1, count):
            self._say("c", index, c=self.public_id)

    def answer(self, count: int) -> None:
        """The colleague's words, one after the other."""
        for index in range(count):
            word = f"a{self.number}-{index}"
            path = f"/desk/conversations/{self.case}/messages"
            self.colleague.post(path, text=word, client_id=f"client-{word}")
            self.answered.append(word)

    def watch(self) -> None:
        """The customer's window: fetch whenever the stream says so, and whenever it has to be opened again."""
        last = 0
        while not self._is_over.is_set():
            with suppress(OSError, http.client.HTTPException):
                for _ in self._told():
                    last = self._show(last)
            time.sleep(TRY_AGAIN_SECONDS)
        self._show(last)

    def close(self) -> None:
        self._is_over.set()

    def _show(self, last: int) -> int:
        new = self._window.get(f"{self.messages}?after={last}")
        self.seen += [word for line in new["lines"] for word in WORD.findall(line["html"])[:1]]
        return int(new["last"])

    @property
    def _window(self) -> Browser:
        if not hasattr(self, "_own_window"):
            self._own_window = Browser(self.port, dict(self.customer.cookies))
        return self._own_window

    def _told(self) -> Any:
        """Something each time the stream speaks, and once after it opened."""
        url = self._window.get(self.messages.replace("/messages", "/live"))["url"]
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request(
                "GET", url, headers={"Cookie": f"session={self.customer.cookies.get('session', '')}"}
            )
            stream = line.getresponse()
            yield "opened"
            while not self._is_over.is_set():
                try:
                    read = stream.readline()
                except TimeoutError:
                    return
                if not read:
                    return
                if read.startswith(b"data:"):
                    yield "told"
        finally:
            line.close()
