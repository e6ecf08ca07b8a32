"""What a run should reach, and what it did not look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

ENOUGH = 0.80  # of a goal: below it a run fails

# The smallest CPU of each case, in microseconds a request or a run.
Cpu = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    """`value` of a run, and the least (or, with `at_most`, the most) that it should be."""

    name: str
    value: Callable[[Cpu], float]
    target: float
    needs: tuple[str, ...]
    at_most: bool = False
    unit: str = "×"

    def share(self, value: float) -> float:
        """How much of the goal is reached: 1 is all of it."""
        return self.target / value if self.at_most else value / self.target


def times_less(ours: str, other: str) -> Callable[[Cpu], float]:
    return lambda cpu: cpu[other] / cpu[ours]


def in_ms(case: str) -> Callable[[Cpu], float]:
    return lambda cpu: cpu[case] / 1000


def less(name: str, ours: str, other: str, target: float) -> Goal:
    return Goal(name, times_less(ours, other), target, (ours, other))


def within(name: str, case: str, milliseconds: float) -> Goal:
    return Goal(name, in_ms(case), milliseconds, (case,), at_most=True, unit="ms")


def flat(name: str, case: str) -> Goal:
    fewest, most = f"in process: {case}, fewest", f"in process: {case}, most"
    return Goal(name, times_less(fewest, most), 1.5, (fewest, most), at_most=True)


GOALS = [
    less("Article from memory, of what bare ASGI does with a core", "article", "bare ASGI", 0.80),
    less("Article from memory, of what nginx does with a core", "article", "nginx", 0.50),
    less("Article from memory, CPU less than the peer's", "article", "peer article", 100),
    within("Article not in memory, CPU in process", "in process: article", 1.0),
    less(
        "Article not in memory, CPU less than the peer's, in process",
        "in process: article",
        "in process: peer article",
        6,
    ),
    within("List of 50, CPU in process", "in process: list", 1.2),
    less("List of 50, CPU less than the peer's rows", "list", "peer list", 300),
    flat("List of 50, CPU at the most rows by that at the fewest", "list"),
    flat("Unassigned, most urgent first, at the most rows by the fewest", "unassigned urgent first"),
    flat("A view grouped by team, at the most rows by the fewest", "grouped by team"),
    within("Ticket search, CPU in process, 95 of 100", "in process: search, 95 of 100", 100),
    within(
        "A message and the search that finds it, CPU in process", "in process: message, then found", 5_000
    ),
    less("Ticket search, CPU less than the peer's", "in process: search", "in process: peer search", 10),
    within("New conversation, CPU in process", "in process: create", 1.0),
    less("New conversation through the form, CPU less than the peer's", "form", "peer form", 10),
    less("New conversation, of raw three-row commits", "in process: create", "in process: raw commit", 0.03),
]

NOT_LOOKED_AT = [
    "Request Tracker and Roundup beside the same pages",
    "one port beside two processes (granian and a hub)",
    "search over 10,000 articles (benches/answers/latency.py)",
    "held streams, chats and broadcasts",
    "the queue's latency and CPU beside django-tasks-db (what is lost at kill -9: benches/faults)",
    "memory and start of the whole process group (the web process alone is in results.json)",
]
