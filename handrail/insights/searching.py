"""What a page about readers' questions shows: numbers over a time and the time before, days, and the questions themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.core import clock
from handrail.core.ids import fingerprint
from handrail.insights.counting import DayCount
from handrail.insights.journeys import Journey, JourneyQuerySet
from handrail.insights.metrics import BY_CODE, CODES

PERIODS = (7, 28, 90, 365)  # days
DAYS_MAX = 366
BARS_MAX = 31  # more days than this are shown by weeks
CHANNELS = ("portal", "chat", "form", "mail", "api")
TOP_MOST = 10
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Narrowing:
    """The days looked at, both included, where, in which language and of which brand; "" and None for all."""

    first: date
    last: date
    channel: str = ""
    locale: str = ""
    brand: int | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Narrowing:
        """As many days just before."""
        return Narrowing(
            self.first - timedelta(days=self.days),
            self.first - timedelta(days=1),
            self.channel,
            self.locale,
            self.brand,
        )

    @property
    def chosen(self) -> Q:
        wanted = {"channel": self.channel, "locale": self.locale, "brand": self.brand}
        return Q(**{name: value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Span:
    """One bar: the days from `first` to `last`, and the number of each metric by its code."""

    first: date
    last: date
    counts: dict[str, int]


@dataclass(frozen=True)
class Board:
    """The numbers of a time and of the time just before it, by the code of the metric, and the bars of the chart."""

    counts: dict[str, int]
    before: dict[str, int]
    spans: list[Span]


@dataclass(frozen=True)
class Wording:
    """A question asked more than once, give or take spaces and marks: its newest words and what came of it."""

    text: str
    locale: str
    key: int
    asked: int
    nothing: int
    contacted: int


def today() -> date:
    """The present day of the site's zone."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def lately(days: int, *, channel: str = "", locale: str = "", brand: int | None = None) -> Narrowing:
    """The last `days` days with today."""
    last = today()
    return Narrowing(last - timedelta(days=days - 1), last, channel, locale, brand)


def board(viewer: Viewer, narrowing: Narrowing) -> Board:
    """All numbers of the page in one query over the counts by day."""
    rows = (
        DayCount.objects.visible_to(viewer)
        .between(narrowing.before().first, narrowing.last)
        .filter(narrowing.chosen)
    )
    counted = rows.values("day").annotate(**_sums()).order_by("day")
    by_day: dict[date, dict[str, int]] = {row["day"]: _named(dict(row)) for row in counted}
    now = {day: counts for day, counts in by_day.items() if day >= narrowing.first}
    past = [counts for day, counts in by_day.items() if day < narrowing.first]
    return Board(_added(now.values()), _added(past), _spans(narrowing, now))


def wordings(viewer: Viewer, narrowing: Narrowing, code: str, *, most: int = TOP_MOST) -> list[Wording]:
    """The questions that count most for a metric, the most frequent first; two queries.

    Over more than a month the list is kept for ten minutes, for viewers of the same audiences: of a million questions
    it takes seconds.
    """
    if narrowing.days <= BARS_MAX:
        return _grouped(journeys(viewer, narrowing, code), most)
    parts = (sorted(viewer.audiences), "knowledge.write" in viewer.rights, narrowing, code, most)
    key = f"insights:wordings:{fingerprint(repr(parts))}"
    found: list[Wording] | None = cache.get(key)
    if found is None:
        found = _grouped(journeys(viewer, narrowing, code), most)
        cache.set(key, found, KEPT_SECONDS)
    return found


def wordings_to(viewer: Viewer, narrowing: Narrowing, article: int, *, most: int = TOP_MOST) -> list[Wording]:
    """The questions that led to an article, the most frequent first; two queries."""
    return _grouped(journeys(viewer, narrowing).leading_to(article), most)


def _grouped(rows: JourneyQuerySet, most: int) -> list[Wording]:
    found = list(
        rows.order_by()
        .values("text_key", "locale")
        .annotate(
            asked=Count("pk"),
            nothing=Count("pk", filter=BY_CODE["nothing"].condition),
            contacted=Count("pk", filter=BY_CODE["contacted"].condition),
            newest=Max("ask"),
        )
        .order_by("-asked", "-newest")[:most]
    )
    texts = dict(Ask.objects.filter(pk__in=[row["newest"] for row in found]).values_list("pk", "text"))
    return [
        Wording(
            texts.get(row["newest"], ""),
            row["locale"],
            row["text_key"],
            row["asked"],
            row["nothing"],
            row["contacted"],
        )
        for row in found
    ]


def journeys(viewer: Viewer, narrowing: Narrowing, code: str = "asked") -> JourneyQuerySet:
    """The rows behind a number."""
    rows = Journey.objects.visible_to(viewer).between(narrowing.first, narrowing.last)
    return rows.filter(narrowing.chosen, BY_CODE[code].condition)


def with_words(rows: JourneyQuerySet) -> JourneyQuerySet:
    """Loads what a row of the list shows, the question asked last first."""
    return rows.select_related("ask").order_by("-day", "-ask__at", "-pk")


def asked_before(rows: JourneyQuerySet, journey: int) -> JourneyQuerySet:
    """The rows that stand below this one in that order; all where it is not known."""
    at = Journey.objects.filter(pk=journey).values_list("ask__at", flat=True).first()
    if at is None:
        return rows
    return rows.filter(Q(ask__at__lt=at) | Q(ask__at=at, pk__lt=journey))


def _sums() -> dict[str, Sum]:
    return {f"n_{code}": Sum(code) for code in CODES}


def _named(row: dict[str, Any]) -> dict[str, int]:
    return {code: row[f"n_{code}"] or 0 for code in CODES}


def _added(rows: Any) -> dict[str, int]:
    rows = list(rows)
    return {code: sum(row[code] for row in rows) for code in CODES}


def _spans(narrowing: Narrowing, by_day: dict[date, dict[str, int]]) -> list[Span]:
    step = 1 if narrowing.days <= BARS_MAX else 7
    spans = []
    last = narrowing.last
    # Counted from the end, so that the newest bar is a whole one.
    while last >= narrowing.first:
        first = max(narrowing.first, last - timedelta(days=step - 1))
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        spans.append(Span(first, last, _added(by_day[day] for day in days if day in by_day)))
        last = first - timedelta(days=1)
    return spans[::-1]
