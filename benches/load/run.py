"""An article page, the conversation list and a new conversation, beside django-helpdesk and the bare limits, in one run.

Usage: python -m benches.load.run [--quick] [--rounds 3] [--seconds 5] [--conversations 100000] [--million] [--port 8630]

Servers have one core, the load another; windows of all cases take turns. The smallest CPU of the rounds is what is
compared; rates are worth something on an idle machine only. Exits 1 below 80 % of a goal, 2 when any answer was bad.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches.load import cases as all_cases
from benches.load import children, filled, report, servers
from benches.load.cases import Case, Effort, fast
from benches.load.goals import NOT_LOOKED_AT
from benches.load.growth import Growth, growth
from benches.load.windows import Asking

QUICK = Effort(seconds=1, runs=30, slow_runs=3, cpu_min_us=0)


def measure(asked: argparse.Namespace, run: dict[str, Any]) -> tuple[list[Case], Growth]:
    """Fill, start everything, go round; leaves starts and facts in `run`."""
    effort = QUICK if asked.quick else Effort(seconds=asked.seconds)
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="handrail-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)  # nginx drops its rights, and must still read its file
        found, run["not_run"] = served(asked, run, folder, effort, stack), list(NOT_LOOKED_AT)
        grown = stack.enter_context(growth(sizes(asked), effort))
        run["plans"] = grown.plans
        if not asked.million:
            run["not_run"].append("the list at 1,000,000 conversations (--million)")
        if not shutil.which("nginx"):
            run["not_run"].append("nginx (not installed)")
        for number in range(asked.rounds):
            for case in [*found, *grown.cases]:
                print(
                    f"\r  round {number + 1} of {asked.rounds}: {case.name:<44}",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
                case.rounds.append(case.measure())
        print(file=sys.stderr)
    return found, grown


def served(
    asked: argparse.Namespace, run: dict[str, Any], folder: Path, effort: Effort, stack: ExitStack
) -> list[Case]:
    """Start the servers and the measuring processes beside them."""
    our_data, peer_data = folder / "ours", folder / "peer"
    our_facts, peer_facts = (
        filled.ours(asked.conversations, our_data),
        filled.peers(asked.conversations, peer_data),
    )
    run["matches"] = {"ours": our_facts["matches"], "peer": peer_facts["matches"]}
    product = stack.enter_context(servers.product(our_data, asked.port))
    page = folder / "page.html"
    page.write_bytes(urllib.request.urlopen(f"http://127.0.0.1:{asked.port}{our_facts['article']}").read())
    bare = stack.enter_context(servers.bare_asgi(page, asked.port + 1))
    peer = stack.enter_context(servers.peer(peer_data, asked.port + 3))
    run["starts"] = {"ours, web process": asdict(product), "peer": asdict(peer)}
    limits = [fast("bare ASGI", bare, Asking("/"), effort)]
    if shutil.which("nginx"):
        nginx = stack.enter_context(servers.nginx(page, asked.port + 2))
        limits.append(fast("nginx", nginx, Asking(f"/{page.name}"), effort))
    ours = stack.enter_context(children.ours(our_data, our_facts))
    peers = stack.enter_context(children.peers(peer_data, peer_facts))
    return [
        *limits,
        *all_cases.of_ours(product, ours, our_data, our_facts, effort),
        *all_cases.of_peer(peer, peers, peer_data, peer_facts, effort),
    ]


def sizes(asked: argparse.Namespace) -> list[int]:
    most = 1_000_000 if asked.million else asked.conversations
    return [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= most]


def conclude(run: dict[str, Any], found: list[Case], grown: Growth, *, keep: bool) -> int:
    """Print and keep what was found; the exit status."""
    every = [*found, *grown.cases]
    slowest = {f"{case.name}, 95 of 100": case.p95_us for case in found if case.p95_us is not None}
    verdicts = report.judge({case.name: case.cpu_us for case in found} | slowest | grown.ends())
    print(report.table(every), report.verdict_lines(verdicts), sep="\n\n")
    for line in run["not_run"]:
        print(f"  not run   {line}")
    for line in grown.growing:
        print(f"  GROWS     {line}")
    if keep:
        report.write(run, verdicts, every)
    bad = [case.name for case in every if case.bad]
    if bad:
        print(f"FAILED: bad answers in {', '.join(bad)}; a fast error is no result")
        return 2
    below = [each for each in verdicts if each.words in ("BELOW", "not run")]
    return 1 if below or grown.growing else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="grow the list to 1,000,000 conversations")
    parser.add_argument(
        "--quick", action="store_true", help="short windows, to try the bench itself; keeps nothing"
    )
    parser.add_argument("--port", type=int, default=8630, help="the first of four")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {servers.LOAD_CORE})
    run: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": report.machine(),
        "versions": report.versions(),
        "load_before": round(os.getloadavg()[0], 2),
        "rounds": asked.rounds,
        "seconds": asked.seconds,
        "conversations": asked.conversations,
    }
    found, grown = measure(asked, run)
    return conclude(run, found, grown, keep=not asked.quick)


if __name__ == "__main__":
    sys.exit(main())
