"""The same list over more and more conversations: how the database walks, and the smallest CPU."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from benches.load import children, filled
from benches.load.cases import Case, Effort, inside


@dataclass
class Growth:
    """`cases` by number of conversations; `plans` of the list's queries; `growing` names steps that read or sort a whole table."""

    sizes: list[int]
    cases: list[Case] = field(default_factory=list)
    plans: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def growing(self) -> list[str]:
        return [
            f"{size:,} conversations: {step} in {query['query']}"
            for size, queries in self.plans.items()
            for query in queries
            for step in query["grows"]
        ]

    def ends(self) -> dict[str, float]:
        """CPU at the fewest and at the most rows, under the names that goals.py asks for."""
        found = {}
        for name in ("list", "unassigned urgent first", "grouped by team"):
            pages = [case.cpu_us for case in self.cases if f"{name}, " in case.name]
            found |= {f"in process: {name}, fewest": pages[0], f"in process: {name}, most": pages[-1]}
        return found


@contextmanager
def growth(sizes: list[int], effort: Effort) -> Iterator[Growth]:
    """One measuring process a size, all open at once, so that rounds interleave."""
    found = Growth(sizes)
    with ExitStack() as stack:
        for size in sizes:
            child = stack.enter_context(children.ours(*filled.kept_ours(size)))
            found.plans[size] = child.fact("plan")
            found.cases += [
                inside(f"list, {size:,} rows", child, "list", effort.runs),
                inside(f"list queries, {size:,} rows", child, "rows", effort.runs),
                inside(f"unassigned urgent first, {size:,} rows", child, "urgent", effort.runs),
                inside(f"grouped by team, {size:,} rows", child, "grouped", effort.runs),
                inside(f"search, {size:,} conversations", child, "search", effort.runs),
            ]
        yield found
