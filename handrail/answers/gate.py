"""Which coefficients and bounds hold for a question: the site's own where it has measured them, else the shipped."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.answers import bands
from handrail.answers.coefficients import Coefficients, shipped
from handrail.answers.fittings import Fitting


@dataclass(frozen=True)
class Gate:
    """What decides the outcome on one channel in one language.

    is_provisional  True until the site has measured itself: what is answered must then say so
    fitting         id of the Fitting in use; None for what came with the product
    """

    coefficients: Coefficients
    answer_from: float
    choices_from: float
    is_provisional: bool
    fitting: int | None


def gate_for(locale: str, channel: str) -> Gate:
    """The gate of a locale and channel, as measured last."""
    fitting = Fitting.objects.in_use()
    measured = fitting.gates.get(locale) if fitting else None
    if fitting is None or measured is None:
        start = shipped()
        return Gate(start, start.bounds["answer"], start.bounds["choices"], True, None)
    bound = measured["answer"][f"{bands.target_of(channel):.2f}"]["bound"]
    return Gate(Coefficients.from_json(fitting.coefficients), bound, measured["choices"], False, fitting.pk)
