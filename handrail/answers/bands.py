"""Where "answer" ends and "choices" begins: placed by what was measured, never by a number written here."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from handrail.answers.fit import Judged

# What we promise of each band; a bound is the least certainty at which the promise was seen to hold.
TARGETS = {"portal": 0.95, "mail": 0.97, "phone": 0.97}
TARGET = 0.95  # of any other channel
LABELS_MIN = 100  # answered and judged, before the answer band may open
CHOICES = 3  # so many are shown where a reader has to choose
CHOICES_KEPT = 0.95  # of in-scope questions that have the right one among three, so many still see them
EVEN = 0.5  # three of which one is as likely right as not are shown in any case
NEVER = 2.0  # a bound no confidence reaches
Z = 1.645  # one-sided 95 %


def wilson(right: int, answered: int, *, z: float = Z) -> float:
    """The lower bound of a share that was `right` of `answered`: with 95 % certainty the true share is above it.

    >>> round(wilson(196, 200), 3)
    0.956
    """
    if not answered:
        return 0.0
    p, n = right / answered, float(answered)
    return (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def target_of(channel: str) -> float:
    """The precision that automatic answers on this channel must keep."""
    return TARGETS.get(channel, TARGET)


def strict_enough(bounds: dict[float, float], target: float) -> float:
    """Of bounds measured for several targets, that of the least target which is at least `target`; NEVER without one."""
    enough = [at for at in sorted(bounds) if at >= target - 1e-9]
    return bounds[enough[0]] if enough else NEVER


def lowest(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, target: float, answered_min: int, gate: bool
) -> float:
    """The lowest confidence at which precision, among everything at or above it, reaches `target`.

    answered_min  cuts that answer fewer are not considered
    gate          True: the Wilson lower bound of the precision must reach it, not the precision itself
    returns       NEVER where no cut does
    """
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    values = confidence[order]
    best = NEVER
    for at in range(answered_min - 1, len(values)):
        # Equal confidences stand or fall together.
        if at + 1 < len(values) and values[at + 1] == values[at]:
            continue
        reached = wilson(int(hits[at]), at + 1) if gate else hits[at] / (at + 1)
        if reached >= target:
            best = float(values[at])
    return best


def bounds_for(judged: Judged, *, target: float = TARGET, kept: float = CHOICES_KEPT) -> dict[str, float]:
    """The bounds of both bands, from cases that were not fitted on.

    An answer is one article and is worth what the first is; choices are three, and worth what those are together.

    target  share of answers that must be right
    kept    share of the questions with the right one among three that must still see it
    """
    answer = lowest(judged.confidence, judged.first_right, target=target, answered_min=LABELS_MIN, gate=True)
    helped = np.sort(judged.hope[judged.three_right])
    choices = float(helped[int((1 - kept) * len(helped))]) if len(helped) else NEVER
    return {"answer": answer, "choices": min(choices, EVEN, answer)}
