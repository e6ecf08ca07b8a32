"""The request forms on the contact page: which are offered, what the chosen one asks, and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.conversations.fields import Field, Required
from handrail.conversations.filling import Filled, fill, is_required
from handrail.conversations.forms import Place, RequestForm
from handrail.intake.suggesting import offered
from handrail.web.asking import Box, box_of, typed, typed_aside
from handrail.web.portal.carried import Carried
from handrail.web.portal.saying import Unsaid
from handrail.workspace.typed import shown


@dataclass(frozen=True)
class Picked:
    """The form chosen among those offered, None where there is none; `places` are what customers are asked in it."""

    forms: list[RequestForm] = field(default_factory=list)
    form: RequestForm | None = None
    places: list[Place] = field(default_factory=list)

    def choices(self, locale: str) -> list[tuple[str, str]]:
        return [(form.slug, form.name(locale)) for form in self.forms] if len(self.forms) > 1 else []


def picked(request: HttpRequest, brought: Carried) -> Picked:
    """What the address or the form names, else what the page suggests, else the usual one. Three queries."""
    topic = brought.article.topic if brought.article else None
    forms = offered(request.viewer, product=brought.product, topic=topic)  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else request.GET
    by_slug = {form.slug: form for form in forms}
    form = by_slug.get(sent.get("form", ""), forms[0] if forms else None)
    places = [place for place in form.asks() if place.field.is_public] if form else []
    return Picked(forms, form, places)


def is_gone(request: HttpRequest, which: Picked) -> bool:
    """Whether somebody filled in a form that is not offered any more, so that another one asks now."""
    return bool(sent := request.POST.get("form", "")) and sent not in {form.slug for form in which.forms}


def filled(request: HttpRequest, which: Picked) -> Filled:
    return fill(which.places, typed(request.POST), by_customer=True)


def boxes(request: HttpRequest, which: Picked, problems: Mapping[str, str], *, locale: str) -> list[Box]:
    """What the form asks, with what was typed."""
    said = typed(request.POST)
    return [
        box_of(
            place,
            said(place.field.key),
            locale=locale,
            error=problems.get(place.field.key, ""),
            is_required=is_required(place, Required.CREATE),
        )
        for place in which.places
    ]


def put_aside(request: HttpRequest, which: Picked) -> list[tuple[str, str]]:
    """What was typed into fields of other forms."""
    return typed_aside(request.POST, {place.field.key for place in which.places})


def in_words(values: Mapping[Field, list[str]], locale: str) -> str:
    """What was filled in as lines of text, for where there are no fields."""
    return "\n".join(f"{each.name(locale)}: {shown(each, value, locale)}" for each, value in values.items())


def not_offered() -> Unsaid:
    return Unsaid(_("This kind of request is not offered any more. Please look at what is asked now."))
