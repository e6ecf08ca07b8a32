"""The hours a reply may be set for, where the customer is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict

from handrail.contacts.models import Person
from handrail.core import clock
from handrail.workspace.formats import day_and_time

MORNING = time(9)
SATURDAY = 5
OFFERED = 2
WRITTEN = "%Y-%m-%dT%H:%M"  # as browsers send a local hour


@dataclass(frozen=True)
class Hour:
    """An hour to choose: as a form sends it, local to the customer and without a zone, and as one reads it."""

    value: str
    words: str


def hours(person: Person, *, locale: str) -> list[Hour]:
    """The next OFFERED working mornings where the person is."""
    zone = ZoneInfo(person.zone)
    here = clock.now().astimezone(zone)
    days = (here.date() + timedelta(days=ahead) for ahead in range(7))
    mornings = [datetime.combine(day, MORNING, zone) for day in days if day.weekday() < SATURDAY]
    ahead = [each for each in mornings if each > here][:OFFERED]
    return [
        Hour(each.strftime(WRITTEN), day_and_time(each, locale=locale, zone=person.zone)) for each in ahead
    ]


def hour_of(form: QueryDict, person: Person) -> datetime | None:
    """The hour a form names, in the person's zone; None for a reply that goes now.

    form  `at` for one of those offered, or `own_hour` with `later`

    Raises ValueError for what is no hour.
    """
    text = form.get("at") or (form.get("own_hour", "") if "later" in form else None)
    return None if text is None else datetime.strptime(text, WRITTEN).replace(tzinfo=ZoneInfo(person.zone))
