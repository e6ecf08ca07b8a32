"""The passage of an article that answers, word for word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from django.db.models import OuterRef, QuerySet, Subquery

from handrail.accounts.viewer import Viewer
from handrail.answers.analysis.terms import hashed, unpack
from handrail.answers.candidates import Candidates
from handrail.answers.cautions import with_cautions
from handrail.answers.encoder import WIDE
from handrail.answers.entries import Entry, Vector
from handrail.answers.features import Floats
from handrail.answers.index.bm25 import Corpus
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.model_client import current
from handrail.answers.passages import PASSAGE_CHARACTERS
from handrail.answers.question import Question
from handrail.answers.quoted_tables import GRAM, WORD, is_table, rows_asked_for, told_apart, with_their_tables
from handrail.answers.results import Hit, Text
from handrail.answers.tables import ABOUT
from handrail.answers.together import quoted_together
from handrail.answers.vector_rows import SECTIONS_MIN
from handrail.core.prepared import rows_of, sql_with
from handrail.knowledge.anchors import anchored
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.excerpt import cut
from handrail.knowledge.models import Translation

# How near in meaning the passage and its heading are, and what share of the question's words it says; fitted on half of
# 97 questions to passages of the demo (benches/README.md), rounded.
MEANING_IS_WORTH, HEADING_IS_WORTH, WORDS_ARE_WORTH = 12.0, 4.0, 6.0
# Without vectors: a good article answers first; a later passage must say clearly more of what is asked beyond the title to be quoted instead.
FIRST_IS_WORTH = 0.25
GLIMPSE_CHARACTERS = 160  # two lines of a card on a wide screen
# Words of wishing and of asking a favour ("배송해 주나요"), as the analyser and the stemmer leave them: they would outweigh what is wished for.
OF_WISHING = hashed(("싶", "want", "주"))


@dataclass(frozen=True)
class Quoted:
    """Words of an article; `heading` is the one they stand below, "" before the first."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Fitting:
    """The passages of a text, and which of them fit a question.

    headings  of each passage the one it stands below; "" before the first
    best, at  the one that comes nearest, and all that answer, in the order of the text
    beyond    the words of the question that the title does not say
    """

    said: list[str]
    headings: list[str]
    best: int
    at: list[int]
    beyond: Corpus


@dataclass(frozen=True)
class Row:
    """One row of a text; `vector` is empty where it has none yet."""

    kind: str
    text: str
    terms: bytes
    vector: Floats


def quote(text: Text, candidates: Candidates, viewer: Viewer) -> Quoted | None:
    """The passage of the published text that answers the question best.

    What the title says too is true of the whole article and tells no passage from another; a question that asks nothing
    beyond it is answered by how the article begins, and where it is not sure which is meant, both are quoted. The title
    where it has no body, and None where there are words but none to quote, as on a page that is only a table of contents.
    """
    found = _fitting(text, candidates, viewer)
    if found is None:
        return None if _has_words(text) else Quoted(text.title)
    at = with_their_tables(found.at, found.said, found.headings)
    blocks = _blocks(at, found.said, found.headings, found.beyond)
    quoted = with_cautions("\n\n".join(blocks), text, viewer, below={found.headings[i] for i in at})
    return Quoted(quoted, found.headings[found.best])


def glimpse(text: Text, candidates: Candidates, viewer: Viewer) -> str:
    """What to show of a text below its title where it is one of several to choose from; "" where there is nothing to show.

    The passage that comes nearest, and what the table after it tells apart: one row where it is the one asked for, else
    what each is about, so that nobody takes "for any reason" for the whole of it.
    """
    found = _fitting(text, candidates, viewer)
    if found is None:
        return ""
    best = found.best
    shown = [rows_asked_for(found.said[best], found.beyond, must_say_all=True)]
    along = [at for at in with_their_tables([best], found.said, found.headings) if at != best]
    if along:
        rows = [found.said[at] for at in along]
        shown.append(told_apart(rows, found.headings[along[0]], found.beyond))
    return "\n".join(cut(" ".join(words.split()), GLIMPSE_CHARACTERS) for words in shown)


def _fitting(text: Text, candidates: Candidates, viewer: Viewer) -> Fitting | None:
    question, corpus = candidates.question, candidates.corpus
    rows = _read(text, keys_of(viewer), "" if question.vector is None else current().vector_model)
    passages = [row for row in rows if row.kind == Entry.Kind.PASSAGE]
    if not passages:
        return None
    title = next((row for row in rows if row.kind == Entry.Kind.TITLE), None)
    beyond = corpus
    if title is not None:
        words, grams = unpack(title.terms)[WORD], unpack(title.terms)[GRAM]
        beyond = corpus.without(np.concatenate([words, OF_WISHING]), grams)
    shares = [beyond.mass[at] / max(corpus.mass[at], 1e-9) for at in (WORD, GRAM)]
    by_words = beyond.scores([row.terms for row in passages]).bm25[:, (WORD, GRAM)] * shares
    above = _above(rows, title)
    if question.vector is not None and all(len(row.vector) for row in (*passages, *filter(None, above))):
        near, near_headings = _nearness(passages, above, question, is_same=_is_same_language(text, question))
        worth = MEANING_IS_WORTH * near + HEADING_IS_WORTH * near_headings
        worth += WORDS_ARE_WORTH * by_words[:, WORD]
        begins = _has_beginning(rows, passages[0], above[0], title)
        best, at = quoted_together(worth, float(near.max()), has_beginning=begins)
    else:
        worth = by_words @ (1.0, 0.5) + _of_their_sections(rows, beyond, shares[WORD])
        best = int(np.argmax(worth))
        at = [best]
    headings = [row.text if row is not None and row is not title else "" for row in above]
    return Fitting([row.text for row in passages], headings, best, at, beyond)


