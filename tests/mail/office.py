"""A Handrail of its own in a folder, with its mail listener as a real process: what tests of acknowledgement need."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tables import tables_into

INBOX = "help@handrail.test"
MAKE_INBOXES = """
from handrail.channels.models import Inbox
from handrail.workspace.models import Brand
brand = Brand.objects.create(slug="ongyeol", name_ko="온결", name_en="Ongyeol")
for address in ("help@handrail.test", "sales@handrail.test"):
    Inbox.objects.create(kind="mail", brand=brand, address=address, name=address)
"""


@dataclass
class Office:
    """`data` is its folder. `listen()` starts a listener and returns its port; `close()` ends all it started."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    processes: dict[tuple[str, ...], tuple[subprocess.Popen[str], int]] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.data / "handrail.sqlite3"

    def command(
        self, *words: str, stdin: bytes | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "handrail", *words],
            env=self._environment(),
            input=stdin,
            capture_output=True,
            check=check,
            timeout=120,
        )

    def set_up(self) -> None:
        tables_into(self.data)
        self.command("shell", "--verbosity", "0", "-c", MAKE_INBOXES)

    def listen(self, protocol: str = "lmtp", *, port: int = 0, **settings: str) -> int:
        """The port of a listener; one that is already there with these settings serves again."""
        key = (protocol, *(f"{name}={value}" for name, value in sorted(settings.items())))
        process, taken = self.processes.get(key, (None, 0))
        if process and process.poll() is None and port in {0, taken}:
            return taken
        if process and process.poll() is None:
            process.terminate()
            process.wait(15)
        process = subprocess.Popen(
            [sys.executable, "-m", "handrail", "listen", "--port", str(port), "--protocol", protocol],
            env=self._environment() | settings,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("Listening for mail"), line
        self.processes[key] = (process, int(line.rsplit(":", 1)[1]))
        return self.processes[key][1]

    def signal(self, number: int) -> int:
        """Send a signal to the LMTP listener and wait for its end; its exit status."""
        process, _ = self.processes[("lmtp",)]
        process.send_signal(number)
        return process.wait(15)

    def kept(self) -> list[dict[str, Any]]:
        """The kept mails, read past every process of ours: what the disk says."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(
                "SELECT r.*, i.address AS inbox FROM channels_inboundraw r JOIN channels_inbox i ON i.id = r.inbox_id ORDER BY r.id"
            )
            return [dict(row) for row in rows]

    def empty(self) -> None:
        with sqlite3.connect(self.database, timeout=20) as connection:
            connection.execute("DELETE FROM channels_inboundraw")

    def close(self) -> None:
        for process, _ in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            if process.stdout:
                process.stdout.close()
        self.processes.clear()

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATABASE", "REDIS", "EMAIL"))
        }
        return kept | {"HANDRAIL_DATA": str(self.data), **self.settings}
