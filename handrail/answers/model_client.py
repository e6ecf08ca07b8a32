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

import numpy as np
from django.conf import settings

from handrail.answers.encoder import DIMENSIONS, Reader, Reading, Vectors
from handrail.answers.model_wire import exactly, receive, send

ANSWER_WITHIN = 20.0  # seconds; a batch of a thousand texts takes two
ASK_AGAIN_AFTER = 1.0  # seconds without the model process before it is tried again


class ModelClient:
    """Asks the model process. Where it is not running, readings are empty and `is_there` is False."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._absent_until = 0.0
        self._models = ("", "")

    @property
    def morph_model(self) -> str:
        return self._names()[0]

    @property
    def vector_model(self) -> str:
        return self._names()[1]

    def read(self, morphs: list[str], vectors: list[str]) -> Reading:
        if time.monotonic() < self._absent_until:
            return Reading()
        # A connection kept from before a restart fails once; a new one then tells whether the process is there.
        for is_new in (False, True):
            try:
                return self._ask(self._connection(is_new=is_new), morphs, vectors)
            except (OSError, ValueError):
                self._hang_up()
        self._absent_until = time.monotonic() + ASK_AGAIN_AFTER
        self._models = ("", "")
        return Reading()

    def _names(self) -> tuple[str, str]:
        if not any(self._models):
            self.read([], [])
        return self._models

    def _ask(self, connection: socket.socket, morphs: list[str], vectors: list[str]) -> Reading:
        send(connection, {"morphs": morphs, "vectors": vectors})
        head = receive(connection)
        if head is None:
            raise ConnectionError("The model process hung up.")
        body = exactly(connection, head["rows"] * DIMENSIONS * 4) or b""
        self._models = (head["models"][0], head["models"][1])
        found: Vectors = np.frombuffer(body, dtype="<f4").reshape(-1, DIMENSIONS)
        return Reading(head["morphs"], found if self._models[1] else None)

    def _connection(self, *, is_new: bool) -> socket.socket:
        kept: socket.socket | None = getattr(self._own, "connection", None)
        if kept is not None and not is_new:
            return kept
        fresh = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        fresh.settimeout(ANSWER_WITHIN)
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


_chosen: list[Reader] = []
_client: list[ModelClient] = []


def current() -> Reader:
    """The reader of this process."""
    if _chosen:
        return _chosen[-1]
    if not _client or _client[0].path != settings.MODEL_SOCKET:
        _client[:] = [ModelClient(Path(settings.MODEL_SOCKET))]
    return _client[0]


@contextmanager
def using(reader: Reader) -> Iterator[None]:
    """Within the block every thread of this process reads with `reader`."""
    _chosen.append(reader)
    try:
        yield
    finally:
        _chosen.remove(reader)
