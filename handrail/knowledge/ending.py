"""What is true for a while only: news, mostly, is listed and answered from until it ends."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Ending(models.Model):
    """Trait of an article. Past its end it keeps its address, and no list, feed or answer names it."""

    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= clock.now()

    @transaction.atomic
    def end_at(self, moment: datetime | None, *, by: CanAct) -> None:
        """List it until this moment; for good with None."""
        old, self.ends_at = self.ends_at, moment
        if old == moment:
            return
        self.save(update_fields=["ends_at"])
        said = [each.isoformat() if each else None for each in (old, moment)]
        record("article.changed", self, by=by, field="ends_at", old=said[0], new=said[1])
        self.topic.product.brand.touch(taken_back=True)  # type: ignore[attr-defined]
