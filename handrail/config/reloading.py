"""The process group of `make dev`: stops and starts its children when our Python files change."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from handrail.config.processes import Group, say

ROOT = Path(__file__).resolve().parents[2]
KEPT = frozenset({"models"})  # slow to load, and rarely what is being worked on


def watch(group: Group) -> None:
    """End the children whose code changed; the group starts them again."""
    from watchfiles import PythonFilter
    from watchfiles import watch as changes

    for changed in changes(ROOT / "handrail", ROOT / "demo", watch_filter=PythonFilter(), debounce=300):
        names = ", ".join(sorted({str(Path(path).relative_to(ROOT)) for _, path in changed})[:3])
        say(f"{names} changed; starting again")
        for child in group.children:
            if child.name not in KEPT and child.process is not None:
                child.again = True
                child.process.terminate()


if __name__ == "__main__":
    group = Group(json.loads(sys.argv[1]))
    threading.Thread(target=watch, args=(group,), daemon=True).start()
    sys.exit(group.run())
