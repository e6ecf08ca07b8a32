"""`make faults`: the full counts. Mail on SQLite, to one mailbox and to two, mail on a PostgreSQL that crashes, chat, letters
among mails made to hurt, and a broken twin of each.

usage: python -m benches.faults.run [--only NAME…] [--mails N] [--kills N] [--crashes N] [--words N] [--chat-kills N] [--letters N]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.bomb_trial import BombTrial
from tests.faults.bombs import all_bombs
from tests.faults.chat_trial import ChatTrial
from tests.faults.cluster import is_there
from tests.faults.trial import Trial

AnyTrial = Trial | ChatTrial | BombTrial
RESULTS = Path(__file__).with_name("results.json")
NEVER = (
    "lost",
    "doubled",
    "misthreaded",
    "strayed",
    "unacknowledged",
    "acknowledged_twice",
    "reordered",
    "unseen",
    "held_up",
    "unended",
)
HELD_UP_MOST = 1.10  # what bombs may add to the delay of others, in the middle and for 95 of 100
PAUSE = 1.0  # seconds from one letter to the next: what a busy machine keeps up with


def trials(asked: argparse.Namespace) -> dict[str, AnyTrial]:
    """Every arm by its name. A twin needs no more than shows that it fails."""
    return {
        "mail": Trial(asked.mails, asked.kills),
        "mail, database crashes": Trial(asked.mails, asked.kills, crashes=asked.crashes),
        "mail, two mailboxes": Trial(asked.mails, asked.kills, teams="open"),
        "mail, two mailboxes, one private": Trial(asked.mails, asked.kills, teams="apart"),
        "mail, two mailboxes, broken twin": Trial(
            min(asked.mails, 1_000), asked.kills, teams="open", twin=True
        ),
        "mail, broken twin": Trial(min(asked.mails, 1_000), asked.kills, twin=True),
        "chat": ChatTrial(asked.words, asked.chat_kills, talks=8),
        "chat, broken twin": ChatTrial(
            min(asked.words, 2_000), min(asked.chat_kills, 10), talks=8, twin=True
        ),
        "bombs": BombTrial(asked.letters, all_bombs(), PAUSE, is_compared=True),
        "bombs, broken twin": BombTrial(asked.letters, all_bombs(), PAUSE, is_compared=True, twin=True),
    }


def run(name: str, trial: AnyTrial) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="handrail-faults-") as folder:
        verdict, seen = trial.run(Path(folder))
    size = {"words": trial.words} if isinstance(trial, ChatTrial) else {"mails": trial.mails}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    load = round(os.getloadavg()[0], 1)
    row = {"arm": name, "at": at, "cores": os.cpu_count(), "load": load, **size, **verdict.as_json(), **seen}
    print(json.dumps(row), flush=True)
    return row


def complaints(row: dict[str, Any]) -> list[str]:
    """What must not be so: anything wrong in ours, or a twin in which nothing is."""
    wrong = [name for name in NEVER if row.get(name)]
    ratios = row.get("ratios", {})
    slow = [name for name in ("p50", "p95") if ratios.get(name, 0) > HELD_UP_MOST]
    if "twin" not in row["arm"]:
        found = [f"{row['arm']}: {name} is {row[name]}, not zero" for name in wrong]
        return found + [f"{row['arm']}: {name} is {ratios[name]} times what it is without" for name in slow]
    return [] if wrong else [f"{row['arm']} passed, so this trial proves nothing"]


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description="Kill processes and databases while people write, and count.")
    words.add_argument("--only", nargs="*", default=[], help="arms by the beginning of their name")
    for name, count in (
        ("mails", 10_000),
        ("kills", 50),
        ("crashes", 10),
        ("words", 20_000),
        ("chat-kills", 30),
        ("letters", 300),
    ):
        words.add_argument(f"--{name}", type=int, default=count)
    return words.parse_args()


def main() -> int:
    wanted = asked()
    rows = {row["arm"]: row for row in json.loads(RESULTS.read_text(encoding="utf-8"))["arms"]}
    found: list[str] = []
    for name, trial in trials(wanted).items():
        if wanted.only and not any(name.startswith(each) for each in wanted.only):
            continue
        if isinstance(trial, Trial) and trial.crashes and not is_there():
            print(f"{name}: skipped, PostgreSQL's server is not installed")
            continue
        rows[name] = run(name, trial)
        found += complaints(rows[name])
        RESULTS.write_text(json.dumps({"arms": list(rows.values())}, indent=2) + "\n", encoding="utf-8")
    for each in found:
        print(f"FAILED: {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
