"""Trait: where a conversation stands, and the two ways of being over.

`status` is what every rule, view and count goes by. A manager's own status (custom_statuses.py) says more about one of
them, and set_status is the one place where either changes, so that the two always agree.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

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


class UnknownStatus(ValueError):
    """A code that is no status, and no manager's either."""


class HasStatus(Ending, Touched):
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.NEW)
    custom_status = models.ForeignKey(
        "conversations.CustomStatus",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
        db_index=False,
    )
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

    @property
    def status_code(self) -> str:
        """What set_status takes to bring it back here: the key of its own status, else its status."""
        return self.custom_status.key if self.custom_status else self.status

    @transaction.atomic
    def set_status(self, code: str, *, by: CanAct) -> None:
        """Move to another status, or to a manager's own one and its category; the same again is no change.

        Raises ConversationIsClosed for a closed one, NotOver where one of ours would end what is not done, and
        UnknownStatus.
        """
        from handrail.conversations.custom_statuses import meant

        status, custom = meant(code)
        if (status, custom.pk if custom else None) == (self.status, self.custom_status_id):
            return
        if self.is_closed:
            raise ConversationIsClosed(f"Conversation {self.pk} is closed. A new reply opens a follow-up.")
        if status in OVER and self.status not in OVER and by.as_actor().kind in ("staff", "rule"):
            self.must_be_free_to_end()
        old, own = self.status, self.custom_status_id
        self.status, self.custom_status = status, custom
        self.updated_at = clock.now()
        if status != old:
            self._note_end(self.updated_at)
        self.save(update_fields=["status", "custom_status", "solved_at", "closed_at", "updated_at"])
        names = {"old_custom": own, "new_custom": custom.pk if custom else None}
        told: dict[str, Any] = {name: pk for name, pk in names.items() if pk}
        record("conversation.status_changed", self, by=by, old=old, new=status.value, **told)

    def _note_end(self, moment: datetime) -> None:
        is_closed = self.status == Status.CLOSED
        self.solved_at = moment if self.status == Status.SOLVED else (self.solved_at if is_closed else None)
        self.closed_at = moment if is_closed else None
