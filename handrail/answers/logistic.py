"""Logistic regressions in numpy: yes or no, one of many, and the best of a list. Fitted with L-BFGS.

Each `*_loss` returns the mean negative log likelihood plus the penalty, and its gradient, so that a test can
check one against the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Loss = Callable[[Array], tuple[float, Array]]


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x) without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def softmax(scores: Array) -> Array:
    """Each row turned into shares that sum to one."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def minimise(
    loss: Loss, start: Array, *, steps: int = 200, memory: int = 10, tolerance: float = 1e-6
) -> Array:
    """The place of the least value of a smooth convex `loss`, by L-BFGS with a backtracking line search.

    steps      at most this many
    tolerance  ends when no part of the gradient exceeds it
    """
    at = start.astype(np.float64)
    value, slope = loss(at)
    past: deque[tuple[Array, Array]] = deque(maxlen=memory)
    for _ in range(steps):
        if np.abs(slope).max() <= tolerance:
            break
        way = -_scaled(slope, past)
        if way @ slope > -1e-16:
            past.clear()
            way = -slope
        length = 1.0 if past else min(1.0, 1.0 / np.abs(slope).sum())
        fall = 1e-4 * float(way @ slope)
        while True:
            next_at = at + length * way
            next_value, next_slope = loss(next_at)
            if next_value <= value + length * fall:
                break
            length *= 0.5
            if length < 1e-12:
                return at
        moved, turned = next_at - at, next_slope - slope
        if moved @ turned > 1e-12:
            past.append((moved, turned))
        at, value, slope = next_at, next_value, next_slope
    return at


def _scaled(slope: Array, past: deque[tuple[Array, Array]]) -> Array:
    way = slope.copy()
    shares = []
    for moved, turned in reversed(past):
        share = (moved @ way) / (moved @ turned)
        shares.append(share)
        way -= share * turned
    if past:
        moved, turned = past[-1]
        way *= (moved @ turned) / (turned @ turned)
    for (moved, turned), share in zip(past, reversed(shares), strict=True):
        way += (share - (turned @ way) / (moved @ turned)) * moved
    return way


def binary_loss(
    weights: Array, x: Array, y: Array, *, penalty: float, case_weights: Array | None = None
) -> tuple[float, Array]:
    """Yes or no. weights: (features + 1,), the last for the constant, which is not penalised; y: 0 or 1."""
    share = np.full(len(y), 1.0) if case_weights is None else case_weights
    share = share / share.sum()
    margin = x @ weights[:-1] + weights[-1]
    value = float(share @ (np.logaddexp(0.0, margin) - y * margin)) + 0.5 * penalty * float(
        weights[:-1] @ weights[:-1]
    )
    error = share * (sigmoid(margin) - y)
    return value, np.append(x.T @ error + penalty * weights[:-1], error.sum())


def fit_binary(
    x: Array,
    y: Array,
    *,
    penalty: float = 1e-3,
    case_weights: Array | None = None,
    prior: Array | None = None,
) -> Array:
    """Weights (features + 1,) of the likelihood of y = 1; few cases leave them near `prior` (zeros without)."""
    prior = np.zeros(x.shape[1] + 1) if prior is None else prior

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = binary_loss(weights, x, y, penalty=0.0, case_weights=case_weights)
        away = weights - prior
        away[-1] = 0.0
        return value + 0.5 * penalty * float(away @ away), slope + penalty * away

    return minimise(loss, prior)


def list_loss(
    weights: Array, x: Array, starts: NDArray[np.int64], right: NDArray[np.int64], *, penalty: float
) -> tuple[float, Array]:
    """The best of each list (a conditional logit). x: all candidates, one below the other.

    starts  where each list begins in x; lists are not empty
    right   for each list, the row of x that was right
    """
    score = x @ weights
    top = np.maximum.reduceat(score, starts)
    sizes = np.diff(np.append(starts, len(score)))
    share = np.exp(score - np.repeat(top, sizes))
    total = np.add.reduceat(share, starts)
    value = float(np.mean(np.log(total) + top - score[right])) + 0.5 * penalty * float(weights @ weights)
    share /= np.repeat(total, sizes)
    share[right] -= 1.0
    return value, x.T @ share / len(starts) + penalty * weights


def fit_list(
    x: Array,
    starts: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    penalty: float = 1e-3,
    prior: Array | None = None,
) -> Array:
    """Weights (features,) under which the right row of each list scores best; near `prior` for few lists."""
    prior = np.zeros(x.shape[1]) if prior is None else prior

    def loss(weights: Array) -> tuple[float, Array]:
        value, slope = list_loss(weights, x, starts, right, penalty=0.0)
        away = weights - prior
        return value + 0.5 * penalty * float(away @ away), slope + penalty * away

    return minimise(loss, prior)


def classes_loss(
    weights: Array,
    x: NDArray[np.floating[Any]],
    y: NDArray[np.int64],
    classes: int,
    *,
    penalty: float,
    case_weights: NDArray[np.floating[Any]] | None = None,
) -> tuple[float, Array]:
    """One of many. weights: (features + 1) * classes numbers, the last row of constants not penalised.

    It is worked out in the precision of `x`: single precision takes a third of the time.
    """
    table = weights.reshape(-1, classes).astype(x.dtype)
    part = np.full(len(y), 1.0) if case_weights is None else case_weights
    part = (part / part.sum()).astype(x.dtype)
    score = x @ table[:-1] + table[-1]
    top = score.max(axis=1, keepdims=True)
    share = np.exp(score - top)
    total = share.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    value = float(part @ (np.log(total[:, 0]) + top[:, 0] - score[rows, y])) + 0.5 * penalty * float(
        (table[:-1] ** 2).sum()
    )
    share /= total
    share[rows, y] -= 1.0
    share *= part[:, None]
    slope = np.vstack([x.T @ share + penalty * table[:-1], share.sum(axis=0)])
    return value, slope.ravel().astype(np.float64)


def fit_classes(
    x: Array, y: NDArray[np.int64], classes: int, *, penalty: float = 1e-4, steps: int = 60
) -> Array:
    """Weights (features + 1, classes)."""
    start = np.zeros((x.shape[1] + 1) * classes)
    found = minimise(
        lambda w: classes_loss(w, x, y, classes, penalty=penalty), start, steps=steps, tolerance=1e-5
    )
    return found.reshape(-1, classes)
