"""Trait: who takes part, and on which windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from handrail.channels.models import Inbox
from handrail.channels.own_addresses import refuse_own
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

if TYPE_CHECKING:
    from handrail.contacts.models import Person
    from handrail.conversations.endpoints import Endpoint, Participant

PARTICIPANTS_MAX = 20


def refuse_ours(person: Person) -> None:
    """Raise OwnAddress for somebody who is known by one of our own addresses."""
    for identity in person.identities.filter(kind="email"):
        refuse_own(identity.value)


class TooManyParticipants(ValueError):
    """A conversation holds at most twenty people."""


class Participation(models.Model):
    # Opened in the requester's name by a mail that nobody vouched for, and not yet shown to be theirs.
    is_claimed = models.BooleanField(default=False, db_default=False)
    # The mailbox of its first window there: what lists and counts by mailbox go by. A later window changes nothing.
    lies_in = models.ForeignKey(
        Inbox, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    @property
    def mailbox(self) -> Inbox | None:
        """The mailbox its mails come from and are answered at: where its first one came, else its team's or its brand's.

        None where it can't be answered by mail.
        """
        mail = self.endpoints.filter(inbox__kind="mail", inbox__is_active=True)  # type: ignore[attr-defined]
        # Also of a window that is closed by now: whoever asks next is answered from the same address.
        first = mail.select_related("inbox").order_by("pk").first()
        return first.inbox if first else Inbox.objects.mail_for(self.brand, self.team)  # type: ignore[attr-defined]

    @transaction.atomic
    def confirm(self, *, by: CanAct) -> None:
        """It is shown that the requester asked this: from now on it stands among their requests. Nothing happens if it does."""
        if self.is_claimed:
            self.is_claimed = False
            self.save(update_fields=["is_claimed"])
            self.trust_last_message()  # type: ignore[attr-defined]
            record("conversation.confirmed", self, by=by)

    @transaction.atomic
    def add_participant(self, person: Person, *, by: CanAct, role: str = "copied") -> Participant:
        """Let a person read and write here; someone who left comes back. Raises OwnAddress for who has one of ours."""
        refuse_ours(person)
        if self.participants.filter(left_at=None).count() >= PARTICIPANTS_MAX:  # type: ignore[attr-defined]
            raise TooManyParticipants(
                f"Conversation {self.pk} already has {PARTICIPANTS_MAX} people. Remove one first."
            )
        row, made = self.participants.get_or_create(person=person, defaults={"role": role})  # type: ignore[attr-defined]
        if row.left_at:
            row.left_at = None
            row.save(update_fields=["left_at"])
            made = True
        if made:
            record("conversation.participant_added", self, by=by, person=person.pk, role=role)
        return row

    @transaction.atomic
    def remove_participant(self, person: Person, *, by: CanAct) -> None:
        """Let a copied person no longer read here: their windows close and their reply address is worth nothing."""
        left = self.participants.filter(person=person, left_at=None).exclude(role="requester")  # type: ignore[attr-defined]
        if left.update(left_at=clock.now()):
            self.endpoints.filter(person=person).update(is_active=False)  # type: ignore[attr-defined]
            record("conversation.participant_removed", self, by=by, person=person.pk)

    @transaction.atomic
    def attach_endpoint(
        self, inbox: Inbox, address: str, *, person: Person, by: CanAct, is_fallback: bool = False
    ) -> Endpoint:
        """Open one more window: replies reach it from now on. Raises OwnAddress for one of ours.

        is_fallback  only those that nobody reads in the chat; one who asks for mail gets all of them
        """
        refuse_own(address)
        row, made = self.endpoints.get_or_create(  # type: ignore[attr-defined]
            inbox=inbox, address=address, defaults={"person": person, "is_fallback": is_fallback}
        )
        if row.is_fallback and not is_fallback:
            row.is_fallback = False
            row.save(update_fields=["is_fallback"])
        if not row.is_active:
            # Someone who was taken away is back.
            row.is_active, row.person, made = True, person, True
            row.save(update_fields=["is_active", "person"])
        if made:
            self.come_to_lie_in(inbox)
            record("conversation.endpoint_attached", self, by=by, kind=inbox.kind, endpoint=row.pk)
        return row

    @transaction.atomic
    def close_endpoint(self, endpoint: Endpoint, *, by: CanAct, is_denied: bool = False) -> bool:
        """Nothing written from now on reaches this window of it. False: it was closed already.

        is_denied  whoever has the address says that they did not ask here
        """
        open_one = self.endpoints.filter(pk=endpoint.pk, is_active=True)  # type: ignore[attr-defined]
        if not open_one.update(is_active=False):
            return False
        denied: dict[str, Any] = {"is_denied": True} if is_denied else {}
        record("conversation.endpoint_closed", self, by=by, endpoint=endpoint.pk, **denied)
        return True

    def come_to_lie_in(self, inbox: Inbox) -> None:
        """A window at this one was opened: a mailbox is where it lies, unless it lies in one already."""
        if self.lies_in_id is None and inbox.kind == Inbox.Kind.MAIL:
            self.lies_in = inbox
            self.save(update_fields=["lies_in"])
