"""A week of opening hours as it is typed: for each day from when until when, with its breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import pairwise

from handrail.workspace.hours import Weekly

DAYS = tuple(str(day) for day in range(7))
MIDNIGHT = "24:00"  # typed as 00:00, because a clock has no 24:00
BREAKS_MOST = 4


@dataclass(frozen=True)
class TypedDay:
    """One day: "09:00" texts, "" where nothing is typed. `breaks` are pairs of such texts."""

    is_open: bool = False
    start: str = ""
    end: str = ""
    breaks: tuple[tuple[str, str], ...] = ()

    def with_room(self) -> TypedDay:
        """The same with an empty line for one more break."""
        return replace(self, breaks=(*self.breaks, ("", ""))[:BREAKS_MOST])


@dataclass(frozen=True)
class Misread:
    """A day that is no plan. `what`: "times" missing, "end" before its start, or "breaks" outside the hours or out of order."""

    day: str
    what: str


@dataclass
class Typed:
    """A week as it was typed, "0" (Monday) to "6"."""

    days: dict[str, TypedDay] = field(default_factory=dict)

    @classmethod
    def of(cls, weekly: Weekly) -> Typed:
        """As a kept week is shown for changing."""
        return cls({day: _typed(weekly.get(day, [])) for day in DAYS})

    def copy(self, day: str) -> None:
        """Give every other open day the hours of this one."""
        for other, typed in self.days.items():
            if typed.is_open:
                self.days[other] = self.days[day]

    def read(self) -> Weekly | Misread:
        """The week as it is kept, or the first day that is no plan."""
        weekly: Weekly = {}
        for day, typed in self.days.items():
            if not typed.is_open:
                continue
            spans = spans_of(typed)
            if isinstance(spans, str):
                return Misread(day, spans)
            weekly[day] = spans
        return weekly


def spans_of(typed: TypedDay) -> list[list[str]] | str:
    """[["09:00", "12:00"], …] of an open day, or what is wrong with it (see Misread)."""
    breaks = [each for each in typed.breaks if any(each)]
    texts = [typed.start, typed.end, *(text for each in breaks for text in each)]
    if not all(_is_time(text) for text in texts):
        return "times"
    end = MIDNIGHT if typed.end == "00:00" else typed.end
    if typed.start >= end:
        return "end"
    edges = [typed.start, *(text for each in sorted(breaks) for text in each), end]
    if any(before >= after for before, after in pairwise(edges)):
        return "breaks"
    return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=True)]


def from_form(said: Mapping[str, Sequence[str]]) -> Typed:
    """Of a form's fields open, start-0, end-0, break-start-0 and break-end-0 (several), and so on to 6."""
    return Typed({day: _of_fields(day, said) for day in DAYS})


def _of_fields(day: str, said: Mapping[str, Sequence[str]]) -> TypedDay:
    def one(name: str) -> str:
        return next(iter(said.get(f"{name}-{day}", ())), "").strip()[:5]

    starts, ends = (said.get(f"break-{edge}-{day}", ()) for edge in ("start", "end"))
    breaks = [(a.strip()[:5], b.strip()[:5]) for a, b in zip(starts, ends, strict=False)][:BREAKS_MOST]
    return TypedDay(day in said.get("open", ()), one("start"), one("end"), tuple(breaks))


def _typed(spans: Sequence[Sequence[str]]) -> TypedDay:
    if not spans:
        return TypedDay()
    breaks = [(before[1], after[0]) for before, after in pairwise(spans)]
    end = spans[-1][1]
    return TypedDay(True, spans[0][0], "00:00" if end == MIDNIGHT else end, tuple(breaks))


def _is_time(text: str) -> bool:
    if len(text) != 5:
        return False
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True
