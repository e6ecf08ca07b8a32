"""How much mails made to hurt hold up everybody else's: the same letters are taken in without and with 40 of them among.

usage: python -m benches.faults.bombs [--letters N] [--rounds N] [--no-write]

Letters and bombs are kept first, in mixed order, and then a worker is started; timed is, by the database's own clock, from
the first letter's message to the last one's. Writes results_bombs.json and the lines of benches/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benches.load.report import machine, put_into_readme
from tests.faults.bombs import bombs, letter
from tests.faults.site import Site

RESULTS = Path(__file__).with_name("results_bombs.json")
BOMBS, GOAL = 40, 1.10


def mixed(letters: int, *, with_bombs: bool) -> list[bytes]:
    """Letters with a bomb after every so many; the last letters stand behind the last bomb."""
    mails, hurtful = [], bombs() if with_bombs else []
    every = max(letters // (BOMBS + 1), 1)
    for number in range(letters):
        mails.append(letter(number))
        if hurtful and number % every == every - 1:
            mails.append(hurtful.pop(0))
    return mails


def seconds(letters: int, *, with_bombs: bool) -> float:
    """From the first letter's message to the last one's."""
    with tempfile.TemporaryDirectory(prefix="handrail-bombs-") as folder:
        site = Site(Path(folder), {"worker": ["-m", "handrail", "worker"]})
        site.make_tables()
        site.ask("tests.faults.census", "prepare")
        (Path(folder) / "mails").mkdir()
        for number, mail in enumerate(mixed(letters, with_bombs=with_bombs)):
            (Path(folder) / "mails" / f"{number:06}.eml").write_bytes(mail)
        site.run("-m", "handrail", "mail", "ingest", str(Path(folder) / "mails"))
        site.start("worker")
        try:
            held: Any = {"count": 0}
            while held["count"] < letters:
                time.sleep(1)
                held = site.ask("tests.faults.census", "letters")
        finally:
            site.stop()
        return float(held["seconds"])


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--letters", type=int, default=800)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--no-write", action="store_true")
    asked = words.parse_args()
    pairs = []
    for _ in range(asked.rounds):
        alone, among = (seconds(asked.letters, with_bombs=each) for each in (False, True))
        pairs.append((alone, among))
        print(f"{alone:.1f} s without, {among:.1f} s with {BOMBS} bombs: {among / alone:.2f}", flush=True)
    ratio = round(median(among / alone for alone, among in pairs), 3)
    row: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "load": round(os.getloadavg()[0], 1),
        "letters": asked.letters,
        "bombs": BOMBS,
        "seconds": [[round(one, 2) for one in pair] for pair in pairs],
        "ratio": ratio,
        "goal": GOAL,
    }
    if not asked.no_write:
        RESULTS.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
        put_into_readme("bombs", told(row))
    return 0 if ratio <= GOAL else 1


def told(row: dict[str, Any]) -> str:
    each = "; ".join(f"{alone} s and {among} s" for alone, among in row["seconds"])
    return (
        f"{row['at'][:10]}, load {row['load']}: {row['letters']} letters without and with {row['bombs']} bombs among them took {each}: "
        f"{row['ratio']} × (goal ≤ {row['goal']:.2f} ×)."
    )


if __name__ == "__main__":
    sys.exit(main())
