"""One window of load from the other core, and what it cost the server."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from benches.load.proc import cpu_us, pss_kb

LOAD_CORE = "1"
COUNTS = re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m)")
LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
CPU_MIN_US = (
    1_000_000  # the kernel's books move in steps of 10 ms, so a shorter window is measured again, longer
)
SECONDS_MAX = 40


@dataclass(frozen=True)
class Window:
    """Requests a second, CPU microseconds a request, latency in milliseconds, memory in megabytes."""

    rate: float
    cpu: float
    p50: float
    p99: float
    memory: float


def window(pid: int, url: str, *, seconds: int, connections: int = 16) -> Window:
    """Load `url` for `seconds` and measure the tree of `pid`. Raises for any failed request."""
    before = cpu_us(pid)
    said = subprocess.run(
        ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", url],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    spent = cpu_us(pid) - before
    if bad := BAD.search(said):
        raise RuntimeError(f"{url}: {bad.group(0)}; a fast error is no result")
    if spent < CPU_MIN_US and seconds < SECONDS_MAX:
        return window(pid, url, seconds=seconds * 2, connections=connections)
    count, time, unit = COUNTS.search(said).groups()
    took = float(time) * IN_MS.get(unit, 60_000.0) / 1000
    late = {share: float(value) * IN_MS[unit] for share, value, unit in LATENCY.findall(said)}
    return Window(int(count) / took, spent / int(count), late["50"], late["99"], pss_kb(pid) / 1024)
