"""The rows of a run as two tables, each figure beside the prototype's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

CLEAN = "clean"


def as_markdown(rows: Sequence[dict[str, Any]], floor: dict[str, Any]) -> str:
    """Every figure is "ours (the prototype's)"; a dash where the prototype was not measured."""
    clean = [row for row in rows if not row["noise"]]
    noisy = [row for row in rows if row["noise"] or row["condition"] == "cold"]
    tables = [_conditions(clean, floor["prototype"])]
    if any(row["noise"] for row in noisy):
        tables.append(_noise(noisy, floor["prototype, noisy R@1"]))
    return "\n\n".join(tables)


def _conditions(rows: Sequence[dict[str, Any]], prototype: dict[str, Any]) -> str:
    lines = [
        "| (prototype) | questions | R@1 | R@3 | ECE | 95 % threshold: precision / coverage / rejected | gate form "
        "| as shipped: precision / coverage / rejected | p95 ms, CPU |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        name = f"{row['folder']} {row['condition']}"
        was, sizes = prototype.get(name, {}), row["questions"]
        figures = [_beside(row[key], was.get(key)) for key in ("R@1", "R@3", "ECE")]
        forms = [_form(row[key], was.get(key)) for key in ("threshold_95", "gate_95")]
        shipped = _three(row["shipped"]["at_bound"])
        count = f"{sizes['in_scope']:,} + {sizes['out_of_scope']:,} out of scope"
        lines.append(
            f"| {' | '.join([name, count, *figures, *forms, shipped])} | {row['ms_p95']}, {row['cpu_ms_p95']} |"
        )
    return "\n".join(lines)


def _noise(rows: Sequence[dict[str, Any]], prototype: dict[str, Any]) -> str:
    kinds = list(dict.fromkeys(row["noise"] or CLEAN for row in rows))
    found = {(row["folder"], row["noise"] or CLEAN): row["R@1"] for row in rows}
    lines = [f"| cold R@1 (prototype, first 500) | {' | '.join(kinds)} |", "|---" * (len(kinds) + 1) + "|"]
    for folder in dict.fromkeys(row["folder"] for row in rows):
        cells = [_beside(found.get((folder, kind)), prototype.get(folder, {}).get(kind)) for kind in kinds]
        lines.append(f"| {folder} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _beside(ours: float | None, was: float | None) -> str:
    return f"{'–' if ours is None else ours} ({'–' if was is None else was})"


def _form(ours: dict[str, Any], was: Sequence[float] | None) -> str:
    return f"{_three(ours)} ({' / '.join(str(each) for each in was) if was else '–'})"


def _three(of: dict[str, Any]) -> str:
    return " / ".join(str(of[key]) for key in ("precision", "coverage", "rejected"))
