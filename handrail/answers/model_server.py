"""The model process: the models once a host, asked by web and worker over a Unix socket."""

from __future__ import annotations

import os
import socketserver
from pathlib import Path

import numpy as np

from handrail.answers.model_here import ModelsHere
from handrail.answers.model_wire import receive, send


class Server(socketserver.ThreadingUnixStreamServer):
    """Answers `read` requests; a broken client costs its own connection only."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, models: ModelsHere) -> None:
        self.models = models
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        # Only this user may ask: what people type passes here.
        before = os.umask(0o177)
        try:
            super().__init__(str(path), Handler)
        finally:
            os.umask(before)


class Handler(socketserver.BaseRequestHandler):
    """One client, any number of requests."""

    server: Server

    def handle(self) -> None:
        while True:
            try:
                asked = receive(self.request)
            except (ValueError, ConnectionError):
                return
            if asked is None:
                return
            self._answer(asked.get("morphs", []), asked.get("vectors", []))

    def _answer(self, morphs: list[str], vectors: list[str]) -> None:
        models = self.server.models
        reading = models.read(morphs, vectors)
        rows = np.empty((0, 512), np.float32) if reading.vectors is None else reading.vectors
        names = [models.morph_model, models.vector_model]
        send(
            self.request,
            {"morphs": reading.morphs, "rows": len(rows), "models": names},
            rows.astype("<f4").tobytes(),
        )
