"""Where the boxes and lines of a tree stand when it is drawn: from left to right, each question beside its answers."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.knowledge.troubleshooting.tree import PERSON, Step, Tree

BOX_WIDTH, BOX_HEIGHT = 150, 44
GAP_X, GAP_Y = 46, 12
EDGE = 8


@dataclass(frozen=True)
class Box:
    """step: None for a person or a way nobody decided; kind: question, article, advice, person or open."""

    x: int
    y: int
    kind: str
    step: Step | None = None


@dataclass(frozen=True)
class Line:
    """From the right edge of a box to the left edge of another."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Picture:
    boxes: list[Box]
    lines: list[Line]
    width: int
    height: int


def picture(tree: Tree) -> Picture:
    """Place every step some way comes to once; a second way to it is a line to where it stands."""
    drawing = _Drawing(tree)
    if tree.start in tree.steps:
        drawing.place(tree.start, 0)
    return drawing.finish()


class _Drawing:
    def __init__(self, tree: Tree) -> None:
        self.tree, self.boxes, self.joined = tree, [], []  # type: ignore[var-annotated]
        self.placed: dict[str, Box] = {}
        self.later: list[tuple[str, str]] = []
        self.row = 0

    def place(self, key: str, column: int) -> int:
        """Place a step and what lies behind it; returns the y of its middle."""
        step = self.tree.steps[key]
        # Held before its answers are followed, so that a way in a circle ends.
        self.placed[key] = Box(0, 0, step.kind, step)
        middles = [self._way(way, key, column + 1) for way in step.ways]
        known = [middle for middle in middles if middle is not None]
        middle = (known[0] + known[-1]) // 2 if known else self._next_row()
        box = Box(self._x(column), middle - BOX_HEIGHT // 2, step.kind, step)
        self.placed[key] = box
        self.boxes.append(box)
        for end in known:
            self.joined.append(Line(box.x + BOX_WIDTH, middle, self._x(column + 1), end))
        return middle

    def _way(self, way: str, source: str, column: int) -> int | None:
        if way in self.placed:
            self.later.append((source, way))
            return None
        if way in self.tree.steps:
            return self.place(way, column)
        middle = self._next_row()
        kind = "person" if way == PERSON else "open"
        self.boxes.append(Box(self._x(column), middle - BOX_HEIGHT // 2, kind))
        return middle

    def _next_row(self) -> int:
        middle = EDGE + self.row * (BOX_HEIGHT + GAP_Y) + BOX_HEIGHT // 2
        self.row += 1
        return middle

    def _x(self, column: int) -> int:
        return EDGE + column * (BOX_WIDTH + GAP_X)

    def finish(self) -> Picture:
        for source, way in self.later:
            one, other = self.placed[source], self.placed[way]
            half = BOX_HEIGHT // 2
            self.joined.append(Line(one.x + BOX_WIDTH, one.y + half, other.x, other.y + half))
        width = max((box.x for box in self.boxes), default=0) + BOX_WIDTH + EDGE
        height = max((box.y for box in self.boxes), default=0) + BOX_HEIGHT + EDGE
        return Picture(self.boxes, self.joined, width, height)
