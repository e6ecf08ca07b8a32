"""A PostgreSQL cluster of the trial's own, which may crash as a machine does: every process of it gone at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.faults.site import free_port, wait_for_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
    Path(shutil.which("initdb") or "/nowhere").parent
]


def is_there() -> bool:
    return (BINARIES[-1] / "initdb").exists()


class Cluster:
    """Listens on loopback alone and trusts everybody there. It keeps what it says it committed: fsync is on."""

    def __init__(self) -> None:
        # PostgreSQL refuses to run as root; as anybody else it is ours.
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.folder = Path(tempfile.mkdtemp(prefix="handrail-cluster-"))
        if self._as:
            shutil.chown(self.folder, "postgres")
        self.port, self.crashes = free_port(), 0
        self._data = self.folder / "data"
        self._run(
            "initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions"
        )
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *words: object) -> None:
        subprocess.run(
            [*self._as, BINARIES[-1] / program, *map(str, words)],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
        }
        words = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        while True:
            process = subprocess.Popen(
                [*self._as, BINARIES[-1] / "postgres", "-D", self._data, *words],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
            with suppress(TimeoutError):
                wait_for_port(self.port, seconds=10)
                if process.poll() is None:
                    return process
            # The shared memory of the one that crashed is held until its last child saw that it is gone.
            process.kill()
            process.wait()
            time.sleep(0.2)

    def _postmaster(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])

    def crash(self, *, away: float = 0.5) -> None:
        """Kill it with all its children, and start it again `away` seconds later: it recovers from its log."""
        self._kill()
        self.crashes += 1
        time.sleep(away)
        self._process = self._start()
        self._wait_until_recovered()

    def _wait_until_recovered(self, *, seconds: float = 120) -> None:
        """It listens before it lets anybody in. The site meets that too; who counts what it holds does not."""
        asked = [BINARIES[-1] / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + seconds
        while subprocess.run(asked, check=False).returncode:
            if time.monotonic() > until:
                raise TimeoutError("The database did not recover.")
            time.sleep(0.1)

    def _kill(self) -> None:
        head = self._postmaster()
        children = subprocess.run(["pgrep", "-P", str(head)], capture_output=True, text=True, check=False)
        for pid in [head, *map(int, children.stdout.split())]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        with suppress(FileNotFoundError):
            self._kill()
        shutil.rmtree(self.folder, ignore_errors=True)