def _blocks(at: list[int], passages: list[str], headings: list[str], beyond: Corpus) -> list[str]:
    found: list[str] = []
    above, is_along = "", False
    for i in at:
        # From the passage above a table on, all its rows belong to what is said there.
        is_along = i - 1 in at and (is_along or not is_table(passages[i - 1]))
        words = rows_asked_for(passages[i], beyond, must_say_all=is_along)
        heading = headings[i] if headings[i] != above or not found else ""
        found.append(_with_its_heading(words, heading, is_beside=len(at) > 1))
        above = headings[i]
    return found


def _has_beginning(rows: list[Row], first: Row, above: Row | None, title: Row | None) -> bool:
    """Whether the article begins with words of its own, short enough to stand beside others; a long page is of many subjects."""
    headings = sum(row.kind == Entry.Kind.HEADING for row in rows)
    return above is title and len(first.text) <= PASSAGE_CHARACTERS and headings < SECTIONS_MIN


def _with_its_heading(text: str, heading: str, *, is_beside: bool) -> str:
    """Rows of a table below the heading they stand under, and so a passage beside another.

    Without it nobody knows what "Calls — Time: 4 hours" is said of.
    """
    is_rows = all(ABOUT in line for line in text.split("\n"))
    return f"{heading}\n{text}" if heading and (is_rows or is_beside) else text


def quoting(hit: Hit, quoted: Quoted) -> Hit:
    """The hit with these words, and the place on its page where they stand."""
    return replace(hit, text=quoted.text, spot=_spot(hit, quoted.heading) if quoted.heading else "")


def _spot(hit: Hit, heading: str) -> str:
    """The anchor of a heading on the article's page; "" where the page has none of it."""
    found: list[str] = []

    def noted(_level: int, anchor: str, words: str, _inner: str) -> str:
        if " ".join(words.split()) == heading:
            found.append(anchor)
        return ""

    rows = Translation.objects.filter(article=hit.article, locale=hit.locale, published__isnull=False)
    anchored("".join(rows.values_list("published__html", flat=True)), noted)
    return found[0] if found else ""


def _read(text: Text, keys: frozenset[str], model: str) -> list[Row]:
    build = partial(_in_order, keys, model)
    found = rows_of(*sql_with(("passages", keys, model), build, text.article, text.locale))
    return [
        Row(kind, words, bytes(terms), np.frombuffer(bytes(numbers or b""), "<f2").astype(np.float64))
        for kind, words, terms, numbers in found
    ]


def _in_order(keys: frozenset[str], model: str, article: int, locale: str) -> QuerySet[Any, Any]:
    kinds = (Entry.Kind.TITLE, Entry.Kind.HEADING, Entry.Kind.PASSAGE)
    rows = Entry.objects.read_with(keys).filter(article=article, locale=locale, kind__in=kinds)
    own = Vector.objects.by(model).filter(text_hash=OuterRef("text_hash")).values("numbers")[:1]
    return (
        rows.order_by("position")
        .annotate(numbers=Subquery(own))
        .values_list("kind", "text", "terms", "numbers")
    )


def _above(rows: list[Row], title: Row | None) -> list[Row | None]:
    """For each passage the heading it stands below: the title before the first."""
    found: list[Row | None] = []
    heading = title
    for row in rows:
        if row.kind == Entry.Kind.HEADING:
            heading = row
        elif row.kind == Entry.Kind.PASSAGE:
            found.append(heading)
    return found


def _nearness(
    passages: list[Row], above: list[Row | None], question: Question, *, is_same: bool
) -> tuple[Floats, Floats]:
    """(passages,) cosine of the question and each of them, and of the question and the heading above each.

    is_same  question and text are in one language; of another only the part for all languages compares
    """
    part = slice(None) if is_same else WIDE

    def near(rows: list[Row | None]) -> Floats:
        assert question.vector is not None  # the caller asked
        asked = question.vector[part].astype(np.float64)
        asked /= max(float(np.linalg.norm(asked)), 1e-6)
        own = [row.vector[part] if row is not None else np.zeros(len(asked)) for row in rows]
        return np.array([each @ asked / max(float(np.linalg.norm(each)), 1e-6) for each in own])

    return near([*passages]), near(above)


def _is_same_language(text: Text, question: Question) -> bool:
    return text.locale.startswith("ko") == bool(HANGUL_RUN.search(question.text))


def _of_their_sections(rows: list[Row], beyond: Corpus, left: float) -> Floats:
    """(passages,) what each is worth by where it stands, as long as no vectors tell.

    left  share of the question that the title does not say

    A short article begins with its answer. On a long page each section does, and its heading tells which is meant.
    """
    headings = [row.terms for row in rows if row.kind == Entry.Kind.HEADING]
    is_long = len(headings) >= SECTIONS_MIN
    shares = left * beyond.scores(headings).bm25[:, WORD] if is_long else np.zeros(len(headings))
    found: list[float] = []
    heading, is_first = -1, True
    for row in rows:
        if row.kind == Entry.Kind.HEADING:
            heading, is_first = heading + 1, is_long
        elif row.kind == Entry.Kind.PASSAGE:
            found.append(FIRST_IS_WORTH * is_first + (float(shares[heading]) if heading >= 0 else 0.0))
            is_first = False
    return np.array(found)


def _has_words(text: Text) -> bool:
    rows = Translation.objects.filter(article=text.article, locale=text.locale, published__isnull=False)
    return bool("".join(rows.values_list("published__text", flat=True)).strip())
