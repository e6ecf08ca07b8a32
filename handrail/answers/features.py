"""What is measured of each candidate, and of the list they make. The names are kept in fitted coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.candidates import Candidates
from handrail.answers.classes import Classes, Shares
from handrail.answers.coverage import cover
from handrail.answers.each_part import each_part
from handrail.answers.encoder import pieces_from
from handrail.answers.maxsim import meet

Floats = NDArray[np.float64]

# word, gram, letter: BM25 of the best wording, as a share of what the question could reach; `2`: mean of the two best.
# cosine: nearness by the best encoder there is for the question's language; wide: by the one for all languages, zero
# where it is the best one; centre, votes: by both together, and by each alone (each_part.py); met: piece by piece (maxsim.py); classed: log probability by the classifier (classes.py),
# zero where there is none. The rest is of coverage.py: whether the article as a whole, with its product's and topic's
# names, explains the question, or names only half of what was asked.
COVERAGE = (
    *("said", "said_gram", "covered", "lacking"),
    *("context", "context_gram", "named", "context_cosine", "family"),
)
ARTICLE = (
    *("word", "word2", "word_share", "gram", "gram2", "gram_share", "letter", "letter2"),
    *("cosine", "cosine2", "centre", "votes"),
    *("wide", "wide2"),
    *("centre_close", "centre_wide", "votes_close", "votes_wide"),
    *("met", "met_back", "met_whole", "met_least"),
    "classed",
    *COVERAGE,
)
OF_FIRST = (
    *("word", "word_share", "gram", "gram_share", "letter"),
    *("cosine", "centre", "votes", "wide", "classed"),
    *("said_gram", "covered", "lacking", "named", "context_cosine", "family"),
)
# How far the first is behind the greatest: where the question names another product than the first one's, it is.
BEHIND = (
    *("cosine", "word", "gram", "wide", "classed"),
    *("said_gram", "covered", "named", "context_cosine", "family"),
)
# How far the first is ahead of the best of all others by each measure, below zero where it is behind.
AHEAD = (
    *("word", "word2", "gram", "gram2", "letter", "letter2"),
    *("cosine", "cosine2", "centre", "votes", "wide"),
    *("centre_close", "centre_wide", "votes_close", "met", "met_back", "met_whole", "met_least", "classed"),
    *("said_gram", "covered", "named", "context_cosine", "family"),
)
# Of these views that see anything, the share by which the first is first: whether they agree.
VIEWS = (
    *("word2", "gram2", "letter2", "cosine", "votes", "centre_close", "centre_wide"),
    *("met", "met_back", "met_whole", "said_gram", "covered"),
)
LIST = (
    *("margin2", "margin5", "chance"),
    *OF_FIRST,
    *(f"{name}_behind" for name in BEHIND),
    *(f"{name}_ahead" for name in AHEAD),
    "agree",
    *("unanswered_word", "unanswered_gram"),
    *("known_unanswered", "none_votes", "none_classed", "length"),
)
# What a confidence is fitted on. What is behind stands in what is ahead too, and is measured only for sites whose
# coefficients were fitted by an earlier release.
FITTED = tuple(name for name in LIST if not name.endswith("_behind"))
COVERED = ARTICLE.index("covered")
_AHEAD_AT, _VIEWS_AT = ([ARTICLE.index(name) for name in names] for names in (AHEAD, VIEWS))


@dataclass(frozen=True)
class Measured:
    """One question's candidates as numbers: (articles, ARTICLE), and what only the whole list knows.

    unanswered       nearness of the nearest past question that nothing answers
    like_unanswered  what such a question shares with this one at most: BM25 by words, and by pairs of letters
    """

    articles: list[int]
    table: Floats
    unanswered: float
    length: float
    none_votes: float = 0.0
    none_classed: float = 0.0
    like_unanswered: tuple[float, float] = (0.0, 0.0)


def measure(candidates: Candidates, classes: Classes | None = None) -> Measured:
    """The features of every candidate article, in the order of `candidates.articles`.

    classes  the site's own classifier, where it has learned one for the encoder that read the question
    """
    articles = candidates.articles
    length = float(np.log1p(len(candidates.question.text)))
    unanswered, none_votes = candidates.near.unanswered(), candidates.near.unanswered_votes()
    if not candidates.rows:
        return Measured([], np.zeros((0, len(ARTICLE))), unanswered, length, none_votes)
    scores = candidates.corpus.scores([row.terms for row in candidates.rows])
    answered = np.array([row.article != 0 for row in candidates.rows])
    unknown = scores.bm25[~answered].max(axis=0, initial=0.0)
    like = (float(unknown[0]), float(unknown[1]))
    if not articles:
        nothing = np.zeros((0, len(ARTICLE)))
        return Measured([], nothing, unanswered, length, none_votes, like_unanswered=like)
    place = {article: at for at, article in enumerate(articles)}
    owner = np.array([place[row.article] for row in candidates.rows if row.article])
    cosine = np.array([row.cosine for row in candidates.rows])[answered]
    wide = np.array([row.wide for row in candidates.rows])[answered] * candidates.near.is_close
    centre, votes = _by_article(candidates, articles)
    bm25, share = scores.bm25[answered], scores.share[answered]
    word, word2 = _two_best(bm25[:, 0], owner, len(articles))
    gram, gram2 = _two_best(bm25[:, 1], owner, len(articles))
    letter, letter2 = _two_best(bm25[:, 2], owner, len(articles))
    near, near2 = _two_best(cosine, owner, len(articles))
    far, far2 = _two_best(wide, owner, len(articles))
    word_share, _second = _two_best(share[:, 0], owner, len(articles))
    gram_share, _second = _two_best(share[:, 1], owner, len(articles))
    shares = _shares(candidates, classes, articles)
    wordings = [pieces_from(row.pieces) for row in candidates.rows if row.article]
    lexical = (word, word2, word_share, gram, gram2, gram_share, letter, letter2)
    alone = each_part(candidates.near, articles)
    parts = (alone.centre_close, alone.centre_wide, alone.votes_close, alone.votes_wide)
    met = meet(candidates.question.pieces, wordings, owner, len(articles))
    pieces = (met.there, met.back, met.whole, met.least)
    dense = (near, near2, centre, votes, far, far2, *parts, *pieces, shares.articles)
    found = cover(candidates, articles, scores, owner, answered)
    explained = tuple(getattr(found, name) for name in COVERAGE)
    table = np.column_stack((*lexical, *dense, *explained))
    return Measured(articles, table, unanswered, length, none_votes, shares.none, like)


def of_list(measured: Measured, scores: Floats) -> Floats:
    """The LIST features of a ranked list; zeros where nothing was found.

    scores  the ranker's, in the order of `measured.articles`
    """
    last = [measured.none_votes, measured.none_classed, measured.length]
    if not len(scores):
        nothing = [0.0] * (len(LIST) - 6)
        return np.array([*nothing, *measured.like_unanswered, measured.unanswered, *last])
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
            *_ahead(table, top),
            _agree(table[:, _VIEWS_AT], top),
            *measured.like_unanswered,
            max(known, -1.0),
            measured.none_votes,
            measured.none_classed - column["classed"][top] if measured.none_classed else 0.0,
            measured.length,
        ]
    )


def _ahead(table: Floats, top: np.intp) -> Floats:
    others = np.delete(table[:, _AHEAD_AT], top, axis=0)
    return np.asarray(table[top, _AHEAD_AT] - (others.max(axis=0) if len(others) else 0.0))


def _agree(views: Floats, top: np.intp) -> float:
    best = views.max(axis=0)
    seen = best > 0
    return float((views[top] >= best - 1e-9)[seen].mean()) if seen.any() else 0.0


def _shares(candidates: Candidates, classes: Classes | None, articles: list[int]) -> Shares:
    vector = candidates.question.vector
    # Half a vector stands nowhere near what the classifier learned from.
    if classes is None or vector is None or "embeddings" in candidates.question.missing:
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
