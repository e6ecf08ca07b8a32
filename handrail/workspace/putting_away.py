"""Brands put away: nobody comes to them any more, and everything that was theirs stays and can come back."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class SitesOwn(ValueError):
    """The first brand answers at the site's address, for itself and for those put away; it stays."""


class PutAway(models.Model):
    """The trait of a brand. Its name, look, mailboxes, host name and conversations stay in its row and those that name it;
    what comes by its host name or its mailboxes from then on is of the site's own brand.
    """

    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_away(self) -> bool:
        return self.put_away_at is not None

    @transaction.atomic
    def put_away(self, *, by: CanAct) -> None:
        """Let nobody come to it any more. Raises SitesOwn."""
        if self.is_away:
            return
        if type(self).objects.own() == self:  # type: ignore[attr-defined]
            raise SitesOwn(str(self))
        self._stand(clock.now())
        record("brand.put_away", self, by=by)

    @transaction.atomic
    def bring_back(self, *, by: CanAct) -> None:
        """Let it be as it was before it was put away, under its own host name."""
        if not self.is_away:
            return
        self._stand(None)
        record("brand.brought_back", self, by=by)

    def _stand(self, put_away_at: datetime | None) -> None:
        self.put_away_at = put_away_at
        self.save(update_fields=["put_away_at"])
        self.restamp(taken_back=True)  # type: ignore[attr-defined]
