"""How long a page of a list takes in each order as conversations become more: read off an index it takes the same.

python -m benches.load.in_order [conversations …]     on the database of HANDRAIL_DATA or DATABASE_URL, which must be an empty one

The rows are those of mailboxes.py: a fifth is unsolved and, for the longest list there can be, nobody's. The least CPU of this
process, so that what else the machine does says little; on PostgreSQL the least wall clock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from benches.load.mailboxes import SIZES, _beginning, least


def main(sizes: list[int]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill, viewer, _inboxes = _beginning()
    found: dict[str, list[float]] = {}
    for size in sizes:
        fill(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for name, read in _orders(viewer).items():
            found.setdefault(name, []).append(least(read))
        print(f"{size:,} measured", file=sys.stderr, flush=True)
    print("| ms | " + " | ".join(f"{size:,}" for size in sizes) + " | most by fewest |")
    print("|---" * (len(sizes) + 2) + "|")
    for name, taken in found.items():
        print(f"| {name} | " + " | ".join(f"{ms:.2f}" for ms in taken) + f" | {taken[-1] / taken[0]:.2f} × |")


def _orders(viewer: Any) -> dict[str, Callable[[], object]]:
    from handrail.conversations.orders import GROUPS
    from handrail.conversations.viewing import page_of, urgent_first

    grouped = {
        f"grouped by {each}": partial(page_of, "", viewer=viewer, group=each) for each in GROUPS if each
    }
    return {
        "latest first": partial(page_of, "", viewer=viewer, sort="newest"),
        "unassigned, most urgent first": partial(urgent_first, "unassigned", viewer=viewer),
        "all, most urgent first": partial(urgent_first, "all", viewer=viewer),
        "oldest number first": partial(page_of, "", viewer=viewer, sort="created_first"),
        **grouped,
        "by team, the oldest first (no index)": partial(
            page_of, "", viewer=viewer, sort="oldest", group="team"
        ),
    }


if __name__ == "__main__":
    main([int(each.replace(",", "")) for each in sys.argv[1:]] or list(SIZES))
