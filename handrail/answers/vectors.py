"""How near every wording is to a question's meaning, for what a viewer may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from handrail.accounts.viewer import Viewer
from handrail.answers.encoder import CLOSE, DIMENSIONS, WIDE
from handrail.answers.vector_store import View
from handrail.knowledge.audiences import Audience, keys_of

AUDIENCES = list(Audience.values)
NEIGHBOURS = 15
LOOKED_AT_CLOSELY = 600  # rows that came nearest by their short forms
ARTICLES_CLOSELY = 60  # nearest articles, whose rows are all measured closely, up to ...
ROWS_CLOSELY = 4000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Meanings(Protocol):
    """Vectors of rows in the rows' order; `is_rough` where `all_near` is only about right."""

    is_rough: bool

    def all_near(self, vector: Floats) -> Floats:
        """The cosine of every row."""

    def near(self, rows: Ints, vector: Floats) -> Floats:
        """The exact cosine of some rows."""

    def vectors(self, rows: Ints) -> Floats:
        """(rows, DIMENSIONS)"""


@dataclass(frozen=True)
class InMemory:
    """Few rows: all of it in this process, exactly."""

    matrix: Floats
    is_rough = False

    def all_near(self, vector: Floats) -> Floats:
        return self.matrix @ vector  # type: ignore[no-any-return]

    def near(self, rows: Ints, vector: Floats) -> Floats:
        return self.matrix[rows] @ vector  # type: ignore[no-any-return]

    def vectors(self, rows: Ints) -> Floats:
        return self.matrix[rows]


@dataclass(frozen=True)
class OnDisk:
    """Many rows: in files that the processes of a host share. `place` is the record of each row."""

    records: View
    place: Ints
    is_rough = True

    def all_near(self, vector: Floats) -> Floats:
        return self.records.scan(vector)[self.place]

    def near(self, rows: Ints, vector: Floats) -> Floats:
        return self.records.exact(self.place[rows], vector)

    def vectors(self, rows: Ints) -> Floats:
        return self.records.whole(self.place[rows])


