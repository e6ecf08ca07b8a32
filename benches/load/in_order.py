"""How long a page of a list takes in each order as conversations become more: read off an index it takes the same.

python -m benches.load.in_order [--rounds 5] [conversations …]     in databases of its own, which it throws away

The rows are those of mailboxes.py: a fifth is unsolved and, for the longest list there can be, nobody's. Each size has a
database, and processes measure them by turns, so that whatever else the machine does falls on all sizes. Taken is the
least CPU of all rounds, and beside it the steps of SQLite's own machine for one page, which are the same on every machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benches.load.mailboxes import SIZES, begin, counted, least

MODULE = "benches.load.in_order"
Found = dict[str, dict[str, float]]  # what was read -> its milliseconds and steps


def main(sizes: list[int], rounds: int) -> None:
    taken: dict[int, list[Found]] = {}
    with tempfile.TemporaryDirectory(prefix="handrail-orders-") as folder:
        for size in sizes:
            _child(Path(folder), size, "--fill")
            print(f"{size:,} filled", file=sys.stderr, flush=True)
        for _round in range(rounds):
            for size in sizes:
                taken.setdefault(size, []).append(json.loads(_child(Path(folder), size, "--read")))
    print(
        "| ms of CPU (steps of SQLite) | " + " | ".join(f"{size:,}" for size in sizes) + " | most by fewest |"
    )
    print("|---" * (len(sizes) + 2) + "|")
    for name in taken[sizes[0]][0]:
        ms = [min(each[name]["ms"] for each in taken[size]) for size in sizes]
        steps = [min(each[name]["steps"] for each in taken[size]) for size in sizes]
        cells = " | ".join(f"{one:.2f} ({some:,.0f})" for one, some in zip(ms, steps, strict=True))
        print(f"| {name} | {cells} | {ms[-1] / ms[0]:.2f} × ({steps[-1] / steps[0]:.2f} ×) |")


def _child(folder: Path, size: int, what: str) -> str:
    environment = {**os.environ, "HANDRAIL_DATA": str(folder / str(size)), "DATABASE_URL": ""}
    command = [sys.executable, "-m", MODULE, what, str(size)]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def fill(size: int) -> None:
    """Make the database of one size."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    more, _viewer, _inboxes = begin()
    more(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def read() -> Found:
    """What each page takes in this process."""
    return {name: {"ms": least(work), "steps": _steps(work)} for name, work in _pages().items()}


def _steps(work: Callable[[], object]) -> int:
    """How many instructions SQLite's machine goes through; what its cache and the disk take is not among them."""
    from django.db import connection

    steps = 0

    def one_more() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(one_more, 1)
    work()
    connection.connection.set_progress_handler(None, 0)
    return steps


def _pages() -> dict[str, Callable[[], object]]:
    from handrail.accounts.models import User
    from handrail.accounts.viewer import staff_viewer
    from handrail.channels.models import Inbox
    from handrail.conversations.orders import GROUPS
    from handrail.conversations.viewing import page_of, urgent_first

    viewer = staff_viewer(User.objects.get(email="agent@bench.test"))
    inboxes = list(Inbox.objects.filter(address__endswith="@bench.test").values_list("pk", flat=True))
    listed = partial(page_of, "", viewer=viewer)
    return {
        "latest first": partial(listed, sort="newest"),
        "unassigned, most urgent first": partial(urgent_first, "unassigned", viewer=viewer),
        "all, most urgent first": partial(urgent_first, "all", viewer=viewer),
        "oldest number first": partial(listed, sort="created_first"),
        **{f"grouped by {each}": partial(listed, group=each) for each in GROUPS if each},
        "by team, the oldest first (no index)": partial(listed, sort="oldest", group="team"),
        **counted(viewer, inboxes),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fill", action="store_true")
    parser.add_argument("--read", action="store_true")
    given = parser.parse_args()
    if not (given.fill or given.read):
        main(given.sizes, given.rounds)
        sys.exit()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    if given.fill:
        fill(given.sizes[0])
    else:
        print(json.dumps(read()))
