"""Which article a question means, told from its vector alone: learned from the questions that were confirmed.

A multinomial logistic regression over the directions in which the site's own wordings differ most, each brought half
way to the same size. How many directions, how far and which penalty were chosen by three folds of the split "train"
of the sets in docs/operators/answers.md; n-grams of characters and closed-form ridge regression told less there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.answers.logistic import classes_loss, minimise

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NONE = 0  # past questions that none of ours answers
OTHER = -1  # every article that was confirmed too seldom to be told apart
DIRECTIONS = 384
PENALTY = 3e-5
STEPS = 30
LEAST = -12.0  # of a log share: below it two articles are equally unlikely


@dataclass(frozen=True)
class Shares:
    """Log shares of some articles, and of none of them; they are measured against one another alone."""

    articles: Floats
    none: float


@dataclass(frozen=True)
class Classes:
    """A fitted classifier.

    middle    (dimensions,) mean of the vectors
    basis     (dimensions, directions)
    weights   (directions + 1, columns), the last row of constants
    columns   (columns,) an article each, rising; NONE and OTHER among them where they were learned
    """

    middle: Vectors
    basis: Vectors
    weights: Vectors
    columns: Ints

    def shares(self, vector: NDArray[np.float32], articles: list[int]) -> Shares:
        """How likely each of `articles` is meant, as if there were no others: so nobody learns of what they may not see.

        An article that is no column of its own has the share of OTHER, or LEAST where there is no such column.
        """
        scores = ((vector - self.middle) @ self.basis @ self.weights[:-1] + self.weights[-1]).astype(float)
        at = np.minimum(np.searchsorted(self.columns, articles), len(self.columns) - 1)
        known = self.columns[at] == articles
        of = {
            int(column): float(scores[place]) for place, column in enumerate(self.columns[:2]) if column <= 0
        }
        own = np.where(known, scores[at], of.get(OTHER, -np.inf))
        # OTHER is one class however many of its articles are here.
        rivals = [*scores[at[known]], *of.values()]
        total = np.logaddexp.reduce(rivals) if rivals else 0.0
        none = of[NONE] - total if NONE in of else LEAST
        return Shares(np.maximum(own - total, LEAST), max(none, LEAST))

    def as_bytes(self) -> bytes:
        """The numbers in half precision, as `read` takes them."""
        parts = (self.middle, self.basis, self.weights)
        return b"".join(part.astype("<f2").tobytes() for part in parts)

    @classmethod
    def read(cls, blob: bytes, columns: list[int], *, dimensions: int) -> Classes:
        """What `as_bytes` made of a classifier with these columns, for vectors of so many dimensions."""
        numbers = np.frombuffer(blob, "<f2").astype(np.float32)
        directions = (len(numbers) - dimensions - len(columns)) // (dimensions + len(columns))
        first, second = dimensions, dimensions + dimensions * directions
        return cls(
            numbers[:first],
            numbers[first:second].reshape(dimensions, directions),
            numbers[second:].reshape(directions + 1, len(columns)),
            np.array(columns, np.int64),
        )


def fit(
    vectors: Vectors, owners: Ints, weights: NDArray[np.float32] | None = None, *, like: Classes | None = None
) -> Classes:
    """The classifier of wordings: vectors (rows, dimensions), and the article, NONE or OTHER of each.

    weights  how much each wording counts; all the same without
    like     a classifier of the same rows and more, whose directions are taken

    Raises ValueError for fewer than two owners.
    """
    columns, place = np.unique(owners, return_inverse=True)
    if len(columns) < 2:
        raise ValueError("Telling articles apart needs two of them.")
    middle, basis = (like.middle, like.basis) if like else _directions(vectors)
    found = (vectors - middle) @ basis

    def loss(table: Any) -> tuple[float, Any]:
        return classes_loss(table, found, place, len(columns), penalty=PENALTY, case_weights=weights)

    start = np.zeros((found.shape[1] + 1) * len(columns))
    table = minimise(loss, start, steps=STEPS, tolerance=1e-5)
    return Classes(middle, basis, table.reshape(-1, len(columns)).astype(np.float32), columns)


def _directions(vectors: Vectors) -> tuple[Vectors, Vectors]:
    middle = vectors.mean(axis=0)
    apart = vectors - middle
    sizes, ways = np.linalg.eigh((apart.T @ apart / len(apart)).astype(np.float64))
    sizes, ways = sizes[::-1][:DIRECTIONS], ways[:, ::-1][:, :DIRECTIONS]
    scale = np.maximum(sizes, max(sizes[0], 1e-12) * 1e-6) ** 0.25
    return middle.astype(np.float32), (ways / scale).astype(np.float32)
