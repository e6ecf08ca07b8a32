"""The numbers that turn features into an order and a confidence, and the bounds between the three outcomes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from handrail.answers import bands
from handrail.answers.features import ARTICLE, LIST, Floats, Measured, of_list
from handrail.answers.logistic import sigmoid

SHIPPED = Path(__file__).with_name("shipped.json")
SHIPPED_WORDS = Path(__file__).with_name("shipped_words.json")  # while nothing is compared by meaning
UNWEIGHED = (0.0, 1.0, 0.0)  # mean, scale, weight


@dataclass(frozen=True)
class Coefficients:
    """Ranker and calibrator.

    rank           weight of each ARTICLE feature; a candidate's score is their sum
    list_mean      what each LIST feature is measured from, and
    list_scale     in units of what
    confide        weight of each LIST feature, the constant last
    bounds         outcome -> the least for it: "answer" of the confidence, "answer_0.97" where more is asked for;
                   "choices" of the hope
    """

    rank: Floats
    list_mean: Floats
    list_scale: Floats
    confide: Floats
    bounds: dict[str, float]

    def scores(self, measured: Measured) -> Floats:
        """The ranker's score of every candidate."""
        return measured.table @ self.rank

    def confidence(self, measured: Measured, scores: Floats) -> float:
        """How likely the first candidate is right, 0..1; 0 where there is none."""
        if not len(scores):
            return 0.0
        features = (of_list(measured, scores) - self.list_mean) / self.list_scale
        return float(sigmoid(np.asarray(features @ self.confide[:-1] + self.confide[-1])))

    def answer_from(self, target: float) -> float:
        """The bound of the answer band for a share that must be right, as far as these coefficients prove one."""
        proved = {bands.TARGET: self.bounds["answer"]}
        proved |= {
            float(name[7:]): bound for name, bound in self.bounds.items() if name.startswith("answer_")
        }
        return bands.strict_enough(proved, target)

    def as_json(self) -> dict[str, Any]:
        return {
            "rank": dict(zip(ARTICLE, np.round(self.rank, 4).tolist(), strict=True)),
            "list": {
                name: [round(float(value), 4) for value in values]
                for name, *values in zip(
                    LIST, self.list_mean, self.list_scale, self.confide[:-1], strict=True
                )
            },
            "constant": round(float(self.confide[-1]), 4),
            "bounds": {name: round(value, 4) for name, value in self.bounds.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Coefficients:
        """What `as_json` made, by this release or an older one: what that did not measure yet weighs nothing."""
        rows = np.array([data["list"].get(name, UNWEIGHED) for name in LIST], dtype=np.float64)
        return cls(
            rank=np.array([data["rank"].get(name, 0.0) for name in ARTICLE], dtype=np.float64),
            list_mean=rows[:, 0],
            list_scale=rows[:, 1],
            confide=np.append(rows[:, 2], data["constant"]),
            bounds=dict(data["bounds"]),
        )


def chances(confidence: float, scores: Floats) -> Floats:
    """What each candidate has, best first, where the first has `confidence`: less by as much as its score is."""
    behind = np.sort(scores)[::-1]
    return confidence * np.exp(behind - behind[0]) if len(behind) else behind


def together(confidence: float, scores: Floats) -> float:
    """What those have together that are shown where a reader has to choose; one at most."""
    return min(1.0, float(chances(confidence, scores)[: bands.CHOICES].sum()))


@lru_cache(maxsize=1)
def shipped() -> Coefficients:
    """What a new site answers by: fitted once on public questions, kept without any of them."""
    return Coefficients.from_json(json.loads(SHIPPED.read_text()))


@lru_cache(maxsize=1)
def shipped_words() -> Coefficients:
    """What is answered by where no vector tells how near an article is: fitted on the same questions, by words alone."""
    return Coefficients.from_json(json.loads(SHIPPED_WORDS.read_text()))
