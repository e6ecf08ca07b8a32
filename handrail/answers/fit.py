"""Fits ranker, calibrator and bounds from past questions whose answer is known.

Nothing is judged by what it was fitted on. A list that the ranker was fitted on looks clearer than one it never saw,
so the confidence learns from lists as rankers order them that were fitted without them (stacking, Wolpert 1992), and the
confidences that place a bound come from five folds, each scored by a ranker and a confidence fitted without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handrail.answers import bands
from handrail.answers.coefficients import Coefficients, together
from handrail.answers.features import FITTED, LIST, Floats, Measured
from handrail.answers.features import of_list as features_of_list
from handrail.answers.logistic import fit_binary, fit_list

FOLDS = 5
RANK_PENALTY = 0.002
CONFIDE_PENALTY = 0.015


@dataclass(frozen=True)
class Example:
    """A question, measured, with the articles that are right; none where nothing of ours answers it."""

    measured: Measured
    right: frozenset[int]
    weight: float = 1.0

    def rows_right(self) -> list[int]:
        return [at for at, article in enumerate(self.measured.articles) if article in self.right]


@dataclass(frozen=True)
class Judged:
    """What coefficients said of examples: how sure of the first and of one of three, and whether those were right."""

    confidence: Floats
    hope: Floats
    first_right: NDArray[np.bool_]
    three_right: NDArray[np.bool_]
    in_scope: NDArray[np.bool_]


def fit(
    examples: Sequence[Example],
    *,
    prior: Coefficients | None = None,
    strength: float = 1.0,
    of_list: Sequence[str] = FITTED,
) -> tuple[Coefficients, Judged]:
    """Coefficients fitted on all examples, and what folds that did not see them said of each.

    prior     coefficients to stay near while examples are few
    strength  how much; 1.0 is right for thousands of examples, more for fewer
    of_list   the LIST features that may weigh; the others get a weight of zero

    Raises ValueError without any example that holds its right answer, or without one that is wrong.
    """
    fold = np.arange(len(examples)) % FOLDS
    rankers = [
        _fit_ranker([example for at, example in enumerate(examples) if fold[at] != each], prior, strength)
        for each in range(FOLDS)
    ]
    lists, right = _lists(examples, [rankers[each] for each in fold])
    weights = np.array([example.weight for example in examples])

    def coefficients(rank: Floats, seen: NDArray[np.bool_]) -> Coefficients:
        return _with_confidence(rank, lists[seen], right[seen], weights[seen], prior, strength, of_list)

    parts = []
    for each in range(FOLDS):
        unseen = [example for at, example in enumerate(examples) if fold[at] == each]
        parts.append(judge(coefficients(rankers[each], fold != each), unseen))
    places = np.argsort(np.concatenate([np.flatnonzero(fold == each) for each in range(FOLDS)]))
    judged = Judged(
        *(
            np.concatenate([getattr(part, name) for part in parts])[places]
            for name in Judged.__dataclass_fields__
        )
    )
    found = coefficients(_fit_ranker(examples, prior, strength), fold >= 0)
    return replace(found, bounds=bands.bounds_for(judged)), judged


def judge(coefficients: Coefficients, examples: Sequence[Example]) -> Judged:
    """What the coefficients say of each example, in order."""
    rows = [_judge_one(coefficients, example) for example in examples]
    confidence, hope, first, three, in_scope = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return Judged(
        np.array(confidence),
        np.array(hope),
        np.array(first, bool),
        np.array(three, bool),
        np.array(in_scope, bool),
    )


def _judge_one(coefficients: Coefficients, example: Example) -> tuple[float, float, bool, bool, bool]:
    scores = coefficients.scores(example.measured)
    order = np.argsort(-scores, kind="stable")
    ranked = [example.measured.articles[at] for at in order[: bands.CHOICES]]
    confidence = coefficients.confidence(example.measured, scores)
    return (
        confidence,
        together(confidence, scores),
        bool(ranked) and ranked[0] in example.right,
        bool(example.right & set(ranked)),
        bool(example.right),
    )


def _lists(examples: Sequence[Example], rankers: Sequence[Floats]) -> tuple[Floats, Floats]:
    """(examples, LIST): the features of each list as its own ranker orders it; (examples,): whether its first is right."""
    scored = [example.measured.table @ rank for example, rank in zip(examples, rankers, strict=True)]
    pairs = list(zip(examples, scored, strict=True))
    lists = np.array([features_of_list(example.measured, scores) for example, scores in pairs])
    return lists, np.array([_first_right(example, scores) for example, scores in pairs], float)


def _with_confidence(
    rank: Floats,
    lists: Floats,
    right: Floats,
    weights: Floats,
    prior: Coefficients | None,
    strength: float,
    names: Sequence[str],
) -> Coefficients:
    """A ranker with the confidence that such lists teach."""
    if not 0 < right.sum() < len(right):
        raise ValueError("Fitting a confidence needs questions answered right and questions answered wrong.")
    mean, scale = lists.mean(axis=0), _spread(lists)
    if prior is not None:
        # What does not weigh in the prior may be measured in its own units; of the rest the weights are in the prior's.
        weighs = prior.confide[:-1] != 0
        mean, scale = np.where(weighs, prior.list_mean, mean), np.where(weighs, prior.list_scale, scale)
    confide = fit_binary(
        (lists - mean) / scale * np.isin(LIST, names),
        right,
        penalty=CONFIDE_PENALTY * strength,
        case_weights=weights,
        prior=None if prior is None else prior.confide,
    )
    return Coefficients(rank, mean, scale, confide, {})


def _fit_ranker(examples: Sequence[Example], prior: Coefficients | None, strength: float) -> Floats:
    """Scaled while fitting, so that one penalty suits features of different size."""
    usable = [(example.measured.table, example.rows_right()) for example in examples]
    usable = [(table, rows) for table, rows in usable if rows and len(table) > 1]
    if not usable:
        raise ValueError("Fitting an order needs past questions whose answer was among the candidates.")
    table = np.vstack([table for table, _rows in usable])
    scale = _spread(table)
    sizes = np.array([len(table) for table, _rows in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([rows[0] for _table, rows in usable])
    weights = fit_list(
        table / scale,
        starts,
        right,
        penalty=RANK_PENALTY * strength,
        prior=None if prior is None else prior.rank * scale,
    )
    return weights / scale


def _spread(table: Floats) -> Floats:
    """Each column's standard deviation; one where a column never changes, so that it can be divided by."""
    spread = table.std(axis=0)
    return np.where(spread > 1e-3, spread, 1.0)


def _first_right(example: Example, scores: Floats) -> bool:
    return bool(len(scores)) and example.measured.articles[int(np.argmax(scores))] in example.right
