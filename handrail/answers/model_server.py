"""The model process: the models once a host, asked by web and worker over a Unix socket."""

from __future__ import annotations

import os
import socket
import socketserver
import time
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np

from handrail.answers.encoder import width
from handrail.answers.model_here import SHORT, ModelsHere
from handrail.answers.model_wire import receive, send

REMEMBERED = 500  # questions whose time is kept, for the console


class Server(socketserver.ThreadingUnixStreamServer):
    """Answers `read` requests; a broken client costs its own connection only."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, models: ModelsHere) -> None:
        self.models = models
        self.began_at = time.time()
        self.times: deque[float] = deque(maxlen=REMEMBERED)
        self.texts = 0
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_answered(path):
            raise RuntimeError(f"Another model process answers at {path}. Stop it first.")
        path.unlink(missing_ok=True)
        # Only this user may ask: what people type passes here.
        before = os.umask(0o177)
        try:
            super().__init__(str(path), Handler)
        finally:
            os.umask(before)
        self._path, self._inode = path, path.stat().st_ino

    def leave(self) -> None:
        """Take the socket away, unless another process has put its own there."""
        if self._path.exists() and self._path.stat().st_ino == self._inode:
            self._path.unlink()

    def health(self) -> dict[str, Any]:
        """Seconds since the start, texts read, milliseconds a question (median and 95th), megabytes held, and how the last
        request for embeddings from outside went."""
        times = sorted(self.times) or [0.0]
        return {
            "seconds": round(time.time() - self.began_at),
            "texts": self.texts,
            "ms_p50": round(times[len(times) // 2], 1),
            "ms_p95": round(times[int(0.95 * (len(times) - 1))], 1),
            "megabytes": memory_held(),
            "embeddings": self.models.embeddings.outcome if self.models.embeddings else "",
        }


def _is_answered(path: Path) -> bool:
    """Whether a living process listens there; one that was killed leaves its file behind."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        try:
            asking.connect(str(path))
        except OSError:
            return False
        return True


class Handler(socketserver.BaseRequestHandler):
    """One client, any number of requests."""

    server: Server

    def handle(self) -> None:
        while True:
            try:
                asked = receive(self.request)
                if asked is None:
                    return
                self._answer(asked)
            except (ValueError, OSError):
                return

    def _answer(self, asked: dict[str, Any]) -> None:
        models, began = self.server.models, time.perf_counter()
        morphs, vectors = asked.get("morphs", []), asked.get("vectors", [])
        reading = models.read(morphs, vectors, as_asked=bool(asked.get("as_asked")))
        rows = (
            np.empty((0, width(models.vector_model)), np.float32)
            if reading.vectors is None
            else reading.vectors
        )
        head: dict[str, Any] = {
            "morphs": reading.morphs,
            "rows": len(rows),
            "width": rows.shape[1],
            "pieces": None if reading.pieces is None else [len(each) for each in reading.pieces],
            "models": [models.morph_model, models.vector_model],
        }
        if asked.get("health"):
            head["health"] = self.server.health()
        send(self.request, head, rows.astype("<f4").tobytes() + b"".join(map(bytes, reading.pieces or [])))
        self.server.texts += max(len(morphs), len(vectors))
        if 0 < len(morphs) + len(vectors) <= SHORT:
            self.server.times.append((time.perf_counter() - began) * 1000)


def memory_held() -> float:
    """Megabytes of this process, shared pages counted by share; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return round(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024, 1)
