"""Every wording's meaning in one matrix of this process, replaced when the index has a new stamp."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from handrail.accounts.viewer import Viewer
from handrail.answers.close import Close, centres, of_tongue, sums
from handrail.answers.encoder import CLOSE, DIMENSIONS, TONGUE, WIDE, Vectors
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
    matrix: Floats = field(default_factory=lambda: np.empty((0, WIDE.stop), np.float32))
    # The tongue of each row, and the rows of each tongue.
    tongue: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    closes: dict[int, Close] = field(default_factory=dict)
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
        wide = np.where(seen, self.matrix @ vector[WIDE], np.float32(-1.0))
        counted = self.like_question & seen
        wide_centre = centres(wide, counted, self.starts, self.questions, self.sum_length)
        close = self.closes.get(int(vector[TONGUE]))
        if close is None:
            best = np.maximum.reduceat(wide, self.starts)
            return Near(self, wide, best, wide_centre, self._votes(wide), wide, wide_centre, is_close=False)
        # Rows of other tongues keep their wide nearness: no other is known of them.
        cosine, centre, rows = wide.copy(), wide_centre.copy(), close.rows
        cosine[rows] = np.where(seen[rows], close.cosine(vector), np.float32(-1.0))
        centre[close.articles] = close.centre(vector, counted[rows])
        best = np.maximum.reduceat(cosine, self.starts)
        return Near(self, cosine, best, centre, self._votes(cosine), wide, wide_centre, is_close=True)

    def _votes(self, cosine: Floats) -> Floats:
        count = min(NEIGHBOURS, len(cosine))
        nearest = np.argpartition(-cosine, count - 1)[:count]
        votes = np.zeros(len(self.articles), np.float32)
        weights = np.maximum(cosine[nearest], 0.0)
        np.add.at(votes, np.searchsorted(self.starts, nearest, side="right") - 1, weights)
        return votes / max(float(weights.sum()), 1e-6)


@dataclass(frozen=True)
class Near:
    """Nearness of one question: `cosine` and `wide` by row, the rest by article of the snapshot.

    is_close  whether cosine, best, centre and votes go by the close part where a row has one; `wide` and
              `wide_centre` never do
    """

    snapshot: Snapshot
    cosine: Floats
    best: Floats
    centre: Floats
    votes: Floats
    wide: Floats
    wide_centre: Floats
    is_close: bool

    @classmethod
    def nothing(cls) -> Near:
        none = np.empty(0, np.float32)
        return cls(Snapshot(), none, none, none, none, none, none, is_close=False)

    def unanswered(self) -> float:
        """How near the nearest past question is that none of ours answers; 0 where there is none."""
        if len(self.best) and self.snapshot.articles[0] == 0:
            return max(0.0, float(self.best[0]))
        return 0.0

    def cosines_of(self, entries: list[int]) -> dict[int, tuple[float, float]]:
        """The nearness of these entries, and the wide one; those without a vector are left out."""
        known = self.snapshot.entries_sorted
        if not len(known) or not entries:
            return {}
        at = np.minimum(np.searchsorted(known, entries), len(known) - 1)
        hit = known[at] == np.array(entries)
        rows = self.snapshot.places[at]
        found = zip(entries, self.cosine[rows].tolist(), self.wide[rows].tolist(), hit, strict=True)
        return {entry: (cosine, wide) for entry, cosine, wide, is_hit in found if is_hit}

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
    hashes = tuple(row[5] for row in found)
    whole = _whole(kept, hashes, known, fresh)
    article = np.array([row[1] or 0 for row in found], np.int64)
    articles, starts = np.unique(article, return_index=True)
    like_question = np.array([row[4] in LIKE_QUESTIONS for row in found])
    matrix = np.ascontiguousarray(whole[:, WIDE])
    questions, sum_length = sums(matrix, like_question, starts)
    tongue = whole[:, TONGUE].astype(np.int64)
    closes = {}
    for each in np.unique(tongue[tongue > 0]).tolist():
        own = np.flatnonzero(tongue == each)
        closes[each] = of_tongue(each, whole[own, CLOSE], own, article, articles, like_question)
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
        hashes=hashes,
        matrix=matrix,
        starts=starts.astype(np.int64),
        articles=articles,
        questions=questions,
        sum_length=sum_length,
        tongue=tongue,
        closes=closes,
    )


def _whole(
    kept: Snapshot, hashes: tuple[str, ...], known: dict[str, int], fresh: dict[str, Vectors]
) -> Vectors:
    """The vector of each row, both parts: from the snapshot before, where it had the text, or as just read."""
    whole = np.zeros((len(hashes), DIMENSIONS), np.float32)
    place_in = {
        tongue: dict(zip(close.rows.tolist(), range(len(close.rows)), strict=True))
        for tongue, close in kept.closes.items()
    }
    for at, text_hash in enumerate(hashes):
        if text_hash in fresh:
            whole[at] = fresh[text_hash]
            continue
        before = known[text_hash]
        tongue = int(kept.tongue[before])
        whole[at, WIDE], whole[at, TONGUE] = kept.matrix[before], tongue
        if tongue:
            whole[at, CLOSE] = kept.closes[tongue].matrix[place_in[tongue][before]]
    return whole


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
