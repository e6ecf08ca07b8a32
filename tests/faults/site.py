"""A site of real processes on loopback, any of which may be killed and started again."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.tables import ROOT, tables_into

START_SECONDS_MAX = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, *, seconds: float = START_SECONDS_MAX) -> None:
    """Until somebody answers on the port. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nobody answers on port {port}")


@dataclass
class Site:
    """One installation in `folder`. `commands` maps a name to what it runs; `kills` counts what was done to each."""

    folder: Path
    commands: dict[str, list[str]]
    database_url: str = ""
    web_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    sink_port: int = field(default_factory=free_port)
    kills: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        here = {
            name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_"))
        }
        return here | {
            "PYTHONPATH": str(ROOT),
            "HANDRAIL_DATA": str(self.folder),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.web_port),
            "HANDRAIL_MAIL_PORT": str(self.mail_port),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink_port}",
            "HANDRAIL_LEASE_SECONDS": "2",
            "HANDRAIL_DURABLE": "1",
            "HANDRAIL_TRUSTED_PROXIES": "127.0.0.1",
        }

    def run(self, *command: str) -> str:
        """Run one command to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def make_tables(self) -> None:
        if self.database_url:
            self.run("-m", "handrail", "migrate", "--verbosity", "0")
        else:
            tables_into(self.folder)

    def ask(self, module: str, *words: str) -> object:
        """What a module of the tests, run inside the site, prints as JSON."""
        return json.loads(self.run("-m", module, *words).splitlines()[-1])

    def start(self, name: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, *self.commands[name]],
            cwd=ROOT,
            env=self.env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """SIGKILL the process and all it started, then start it again."""
        with suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()
        self.kills[name] = self.kills.get(name, 0) + 1
        self.start(name)

    def ended(self) -> list[str]:
        """Processes that are gone though nobody killed them."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def stop(self) -> None:
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    @contextmanager
    def up(self, port: int = 0) -> Iterator[Site]:
        """All processes running inside the block, none after it. `port` answers first; the listener's unless another is given."""
        try:
            for name in self.commands:
                self.start(name)
            wait_for_port(port or self.mail_port)
            yield self
        finally:
            self.stop()

    @contextmanager
    def sink(self) -> Iterator[Path]:
        """Whoever takes the mail that the site sends, while the block runs. Yields the ledger it writes."""
        ledger = self.folder / "sink.ledger"
        command = [sys.executable, "-m", "tests.faults.sink", str(self.sink_port), str(ledger)]
        process = subprocess.Popen(command, cwd=ROOT, env=self.env)
        try:
            wait_for_port(self.sink_port)
            yield ledger
        finally:
            process.kill()
            process.wait()

    def kill_at_random(
        self, acts: list[Callable[[], None]], *, seed: int, pause: tuple[float, float]
    ) -> None:
        """Do each of `acts` (kills and crashes) in any order, `pause` seconds apart (from, to)."""
        dice = random.Random(seed)
        dice.shuffle(acts)
        for act in acts:
            time.sleep(dice.uniform(*pause))
            act()
