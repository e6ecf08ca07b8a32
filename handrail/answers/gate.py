"""Which coefficients and bounds hold for a question: the site's own where it has measured them, else the shipped."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from handrail.answers import bands
from handrail.answers.coefficients import Coefficients, shipped
from handrail.answers.entries import IndexState
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


def gate_for(locale: str, channel: str, *, stamp: str | None = None) -> Gate:
    """The gate of a locale and channel, as measured last.

    stamp  of the index, where the caller has just read it: a fitting gives the index a new one, so what was
           found under the same stamp still holds
    """
    fitting = _in_use(stamp if stamp is not None else IndexState.now().stamp)
    measured = fitting.gates.get(locale) if fitting else None
    if fitting is None or measured is None:
        start = shipped()
        return Gate(start, start.bounds["answer"], start.bounds["choices"], True, None)
    bound = measured["answer"][f"{bands.target_of(channel):.2f}"]["bound"]
    return Gate(Coefficients.from_json(fitting.coefficients), bound, measured["choices"], False, fitting.pk)


_kept: dict[str, tuple[str, Fitting | None]] = {}


def _in_use(stamp: str) -> Fitting | None:
    known = _kept.get(connection.alias)
    if known is None or known[0] != stamp or not stamp:
        known = _kept[connection.alias] = (stamp, Fitting.objects.in_use())
    return known[1]
