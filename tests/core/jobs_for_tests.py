"""Jobs the tests of the worker run: they leave a mark in a file, so that a killed process's work can be seen."""

from __future__ import annotations

import time
from pathlib import Path

from handrail.core.jobs.backend import task
from handrail.core.jobs.worker import ASIDE, NotYet


@task()
def mark(path: str, word: str) -> str:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(word + "\n")
    return word


@task()
def slow_mark(path: str, seconds: float) -> None:
    mark.call(path, "begun")
    time.sleep(seconds)
    mark.call(path, "ended")


@task(queue_name=ASIDE)
def waits_for(path: str, seconds: float) -> bool:
    """Whether somebody left a mark meanwhile."""
    until = time.monotonic() + seconds
    while not Path(path).exists() and time.monotonic() < until:
        time.sleep(0.05)
    return Path(path).exists()


@task(attempts_max=2)
def always_fails() -> None:
    raise ValueError("no use")


@task()
def needs_what_is_starting() -> None:
    raise NotYet("It is starting.")


@task(attempts_max=1)
def tells_a_secret(secret: str) -> None:
    raise ValueError(f"/files/{secret} is not there")
