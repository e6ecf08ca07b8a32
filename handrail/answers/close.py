"""Rows of one tongue beside one another, as its own encoder sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoder import CLOSE, HANGUL

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# What two texts that share nothing reach: e5's cosines lie between 0.7 and 1 (its authors' note), the others' above 0.
FLOOR: Mapping[int, float] = {HANGUL: 0.7}


@dataclass(frozen=True)
class Close:
    """The rows of one tongue, in the order of the snapshot.

    rows       their places in the snapshot
    articles   of each article with such rows: its place in the snapshot,
    starts     where its rows begin here,
    questions  how many of them are like questions (one at least),
    length     and the length of the sum of those
    """

    tongue: int
    matrix: Floats
    rows: Ints
    articles: Ints
    starts: Ints
    questions: Floats
    length: Floats

    def cosine(self, vector: Floats) -> Floats:
        """How near each row is to a question's vector: 1 the same, 0 nothing in common."""
        return self._above_floor(self.matrix @ vector[CLOSE])

    def centre(self, vector: Floats, counted: NDArray[np.bool_]) -> Floats:
        """How near the middle of each article's rows is, by the rows that count."""
        return self._above_floor(
            centres(self.matrix @ vector[CLOSE], counted, self.starts, self.questions, self.length)
        )

    def _above_floor(self, cosine: Floats) -> Floats:
        floor = np.float32(FLOOR.get(self.tongue, 0.0))
        return np.asarray((cosine - floor) / (1 - floor), np.float32)


def of_tongue(
    tongue: int, matrix: Floats, rows: Ints, article: Ints, articles: Ints, like_question: NDArray[np.bool_]
) -> Close:
    """matrix, rows: the close parts and their places; article, like_question: of every row of the snapshot."""
    of, starts = np.unique(article[rows], return_index=True)
    questions, length = sums(matrix, like_question[rows], starts)
    return Close(tongue, matrix, rows, np.searchsorted(articles, of), starts, questions, length)


def centres(
    cosine: Floats, counted: NDArray[np.bool_], starts: Ints, questions: Floats, length: Floats
) -> Floats:
    """Cosine with the middle of each group of rows.

    The length of the rows' sum is known for all that are like questions; where some don't count, it shrinks with them.
    """
    asked = np.where(counted, cosine, np.float32(0.0))
    part = np.add.reduceat(counted, starts, dtype=np.float32) / questions
    return np.asarray(np.add.reduceat(asked, starts) / np.maximum(length * part, 1e-6), np.float32)


def sums(matrix: Floats, like_question: NDArray[np.bool_], starts: Ints) -> tuple[Floats, Floats]:
    """For each group of rows how many are like questions (one at least), and the length of their sum."""
    count = np.maximum(np.add.reduceat(like_question, starts, dtype=np.float32), 1.0)
    total = np.add.reduceat(matrix * like_question[:, None], starts, axis=0)
    return count, np.linalg.norm(total, axis=1).astype(np.float32)
