"""A loss on the labelled sets is noticed, whichever figure it is in."""

from __future__ import annotations

import copy
import json

import pytest

from benches.answers import run
from benches.answers.floor import FLOOR, missed


@pytest.fixture
def rows():
    """The committed run."""
    return copy.deepcopy(json.loads(run.RESULTS.read_text(encoding="utf-8"))["conditions"])


def row_of(rows, folder, condition, noise=None):
    return next(
        row for row in rows if (row["folder"], row["condition"], row["noise"]) == (folder, condition, noise)
    )


def test_the_committed_run_stands_above_its_floor_and_is_known_in_every_figure(rows):
    assert missed(rows) == []
    for row in rows:
        known = FLOOR["measured"][row["folder"]]
        assert (
            row["noise"] in known["lost"]
            if row["noise"]
            else set(known[row["condition"]]) == {"R@1", "coverage", "rejected", "ECE"}
        )


@pytest.mark.parametrize("condition", ["cold", "learned"])
@pytest.mark.parametrize(
    ("name", "by"), [("R@1", -0.6), ("coverage", -3.1), ("rejected", -2.6), ("ECE", 0.7)]
)
def test_each_figure_that_falls_is_named(rows, condition, name, by):
    row = row_of(rows, "clinc", condition)
    holder = row["threshold_95"] if name in ("coverage", "rejected") else row
    holder[name] = round(holder[name] + by, 1)

    assert any(line.startswith(f"clinc {condition}: {name} ") for line in missed(rows))


def test_what_moves_by_chance_is_not_named(rows):
    row_of(rows, "clinc", "learned")["threshold_95"]["coverage"] -= 2.9
    assert missed(rows) == []


@pytest.mark.parametrize("kind", ["typo", "typo2", "nospace", "respace"])
def test_noise_that_costs_more_than_it_did_is_named(rows, kind):
    row_of(rows, "parakqc", "cold", kind)["R@1"] -= 0.8
    assert [line.split(":")[0] for line in missed(rows)] == [f"parakqc {kind}"]


def test_a_wrong_keyboard_layout_costs_korean_nothing(rows):
    row_of(rows, "parakqc", "cold", "layout")["R@1"] -= 0.2
    assert missed(rows) == ["parakqc: a wrong keyboard layout costs 0.2 points"]


def test_a_set_that_nobody_measured_has_no_floor_but_its_bar(rows):
    row = row_of(rows, "clinc", "cold") | {"folder": "another", "R@1": 1.0}
    assert missed([row]) == []
    assert missed([row], FLOOR | {"bar": {"another": {"R@1": 2.0}}}) == [
        "another cold: R@1 1.0 below the bar of 2.0"
    ]
