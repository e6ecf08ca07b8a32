"""A form filled in: what of it is shown, what it then requires, and what of what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from handrail.conversations.fields import Field, Required
from handrail.conversations.forms import Place
from handrail.workspace.typed import Unfit, Value, read


@dataclass
class Filled:
    """values  of the fields that are shown · problems  field's key -> a sentence for who typed"""

    values: dict[Field, Value] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def is_shown(place: Place, values: Mapping[int, Sequence[str]]) -> bool:
    """values  field's id -> what stands in it, of fields that are shown themselves"""
    return place.when_id is None or bool(set(values.get(place.when_id, ())) & set(place.when_values))


def shown(places: Iterable[Place], values: Mapping[int, Sequence[str]]) -> list[Place]:
    """Those shown for these values, from above to below: what stands in a hidden field decides nothing."""
    seen: list[Place] = []
    counted: dict[int, Sequence[str]] = {}
    for place in places:
        if is_shown(place, counted):
            seen.append(place)
            counted[place.field_id] = values.get(place.field_id, ())
    return seen


def is_required(place: Place, moment: str) -> bool:
    """moment  Required.CREATE or SOLVE. What a condition shows is required at both, if the form says so."""
    return place.field.is_required_at(moment) or (place.when_id is not None and place.is_required_then)


def fill(
    places: Iterable[Place],
    typed: Callable[[str], Sequence[str]],
    *,
    by_customer: bool,
    requires: bool = True,
) -> Filled:
    """Read a form from above to below. What a hidden field holds is dropped, and a customer's of one for colleagues too.

    typed     field's key -> what was sent for it
    requires  whether what is needed when a request is sent must be there

    Sentences are in the active language.
    """
    filled = Filled()
    counted: dict[int, Value] = {}
    for place in places:
        if (by_customer and not place.field.is_public) or not is_shown(place, counted):
            continue
        try:
            value = read(place.field, typed(place.field.key))
        except Unfit as unfit:
            filled.problems[place.field.key] = str(unfit)
            continue
        if value:
            filled.values[place.field] = counted[place.field_id] = value
        elif requires and is_required(place, Required.CREATE):
            filled.problems[place.field.key] = _("Please fill this in; we can't go on without it.")
    return filled
