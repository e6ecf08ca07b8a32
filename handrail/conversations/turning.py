"""Trait: a chat that goes on as a ticket, and back. It is the same record; only where the customer is written to changes."""

from __future__ import annotations

from django.db import models, transaction

from handrail.conversations.status import ConversationIsClosed
from handrail.conversations.touched import Touched
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Turning(Touched):
    # Since when a chat goes on as a ticket: its window in the help centre is shut, answers come by mail and among the requests.
    ticket_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        """Whether it is a chat now: its customer sits, or sat, before the window."""
        return self.channel == "chat" and self.ticket_since is None  # type: ignore[attr-defined, no-any-return]

    @transaction.atomic
    def become_ticket(self, *, by: CanAct) -> bool:
        """Go on by mail and among the requests. False where it does already, or never was a chat.

        Raises ConversationIsClosed for a closed one, which stays as it is.
        """
        if not self.is_live:
            return False
        self._must_be_open()
        self.ticket_since = self.updated_at = clock.now()
        self.save(update_fields=["ticket_since", "updated_at"])
        record("conversation.became_ticket", self, by=by)
        return True

    @transaction.atomic
    def become_chat(self, *, by: CanAct) -> bool:
        """Go on in the chat's window. False for what is a chat already, or did not begin as one.

        Raises ConversationIsClosed for a closed one.
        """
        if self.ticket_since is None:
            return False
        self._must_be_open()
        self.ticket_since, self.updated_at = None, clock.now()
        self.save(update_fields=["ticket_since", "updated_at"])
        record("conversation.became_chat", self, by=by)
        return True

    def _must_be_open(self) -> None:
        if self.is_closed:  # type: ignore[attr-defined]
            raise ConversationIsClosed(f"Conversation {self.pk} is closed. A new reply opens a follow-up.")
