"""What an import did: one entry a text or file, as codes; the sentences are made when it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from handrail.knowledge.importing.reasons import next_step, sentence

CAME_IN = ("new", "changed", "unchanged")
FAILED = "failed"  # should have come in and did not
LEFT_OUT = "left_out"  # not for us: another language, a file that is no article
NOTE = "note"  # came in, but not whole


@dataclass
class Entry:
    """`status` is new, changed, unchanged, failed, left_out or note; `reason` is a code of reasons.py."""

    status: str
    path: str
    locale: str = ""
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    article: int | None = None

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "status": self.status,
            "path": self.path,
            "locale": self.locale,
            "article": self.article,
        }
        if self.reason:
            told |= {"reason": self.reason, "message": self.message, "next_step": self.next_step}
            told["details"] = self.details
        return told

    @property
    def message(self) -> str:
        return sentence(self.reason, self.details)

    @property
    def next_step(self) -> str:
        return next_step(self.reason)


@dataclass
class Report:
    source: str
    is_dry_run: bool = False
    entries: list[Entry] = field(default_factory=list)
    articles: int = 0
    seconds: float = 0.0

    def add(self, status: str, path: str, **more: Any) -> None:
        self.entries.append(Entry(status, path, **more))

    def count(self, status: str) -> int:
        return self.counts[status]

    @property
    def counts(self) -> Counter[str]:
        """status -> how many texts (new, changed, unchanged) or files and remarks (the others)."""
        return Counter(entry.status for entry in self.entries)

    @property
    def troubles(self) -> list[Entry]:
        """Everything a person should look at, failures first."""
        order = (FAILED, NOTE, LEFT_OUT)
        found = [entry for entry in self.entries if entry.status in order]
        return sorted(found, key=lambda entry: order.index(entry.status))

    def troubles_by_reason(self) -> dict[str, list[Entry]]:
        """reason -> its entries, in the order of `troubles`."""
        grouped: dict[str, list[Entry]] = {}
        for entry in self.troubles:
            grouped.setdefault(entry.reason, []).append(entry)
        return grouped

    def as_json(self) -> dict[str, Any]:
        """One JSON object: the counts, then every entry."""
        statuses = (*CAME_IN, FAILED, LEFT_OUT, NOTE)
        return {
            "source": self.source,
            "dry_run": self.is_dry_run,
            "articles": self.articles,
            "texts": {status: self.count(status) for status in statuses},
            "seconds": round(self.seconds, 2),
            "entries": [entry.as_json() for entry in self.entries],
        }
