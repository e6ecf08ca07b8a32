"""What the classifier is fitted on: every wording that has a vector, each with the article it leads to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from handrail.answers import classes
from handrail.answers.classes import NONE, OTHER, Classes
from handrail.answers.entries import Entry, IndexState
from handrail.answers.model_client import current
from handrail.answers.vector_rows import snapshot

WORDINGS_MIN = 5  # of an article, one of them a confirmed question, before it is a class of its own
CLASSES_MAX = 2_000
OTHERS_MAX = 4_000  # wordings of the other articles
FOLDS = 3


@dataclass(frozen=True)
class Lessons:
    """Wordings: vectors (rows, dimensions); owners, weights and text hashes (rows,)."""

    model: str
    vectors: NDArray[np.float32]
    owners: NDArray[np.int64]
    weights: NDArray[np.float32]
    hashes: NDArray[np.uint64]

    def fit(self) -> Classes:
        """The classifier of all of them."""
        return classes.fit(self.vectors, self.owners, self.weights)

    def fit_apart(self, whole: Classes) -> Apart:
        """Classifiers that each lack a part of the wordings, so that a question can be asked of one that never saw it."""
        parts: list[Classes | None] = []
        for fold in range(FOLDS):
            kept = self.hashes % FOLDS != fold
            if len(np.unique(self.owners[kept])) < 2:
                parts.append(None)
                continue
            parts.append(classes.fit(self.vectors[kept], self.owners[kept], self.weights[kept], like=whole))
        return Apart(parts)


@dataclass(frozen=True)
class Apart:
    """One classifier a fold; None where too little was left to fit one."""

    parts: list[Classes | None]

    def without(self, text_hash: str) -> Classes | None:
        """The classifier that never saw this text."""
        return self.parts[int(text_hash[:16], 16) % FOLDS]


def lessons() -> Lessons | None:
    """What is to be learned now; None without an encoder, or while no article has been confirmed often enough."""
    model = current().vector_model
    known = snapshot(IndexState.now().stamp, model)
    if not model or not len(known.entry):
        return None
    usable = known.like_question & ~np.isin(known.entry, _measured_with())
    learned = _learned(known.article[usable])
    if not len(learned):
        return None
    is_learned, is_none = np.isin(known.article, learned), known.article == 0
    others = np.flatnonzero(usable & ~is_learned & ~is_none)
    some = others[:: max(1, -(-len(others) // OTHERS_MAX))]
    chosen = np.concatenate([np.flatnonzero(usable & (is_learned | is_none)), some])
    owners = np.where(is_learned, known.article, np.where(is_none, NONE, OTHER))[chosen]
    if len(np.unique(owners)) < 2:
        return None
    return Lessons(
        model, known.meanings.vectors(chosen), owners, _weights(known.entry[chosen]), known.hashes[chosen]
    )


def _learned(wordings: NDArray[np.int64]) -> NDArray[np.int64]:
    """The articles that are classes of their own: the most confirmed first where there are too many."""
    articles, counts = np.unique(wordings, return_counts=True)
    enough = set(articles[counts >= WORDINGS_MIN].tolist())
    confirmed = Entry.objects.filter(label__is_held_out=False, article__isnull=False).order_by()
    times = confirmed.values_list("article").annotate(times=Count("pk")).order_by("-times", "article")
    return np.array([article for article, _times in times if article in enough][:CLASSES_MAX], np.int64)


def _measured_with() -> NDArray[np.int64]:
    """Wordings that are remembered and measured with all the same: no classifier may have seen them."""
    return np.array(
        list(Entry.objects.filter(label__is_held_out=True).values_list("pk", flat=True)), np.int64
    )


def _weights(entries: NDArray[np.int64]) -> NDArray[np.float32]:
    """One for what an author wrote, what its evidence weighs for a past question."""
    past = Entry.objects.filter(label__isnull=False).values_list("pk", "label__weight")
    found = dict(past)
    return np.array([found.get(int(entry), 1.0) for entry in entries], np.float32)
