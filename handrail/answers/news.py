"""News tells what is new; how something is done stands elsewhere, so news that shares a few words does not come before it."""

from __future__ import annotations

import numpy as np

from handrail.answers.candidates import Candidates
from handrail.answers.features import ARTICLE, Floats, Measured
from handrail.knowledge.models import Article

WORD = (ARTICLE.index("word"),)
MEANING = tuple(ARTICLE.index(name) for name in ("cosine", "centre", "votes"))


def news_behind(candidates: Candidates, measured: Measured, scores: Floats) -> Floats:
    """Scores with news behind the best of everything else; empty where nothing changes.

    News stays first where its words, its nearest wording, the middle of its wordings and their votes all are nearer to the
    question than any other article's: then it is what was asked for.
    """
    nothing = np.empty(0)
    news = {whole.article for whole in candidates.wholes if whole.kind == Article.Kind.NEWS}
    is_news = np.array([article in news for article in measured.articles], bool)
    if not is_news.any() or is_news.all() or not is_news[int(np.argmax(scores))]:
        return nothing
    asked = (*WORD, *MEANING) if candidates.has_meaning else WORD
    if all(_leads(measured.table[:, at], is_news) for at in asked):
        return nothing
    behind = scores.copy()
    # Just behind: what news says about the others' order stays as it is.
    behind[is_news] = np.minimum(scores[is_news], np.nextafter(scores[~is_news].max(), -np.inf))
    return behind


def _leads(values: Floats, is_news: np.ndarray) -> bool:
    return float(values[is_news].max()) > float(values[~is_news].max())
