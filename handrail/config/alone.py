"""One group of processes a data folder: two would take each other's sockets away."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another group holds the folder; `pid` is its first process, 0 where it did not say."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid}")
        self.pid = pid


def claim(folder: Path) -> int:
    """Hold `folder` until this process ends, also across `exec`; a crash lets go by itself. Returns the open file.

    Raises AlreadyRunning.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(folder / "group.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = os.read(held, 20).decode(errors="replace").strip()
        os.close(held)
        raise AlreadyRunning(int(said) if said.isdigit() else 0) from None
    os.ftruncate(held, 0)
    os.write(held, f"{os.getpid()}\n".encode())
    os.set_inheritable(held, True)
    return held
