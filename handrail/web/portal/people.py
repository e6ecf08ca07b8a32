"""The true state of people, for the end of the rail: open now, or from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.core import clock
from handrail.intake.expect import Expectation, expect
from handrail.workspace.formats import WEEKDAYS, time_of_day
from handrail.workspace.models import Brand, BusinessHours

WORKING_DAYS = ("0", "1", "2", "3", "4")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class People:
    """state: "open" or "closed"; text: one line in the reader's language; opens_at: None when open or unknown."""

    state: str
    text: str
    opens_at: datetime | None = None


def team_of(brand: Brand) -> Team | None:
    """Whoever the brand's chat reaches, with their hours; None before there is such a team."""
    chats = Inbox.objects.filter(kind=Inbox.Kind.CHAT, brand=brand, is_active=True)
    inbox = chats.select_related("team__hours").order_by("pk").first()
    return inbox.team if inbox else None


def people_now(team: Team | None, *, locale: str) -> People:
    """Whether somebody of the team is there now and the usual wait, else from when again."""
    if team is None:
        return People("closed", _("Leave a message; we answer by mail"))
    zone = team.hours.zone if team.hours else settings.TIME_ZONE
    return told(expect(team, channel="chat"), at=clock.now(), locale=locale, zone=zone)


def told(expected: Expectation, *, at: datetime, locale: str, zone: str) -> People:
    """What is expected, short enough for the rail."""
    if expected.is_open:
        return People("open", _now_text(expected.wait))
    if expected.opens_at is None:
        return People("closed", _("Leave a message; we answer by mail"))
    return People(
        "closed", opening_text(expected.opens_at, at=at, locale=locale, zone=zone), expected.opens_at
    )


def opening_text(opens: datetime, *, at: datetime, locale: str, zone: str) -> str:
    """from 9 tomorrow: the day as a person would say it, and the time."""
    here, there = at.astimezone(ZoneInfo(zone)), opens.astimezone(ZoneInfo(zone))
    hour = short_time(opens, locale=locale, zone=zone)
    days = (there.date() - here.date()).days
    if days == 0:
        return _("from %(time)s today") % {"time": hour}
    if days == 1:
        return _("from %(time)s tomorrow") % {"time": hour}
    if days < 7:
        return _("from %(time)s on %(weekday)s") % {"time": hour, "weekday": weekday(there.weekday(), locale)}
    date = f"{there.month}월 {there.day}일" if locale == "ko" else f"{there:%-d %B}"
    return _("from %(time)s on %(date)s") % {"time": hour, "date": date}


def hours_text(hours: BusinessHours | None, *, locale: str) -> str:
    """When people are there, true whenever it is read: "Weekdays 9 am–6 pm"."""
    if hours is None:
        return _("Leave a message; we answer by mail")
    spans = {day: (times[0][0], times[-1][1]) for day, times in hours.weekly.items() if times}
    if not spans:
        return _("Leave a message; we answer by mail")
    if set(spans) == set(WORKING_DAYS) and len(set(spans.values())) == 1:
        return _("Weekdays %(span)s") % {"span": _span(spans["0"], locale)}
    return " · ".join(f"{name} {_span(span, locale)}" for name, span in _grouped(spans, locale))


def short_time(moment: datetime, *, locale: str, zone: str) -> str:
    """오전 9시, 9 am; with minutes where there are any."""
    here = moment.astimezone(ZoneInfo(zone))
    if here.minute:
        return time_of_day(moment, locale=locale, zone=zone)
    hour = here.hour % 12 or 12
    if locale == "ko":
        return f"{'오전' if here.hour < 12 else '오후'} {hour}시"
    return f"{hour} {'am' if here.hour < 12 else 'pm'}"


def weekday(index: int, locale: str) -> str:
    return f"{WEEKDAYS[index]}요일" if locale == "ko" else ENGLISH_WEEKDAYS[index]


def _now_text(wait: timedelta | None) -> str:
    minutes = max(1, round(wait.total_seconds() / 60)) if wait is not None else 0
    # An hour and more comes of nights and weekends; it says nothing of the next few minutes.
    if not 0 < minutes < 60:
        return _("A person is here now")
    return ngettext("A person now · about %(n)d min", "A person now · about %(n)d min", minutes) % {
        "n": minutes
    }


def _span(span: tuple[str, str], locale: str) -> str:
    # Any day will do: only the time of day is shown.
    start, end = (datetime(2026, 1, 5, int(t[:2]) % 24, int(t[3:]), tzinfo=ZoneInfo("UTC")) for t in span)
    return "–".join(short_time(moment, locale=locale, zone="UTC") for moment in (start, end))


def _grouped(spans: dict[str, tuple[str, str]], locale: str) -> list[tuple[str, tuple[str, str]]]:
    """Neighbouring days with the same span as one: Monday–Thursday."""
    groups: list[tuple[list[int], tuple[str, str]]] = []
    for day in sorted(int(key) for key in spans):
        span = spans[str(day)]
        if groups and groups[-1][1] == span and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], span))
    short = (lambda i: WEEKDAYS[i]) if locale == "ko" else (lambda i: ENGLISH_WEEKDAYS[i][:3])
    return [
        (short(days[0]) + (f"–{short(days[-1])}" if len(days) > 1 else ""), span) for days, span in groups
    ]
