"""Learning anew from the site's own labels, and measuring on held-out ones whether the engine may answer alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db import transaction

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import bands
from handrail.answers.candidates import draw
from handrail.answers.coefficients import Coefficients, shipped
from handrail.answers.entries import IndexState
from handrail.answers.features import measure
from handrail.answers.fit import Example, Judged, fit, judge
from handrail.answers.fittings import Fitting
from handrail.answers.labels import Label
from handrail.answers.model_client import current
from handrail.answers.question import understand
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import Audience

OWN_LABELS_MIN = 100  # before a site's own coefficients and gate replace the provisional ones
# With few labels the shipped coefficients weigh more; at thousands they hardly do.
PRIOR_CASES = 4000


class TooFewLabels(ValueError):
    """The site has not gathered enough labels to learn from."""


def refit(*, by: CanAct) -> Fitting:
    """Fit on the labels kept for learning, measure on the held-out ones, and put the result to use.

    Raises TooFewLabels below 100 labels kept for learning, or where they are all alike.
    """
    learning = list(Label.objects.to_learn_from().order_by("pk"))
    if len(learning) < OWN_LABELS_MIN:
        raise TooFewLabels(f"There are {len(learning)} labels to learn from; {OWN_LABELS_MIN} are needed.")
    try:
        strength = max(1.0, PRIOR_CASES / len(learning))
        found, _judged = fit(examples(learning), prior=shipped(), strength=strength)
    except ValueError as alike:
        raise TooFewLabels(f"The labels are too much alike to learn from: {alike}") from alike
    return _keep(found, learned_from=len(learning), by=by)


@transaction.atomic
def _keep(found: Coefficients, *, learned_from: int, by: CanAct) -> Fitting:
    held_out = list(Label.objects.to_measure_with().order_by("pk"))
    fitting = Fitting.objects.create(
        coefficients=found.as_json(),
        gates=gates(found, held_out),
        learned_from=learned_from,
        measured_with=len(held_out),
        models_used=f"{current().morph_model} {current().vector_model}".strip(),
        index_stamp=IndexState.now().stamp,
    )
    Fitting.forget_old()
    IndexState.move()
    record("fitting.made", fitting, by=by, learned_from=learned_from, measured_with=len(held_out))
    return fitting


def examples(labels: Iterable[Label]) -> list[Example]:
    """Each labelled question asked of the engine, as a reader of its audience, without its own remembered row.

    Several labels of one question are one example: any of their articles is right.
    """
    by_question: dict[tuple[str, str], list[Label]] = {}
    for label in labels:
        by_question.setdefault((label.locale, label.text_hash), []).append(label)
    return [_example(found) for found in by_question.values()]


def _example(labels: list[Label]) -> Example:
    one = labels[0]
    measured = measure(draw(understand(one.text), viewer_of(one.audience), without=one.text_hash))
    right = frozenset(label.article_id for label in labels if label.article_id is not None)
    return Example(measured, right, max(label.weight for label in labels))


def viewer_of(audience: str) -> Viewer:
    """Somebody who belongs to this audience and no stricter one."""
    if audience == Audience.AGENTS or audience.startswith(Audience.SEGMENT):
        return Viewer(role="agent", assurance=3)
    if audience == Audience.EMPLOYEES:
        return Viewer(person_id=0, is_employee=True, assurance=3)
    return Viewer(person_id=0, assurance=3) if audience == Audience.SIGNED_IN else STRANGER


def gates(coefficients: Coefficients, held_out: list[Label]) -> dict[str, Any]:
    """locale -> its bounds and what was measured at them; only locales with enough held-out labels."""
    by_locale: dict[str, list[Label]] = {}
    for label in held_out:
        by_locale.setdefault(label.locale, []).append(label)
    return {
        locale: _gate(judge(coefficients, examples(labels)))
        for locale, labels in by_locale.items()
        if len(labels) >= OWN_LABELS_MIN
    }


def _gate(judged: Judged) -> dict[str, Any]:
    targets = sorted({bands.TARGET, *bands.TARGETS.values()})
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
