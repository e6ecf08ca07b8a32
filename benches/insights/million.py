"""A year with a million questions: how long the numbers and lists of the console's page of questions take.

python -m benches.insights.million [questions]     on the database of HANDRAIL_DATA or DATABASE_URL, which must be an empty one

Questions are of Zipf's kind: 200,000 wordings, the most frequent asked every few minutes.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

DAYS = 365


def main(amount: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from handrail.accounts.viewer import Viewer
    from handrail.insights.counting import DayCount, recount
    from handrail.insights.journeys import Journey
    from handrail.insights.searching import board, lately, today, wordings

    if not Journey.objects.exists():
        begun = time.perf_counter()
        fill(amount)
        print(f"filled {amount:,} questions in {time.perf_counter() - begun:.0f} s", flush=True)
    if not DayCount.objects.exists():
        for back in range(DAYS):
            recount([today() - timedelta(days=back)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    begun = time.perf_counter()
    recount([today()])
    print(f"a day counted anew: {1000 * (time.perf_counter() - begun):.0f} ms")
    viewer = Viewer(user_id=1, role="author")
    for days in (7, 28, 90, 365):
        told = lately(days)
        print(f"{days:>4} days: {board(viewer, told).counts['asked']:>9,} questions", end="")
        print(f"  numbers and chart {middle(lambda told=told: board(viewer, told)):7.1f} ms", end="")
        for code in ("asked", "nothing", "contacted"):
            print(
                f"  {code} {middle(lambda told=told, code=code: wordings(viewer, told, code)):7.1f} ms",
                end="",
            )
        print()


def middle(work: Callable[[], object], times: int = 5) -> float:
    """The median of a few runs after one to warm up, in milliseconds; what the site keeps for minutes is forgotten between."""
    from django.core.cache import cache

    work()
    taken = []
    for _run in range(times):
        cache.clear()
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return 1000 * statistics.median(taken)


def fill(amount: int, *, days: int = DAYS, wordings: int = 200_000, batch: int = 20_000) -> None:
    """Asks and their journeys."""
    import numpy as np

    from handrail.answers.asks import Ask
    from handrail.core import clock
    from handrail.insights.journeys import Journey
    from handrail.insights.searching import today

    chance = np.random.default_rng(1)
    last, now = today(), clock.now()
    for start in range(0, amount, batch):
        size = min(batch, amount - start)
        which = np.minimum(chance.zipf(1.3, size), wordings)
        outcome = chance.choice(["answer", "choices", "handover"], size, p=[0.5, 0.3, 0.2])
        ago = chance.integers(0, days, size)
        asks = Ask.objects.bulk_create(
            Ask(
                channel="portal",
                locale="ko" if word % 3 else "en",
                text=f"질문 {word}",
                outcome=said,
                confidence=0.5,
                is_provisional=False,
                asker_kind="person",
                milliseconds=3.0,
                at=now - timedelta(days=int(back)),
            )
            for word, said, back in zip(which, outcome, ago, strict=True)
        )
        contacted = chance.random(size) < 0.05
        Journey.objects.bulk_create(
            Journey(
                ask=ask,
                day=last - timedelta(days=int(back)),
                channel="portal",
                locale=ask.locale,
                audience="public",
                text_key=int(word),
                outcome=ask.outcome,
                is_contacted=bool(went),
            )
            for ask, word, back, went in zip(asks, which, ago, contacted, strict=True)
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
