"""Hours to choose from: when a reply leaves, where the customer is; until when something is put aside, where the colleague is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.core import clock
from handrail.workspace.formats import day_and_time

MORNING = time(9)
SATURDAY = 5
SOON = timedelta(hours=3)
OFFERED = 2
WRITTEN = "%Y-%m-%dT%H:%M"  # as browsers send a local hour


@dataclass(frozen=True)
class Hour:
    """An hour to choose: as a form sends it, local and without a zone, and as one reads it: how one says it, and the moment."""

    value: str
    words: str


def mornings(zone: str, *, locale: str) -> list[Hour]:
    """The next OFFERED working mornings in a zone."""
    here = clock.now().astimezone(ZoneInfo(zone))
    days = (here.date() + timedelta(days=ahead) for ahead in range(7))
    every = [datetime.combine(day, MORNING, ZoneInfo(zone)) for day in days if day.weekday() < SATURDAY]
    ahead = [each for each in every if each > here][:OFFERED]
    return [_hour(_morning(each, here, locale), each, locale=locale, zone=zone) for each in ahead]


def snoozes(zone: str, *, locale: str) -> list[Hour]:
    """In SOON, and the next working mornings, in a colleague's own zone."""
    soon = (clock.now() + SOON).astimezone(ZoneInfo(zone))
    return [_hour(_("In three hours"), soon, locale=locale, zone=zone), *mornings(zone, locale=locale)]


def _morning(moment: datetime, here: datetime, locale: str) -> str:
    """How one who stands at `here` calls a morning of the coming week."""
    days = (moment.date() - here.date()).days
    if days < 2:
        return _("Tomorrow morning") if days else _("This morning")
    return _("%(weekday)s morning") % {"weekday": format_date(moment.date(), "EEEE", locale=locale)}


def _hour(said: str, moment: datetime, *, locale: str, zone: str) -> Hour:
    return Hour(moment.strftime(WRITTEN), f"{said} · {day_and_time(moment, locale=locale, zone=zone)}")


def hour_of(form: QueryDict, zone: str) -> datetime | None:
    """The hour a form names, in `zone`; None where it names none.

    form  `at` for one of those offered, or `own_hour` with `later`

    Raises ValueError for what is no hour.
    """
    text = form.get("at") or (form.get("own_hour", "") if "later" in form else None)
    return None if text is None else datetime.strptime(text, WRITTEN).replace(tzinfo=ZoneInfo(zone))
