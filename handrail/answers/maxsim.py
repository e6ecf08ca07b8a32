"""How well question and wording meet piece by piece: late interaction (Khattab and Zaharia 2020, ColBERT).

One vector a text blurs what it is about; two questions that differ in one word come near to each other. Here each piece of
the question looks for the piece of a wording that means most nearly the same where it stands, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoder import Pieces

LEAST = 2  # pieces of the question that are met worst

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MaxSim:
    """(articles,) each, mean cosines; zeros where question or article has no pieces.

    there  of the question's pieces, by the wording that meets them best
    back   of a wording's pieces, by the wording that is met best
    whole  of the question's pieces, each by whichever wording of the article meets it best
    least  the same of only those pieces that are met worst: what the article does not speak of
    """

    there: Floats
    back: Floats
    whole: Floats
    least: Floats


def meet(question: Pieces, wordings: list[Pieces], owner: NDArray[np.int64], count: int) -> MaxSim:
    """Compare a question with the wordings of `count` articles.

    owner  for each wording the place of its article
    """
    nothing = np.zeros(count)
    order = [int(at) for at in np.argsort(owner, kind="stable") if len(wordings[at])]
    if not len(question) or not order:
        return MaxSim(nothing, nothing, nothing, nothing)
    sizes = np.array([len(wordings[at]) for at in order])
    starts = np.append(0, np.cumsum(sizes)[:-1])
    nearness = _unit(question) @ _unit(np.concatenate([wordings[at] for at in order])).T
    met = np.maximum.reduceat(nearness, starts, axis=1)  # (pieces of the question, wordings)
    back = np.add.reduceat(nearness.max(axis=0), starts) / sizes
    articles, begins = np.unique(owner[order], return_index=True)  # wordings of one article stand together
    whole = np.maximum.reduceat(met, begins, axis=1)
    least = np.sort(whole, axis=0)[:LEAST].mean(axis=0)

    def placed(values: NDArray[np.float32]) -> Floats:
        found = np.zeros(count)
        found[articles] = values
        return found

    return MaxSim(
        there=placed(np.maximum.reduceat(met.mean(axis=0), begins)),
        back=placed(np.maximum.reduceat(back, begins)),
        whole=placed(whole.mean(axis=0)),
        least=placed(least),
    )


def _unit(pieces: Pieces) -> NDArray[np.float32]:
    rows = pieces.astype(np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
