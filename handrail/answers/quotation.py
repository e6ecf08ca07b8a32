"""The passage of an article that answers, word for word."""

from __future__ import annotations

import numpy as np

from handrail.accounts.viewer import Viewer
from handrail.answers.entries import Entry
from handrail.answers.index.bm25 import Corpus
from handrail.answers.results import Text

# A good article answers first; a later passage must share clearly more with the question to be quoted instead.
FIRST_IS_WORTH = 0.15
# Words of wishing, as the analyser and the stemmer leave them: rare in articles, so they would outweigh what is wished for.
OF_WISHING = ("싶", "want")


def quote(text: Text, corpus: Corpus, viewer: Viewer) -> str:
    """The passage of the published text that shares most with the question; its title where it has no body."""
    rows = Entry.objects.visible_to(viewer).filter(
        article=text.article, locale=text.locale, kind=Entry.Kind.PASSAGE
    )
    found = list(rows.order_by("position").values_list("text", "terms"))
    if not found:
        return text.title
    wished = corpus.without(OF_WISHING)
    scores = wished.scores([bytes(terms) for _passage, terms in found])
    worth = scores.bm25[:, 0] * wished.mass[0] / max(corpus.mass[0], 1e-9) + 0.5 * scores.bm25[:, 1]
    worth[0] += FIRST_IS_WORTH
    return str(found[int(np.argmax(worth))][0])
