"""Learning anew from the site's own labels, and measuring on held-out ones whether the engine may answer alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from handrail.answers import bands, classifiers
from handrail.answers.classes import Classes
from handrail.answers.classifiers import Classifier
from handrail.answers.coefficients import Coefficients, shipped, shipped_words
from handrail.answers.entries import IndexState
from handrail.answers.examples import Told, examples, nobody, standing
from handrail.answers.fit import Example, Judged, fit
from handrail.answers.fittings import Fitting
from handrail.answers.labels import Label
from handrail.answers.lessons import Lessons, lessons
from handrail.answers.model_client import current
from handrail.answers.proof import Later, Trial, Version, compare, gates, later
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

OWN_LABELS_MIN = 100  # questions, before a site's own coefficients replace those that come with the product
# With few labels the shipped coefficients weigh more; from so many on they hardly do.
PRIOR_CASES = 1000


class TooFewLabels(ValueError):
    """The site has not gathered enough labels to learn from."""


@dataclass(frozen=True)
class Learned:
    """What was fitted, before it is measured."""

    coefficients: Coefficients | None
    classes: Classes | None
    lessons: Lessons | None
    learned_from: int


def refit(*, by: CanAct, told: Told = nobody) -> Fitting:
    """Fit on the labels kept for learning, measure on the held-out ones, and put the result to use if it is no worse.

    What is worse on the newest held-out questions than the present version is kept as withdrawn, with the figures.
    told  called after each question that was asked anew

    Raises TooFewLabels where there is nothing to learn from: below 100 questions, or all alike, and no article
    confirmed often enough to be told apart.
    """
    learned = learn(told=told)
    held_out = standing(Label.objects.to_measure_with().order_by("pk"))
    found = Version(learned.coefficients or shipped(), learned.classes, {})
    present = Fitting.objects.in_use()
    before = version_of(present) if present else None
    newest = Later.ask(before, found, later(held_out), told=told) if before else None
    measured = gates(found, held_out, known=newest.known() if newest else None, told=told)
    trial = None
    if before and newest:
        after = Version(found.coefficients, found.classes, bounds_of(measured))
        trial = compare(before, after, newest)
    return _keep(learned, measured, trial, measured_with=len(held_out), by=by)


def learn(*, told: Told = nobody) -> Learned:
    """Fit classifier, ranker and calibrator on what is kept for learning. Raises TooFewLabels."""
    taught = lessons()
    whole = taught.fit() if taught else None
    questions = standing(Label.objects.to_learn_from().order_by("pk"))
    if len(questions) < OWN_LABELS_MIN:
        if whole is None:
            raise TooFewLabels(
                f"There are {len(questions)} labels to learn from; {OWN_LABELS_MIN} are needed."
            )
        return Learned(None, whole, taught, len(questions))
    # A past question is measured by a classifier that never saw it, as a new one will be.
    apart = taught.fit_apart(whole).without if taught and whole else (lambda _hash: None)
    try:
        found, _judged = fit_own(examples(questions, apart, told=told))
    except ValueError as alike:
        raise TooFewLabels(f"The labels are too much alike to learn from: {alike}") from alike
    return Learned(found, whole, taught, len(questions))


def fit_own(asked: Sequence[Example]) -> tuple[Coefficients, Judged]:
    """Coefficients from a site's own questions, near those it started with while they are few, and what folds said of each.

    Raises ValueError as `fit.fit`.
    """
    prior = shipped() if current().vector_model else shipped_words()
    return fit(asked, prior=prior, strength=max(1.0, PRIOR_CASES / max(1, len(asked))))


def learn_classes(*, by: CanAct) -> Fitting | None:
    """Fit and use the classifier alone, with the coefficients that come with the product; None while nothing can be told apart."""
    taught = lessons()
    if taught is None:
        return None
    return _keep(Learned(None, taught.fit(), taught, len(taught.owners)), {}, None, measured_with=0, by=by)


def version_of(fitting: Fitting) -> Version:
    """A kept fitting as it answers."""
    held = fitting.classifier
    classes = classifiers.read(held.key) if held and held.model == current().vector_model else None
    return Version(fitting.ranking(), classes, bounds_of(fitting.gates))


def bounds_of(measured: dict[str, Any]) -> dict[str, float]:
    """locale -> the bound of its answers at the usual target."""
    return {locale: gate["answer"][f"{bands.TARGET:.2f}"]["bound"] for locale, gate in measured.items()}


@transaction.atomic
def _keep(
    learned: Learned, measured: dict[str, Any], trial: Trial | None, *, measured_with: int, by: CanAct
) -> Fitting:
    held = None
    if learned.classes and learned.lessons:
        count = len(learned.lessons.owners)
        held = Classifier.keep(learned.classes, model=learned.lessons.model, learned_from=count)
    is_refused = trial is not None and not trial.is_passed
    fitting = Fitting.objects.create(
        coefficients=learned.coefficients.as_json() if learned.coefficients else {},
        classifier=held,
        gates=measured,
        learned_from=learned.learned_from,
        measured_with=measured_with,
        trial=trial.as_json() if trial else {},
        is_withdrawn=is_refused,
        models_used=f"{current().morph_model} {current().vector_model}",
        index_stamp=IndexState.now().stamp,
    )
    Fitting.forget_old()
    IndexState.move()
    verb = "fitting.refused" if is_refused else "fitting.made"
    record(verb, fitting, by=by, learned_from=learned.learned_from, measured_with=measured_with)
    return fitting
