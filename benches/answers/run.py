"""The answer engine on every labelled set: cold, learned, and cold with noisy questions, beside what a prototype reached.

Usage: python -m benches.answers.run [SET…] [--noise [KIND…]] [--no-write]

Sets are folders of $HANDRAIL_SHARED/data/answers (../shared where it is not set). Each condition is one
`handrail eval answers` in a process and a temporary database of its own. Writes results.json and the table of
benches/README.md. Exits 1 and names the figures that stand below floor.json: coverage,
what is rejected, ECE, R@1 cold and learned, and what noise costs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches.answers.floor import FLOOR, missed
from benches.answers.table import as_markdown
from benches.load.report import machine, put_into_readme

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
KINDS = ("typo", "typo2", "nospace", "respace", "typo-nospace", "layout")


def sets() -> Path:
    return Path(os.environ.get("HANDRAIL_SHARED", ROOT.parent / "shared")) / "data" / "answers"


def measure(folder: Path, *options: str) -> dict[str, Any]:
    """One condition. Raises CalledProcessError where the command fails."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as data:
        env = {**os.environ, "HANDRAIL_DATA": data, "DATABASE_URL": "", "REDIS_URL": ""}
        command = [sys.executable, "-m", "handrail", "eval", "answers", str(folder), "--json", *options]
        said = subprocess.run(
            command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    row: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    print(
        f"  {row['folder']} {row['condition']} {row['noise'] or ''}: R@1 {row['R@1']}",
        file=sys.stderr,
        flush=True,
    )
    return row


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", help="all there are, unless named")
    parser.add_argument("--noise", nargs="*", default=list(KINDS), choices=KINDS, help="kinds; all six")
    parser.add_argument("--no-write", action="store_true", help="print only")
    asked = parser.parse_args()
    if not sets().is_dir():
        print(
            f"not run: the labelled sets are not at {sets()}; set HANDRAIL_SHARED to the folder that holds data/answers"
        )
        return 1
    folders = sorted(folder for folder in sets().iterdir() if (folder / "questions.jsonl").exists())
    rows = []
    for folder in folders:
        if asked.sets and folder.name not in asked.sets:
            continue
        rows += [measure(folder), measure(folder, "--learn")]
        rows += [measure(folder, "--noise", kind) for kind in asked.noise]
    text = as_markdown(rows, FLOOR)
    print(text)
    if not asked.no_write:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        result = {"at": at, "machine": machine(), "load": round(os.getloadavg()[0], 2), "conditions": rows}
        RESULTS.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        put_into_readme("answers", f"{at[:10]}, percent.\n\n{text}")
    below = missed(rows)
    for line in below:
        print(f"BELOW {line}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
