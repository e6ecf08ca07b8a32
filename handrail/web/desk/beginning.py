"""What a new conversation begins with beside its words: a template, and the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from handrail.accounts.viewer import Viewer
from handrail.conversations.fields import Field, Required
from handrail.conversations.filling import Filled, fill, is_required
from handrail.conversations.forms import Place, RequestForm
from handrail.conversations.ticket_templates import TicketTemplate
from handrail.web.asking import Box, box_of, typed, typed_aside


@dataclass(frozen=True)
class Beside:
    """The form chosen, None for the usual one, what is asked with it, and what was filled in.

    said   field's key -> what stands there
    also   keys of fields a template fills though the form does not ask them
    aside  what was typed into fields of another form, as (name, text), should that be chosen again
    """

    form: RequestForm | None = None
    places: list[Place] = field(default_factory=list)
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filled: Filled = field(default_factory=Filled)
    also: list[str] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)

    def boxes(self, locale: str) -> list[Box]:
        return [
            box_of(
                place,
                self.said.get(place.field.key, ()),
                locale=locale,
                error=self.filled.problems.get(place.field.key, ""),
                is_required=self.form is not None and is_required(place, Required.CREATE),
            )
            for place in self.places
        ]


def beside_of(
    wanted: object, *, sent: QueryDict | None = None, template: TicketTemplate | None = None
) -> Beside:
    """What stands in the form with this id, in the usual one where there is none of its own.

    Only who chooses a form must say what it needs when a request is sent: what comes by phone often does not know yet.
    """
    pk = str(wanted)
    chosen = RequestForm.objects.active().filter(pk=pk).first() if pk.isdigit() and len(pk) < 16 else None
    places = list(Place.objects.holding_for(chosen.pk if chosen else None))
    values: dict[str, list[str]] = template.values if template else {}
    keys = list(values) if sent is None else sent.getlist("also")[:40]
    also = _also(keys, places)
    places += also
    beyond = [place.field.key for place in also]
    if sent is None:
        return Beside(chosen, places, values, also=beyond)
    read = typed(sent)
    filled = fill(places, read, by_customer=False, requires=chosen is not None)
    said = {place.field.key: read(place.field.key) for place in places}
    return Beside(chosen, places, said, filled, beyond, typed_aside(sent, set(said)))


def template_named(slug: str, *, viewer: Viewer) -> TicketTemplate | None:
    # No slug holds a NUL, and PostgreSQL would not even look for one.
    return (
        TicketTemplate.objects.visible_to(viewer).filter(slug=slug.replace("\0", "")).first()
        if slug
        else None
    )


def templates_offered(viewer: Viewer) -> list[tuple[str, str]]:
    """(slug, name) of those one may begin with."""
    return [
        (each.slug, each.name(viewer.locale))
        for each in TicketTemplate.objects.visible_to(viewer).by_name(viewer.locale)
    ]


def filled_by(template: TicketTemplate | None, *, locale: str) -> dict[str, Any]:
    """What a template fills in of the page's own form."""
    if template is None:
        return {}
    return {
        "subject": template.subject(locale),
        "text": template.text(locale),
        "first": template.first,
        "team": template.team_id or "",
        "priority": template.priority,
        "type": template.type,
        "form": template.form_id or "",
        "checklist": template.checklist_id or "",
    }


def _also(keys: Sequence[str], places: Sequence[Place]) -> list[Place]:
    """Fields a template fills though the form does not ask them, below those it does."""
    here = {place.field.key for place in places}
    fields = Field.objects.active().kept().filter(key__in=[key for key in keys if key not in here])
    return [Place(field=each, position=0) for each in fields]
