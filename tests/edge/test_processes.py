"""The process group: what crashes is started again, what is stopped stops, and nobody is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handrail.config import processes
from handrail.config.alone import AlreadyRunning, claim, port_of
from handrail.config.env import folder
from handrail.config.processes import Child
from handrail.web.management.commands.all import chosen

LONG = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


class Running:
    """A group of small programs, each of which writes its process id to a file of its name."""

    def __init__(self, folder: Path, **programs: str) -> None:
        self.folder = folder
        commands = {
            name: [
                sys.executable,
                "-c",
                f"import os; open({str(folder / name)!r}, 'a').write(f'{{os.getpid()}}\\n'); {code}",
            ]
            for name, code in programs.items()
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "handrail.config.processes", json.dumps(commands)],
            stderr=subprocess.PIPE,
            text=True,
        )

    def lives(self, name: str, count: int = 1) -> list[int]:
        """The process ids under which `name` has run, once there are `count`."""
        until = time.monotonic() + 15
        path = self.folder / name
        while time.monotonic() < until:
            ids = path.read_text().split() if path.exists() else []
            if len(ids) >= count:
                return [int(one) for one in ids]
            time.sleep(0.02)
        raise AssertionError(f"{name} did not start {count} times")

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1][:3]
    except (ProcessLookupError, FileNotFoundError):
        return False


def gone(*pids: int) -> bool:
    until = time.monotonic() + 5
    while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(is_alive(pid) for pid in pids)


@pytest.mark.faults
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_child_that_dies_is_started_again_and_the_others_stay(tmp_path, how):
    group = Running(tmp_path, web=LONG, worker=LONG)
    web, worker = group.lives("web"), group.lives("worker")
    os.kill(worker[0], how)
    again = group.lives("worker", 2)
    assert is_alive(again[1])
    assert group.lives("web") == web
    status, said = group.stop()
    assert status == 0
    assert f"worker ended by signal {int(how)}" in said
    assert gone(*web, *again)


@pytest.mark.faults
def test_a_stop_reaches_everyone_and_waits_for_them(tmp_path):
    slow = (
        "import signal, sys, time\n"
        "def leave(*_):\n time.sleep(0.5); open('{0}', 'w').write('tidy'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave); time.sleep(60)"
    ).replace("{0}", str(tmp_path / "left"))
    code = f"exec({slow!r})"
    group = Running(tmp_path, web=LONG, worker=code)
    pids = group.lives("web") + group.lives("worker")
    time.sleep(0.2)
    status, _ = group.stop()
    assert status == 0
    assert (tmp_path / "left").read_text() == "tidy"
    assert gone(*pids)


@pytest.mark.faults
def test_a_killed_supervisor_leaves_nobody_behind(tmp_path):
    group = Running(tmp_path, web=LONG, worker=LONG)
    pids = group.lives("web") + group.lives("worker")
    group.process.kill()
    assert gone(*pids)


@pytest.mark.faults
def test_a_web_process_that_cannot_start_ends_the_group_with_its_message(tmp_path, monkeypatch):
    group = Running(tmp_path, web="import sys; sys.exit('Port 8400 cannot be used')", worker=LONG)
    worker = group.lives("worker")
    _, said = group.process.communicate(timeout=30)
    assert group.process.returncode == 1
    assert "Port 8400 cannot be used" in said
    assert "web does not stay up" in said
    assert gone(*worker)


def test_a_child_that_finished_its_work_is_not_started_again(tmp_path):
    child = Child("models", [sys.executable, "-c", "pass"])
    child.start()
    child.process.wait()
    assert child.look()
    assert child.finished
    assert not child.is_due


def test_another_than_the_web_process_is_tried_for_ever_with_longer_rests():
    child, rests = Child("models", [sys.executable, "-c", "raise SystemExit(1)"]), []
    for _ in range(7):
        child.start()
        child.process.wait()
        assert child.look()
        rests.append(round(child.start_again_at - time.monotonic(), 1))
    assert rests == sorted(rests)
    assert rests[-1] <= processes.REST_SECONDS[-1]


def test_the_group_runs_what_is_installed(monkeypatch):
    commands = chosen(without=[])
    assert {"web", "worker"} <= set(commands)
    assert commands["web"][-1] == "serve"
    assert "worker" not in chosen(without=["worker"])
    monkeypatch.setenv("HANDRAIL_WEB_PROCESSES", "3")
    assert [name for name in chosen([]) if name.startswith("web")] == ["web", "web 2", "web 3"]


def test_a_second_group_on_one_data_folder_says_so_and_touches_nothing(tmp_path):
    held = claim(tmp_path / "run")
    ran = subprocess.run(
        [sys.executable, "-m", "handrail", "all", "--prepare"],
        env=os.environ | {"HANDRAIL_DATA": str(tmp_path), "DATABASE_URL": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(held)
    assert ran.returncode == 1
    assert f"process {os.getpid()}" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.glob("*.sqlite3"))


def test_a_group_that_ended_lets_go_of_the_folder(tmp_path):
    os.close(claim(tmp_path / "run"))
    held = claim(tmp_path / "run")
    with pytest.raises(AlreadyRunning):
        claim(tmp_path / "run")
    os.close(held)


def test_a_command_beside_a_running_site_names_that_sites_pages(tmp_path):
    def base_url(**more: str) -> str:
        kept = {
            name: value for name, value in os.environ.items() if name not in ("PORT", "HANDRAIL_BASE_URL")
        }
        ran = subprocess.run(
            [sys.executable, "-c", "from handrail.config.settings import BASE_URL; print(BASE_URL)"],
            env=kept | {"HANDRAIL_DATA": str(tmp_path)} | more,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return ran.stdout.strip()

    assert base_url() == "http://127.0.0.1:8400"
    held = claim(tmp_path / "run", port=8612)
    try:
        assert base_url() == "http://127.0.0.1:8612"
        assert base_url(PORT="8700") == "http://127.0.0.1:8700"
        assert base_url(HANDRAIL_BASE_URL="https://help.example") == "https://help.example"
    finally:
        os.close(held)


def test_a_site_that_is_over_has_no_port(tmp_path):
    assert port_of(tmp_path) == 0
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "group.lock").write_text(f"{gone.pid}\n8612\n")
    assert port_of(tmp_path) == 0
    (tmp_path / "group.lock").write_text(f"{os.getpid()}\n")
    assert port_of(tmp_path) == 0
    (tmp_path / "group.lock").write_text("what is this")
    assert port_of(tmp_path) == 0


def test_a_new_data_folder_is_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDRAIL_DATA", str(tmp_path / "data"))
    assert folder("HANDRAIL_DATA", default=tmp_path).stat().st_mode & 0o077 == 0
