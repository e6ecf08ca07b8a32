"""One trial: letters come in at a steady pace through the real listener and worker, and mails made to hurt among them."""

from __future__ import annotations

import smtplib
import sqlite3
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from math import inf
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.faults.bombs import letter
from tests.faults.site import Site
from tests.tables import NAME

QUIET_SECONDS_MAX = 300
A_MOMENT = 0.5  # seconds: to stand behind a mail for less is not to wait for it
BEHIND = 8  # letters after the last bomb was accepted
HELP = "help@handrail.test"
Moments = dict[str, tuple[float, float]]  # by the first part of a mail's id


@dataclass(frozen=True)
class Delays:
    """Of letters, in milliseconds: `p50` and `p95` of them waited no longer than that."""

    letters: int
    p50: float
    p95: float
    worst: float

    @classmethod
    def of(cls, seconds: list[float]) -> Delays:
        cuts = quantiles(seconds, n=20, method="inclusive")
        middle, most = cuts[9], cuts[18]
        return cls(len(seconds), *(round(each * 1000, 1) for each in (middle, most, max(seconds))))


@dataclass(frozen=True)
class Held:
    """lost: letters accepted that are in no message. held_up: letters that came while a bomb was in hand, and nothing of anybody
    became a message until that bomb had ended; on a machine that is slow with all of them none is held up by that. overtook: letters that came after a bomb and were a message before it had ended. unended: bombs that are neither a message nor kept aside. refused: bombs the listener did not take.
    handing: from a letter's first byte to its 250. delays: from there to the fact that it is a message of a conversation."""

    accepted: int
    lost: int
    held_up: int
    overtook: int
    bombs: int
    unended: int
    refused: int
    handing: Delays
    delays: Delays
    alone: dict[str, Delays] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class BombTrial:
    """`letters` or more, one every `pause` seconds until some stand behind the last of `bombs`, which come at even distances.
    is_compared: once without bombs first, in a site of its own. `twin` runs the broken worker instead of ours."""

    letters: int
    bombs: list[bytes]
    pause: float
    is_compared: bool = False
    twin: bool = False

    @property
    def mails(self) -> int:
        return self.letters

    def run(self, folder: Path) -> tuple[Held, dict[str, Any]]:
        """Run it in an empty `folder`. Returns the verdict and what else was seen."""
        began = time.monotonic()
        alone = self._at(folder / "alone", []) if self.is_compared else None
        held = self._at(folder / "among", self.bombs)
        if alone:
            before, after = asdict(alone.delays), asdict(held.delays)
            ratios = {name: round(after[name] / before[name], 3) for name in ("p50", "p95", "worst")}
            held = replace(held, alone={"handing": alone.handing, "delays": alone.delays}, ratios=ratios)
        return held, {"seconds": round(time.monotonic() - began, 1)}

    def _at(self, folder: Path, bombs: list[bytes]) -> Held:
        worker = ["-m", "tests.faults.bomb_twin"] if self.twin else ["-m", "handrail", "worker"]
        site = Site(folder, {"listener": ["-m", "handrail", "listen"], "worker": worker})
        site.make_tables()
        with site.sink(), site.up():
            site.ask("tests.faults.census", "prepare")
            warm = _bring(site.mail_port, [letter(10**6 + number) for number in range(3)], 0)
            _wait_until_ended(folder, len(warm))
            apart = self.pause * self.letters / (len(bombs) + 1)
            # A process of its own: what it does to 20 MB before it sends them must not hold up who sends the letters.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
                throwing = beside.submit(_bring, site.mail_port, bombs, apart, begin=apart * 0.9)
                accepted = _bring(site.mail_port, self._letters(throwing), self.pause)
                thrown = throwing.result()
            _wait_until_ended(folder, len(warm) + len(accepted) + len(thrown))
            ended: Any = site.ask("tests.faults.census", "moments")
        return verdict(accepted, thrown, ended, refused=len(bombs) - len(thrown))

    def _letters(self, throwing: Future[Moments]) -> Iterator[bytes]:
        number, behind = 0, 0
        while number < self.letters or behind < BEHIND:
            behind += throwing.done()
            yield letter(number)
            number += 1


def _wait_until_ended(folder: Path, wanted: int) -> None:
    """Until so many mails became messages or were kept aside. It looks itself: a process for each look would be a load of its own."""
    until = time.monotonic() + QUIET_SECONDS_MAX
    ends = "SELECT count(*) FROM events_event WHERE verb IN ('message.received', 'inbound.quarantined')"
    with closing(sqlite3.connect(f"file:{folder / NAME}?mode=ro", uri=True)) as look:
        while look.execute(ends).fetchone()[0] < wanted and time.monotonic() < until:
            time.sleep(0.2)


def verdict(accepted: Moments, thrown: Moments, ended: dict[str, Any], *, refused: int = 0) -> Held:
    """accepted, thrown: mail -> when its sending began and when it was answered with 250; ended: what census.moments printed."""
    ends = [(at, ended[name][1]) for name, (_begun, at) in thrown.items() if name in ended]
    stored = sorted(ended[name][1] for name in accepted if name in ended)
    delays = [ended[name][1] - at for name, (_begun, at) in accepted.items() if name in ended]
    return Held(
        accepted=len(accepted),
        lost=len(accepted) - len(delays),
        held_up=sum(_waited(at, ends, stored) for at in (at for _begun, at in accepted.values())),
        overtook=sum(
            any(came < at and ended[name][1] < end for came, end in ends)
            for name, (_begun, at) in accepted.items()
            if name in ended
        ),
        bombs=len(thrown),
        unended=sum(name not in ended for name in thrown),
        refused=refused,
        handing=Delays.of([at - begun for begun, at in accepted.values()]),
        delays=Delays.of(delays),
    )


def _waited(at: float, ends: list[tuple[float, float]], stored: list[float]) -> bool:
    """Whether from a letter's 250 on a bomb (accepted, ended) kept all letters from becoming messages, for more than a moment."""
    following = bisect_right(stored, at)
    next_stored = stored[following] if following < len(stored) else inf
    return any(came < at and at + A_MOMENT < end <= next_stored for came, end in ends)


def _bring(port: int, mails: Iterable[bytes], pause: float, *, begin: float = 0.0) -> Moments:
    """Send each at its own time, over one connection. What is refused is not among the returned."""
    accepted: Moments = {}
    start = time.monotonic() + begin
    with smtplib.LMTP("127.0.0.1", port, local_hostname="source.test") as door:
        for number, mail in enumerate(mails):
            time.sleep(max(start + number * pause - time.monotonic(), 0))
            begun = time.time()
            try:
                door.sendmail("someone@example.org", [HELP], mail)
            except smtplib.SMTPResponseException:
                continue
            accepted[_name(mail)] = begun, time.time()
    return accepted


def _name(mail: bytes) -> str:
    return mail.partition(b"Message-ID: <")[2].partition(b"@")[0].decode()
