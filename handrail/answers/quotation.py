"""The passage of an article that answers, word for word."""

from __future__ import annotations

import numpy as np

from handrail.accounts.viewer import Viewer
from handrail.answers.entries import Entry
from handrail.answers.index.bm25 import Corpus
from handrail.answers.results import Text

# A good article answers first; a later passage must share clearly more with the question to be quoted instead.
FIRST_IS_WORTH = 0.15
# Words of asking, as the analyser and the stemmer leave them: rare in articles, so they would outweigh what is asked for.
OF_ASKING = ("싶", "주", "하", "되", "want", "need", "like", "would", "could", "can", "pleas", "how", "do")


def quote(text: Text, corpus: Corpus, viewer: Viewer) -> str:
    """The passage of the published text that shares most with the question; its title where it has no body."""
    rows = Entry.objects.visible_to(viewer).filter(
        article=text.article, locale=text.locale, kind=Entry.Kind.PASSAGE
    )
    found = list(rows.order_by("position").values_list("text", "terms"))
    if not found:
        return text.title
    scores = corpus.without(OF_ASKING).scores([bytes(terms) for _passage, terms in found])
    worth = scores.bm25[:, 0] + 0.5 * scores.bm25[:, 1]
    worth[0] += FIRST_IS_WORTH
    return str(found[int(np.argmax(worth))][0])
