"""`python -m benches.live.run`: 5,000 windows that wait and 200 chats in which people talk, ours and the peer's in turn.

usage: python -m benches.live.run [--windows N] [--chats N] [--rate N] [--seconds N] [--rounds N] [--no-peer] [--no-write]
The peer's environment is made in .bench/channels from benches/live/peer/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benches.live.opening import opened
from benches.load.proc import cpu_us, pss_kb
from benches.load.report import put_into_readme
from benches.load.servers import ROOT, Server, our_env, running
from tests.faults.site import free_port
from tests.tables import tables_into

PEER = ROOT / ".bench" / "channels"
RESULTS = Path(__file__).with_name("results.json")
IDLE_SECONDS = 5


@dataclass(frozen=True)
class Arm:
    """One server: the paths of its windows and the command that speaks in its chats."""

    name: str
    server: Server
    paths: list[str]
    say: list[str]
    env: dict[str, str]
    websocket: bool = False


@contextmanager
def ours(windows: int, chats: int) -> Iterator[Arm]:
    with tempfile.TemporaryDirectory(prefix="handrail-live-") as folder:
        port = free_port()
        tables_into(Path(folder))
        env = {**os.environ, **our_env(Path(folder), port), "PYTHONPATH": str(ROOT)}
        serve = [sys.executable, "-m", "handrail", "serve"]
        with running(serve, port, "/healthz", **our_env(Path(folder), port)) as server:
            asked = [sys.executable, "-m", "benches.live.ours", "paths", str(windows), str(chats)]
            paths = json.loads(
                subprocess.run(asked, env=env, cwd=ROOT, check=True, capture_output=True).stdout
            )
            yield Arm("handrail", server, paths, [sys.executable, "-m", "benches.live.ours", "say"], env)


@contextmanager
def peer(windows: int, chats: int) -> Iterator[Arm]:
    port = free_port()
    python = str(PEER / "bin" / "python")
    command = [
        python,
        "-m",
        "uvicorn",
        "benches.live.peer.asgi:application",
        "--port",
        str(port),
        "--no-access-log",
    ]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "--ws", "auto"]
    # Our windows answer no pings, so it shall send none: that much less for it to do.
    command += ["--ws-ping-interval", "3600"]
    paths = [f"/waiting-{index}" for index in range(windows)]
    paths += [f"/busy-{index}" for index in range(chats) for _ in range(2)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with running(command, port, "/", PYTHONPATH=str(ROOT)) as server:
        yield Arm("channels", server, paths, [sys.executable, "-m", "benches.live.say", str(port)], env, True)


def prepare_peer() -> None:
    if not (PEER / "bin" / "uvicorn").exists():
        venv.create(PEER, with_pip=True)
        wanted = str(Path(__file__).parent / "peer" / "requirements.txt")
        subprocess.run([PEER / "bin" / "pip", "install", "--quiet", "-r", wanted], check=True)


def measure(arm: Arm, asked: argparse.Namespace) -> dict[str, Any]:
    """Open all windows, let them wait, speak, and count what came. Memory in KB, CPU in µs, latency in ms."""
    before = pss_kb(arm.server.pid)
    client = opened(arm.server.port, arm.paths, websocket=arm.websocket)
    assert client.stdin and client.stdout
    held = pss_kb(arm.server.pid)
    idle = _cpu_during(arm, lambda: subprocess.run(["sleep", str(IDLE_SECONDS)], check=True)) / IDLE_SECONDS
    spoken: list[int] = []

    def speak() -> None:
        words = [*arm.say, str(asked.chats), str(asked.rate), str(asked.seconds)]
        done = subprocess.run(words, env=arm.env, cwd=ROOT, check=True, capture_output=True, text=True)
        spoken.append(int(done.stdout))

    busy = _cpu_during(arm, speak)
    print("report", file=client.stdin, flush=True)
    heard = json.loads(client.stdout.readline())
    peak = pss_kb(arm.server.pid)
    client.stdin.close()
    client.wait(30)
    took = sorted(heard["took_us"])
    return {
        "windows": len(arm.paths),
        "said_a_second": round(spoken[0] / asked.seconds, 1),
        "deliveries": len(took),
        "lost": spoken[0] * 2 - len(took),
        "closed": heard["closed"],
        "p50_ms": took[len(took) // 2] / 1_000,
        "p95_ms": took[len(took) * 95 // 100] / 1_000,
        "cpu_us_each": round((busy - idle * asked.seconds) / max(1, len(took)), 1),
        "idle_cpu_ms_a_second": round(idle / 1_000, 2),
        "kb_each": round((held - before) / len(arm.paths), 1),
        "mb": round(peak / 1024, 1),
    }


def _cpu_during(arm: Arm, act: Callable[[], object]) -> int:
    begun = cpu_us(arm.server.pid)
    act()
    return cpu_us(arm.server.pid) - begun


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description="Open windows, ours and those of Django Channels.")
    for name, count in (("windows", 5_000), ("chats", 200), ("rate", 100), ("seconds", 20), ("rounds", 3)):
        words.add_argument(f"--{name}", type=int, default=count)
    words.add_argument("--no-peer", action="store_true")
    words.add_argument("--no-write", action="store_true")
    return words.parse_args()


def main() -> None:
    wanted = asked()
    arms = [ours] if wanted.no_peer else [ours, peer]
    if not wanted.no_peer:
        prepare_peer()
    rounds: dict[str, list[dict[str, Any]]] = {}
    load = os.getloadavg()[0]
    for _ in range(wanted.rounds):
        for make in arms:
            with make(wanted.windows, wanted.chats) as arm:
                rounds.setdefault(arm.name, []).append(measure(arm, wanted))
                print(json.dumps({"arm": arm.name, **rounds[arm.name][-1]}), flush=True)
    found = {
        name: {key: median(row[key] for row in rows) for key in rows[0]} for name, rows in rounds.items()
    }
    at = datetime.now(UTC).isoformat(timespec="seconds")
    result = {
        "at": at,
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "asked": vars(wanted),
        "median": found,
        "rounds": rounds,
    }
    print(json.dumps(found, indent=2))
    if not wanted.no_write:
        RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        put_into_readme("live", told(result))


def told(result: dict[str, Any]) -> str:
    """A row for each server."""
    lines = [
        f"{result['at'][:10]}, {result['cores']} cores, load {result['load_before']} before, {result['asked']['rounds']} rounds; goals 256 MB and 20 ms.",
        "",
        "| | windows | said a second | told, lost | ms p50 / p95 | CPU µs each | kB a window | MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in result["median"].items():
        lines.append(
            f"| {name} | {row['windows']:,.0f} | {row['said_a_second']:g} | {row['deliveries']:,.0f}, {row['lost']:g} | "
            f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f} | {row['cpu_us_each']:,.0f} | {row['kb_each']:g} | {row['mb']:g} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
