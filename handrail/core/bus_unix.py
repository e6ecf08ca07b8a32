"""The bus inside one machine: a datagram socket per listening process, its topics in the socket's name."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import socket
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

PATH_BYTES_MAX = 100  # the kernel takes 107
ALL = "all"
_count = itertools.count()


def send(data: Path, topic: str, message: bytes, *, patience: float) -> int:
    """Write `message` to each socket that hears `topic`; wait up to `patience` seconds for a full one.

    Returns how many took it.
    """
    taken = 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(patience)
        for path in folder(data).glob("*.sock"):
            if not _hears(path, topic):
                continue
            try:
                sender.sendto(message, str(path))
                taken += 1
            except ConnectionRefusedError:
                # Its process died without tidying up.
                path.unlink(missing_ok=True)
            except OSError:
                # A queue that stays full, or a socket gone in between: the listener looks for itself soon.
                continue
    return taken


def _hears(path: Path, topic: str) -> bool:
    topics = path.name.removesuffix(".sock").rpartition("~")[2].split("+")
    return topic in topics or ALL in topics


class Listener:
    """A bound socket. `fileno()` and `receive()` for an event loop, `wait()` for a plain loop."""

    def __init__(self, data: Path, name: str, topics: Iterable[str] = ()) -> None:
        heard = "+".join(sorted(topics)) or ALL
        self.path = folder(data) / f"{name}-{os.getpid()}-{next(_count)}~{heard}.sock"
        # A process of an earlier boot may have left a socket under the same number.
        self.path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_048_576)
        self._socket.bind(str(self.path))

    def fileno(self) -> int:
        return self._socket.fileno()

    def receive(self) -> dict[str, Any] | None:
        """A message that is already here, or None."""
        return self.wait(0)

    def wait(self, seconds: float) -> dict[str, Any] | None:
        self._socket.settimeout(max(seconds, 0))
        with suppress(TimeoutError, BlockingIOError, json.JSONDecodeError):
            return json.loads(self._socket.recv(262_144))
        return None

    def close(self) -> None:
        self._socket.close()
        self.path.unlink(missing_ok=True)


@cache
def folder(data: Path) -> Path:
    """Where the sockets of this installation are: in its data folder, or under /tmp when that path is too long."""
    path = data / "run" / "bus"
    if len(str(path).encode()) + 60 > PATH_BYTES_MAX:
        name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        path = Path(tempfile.gettempdir()) / f"handrail-{os.getuid()}-{name}"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = path.stat()
    if owner.st_uid != os.getuid() or stat.S_IMODE(owner.st_mode) & 0o022:
        raise PermissionError(
            f"{path} can be written by others; messages cannot be trusted there. Remove it."
        )
    return path
