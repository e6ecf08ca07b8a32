"""Trait: out of the lists until an hour, or until the customer writes; then on top of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction

from handrail.conversations.status import UNSOLVED, ConversationIsClosed, HasStatus
from handrail.core import clock
from handrail.core.actors import CLOCK, CanAct
from handrail.core.events.ledger import record

SNOOZED_MOST = timedelta(days=365)


class Snoozing(HasStatus):
    snoozed_until = models.DateTimeField(null=True, blank=True)
    # What lists go by: its newest message, or the moment it came back from its snooze.
    listed_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None and self.status in UNSOLVED

    @transaction.atomic
    def snooze(self, until: datetime, *, by: CanAct) -> None:
        """Leave the lists until then or until the customer's next word. Snoozing again moves the hour.

        Raises ValueError for an hour that is past or over a year away, and ConversationIsClosed.
        """
        from handrail.conversations.jobs import wake_those_due

        if self.is_closed:
            raise ConversationIsClosed(f"Conversation {self.pk} is closed and lies in no list to leave.")
        if not clock.now() < until <= clock.now() + SNOOZED_MOST:
            raise ValueError(f"{until} is not within the next year.")
        self.snoozed_until = until
        self.save(update_fields=["snoozed_until"])
        record("conversation.snoozed", self, by=by, until=until.isoformat())
        wake_those_due.using(run_after=until).enqueue()

    @transaction.atomic
    def set_status(self, code: str, *, by: CanAct) -> None:
        """As of HasStatus; what is over waits for no hour."""
        super().set_status(code, by=by)
        if self.snoozed_until is not None and self.status not in UNSOLVED:
            self.snoozed_until = None
            self.save(update_fields=["snoozed_until"])

    @transaction.atomic
    def wake(self, *, by: CanAct, reason: str) -> bool:
        """Back into the lists, on top; first act wins. False: it was not snoozed.

        reason  a code: time, customer, hand
        """
        asleep = type(self).objects.filter(pk=self.pk, snoozed_until__isnull=False)  # type: ignore[attr-defined]
        if not asleep.update(snoozed_until=None, listed_at=clock.now()):
            return False
        self.snoozed_until, self.listed_at = None, clock.now()
        record("conversation.woken", self, by=by, reason=reason)
        return True


def wake_due() -> int:
    """Wake every conversation whose hour has come. Returns how many."""
    from handrail.conversations.conversation import Conversation

    due = Conversation.objects.filter(snoozed_until__lte=clock.now()).order_by("snoozed_until")
    return sum(each.wake(by=CLOCK, reason="time") for each in due[:500])
