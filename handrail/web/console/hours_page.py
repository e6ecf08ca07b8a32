"""The page of one plan of opening hours: its form, what it says of now, and the days it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.web.console.frame import show
from handrail.workspace.hours_words import hours_in_full, off_in_words, state_now, weekday
from handrail.workspace.models import BusinessHours
from handrail.workspace.opening import OpeningTimes
from handrail.workspace.weekly import DAYS, Misread, Typed, TypedDay

LARGEST = 1 << 62
HOLIDAYS_SHOWN = 4
YEAR_DAYS = 366
COUNTRIES = ("KR", "US", "JP", "CN", "VN", "SG", "GB", "DE", "FR")
ZONES = (
    "Asia/Seoul",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "UTC",
)
OFFICE = TypedDay(True, "09:00", "18:00", (("12:00", "13:00"),))


@dataclass
class Draft:
    """What stands in the form."""

    name: str
    zone: str
    holidays: str
    week: Typed


def fresh() -> Draft:
    """What the form of new hours begins with: Korean office hours."""
    return Draft("", "Asia/Seoul", "KR", Typed({day: OFFICE if int(day) < 5 else TypedDay() for day in DAYS}))


def get(id: int) -> BusinessHours:
    found = BusinessHours.objects.prefetch_related("closures").filter(pk=id).first() if id < LARGEST else None
    if found is None:
        raise Http404
    return found


def render(
    request: HttpRequest,
    hours: BusinessHours | None,
    draft: Draft | None = None,
    *,
    problem: str = "",
    closing: dict[str, str] | None = None,
) -> HttpResponse:
    """The page. `closing` is what was typed for a closure that is refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    locale = viewer.locale
    draft = draft or (_as_kept(hours) if hours else fresh())
    times = _times(hours, draft)
    at = clock.now()
    today = at.astimezone(ZoneInfo(times.zone)).date()
    return show(
        request,
        "console/hours_of.html",
        status=422 if problem else 200,
        here="hours",
        hours=hours,
        draft=draft,
        days=[(day, weekday(int(day), locale), draft.week.days[day]) for day in DAYS],
        zones=ZONES,
        countries=_countries(draft.holidays, locale),
        now=state_now(times, at=at, locale=locale),
        off=off_in_words(times.days_off(at=at), at=at, locale=locale, zone=times.zone),
        full=hours_in_full(_unsaved(times), locale=locale),
        holidays=_holidays(times, today, locale),
        closures=[each for each in hours.closures.order_by("day") if each.day >= today] if hours else [],
        today=today,
        problem=problem,
        closing=closing or {},
    )


def _as_kept(hours: BusinessHours) -> Draft:
    return Draft(hours.name, hours.zone, hours.holidays, Typed.of(hours.weekly))


def _times(hours: BusinessHours | None, draft: Draft) -> OpeningTimes:
    """What the draft comes to, with the closures there are; a part that cannot be read yet is as it is kept."""
    kept = hours.times() if hours else OpeningTimes({})
    week = draft.week.read()
    return OpeningTimes(
        kept.weekly if isinstance(week, Misread) else week,
        draft.zone if draft.zone in available_timezones() else kept.zone,
        draft.holidays if draft.holidays in ("", *COUNTRIES) else kept.country,
        closed=kept.closed,
    )


def _unsaved(times: OpeningTimes) -> BusinessHours:
    return BusinessHours(weekly=times.weekly, zone=times.zone, holidays=times.country)


def _countries(present: str, locale: str) -> list[tuple[str, str]]:
    names = Locale(locale).territories
    codes = COUNTRIES if present in ("", *COUNTRIES) else (present, *COUNTRIES)
    closed = _("Closed on public holidays: %(country)s")
    return [
        *((code, closed % {"country": names.get(code, code)}) for code in codes),
        ("", _("Open on public holidays")),
    ]


def _holidays(times: OpeningTimes, today: date, locale: str) -> list[tuple[date, str]]:
    """The next public holidays on which there would be hours."""
    days = (today + timedelta(days=ahead) for ahead in range(YEAR_DAYS))
    named = (
        (day, times.holiday_name(day, locale=locale)) for day in days if times.weekly.get(str(day.weekday()))
    )
    return [each for each in named if each[1]][:HOLIDAYS_SHOWN]
