"""Database servers of the tests' own, where none answers on loopback.   usage: python -m tests.own_servers postgresql|redis FILE

Writes the server's address into FILE once it answers; ends with everything it kept when told to (SIGTERM).
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.cluster import Cluster, is_there
from tests.faults.site import free_port, wait_for_port

Server = tuple[str, Callable[[], None]]


def postgresql() -> Server:
    """Its address, and how to end it. Raises SystemExit where its programs are missing."""
    if not is_there():
        raise SystemExit(1)
    cluster = Cluster()
    return cluster.url, cluster.close


def redis() -> Server:
    """The same of a Redis that keeps nothing on disk."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit(1)
    port, folder = free_port(), tempfile.mkdtemp(prefix="handrail-redis-")
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
    wait_for_port(port, seconds=10)

    def end() -> None:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    return f"redis://127.0.0.1:{port}", end


def main(kind: str, told: Path) -> None:
    url, end = {"postgresql": postgresql, "redis": redis}[kind]()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        told.write_text(url, encoding="utf-8")
        signal.pause()
    finally:
        end()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
