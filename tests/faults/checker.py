"""Compares ledgers, never counters: what was accepted, what the site holds, what the sink got."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """accepted: mails answered with 250. lost: of those, in no message. doubled: in more than one.
    misthreaded: answers not in their parent's conversation. unacknowledged: threads without their one automatic mail, of which their history
    does not say why. spared: of which it does (strangers get so many an hour, and no more).
    wire_repeats: mails the sink saw twice under one id (a kill between 250 and commit; the reader's server folds them)."""

    accepted: int
    lost: int
    doubled: int
    misthreaded: int
    unacknowledged: int
    acknowledged_twice: int
    wire_repeats: int
    spared: int = 0

    @property
    def is_clean(self) -> bool:
        return not (
            self.lost or self.doubled or self.misthreaded or self.unacknowledged or self.acknowledged_twice
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check(source: Path, sink: Path, held: Any) -> Verdict:
    """`held` is what census.count printed once the site was quiet."""
    accepted = {line["id"]: line for line in map(json.loads, source.read_text(encoding="utf-8").splitlines())}
    places: dict[str, list[int]] = {}
    for message_id, conversation in held["messages"]:
        places.setdefault(message_id, []).append(conversation)
    children = [line for line in accepted.values() if line["parent"]]
    sunk = sink.read_text(encoding="utf-8").splitlines() if sink.exists() else []
    by_wire_id = Counter(line.split("\t")[0] for line in sunk)
    reached = Counter(line.split("\t")[1] for line in set(sunk))
    spared = set(held["spared"])
    threads = {f"customer{line['thread']}@example.org" for line in accepted.values()}
    return Verdict(
        accepted=len(accepted),
        lost=sum(1 for letter in accepted if letter not in places),
        doubled=sum(1 for found in places.values() if len(found) > 1),
        misthreaded=sum(
            1 for line in children if places.get(line["id"], [0])[:1] != places.get(line["parent"], [1])[:1]
        ),
        unacknowledged=sum(1 for address in threads if not reached[address] and address not in spared),
        acknowledged_twice=sum(1 for address in threads if reached[address] > 1),
        wire_repeats=sum(count - 1 for count in by_wire_id.values()),
        spared=len(threads & spared),
    )
