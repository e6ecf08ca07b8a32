"""How much of a question an article explains in all its wordings together, and with the words of where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.terms import FIELDS
from handrail.answers.candidates import Candidates
from handrail.answers.index.bm25 import Bools, Scores

Floats = NDArray[np.float64]
WORD, GRAM = FIELDS.index("word"), FIELDS.index("gram")


@dataclass(frozen=True)
class Coverage:
    """One number an article, each 0..1.

    said, said_gram        share of the question's rarity in any wording that was drawn
    covered                the same of words, in the whole text and its context as well
    lacking                rarity of the rarest word that is still in none of them, beside the rarest there is
    context, context_gram  share in the names and descriptions of product and topic
    named                  of the words that name any candidate's product or topic, the share that names this one's
    context_cosine         nearness of the question to those
    family                 share of the nearest wordings that articles of the same product have
    """

    said: Floats
    said_gram: Floats
    covered: Floats
    lacking: Floats
    context: Floats
    context_gram: Floats
    named: Floats
    context_cosine: Floats
    family: Floats


def cover(
    candidates: Candidates, articles: list[int], scores: Scores, owner: NDArray[np.int64], answered: Bools
) -> Coverage:
    """The coverage of every article.

    scores    of all rows
    owner     place in `articles` of each row that belongs to one
    answered  which rows those are
    """
    corpus, count = candidates.corpus, len(articles)
    idf = [each / max(float(each.sum()), 1e-9) for each in corpus.idf]
    words = _together(scores.hits[WORD][answered], owner, count)
    grams = _together(scores.hits[GRAM][answered], owner, count)
    place = {article: at for at, article in enumerate(articles)}
    theirs = np.array([place[whole.article] for whole in candidates.wholes], np.int64)
    whole = _together(corpus.words_held([each.numbers for each in candidates.wholes]), theirs, count)
    context = _Context(candidates, articles)
    explained = words | whole | context.words
    rarest = max(float(corpus.idf[WORD].max(initial=0.0)), 1e-9)
    lacking = np.where(explained, 0.0, corpus.idf[WORD]).max(axis=1, initial=0.0) / rarest
    return Coverage(
        said=words @ idf[WORD],
        said_gram=grams @ idf[GRAM],
        covered=explained @ idf[WORD],
        lacking=lacking,
        context=context.words @ idf[WORD],
        context_gram=context.grams @ idf[GRAM],
        named=context.named(idf[WORD]),
        context_cosine=context.cosine,
        family=candidates.near.family(articles),
    )


class _Context:
    """(articles, terms): which of the question's words and pairs stand in a context of the article; its nearest one."""

    def __init__(self, candidates: Candidates, articles: list[int]) -> None:
        contexts, corpus, question = candidates.contexts, candidates.corpus, candidates.question
        topics = {whole.article: whole.topic for whole in candidates.wholes}
        rows = [contexts.place.get(topics.get(article, 0), []) for article in articles]
        used = sorted({at for each in rows for at in each})
        hits = corpus.scores([contexts.terms[at] for at in used]).hits
        at_row = {row: at for at, row in enumerate(used)}
        flat = np.array([at_row[row] for each in rows for row in each], np.int64)
        owner = np.repeat(np.arange(len(articles)), [len(each) for each in rows])
        self.words = _together(hits[WORD][flat], owner, len(articles))
        self.grams = _together(hits[GRAM][flat], owner, len(articles))
        self.cosine = np.zeros(len(articles))
        if question.vector is not None and used:
            near = np.maximum(contexts.vectors[used] @ question.vector, 0.0)
            np.maximum.at(self.cosine, owner, near[flat])

    def named(self, idf: Floats) -> Floats:
        """0 for all where the question names none."""
        naming = float(idf[self.words.any(axis=0)].sum())
        return self.words @ idf / max(naming, 1e-9)


def _together(hits: Bools, owner: NDArray[np.int64], count: int) -> Bools:
    """(count, terms): what any row of an owner holds."""
    found = np.zeros((count, hits.shape[1]), np.bool_)
    np.logical_or.at(found, owner, hits)
    return found
