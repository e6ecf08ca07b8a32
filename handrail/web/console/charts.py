"""Bars of a chart as shapes: computed here, drawn by console/charts.html, coloured by its style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

STEP, WIDE, TALL = (
    10.0,
    7.0,
    100.0,
)  # a bar's place and width, and the height of the tallest; the page stretches them
SCALE = (10, 15, 20, 25, 30, 40, 50, 60, 80)  # readable ends, in tenths


@dataclass(frozen=True)
class Piece:
    """Part of a bar: what it stands for, its number, and where it lies."""

    code: str
    count: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    x: float
    total: int
    pieces: list[Piece]


@dataclass(frozen=True)
class Chart:
    """`top` is the number at the upper edge; `line` the points of a line over the bars, "" for none."""

    width: float
    top: int
    bars: list[Bar] = field(default_factory=list)
    line: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(bar.total for bar in self.bars)


def stacked(columns: Sequence[dict[str, int]], codes: Sequence[str], *, line: str = "") -> Chart:
    """A bar a column, its pieces from below in the order of `codes`; `line` names the count drawn over them."""
    totals = [sum(column[code] for code in codes) for column in columns]
    top = round_up(max([*totals, *(column[line] for column in columns if line), 1]))
    bars = []
    for at, (column, total) in enumerate(zip(columns, totals, strict=True)):
        pieces, y = [], TALL
        for code in codes:
            height = TALL * column[code] / top
            y -= height
            pieces.append(Piece(code, column[code], round(y, 2), round(height, 2)))
        bars.append(Bar(at * STEP + (STEP - WIDE) / 2, total, pieces))
    points = [
        f"{at * STEP + STEP / 2:g},{TALL - TALL * column[line] / top:.2f}"
        for at, column in enumerate(columns)
        if line
    ]
    return Chart(len(columns) * STEP, top, bars, " ".join(points))


def round_up(number: int) -> int:
    """The next readable end of a scale: every number to ten, then 15, 20, 25, 30, 40, 50, 60, 80, 100, 150 …"""
    if number <= 10:
        return max(1, number)
    power = 1
    while SCALE[-1] * power < number and 10 * SCALE[0] * power < number:
        power *= 10
    return next(step * power for step in (*SCALE, 100) if step * power >= number)
