"""Opening hours and the next opening in a reader's words, said in every place in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from handrail.workspace.formats import WEEKDAYS, counts_to_24, time_of_day
from handrail.workspace.models import BusinessHours
from handrail.workspace.opening import DayOff, OpeningTimes

WORKING_DAYS = ("0", "1", "2", "3", "4")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LUNCH_WITHIN = ("11:00", "15:00")
SEPARATOR = "\u00a0· "  # it never begins a line
JOIN = "\u2060–\u2060"  # from one end to the other on one line
REASONS_SAID = 2
Spans = tuple[tuple[str, str], ...]


def hours_short(hours: BusinessHours, *, locale: str) -> str:
    """The days with their hours and the lunch break: "Weekdays 9 am–6 pm (lunch 12–1 pm)"; "" where nobody is ever there."""
    spans = _spans(hours)
    if set(spans) == set(WORKING_DAYS) and len(set(spans.values())) == 1:
        return _("Weekdays %(span)s") % {"span": _day(spans["0"], locale)}
    return SEPARATOR.join(_days(spans, locale))


def hours_in_full(hours: BusinessHours, *, locale: str) -> str:
    """The same, day by day, and whether public holidays are off: "Mon–Fri 9 am–6 pm (lunch 12–1 pm)"; "" for never."""
    said = _days(_spans(hours), locale)
    if said and hours.holidays:
        said.append(_("closed on public holidays"))
    return SEPARATOR.join(said)


def opening(opens: datetime, *, at: datetime, locale: str, zone: str) -> str:
    """The next opening as a person would say it: "today at 9 am", "on Monday at 9 am", "on 15 February at 9 am"."""
    here, there = at.astimezone(ZoneInfo(zone)), opens.astimezone(ZoneInfo(zone))
    when = {"time": short_time(opens, locale=locale, zone=zone)}
    days = (there.date() - here.date()).days
    if days == 0:
        return _("today at %(time)s") % when
    if days == 1:
        return _("tomorrow at %(time)s") % when
    return _("on %(day)s at %(time)s") % {**when, "day": day_ahead(there, days, locale)}


def state_now(times: OpeningTimes, *, at: datetime, locale: str) -> str:
    """What holds at this moment, for whoever sets it: "Open now, until 6 pm" or "Closed now, open again on Monday at 9 am"."""
    if closes := times.closes_at(at=at):
        here = closes.astimezone(ZoneInfo(times.zone))
        until = short_time(closes, locale=locale, zone=times.zone) if here.time() != time() else _("midnight")
        return _("Open now, until %(time)s.") % {"time": until}
    opens = times.next_opening(at=at)
    if opens is None:
        return _("Closed now, and for the next 60 days.")
    return _("Closed now, open again %(when)s.") % {
        "when": opening(opens, at=at, locale=locale, zone=times.zone)
    }


def off_in_words(days: Sequence[DayOff], *, at: datetime, locale: str, zone: str) -> str:
    """Why nobody is there on the days off ahead: "Closed on Monday: founding day."; "" for none. Two reasons at most.

    zone  where people are
    """
    today = at.astimezone(ZoneInfo(zone)).date()
    return " ".join(_off(run, today, locale) for run in _runs(days)[:REASONS_SAID])


def _runs(days: Sequence[DayOff]) -> list[list[DayOff]]:
    """Days off after one another for the same reason as one."""
    runs: list[list[DayOff]] = []
    for each in days:
        if runs and runs[-1][-1].reason == each.reason:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _off(run: list[DayOff], today: date, locale: str) -> str:
    first, last = ((each.day, (each.day - today).days) for each in (run[0], run[-1]))
    said = {"reason": run[0].reason.in_words(locale)}
    if len(run) > 1:
        days = {"first": _day_named(*first, locale), "last": _day_named(*last, locale)}
        return _("Closed %(first)s to %(last)s: %(reason)s.") % (said | days)
    if first[1] == 0:
        return _("Closed today: %(reason)s.") % said
    if first[1] == 1:
        return _("Closed tomorrow: %(reason)s.") % said
    return _("Closed on %(day)s: %(reason)s.") % (said | {"day": _day_named(*first, locale)})


def _day_named(day: date, days: int, locale: str) -> str:
    return day_ahead(datetime.combine(day, time()), days, locale)


def day_ahead(there: datetime, days: int, locale: str) -> str:
    """A day within a week by its name, a later one by its date."""
    if days < 7:
        return weekday(there.weekday(), locale)
    return f"{there.month}월 {there.day}일" if locale == "ko" else f"{there:%-d %B}"


def short_time(moment: datetime, *, locale: str, zone: str) -> str:
    """오전 9시, 9 am; with minutes where there are any."""
    here = moment.astimezone(ZoneInfo(zone))
    if here.minute or counts_to_24():
        return time_of_day(moment, locale=locale, zone=zone)
    hour = here.hour % 12 or 12
    if locale == "ko":
        return f"{'오전' if here.hour < 12 else '오후'} {hour}시"
    return f"{hour} {'am' if here.hour < 12 else 'pm'}"


def weekday(index: int, locale: str) -> str:
    return f"{WEEKDAYS[index]}요일" if locale == "ko" else ENGLISH_WEEKDAYS[index]


def _spans(hours: BusinessHours) -> dict[str, Spans]:
    return {day: tuple((start, end) for start, end in times) for day, times in hours.weekly.items() if times}


def _days(spans: dict[str, Spans], locale: str) -> list[str]:
    return [f"{days}\u00a0{_day(times, locale)}" for days, times in _grouped(spans, locale)]


def _day(times: Spans, locale: str) -> str:
    """One day: from the first hour to the last with the break between, or its spans where they are no lunch."""
    if len(times) == 2 and LUNCH_WITHIN[0] <= times[0][1] and times[1][0] <= LUNCH_WITHIN[1]:
        return _("%(span)s (lunch %(break)s)") % {
            "span": _span((times[0][0], times[1][1]), locale),
            "break": _break(times[0][1], times[1][0], locale),
        }
    return ", ".join(_span(span, locale) for span in times)


def _break(start: str, end: str, locale: str) -> str:
    """12–1시, 12–1 pm: a lunch break needs no 오후."""
    first, last = (_clock(text) for text in (start, end))
    short = [f"{t.hour % 12 or 12}" + (f":{t.minute:02}" if t.minute else "") for t in (first, last)]
    if locale == "ko":
        return f"{short[0]}{JOIN}{short[1]}{'' if last.minute else '시'}"
    return f"{short[0]}{JOIN}{short[1]}\u00a0pm"


def _span(span: Sequence[str], locale: str) -> str:
    # Any day will do: only the time of day is shown.
    ends = (
        _("midnight")
        if text == "24:00"
        else short_time(
            datetime.combine(datetime(2026, 1, 5), _clock(text), ZoneInfo("UTC")), locale=locale, zone="UTC"
        )
        for text in span
    )
    return JOIN.join(said.replace(" ", "\u00a0") for said in ends)


def _clock(text: str) -> time:
    return time(int(text[:2]) % 24, int(text[3:]))


def _grouped(spans: dict[str, Spans], locale: str) -> list[tuple[str, Spans]]:
    """Neighbouring days with the same hours as one: Monday–Thursday."""
    groups: list[tuple[list[int], Spans]] = []
    for day in sorted(int(key) for key in spans):
        times = spans[str(day)]
        if groups and groups[-1][1] == times and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], times))
    short = (lambda i: WEEKDAYS[i]) if locale == "ko" else (lambda i: ENGLISH_WEEKDAYS[i][:3])
    return [
        (short(days[0]) + (f"{JOIN}{short(days[-1])}" if len(days) > 1 else ""), times)
        for days, times in groups
    ]
