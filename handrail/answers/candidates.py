"""Which articles might answer: those that share words, and those that are near in meaning, as far as one may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from django.db.models import BinaryField, F, OuterRef, QuerySet, Subquery, Value
from numpy.typing import NDArray

from handrail.accounts.viewer import Viewer
from handrail.answers.contexts import Contexts, known
from handrail.answers.entries import IndexState, Vector, Within
from handrail.answers.index import Counts, choose, lexical_index
from handrail.answers.index.bm25 import Corpus
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.question import Question
from handrail.answers.vector_rows import snapshot
from handrail.answers.vectors import Near
from handrail.answers.wholes import Whole
from handrail.core.prepared import rows_of, sql_with
from handrail.knowledge.audiences import keys_of

BY_WORDS = 60  # rows
BY_MEANING = 40  # articles, by their nearest wording; half as many more by the middle of their wordings
WORDINGS_EACH = 2  # nearest wordings read of an article that is near
NEAREST, WORDINGS_OF_NEAREST = (
    12,
    5,
)  # articles, and of each: what may come first is looked at from more sides
WHOLE = "whole"  # beside the kinds of rows, where both are read at once


@dataclass(frozen=True)
class Row:
    """One wording of one candidate; `cosine` and `wide` are 0 where it has no vector, `pieces` is empty without any.

    article  0 for a past question that none of ours answers
    product  that of the article; 0 without one
    """

    entry: int
    article: int
    product: int
    locale: str
    kind: str
    terms: bytes
    cosine: float
    wide: float
    pieces: bytes = b""


@dataclass(frozen=True)
class Words:
    """The words of one candidate as a whole (wholes.py) in one language, the topic it stands under and its kind."""

    article: int
    topic: int
    kind: str
    numbers: NDArray[np.uint32]


@dataclass(frozen=True)
class Candidates:
    """Rows, already read through what the viewer may see, with what is needed to score them."""

    question: Question
    rows: list[Row]
    wholes: list[Words]
    contexts: Contexts
    near: Near
    corpus: Corpus
    state: IndexState

    @property
    def articles(self) -> list[int]:
        """Each candidate once, in the order of its id."""
        return sorted({row.article for row in self.rows if row.article})

    @property
    def has_meaning(self) -> bool:
        """Whether anything was compared by meaning: there was an encoder for the question, and for the articles before."""
        return len(self.near.best) > 0


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
    within = Within(keys_of(viewer), product, without)
    terms = question.all_terms()
    counts: Counts = lexical_index().counts(terms)
    by_words = _by_words(question, counts, within, state)
    near = Near.nothing()
    if question.vector is not None:
        matrix = snapshot(state.stamp, vector_model)
        near = matrix.near(question.vector, viewer=viewer, product=product, without=without, also=by_words)
    wanted = list(dict.fromkeys([*by_words, *_by_meaning(near)]))
    found = _read(wanted, within, vector_model if len(question.pieces) else "")
    rows = _rows(found, near, is_korean=bool(HANGUL_RUN.search(question.text)))
    wholes = [
        Words(article, topic, sort, np.frombuffer(bytes(words), "<u4"))
        for _pk, article, _locale, kind, words, topic, sort, _pieces in found
        if kind == WHOLE
    ]
    corpus = Corpus.now(terms, counts, state)
    return Candidates(question, rows, wholes, known(state.stamp, vector_model), near, corpus, state)


def _vector_model() -> str:
    from handrail.answers.model_client import current

    return current().vector_model


def _by_words(question: Question, counts: Counts, within: Within, state: IndexState) -> list[int]:
    index = lexical_index()
    terms = choose(question.all_terms(), counts, postings_max=index.postings_max)
    corpus = Corpus.now(terms, counts, state)
    return index.propose(terms, within=within, limit=BY_WORDS, corpus=corpus)


def _by_meaning(near: Near) -> list[int]:
    if not len(near.best):
        return []
    best = _top(near.best, BY_MEANING)
    centre = _top(near.centre, BY_MEANING // 2)
    nearest = {*_top(near.best, NEAREST), *_top(near.centre, NEAREST // 2)}
    found: list[int] = []
    for at in {*best, *centre}:
        if near.snapshot.articles[at] == 0 or near.best[at] <= -1.0:
            continue
        rows = near.rows_of(at)
        cosine = near.cosine[rows]
        wordings = WORDINGS_OF_NEAREST if at in nearest else WORDINGS_EACH
        found += [
            int(near.snapshot.entry[rows.start + place])
            for place in _top(cosine, wordings)
            if cosine[place] > -1.0
        ]
    return found


def _top(values: np.ndarray, count: int) -> list[int]:
    if len(values) <= count:
        return list(range(len(values)))
    return [int(at) for at in np.argpartition(-values, count - 1)[:count]]


def _read(wanted: list[int], within: Within, pieces_by: str) -> list[tuple[Any, ...]]:
    """(pk, article, locale, kind, terms, product, "", pieces) of the rows, and in one query of the wholes of their articles
    (pk, article, locale, WHOLE, words, topic, the article's kind, none).

    pieces_by  the model whose pieces are wanted; "" for none
    """
    build = partial(_rows_and_wholes, within, pieces_by)
    return rows_of(*sql_with(("candidates", within.shape, pieces_by), build, wanted, within.without))


def _rows_and_wholes(within: Within, pieces_by: str, wanted: list[int], without: str) -> QuerySet[Any, Any]:
    rows = within.of(without).filter(pk__in=wanted)
    wholes = Whole.objects.read_with(within.keys).filter(article__in=rows.values("article"))
    columns, read = ("pk", "article_id", "locale"), ("of", "held", "under", "sort", "parts")
    nothing = Value(b"", output_field=BinaryField())
    own = Vector.objects.by(pieces_by).filter(text_hash=OuterRef("text_hash")).values("pieces")[:1]
    parts = Subquery(own) if pieces_by else nothing
    return (
        rows.annotate(of=F("kind"), held=F("terms"), under=F("product_id"), sort=Value(""), parts=parts)
        .values_list(*columns, *read)
        .union(
            wholes.annotate(
                of=Value(WHOLE), held=F("words"), under=F("topic_id"), sort=F("article__kind"), parts=nothing
            ).values_list(*columns, *read),
            all=True,
        )
    )


def _rows(found: list[tuple[Any, ...]], near: Near, *, is_korean: bool) -> list[Row]:
    read = [each for each in found if each[3] != WHOLE]
    parts = near.parts_of([pk for pk, *_others in read])
    rows = []
    for pk, article, locale, kind, terms, product, _sort, pieces in read:
        wide, close = parts.get(pk, (0.0, None))
        # The close part of a text in another language was made by another encoder and says nothing here.
        cosine = close if close is not None and locale.startswith("ko") == is_korean else wide
        near_by = (max(0.0, cosine), max(0.0, wide))
        row = Row(pk, article or 0, product or 0, locale, kind, bytes(terms), *near_by, bytes(pieces or b""))
        rows.append(row)
    return rows
