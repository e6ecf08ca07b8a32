"""The site's own past: last month's questions, asked of the engine as it is now, beside what was said then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from handrail.answers import bands
from handrail.answers.answer import rank
from handrail.answers.asks import Ask
from handrail.answers.evaluation import metrics
from handrail.answers.examples import Example, examples, standing, viewer_of
from handrail.answers.fit import Judged, judge
from handrail.answers.gate import Gate, decide, gate_for
from handrail.answers.labels import Label
from handrail.answers.proof import by_locale
from handrail.core import clock
from handrail.knowledge.audiences import Audience

DAYS = 30
ASKED_MOST = 500  # distinct questions asked again, the newest
SHOWN_MOST = 20
POINTS_MOST = 60  # of a curve


def measure_history(*, days: int = DAYS) -> dict[str, Any]:
    """How the questions of the last days would be answered now; shares in percent, confidences 0..1.

    asked     the questions themselves: the outcome each had then and would have now, and which of them changed
    proved    locale -> what verdicts say of it, on questions that nothing was fitted on (never learned from)

    Nothing is stored. A question is asked again as a stranger would, whoever asked it then.
    """
    until = clock.now()
    since = until - timedelta(days=days)
    held_out = Label.objects.to_measure_with().filter(at__gte=since).order_by("pk")
    proved = {
        locale: _proved(questions, gate_for(locale, "portal"))
        for locale, questions in sorted(by_locale(standing(held_out)).items())
    }
    return {
        "days": days,
        "until": until.isoformat(timespec="seconds"),
        "asked": _asked(list(Ask.objects.filter(at__gte=since).order_by("-pk"))),
        "proved": proved,
    }


def _asked(asks: Sequence[Ask]) -> dict[str, Any]:
    newest: dict[tuple[str, str, str], Ask] = {}
    for ask in asks:
        newest.setdefault((ask.locale, ask.channel, ask.text), ask)
    again = list(newest.values())[:ASKED_MOST]
    now = [_now(ask) for ask in again]
    changed = [
        {"text": ask.text, "locale": ask.locale, "then": then, "now": said}
        for ask, said in zip(again, now, strict=True)
        if (then := [ask.outcome, _first(ask)]) != said
    ]
    return {
        "questions": len(asks),
        "asked_again": len(again),
        "then": Counter(ask.outcome for ask in again),
        "now": Counter(outcome for outcome, _article in now),
        "changed": len(changed),
        # What is answered otherwise comes first: it is what people will notice.
        "examples": sorted(changed, key=lambda each: "answer" not in (each["then"][0], each["now"][0]))[
            :SHOWN_MOST
        ],
    }


def _now(ask: Ask) -> list[Any]:
    gate = gate_for(ask.locale, ask.channel, brand=ask.brand_id, inbox=ask.inbox_id)
    ranked = rank(ask.text, viewer_of(Audience.PUBLIC), gate=gate, product=ask.product)
    sure, hope = (ranked.confidence, ranked.hope) if ranked.order else (0.0, 0.0)
    outcome = decide(sure, hope, ranked.gate, has_any=bool(ranked.order))
    return [outcome, ranked.order[0] if ranked.order and outcome != Ask.Outcome.HANDOVER else None]


def _first(ask: Ask) -> int | None:
    return ask.offered[0][0] if ask.offered and ask.outcome != Ask.Outcome.HANDOVER else None


def _proved(questions: list[list[Label]], gate: Gate) -> dict[str, Any]:
    found = examples(questions, lambda _hash: gate.classes)
    said = judge(gate.coefficients, found)
    counted = metrics.answered(said, gate.answer_from)
    return {
        "questions": len(found),
        "first_right": metrics.percent(
            int((said.first_right & said.in_scope).sum()), int(said.in_scope.sum())
        ),
        **counted.as_json(),
        "precision_at_least": round(100 * bands.wilson(counted.right, counted.answered), 1),
        "ECE": metrics.calibration_error(said.confidence, said.first_right),
        "answer_from": gate.answer_from if gate.answer_from < bands.NEVER else None,
        "curve": curve(said),
        "worst": _worst(questions, found, said, gate),
    }


def curve(said: Judged) -> list[list[float]]:
    """[coverage, precision, confidence] at each cut, the surest first; percent, percent, 0..1. At most POINTS_MOST."""
    order = np.argsort(-said.confidence, kind="stable")
    right = np.cumsum(said.first_right[order])
    in_scope = max(1, int(said.in_scope.sum()))
    cuts = [
        at
        for at in range(len(order))
        if at + 1 == len(order) or said.confidence[order[at + 1]] < said.confidence[order[at]]
    ]
    chosen = (
        [cuts[round(at)] for at in np.linspace(0, len(cuts) - 1, min(POINTS_MOST, len(cuts)))] if cuts else []
    )
    return [
        [
            round(100 * float(right[at]) / in_scope, 1),
            round(100 * float(right[at]) / (at + 1), 1),
            round(float(said.confidence[order[at]]), 3),
        ]
        for at in chosen
    ]


def _worst(
    questions: list[list[Label]], asked: Sequence[Example], said: Judged, gate: Gate
) -> list[dict[str, Any]]:
    """The surest mistakes: what was wrong first as it was measured, with what was right."""
    wrong = [at for at in np.argsort(-said.confidence, kind="stable") if not said.first_right[at]]
    return [
        {
            "label": questions[at][0].pk,
            "text": questions[at][0].text,
            "said": _first_said(asked[at], gate),
            "confidence": round(float(said.confidence[at]), 3),
            "right": [label.article_id for label in questions[at] if label.article_id is not None],
        }
        for at in wrong[:SHOWN_MOST]
    ]


def _first_said(example: Example, gate: Gate) -> int | None:
    articles = example.measured.articles
    return articles[int(np.argmax(gate.coefficients.scores(example.measured)))] if articles else None
