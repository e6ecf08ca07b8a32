"""What tells a site's articles apart counts more than what all their wordings share: a linear discriminant of meanings.

Ridge regression of "belongs to this article" on the vectors of all wordings at once: for article a, with the sum s of
its vectors, the question q scores q' (X'X + r n I)^-1 s. One matrix serves every article, so a new wording costs nothing.
Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009, 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RIDGE = 0.0027  # a wording, as a share of what the vectors themselves weigh
SAMPLE = 6_000  # rows the matrix is made from; more hardly move it
STALE_FROM = 0.1  # share of rows that came or went since


@dataclass(frozen=True)
class Discriminant:
    """`inverse` is (X'X + r n I)^-1 of a snapshot of `rows` rows; none where there was too little to compare."""

    rows: int = 0
    inverse: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def holds_for(self, rows: int) -> bool:
        """Whether it may go on being used for a snapshot of so many rows."""
        return bool(self.rows) and abs(rows - self.rows) <= STALE_FROM * self.rows

    def direction(self, question: Floats) -> Floats:
        """What the vectors of wordings are multiplied with; zeros without a matrix."""
        if not self.rows:
            return np.zeros_like(question)
        return np.asarray(self.inverse @ question, np.float32)


def discriminant(vectors: Floats, rows: int) -> Discriminant:
    """Made from `vectors`, an even sample of a snapshot of `rows` rows."""
    if not len(vectors):
        return Discriminant()
    width = vectors.shape[1]
    spread = vectors.T @ vectors * np.float32(rows / len(vectors))
    spread[np.diag_indices(width)] += np.float32(RIDGE * rows)
    return Discriminant(rows, np.linalg.inv(spread).astype(np.float32))


def sample(rows: int) -> NDArray[np.int64]:
    """Places of an even sample, all of them where they are few."""
    return np.linspace(0, rows - 1, min(rows, SAMPLE)).astype(np.int64)
