"""The values of conversations' fields, read as those of customers' attributes are (workspace/typed.py)."""

from handrail.workspace.typed import (
    LINE_MOST,
    TEXT_MOST,
    Typed,
    Unfit,
    Value,
    folded,
    meant,
    quoted,
    read,
    shown,
)

__all__ = [
    "LINE_MOST",
    "TEXT_MOST",
    "Typed",
    "Unfit",
    "Value",
    "folded",
    "meant",
    "quoted",
    "read",
    "shown",
]
