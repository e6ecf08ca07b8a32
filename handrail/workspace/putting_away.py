"""Put away: a row no list names any more, that keeps everything and can come back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class PutAway(models.Model):
    """The trait of a brand, and of a product. FACTS is what its facts begin with: product.put_away, product.brought_back."""

    FACTS: ClassVar[str] = ""

    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_away(self) -> bool:
        return self.put_away_at is not None

    @transaction.atomic
    def put_away(self, *, by: CanAct) -> None:
        """Take it out of every list. Raises what `ask_to_go` raises."""
        if self.is_away:
            return
        self.ask_to_go()
        self._stand(clock.now())
        record(f"{self.FACTS}.put_away", self, by=by)

    @transaction.atomic
    def bring_back(self, *, by: CanAct) -> None:
        """Let it stand where it stood before it was put away."""
        if not self.is_away:
            return
        self._stand(None)
        record(f"{self.FACTS}.brought_back", self, by=by)

    def ask_to_go(self) -> None:
        """Raises where it has to stay."""

    def has_moved(self) -> None:
        """What follows from being away, or back."""

    def _stand(self, put_away_at: datetime | None) -> None:
        self.put_away_at = put_away_at
        self.save(update_fields=["put_away_at"])
        self.has_moved()
