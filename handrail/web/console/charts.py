"""Bars of a chart as shapes: computed here, drawn by console/charts.html, coloured by its style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

STEP, WIDE, TALL = (
    10.0,
    7.0,
    100.0,
)  # a bar's place and width, and the height of the tallest; the page stretches them
SCALE = (1, 2, 5)


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
    """The next of 1, 2, 5, 10, 20, 50 …"""
    power = 1
    while True:
        for step in SCALE:
            if step * power >= number:
                return step * power
        power *= 10
