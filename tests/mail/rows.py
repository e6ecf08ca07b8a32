"""Rows of a catalogue of attacks, each held by tests that are really there."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def missing(row: tuple[str, ...]) -> list[str]:
    """Those of "tests/…/test_x.py::test_y" that no file defines."""
    return [name for name in row if name.partition("::")[2] not in _tests(name.partition("::")[0])]


@lru_cache
def _tests(path: str) -> frozenset[str]:
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
