"""Trait: what is said in a conversation, and what is noted beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from handrail.channels.mail.replies import forwards, split
from handrail.conversations.ending import NotOver
from handrail.conversations.holding import Holder
from handrail.conversations.snoozing import Snoozing
from handrail.conversations.status import Status
from handrail.conversations.wording import cid_in, worded
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.inserting import insert
from handrail.core.legible import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handrail.accounts.models import User
    from handrail.conversations.endpoints import Endpoint
    from handrail.conversations.messages import Message, Note
    from handrail.core.files.models import StoredFile

PREVIEW_CHARS = 160
PREVIEW_READ = 4_000  # letters of a mail, for what its row shows


class Talking(Snoozing):
    last_seq = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(default=clock.now)
    last_message_text = models.CharField(max_length=PREVIEW_CHARS, blank=True)
    last_message_from = models.CharField(max_length=3, blank=True, help_text="in or out")
    last_message_is_verified = models.BooleanField(default=True, db_default=True)
    first_answered_at = models.DateTimeField(
        null=True, blank=True, help_text="first word of a person of ours"
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def receive(
        self,
        text: str,
        *,
        by: CanAct,
        files: Sequence[StoredFile] = (),
        asks_nothing: bool = False,
        **details: Any,
    ) -> Message:
        """Take in what the customer says. It wakes a pending, solved or snoozed conversation.

        asks_nothing  a thank-you and no more: what is solved stays solved
        details  further Message fields: html, quoted, endpoint, author_name, from_address, message_id,
                 is_verified, client_id, is_automatic, data
        returns  the message; the one already there if `client_id` or `message_id` was seen in this conversation

        Raises ConversationIsClosed where a follow-up must be opened instead (see opening.receive_or_follow_up).
        """
        if seen := self._already(details):
            return seen
        message = self._say("in", text, by=by, files=files, **details)
        woken = (Status.PENDING, Status.ON_HOLD, *(() if asks_nothing else (Status.SOLVED,)))
        if not message.is_automatic and self.status in woken:
            self.set_status(Status.OPEN, by=by)
        if not message.is_automatic and self.snoozed_until is not None:
            self.wake(by=by, reason="customer")
        if message.is_verified and not message.is_automatic and message.author_id == self.requester_id:  # type: ignore[attr-defined]
            self.confirm(by=by)  # type: ignore[attr-defined]
        self.tell_received(message, by=by)
        return message

    def trust_last_message(self) -> None:
        """It is shown that the requester sent what they have said so far: lists name them without a mark. The message itself
        keeps how it came, and what somebody else wrote stays marked."""
        if self.last_message_is_verified:
            return
        last = self.messages.filter(direction="in").order_by("-seq").first()  # type: ignore[attr-defined]
        if last and last.author_id == self.requester_id and not last.data.get("other_address"):  # type: ignore[attr-defined]
            self.last_message_is_verified = True
            self.save(update_fields=["last_message_is_verified"])

    def begin_with(self, text: str, *, by: CanAct, **details: Any) -> Message:
        """The first message of a conversation that is new itself: neither is written yet (see opening.open_by_saying)."""
        message = self._worded("in", text, by=by, **details)
        for name, value in self._seen_last(message).items():
            setattr(self, name, value)
        message.seq = self.last_seq = 1
        return message

    def tell_received(self, message: Message, *, by: CanAct) -> None:
        told = {"message": message.pk, "seq": message.seq}
        record("message.received", self, by=by, whose_time="waiting", at_hand=(message,), **told)

    @transaction.atomic
    def reply(self, text: str, *, by: CanAct, files: Sequence[StoredFile] = (), **details: Any) -> Message:
        """Say something to the customer, on every active endpoint. Each mail endpoint gets a delivery row.

        details  further Message fields: html, author_name, is_automatic, client_id, data; and `mail=False` to keep it
                 inside the portal, `status` to set with it
        """
        from handrail.conversations.deliveries import queue_deliveries
        from handrail.conversations.recipients import held_back_from

        by_mail, status = details.pop("mail", True), details.pop("status", "")
        if seen := self._already(details):
            return seen
        message = self._say("out", text, by=by, files=files, **details)
        actor = by.as_actor()
        if actor.kind == "staff":
            if self.first_answered_at is None:
                self.first_answered_at = message.at
                self.save(update_fields=["first_answered_at"])
            if self.status == Status.NEW:
                status = status or Status.OPEN
            if not message.is_automatic:
                self.step_in(reason="answered", by=by)  # type: ignore[attr-defined]
                self._taken_by_answering(by)
        whose = "human" if actor.kind == "staff" else "bot"
        told: dict[str, Any] = {"message": message.pk, "seq": message.seq}
        if by_mail:
            held_back = held_back_from(message)
            if carried := queue_deliveries(message, held_back):
                # Why each gets it is true now; later the requester may be somebody else.
                told["to"] = {str(each.endpoint_id): self._role_of(each.endpoint) for each in carried}
            if held_back:
                told["held_back"] = [each.pk for each in held_back]
        record("message.sent", self, by=by, whose_time=whose, at_hand=(message,), **told)
        if status:
            self._set_with_reply(status, by=by)
        return message

    def _role_of(self, endpoint: Endpoint) -> str:
        return "requester" if endpoint.person_id == self.requester_id else "copied"  # type: ignore[attr-defined]

    def _taken_by_answering(self, by: CanAct) -> None:
        """Whoever answers what nobody has, has it from then on."""
        from handrail.accounts.models import User

        # Read again: a colleague may have taken it while this was being written.
        self.refresh_from_db(fields=["assignee"])
        if self.assignee_id is None and isinstance(by, User):  # type: ignore[attr-defined]
            self.assign(to=by, by=by)  # type: ignore[attr-defined]

    def _set_with_reply(self, status: str, *, by: CanAct) -> None:
        """The words have left: what stands in the way of the status is told in the history and stops nothing."""
        try:
            self.set_status(status, by=by)
        except NotOver as waiting:
            fields = [field.pk for field in waiting.fields]
            record(
                "conversation.kept_open",
                self,
                by=by,
                children=waiting.children,
                steps=waiting.steps,
                fields=fields,
            )
            if self.status == Status.NEW:
                self.set_status(Status.OPEN, by=by)

    @transaction.atomic
    def note(self, text: str, *, by: User, files: Sequence[StoredFile] = (), client_id: str = "") -> Note:
        """Write a private note, formatted as it was typed (wording.py). It reaches colleagues and nobody else. A `client_id`
        seen here before writes nothing."""
        if client_id and (seen := self.notes.filter(client_id=client_id).first()):  # type: ignore[attr-defined]
            return seen
        words = {**worded(text, files)._asdict(), "client_id": client_id, "at": clock.now()}
        note = self.notes.create(seq=self._next_seq(), author=by, **words)  # type: ignore[attr-defined]
        for file in files:
            note.attachments.create(file=file, cid=cid_in(note.html, file))
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
        message = self._worded(direction, text, by=by, **details)
        message.seq = self._next_seq(**self._seen_last(message))
        insert(message)
        for file in files:
            message.attachments.create(file=file, cid=cid_in(message.html, file))
        return message

    def _worded(self, direction: str, text: str, *, by: CanAct, **details: Any) -> Message:
        """The message, not written yet and without its number."""
        actor = by.as_actor()
        name = details.pop("author_name", "") or str(getattr(by, "name", "") or "")
        moment = details.pop("at", None) or clock.now()
        return self.messages.model(  # type: ignore[attr-defined, no-any-return]
            conversation=self,
            direction=direction,
            text=text,
            at=moment,
            author_kind=actor.kind,
            author_id=actor.id,
            author_name=legible(name)[:120],
            **details,
        )

    @staticmethod
    def _seen_last(message: Message) -> dict[str, Any]:
        """What lists show of a conversation whose newest message this is: of an automatic one not its words, which say
        the same in every row; and where people have it, an automatic word answers nobody."""
        seen = {
            "last_message_at": message.at,
            "listed_at": message.at,
            "last_message_from": message.direction,
            "last_message_is_verified": message.is_verified,
            "last_message_text": Talking.preview_of(message),
            "updated_at": message.at,
        }
        if message.is_automatic and message.conversation.last_seq:
            del seen["last_message_text"]
            if message.direction == "out" and message.conversation.held_by == Holder.PEOPLE:
                del seen["last_message_from"], seen["last_message_is_verified"]
        return seen

    @staticmethod
    def preview_of(message: Message) -> str:
        """The words of a message as lists show them, in one line. Of a mail without what it repeats of another one, which
        stands among its words where it is the first; what it passes on is what it says."""
        words = message.own_words
        if message.direction == "in" and message.message_id and not forwards(message.conversation.subject):
            words = split(words[:PREVIEW_READ]).text
        return " ".join(words.split())[:PREVIEW_CHARS]

    def _next_seq(self, **changed: Any) -> int:
        """The next number, with what else changes in the row, in one statement.

        The row is locked by it until the transaction ends, so no two writers get one number.
        """
        meta: Any = self._meta
        quoted = connection.ops.quote_name
        fields = [meta.get_field(name) for name in changed]
        also = "".join(f", {quoted(field.column)} = %s" for field in fields)
        values = [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, changed.values(), strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {quoted(meta.db_table)} SET last_seq = last_seq + 1{also} "  # noqa: S608  (names of our own columns)
                f"WHERE {quoted(meta.pk.column)} = %s RETURNING last_seq",
                [*values, self.pk],
            )
            (self.last_seq,) = cursor.fetchone()
        for name, value in changed.items():
            setattr(self, name, value)
        return self.last_seq
