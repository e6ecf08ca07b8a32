"""Opening hours: weekly plans, and the days on which they do not hold."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.brand import Brand
from handrail.workspace.opening import OpeningTimes, Reason

Weekly = dict[str, list[list[str]]]


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
        closed = {each.day: Reason(each.reason_ko, each.reason_en) for each in self.closures.all()}
        return OpeningTimes(self.weekly, self.zone, self.holidays, closed=closed)

    @classmethod
    @transaction.atomic
    def make(cls, name: str, *, weekly: Weekly, zone: str, holidays: str, by: CanAct) -> BusinessHours:
        """New hours, of no team yet. Raises IntegrityError where the name is taken."""
        made = cls.objects.create(name=name, weekly=weekly, zone=zone, holidays=holidays)
        record("hours.made", made, by=by)
        return made

    @transaction.atomic
    def plan(self, *, by: CanAct, **said: str | Weekly) -> None:
        """Change any of name, zone, weekly and holidays; customers read it at once. Raises IntegrityError for a taken name."""
        if unknown := set(said) - {"name", "zone", "weekly", "holidays"}:
            raise KeyError(f"{sorted(unknown)} are not of opening hours.")
        changed = sorted(field for field, value in said.items() if getattr(self, field) != value)
        for field in changed:
            setattr(self, field, said[field])
        if changed:
            self.save(update_fields=changed)
            record("hours.changed", self, by=by, fields=changed)
            Brand.touch_every()

    @transaction.atomic
    def close_on(self, day: date, *, reason_ko: str, reason_en: str, by: CanAct) -> Closure:
        """Close for a whole day that is no public holiday, such as the company's founding day."""
        texts = {"reason_ko": reason_ko, "reason_en": reason_en}
        closure, _ = Closure.objects.update_or_create(hours=self, day=day, defaults=texts)
        record("hours.closed", self, by=by, day=day.isoformat())
        Brand.touch_every()
        return closure

    @transaction.atomic
    def open_on(self, day: date, *, by: CanAct) -> None:
        """Take a closure back; nothing happens where there is none."""
        gone, _ = self.closures.filter(day=day).delete()
        if gone:
            record("hours.opened", self, by=by, day=day.isoformat())
            Brand.touch_every()


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
