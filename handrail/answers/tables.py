"""A table as lines of words: what stands in one row stays together, as one would say it.

| 배송지 | 요금    | 기간 |
| 제주   | 3,000원 | 3일  |    ->  제주 — 요금: 3,000원, 기간: 3일

The first cell is what the row is about; what the others say is named by their columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SPAN_MAX = 50  # columns or rows that one cell may take; a larger figure is a slip
ABOUT = " — "  # after what a row is about; quotation.py knows rows by it
SENTENCE_END = re.compile(r"[.!?。…]$")


@dataclass
class Cell:
    """`blocks` are its paragraphs; `across` and `down` how many columns and rows it takes."""

    is_heading: bool
    across: int = 1
    down: int = 1
    blocks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "; ".join(self.blocks)


@dataclass
class Table:
    """The rows of one table while it is read."""

    rows: list[list[Cell]] = field(default_factory=list)
    _open: Cell | None = None

    def begin(self, tag: str, attrs: dict[str, str | None]) -> None:
        """A tag begins inside the table; only rows and cells mean something here."""
        if tag == "tr":
            self._open = None
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self._open = Cell(tag == "th", _span(attrs.get("colspan")), _span(attrs.get("rowspan")))
            self.rows[-1].append(self._open)

    def end(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._open = None

    def add(self, text: str) -> bool:
        """Take a block of text into the open cell; False where none is open, as in a caption."""
        if self._open is None:
            return False
        self._open.blocks.append(text)
        return True

    def lines(self) -> list[str]:
        """One line a row. Headings alone are a line only in a table that has nothing else."""
        rows = _grid(self.rows)
        headings: list[Cell | None] = []
        found: list[str] = []
        for row in rows:
            if _is_of_headings(row):
                headings = row
            else:
                found.append(_said(row, headings))
        return [line for line in found or [_said(row, []) for row in rows] if line]


def _grid(rows: list[list[Cell]]) -> list[list[Cell | None]]:
    """Each row with a place for every column: a cell stands in every row it reaches into, and in its first column."""
    found: list[list[Cell | None]] = []
    hanging: dict[
        int, tuple[Cell, int]
    ] = {}  # column -> what reaches down into it, and for how many rows more
    for cells in rows:
        row: list[Cell | None] = []
        waiting = list(cells)
        while waiting or len(row) in hanging:
            at = len(row)
            if at in hanging:
                cell, left = hanging.pop(at)
                if left > 1:
                    hanging[at] = (cell, left - 1)
            else:
                cell = waiting.pop(0)
                if cell.down > 1:
                    hanging[at] = (cell, cell.down - 1)
            row += [cell, *[None] * (cell.across - 1)]
        found.append(row)
    return found


def _is_of_headings(row: list[Cell | None]) -> bool:
    # A row of one heading beside nothing is a title or a row that is not filled in.
    cells = [cell for cell in row if cell]
    return (
        len(cells) > 1 and all(cell.is_heading for cell in cells if cell.text) and any(c.text for c in cells)
    )


def _said(row: list[Cell | None], headings: list[Cell | None]) -> str:
    cells = [(at, cell) for at, cell in enumerate(row) if cell and cell.text]
    # A heading at the left of cells that have none above them: 무게: 35g.
    if not headings and len(cells) > 1 and [cell.is_heading for _at, cell in cells[:2]] == [True, False]:
        return f"{_bare(cells[0][1].text)}: {_joined([cell.text for _at, cell in cells[1:]])}"
    is_about = len(cells) > 1 and cells[0][0] == 0 and not all(cell.is_heading for _at, cell in cells)
    if is_about:
        rest = [_named(cell, _heading(headings, at)) for at, cell in cells[1:]]
        return f"{_bare(cells[0][1].text)}{ABOUT}{_joined(rest)}"
    return _joined([_named(cell, _heading(headings, at)) for at, cell in cells])


def _joined(said: list[str]) -> str:
    """With commas between, except after whole sentences."""
    found = ""
    for text in said:
        found += f"{' ' if SENTENCE_END.search(found) else ', '}{text}" if found else text
    return found


def _named(cell: Cell, heading: str) -> str:
    return f"{heading}: {cell.text}" if heading and heading != cell.text else cell.text


def _heading(headings: list[Cell | None], column: int) -> str:
    """That of the column, or of the one to its left that reaches over it."""
    for cell in reversed(headings[: column + 1]):
        if cell is not None:
            return _bare(cell.text)
    return ""


def _bare(heading: str) -> str:
    return heading.rstrip(" :：")


def _span(value: str | None) -> int:
    return min(max(1, int(value)), SPAN_MAX) if value and value.isdecimal() else 1
