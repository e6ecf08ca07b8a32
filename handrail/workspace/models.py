"""Brands and opening hours."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.db.models import F

from handrail.core import bus
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.opening import OpeningTimes


class Brand(models.Model):
    """A name customers know: one help centre, one look."""

    slug = models.SlugField(unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    hue = models.PositiveSmallIntegerField(default=32, help_text="0 to 360, OKLCH hue of the brand colour")
    mail_domain = models.CharField(max_length=120, default="handrail.test")
    default_locale = models.CharField(max_length=5, default="ko")
    # Raised in the transaction of every public change; cached pages name the stamp they were rendered under.
    content_stamp = models.PositiveBigIntegerField(default=1)
    # Pages rendered under a stamp below this one may not even be shown for a moment: something was taken back.
    withdrawn_stamp = models.PositiveBigIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    automatic_turns_max = models.PositiveSmallIntegerField(default=12)

    def __str__(self) -> str:
        return self.name_en

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @transaction.atomic
    def touch(self, *, taken_back: bool = False) -> None:
        """Say that public pages changed; with `taken_back`, that none rendered before may be shown again."""
        Brand.objects.filter(pk=self.pk).update(content_stamp=F("content_stamp") + 1)
        if taken_back:
            Brand.objects.filter(pk=self.pk).update(withdrawn_stamp=F("content_stamp"))
        stamp, withdrawn = Brand.objects.values_list("content_stamp", "withdrawn_stamp").get(pk=self.pk)
        bus.publish("stamp", brand=self.pk, stamp=stamp, withdrawn=withdrawn)


class BusinessHours(models.Model):
    """A weekly plan in one zone. `weekly` maps "0" (Monday) to "6" to a list of ["09:00", "12:00"] spans."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=40, default="Asia/Seoul")
    weekly = models.JSONField(default=dict)
    holidays = models.CharField(
        max_length=2, blank=True, default="KR", help_text="ISO country, or empty for none"
    )

    def __str__(self) -> str:
        return self.name

    def times(self) -> OpeningTimes:
        """The plan with its holidays and closures, ready to be asked about moments."""
        closures = {closure.day: closure for closure in self.closures.all()}
        return OpeningTimes(self.weekly, self.zone, self.holidays, closed=frozenset(closures))

    @transaction.atomic
    def close_on(self, day: date, *, reason_ko: str, reason_en: str, by: CanAct) -> Closure:
        """Close for a whole day that is no public holiday, such as the company's founding day."""
        texts = {"reason_ko": reason_ko, "reason_en": reason_en}
        closure, _ = Closure.objects.update_or_create(hours=self, day=day, defaults=texts)
        record("hours.closed", self, by=by, day=day.isoformat())
        return closure


class Closure(models.Model):
    """One day on which one plan does not hold."""

    hours = models.ForeignKey(BusinessHours, on_delete=models.CASCADE, related_name="closures")
    day = models.DateField()
    reason_ko = models.CharField(max_length=120)
    reason_en = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hours", "day"], name="one_closure_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"
