"""For whom a thing is written: what a form of the console offers, and what was chosen there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.contacts.segments import Segment
from handrail.knowledge.audiences import Audience, key_of
from handrail.web.ui import filters


def audiences() -> list[tuple[str, str]]:
    """Every audience there is as (key, name), each segment by its own, in the page's language.

    All of them: of an audience that is not offered, a browser would send the first one instead.
    """
    locale = filters.locale()
    segments = [(key_of(Audience.SEGMENT, each.pk), each.name(locale)) for each in Segment.objects.all()]
    return [
        (Audience.PUBLIC, _("Everybody")),
        (Audience.SIGNED_IN, _("People who signed in")),
        *segments,
        (Audience.EMPLOYEES, _("Employees")),
        (Audience.AGENTS, _("Colleagues of the desk")),
    ]