@dataclass(frozen=True)
class Snapshot:
    """Rows ordered by article; article 0 holds past questions that none of ours answers.

    hashes       the first 64 bits of each row's text hash
    of_sections  which articles are long pages of many sections (vector_rows.SECTIONS_MIN)
    """

    stamp: str = ""
    model: str = ""
    entry: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    article: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    product: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    audience: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    like_question: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    title: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    passage: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    hashes: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    meanings: Meanings = field(default_factory=lambda: InMemory(np.empty((0, DIMENSIONS), np.float32)))
    # Rows still without a vector when this was read; they are looked for again.
    waiting: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    # To find a row by its entry: the entries in order, and the place of each.
    entries_sorted: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    places: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    # For each article: where its rows begin, how many are like questions, and the length of their sum.
    starts: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    articles: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    questions: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    sum_length: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    of_sections: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))

    def near(
        self,
        vector: Floats,
        *,
        viewer: Viewer,
        product: int | None,
        without: str = "",
        also: list[int] | None = None,
    ) -> Near:
        """How near each article is to a question's vector, for what the viewer may see.

        without  a text hash whose rows do not count: a question must not find itself when we measure
        also     entries found otherwise: their articles are measured closely too
        """
        if not len(self.entry):
            return Near.nothing()
        seen = self._seen(viewer, product, without)
        cosine = self.meanings.all_near(vector)
        if not seen.all():
            cosine[~seen] = -1.0
        count = min(LOOKED_AT_CLOSELY if self.meanings.is_rough else NEIGHBOURS, len(cosine))
        nearest = np.argpartition(-cosine, count - 1)[:count]
        if self.meanings.is_rough:
            self._look_closely(cosine, nearest, seen, vector)
            best = np.maximum.reduceat(cosine, self.starts)
            self._look_closely(cosine, self._rows_around(best, also or []), seen, vector)
        best = np.maximum.reduceat(cosine, self.starts)
        centre = self._centre(cosine, seen)
        return Near(self, vector, cosine, best, centre, self._votes(cosine, nearest), seen)

    def rows_of_entries(self, entries: list[int]) -> tuple[Ints, NDArray[np.bool_]]:
        """For each entry its row, and whether it has one."""
        if not len(self.entries_sorted) or not entries:
            return np.empty(0, np.int64), np.zeros(len(entries), np.bool_)
        at = np.minimum(np.searchsorted(self.entries_sorted, entries), len(self.entries_sorted) - 1)
        return self.places[at], self.entries_sorted[at] == np.array(entries)

    def _seen(self, viewer: Viewer, product: int | None, without: str) -> NDArray[np.bool_]:
        seen = np.isin(self.audience, [audience_number(key) for key in keys_of(viewer)])
        if product is not None:
            seen &= (self.product == product) | (self.article == 0)
        if without:
            seen &= self.hashes != np.uint64(int(without[:16], 16))
        return seen

    def _look_closely(self, cosine: Floats, rows: Ints, seen: NDArray[np.bool_], vector: Floats) -> None:
        rows = rows[seen[rows]]
        cosine[rows] = self.meanings.near(rows, vector)

    def _rows_around(self, best: Floats, also: list[int]) -> Ints:
        count = min(ARTICLES_CLOSELY, len(best))
        articles = np.argpartition(-best, count - 1)[:count]
        rows, known = self.rows_of_entries(also)
        found = np.searchsorted(self.starts, rows[known], side="right") - 1 if len(rows) else rows
        ends = np.append(self.starts[1:], len(self.entry))
        chosen = np.unique(np.concatenate([articles, found]))
        spans = [np.arange(self.starts[at], ends[at]) for at in chosen]
        return np.concatenate(spans)[:ROWS_CLOSELY]

    def _centre(self, cosine: Floats, seen: NDArray[np.bool_]) -> Floats:
        counted = self.like_question & seen
        asked = cosine * counted
        # The sum's length is that of all rows; where some don't count, it shrinks with them.
        part = np.add.reduceat(counted, self.starts, dtype=np.float32) / self.questions
        middle = np.add.reduceat(asked, self.starts) / np.maximum(self.sum_length * part, np.float32(1e-6))
        centre: Floats = middle.astype(np.float32)
        self._raise_section(centre, cosine)
        return self._raised_by_passages(centre, cosine)

    def _raise_section(self, centre: Floats, cosine: Floats) -> None:
        """Where the nearest of all wordings is a heading of a long page, find that section like an article of that title.

        Only there: of many headings one comes near to nearly everything.
        """
        if not self.of_sections.any():
            return
        nearest = int(np.argmax(np.where(self.article != 0, cosine, np.float32(-2.0))))
        page = int(np.searchsorted(self.starts, nearest, side="right")) - 1
        if self.of_sections[page] and not self.like_question[nearest]:
            centre[page] = max(centre[page], cosine[nearest])

    def _raised_by_passages(self, centre: Floats, cosine: Floats) -> Floats:
        """Each passage stands below its title and heading, so that it is as good as an article of its own."""
        if not self.passage.any():
            return centre
        passages = np.maximum.reduceat(np.where(self.passage, cosine, np.float32(-1.0)), self.starts)
        return np.maximum(centre, passages)

    def _votes(self, cosine: Floats, nearest: Ints) -> Floats:
        count = min(NEIGHBOURS, len(nearest))
        nearest = nearest[np.argpartition(-cosine[nearest], count - 1)[:count]]
        votes = np.zeros(len(self.articles), np.float32)
        weights = np.maximum(cosine[nearest], 0.0)
        np.add.at(votes, np.searchsorted(self.starts, nearest, side="right") - 1, weights)
        return votes / max(float(weights.sum()), 1e-6)


