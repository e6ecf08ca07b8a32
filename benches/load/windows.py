"""A window of load from the other core, and what it cost the server: its CPU, its statuses, its bytes."""

from __future__ import annotations

import http.client
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from benches.load.proc import cpu_us, pss_kb
from benches.load.servers import LOAD_CORE, Server

COUNTS = re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m), ([\d.]+)([KMG]?)B read")
LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
BROKEN = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
IN_BYTES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
# The kernel's books move in steps of 10 ms, so a window that cost less is measured again, longer.
CPU_MIN_US = 1_000_000
SECONDS_MAX = 40
SHORT = 0.9  # of the bytes a good answer has; a window with less held something else, a redirect perhaps


@dataclass(frozen=True)
class Asking:
    """One request: `expect` is the status a good answer has; `source` the visitor's own address."""

    path: str
    expect: int = 200
    cookie: str = ""
    form: bytes = b""
    source: str = ""


@dataclass(frozen=True)
class Window:
    """CPU microseconds a request, requests a second, latency in milliseconds, bytes of an answer, memory in MB."""

    requests: int
    cpu_us: float
    rate: float
    p50_ms: float
    p99_ms: float
    bytes: int
    bad: int
    pss_mb: float


def by_wrk(server: Server, asked: Asking, *, seconds: int, cpu_min_us: int = CPU_MIN_US) -> Window:
    """Sixteen kept-alive connections ask as fast as they are answered."""
    size = len(_ask(server.port, asked)[1])
    command = [
        "taskset",
        "-c",
        str(LOAD_CORE),
        "wrk",
        "-t1",
        "-c16",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "--latency",
    ]
    command += ["-H", f"Cookie: {asked.cookie}"] if asked.cookie else []
    before = cpu_us(server.pid)
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{asked.path}"], check=True, capture_output=True, text=True
    ).stdout
    spent = cpu_us(server.pid) - before
    if spent < cpu_min_us and seconds < SECONDS_MAX:
        return by_wrk(server, asked, seconds=seconds * 2, cpu_min_us=cpu_min_us)
    found = COUNTS.search(said)
    assert found, said
    count, took = int(found[1]), float(found[2]) * IN_MS[found[3]] / 1000
    sent = float(found[4]) * IN_BYTES[found[5]] / max(1, count)
    bad = sum(
        int(number)
        for match in (REFUSED.search(said), BROKEN.search(said))
        if match
        for number in match.groups()
    )
    bad += count if sent < SHORT * size else 0
    late = {share: float(value) * IN_MS[unit] for share, value, unit in LATENCY.findall(said)}
    return Window(
        count,
        spent / max(1, count),
        count / took,
        late["50"],
        late["99"],
        size,
        bad,
        pss_kb(server.pid) / 1024,
    )


def by_turns(
    server: Server,
    asking: Callable[[], Asking],
    *,
    seconds: float,
    most: int = 100_000,
    cpu_min_us: int = CPU_MIN_US,
) -> Window:
    """One request after another, a new connection each: for posts, and for pages too slow to be worth sixteen."""
    for _ in range(2):
        _ask(server.port, asking())
    times, bad, size = [], 0, 0
    before, start = cpu_us(server.pid), time.monotonic()
    while len(times) < most:
        spent, took = cpu_us(server.pid) - before, time.monotonic() - start
        if took >= SECONDS_MAX or (took >= seconds and spent >= cpu_min_us):
            break
        asked, began = asking(), time.monotonic()
        status, body = _ask(server.port, asked)
        times.append((time.monotonic() - began) * 1000)
        bad, size = bad + (status != asked.expect), len(body)
    spent, took = cpu_us(server.pid) - before, time.monotonic() - start
    times.sort()
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]
    return Window(
        len(times), spent / len(times), len(times) / took, p50, p99, size, bad, pss_kb(server.pid) / 1024
    )


def rounded(window: Window) -> Window:
    return replace(
        window, cpu_us=round(window.cpu_us, 2), rate=round(window.rate, 1), p50_ms=round(window.p50_ms, 3),
        p99_ms=round(window.p99_ms, 3), pss_mb=round(window.pss_mb, 1),
    )  # fmt: skip


def _ask(port: int, asked: Asking) -> tuple[int, bytes]:
    source = (asked.source, 0) if asked.source else None
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=source)
    headers = {"Cookie": asked.cookie} if asked.cookie else {}
    if asked.form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(
            "POST" if asked.form else "GET", asked.path, body=asked.form or None, headers=headers
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
