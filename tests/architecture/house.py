"""The staircase as data, for the tests that walk it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "handrail"

STAIRS = {
    "core": 0,
    "workspace": 1,
    "accounts": 2,
    "contacts": 3,
    "channels": 4,
    "conversations": 5,
    "knowledge": 5,
    "guides": 5,
    "catalog": 6,
    "community": 6,
    "surveys": 6,
    "incidents": 6,
    "answers": 7,
    "flows": 8,
    "sla": 8,
    "automation": 9,
    "intake": 10,
    "outreach": 10,
    "insights": 11,
    "web": 12,
}


def sources(folder: Path = PACKAGE) -> Iterator[Path]:
    """Our Python files, migrations left out."""
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def may_point(from_room: str, to_room: str) -> bool:
    """Whether a foreign key (or an import) may lead from one room to the other."""
    return from_room == to_room or STAIRS[from_room] > STAIRS[to_room]


def imported_by(source: str) -> set[str]:
    """Every name an import may have brought: `from urllib import request` brings `urllib` and `urllib.request`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
