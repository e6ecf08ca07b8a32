"""Products put away: no list names them, and whoever comes by a link still reads everything about them."""

from __future__ import annotations

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class PutAway(models.Model):
    """Trait of a product. Its page, topics and articles keep their addresses, and articles are still found by search."""

    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_away(self) -> bool:
        return self.put_away_at is not None

    @transaction.atomic
    def put_away(self, *, by: CanAct) -> None:
        """Take it out of every list."""
        if self.is_away:
            return
        self.put_away_at = clock.now()
        self.save(update_fields=["put_away_at"])
        record("product.put_away", self, by=by)
        self.brand.touch(taken_back=True)  # type: ignore[attr-defined]

    @transaction.atomic
    def bring_back(self, *, by: CanAct) -> None:
        """Let every list name it again, where it stood."""
        if not self.is_away:
            return
        self.put_away_at = None
        self.save(update_fields=["put_away_at"])
        record("product.brought_back", self, by=by)
        self.brand.touch()  # type: ignore[attr-defined]
