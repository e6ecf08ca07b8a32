"""One group of processes a data folder: two would take each other's sockets away.

Its lock says whose it is and on which port the site stands: "4711\n8500\n".
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another group holds the folder; `pid` is its first process, 0 where it did not say."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid}")
        self.pid = pid


def claim(folder: Path, *, port: int = 0) -> int:
    """Hold `folder` until this process ends, also across `exec`; a crash lets go by itself. Returns the open file.

    port  where its pages stand, for commands that are given beside it; 0 for none

    Raises AlreadyRunning.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(folder / "group.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise AlreadyRunning(_said(folder)[0]) from None
    os.ftruncate(held, 0)
    os.write(held, f"{os.getpid()}\n{port}\n".encode())
    os.set_inheritable(held, True)
    return held


def port_of(folder: Path) -> int:
    """The port of the group that runs on `folder`; 0 where none runs, or none was said."""
    process, port = _said(folder)
    if not process:
        return 0
    try:
        # Asks whether it lives, and sends nothing. The lock is not tried: a group that starts just now would find it taken.
        os.kill(process, 0)
    except ProcessLookupError:
        return 0
    except PermissionError:
        pass
    return port


def _said(folder: Path) -> tuple[int, int]:
    """Process and port of the lock; 0 for what it does not say."""
    try:
        words = (folder / "group.lock").read_text(errors="replace").split()
    except OSError:
        words = []
    process, port = [*(int(word) if word.isdecimal() else 0 for word in words), 0, 0][:2]
    return process, port
