"""Trait: out of everybody's sight, to be restored for some days; then gone with all it held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction

from handrail.conversations.status import HasStatus
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Deletable(HasStatus):
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def takes_replies(self) -> bool:
        """As of HasStatus; an answer to a deleted one begins anew where somebody sees it."""
        return self.deleted_at is None and super().takes_replies

    @transaction.atomic
    def delete_for_now(self, *, by: CanAct, reason: str = "", **data: Any) -> bool:
        """Nobody sees it any more; what had not left does not leave. False: it is deleted already.

        reason  a code: spam, or "" for none
        data    ids that the fact keeps beside it
        """
        alive = type(self).objects.filter(pk=self.pk, deleted_at=None)  # type: ignore[attr-defined]
        if not alive.update(deleted_at=clock.now()):
            return False
        for each in (self, *self.sides.all()):  # type: ignore[attr-defined]
            for waiting in each.outgoing.waiting():
                waiting.stop(reason="deleted", by=by)
        self.refresh_from_db()
        record("conversation.deleted", self, by=by, reason=reason, **data)
        return True

    @transaction.atomic
    def restore(self, *, by: CanAct, **data: Any) -> bool:
        """It stands where it stood. False: it was not deleted. `data` as of delete_for_now."""
        gone = type(self).objects.filter(pk=self.pk, deleted_at__isnull=False)  # type: ignore[attr-defined]
        if not gone.update(deleted_at=None):
            return False
        self.refresh_from_db()
        record("conversation.restored", self, by=by, **data)
        return True


def kept_until_after() -> timedelta:
    """How long a deleted conversation can be restored."""
    return timedelta(days=settings.DELETED_DAYS)
