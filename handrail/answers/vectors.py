"""Every wording's meaning in one matrix of this process, replaced when the index has a new stamp."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from handrail.accounts.viewer import Viewer
from handrail.answers.encoder import DIMENSIONS, Vectors
from handrail.answers.entries import Entry, Vector
from handrail.knowledge.audiences import Audience, keys_of

AUDIENCES = list(Audience.values)
INLINE_UP_TO = 4000  # rows; a larger matrix is replaced in the background while the old one still answers
NEIGHBOURS = 15
LIKE_QUESTIONS = {Entry.Kind.TITLE, Entry.Kind.ALIAS, Entry.Kind.QUESTION}

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Snapshot:
    """Rows ordered by article; article 0 holds past questions that none of ours answers."""

    stamp: str = ""
    model: str = ""
    entry: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    article: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    product: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    audience: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    like_question: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    hashes: tuple[str, ...] = ()
    matrix: Floats = field(default_factory=lambda: np.empty((0, DIMENSIONS), np.float32))
    # To find a row by its entry: the entries in order, and the place of each.
    entries_sorted: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    places: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    # For each article: where its rows begin, how many are like questions, and the length of their sum.
    starts: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    articles: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    questions: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    sum_length: Floats = field(default_factory=lambda: np.empty(0, np.float32))

    def near(self, vector: Floats, *, viewer: Viewer, product: int | None, without: str = "") -> Near:
        """How near each article is to a question's vector, for what the viewer may see.

        without  a text hash whose rows do not count: a question must not find itself when we measure
        """
        if not len(self.entry):
            return Near.nothing()
        seen = np.isin(self.audience, [audience_number(key) for key in keys_of(viewer)])
        if product is not None:
            seen &= (self.product == product) | (self.article == 0)
        if without:
            seen &= np.array([each != without for each in self.hashes])
        cosine = np.where(seen, self.matrix @ vector, np.float32(-1.0))
        best = np.maximum.reduceat(cosine, self.starts)
        counted = self.like_question & seen
        asked = np.where(counted, cosine, np.float32(0.0))
        # The sum's length is that of all rows; where some don't count, it shrinks with them.
        part = np.add.reduceat(counted, self.starts, dtype=np.float32) / self.questions
        centre = np.add.reduceat(asked, self.starts) / np.maximum(self.sum_length * part, np.float32(1e-6))
        return Near(self, cosine, best, centre.astype(np.float32), self._votes(cosine))

    def _votes(self, cosine: Floats) -> Floats:
        count = min(NEIGHBOURS, len(cosine))
        nearest = np.argpartition(-cosine, count - 1)[:count]
        votes = np.zeros(len(self.articles), np.float32)
        weights = np.maximum(cosine[nearest], 0.0)
        np.add.at(votes, np.searchsorted(self.starts, nearest, side="right") - 1, weights)
        return votes / max(float(weights.sum()), 1e-6)


@dataclass(frozen=True)
class Near:
    """Nearness of one question: `cosine` by row, the rest by article of the snapshot."""

    snapshot: Snapshot
    cosine: Floats
    best: Floats
    centre: Floats
    votes: Floats

    @classmethod
    def nothing(cls) -> Near:
        none = np.empty(0, np.float32)
        return cls(Snapshot(), none, none, none, none)

    def unanswered(self) -> float:
        """How near the nearest past question is that none of ours answers; 0 where there is none."""
        if len(self.best) and self.snapshot.articles[0] == 0:
            return max(0.0, float(self.best[0]))
        return 0.0

    def cosines_of(self, entries: list[int]) -> dict[int, float]:
        """The nearness of these entries; those without a vector are left out."""
        known = self.snapshot.entries_sorted
        if not len(known) or not entries:
            return {}
        at = np.minimum(np.searchsorted(known, entries), len(known) - 1)
        hit = known[at] == np.array(entries)
        cosine = self.cosine[self.snapshot.places[at]]
        return {
            entry: float(value) for entry, value, is_hit in zip(entries, cosine, hit, strict=True) if is_hit
        }

    def rows_of(self, at: int) -> slice:
        """The rows of the article at this place of `articles`."""
        starts = self.snapshot.starts
        return slice(starts[at], starts[at + 1] if at + 1 < len(starts) else len(self.cosine))


_lock = threading.Lock()
_kept: dict[str, Snapshot] = {}


def snapshot(stamp: str, model: str) -> Snapshot:
    """The matrix for this state of the index, or, while a large one is being replaced, the one before.

    An older matrix proposes at worst what is gone; every row is read again before it is used.
    """
    kept = _kept.get(connection.alias, Snapshot())
    if (kept.stamp, kept.model) == (stamp, model) or not model:
        return kept if kept.model == model else Snapshot()
    if len(kept.entry) <= INLINE_UP_TO or kept.model != model:
        with _lock:
            return _replace(kept, stamp, model)
    if _lock.acquire(blocking=False):
        threading.Thread(target=_replace_behind, args=(kept, stamp, model), daemon=True).start()
    return kept


def _replace_behind(kept: Snapshot, stamp: str, model: str) -> None:
    try:
        _replace(kept, stamp, model)
    finally:
        connection.close()
        _lock.release()


def _replace(kept: Snapshot, stamp: str, model: str) -> Snapshot:
    latest = _kept.get(connection.alias, Snapshot())
    if (latest.stamp, latest.model) == (stamp, model):
        return latest
    made = _load(kept if kept.model == model else Snapshot(), stamp, model)
    _kept[connection.alias] = made
    return made


def _load(kept: Snapshot, stamp: str, model: str) -> Snapshot:
    rows = Entry.objects.with_meaning().order_by("article_id", "pk")
    found = list(rows.values_list("pk", "article_id", "product_id", "audience", "kind", "text_hash"))
    known = {each: at for at, each in enumerate(kept.hashes)}
    fresh = _vectors({row[5] for row in found} - known.keys(), model)
    found = sorted(
        (row for row in found if row[5] in known or row[5] in fresh), key=lambda row: (row[1] or 0, row[0])
    )
    if not found:
        return Snapshot(stamp, model)
    matrix = np.empty((len(found), DIMENSIONS), np.float32)
    for at, row in enumerate(found):
        matrix[at] = fresh[row[5]] if row[5] in fresh else kept.matrix[known[row[5]]]
    article = np.array([row[1] or 0 for row in found], np.int64)
    articles, starts = np.unique(article, return_index=True)
    like_question = np.array([row[4] in LIKE_QUESTIONS for row in found])
    sums = np.add.reduceat(matrix * like_question[:, None], starts, axis=0)
    entry = np.array([row[0] for row in found], np.int64)
    places = np.argsort(entry)
    return Snapshot(
        stamp=stamp,
        model=model,
        entry=entry,
        entries_sorted=entry[places],
        places=places,
        article=article,
        product=np.array([row[2] or 0 for row in found], np.int64),
        audience=np.array([audience_number(row[3]) for row in found], np.int64),
        like_question=like_question,
        hashes=tuple(row[5] for row in found),
        matrix=matrix,
        starts=starts.astype(np.int64),
        articles=articles,
        questions=np.maximum(np.add.reduceat(like_question, starts, dtype=np.float32), 1.0),
        sum_length=np.linalg.norm(sums, axis=1).astype(np.float32),
    )


def audience_number(key: str) -> int:
    """An audience key as a number: its place for the plain ones, below zero for segments."""
    audience, _, segment = key.partition(":")
    return -int(segment) if segment else AUDIENCES.index(audience)


def _vectors(hashes: set[str], model: str) -> dict[str, Vectors]:
    wanted, found = sorted(hashes), {}
    for start in range(0, len(wanted), 500):
        rows = Vector.objects.by(model).filter(text_hash__in=wanted[start : start + 500])
        for text_hash, numbers in rows.values_list("text_hash", "numbers"):
            found[text_hash] = np.frombuffer(bytes(numbers), "<f2").astype(np.float32)
    return found
