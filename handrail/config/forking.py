"""The process group of `handrail all`: Django and the rooms are loaded once, and each process is forked from there.

Memory that nobody writes to is then held once for all of them, and a process starts within a moment. `make dev` spawns
its processes instead (reloading.py): what was loaded before a file changed knows nothing of the change.

`python -m handrail.config.forking '{"web": ["…", "-m", "handrail", "serve"], …}'`, as `handrail all` runs it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from handrail.config.processes import Group, die_with_parent, name_process
from handrail.core.memory import give_back

# Not handrail.config.asgi: it makes the server's own threads and tables, which belong to the web process alone.
LOADED_ONCE = (
    "handrail.config.urls",
    "handrail.config.wsgi",
    "handrail.web.edge.adapter",
    "handrail.web.edge.front",
    "handrail.web.edge.pages",
    "handrail.web.hooks.lmtp",
    "handrail.web.management.commands.serve",
    "handrail.web.management.commands.listen",
    "handrail.core.jobs.management.commands.worker",
    "httptools",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
)


class Forked(get_context("fork").Process):  # type: ignore[name-defined,misc]
    """A process forked from this one, with what the group asks of a subprocess.Popen."""

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self, timeout: float) -> int:
        """Raises subprocess.TimeoutExpired."""
        until = time.monotonic() + timeout
        while self.exitcode is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(self.name, timeout)
            time.sleep(0.02)
        return int(self.exitcode)


def load() -> None:
    """Everything the processes share. Afterwards the collector leaves it alone, for its marks are writes, too."""
    from django import setup

    setup()
    for name in LOADED_ONCE:
        importlib.import_module(name)
    from handrail.answers.english import frequency

    frequency.counts()
    gc.collect()
    give_back()
    gc.freeze()


def fork(name: str, command: list[str]) -> Forked:
    """Start `python -m handrail …` without starting Python."""
    process = Forked(target=run, args=(name, command[3:]), name=name)
    process.start()
    return process


def run(name: str, words: list[str]) -> None:
    """The life of a forked process. What its parent holds open, as the lock of the data folder, is not its own."""
    from handrail.cli import main

    die_with_parent()
    name_process(name)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for held in [int(each.name) for each in Path("/dev/fd").iterdir()]:
        if held > 2:
            with suppress(OSError):
                os.close(held)
    sys.argv = ["handrail", *words]
    main()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    load()
    sys.exit(Group(json.loads(sys.argv[1]), start=fork).run())
