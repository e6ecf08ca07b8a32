"""Trait: a chat that goes on as a ticket, and back. It is the same record; only where the customer is written to changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from handrail.conversations.status import ConversationIsClosed
from handrail.conversations.touched import Touched
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    def become_ticket(self, *, by: CanAct, ways: Sequence[int] = ()) -> bool:
        """Go on by mail and among the requests. False where it does already, or never was a chat.

        ways  endpoints that get every answer only because of it, to be put back with `become_chat`

        Raises ConversationIsClosed for a closed one, which stays as it is.
        """
        if not self.is_live:
            return False
        self._must_be_open()
        self.ticket_since = self.updated_at = clock.now()
        self.save(update_fields=["ticket_since", "updated_at"])
        record("conversation.became_ticket", self, by=by, ways=list(ways))
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

    def ways_opened_for_ticket(self) -> list[int]:
        """The endpoints that get every answer only because it is a ticket now."""
        told = Event.objects.about(self).filter(verb="conversation.became_ticket").order_by("-pk")  # type: ignore[arg-type]
        data = told.values_list("data", flat=True).first() if self.ticket_since else None
        return list((data or {}).get("ways", []))

    def _must_be_open(self) -> None:
        if self.is_closed:  # type: ignore[attr-defined]
            raise ConversationIsClosed(f"Conversation {self.pk} is closed. A new reply opens a follow-up.")
