"""The true state of people, for the end of the rail: open now, or from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.workspace.formats import WEEKDAYS, time_of_day
from handrail.workspace.models import BusinessHours

WORKING_DAYS = ("0", "1", "2", "3", "4")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class People:
    """state: "open" or "closed"; text: one line in the reader's language; opens_at: None when open or unknown."""

    state: str
    text: str
    opens_at: datetime | None = None


def people_now(
    hours: BusinessHours | None, *, at: datetime, locale: str, wait: timedelta | None = None
) -> People:
    """Whether somebody is there at `at`, the expected wait if one is known, else the next opening."""
    if hours is None:
        return People("closed", _("Leave a message; we answer by mail"))
    times = hours.times()
    if times.is_open(at=at):
        return People("open", _now_text(wait))
    opens = times.next_opening(at=at)
    if opens is None:
        return People("closed", _("Leave a message; we answer by mail"))
    return People("closed", opening_text(opens, at=at, locale=locale, zone=hours.zone), opens)


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
    if wait is None:
        return _("A person is here now")
    minutes = max(1, round(wait.total_seconds() / 60))
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
