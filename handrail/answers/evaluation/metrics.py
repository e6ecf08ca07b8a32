"""Ranking, answering and calibration in numbers between 0 and 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers import bands
from handrail.answers.coefficients import Coefficients
from handrail.answers.fit import Example, Judged

NOT_FOUND = 10**6
PLAIN_ANSWERED_MIN = 20
GATE_ANSWERED_MIN = 100
PRECISION = 0.95
RANKING = ("R@1", "R@3", "R@5", "MRR@10")


@dataclass(frozen=True)
class Answered:
    """What one bound does to cases that were not used to place it."""

    right: int
    answered: int
    in_scope: int
    rejected: int
    out_of_scope: int

    def __add__(self, other: Answered) -> Answered:
        return Answered(
            *(getattr(self, name) + getattr(other, name) for name in Answered.__dataclass_fields__)
        )

    def as_json(self) -> dict[str, float | int]:
        return {
            "precision": percent(self.right, self.answered),
            "coverage": percent(self.right, self.in_scope),
            "rejected": percent(self.rejected, self.out_of_scope),
            "answered": self.answered,
        }


def percent(part: float, whole: float) -> float:
    """`part` of `whole` in percent with one decimal; 100 of nothing: what was not asked did not fail."""
    return round(100.0 * part / whole, 1) if whole else 100.0


def ranks(coefficients: Coefficients, examples: Sequence[Example]) -> NDArray[np.int64]:
    """For each in-scope example 1 + the number of other items that score at least what the right one does."""
    found = []
    for example in examples:
        if not example.right:
            continue
        scores = coefficients.scores(example.measured)
        places = [int((scores >= scores[at]).sum()) for at in example.rows_right()]
        found.append(min(places, default=NOT_FOUND))
    return np.array(found, dtype=np.int64)


def ranking(found: NDArray[np.int64]) -> dict[str, float]:
    """R@1, R@3, R@5 and MRR@10 of ranks."""
    reached = {f"R@{k}": percent(int((found <= k).sum()), len(found)) for k in (1, 3, 5)}
    mean = float(np.where(found <= 10, 1.0 / np.maximum(found, 1), 0.0).mean()) if len(found) else 1.0
    return reached | {"MRR@10": round(100.0 * mean, 1)}


def threshold(judged: Judged, *, gate: bool) -> float:
    """The lowest confidence at which precision, or with `gate` its Wilson lower bound, is 95 %."""
    least = GATE_ANSWERED_MIN if gate else PLAIN_ANSWERED_MIN
    return bands.lowest(
        judged.confidence, judged.first_right, target=PRECISION, answered_min=least, gate=gate
    )


def answered(judged: Judged, bound: float) -> Answered:
    """Count what is answered at `bound` and how much of it is right."""
    return _counted(judged, judged.confidence >= bound, judged.first_right)


def offered(judged: Judged, bound: float) -> Answered:
    """Count where choices or an answer are offered at `bound`; right where the right one is among the three."""
    return _counted(judged, judged.hope >= bound, judged.three_right)


def _counted(judged: Judged, said: NDArray[np.bool_], right: NDArray[np.bool_]) -> Answered:
    return Answered(
        right=int((said & right).sum()),
        answered=int(said.sum()),
        in_scope=int(judged.in_scope.sum()),
        rejected=int((~said & ~judged.in_scope).sum()),
        out_of_scope=int((~judged.in_scope).sum()),
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """ECE in percent: ten equal bins, the share of each times how far its confidence is from what was right."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        float((bins == each).mean() * abs(confidence[bins == each].mean() - right[bins == each].mean()))
        for each in range(10)
        if (bins == each).any()
    ]
    return round(100.0 * sum(gaps), 1)
