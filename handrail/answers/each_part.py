"""How near articles are by each of a vector's parts (encoder.py) alone, by the middle of their wordings and by votes.

Both parts together blur it: where one encoder sees through a wording and the other does not, their mean says neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoder import CLOSE, WIDE
from handrail.answers.vectors import NEIGHBOURS, Near

ROWS_EACH = 16  # nearest wordings of an article; beyond them its middle moves little
VOTE_WIDTH = 0.05  # of cosine: a wording so much further away has a third of the vote

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class EachPart:
    """(articles,) each; zeros where no encoder of its own language read the question."""

    centre_close: Floats
    centre_wide: Floats
    votes_close: Floats
    votes_wide: Floats


def each_part(near: Near, articles: list[int]) -> EachPart:
    """Of these articles, from their wordings that are like questions and that the viewer may see."""
    nothing = np.zeros(len(articles))
    if not len(near.best) or not near.is_close or not articles:
        return EachPart(nothing, nothing, nothing, nothing)
    rows, owner = _rows(near, articles)
    if not len(rows):
        return EachPart(nothing, nothing, nothing, nothing)
    vectors = near.snapshot.meanings.vectors(rows)
    begins = np.flatnonzero(np.diff(owner, prepend=-1))  # rows of one article stand together
    found: dict[str, Floats] = {}
    for name, part in (("close", CLOSE), ("wide", WIDE)):
        mine, asked = _unit(vectors[:, part]), _unit(near.vector[None, part])[0]
        sums = np.zeros((len(articles), mine.shape[1]), np.float32)
        sums[owner[begins]] = np.add.reduceat(mine, begins, axis=0)
        found[f"centre_{name}"] = (_unit(sums) @ asked).astype(np.float64)
        found[f"votes_{name}"] = _votes(mine @ asked, owner, len(articles))
    return EachPart(**found)


def _rows(near: Near, articles: list[int]) -> tuple[Ints, Ints]:
    """The nearest wordings of each article, and whose they are."""
    snapshot, wanted = near.snapshot, np.array(articles)
    at = np.minimum(np.searchsorted(snapshot.articles, wanted), len(snapshot.articles) - 1)
    places = np.flatnonzero(snapshot.articles[at] == wanted)
    begins = snapshot.starts[at[places]]
    sizes = np.append(snapshot.starts[1:], len(near.cosine))[at[places]] - begins
    ends = np.cumsum(sizes)
    rows = np.arange(sizes.sum()) + np.repeat(begins - ends + sizes, sizes)
    owner = np.repeat(places, sizes)
    usable = near.seen[rows] & snapshot.like_question[rows]
    return _nearest(near, rows[usable], owner[usable])


def _nearest(near: Near, rows: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """ROWS_EACH rows of each owner at most; an owner's rows stand together, before and after."""
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    sizes = np.diff(begins, append=len(rows))
    left_out = np.zeros(len(rows), np.bool_)
    for start, size in zip(begins[sizes > ROWS_EACH], sizes[sizes > ROWS_EACH], strict=True):
        cosine = near.cosine[rows[start : start + size]]
        left_out[start + np.argpartition(-cosine, ROWS_EACH - 1)[ROWS_EACH:]] = True
    return rows[~left_out], owner[~left_out]


def _votes(cosine: NDArray[np.float32], owner: Ints, count: int) -> Floats:
    most = min(NEIGHBOURS, len(cosine))
    nearest = np.argpartition(-cosine, most - 1)[:most]
    weights = np.exp((cosine[nearest] - cosine[nearest].max()) / VOTE_WIDTH)
    votes = np.zeros(count)
    np.add.at(votes, owner[nearest], weights / weights.sum())
    return votes


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))
