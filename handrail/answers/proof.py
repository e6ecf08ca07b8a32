"""What a version is worth on questions it never learned from: the bounds it may use, and whether it is no worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from handrail.answers import bands
from handrail.answers.classes import Classes
from handrail.answers.coefficients import Coefficients
from handrail.answers.examples import Told, each_way, examples, nobody
from handrail.answers.fit import Example, Judged, judge
from handrail.answers.labels import Label
from handrail.answers.thresholds import OFFERED

MEASURED_MIN = 100  # held-out questions of a locale, before its own bounds replace the provisional ones
LATER = 0.2  # of the held-out questions the newest: on these a new version is held against the present one
LATER_MIN = 20


COUNTS = (
    *("cases", "first_before", "first_after"),
    *("answered_before", "answered_after", "wrong_before", "wrong_after"),
)


@dataclass(frozen=True)
class Version:
    """Something to answer by: coefficients, classifier, and for each locale the bound of its answers."""

    coefficients: Coefficients
    classes: Classes | None
    bounds: dict[str, float]


@dataclass(frozen=True)
class Trial:
    """Two versions on the same later questions. Counts; `answered` and `right` are at each version's own bound."""

    cases: int
    first_before: int
    first_after: int
    answered_before: int
    answered_after: int
    wrong_before: int
    wrong_after: int
    is_passed: bool
    worse_in: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Later:
    """The newest held-out questions, each asked once and measured by two versions' classifiers: by the one before, and after."""

    questions: list[list[Label]]
    before: list[Example]
    after: list[Example]

    @classmethod
    def ask(
        cls, before: Version, after: Version, questions: list[list[Label]], *, told: Told = nobody
    ) -> Later:
        """Ask them of the engine. told  called after each"""
        ways = [lambda _hash: before.classes, lambda _hash: after.classes]
        found = each_way(questions, ways, told=told)
        return cls(questions, [one for one, _ in found], [other for _, other in found])

    def known(self) -> dict[tuple[str, str], Example]:
        """(locale, text hash) -> the question as the later version measures it."""
        return {_key(labels): example for labels, example in zip(self.questions, self.after, strict=True)}


def gates(
    version: Version,
    held_out: list[list[Label]],
    *,
    known: Mapping[tuple[str, str], Example] | None = None,
    told: Told = nobody,
) -> dict[str, Any]:
    """locale -> its bounds and what was measured at them; only locales with enough held-out questions.

    known  those that were asked before and measured by this version (Later.known); they are not asked again
    """
    return {
        locale: _gate(judge(version.coefficients, _asked(version, questions, known or {}, told)))
        for locale, questions in by_locale(held_out).items()
        if len(questions) >= MEASURED_MIN
    }


def _asked(
    version: Version,
    questions: list[list[Label]],
    known: Mapping[tuple[str, str], Example],
    told: Told,
) -> list[Example]:
    """Each question as the version measures it, in order."""
    unknown = [labels for labels in questions if _key(labels) not in known]
    new = iter(examples(unknown, lambda _hash: version.classes, told=told))
    return [known[_key(labels)] if _key(labels) in known else next(new) for labels in questions]


def _key(labels: list[Label]) -> tuple[str, str]:
    return labels[0].locale, labels[0].text_hash


def later(held_out: list[list[Label]]) -> list[list[Label]]:
    """The newest of the held-out questions, by when they were first labelled."""
    in_time = sorted(held_out, key=lambda labels: min(label.at for label in labels))
    return in_time[-max(LATER_MIN, round(LATER * len(in_time))) :]


def compare(before: Version, after: Version, asked: Later) -> Trial:
    """What both said of the same later questions. Passed: in no locale fewer right first, and no lower precision of answers.

    A version is not taken for being unlucky on a handful: a locale with fewer than `LATER_MIN` questions says nothing.
    """
    sums = np.zeros(7, int)
    worse: list[str] = []
    for locale in by_locale(asked.questions):
        here = [at for at, labels in enumerate(asked.questions) if labels[0].locale == locale]
        was = _counts(before, locale, [asked.before[at] for at in here])
        now = _counts(after, locale, [asked.after[at] for at in here])
        sums += [len(here), was[0], now[0], was[1], now[1], was[2], now[2]]
        if len(here) >= LATER_MIN and (now[0] < was[0] or _is_less_precise(was, now)):
            worse.append(locale)
    counts = dict(zip(COUNTS, sums.tolist(), strict=True))
    return Trial(**counts, is_passed=not worse, worse_in=" ".join(worse))


def by_locale(questions: list[list[Label]]) -> dict[str, list[list[Label]]]:
    """The questions of each locale."""
    found: dict[str, list[list[Label]]] = {}
    for labels in questions:
        found.setdefault(labels[0].locale, []).append(labels)
    return found


def _counts(version: Version, locale: str, asked: list[Example]) -> tuple[int, int, int]:
    said = judge(version.coefficients, asked)
    answered = said.confidence >= version.bounds.get(locale, bands.NEVER)
    return int(said.first_right.sum()), int(answered.sum()), int((answered & ~said.first_right).sum())


def _is_less_precise(was: tuple[int, int, int], now: tuple[int, int, int]) -> bool:
    """Precision fell, and is below what is promised. Who answers more is allowed more errors, as many as the promise is."""
    if not now[1]:
        return False
    error = now[2] / now[1]
    return error > 1 - bands.TARGET and (not was[1] or error > was[2] / was[1])


def _gate(judged: Judged) -> dict[str, Any]:
    targets = [target for target in OFFERED if target < 1]
    answers = {
        f"{target:.2f}": _measured(judged, bands.bounds_for(judged, target=target)["answer"])
        for target in targets
    }
    return {
        "cases": len(judged.confidence),
        "choices": bands.bounds_for(judged)["choices"],
        "answer": answers,
    }


def _measured(judged: Judged, bound: float) -> dict[str, float | int]:
    answered = judged.confidence >= bound
    right = answered & judged.first_right
    return {
        "bound": bound,
        "answered": int(answered.sum()),
        "right": int(right.sum()),
        "precision_at_least": round(bands.wilson(int(right.sum()), int(answered.sum())), 4),
        "coverage": round(float(right.sum() / max(1, judged.in_scope.sum())), 4),
        "rejected": round(
            float((~answered & ~judged.in_scope).sum() / max(1, int(np.sum(~judged.in_scope)))), 4
        ),
    }
