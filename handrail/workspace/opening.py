"""Opening hours as a pure value: when are people there, and from when again?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays as calendars

DAYS_AHEAD_MAX = 60


@dataclass(frozen=True)
class Span:
    """From `start` until just before `end`, both aware."""

    start: datetime
    end: datetime


class Reason(NamedTuple):
    """Why nobody is there on a day, in both languages."""

    ko: str
    en: str

    def in_words(self, locale: str) -> str:
        return self.ko if locale == "ko" else self.en


class DayOff(NamedTuple):
    """A day on which the week has hours and nobody is there."""

    day: date
    reason: Reason


@dataclass(frozen=True)
class OpeningTimes:
    """A weekly plan in a zone, without its holidays and closures.

    weekly    "0" (Monday) .. "6" -> [["09:00", "12:00"], ["13:00", "18:00"]], spans in order
    zone      IANA name
    country   ISO code whose public and substitute holidays are closed, "" for none
    closed    further days that are closed, each with its reason
    """

    weekly: dict[str, list[list[str]]]
    zone: str = "Asia/Seoul"
    country: str = "KR"
    closed: Mapping[date, Reason] = field(default_factory=dict)

    def spans_on(self, day: date) -> list[Span]:
        """The day's spans, none on a holiday; wall-clock times of the zone."""
        if day in self.closed or self.holiday_name(day):
            return []
        zone = ZoneInfo(self.zone)
        return [
            Span(_moment(day, start, zone), _moment(day, end, zone))
            for start, end in self.weekly.get(str(day.weekday()), [])
        ]

    def reason_off(self, day: date) -> Reason | None:
        """Why a day is closed: ours first, else the public holiday's name; None for a day like any other."""
        if own := self.closed.get(day):
            return own
        name = self.holiday_name(day)
        return Reason(name, self.holiday_name(day, locale="en")) if name else None

    def days_off(self, *, at: datetime) -> list[DayOff]:
        """The days off from today until people are there on another day: what somebody who waits would like to know.

        Today counts while its hours would not be over; a day without hours in the week is none.
        """
        found: list[DayOff] = []
        today, clock_time = self._day(at), f"{at.astimezone(ZoneInfo(self.zone)):%H:%M}"
        for offset in range(DAYS_AHEAD_MAX):
            day = today + timedelta(days=offset)
            spans = self.weekly.get(str(day.weekday()), [])
            if not spans or (offset == 0 and spans[-1][1] <= clock_time):
                continue
            reason = self.reason_off(day)
            if reason:
                found.append(DayOff(day, reason))
            elif offset > 0:
                return found
        return found

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
