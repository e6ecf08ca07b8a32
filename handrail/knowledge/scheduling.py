"""A draft that is published by the clock, once, at the moment its author chose."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.reviewing import Reviewed
from handrail.knowledge.stages import Stage


class Scheduled(Reviewed):
    """Trait of a translation; a draft must be reviewed before the clock may publish it."""

    publish_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @transaction.atomic
    def schedule(self, at: datetime, *, by: CanAct) -> None:
        """Publish the approved draft at this moment. Raises OutOfOrder, and ValueError for a moment that has passed."""
        self._stand_at(Stage.APPROVED, Stage.SCHEDULED)
        if at <= clock.now():
            raise ValueError(f"{at} has passed.")
        self.stage, self.publish_at = Stage.SCHEDULED, at
        self.save(update_fields=["stage", "publish_at"])
        record("article.scheduled", self.article, by=by, locale=self.locale, at=at.isoformat())  # type: ignore[attr-defined]

    @transaction.atomic
    def unschedule(self, *, by: CanAct) -> None:
        """Leave the draft approved, for a hand to publish. Raises OutOfOrder."""
        self._stand_at(Stage.SCHEDULED)
        self.stage, self.publish_at = Stage.APPROVED, None
        self.save(update_fields=["stage", "publish_at"])
        record("article.unscheduled", self.article, by=by, locale=self.locale)  # type: ignore[attr-defined]

    def take_due(self) -> bool:
        """Claim a scheduled publication whose moment has come. False: somebody else did, or it was put off."""
        due = type(self).objects.filter(pk=self.pk, stage=Stage.SCHEDULED, publish_at__lte=clock.now())  # type: ignore[attr-defined]
        if not due.update(stage=Stage.APPROVED, publish_at=None):
            return False
        self.refresh_from_db()
        return True
