"""Several processes as one group: starts them, starts again what crashes, stops them together.

`python -m handrail.config.processes '{"web": ["handrail", "serve"], …}'` watches over any commands. `handrail all` forks its
processes instead of starting them (forking.py), and `make dev` starts them again when files change (reloading.py).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Protocol

STOP_SECONDS = 10.0  # the web process needs up to five of them
SETTLED_SECONDS = 5.0  # a process that lived this long was not broken from the start
LATER_SECONDS = 1.5  # after the web process, the others start
GIVE_UP_AFTER = 4  # quick deaths in a row of the web process
REST_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)
VITAL = "web"
PARENT_DEATH_SIGNAL, NAME = 1, 15  # PR_SET_PDEATHSIG, PR_SET_NAME

_libc = ctypes.CDLL(None, use_errno=True)


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)  # noqa: T201


class Process(Protocol):
    """What of subprocess.Popen the group needs."""

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float) -> int: ...


Start = Callable[[str, list[str]], Process]


def die_with_parent() -> None:
    """Should the parent be killed outright, this process must not live on unwatched."""
    _libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def name_process(name: str) -> None:
    """What `top` and `ps -o comm` call this process, as far as fifteen letters go."""
    _libc.prctl(NAME, f"handrail {name}".encode())


def spawn(name: str, command: list[str]) -> Process:
    """A process of its own from the first instruction on."""
    return subprocess.Popen(command, preexec_fn=die_with_parent)  # noqa: S603


@dataclass
class Child:
    """One process and what is known of its lives."""

    name: str
    command: list[str]
    begin: Start = spawn
    process: Process | None = None
    started_at: float = 0.0
    quick_deaths: int = 0
    start_again_at: float = 0.0
    finished: bool = False
    again: bool = False  # we ended it ourselves, to start it anew

    @property
    def is_due(self) -> bool:
        return self.process is None and not self.finished and time.monotonic() >= self.start_again_at

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = self.begin(self.name, self.command)

    def look(self) -> bool:
        """Note a death and plan the next life. False when this child can no longer be helped."""
        if self.process is None or (code := self.process.poll()) is None:
            return True
        self.process = None
        if self.again:
            self.again, self.start_again_at = False, 0.0
            return True
        if code == 0:
            self.finished = True
            return True
        quick = time.monotonic() - self.started_at < SETTLED_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        rest = REST_SECONDS[min(self.quick_deaths, len(REST_SECONDS) - 1)]
        self.start_again_at = time.monotonic() + rest
        why = f"by signal {-code}" if code < 0 else f"with status {code}"
        say(f"{self.name} ended {why}; starting it again in {rest:g} s")
        return not (self.name == VITAL and self.quick_deaths >= GIVE_UP_AFTER)


class Group:
    """The children of one installation."""

    def __init__(self, commands: dict[str, list[str]], *, start: Start = spawn) -> None:
        self.children = [Child(name, command, start) for name, command in commands.items()]
        self.stopping = False

    def run(self) -> int:
        """Until SIGTERM, SIGINT, or the web process cannot be started. Returns the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        status = 0
        for child in self.children:
            # Pages first: the others load for seconds, and would share the cores with the first answer.
            child.start_again_at = time.monotonic() + (0.0 if child.name == VITAL else LATER_SECONDS)
        while not self.stopping and not all(child.finished for child in self.children):
            for child in self.children:
                if not child.look():
                    say(f"{child.name} does not stay up; giving up. Its own message is above.")
                    self.stopping, status = True, 1
                elif child.is_due and not self.stopping:
                    child.start()
            time.sleep(0.1)
        self._end_all()
        return status

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        alive = [
            child for child in self.children if child.process is not None and child.process.poll() is None
        ]
        for child in alive:
            child.process.terminate()  # type: ignore[union-attr]
        until = time.monotonic() + STOP_SECONDS
        for child in alive:
            try:
                child.process.wait(max(until - time.monotonic(), 0.01))  # type: ignore[union-attr]
            except subprocess.TimeoutExpired:
                say(f"{child.name} did not stop in {STOP_SECONDS:g} s and was killed")
                child.process.kill()  # type: ignore[union-attr]
        say("stopped")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(Group(json.loads(sys.argv[1])).run())
