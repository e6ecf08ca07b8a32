"""Journeys counted by day, so that a page over a year of a million questions reads a few thousand rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q

from handrail.accounts.viewer import Viewer
from handrail.insights.journeys import Journey
from handrail.insights.metrics import METRICS
from handrail.knowledge.audiences import Audience
from handrail.workspace.locales import LocaleField
from handrail.workspace.models import Brand


class DayCountQuerySet(models.QuerySet["DayCount"]):
    def visible_to(self, viewer: Viewer) -> DayCountQuerySet:
        """The counts of the journeys that this viewer may see."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(audience__in=viewer.audiences)

    def between(self, first: date, last: date) -> DayCountQuerySet:
        return self.filter(day__gte=first, day__lte=last)


class DayCount(models.Model):
    """One column a metric, for the questions of a day by where, in which language, of which brand and for whom they were asked."""

    day = models.DateField()
    channel = models.CharField(max_length=20)
    locale = LocaleField()
    brand = models.ForeignKey(Brand, null=True, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    choices = models.PositiveIntegerField(default=0)
    nothing = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    contacted = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)

    objects = DayCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "channel", "locale", "brand", "audience"],
                name="a_day_of_a_brand_is_counted_once",
            ),
            models.UniqueConstraint(
                fields=["day", "channel", "locale", "audience"],
                condition=models.Q(brand=None),
                name="a_day_of_no_brand_is_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.asked}"


@transaction.atomic
def recount(days: Iterable[date]) -> int:
    """Count these days anew from their journeys. Returns how many rows there are for them."""
    wanted = sorted(set(days))
    DayCount.objects.filter(day__in=wanted).delete()
    counts: dict[str, Any] = {
        f"n_{metric.code}": Count("pk", filter=metric.condition) if metric.condition != Q() else Count("pk")
        for metric in METRICS
    }
    found = (
        Journey.objects.filter(day__in=wanted)
        .order_by()
        .values("day", "channel", "locale", "brand_id", "audience")
        .annotate(**counts)
    )
    rows = [DayCount(**{name.removeprefix("n_"): value for name, value in row.items()}) for row in found]
    DayCount.objects.bulk_create(rows)
    return len(rows)
