"""Who answers for an article, when it was last checked, and by when it should be checked again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

TOLD_BEFORE = timedelta(days=7)  # how long before its date an article becomes its owner's task


def today() -> date:
    """The day it is where the site is: a check date is a day of the calendar there, not of UTC's."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


class Checked(models.Model):
    """Trait of an article."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    check_by = models.DateField(null=True, blank=True, help_text="the last day on which it counts as checked")
    check_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    told_of = models.DateField(
        null=True, blank=True, help_text="the check_by its owner was told of, so that nobody is told twice"
    )

    told_on = models.DateField(
        null=True, blank=True, help_text="the check_by its owner was told of once more when it had come"
    )

    class Meta:
        abstract = True

    def needs_checking(self, *, on: date | None = None) -> bool:
        """True from the day after `check_by` on (today, if no day is given)."""
        return self.check_by is not None and self.check_by < (on or today())

    @transaction.atomic
    def give_to(self, owner: Any, *, by: CanAct) -> None:
        """Make a colleague (accounts.User) answer for the article, or nobody with None."""
        old, self.owner = self.owner_id, owner  # type: ignore[attr-defined]
        new = owner.pk if owner else None
        if old == new:
            return
        self.told_of = self.told_on = None
        self.save(update_fields=["owner", "told_of", "told_on"])
        record("article.given", self, by=by, old=old, new=new)

    @transaction.atomic
    def check_again(self, *, on: date | None, every_days: int | None = None, by: CanAct) -> None:
        """Have it checked by this day, and from then on every so many days. None for never."""
        old = self.check_by.isoformat() if self.check_by else None
        if (self.check_by, self.check_every_days) == (on, every_days):
            return
        self.check_by, self.check_every_days = on, every_days
        self.told_of = self.told_on = None
        self.save(update_fields=["check_by", "check_every_days", "told_of", "told_on"])
        new = on.isoformat() if on else None
        record("article.check_planned", self, by=by, old=old, new=new, every_days=every_days)
        self.topic.product.brand.touch()  # type: ignore[attr-defined]

    @transaction.atomic
    def confirm(self, *, by: CanAct) -> None:
        """Say that what it tells is true today. The next check is as far off as the last interval."""
        self.checked_at = clock.now()
        self.told_of = self.told_on = None
        every = self.check_every_days
        self.check_by = today() + timedelta(days=every) if every else None
        self.save(update_fields=["checked_at", "check_by", "told_of", "told_on"])
        record("article.checked", self, by=by, check_by=self.check_by.isoformat() if self.check_by else None)
        self.topic.product.brand.touch()  # type: ignore[attr-defined]
