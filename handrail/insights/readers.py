"""Articles and their readers: how many read, what they said, whom it failed, and what an edit changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.insights.contacts import ReadContact
from handrail.insights.intervals import Share, change
from handrail.insights.journeys import Journey
from handrail.insights.searching import Narrowing
from handrail.knowledge.feedback import Feedback, Reading
from handrail.knowledge.models import Article

COMPARED = timedelta(days=28)  # before and after an edit, at most
EDITS_MOST = 5
FAILED_AT_LEAST = 3  # readers, before an article counts as one that fails them


@dataclass(frozen=True)
class Readers:
    """What one article did for its readers in a time.

    failed    how many said that it did not help, and how many asked a person after reading it
    landed    questions that it was the answer to, or that it was opened for
    """

    article: int
    reads: int = 0
    helped: int = 0
    unhelpful: int = 0
    contacts: int = 0
    landed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        return self.unhelpful + self.contacts

    @property
    def helpful(self) -> Share:
        return Share(self.helped, self.helped + self.unhelpful)


@dataclass(frozen=True)
class Edit:
    """A publication, and how readers took the text before and after it. `verdict`: intervals.change."""

    locale: str
    revision: int
    at: datetime
    before: Share
    after: Share
    contacts_before: int
    contacts_after: int
    days_before: int
    days_after: int
    verdict: str


def moments(narrowing: Narrowing) -> tuple[datetime, datetime]:
    """The first moment of the first day and the one after the last, in the site's zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    first = datetime.combine(narrowing.first, time(0), zone)
    return first, datetime.combine(narrowing.last + timedelta(days=1), time(0), zone)


def readers(viewer: Viewer, narrowing: Narrowing, *, only: int | None = None) -> list[Readers]:
    """Every article the viewer may read that had a reader, a vote or a contact in that time; five queries.

    only  one article's id
    """
    one = {"article": only} if only is not None else {}
    first, end = moments(narrowing)
    votes = Feedback.objects.filter(at__gte=first, at__lt=end, **one)
    reads = Reading.objects.filter(day__gte=narrowing.first, day__lte=narrowing.last, **one)
    contacts = ReadContact.objects.filter(at__gte=first, at__lt=end, **one)
    if narrowing.locale:
        votes, reads = votes.filter(locale=narrowing.locale), reads.filter(locale=narrowing.locale)
        contacts = contacts.filter(locale=narrowing.locale)
    told: dict[int, dict[str, Any]] = defaultdict(lambda: {"reasons": {}})
    for article, total in reads.order_by().values_list("article").annotate(n=Sum("reads")):
        told[article]["reads"] = total
    for article, is_helpful, reason, count in (
        votes.order_by().values_list("article", "is_helpful", "reason").annotate(n=Count("pk"))
    ):
        name = "helped" if is_helpful else "unhelpful"
        told[article][name] = told[article].get(name, 0) + count
        if not is_helpful:
            told[article]["reasons"][reason] = count
    for article, count in contacts.order_by().values_list("article").annotate(n=Count("pk")):
        told[article]["contacts"] = count
    landings = landed(viewer, narrowing, only=only)
    visible = Article.objects.visible_to(viewer).filter(archived_at=None)
    visible = visible.filter(pk=only) if only is not None else visible
    known = set(visible.values_list("pk", flat=True))
    return [
        Readers(article, landed=landings.get(article, 0), **counts)
        for article, counts in told.items()
        if article in known
    ]


def landed(viewer: Viewer, narrowing: Narrowing, *, only: int | None = None) -> dict[int, int]:
    """article -> questions that led to it: opened from the results, or quoted as the answer."""
    rows = Journey.objects.visible_to(viewer).between(narrowing.first, narrowing.last)
    rows = rows.filter(narrowing.chosen)
    return (rows if only is None else rows.leading_to(only)).led()


def failing(viewer: Viewer, narrowing: Narrowing, *, by_share: bool = False) -> list[Readers]:
    """Articles that failed three readers or more: those that failed most first, or those that fail the largest share.

    The share is the least it can be with that many votes, so that one unhappy reader of one is no rank.
    """
    found = [each for each in readers(viewer, narrowing) if each.failed >= FAILED_AT_LEAST]
    if by_share:
        return sorted(
            found,
            key=lambda each: (-Share(each.unhelpful, each.helpful.whole).low, -each.failed, each.article),
        )
    return sorted(found, key=lambda each: (-each.failed, -each.reads, each.article))


def words_given(article: Article, narrowing: Narrowing) -> QuerySet[Feedback]:
    """What readers wrote who said that it did not help, the newest first."""
    first, end = moments(narrowing)
    said = article.feedback.filter(at__gte=first, at__lt=end, is_helpful=False)
    return said.exclude(text="").order_by("-at")


def weekly(article: Article, *, weeks: int, until: date) -> list[tuple[date, dict[str, int]]]:
    """(first day, votes) of each of the last weeks, the oldest first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    start = until - timedelta(days=7 * weeks - 1)
    since = datetime.combine(start, time(0), zone)
    counted = [Counter[str]() for _week in range(weeks)]
    for at, is_helpful in article.feedback.filter(at__gte=since).values_list("at", "is_helpful"):
        week = (at.astimezone(zone).date() - start).days // 7
        if 0 <= week < weeks:
            counted[week]["helpful" if is_helpful else "unhelpful"] += 1
    return [
        (
            start + timedelta(days=7 * week),
            {code: counts[code] for code in ("helpful", "unhelpful")},
        )
        for week, counts in enumerate(counted)
    ]


def edits(article: Article, *, most: int = EDITS_MOST) -> list[Edit]:
    """The last publications, newest first, each with readers before and after it: three queries.

    A side ends where the text was published before or next, and after 28 days at most.
    """
    facts = Event.objects.about(article).filter(verb="article.published").order_by("at", "pk")
    by_locale: dict[str, list[Event]] = defaultdict(list)
    for fact in facts:
        by_locale[fact.data.get("locale", "")].append(fact)
    votes = list(article.feedback.values_list("locale", "at", "is_helpful"))
    contacts = list(ReadContact.objects.filter(article=article).values_list("locale", "at"))
    found = [
        _edit(locale, at, told, votes, contacts)
        for locale, told in by_locale.items()
        for at in range(1, len(told))
    ]
    return sorted(found, key=lambda edit: edit.at, reverse=True)[:most]


def _edit(
    locale: str,
    place: int,
    told: list[Event],
    votes: list[tuple[str, datetime, bool]],
    contacts: list[tuple[str, datetime]],
) -> Edit:
    at = told[place].at
    start = max(told[place - 1].at, at - COMPARED)
    end = min(told[place + 1].at if place + 1 < len(told) else clock.now(), at + COMPARED)

    def share(first: datetime, last: datetime) -> Share:
        said = [helpful for of, moment, helpful in votes if of == locale and first <= moment < last]
        return Share(sum(said), len(said))

    before, after = share(start, at), share(at, end)
    asked = [moment for of, moment in contacts if of == locale]
    return Edit(
        locale,
        told[place].data.get("revision", 0),
        at,
        before,
        after,
        sum(start <= moment < at for moment in asked),
        sum(at <= moment < end for moment in asked),
        (at - start).days,
        (end - at).days,
        change(before, after),
    )