@dataclass(frozen=True)
class Near:
    """Nearness of one question: `cosine` by row, the rest by article of the snapshot."""

    snapshot: Snapshot
    vector: Floats
    cosine: Floats
    best: Floats
    centre: Floats
    votes: Floats
    seen: NDArray[np.bool_]

    @classmethod
    def nothing(cls) -> Near:
        none = np.empty(0, np.float32)
        return cls(Snapshot(), none, none, none, none, none, np.empty(0, np.bool_))

    def unanswered(self) -> float:
        """How near the nearest past question is that none of ours answers, by the best encoder both have; 0 without one."""
        if not self._knows_unanswered:
            return 0.0
        rows = self.rows_of(0)
        some = np.argsort(-self.cosine[rows])[:NEIGHBOURS]
        vectors = self.snapshot.meanings.vectors(some[self.cosine[rows][some] > -1.0])
        if not len(vectors):
            return 0.0
        wide = _cosine(vectors[:, WIDE], self.vector[WIDE])
        close = _cosine(vectors[:, CLOSE], self.vector[CLOSE])
        has = vectors[:, CLOSE].any(axis=1) & self.is_close
        return max(0.0, float(np.where(has, close, wide).max()))

    def unanswered_votes(self) -> float:
        """The share of the nearest past questions that none of ours answers."""
        return float(self.votes[0]) if self._knows_unanswered else 0.0

    @property
    def _knows_unanswered(self) -> bool:
        return bool(len(self.best)) and self.snapshot.articles[0] == 0

    def family(self, articles: list[int]) -> NDArray[np.float64]:
        """For each article the share of the nearest wordings that articles of its product have."""
        known = self.snapshot.articles
        if not len(known):
            return np.zeros(len(articles))
        products = self.snapshot.product[self.snapshot.starts]
        voted = np.flatnonzero(self.votes * (known != 0))
        shares: dict[int, float] = {}
        for at in voted:
            product = int(products[at])
            shares[product] = shares.get(product, 0.0) + float(self.votes[at])
        place = np.minimum(np.searchsorted(known, articles), len(known) - 1)
        own = np.where(known[place] == articles, products[place], -1)
        return np.array([shares.get(int(product), 0.0) for product in own])

    @property
    def is_close(self) -> bool:
        """Whether an encoder of its own language read the question."""
        return bool(self.vector[CLOSE].any())

    def parts_of(self, entries: list[int]) -> dict[int, tuple[float, float | None]]:
        """The nearness of these entries by the wide part and by the close one, None where either text has no such part.

        Entries without a vector, or that the viewer may not see, are left out.
        """
        rows, known = self.snapshot.rows_of_entries(entries)
        if not len(rows):
            return {}
        vectors, seen = self.snapshot.meanings.vectors(rows), self.seen[rows] & known
        wide, close = (
            _cosine(vectors[:, WIDE], self.vector[WIDE]),
            _cosine(vectors[:, CLOSE], self.vector[CLOSE]),
        )
        both = np.logical_and(vectors[:, CLOSE].any(axis=1), self.is_close)
        parts = zip(entries, wide.tolist(), close.tolist(), both.tolist(), seen.tolist(), strict=True)
        return {entry: (far, near if has else None) for entry, far, near, has, is_seen in parts if is_seen}

    def rows_of(self, at: int) -> slice:
        """The rows of the article at this place of `articles`."""
        starts = self.snapshot.starts
        return slice(starts[at], starts[at + 1] if at + 1 < len(starts) else len(self.cosine))


def _cosine(rows: Floats, vector: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vector)
    return np.asarray(rows @ vector / np.maximum(lengths, np.float32(1e-6)), np.float32)


def audience_number(key: str) -> int:
    """An audience key as a number: its place for the plain ones, below zero for segments."""
    audience, _, segment = key.partition(":")
    return -int(segment) if segment else AUDIENCES.index(audience)
