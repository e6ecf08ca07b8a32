"""Putting cases together: questions by meaning, one after another, each to the gap it is most like or to a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from handrail.answers.encoder import is_whole, width
from handrail.answers.model_client import current
from handrail.answers.normalise import normalise
from handrail.core import clock
from handrail.core.actors import CLOCK
from handrail.insights.cases import Case
from handrail.insights.collecting import LOOKED_BACK
from handrail.insights.gaps import Gap, come_back
from handrail.insights.numbering import renumber
from handrail.insights.replies import group_replies

BATCH = 128
# How like a question must be to those of a gap on average: 0..1, the product of vectors of length one. Chosen on training
# questions of two public sets so that about as many groups come out as people had made (docs/decisions/0021).
LIKE = 0.6

Floats = NDArray[np.float32]


@dataclass
class Kept:
    """The gaps of one language and audience that a question may belong to, with the mean vector of each."""

    model: str
    gaps: list[Gap] = field(default_factory=list)
    means: Floats = field(default_factory=lambda: np.empty((0, 0), np.float32))

    def nearest(self, vector: Floats) -> Gap | None:
        if not self.gaps:
            return None
        likeness = self.means @ vector
        best = int(likeness.argmax())
        return self.gaps[best] if likeness[best] >= LIKE else None

    def take_in(self, gap: Gap, vector: Floats) -> None:
        """Add the vector to the gap's; a gap that is new here is put at the end."""
        if gap.model != self.model:
            gap.center, gap.vectors, gap.model = None, 0, self.model
        total = _sum(gap) + vector
        gap.center, gap.vectors = total.astype("<f4").tobytes(), gap.vectors + 1
        if gap not in self.gaps:
            self.gaps.append(gap)
            size = width(self.model)
            self.means = np.vstack([self.means.reshape(-1, size), np.zeros((1, size), np.float32)])
        self.means[self.gaps.index(gap)] = total / gap.vectors


def group() -> set[int]:
    """Give every waiting case its gap, and count those gaps anew. Returns their ids."""
    touched = group_questions() | group_replies()
    renumber(touched)
    come_back(sorted(touched), by=CLOCK)
    return touched


def group_questions() -> set[int]:
    """Questions to gaps: by their very words, else by meaning. Without the encoder only the same words come together."""
    waiting = Case.objects.filter(gap=None).exclude(source=Case.Source.REPLY).order_by("pk")
    kept: dict[tuple[str, str], Kept] = {}
    touched: set[int] = set()
    model = current().vector_model
    while cases := list(waiting[:BATCH]):
        vectors = _vectors(cases) if model else None
        with transaction.atomic():
            for at, case in enumerate(cases):
                known = kept.get((case.locale, case.audience))
                if known is None:
                    known = kept[case.locale, case.audience] = _kept(case, model)
                case.gap = _put(case, known, vectors[at] if vectors is not None else None)
                # At once, so that the next one finds the same words.
                case.save(update_fields=["gap"])
                touched.add(case.gap.pk)
    return touched


def _put(case: Case, known: Kept, vector: Floats | None) -> Gap:
    gap = _same_words(case)
    if vector is None:
        return gap or _begin(case, "")
    # What stands there already is the same row, with what this run added.
    gap = next((each for each in known.gaps if gap and each.pk == gap.pk), gap)
    gap = gap or known.nearest(vector) or _begin(case, known.model)
    known.take_in(gap, vector)
    gap.save(update_fields=["center", "vectors", "model"])
    return gap


def _vectors(cases: Iterable[Case]) -> Floats | None:
    reader = current()
    vectors = reader.read([], [normalise(case.text) for case in cases]).vectors
    # Half a vector must not move a mean.
    return vectors if vectors is not None and is_whole(vectors, reader.vector_model) else None


def _same_words(case: Case) -> Gap | None:
    same = Case.objects.filter(text_key=case.text_key, locale=case.locale, audience=case.audience)
    found = same.exclude(gap=None).exclude(source=Case.Source.REPLY).select_related("gap").first()
    return found.gap if found else None


def _kept(case: Case, model: str) -> Kept:
    since = clock.now() - LOOKED_BACK
    rows = Gap.objects.filter(kind=Gap.Kind.QUESTION, locale=case.locale, audience=case.audience)
    gaps = list(rows.filter(model=model, vectors__gt=0, last_at__gte=since).order_by("pk"))
    means = [_sum(gap) / gap.vectors for gap in gaps]
    return Kept(model, gaps, np.stack(means) if means else np.empty((0, width(model)), np.float32))


def _sum(gap: Gap) -> Floats:
    if not gap.center:
        return np.zeros(width(gap.model), np.float32)
    return np.frombuffer(bytes(gap.center), "<f4").astype(np.float32)


def _begin(case: Case, model: str) -> Gap:
    return Gap.objects.create(
        kind=Gap.Kind.QUESTION,
        locale=case.locale,
        audience=case.audience,
        title=case.text[:300],
        first_at=case.at,
        last_at=case.at,
        model=model,
    )
