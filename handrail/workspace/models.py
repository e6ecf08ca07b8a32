"""Opening hours; the room's other tables stand in the files of their things."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.brand import Brand
from handrail.workspace.opening import OpeningTimes
from handrail.workspace.portal import PortalDraft, PortalVersion

__all__ = ["Brand", "BusinessHours", "Closure", "PortalDraft", "PortalVersion"]


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
