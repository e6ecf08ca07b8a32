"""The fields of one conversation as a colleague sees them: what its form asks, what else is said, and what could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Q

from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field, Required
from handrail.conversations.filling import is_required, shown
from handrail.conversations.forms import Place
from handrail.workspace.typed import Value


@dataclass(frozen=True)
class Line:
    """One field with what stands in it. `is_needed`: it is required before the conversation is solved; `place` in its form."""

    field: Field
    value: Value
    is_needed: bool = False
    place: Place | None = None


@dataclass
class Sheet:
    """asked  of every conversation, or by the form and shown for these values · may_be  by the form for other values ·
    kept  said though it is not asked now · more  can be said too"""

    asked: list[Line] = field(default_factory=list)
    may_be: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    more: list[Line] = field(default_factory=list)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter([*self.asked, *self.may_be, *self.kept, *self.more])


def sheet(conversation: Conversation) -> Sheet:
    """In two queries, however many fields there are."""
    said = FilteredRelation("values", condition=Q(values__conversation=conversation.pk))
    rows = Field.objects.kept().annotate(said=said, said_pk=F("said__pk"), said_text=F("said__text"))
    fields: dict[int, Field] = {}
    values: dict[int, Value] = {}
    for row in rows.order_by("position", "pk", "said_pk"):
        fields.setdefault(row.pk, row)
        if row.said_text is not None:
            values.setdefault(row.pk, []).append(row.said_text)
    places = list(Place.objects.holding_for(conversation.form_id)) if fields else []
    return _laid_out(list(fields.values()), places, values)


def _laid_out(fields: Sequence[Field], places: Sequence[Place], values: dict[int, Value]) -> Sheet:
    def line(place: Place) -> Line:
        value = values.get(place.field_id, [])
        return Line(place.field, value, is_required(place, Required.SOLVE), place)

    asked = [line(place) for place in shown(places, values)]
    here = {line.field.pk for line in asked}
    asked += [
        Line(each, values.get(each.pk, []), is_needed=True)
        for each in fields
        if each.required == Required.ALWAYS and each.pk not in here and not each.archived_at
    ]
    here = {line.field.pk for line in asked}
    may_be = [line(each) for each in places if each.field_id not in here and each.field_id not in values]
    hidden = {place.field_id for place in places} - here
    rest = [each for each in fields if each.pk not in here]
    return Sheet(
        asked,
        may_be,
        [Line(each, values[each.pk]) for each in rest if each.pk in values],
        [
            Line(each, [])
            for each in rest
            if each.pk not in values and each.pk not in hidden and not each.archived_at
        ],
    )
