"""BM25 over the terms that rows keep, field by field, as a share of what the question could reach at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.terms import FIELDS, hashed, unpack
from handrail.answers.entries import IndexState
from handrail.answers.index import Counts, Term

K1, B = 1.2, 0.75

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Scores:
    """(rows, fields): BM25 divided by the question's whole idf, and the share of that idf that was found.

    hits  for each field (rows, terms): whether a row holds a term of the question
    """

    bm25: Floats
    share: Floats
    hits: tuple[Bools, ...]


@dataclass(frozen=True)
class Corpus:
    """A question's terms with their rarity in this index, ready to score rows."""

    terms: tuple[NDArray[np.uint32], ...]  # sorted numbers, one array a field
    idf: tuple[Floats, ...]
    mean_lengths: tuple[float, float, float]

    @classmethod
    def now(cls, terms: Iterable[Term], counts: Counts, state: IndexState | None = None) -> Corpus:
        """terms: those of the question, repeats allowed; counts: LexicalIndex.counts of them."""
        state = state or IndexState.now()
        unique = set(terms)
        numbers, rarities = [], []
        for field in FIELDS:
            own = tuple(term for of, term in unique if of == field)
            found = np.array([counts.get((field, term), 0) for term in own], dtype=np.float64)
            total = max(float(state.entries), found.max(initial=0.0))
            idf = np.log1p((total - found + 0.5) / (found + 0.5))
            number = hashed(own)
            order = np.argsort(number)
            numbers.append(number[order])
            rarities.append(idf[order])
        return cls(tuple(numbers), tuple(rarities), state.mean_lengths())

    @property
    def mass(self) -> tuple[float, ...]:
        """The idf of the whole question, for each field."""
        return tuple(float(idf.sum()) for idf in self.idf)

    def without(self, *numbers: NDArray[np.uint32]) -> Corpus:
        """The same question where these words, and these grams, count nothing."""
        terms, idf = list(self.terms), list(self.idf)
        for at, left_out in enumerate(numbers):
            kept = ~np.isin(terms[at], left_out)
            terms[at], idf[at] = terms[at][kept], idf[at][kept]
        return replace(self, terms=tuple(terms), idf=tuple(idf))

    def scores(self, blobs: list[bytes]) -> Scores:
        """Score rows by their packed terms."""
        bm25 = np.zeros((len(blobs), len(FIELDS)))
        share = np.zeros_like(bm25)
        hits = []
        unpacked = [unpack(blob) for blob in blobs]
        for at in range(len(FIELDS)):
            parts = [fields[at] for fields in unpacked]
            times = self._times(at, parts)
            hits.append(times > 0)
            sizes = np.array([len(part) for part in parts])
            norm = K1 * (1 - B + B * sizes / self.mean_lengths[at])
            idf = self.idf[at] / max(float(self.idf[at].sum()), 1e-9)
            bm25[:, at] = (times * (K1 + 1) / (times + norm[:, None])) @ idf
            share[:, at] = hits[at] @ idf
        return Scores(bm25, share, tuple(hits))

    def words_held(self, parts: list[NDArray[np.uint32]]) -> Bools:
        """(parts, words of the question): which of them each part holds; a part is numbers of words."""
        return self._times(FIELDS.index("word"), parts) > 0

    def _times(self, at: int, parts: list[NDArray[np.uint32]]) -> Floats:
        """(parts, terms): how often a part holds a term of the question, for one field."""
        asked = self.terms[at]
        if not len(asked) or not parts:
            return np.zeros((len(parts), len(asked)))
        numbers = np.concatenate(parts)
        rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        place = np.minimum(np.searchsorted(asked, numbers), len(asked) - 1)
        hit = asked[place] == numbers
        times = np.bincount(rows[hit] * len(asked) + place[hit], minlength=len(parts) * len(asked))
        return times.reshape(len(parts), len(asked)).astype(np.float64)
