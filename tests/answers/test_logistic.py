"""The regressions: their gradients are right, and they find what is there to find."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers.logistic import (
    binary_loss,
    classes_loss,
    fit_binary,
    fit_classes,
    fit_list,
    list_loss,
    sigmoid,
)

RANDOM = np.random.default_rng(7)


def slope_by_hand(loss, at, step=1e-6):
    found = np.zeros_like(at)
    for place in range(len(at)):
        up, down = at.copy(), at.copy()
        up[place] += step
        down[place] -= step
        found[place] = (loss(up)[0] - loss(down)[0]) / (2 * step)
    return found


def cases():
    x = RANDOM.normal(size=(40, 5))
    yes = (x[:, 0] + RANDOM.normal(size=40) > 0).astype(float)
    starts = np.array([0, 7, 15, 16, 30])
    right = np.array([3, 7, 15, 20, 39])
    classes = RANDOM.integers(0, 3, size=40)
    weights = RANDOM.random(40)
    return {
        "binary": (6, lambda w: binary_loss(w, x, yes, penalty=0.1)),
        "weighted": (6, lambda w: binary_loss(w, x, yes, penalty=0.1, case_weights=weights)),
        "list": (5, lambda w: list_loss(w, x, starts, right, penalty=0.1)),
        "classes": (18, lambda w: classes_loss(w, x, classes, 3, penalty=0.1)),
        "classes, weighted": (
            18,
            lambda w: classes_loss(w, x, classes, 3, penalty=0.1, case_weights=weights),
        ),
    }


@pytest.mark.parametrize("name", cases())
def test_each_gradient_is_the_slope_of_its_loss(name):
    size, loss = cases()[name]
    at = RANDOM.normal(size=size)
    assert loss(at)[1] == pytest.approx(slope_by_hand(loss, at), abs=1e-6)


def test_yes_or_no_finds_the_feature_that_decides():
    x = RANDOM.normal(size=(2000, 3))
    y = (RANDOM.random(2000) < sigmoid(2.0 * x[:, 1] - 1.0)).astype(float)

    weights = fit_binary(x, y, penalty=1e-6)

    assert weights == pytest.approx([0.0, 2.0, 0.0, -1.0], abs=0.25)


def test_the_best_of_a_list_is_found_by_its_feature():
    x = RANDOM.normal(size=(3000, 2))
    starts = np.arange(0, 3000, 10)
    right = np.array([start + int(np.argmax(x[start : start + 10, 0])) for start in starts])

    weights = fit_list(x, starts, right)

    ordered = [int(np.argmax(x[start : start + 10] @ weights)) + start for start in starts]
    assert np.mean(np.array(ordered) == right) > 0.97


def test_few_cases_leave_weights_near_what_was_known():
    x, y = RANDOM.normal(size=(4, 2)), np.array([0.0, 1.0, 0.0, 1.0])
    known = np.array([1.0, -2.0, 0.5])
    assert fit_binary(x, y, penalty=100.0, prior=known)[:2] == pytest.approx(known[:2], abs=0.05)


def test_one_of_many_separates_three_groups():
    centres = np.array([[3, 0], [-3, 0], [0, 4]])
    y = RANDOM.integers(0, 3, size=300)
    x = centres[y] + RANDOM.normal(size=(300, 2))

    weights = fit_classes(x, y, 3)

    assert np.mean(np.argmax(x @ weights[:-1] + weights[-1], axis=1) == y) > 0.95
