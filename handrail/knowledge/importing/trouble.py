"""The one way a source says that something cannot come in."""

from __future__ import annotations

from typing import Any


class NotTaken(ValueError):
    """Something cannot come in. `reason` is a code of reasons.py, `details` fill its sentence."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details
