"""What stood on the list of what there is to do on a Monday, and whether anybody acted on it within that week.

The list is ranked by rules (tasks.py here and in knowledge); whether they put the right things first is measured by this and
by nothing else: of what stood first, more must be acted on than of what stood last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.conversations.notices.kinds import NEEDS, Kind
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.insights.gaps import Gap
from handrail.insights.links import BrokenLink
from handrail.insights.tasks import Finding
from handrail.insights.todo import todo
from handrail.knowledge.models import Article
from handrail.knowledge.tasks import MOST, Task

WEEK = timedelta(days=7)
MEASURED = timedelta(weeks=8)
KEPT = timedelta(weeks=26)
TOP = 3  # of ten: what a colleague with little time gets to
# Staff who read as a customer does have done nothing about it.
NO_ACTS = frozenset({"article.rated"})


class OfferedQuerySet(models.QuerySet["Offered"]):
    def visible_to(self, viewer: Viewer) -> OfferedQuerySet:
        """All, for who writes: it names nobody and no text."""
        return self.all() if "knowledge.write" in viewer.rights else self.none()

    def with_acts(self) -> OfferedQuerySet:
        """With `was_touched`: a colleague did something about its subject within the week."""
        acts = Event.objects.filter(
            subject_type=OuterRef("about"),
            subject_id=OuterRef("about_id"),
            actor_kind="staff",
            at__gt=OuterRef("at"),
            at__lte=OuterRef("until"),
        )
        return self.annotate(was_touched=Exists(acts.exclude(verb__in=NO_ACTS)))


class Offered(models.Model):
    """One line of one colleague's list on the morning of a Monday.

    place     1 for the first
    about     label of the model it was about, with its id; "" for the broken links, which are of many articles
    count     how many links were broken, else 0
    is_acted  None until the week is over
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    is_acted = models.BooleanField(null=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "week", "place"], name="a_place_on_a_list_once")
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(is_acted=None), name="offered_of_this_week"),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.place} {self.kind}"


@dataclass(frozen=True)
class Share:
    """Of `offered` lines `acted` were acted on within their week; `code`: a kind, or "top" and "rest" by place."""

    code: str
    acted: int
    offered: int


def keep_week() -> int:
    """Keep the list of each colleague whose Monday has come, once; settle weeks that are over. Returns how many lines were kept."""
    settle()
    users = list(User.objects.who_may(NEEDS[Kind.WEEKLY.value]))
    kept = set(Offered.objects.filter(user__in=users, week__in=_mondays()).values_list("user", "week"))
    due = [(user, monday) for user in users if (monday := monday_of(user)) and (user.pk, monday) not in kept]
    return sum(_keep(user, monday) for user, monday in due)


def monday_of(user: User) -> date | None:
    """Today, where it is Monday for the colleague."""
    here = clock.now().astimezone(ZoneInfo(user.zone))
    return here.date() if here.weekday() == 0 else None


def settle() -> int:
    """Say of each line whose week is over whether it was acted on, and forget those of half a year ago. Returns how many were settled."""
    over = Offered.objects.filter(is_acted=None, until__lte=clock.now())
    lines = list(over.with_acts().select_related("user"))
    for line in lines:
        line.is_acted = line.was_touched if line.about else _broken(line.user) < line.count  # type: ignore[attr-defined]
    Offered.objects.bulk_update(lines, ["is_acted"])
    Offered.objects.filter(until__lt=clock.now() - KEPT).delete()
    return len(lines)


def shares(viewer: Viewer) -> list[Share]:
    """How the list did in the last eight weeks that are over: of its first three places, of the others, and of each kind."""
    since = clock.now() - MEASURED
    settled = Offered.objects.visible_to(viewer).filter(until__gte=since).exclude(is_acted=None)
    rows = settled.values_list("place", "kind").annotate(
        offered=Count("pk"), acted=Count("pk", filter=Q(is_acted=True))
    )
    found: dict[str, Share] = {}
    for place, kind, offered, acted in rows.order_by("place", "kind"):
        for code in ("top" if place <= TOP else "rest", kind):
            before = found.get(code, Share(code, 0, 0))
            found[code] = Share(code, before.acted + acted, before.offered + offered)
    by_place = [found.pop(code) for code in ("top", "rest") if code in found]
    return [*by_place, *sorted(found.values(), key=lambda each: (-each.offered, each.code))]


def _mondays() -> list[date]:
    # Monday begins fourteen hours before it does in Greenwich and ends twelve hours later.
    today = clock.now().date()
    return [today + timedelta(days=days) for days in (-1, 0, 1)]


@transaction.atomic
def _keep(user: User, monday: date) -> int:
    own, found = todo(staff_viewer(user))
    listed: list[Task | Finding] = []
    listed += own
    listed += found
    now = clock.now()
    lines = [_line(user, monday, place, each, now) for place, each in enumerate(listed[:MOST], start=1)]
    # Another process may keep the same list in the same moment.
    Offered.objects.bulk_create(lines, ignore_conflicts=True)
    return len(lines)


def _line(user: User, monday: date, place: int, each: Task | Finding, now: datetime) -> Offered:
    line = Offered(user=user, week=monday, place=place, kind=each.kind, at=now, until=now + WEEK)
    line.about, line.about_id = _subject(each)
    if isinstance(each, Finding) and each.kind == "links":
        line.count = each.count
    return line


def _subject(each: Task | Finding) -> tuple[str, int]:
    if isinstance(each, Finding):
        model = {"gap": Gap, "reply": Gap, "failing": Article}.get(each.kind)
        return (model._meta.label_lower, each.subject) if model else ("", 0)
    row = each.block or each.tree or each.article
    assert row is not None  # a task is about one of the three
    return row._meta.label_lower, row.pk


def _broken(user: User) -> int:
    return BrokenLink.objects.visible_to(staff_viewer(user)).count()
