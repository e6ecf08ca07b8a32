"""Compares ledgers, never counters: what was accepted, what the site holds, what the sink got."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Lines = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Placed:
    """Of one mailbox's mails: lost, in no message its team has; doubled, in more than one; misthreaded, not where the
    mail is that they answer. strayed: sent to others alone, and yet its team has it."""

    accepted: int
    lost: int
    doubled: int
    misthreaded: int
    strayed: int


@dataclass(frozen=True)
class Verdict:
    """accepted: mails answered with 250. lost: of those, in no message. doubled: in more than one.
    misthreaded: answers not in their parent's conversation. unacknowledged: threads without their one automatic mail, of which their history
    does not say why. spared: of which it does (strangers get so many an hour, and no more).
    wire_repeats: mails the sink saw twice under one id (a kill between 250 and commit; the reader's server folds them).
    teams: the same by mailbox, as its team has them; what is wrong there is counted above too."""

    accepted: int
    lost: int
    doubled: int
    misthreaded: int
    unacknowledged: int
    acknowledged_twice: int
    wire_repeats: int
    spared: int = 0
    strayed: int = 0
    teams: dict[str, Placed] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        placed = self.lost or self.doubled or self.misthreaded or self.strayed
        return not (placed or self.unacknowledged or self.acknowledged_twice)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check(source: Path, sink: Path, held: Any, *, is_apart: bool = False) -> Verdict:
    """`held` is what census.count printed once the site was quiet.

    is_apart  one of its teams is private: a mail to both is two messages, and neither team has the other's
    """
    accepted: Lines = {
        line["id"]: line for line in map(json.loads, source.read_text(encoding="utf-8").splitlines())
    }
    sunk = sink.read_text(encoding="utf-8").splitlines() if sink.exists() else []
    by_wire_id = Counter(line.split("\t")[0] for line in sunk)
    reached = Counter(line.split("\t")[1] for line in set(sunk))
    spared = set(held["spared"])
    threads = {f"customer{line['thread']}@example.org" for line in accepted.values()}
    teams = {
        mailbox: _placed(_sent_to(accepted, mailbox), rows, accepted, is_apart=is_apart)
        for mailbox, rows in held["teams"].items()
    }
    everywhere = [] if is_apart else [_placed(accepted, held["messages"], accepted, is_apart=False)]
    found = [*everywhere, *teams.values()] if len(teams) > 1 else everywhere
    return Verdict(
        accepted=len(accepted),
        lost=sum(each.lost for each in found),
        doubled=sum(each.doubled for each in found),
        misthreaded=sum(each.misthreaded for each in found),
        strayed=sum(each.strayed for each in found),
        unacknowledged=sum(1 for address in threads if not reached[address] and address not in spared),
        acknowledged_twice=sum(1 for address in threads if reached[address] > 1),
        wire_repeats=sum(count - 1 for count in by_wire_id.values()),
        spared=len(threads & spared),
        teams=teams if len(teams) > 1 else {},
    )


def _sent_to(accepted: Lines, mailbox: str) -> Lines:
    return {letter: line for letter, line in accepted.items() if mailbox in line["to"]}


def _placed(wanted: Lines, rows: Iterable[list[Any]], accepted: Lines, *, is_apart: bool) -> Placed:
    places: dict[str, list[int]] = {}
    for message_id, conversation in rows:
        places.setdefault(message_id, []).append(conversation)
    answers = [line for line in wanted.values() if line["parent"] in wanted]
    return Placed(
        accepted=len(wanted),
        lost=sum(1 for letter in wanted if letter not in places),
        doubled=sum(1 for letter in wanted if len(places.get(letter, ())) > 1),
        misthreaded=sum(
            1 for line in answers if places.get(line["id"], [0])[:1] != places.get(line["parent"], [1])[:1]
        ),
        strayed=sum(1 for letter in places if letter in accepted and letter not in wanted) if is_apart else 0,
    )
