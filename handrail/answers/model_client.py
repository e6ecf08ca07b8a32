"""Asking the models, wherever they are: the model process, this process, or nowhere.

with using(ModelsHere()): ...      commands, measuring, tests
current().read(...)                everybody else
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from handrail.answers.embeddings import waited_for
from handrail.answers.encoder import PIECE_WIDTH, Pieces, Reader, Reading, Vectors, pieces_from
from handrail.answers.model_wire import exactly, receive, send
from handrail.core.breaker import Breaker

# Seconds one reading may take: a question takes milliseconds, so somebody who waits is not kept longer than this.
QUESTION_WITHIN = 1.0
STARTS_WITHIN = (
    300.0  # seconds after our own start: a model process that is away later than this is not starting
)
TEXT_WITHIN = 0.15  # for each text of a batch; a busy machine takes a tenth of it


class ModelClient:
    """Asks the model process. Where it is away or too slow, readings are empty and soon nobody waits for it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.breaker = Breaker()
        self._own = threading.local()
        self._models = ("", "")
        self._began = time.monotonic()

    @property
    def is_starting(self) -> bool:
        """Whether the models are still being loaded, as far as can be told from here: nobody answers yet."""
        return not any(self._names()) and time.monotonic() - self._began < STARTS_WITHIN

    @property
    def morph_model(self) -> str:
        return self._names()[0]

    @property
    def vector_model(self) -> str:
        return self._names()[1]

    def read(self, morphs: list[str], vectors: list[str], *, as_asked: bool = False) -> Reading:
        asked = {"morphs": morphs, "vectors": vectors, "as_asked": as_asked}
        answer = self._tried(asked, texts=len(morphs) + len(vectors))
        if answer is None:
            return Reading()
        head, body = answer
        size = 4 * head["rows"] * head["width"]
        found: Vectors = np.frombuffer(body[:size], dtype="<f4").reshape(-1, head["width"])
        counts = head.get("pieces")
        pieces = None if counts is None else _parted(pieces_from(body[size:]), counts)
        return Reading(head["morphs"], found if self._models[1] else None, pieces)

    def health(self) -> dict[str, Any] | None:
        """What the model process says of itself (model_server.Server.health); None where it does not answer."""
        answer = self._tried({"morphs": [], "vectors": [], "health": True}, texts=0)
        return answer[0].get("health", {}) if answer else None

    def _names(self) -> tuple[str, str]:
        if not any(self._models):
            self.read([], [])
        return self._models

    def _tried(self, asked: dict[str, Any], *, texts: int) -> tuple[dict[str, Any], bytes] | None:
        if not self.breaker.may_try():
            return None
        within = QUESTION_WITHIN + TEXT_WITHIN * texts + waited_for(len(asked["vectors"]))
        # A connection kept from before a restart fails once; a new one then tells whether the process is there.
        for is_new in (False, True):
            try:
                answer = self._ask(asked, within, is_new=is_new)
            except TimeoutError:
                # It hangs, so a second try would only double the wait.
                self._hang_up()
                self.breaker.failed()
                break
            except (OSError, ValueError, KeyError):
                self._hang_up()
                self.breaker.failed(at_once=True)
            else:
                self.breaker.worked()
                return answer
        self._models = ("", "")
        return None

    def _ask(self, asked: dict[str, Any], within: float, *, is_new: bool) -> tuple[dict[str, Any], bytes]:
        connection = self._connection(within, is_new=is_new)
        send(connection, asked)
        head = receive(connection)
        if head is None:
            raise ConnectionError("The model process hung up.")
        pieces = PIECE_WIDTH * sum(head.get("pieces") or [])
        body = exactly(connection, head["rows"] * head["width"] * 4 + pieces) or b""
        self._models = (head["models"][0], head["models"][1])
        return head, body

    def _connection(self, within: float, *, is_new: bool) -> socket.socket:
        kept: socket.socket | None = getattr(self._own, "connection", None)
        if kept is not None and not is_new:
            kept.settimeout(within)
            return kept
        fresh = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        fresh.settimeout(within)
        try:
            fresh.connect(str(self.path))
        except OSError:
            fresh.close()
            raise
        self._own.connection = fresh
        return fresh

    def _hang_up(self) -> None:
        kept: socket.socket | None = getattr(self._own, "connection", None)
        if kept is not None:
            kept.close()
            self._own.connection = None


def _parted(pieces: Pieces, counts: list[int]) -> list[Pieces]:
    return np.split(pieces, np.cumsum(counts)[:-1]) if counts else []


_chosen: list[Reader] = []
_client: list[ModelClient] = []


def current() -> Reader:
    """The reader of this process."""
    if _chosen:
        return _chosen[-1]
    if not _client or _client[0].path != settings.MODEL_SOCKET:
        _client[:] = [ModelClient(Path(settings.MODEL_SOCKET))]
    return _client[0]


def is_starting() -> bool:
    """Whether what is found now may be rougher than what will be found in a minute, when the models are there."""
    reader = current()
    return isinstance(reader, ModelClient) and reader.is_starting


@contextmanager
def using(reader: Reader) -> Iterator[None]:
    """Within the block every thread of this process reads with `reader`."""
    _chosen.append(reader)
    try:
        yield
    finally:
        _chosen.remove(reader)
