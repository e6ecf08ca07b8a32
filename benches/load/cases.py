"""The cases of a run, each a call that measures one round of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benches.load import asks
from benches.load.children import Child
from benches.load.peer import asks as peer_asks
from benches.load.servers import Server
from benches.load.windows import CPU_MIN_US, Asking, Window, by_turns, by_wrk, rounded

SLOW_MOST = 40  # requests a window of a page that takes half a second


@dataclass(frozen=True)
class Effort:
    """How long a run looks: seconds a window, runs in process, and for those that take half a second."""

    seconds: int = 5
    runs: int = 100
    slow_runs: int = 8
    cpu_min_us: int = CPU_MIN_US


@dataclass
class Case:
    """`measure` gives one round as a dictionary with cpu_us and bad; `rounds` holds those so far."""

    name: str
    measure: Callable[[], dict[str, Any]]
    rounds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cpu_us(self) -> float:
        return min(each["cpu_us"] for each in self.rounds)

    @property
    def p95_us(self) -> float | None:
        """Of a case in process; the best round's, because a round that was disturbed tells of the machine."""
        return min((each["p95_us"] for each in self.rounds if "p95_us" in each), default=None)

    @property
    def bad(self) -> int:
        return sum(each.get("bad", 0) for each in self.rounds)


def fast(name: str, server: Server, asked: Asking, effort: Effort) -> Case:
    """A page by sixteen connections."""
    run = partial(by_wrk, server, asked, seconds=effort.seconds, cpu_min_us=effort.cpu_min_us)
    return Case(name, lambda: asdict(rounded(run())))


def slow(name: str, server: Server, asked: Asking, effort: Effort) -> Case:
    """A page one at a time."""
    run = partial(
        by_turns, server, lambda: asked, seconds=effort.seconds, most=SLOW_MOST, cpu_min_us=effort.cpu_min_us
    )
    return Case(name, lambda: asdict(rounded(run())))


def forms(
    name: str,
    server: Server,
    form: Callable[[int], bytes],
    path: str,
    cookie: str,
    rows: Callable[[], int],
    effort: Effort,
) -> Case:
    """Forms one at a time, each a visitor from an address of their own; every one must have become a row."""
    numbers = count(1)

    def asking() -> Asking:
        number = next(numbers)
        return Asking(path, expect=302, cookie=cookie, form=form(number), source=asks.address(number))

    def measure() -> dict[str, Any]:
        before = rows()
        window = by_turns(server, asking, seconds=effort.seconds, cpu_min_us=effort.cpu_min_us)
        lost = window.requests + 2 - (rows() - before)  # two went before the window, to warm up
        return asdict(rounded(window)) | {"bad": window.bad + abs(lost)}

    return Case(name, measure)


def inside(name: str, child: Child, case: str, runs: int) -> Case:
    """A case in process; raises there for a bad answer."""

    def measure() -> dict[str, Any]:
        said = child.measure(case, runs)
        return {
            "cpu_us": round(said["cpu_ms"] * 1000, 2),
            "median_us": round(said["median_ms"] * 1000, 2),
            "p95_us": round(said["p95_ms"] * 1000, 2),
            "requests": runs,
            "bytes": said["bytes"],
            "bad": 0,
        }

    return Case(f"in process: {name}", measure)


def rows_in(database: Path, table: str) -> Callable[[], int]:
    def count_rows() -> int:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return count_rows


def of_ours(server: Server, child: Child, data: Path, facts: dict[str, Any], effort: Effort) -> list[Case]:
    article, session = facts["article"], f"session={facts['session']}"
    rows = rows_in(data / "handrail.sqlite3", "conversations_conversation")
    return [
        fast("article", server, Asking(article), effort),
        # A session's holder, even of one that is over, never gets a page from memory.
        fast("article, not in memory", server, Asking(article, cookie=f"session={'x' * 32}"), effort),
        fast("list", server, Asking(asks.LIST, cookie=session), effort),
        forms("form", server, asks.form, asks.SUBMIT, asks.COOKIE, rows, effort),
        inside("article", child, "article", effort.runs),
        inside("article, gathered anew", child, "anew", effort.runs),
        inside("list", child, "list", effort.runs),
        inside("list, queries only", child, "rows", effort.runs),
        inside("search", child, "search", effort.runs),
        inside("message, then found", child, "found", effort.runs),
        inside("form", child, "form", effort.runs),
        inside("create", child, "create", effort.runs),
        inside("raw commit", child, "raw", 10 * effort.runs),
    ]


def of_peer(server: Server, child: Child, data: Path, facts: dict[str, Any], effort: Effort) -> list[Case]:
    session = f"sessionid={facts['session']}"
    rows = rows_in(data / "helpdesk.sqlite3", "helpdesk_ticket")
    form = partial(peer_asks.form, queue=facts["queue"])
    listed = Asking(f"{peer_asks.LIST}?{peer_asks.LIST_QUERY}", cookie=session)
    return [
        fast("peer article", server, Asking(peer_asks.ARTICLE), effort),
        slow("peer list", server, listed, effort),
        slow("peer list shell", server, Asking(peer_asks.SHELL, cookie=session), effort),
        forms("peer form", server, form, peer_asks.SUBMIT, f"csrftoken={peer_asks.TOKEN}", rows, effort),
        inside("peer article", child, "article", effort.runs),
        inside("peer list", child, "list", effort.slow_runs),
        inside("peer list shell", child, "shell", effort.slow_runs),
        inside("peer search", child, "search", effort.slow_runs),
        inside("peer form", child, "create", effort.runs),
    ]


def window_of(case: Case) -> Window | None:
    """The round with the best rate, where the case was served."""
    served = [each for each in case.rounds if "rate" in each]
    return Window(**max(served, key=lambda each: each["rate"])) if served else None
