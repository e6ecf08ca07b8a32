"""Asks every question of a set through the engine, fits on one half, measures on the other."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer, rank
from handrail.answers.coefficients import shipped
from handrail.answers.evaluation import metrics
from handrail.answers.evaluation.questions import Asked, Folder, read
from handrail.answers.evaluation.site import publish, teach, temporary_site
from handrail.answers.fit import Example, Judged, judge
from handrail.answers.gate import gate_for
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.answers.noise import noisy
from handrail.answers.refit import fit_own

TIMED = 300  # questions whose whole path to a stored result is timed


def measure_folder(folder: Path, *, learn: bool, noise: str = "", seed: int = 0) -> dict[str, Any]:
    """Measure the engine on the set in `folder`; metrics in percent, times in milliseconds, memory in MB.

    learn  take the split train as past questions with their confirmed answers
    noise  a kind of noise.KINDS put on every question that is measured; "" for none

    Raises questions.NotAFolder.
    """
    found = read(folder)
    with using(ModelsHere()), temporary_site():
        articles = publish(found.items)
        if learn:
            teach(found.train, articles)
        fitted_on, measured_on = _ask_all(found, articles, noise, seed)
        report = _halves(found.dev, measured_on) if not found.test else _split(fitted_on, measured_on)
        report |= {"shipped": _with_shipped(measured_on)}
        report |= _times(found.test or found.dev, noise, seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = {"folder": folder.name, "condition": "learned" if learn else "cold", "noise": noise or None}
    return head | {"questions": _sizes(found)} | report | {"peak_memory_mb": round(memory, 1)}


def ask(asked: Sequence[Asked], articles: dict[str, int], *, noise: str = "", seed: int = 0) -> list[Example]:
    """Each question as the engine measures it, with the articles that are right."""
    gate = gate_for(asked[0].locale, "portal") if asked else None
    found = []
    for each in asked:
        text = noisy(each.question, noise, locale=each.locale, seed=seed) if noise else each.question
        ranked = rank(text, STRANGER, gate=gate)  # type: ignore[arg-type]
        found.append(Example(ranked.measured, frozenset(articles[item] for item in each.answers)))
    return found


def _ask_all(
    found: Folder, articles: dict[str, int], noise: str, seed: int
) -> tuple[list[Example], list[Example]]:
    if not found.test:
        return [], ask(found.dev, articles, noise=noise, seed=seed)
    return ask(found.dev, articles), ask(found.test, articles, noise=noise, seed=seed)


def _halves(dev: Sequence[Asked], examples: list[Example]) -> dict[str, Any]:
    even = [example for example, each in zip(examples, dev, strict=True) if each.is_even]
    odd = [example for example, each in zip(examples, dev, strict=True) if not each.is_even]
    return _report([(even, odd), (odd, even)])


def _split(fitted_on: list[Example], measured_on: list[Example]) -> dict[str, Any]:
    return _report([(fitted_on, measured_on)])


def _report(pairs: list[tuple[list[Example], list[Example]]]) -> dict[str, Any]:
    """Fit on the first of each pair as a site fits its own questions, measure on the second, pool.

    Where the questions are too few to fit on, the ranking is that of the coefficients a new site starts with, and the
    rest, which wants a confidence fitted here, is null.
    """
    ranks, judged = [], []
    pooled = {form: metrics.Answered(0, 0, 0, 0, 0) for form in ("threshold_95", "gate_95")}
    try:
        fits = [fit_own(fitted_on) for fitted_on, _measured_on in pairs]
    except ValueError as too_few:
        asked = [example for _fitted_on, measured_on in pairs for example in measured_on]
        order = metrics.ranking(metrics.ranks(shipped(), asked)) if any(each.right for each in asked) else {}
        nothing = dict.fromkeys((*metrics.RANKING, *pooled, "ECE"))
        return nothing | order | {"ranked_by": "shipped", "not_measured": str(too_few)}
    for (coefficients, unseen), (_fitted_on, measured_on) in zip(fits, pairs, strict=True):
        said = judge(coefficients, measured_on)
        ranks.append(metrics.ranks(coefficients, measured_on))
        judged.append(said)
        for form in pooled:
            bound = metrics.threshold(unseen, gate=form == "gate_95")
            pooled[form] += metrics.answered(said, bound)
    confidence = np.concatenate([each.confidence for each in judged])
    right = np.concatenate([each.first_right for each in judged])
    return {
        **metrics.ranking(np.concatenate(ranks)),
        **{form: counted.as_json() for form, counted in pooled.items()},
        "ECE": metrics.calibration_error(confidence, right),
    }


def _with_shipped(examples: list[Example]) -> dict[str, Any]:
    """The same questions by the coefficients a new site starts with, at their own bounds."""
    start = shipped()
    said: Judged = judge(start, examples)
    return {
        **metrics.ranking(metrics.ranks(start, examples)),
        "at_bound": metrics.answered(said, start.bounds["answer"]).as_json(),
        "offered_or_answered": metrics.offered(said, start.bounds["choices"]).as_json(),
        "ECE": metrics.calibration_error(said.confidence, said.first_right),
    }


def _times(asked: Sequence[Asked], noise: str, seed: int) -> dict[str, float]:
    """The whole path, question kept, as the portal takes it; warm. CPU beside the clock: others may be busy here."""
    taken, worked = [], []
    for each in asked[:TIMED]:
        text = noisy(each.question, noise, locale=each.locale, seed=seed) if noise else each.question
        began, cpu = time.perf_counter(), time.process_time()
        answer(text, STRANGER, locale=each.locale)
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    figures = {"ms": taken, "cpu_ms": worked}
    return {
        f"{name}_p{at}": round(float(np.percentile(of, at)), 1)
        for name, of in figures.items()
        for at in (50, 95)
    }


def _sizes(found: Folder) -> dict[str, int]:
    measured = found.test or found.dev
    in_scope = sum(1 for each in measured if each.answers)
    return {
        "items": len(found.items),
        "in_scope": in_scope,
        "out_of_scope": len(measured) - in_scope,
        "past": len(found.train),
    }
