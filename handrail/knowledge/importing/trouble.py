"""The one way a source says that something cannot come in."""

from __future__ import annotations

import json
from typing import Any

from handrail.knowledge.importing.report import FAILED, Entry


class NotTaken(ValueError):
    """Something cannot come in. `reason` is a code of reasons.py, `details` fill its sentence."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


def told(error: Exception, path: str, *, locale: str = "") -> Entry:
    """Why one file did not come in, whatever it was that it raised: no file stops the others."""
    if isinstance(error, NotTaken):
        return Entry(FAILED, path, locale=locale, reason=error.reason, details=error.details)
    return Entry(FAILED, path, locale=locale, reason="unreadable", details=why(error))


def why(error: Exception) -> dict[str, Any]:
    """What fills "%(error)s" of a sentence: a code of reasons.WHY for what happens to people, else the words of the system."""
    match error:
        case json.JSONDecodeError():
            return {"why": "not_json", "line": error.lineno, "column": error.colno}
        case UnicodeDecodeError():
            return {"why": "encoding"}
        case PermissionError():
            return {"why": "rights"}
        case OSError(strerror=str() as said):
            return {"error": said}
    return {"error": " ".join((str(error) or type(error).__name__).split())[:200]}
