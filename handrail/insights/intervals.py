"""How sure a share is: the range in which it lies, and whether two shares differ by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

SURE = 1.96  # nineteen of twenty ranges hold the true share
TOO_FEW = 20  # votes below which a share says nothing


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with the range it lies in; shares of one."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def is_small(self) -> bool:
        return self.whole < TOO_FEW

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The range of a share, good for few cases too. (0, 1) for none.

    Raises ValueError for a part that is more than the whole.
    Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, SURE * SURE
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = SURE * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def change(before: Share, after: Share) -> str:
    """`better`, `worse`, `same` (no more than chance) or `few` (too few to tell) of a share that should grow.

    Source: Newcombe, "Interval estimation for the difference between independent proportions", 1998, method 10.
    """
    if before.is_small or after.is_small:
        return "few"
    moved = after.value - before.value
    down = sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    if moved - down > 0:
        return "better"
    return "worse" if moved + up < 0 else "same"
