"""Trait: what is said in a conversation, and what is noted beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F

from handrail.conversations.status import HasStatus, Status
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handrail.accounts.models import User
    from handrail.conversations.messages import Message, Note
    from handrail.core.files.models import StoredFile

PREVIEW_CHARS = 160


class Talking(HasStatus):
    last_seq = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(default=clock.now)
    last_message_text = models.CharField(max_length=PREVIEW_CHARS, blank=True)
    last_message_from = models.CharField(max_length=3, blank=True, help_text="in or out")
    first_answered_at = models.DateTimeField(
        null=True, blank=True, help_text="first word of a person of ours"
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def receive(self, text: str, *, by: CanAct, files: Sequence[StoredFile] = (), **details: Any) -> Message:
        """Take in what the customer says. It wakes a pending or solved conversation.

        details  further Message fields: html, quoted, endpoint, author_name, from_address, message_id,
                 is_verified, client_id, is_automatic, data
        returns  the message; the one already there if `client_id` or `message_id` was seen in this conversation

        Raises ConversationIsClosed where a follow-up must be opened instead (see opening.receive_or_follow_up).
        """
        if seen := self._already(details):
            return seen
        message = self._say("in", text, by=by, files=files, **details)
        if not message.is_automatic and self.status in (Status.PENDING, Status.SOLVED, Status.ON_HOLD):
            self.set_status(Status.OPEN, by=by)
        record("message.received", self, by=by, message=message.pk, seq=message.seq, whose_time="waiting")
        return message

    @transaction.atomic
    def reply(self, text: str, *, by: CanAct, files: Sequence[StoredFile] = (), **details: Any) -> Message:
        """Say something to the customer, on every active endpoint. Each mail endpoint gets a delivery row.

        details  further Message fields: html, author_name, is_automatic, client_id, data; and
                 `mail=False` to keep it inside the portal
        """
        from handrail.conversations.deliveries import queue_deliveries

        by_mail = details.pop("mail", True)
        if seen := self._already(details):
            return seen
        message = self._say("out", text, by=by, files=files, **details)
        actor = by.as_actor()
        if actor.kind == "staff":
            if self.first_answered_at is None:
                self.first_answered_at = message.at
                self.save(update_fields=["first_answered_at"])
            if self.status == Status.NEW:
                self.set_status(Status.OPEN, by=by)
        if by_mail:
            queue_deliveries(message)
        whose = "human" if actor.kind == "staff" else "bot"
        record("message.sent", self, by=by, message=message.pk, seq=message.seq, whose_time=whose)
        return message

    @transaction.atomic
    def note(self, text: str, *, by: User, files: Sequence[StoredFile] = (), client_id: str = "") -> Note:
        """Write a private note. It reaches colleagues and nobody else. A `client_id` seen here before writes nothing."""
        if client_id and (seen := self.notes.filter(client_id=client_id).first()):  # type: ignore[attr-defined]
            return seen
        words = {"text": text, "client_id": client_id, "at": clock.now()}
        note = self.notes.create(seq=self._next_seq(), author=by, **words)  # type: ignore[attr-defined]
        for file in files:
            note.attachments.create(file=file)
        record("note.written", self, by=by, note=note.pk, seq=note.seq, whose_time="human")
        return note

    def _already(self, details: dict[str, Any]) -> Message | None:
        for key in ("client_id", "message_id"):
            if details.get(key):
                found = self.messages.filter(**{key: details[key]}).first()  # type: ignore[attr-defined]
                if found:
                    return found
        return None

    def _say(
        self, direction: str, text: str, *, by: CanAct, files: Sequence[StoredFile], **details: Any
    ) -> Message:
        actor = by.as_actor()
        name = details.pop("author_name", "") or str(getattr(by, "name", "") or "")
        moment = details.pop("at", None) or clock.now()
        message = self.messages.create(  # type: ignore[attr-defined]
            seq=self._next_seq(),
            direction=direction,
            text=text,
            at=moment,
            author_kind=actor.kind,
            author_id=actor.id,
            author_name=name[:120],
            **details,
        )
        for file in files:
            message.attachments.create(file=file)
        self.last_message_at, self.last_message_from, self.updated_at = moment, direction, moment
        self.last_message_text = " ".join(text.split())[:PREVIEW_CHARS]
        self.save(update_fields=["last_message_at", "last_message_from", "last_message_text", "updated_at"])
        return message

    def _next_seq(self) -> int:
        # The row is locked by this update until the transaction ends, so no two writers get one number.
        type(self).objects.filter(pk=self.pk).update(last_seq=F("last_seq") + 1)  # type: ignore[attr-defined]
        self.last_seq = type(self).objects.values_list("last_seq", flat=True).get(pk=self.pk)  # type: ignore[attr-defined]
        return self.last_seq
