"""Which product is meant: where a question names none and several have an article for it, we ask and do not guess."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.terms import FIELDS, unpack
from handrail.answers.candidates import Candidates
from handrail.answers.entries import Entry
from handrail.answers.features import ARTICLE, COVERED, Floats, Measured
from handrail.answers.gate import Gate

COSINE, VOTES = (ARTICLE.index(name) for name in ("cosine", "votes"))
WORD = FIELDS.index("word")
SHOWN = 3  # as many as are offered to choose from


def one_of_each(candidates: Candidates, measured: Measured, scores: Floats, gate: Gate) -> list[int]:
    """The best article of each product that may be meant, best first; none where one product is meant, or named.

    The first article's product is meant unless what is near in meaning says otherwise: another product's article is
    nearer, or those of other products, among the first three, have more of the nearest wordings than it has itself.
    Nor is it meant where the first article's title names its product, as in "When the lamp won't turn on", the question
    names none, and an article of another product holds as many of its words; nor where the question names none and such an
    article would be answered from by itself if only its own product were there, as for "is it waterproof".
    """
    product = {row.article: row.product for row in candidates.rows if row.article}
    order = [int(at) for at in np.argsort(-scores, kind="stable")[:SHOWN]]
    of = [product[measured.articles[at]] for at in order]
    rivals = [at for at, each in zip(order, of, strict=True) if each != of[0]]
    if not rivals or not candidates.has_meaning:
        return []
    cosine, votes = measured.table[:, COSINE], measured.table[:, VOTES]
    own = [at for at, each in zip(order, of, strict=True) if each == of[0]]
    is_nearest = cosine[own].max() >= cosine[rivals].max()
    leads = is_nearest and votes[own].sum() >= votes[rivals].sum()
    named = _named(candidates)
    is_named = named[of[0]] > max((count for each, count in named.items() if each != of[0]), default=0)
    covered = measured.table[:, COVERED]
    are_alike = [at for at in rivals if covered[at] >= covered[order[0]]]
    is_doubted = bool(are_alike) and _says_more(candidates, measured.articles[order[0]], of[0])
    if are_alike and not is_named and not is_doubted and not _names_any(candidates):
        products = np.array([product[article] for article in measured.articles])
        alone = [np.flatnonzero(products == products[at]) for at in are_alike]
        is_doubted = any(_is_sure_alone(rows, measured, scores, gate) for rows in alone)
    if (leads or is_named) and not is_doubted:
        return []
    best: dict[int, int] = {}
    for at, each in zip(order, of, strict=True):
        best.setdefault(each, measured.articles[at])
    return list(best.values())


def _is_sure_alone(rows: NDArray[np.int64], measured: Measured, scores: Floats, gate: Gate) -> bool:
    """Whether these candidates, with no others beside them, would be answered from."""
    alone = replace(measured, articles=[measured.articles[at] for at in rows], table=measured.table[rows])
    return gate.coefficients.confidence(alone, scores[rows]) >= gate.answer_from


def _names_any(candidates: Candidates) -> bool:
    """Whether a word of the question stands in the name of any product."""
    words = candidates.corpus.terms[WORD]
    return any(bool(np.isin(own, words).any()) for own in candidates.contexts.names.values())


def _says_more(candidates: Candidates, article: int, product: int) -> bool:
    """Whether the title of an article names its product, and the question no product at all."""
    names = candidates.contexts.names
    if _names_any(candidates):
        return False
    own = names.get(product, np.empty(0, np.uint32))
    titles = [row.terms for row in candidates.rows if row.article == article and row.kind == Entry.Kind.TITLE]
    return any(bool(np.isin(own, unpack(terms)[WORD]).any()) for terms in titles)


def _named(candidates: Candidates) -> defaultdict[int, int]:
    """Product -> how many words of the question stand in its own name and description, and so in every context of it."""
    contexts, corpus = candidates.contexts, candidates.corpus
    held = corpus.scores(contexts.terms).hits[WORD]
    by_product: dict[int, list[Any]] = {}
    for topic, rows in contexts.place.items():
        by_product.setdefault(contexts.product[topic], []).append(held[rows].any(axis=0))
    return defaultdict(int, {each: int(np.all(held, axis=0).sum()) for each, held in by_product.items()})
