"""`handrail all`: loaded once, forked four times. What is shared is held once, and each process is as good as one of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.edge.test_processes import gone
from tests.faults.site import free_port, tables_into

pytestmark = pytest.mark.faults


class Site:
    """Web, worker and mail listener on a database of their own."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.port = port or free_port()
        env = os.environ | {"HANDRAIL_DATA": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
        env |= {"PORT": str(self.port), "HANDRAIL_MAIL_PORT": str(free_port())}
        self.group = subprocess.Popen(
            [sys.executable, "-m", "handrail", "all", "--without", "models"],
            env=env,
            stderr=subprocess.PIPE,
            text=True,
        )

    def process(self, name: str, *, but: int = 0) -> int:
        """The pid of one of its processes, once there is one other than `but`."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                    comm = (folder / "comm").read_text().strip()
                except OSError:
                    continue
                if (parent, comm) == (self.group.pid, f"handrail {name}") and int(folder.name) != but:
                    return int(folder.name)
            time.sleep(0.05)
        raise AssertionError(f"{name} did not start")

    def answers(self) -> bool:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                return urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).status == 200
            except (URLError, OSError):
                time.sleep(0.1)
        return False


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    tables_into(tmp_path)
    started = Site(tmp_path)
    yield started
    if started.group.poll() is None:
        started.group.kill()
    started.group.communicate()


def kilobytes(pid: int) -> dict[str, int]:
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return {words[0].rstrip(":"): int(words[1]) for words in lines}


def test_what_was_loaded_before_they_parted_is_shared(site):
    assert site.answers()
    held = kilobytes(site.process("mail"))
    assert held["Private_Dirty"] < held["Rss"] / 2


def test_a_process_that_is_killed_is_forked_again_and_a_stop_ends_them_all(site):
    assert site.answers()
    web, worker = site.process("web"), site.process("worker")
    os.kill(web, signal.SIGKILL)
    again = site.process("web", but=web)
    assert site.answers()
    assert site.process("worker") == worker

    site.group.send_signal(signal.SIGTERM)
    _, said = site.group.communicate(timeout=30)

    assert site.group.returncode == 0
    assert "web ended by signal 9" in said and "stopped" in said
    assert gone(web, again, worker)


def test_nobody_outlives_the_one_they_were_forked_from(site):
    assert site.answers()
    pids = [site.process(name) for name in ("web", "worker", "mail")]
    site.group.kill()
    assert gone(*pids)


def test_why_the_web_process_cannot_start_is_said_before_the_group_gives_up(tmp_path):
    tables_into(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        site = Site(tmp_path, port=taken.getsockname()[1])
        _, said = site.group.communicate(timeout=90)
    assert site.group.returncode == 1
    assert f"Port {site.port} on 127.0.0.1 cannot be used" in said
    assert "web does not stay up" in said
