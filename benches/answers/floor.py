"""What a run of the labelled sets may not fall below: the bars, and what was measured before less a small margin.

floor.json holds both. `measured` has for each set the figures of the run that was last thought good: cold, learned, and
the points of R@1 that each kind of noise cost; `may fall by` how far a figure moves without anything being wrong. Raise
`measured` when the engine gets better; lower it only with a reason in benches/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

FLOOR: dict[str, Any] = json.loads(Path(__file__).with_name("floor.json").read_text(encoding="utf-8"))
LAYOUT_MAY_COST = 0.1  # of a point in Korean: a question whose Latin letters are right as they are
LESS_IS_BETTER = ("ECE",)


def missed(rows: Sequence[dict[str, Any]], floor: dict[str, Any] = FLOOR) -> list[str]:
    """Which figures fell too far, in words. Sets and conditions of which nothing is known, or that were not run, say nothing."""
    cold = {row["folder"]: row for row in rows if row["condition"] == "cold" and not row["noise"]}
    found: list[str] = []
    for row in rows:
        known = floor["measured"].get(row["folder"], {})
        if row["noise"]:
            found += _lost(row, cold.get(row["folder"]), known.get("lost", {}), floor)
        else:
            found += _fallen(row, known.get(row["condition"], {}), floor["may fall by"])
            bar = floor["bar"].get(row["folder"], {}).get("R@1", 0.0)
            if row["condition"] == "cold" and row["R@1"] < bar:
                found.append(f"{row['folder']} cold: R@1 {row['R@1']} below the bar of {bar}")
    return found


def _fallen(row: dict[str, Any], known: dict[str, float], margins: dict[str, float]) -> Iterator[str]:
    now = {**row["threshold_95"], "R@1": row["R@1"], "ECE": row["ECE"]}
    for name, was in known.items():
        fell = now[name] - was if name in LESS_IS_BETTER else was - now[name]
        if round(fell, 1) > margins[name]:
            yield f"{row['folder']} {row['condition']}: {name} {now[name]}, was {was} (may differ by {margins[name]})"


def _lost(
    row: dict[str, Any], clean: dict[str, Any] | None, known: dict[str, float], floor: dict[str, Any]
) -> Iterator[str]:
    """Noise is told by what it costs beside the clean run, not by what is left."""
    kind, margin = row["noise"], floor["may fall by"]["lost"]
    if clean is None:
        return
    cost = round(clean["R@1"] - row["R@1"], 1)
    if kind == "layout" and row["folder"] in floor["korean"] and cost > LAYOUT_MAY_COST:
        yield f"{row['folder']}: a wrong keyboard layout costs {cost} points"
    elif kind in known and round(cost - known[kind], 1) > margin:
        yield f"{row['folder']} {kind}: costs {cost} points of R@1, was {known[kind]} (may differ by {margin})"
