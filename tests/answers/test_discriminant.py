"""The discriminant is the ridge regression it says it is, and what it says of a question it has seen is not counted."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers.discriminant import RIDGE, SAMPLE, Discriminant, discriminant, sample


@pytest.fixture
def vectors():
    dice = np.random.default_rng(5)
    # Everything shares one strong direction; what tells the classes apart is weak.
    common = dice.standard_normal(24)
    classes = 0.3 * dice.standard_normal((6, 24))
    rows = np.repeat(np.arange(6), 20)
    found = common + classes[rows] + 0.2 * dice.standard_normal((120, 24))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32), rows


def test_it_is_the_ridge_regression_on_belonging(vectors):
    x, rows = vectors
    member = (rows[:, None] == np.arange(6)).astype(np.float64)
    wanted = np.linalg.solve(x.T @ x + RIDGE * 120 * np.eye(24), x.T @ member)

    found = discriminant(x, 120)
    scores = np.array([[x[rows == each].sum(axis=0) @ found.direction(q) for each in range(6)] for q in x])

    assert scores == pytest.approx(x @ wanted, abs=1e-3)


def test_what_all_share_counts_less_than_what_one_has_alone(vectors):
    x, rows = vectors
    found = discriminant(x, 120)
    by_it = [
        int(np.argmax([x[rows == each].sum(axis=0) @ found.direction(q) for each in range(6)])) for q in x
    ]
    assert np.mean(np.array(by_it) == rows) > 0.9


def test_leaving_a_row_out_is_what_never_having_seen_it_gives(vectors):
    x, _rows = vectors
    q = x[0]
    known, unknown = discriminant(x, 120), np.linalg.inv(x[1:].T @ x[1:] + RIDGE * 120 * np.eye(24))
    way = known.direction(q)
    assert way / (1 - way @ q) == pytest.approx(unknown @ q, rel=0.02, abs=0.02)


def test_a_sample_stands_for_all(vectors):
    x, _rows = vectors
    half = discriminant(x[::2], 120)
    assert half.direction(x[0]) @ x[0] == pytest.approx(
        discriminant(x, 120).direction(x[0]) @ x[0], rel=0.35
    )
    assert len(sample(10 * SAMPLE)) == SAMPLE
    assert list(sample(3)) == [0, 1, 2]


def test_it_is_made_anew_only_where_much_changed(vectors):
    x, _rows = vectors
    made = discriminant(x, 120)
    assert made.holds_for(125)
    assert not made.holds_for(160)
    assert not Discriminant().holds_for(0)
    assert not Discriminant().direction(x[0]).any()
