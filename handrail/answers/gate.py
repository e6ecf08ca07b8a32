"""Which coefficients and bounds hold for a question: the site's own where it has measured them, else the shipped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import connection

from handrail.answers import classifiers
from handrail.answers.bands import NEVER, strict_enough
from handrail.answers.classes import Classes
from handrail.answers.coefficients import Coefficients, shipped, shipped_words
from handrail.answers.encoder import is_foreign
from handrail.answers.entries import IndexState
from handrail.answers.fittings import Fitting
from handrail.answers.model_client import current
from handrail.answers.thresholds import target_for


@dataclass(frozen=True)
class Gate:
    """What decides the outcome on one channel in one language.

    is_provisional  True until the site has measured itself: what is answered must then say so
    fitting         id of the Fitting in use; None for what came with the product
    classes         the site's own classifier, where one was learned for the encoder of this host
    by_words        what decides instead where nothing could be compared by meaning; None where this one was measured so
    """

    coefficients: Coefficients
    answer_from: float
    choices_from: float
    is_provisional: bool
    fitting: int | None
    classes: Classes | None = None
    by_words: Gate | None = None

    def for_what(self, *, has_meaning: bool) -> Gate:
        """The gate of a question whose candidates were compared by meaning, or by their words alone."""
        return self if has_meaning or self.by_words is None else self.by_words


def decide(confidence: float, hope: float, gate: Gate, *, has_any: bool, first_stands: bool = True) -> str:
    """The outcome at a gate: an answer where the first is sure, choices where one of three is likely, or neither."""
    if has_any and first_stands and confidence >= gate.answer_from:
        return "answer"
    return "choices" if has_any and hope >= gate.choices_from else "handover"


def gate_for(
    locale: str, channel: str, *, brand: int | None = None, inbox: int | None = None, stamp: str | None = None
) -> Gate:
    """The gate of a locale, channel, brand and mailbox, as measured last and as a manager asks for.

    stamp  of the index, where the caller has just read it: a fitting gives the index a new one, so what was
           found under the same stamp still holds
    """
    stamp = stamp if stamp is not None else IndexState.now().stamp
    target = target_for(channel, brand, stamp=stamp, inbox=inbox)
    fitting = _in_use(stamp)
    gate = _measured_gate(locale, target, fitting)
    if gate.fitting and fitting and fitting.is_by_words:
        return gate
    start = shipped_words()
    words = Gate(start, start.answer_from(target), start.bounds["choices"], True, None)
    return replace(gate, by_words=words)


def _measured_gate(locale: str, target: float, fitting: Fitting | None) -> Gate:
    measured = fitting.gates.get(locale) if fitting else None
    known = _classes(fitting)
    model = current().vector_model
    if is_foreign(model) and (measured is None or not _was_measured_with(fitting, model)):
        # Nobody has proved anything with these vectors yet: choices, and never an answer by itself.
        start = fitting.ranking() if fitting else shipped()
        number = fitting.pk if fitting else None
        return Gate(start, NEVER, start.bounds["choices"], True, number, known)
    if fitting is None or measured is None:
        start = shipped()
        number = fitting.pk if fitting and known else None
        return Gate(start, start.answer_from(target), start.bounds["choices"], True, number, known)
    answer_from = strict_enough({float(at): of["bound"] for at, of in measured["answer"].items()}, target)
    return Gate(fitting.ranking(), answer_from, measured["choices"], False, fitting.pk, known)


def _was_measured_with(fitting: Fitting | None, model: str) -> bool:
    return fitting is not None and model in fitting.models_used.split()


def _classes(fitting: Fitting | None) -> Classes | None:
    held = fitting.classifier if fitting else None
    return classifiers.read(held.key) if held and held.model == current().vector_model else None


_kept: dict[str, tuple[str, Fitting | None]] = {}


def _in_use(stamp: str) -> Fitting | None:
    known = _kept.get(connection.alias)
    if known is None or known[0] != stamp or not stamp:
        known = _kept[connection.alias] = (stamp, Fitting.objects.in_use())
    return known[1]
