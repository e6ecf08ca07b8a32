"""Which articles might answer: those that share words, and those that are near in meaning, as far as one may see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handrail.accounts.viewer import Viewer
from handrail.answers.entries import Entry, EntryQuerySet, IndexState
from handrail.answers.index import Counts, choose, lexical_index
from handrail.answers.index.bm25 import Corpus
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.question import Question
from handrail.answers.vector_rows import snapshot
from handrail.answers.vectors import Near

BY_WORDS = 60  # rows
BY_MEANING = 40  # articles, by their nearest wording; half as many more by the middle of their wordings
WORDINGS_EACH = 2  # nearest wordings read of an article that is near


@dataclass(frozen=True)
class Row:
    """One wording of one candidate; `cosine` and `wide` are 0 where it has no vector."""

    entry: int
    article: int
    locale: str
    kind: str
    terms: bytes
    cosine: float
    wide: float


@dataclass(frozen=True)
class Candidates:
    """Rows, already read through what the viewer may see, with what is needed to score them."""

    question: Question
    rows: list[Row]
    near: Near
    corpus: Corpus
    state: IndexState

    @property
    def articles(self) -> list[int]:
        """Each candidate once, in the order of its id."""
        return sorted({row.article for row in self.rows})


def draw(
    question: Question,
    viewer: Viewer,
    *,
    product: int | None = None,
    without: str = "",
    state: IndexState | None = None,
) -> Candidates:
    """Candidates for a question, drawn inside what the viewer may see.

    product  only articles below this product
    without  a text hash whose wordings are left out, so that a past question can't find itself when we measure
    state    of the index, where the caller has just read it
    """
    state = state or IndexState.now()
    vector_model = "" if question.vector is None else _vector_model()
    within = Entry.objects.visible_to(viewer).scoped(product).filter(article__isnull=False)
    if without:
        within = within.exclude(text_hash=without)
    terms = question.all_terms()
    counts: Counts = lexical_index().counts(terms)
    by_words = _by_words(question, counts, within, state)
    near = Near.nothing()
    if question.vector is not None:
        matrix = snapshot(state.stamp, vector_model)
        near = matrix.near(question.vector, viewer=viewer, product=product, without=without, also=by_words)
    wanted = list(dict.fromkeys([*by_words, *_by_meaning(near)]))
    rows = _read(wanted, within, near, is_korean=bool(HANGUL_RUN.search(question.text)))
    return Candidates(question, rows, near, Corpus.now(terms, counts, state), state)


def _vector_model() -> str:
    from handrail.answers.model_client import current

    return current().vector_model


def _by_words(question: Question, counts: Counts, within: EntryQuerySet, state: IndexState) -> list[int]:
    index = lexical_index()
    terms = choose(question.all_terms(), counts, postings_max=index.postings_max)
    corpus = Corpus.now(terms, counts, state)
    return index.propose(terms, within=within, limit=BY_WORDS, corpus=corpus)


def _by_meaning(near: Near) -> list[int]:
    if not len(near.best):
        return []
    best = _top(near.best, BY_MEANING)
    centre = _top(near.centre, BY_MEANING // 2)
    found: list[int] = []
    for at in {*best, *centre}:
        if near.snapshot.articles[at] == 0 or near.best[at] <= -1.0:
            continue
        rows = near.rows_of(at)
        cosine = near.cosine[rows]
        found += [
            int(near.snapshot.entry[rows.start + place])
            for place in _top(cosine, WORDINGS_EACH)
            if cosine[place] > -1.0
        ]
    return found


def _top(values: np.ndarray, count: int) -> list[int]:
    if len(values) <= count:
        return list(range(len(values)))
    return [int(at) for at in np.argpartition(-values, count - 1)[:count]]


def _read(wanted: list[int], within: EntryQuerySet, near: Near, *, is_korean: bool) -> list[Row]:
    known = near.parts_of(wanted)
    values = within.filter(pk__in=wanted).values_list("pk", "article_id", "locale", "kind", "terms")
    found = []
    for pk, article, locale, kind, terms in values:
        wide, close = known.get(pk, (0.0, None))
        # The close part of a text in another language was made by another encoder and says nothing here.
        cosine = close if close is not None and locale.startswith("ko") == is_korean else wide
        found.append(Row(pk, article, locale, kind, bytes(terms), max(0.0, cosine), max(0.0, wide)))
    return found
