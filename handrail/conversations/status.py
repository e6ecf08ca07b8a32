"""Trait: where a conversation stands, and the two ways of being over."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.conversations.ending import Ending
from handrail.conversations.touched import Touched
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Status(models.TextChoices):
    """New and Open wait for us, Pending for the customer, On hold for somebody else; Solved may reopen, Closed may not."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    PENDING = "pending", _("Pending")
    ON_HOLD = "on_hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


UNSOLVED = (Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD)
WAITING_ON_US = (Status.NEW, Status.OPEN)
OVER = (Status.SOLVED, Status.CLOSED)
# What a reply, a macro or a change of many may set. New says that nobody has looked; closing is a decision of its own.
SETTABLE = (Status.OPEN, Status.PENDING, Status.ON_HOLD, Status.SOLVED)


class ConversationIsClosed(ValueError):
    """A closed conversation does not change; a reply opens a linked follow-up instead."""


class HasStatus(Ending, Touched):
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.NEW)
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def takes_replies(self) -> bool:
        """Whether a reply goes in here; otherwise it opens a follow-up."""
        if self.status == Status.CLOSED:
            return False
        if self.solved_at is None:
            return True
        within: timedelta = self.brand.reopens_within  # type: ignore[attr-defined]
        return clock.now() - self.solved_at <= within

    @transaction.atomic
    def set_status(self, status: str, *, by: CanAct) -> None:
        """Move to another status; the same status is no change.

        Raises ConversationIsClosed for a closed one, and NotOver where one of ours would end what is not done.
        """
        if status == self.status:
            return
        if self.is_closed:
            raise ConversationIsClosed(f"Conversation {self.pk} is closed. A new reply opens a follow-up.")
        if status in OVER and self.status not in OVER and by.as_actor().kind in ("staff", "rule"):
            self.must_be_free_to_end()
        old, self.status = self.status, Status(status)
        moment = clock.now()
        self.solved_at = (
            moment if status == Status.SOLVED else (self.solved_at if status == Status.CLOSED else None)
        )
        self.closed_at = moment if status == Status.CLOSED else None
        self.updated_at = moment
        self.save(update_fields=["status", "solved_at", "closed_at", "updated_at"])
        record("conversation.status_changed", self, by=by, old=old, new=status)
