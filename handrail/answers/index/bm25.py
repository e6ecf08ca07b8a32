"""BM25 over the terms that rows keep, field by field, as a share of what the question could reach at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.answers.analysis.terms import FIELDS, hashed, unpack
from handrail.answers.entries import IndexState
from handrail.answers.index import Counts, Term

K1, B = 1.2, 0.75

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """(rows, fields): BM25 divided by the question's whole idf, and the share of that idf that was found."""

    bm25: Floats
    share: Floats


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

    def scores(self, blobs: list[bytes]) -> Scores:
        """Score rows by their packed terms."""
        bm25 = np.zeros((len(blobs), len(FIELDS)))
        share = np.zeros_like(bm25)
        unpacked = [unpack(blob) for blob in blobs]
        for at in range(len(FIELDS)):
            parts = [fields[at] for fields in unpacked]
            bm25[:, at], share[:, at] = self._field(at, parts)
        return Scores(bm25, share)

    def _field(self, at: int, parts: list[NDArray[np.uint32]]) -> tuple[Floats, Floats]:
        asked, idf = self.terms[at], self.idf[at]
        if not len(asked) or not parts:
            return np.zeros(len(parts)), np.zeros(len(parts))
        sizes = np.array([len(part) for part in parts])
        numbers = np.concatenate(parts)
        rows = np.repeat(np.arange(len(parts)), sizes)
        place = np.minimum(np.searchsorted(asked, numbers), len(asked) - 1)
        hit = asked[place] == numbers
        times = np.bincount(rows[hit] * len(asked) + place[hit], minlength=len(parts) * len(asked))
        times = times.reshape(len(parts), len(asked)).astype(np.float64)
        norm = K1 * (1 - B + B * sizes / self.mean_lengths[at])
        mass = max(float(idf.sum()), 1e-9)
        return (times * (K1 + 1) / (times + norm[:, None])) @ idf / mass, (times > 0) @ idf / mass
