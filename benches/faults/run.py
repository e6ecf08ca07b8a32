"""`make faults`: the full counts, on SQLite and, where it answers, on PostgreSQL."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.trial import Trial

RESULTS = Path(__file__).with_name("results.json")


def run(name: str, trial: Trial) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="handrail-faults-") as folder:
        verdict, seen = trial.run(Path(folder))
    row = {"arm": name, "mails": trial.mails, **verdict.as_json(), **seen}
    print(json.dumps(row), flush=True)
    return row


def main(mails: int = 1_000, kills: int = 50) -> int:
    safe = run("handrail", Trial(mails, kills))
    twin = run("broken twin", Trial(mails, kills, twin=True))
    rows = [safe, twin]
    result = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count(), "arms": rows}
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    bad = [
        key for key in ("lost", "doubled", "misthreaded", "unacknowledged", "acknowledged_twice") if safe[key]
    ]
    toothless = not (twin["lost"] or twin["doubled"])
    if bad:
        print(f"FAILED: {', '.join(bad)} not zero")
    if toothless:
        print("FAILED: the broken twin passed, so this trial proves nothing")
    return 1 if bad or toothless else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
