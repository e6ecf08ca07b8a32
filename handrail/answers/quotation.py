"""The passage of an article that answers, word for word."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from django.db.models import QuerySet

from handrail.accounts.viewer import Viewer
from handrail.answers.analysis.terms import hashed, pack, unpack
from handrail.answers.entries import Entry
from handrail.answers.features import Floats
from handrail.answers.index.bm25 import Corpus
from handrail.answers.projection import analyse
from handrail.answers.results import Text
from handrail.answers.tables import ABOUT
from handrail.answers.vector_rows import SECTIONS_MIN
from handrail.core.prepared import rows_of, sql_with
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.models import Translation

# A good article answers first; a later passage must say clearly more of what is asked beyond the title to be quoted instead.
FIRST_IS_WORTH = 0.25
# Words of wishing, as the analyser and the stemmer leave them: rare in articles, so they would outweigh what is wished for.
OF_WISHING = hashed(("싶", "want"))
WORD, GRAM = 0, 1


def quote(text: Text, corpus: Corpus, viewer: Viewer) -> str:
    """The passage of the published text that shares most with what the question asks beyond the title.

    What the title says too is true of the whole article and tells no passage from another; a question that asks nothing
    beyond it is answered by how the article begins. The title where it has no body, and "" where there are words but
    none to quote, as on a page that is only a table of contents.
    """
    keys = keys_of(viewer)
    found = rows_of(*sql_with(("passages", keys), partial(_in_order, keys), text.article, text.locale))
    passages = [(words, bytes(terms)) for kind, words, terms in found if kind == Entry.Kind.PASSAGE]
    if not passages:
        return "" if _has_words(text) else text.title
    title = next((unpack(bytes(terms)) for kind, _words, terms in found if kind == Entry.Kind.TITLE), None)
    beyond = corpus
    if title is not None:
        beyond = corpus.without(np.concatenate([title[WORD], OF_WISHING]), title[GRAM])
    scores = beyond.scores([terms for _words, terms in passages]).bm25
    left = [beyond.mass[at] / max(corpus.mass[at], 1e-9) for at in (WORD, GRAM)]
    worth = scores[:, WORD] * left[WORD] + 0.5 * scores[:, GRAM] * left[GRAM]
    worth += _of_their_sections([(kind, bytes(terms)) for kind, _words, terms in found], beyond, left[WORD])
    return _rows_asked_for(str(passages[int(np.argmax(worth))][0]), beyond)


def _in_order(keys: frozenset[str], article: int, locale: str) -> QuerySet[Any, Any]:
    kinds = (Entry.Kind.TITLE, Entry.Kind.HEADING, Entry.Kind.PASSAGE)
    rows = Entry.objects.read_with(keys).filter(article=article, locale=locale, kind__in=kinds)
    return rows.order_by("position").values_list("kind", "text", "terms")


def _of_their_sections(rows: list[tuple[str, bytes]], beyond: Corpus, left: float) -> Floats:
    """(passages,) what each is worth by where it stands; rows are kind and terms, as they follow one another.

    left  share of the question that the title does not say

    A short article begins with its answer. On a long page each section does, and its heading tells which is meant.
    """
    headings = [terms for kind, terms in rows if kind == Entry.Kind.HEADING]
    is_long = len(headings) >= SECTIONS_MIN
    shares = left * beyond.scores(headings).bm25[:, WORD] if is_long else np.zeros(len(headings))
    found: list[float] = []
    heading, is_first = -1, True
    for kind, _terms in rows:
        if kind == Entry.Kind.HEADING:
            heading, is_first = heading + 1, is_long
        elif kind == Entry.Kind.PASSAGE:
            found.append(FIRST_IS_WORTH * is_first + (float(shares[heading]) if heading >= 0 else 0.0))
            is_first = False
    return np.array(found)


def _has_words(text: Text) -> bool:
    rows = Translation.objects.filter(article=text.article, locale=text.locale, published__isnull=False)
    return bool("".join(rows.values_list("published__text", flat=True)).strip())


def _rows_asked_for(passage: str, beyond: Corpus) -> str:
    """Of a passage with rows of a table the rows that say most of what is asked; all of it where no row says more."""
    rows = [line for line in passage.split("\n") if ABOUT in line]
    if len(rows) < 2:
        return passage
    scores = beyond.scores([pack(terms) for terms in analyse(rows)]).share
    worth = scores[:, WORD] * beyond.mass[WORD] + 0.5 * scores[:, GRAM] * beyond.mass[GRAM]
    most = float(worth.max())
    if most <= 0.0 or float(worth.min()) == most:
        return passage
    return "\n".join(row for row, each in zip(rows, worth, strict=True) if each == most)
