"""An anonymous article page from memory, beside a bare ASGI application and nginx with the same bytes.

Usage: python -m benches.load.pages [--rounds 3] [--seconds 5] [--port 8540] [--json FILE]

The servers share one core, the load has the other, windows are interleaved. CPU per request is the smallest of the
rounds and repeats well; rates are only worth something on an idle machine. Exits 1 below 80 % of a goal.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from benches.load import servers
from benches.load.wrk import Window, window

# name -> (of whose, the least share of its rate that ours should reach)
GOALS = {"bare ASGI": 0.80, "nginx static": 0.50}
ENOUGH = 0.80  # of a goal, before this run fails


def measure(rounds: int, seconds: int, port: int) -> tuple[int, dict[str, list[Window]]]:
    folder = Path(tempfile.mkdtemp(prefix="handrail-bench-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)  # nginx drops its rights, and must still read the file
        ours = stack.enter_context(servers.product(folder, port))
        for _ in range(3):
            with urllib.request.urlopen(ours[1]) as answer:
                # wrk counts a redirect as an answer, and it would be a very fast one.
                assert answer.url == ours[1], f"{ours[1]} leads on to {answer.url}"
                body = answer.read()
        file = folder / "page.html"
        file.write_bytes(body)
        cases = {
            "article from memory": ours,
            "bare ASGI": stack.enter_context(servers.bare_asgi(file, port + 1)),
        }
        if shutil.which("nginx"):
            cases["nginx static"] = stack.enter_context(servers.nginx(file, port + 2))
        for pid, url in cases.values():
            window(pid, url, seconds=2)  # warm up
        found: dict[str, list[Window]] = {name: [] for name in cases}
        for _ in range(rounds):
            for name, (pid, url) in cases.items():
                found[name].append(window(pid, url, seconds=seconds))
        return len(body), found


def report(size: int, found: dict[str, list[Window]]) -> bool:
    print(f"{size} bytes; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the end")
    print(f"{'case':<22}{'CPU µs':>8}{'spread':>14}{'req/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'PSS MB':>8}")
    for name, windows in found.items():
        cpu = sorted(each.cpu for each in windows)
        best = max(windows, key=lambda each: each.rate)
        spread = f"{cpu[0]:.1f}-{cpu[-1]:.1f}"
        print(
            f"{name:<22}{cpu[0]:>8.1f}{spread:>14}{best.rate:>9.0f}{best.p50:>8.2f}{best.p99:>8.2f}{best.memory:>8.0f}"
        )
    ours, well = found["article from memory"], True
    for name, goal in GOALS.items():
        if name not in found:
            print(f"not run: {name}")
            continue
        # Core against core: by CPU, which holds on a busy machine as well.
        share = min(each.cpu for each in found[name]) / min(each.cpu for each in ours)
        rate = max(each.rate for each in ours) / max(each.rate for each in found[name])
        print(f"article / {name}: {share:.2f} by CPU, {rate:.2f} by rate; goal {goal:.2f}")
        well &= share >= ENOUGH * goal
    return well


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--port", type=int, default=8540)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    size, found = measure(asked.rounds, asked.seconds, asked.port)
    if asked.json:
        rows = {name: [vars(each) for each in windows] for name, windows in found.items()}
        asked.json.write_text(json.dumps({"bytes": size, "cases": rows}, indent=1) + "\n")
    sys.exit(0 if report(size, found) else 1)


if __name__ == "__main__":
    main()
