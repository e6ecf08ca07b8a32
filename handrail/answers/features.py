"""What is measured of each candidate, and of the list they make. The names are kept in fitted coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.candidates import Candidates
from handrail.answers.classes import Classes, Shares

Floats = NDArray[np.float64]

# word, gram, letter: BM25 of the best wording, as a share of what the question could reach; `2`: mean of the two best.
# cosine: nearness by the best encoder there is for the question's language; wide: by the one for all languages, zero
# where it is the best one; centre, votes: by both together; classed: log probability by the classifier (classes.py),
# zero where there is none.
ARTICLE = (
    *("word", "word2", "word_share", "gram", "gram2", "gram_share", "letter", "letter2"),
    *("cosine", "cosine2", "centre", "votes"),
    *("wide", "wide2"),
    "classed",
)
OF_FIRST = (
    *("word", "word_share", "gram", "gram_share", "letter"),
    *("cosine", "centre", "votes", "wide", "classed"),
)
BEHIND = ("cosine", "word", "gram", "wide", "classed")  # how far the first is behind the greatest
LIST = (
    *("margin2", "margin5", "chance"),
    *OF_FIRST,
    *(f"{name}_behind" for name in BEHIND),
    *("known_unanswered", "none_votes", "none_classed", "length"),
)


@dataclass(frozen=True)
class Measured:
    """One question's candidates as numbers: (articles, ARTICLE), and what only the whole list knows."""

    articles: list[int]
    table: Floats
    unanswered: float
    length: float
    none_votes: float = 0.0
    none_classed: float = 0.0


def measure(candidates: Candidates, classes: Classes | None = None) -> Measured:
    """The features of every candidate article, in the order of `candidates.articles`.

    classes  the site's own classifier, where it has learned one for the encoder that read the question
    """
    articles = candidates.articles
    length = float(np.log1p(len(candidates.question.text)))
    unanswered, none_votes = candidates.near.unanswered(), candidates.near.unanswered_votes()
    if not articles:
        return Measured([], np.zeros((0, len(ARTICLE))), unanswered, length, none_votes)
    scores = candidates.corpus.scores([row.terms for row in candidates.rows])
    place = {article: at for at, article in enumerate(articles)}
    owner = np.array([place[row.article] for row in candidates.rows])
    cosine = np.array([row.cosine for row in candidates.rows])
    wide = np.array([row.wide if candidates.near.is_close else 0.0 for row in candidates.rows])
    centre, votes = _by_article(candidates, articles)
    word, word2 = _two_best(scores.bm25[:, 0], owner, len(articles))
    gram, gram2 = _two_best(scores.bm25[:, 1], owner, len(articles))
    letter, letter2 = _two_best(scores.bm25[:, 2], owner, len(articles))
    near, near2 = _two_best(cosine, owner, len(articles))
    far, far2 = _two_best(wide, owner, len(articles))
    word_share, _second = _two_best(scores.share[:, 0], owner, len(articles))
    gram_share, _second = _two_best(scores.share[:, 1], owner, len(articles))
    shares = _shares(candidates, classes, articles)
    lexical = (word, word2, word_share, gram, gram2, gram_share, letter, letter2)
    dense = (near, near2, centre, votes, far, far2, shares.articles)
    return Measured(articles, np.column_stack(lexical + dense), unanswered, length, none_votes, shares.none)


def of_list(measured: Measured, scores: Floats) -> Floats:
    """The LIST features of a ranked list; zeros where nothing was found.

    scores  the ranker's, in the order of `measured.articles`
    """
    last = [measured.none_votes, measured.none_classed, measured.length]
    if not len(scores):
        return np.array([0.0] * (len(LIST) - 4) + [measured.unanswered, *last])
    order = np.argsort(-scores, kind="stable")
    top, table = order[0], measured.table
    column = {name: table[:, at] for at, name in enumerate(ARTICLE)}
    # A missing second is a wording that shares nothing with the question: it scores zero.
    second = scores[order[1]] if len(order) > 1 else 0.0
    fifth = scores[order[4]] if len(order) > 4 else 0.0
    shares = np.exp(scores - scores[top])
    own = [column[name][top] for name in OF_FIRST]
    behind = [column[name].max() - column[name][top] for name in BEHIND]
    known = measured.unanswered - column["cosine"][top] if measured.unanswered else -1.0
    return np.array(
        [
            scores[top] - second,
            scores[top] - fifth,
            1.0 / shares.sum(),
            *own,
            *behind,
            max(known, -1.0),
            measured.none_votes,
            measured.none_classed - column["classed"][top] if measured.none_classed else 0.0,
            measured.length,
        ]
    )


def _shares(candidates: Candidates, classes: Classes | None, articles: list[int]) -> Shares:
    vector = candidates.question.vector
    if classes is None or vector is None:
        return Shares(np.zeros(len(articles)), 0.0)
    return classes.shares(vector, articles)


def _by_article(candidates: Candidates, articles: list[int]) -> tuple[Floats, Floats]:
    near = candidates.near
    centre, votes = np.zeros(len(articles)), np.zeros(len(articles))
    if len(near.best):
        known = near.snapshot.articles
        at = np.minimum(np.searchsorted(known, articles), len(known) - 1)
        hit = known[at] == articles
        centre[hit], votes[hit] = near.centre[at[hit]], near.votes[at[hit]]
    return centre, votes


def _two_best(values: Floats, owner: NDArray[np.int64], count: int) -> tuple[Floats, Floats]:
    """For each owner its greatest value, and the mean of its two greatest (the one where it has one)."""
    order = np.lexsort((-values, owner))
    sorted_owner, sorted_values = owner[order], values[order]
    starts = np.searchsorted(sorted_owner, np.arange(count))
    best = sorted_values[starts]
    follows = np.minimum(starts + 1, len(values) - 1)
    has_two = (starts + 1 < len(values)) & (sorted_owner[follows] == np.arange(count))
    return best, np.where(has_two, (best + sorted_values[follows]) / 2, best)
