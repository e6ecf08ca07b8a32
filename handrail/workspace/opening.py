"""Opening hours as a pure value: when are people there, and from when again?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays as calendars

DAYS_AHEAD_MAX = 60


@dataclass(frozen=True)
class Span:
    """From `start` until just before `end`, both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class OpeningTimes:
    """A weekly plan in a zone, without its holidays and closures.

    weekly    "0" (Monday) .. "6" -> [["09:00", "12:00"], ["13:00", "18:00"]], spans in order
    zone      IANA name
    country   ISO code whose public and substitute holidays are closed, "" for none
    closed    further days that are closed
    """

    weekly: dict[str, list[list[str]]]
    zone: str = "Asia/Seoul"
    country: str = "KR"
    closed: frozenset[date] = field(default_factory=frozenset)

    def spans_on(self, day: date) -> list[Span]:
        """The day's spans, none on a holiday; wall-clock times of the zone."""
        if day in self.closed or self.holiday_name(day):
            return []
        zone = ZoneInfo(self.zone)
        return [
            Span(_moment(day, start, zone), _moment(day, end, zone))
            for start, end in self.weekly.get(str(day.weekday()), [])
        ]

    def holiday_name(self, day: date, *, locale: str = "ko") -> str:
        """The public holiday's name, or ""."""
        if not self.country:
            return ""
        return _calendar(self.country, "ko" if locale == "ko" else "en_US").get(day) or ""

    def is_open(self, *, at: datetime) -> bool:
        return any(span.start <= at < span.end for span in self.spans_on(self._day(at)))

    def closes_at(self, *, at: datetime) -> datetime | None:
        """The end of the span that holds `at`; None when closed."""
        return next((s.end for s in self.spans_on(self._day(at)) if s.start <= at < s.end), None)

    def next_opening(self, *, at: datetime) -> datetime | None:
        """The first opening after `at`, or `at` itself when open; None when there is none within 60 days."""
        if self.is_open(at=at):
            return at
        return next((span.start for span in self._ahead(at) if span.start > at), None)

    def open_until_elapsed(self, duration: timedelta, *, at: datetime) -> datetime | None:
        """The moment at which `duration` of open time has passed since `at`."""
        left = duration
        for span in self._ahead(at):
            start = max(span.start, at)
            if span.end <= start:
                continue
            if span.end - start >= left:
                return start + left
            left -= span.end - start
        return None

    def _ahead(self, at: datetime) -> Iterator[Span]:
        first = self._day(at)
        for offset in range(DAYS_AHEAD_MAX):
            yield from self.spans_on(first + timedelta(days=offset))

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()


def _moment(day: date, text: str, zone: ZoneInfo) -> datetime:
    if text == "24:00":
        return datetime.combine(day + timedelta(days=1), time(), zone)
    return datetime.combine(day, time.fromisoformat(text), zone)


@lru_cache(maxsize=8)
def _calendar(country: str, language: str) -> calendars.HolidayBase:
    return calendars.country_holidays(country, language=language)
