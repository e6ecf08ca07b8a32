"""A reply that was sent and has not left: for the seconds in which it can be taken back, or until the hour it was set for.

It waits in a table of its own, so that no page, mail or feed outside can show it, and becomes a message only when it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.assignment import NotTheAssignee
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import meant
from handrail.conversations.messages import Message
from handrail.conversations.recipients import Unexpected, joined_since, reached_by_mail
from handrail.conversations.status import OVER, ConversationIsClosed
from handrail.conversations.wording import Words, worded
from handrail.core import clock
from handrail.core.actors import CLOCK, CanAct
from handrail.core.events.ledger import record
from handrail.core.files.models import StoredFile
from handrail.workspace.arranged import KEY_MOST

CHAT_SECONDS_MOST = 5  # a chat waits no longer than this for second thoughts
AHEAD_MOST = timedelta(days=90)
STANDING = ("status", "custom_status", "solved_at", "closed_at", "assignee")

# Does what goes along with a reply, just before it is said, and returns a code of why it cannot, or "". Whoever knows
# what that can be puts itself here; `along` is what `send` was given.
Doing = Callable[[Conversation, dict[str, Any], User], str]
does_along: list[Doing] = []


class CannotGoAlong(Exception):
    """What is to be done with a reply is refused; `code` says why, as its own room says it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def visible_to(self, viewer: Viewer) -> OutgoingQuerySet:
        """Those of conversations the viewer reads as staff; customers see a reply when it has left."""
        if "conversations.read" not in viewer.rights:
            return self.none()
        return self.filter(Conversation.objects.open_to(viewer).contain("conversation"))

    def waiting(self) -> OutgoingQuerySet:
        return self.filter(state=Outgoing.State.WAITING)

    def scheduled_in(self, conversation: int) -> OutgoingQuerySet:
        """Those that wait for an hour somebody chose."""
        return self.waiting().filter(conversation=conversation, is_scheduled=True)

    def shown(self) -> OutgoingQuerySet:
        """What a colleague must see: what waits, and what was stopped and nobody has dealt with."""
        return self.filter(state__in=[Outgoing.State.WAITING, Outgoing.State.STOPPED]).order_by("leaves_at")

    def due(self) -> OutgoingQuerySet:
        return self.waiting().filter(leaves_at__lte=clock.now()).order_by("leaves_at")


class Outgoing(models.Model):
    """`text` is what was typed, marks and all; `status` is set when it leaves, not before; `data` as of a message, and
    under "along" what else is done then."""

    class State(models.TextChoices):
        WAITING = "waiting"
        LEFT = "left"
        TAKEN_BACK = "taken_back"
        STOPPED = "stopped"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="outgoing")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="outgoing")
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="outgoing")
    status = models.CharField(max_length=KEY_MOST, blank=True, help_text="as set_status takes it")
    client_id = models.CharField(max_length=64, blank=True)
    is_scheduled = models.BooleanField(default=False, help_text="for an hour somebody chose")
    leaves_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(
        max_length=16, blank=True, help_text="why it was stopped: customer_wrote, closed, joined, gone"
    )
    reaches = models.JSONField(
        null=True,
        blank=True,
        help_text="ids of the mail windows its author saw; null where nobody noted them",
    )
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="outgoing"
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=~Q(client_id=""),
                name="a_client_id_waits_once",
            )
        ]
        indexes = [models.Index(fields=["leaves_at"], condition=Q(state="waiting"), name="outgoing_waiting")]

    def __str__(self) -> str:
        return f"#{self.conversation_id} at {self.leaves_at:%F %T} ({self.state})"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def along(self) -> dict[str, Any]:
        """What is done when it leaves, as `send` was given it; empty for nothing."""
        return dict(self.data.get("along", {}))

    @property
    def words(self) -> Words:
        """As they will be read."""
        return worded(self.text, list(self.files.all()))

    @transaction.atomic
    def take_back(self, *, by: CanAct) -> bool:
        """Nothing leaves; its words go back to whoever asked. False: it has left, or was taken back already."""
        if not self._move(self.State.TAKEN_BACK, from_=[self.State.WAITING, self.State.STOPPED]):
            return False
        record("reply.taken_back", self.conversation, by=by, outgoing=self.pk)
        return True

    @transaction.atomic
    def stop(self, *, reason: str, by: CanAct, message: int | None = None) -> bool:
        """Hold it until a colleague has looked. False: it waits no longer. `message` is the one that stops it."""
        if not self._move(self.State.STOPPED, from_=[self.State.WAITING], reason=reason):
            return False
        told: dict[str, Any] = {
            "outgoing": self.pk,
            "reason": reason,
            **({"message": message} if message else {}),
        }
        record("reply.stopped", self.conversation, by=by, **told)
        return True

    def joined(self, conversation: Conversation, *, but: Collection[int] = ()) -> list[Unexpected]:
        """Whom it would reach by now though its author never saw them, without those somebody has answered for."""
        if self.reaches is None:
            return []
        return joined_since(conversation, {*self.reaches, *but}, by=self.author)

    @transaction.atomic
    def leave(self, *, also: Collection[int] = (), without: Collection[int] = ()) -> Message | None:
        """Say it now, as its author; first act wins. None: it has left, was taken back, cannot be said any more, or has to wait
        for a colleague to look.

        also, without  windows that came in since it was written, which it may reach or leaves out
        """
        conversation = Conversation.objects.select_for_update().get(pk=self.conversation_id)
        if reason := self._hindered(conversation, but={*also, *without}):
            # Its author did not stop it, and is told.
            self.stop(reason=reason, by=CLOCK)
            return None
        if not self._move(self.State.LEFT, from_=[self.State.WAITING, self.State.STOPPED]):
            return None
        if without:
            self.data = {**self.data, "without": [*self.data.get("without", []), *without]}
        files = list(self.files.order_by("pk"))
        # The words leave: what stands in the way of the rest by now is told where it is done, and stops nothing.
        _do(conversation, self.along, by=self.author)
        data = {name: value for name, value in self.data.items() if name != "along"}
        said = {"data": data, "client_id": self.client_id, "status": self.status}
        self.message = _say(conversation, self.text, by=self.author, files=files, **said)
        self.save(update_fields=["message"])
        return self.message

    def _hindered(self, conversation: Conversation, *, but: Collection[int]) -> str:
        """Why it can't leave by now, as `reason`; "" where it can. To leave and reach nobody is for a colleague to choose."""
        if conversation.is_closed:
            return "closed"
        if self.joined(conversation, but=but):
            return "joined"
        if conversation.side_of_id is not None:
            from handrail.conversations.sides import is_anybody_left

            return "" if is_anybody_left(conversation) else "gone"
        is_left_alone = self.reaches and not conversation.endpoints.filter(is_active=True).exists()
        return "gone" if self.is_waiting and is_left_alone else ""

    def _move(self, state: str, *, from_: Sequence[str], **changes: Any) -> bool:
        """Compare and set, so that of taking back and leaving only one happens."""
        there = Outgoing.objects.filter(pk=self.pk, state__in=from_)
        if not there.update(state=state, **changes):
            return False
        self.state = state
        for name, value in changes.items():
            setattr(self, name, value)
        return True


def hold_seconds(conversation: Conversation, *, author: User) -> int:
    """For how long a reply of `author` can be taken back: as they chose, in a chat shorter; 0 for at once.

    A chat whose visitor left a mail address stays one: they wait before it, and the mail leaves with the words.
    """
    is_letter = (
        not conversation.is_live
        and conversation.endpoints.filter(is_active=True, inbox__kind="mail").exists()
    )
    return author.undo_seconds if is_letter else min(author.undo_seconds, CHAT_SECONDS_MOST)


@transaction.atomic
def send(
    conversation: Conversation,
    text: str,
    *,
    by: User,
    at: datetime | None = None,
    files: Sequence[StoredFile] = (),
    client_id: str = "",
    data: dict[str, Any] | None = None,
    status: str = "",
    along: dict[str, Any] | None = None,
) -> Message | Outgoing:
    """Reply to the customer after the time for second thoughts, or at the hour `at`.

    status   set when it leaves, as of set_status; "" leaves it to the reply itself
    along    what else is done when it leaves (`does_along`)
    returns  the message where it left at once; what waits otherwise. A `client_id` seen before gives what came of it

    Raises ValueError for an hour that is past or more than AHEAD_MOST away, ConversationIsClosed, NotTheAssignee,
    NotOver for a status that must wait, and CannotGoAlong.
    """
    if at is not None and not clock.now() < at <= clock.now() + AHEAD_MOST:
        raise ValueError(f"{at} is not within the next {AHEAD_MOST.days} days.")
    if client_id and (seen := _already(conversation, client_id)):
        return seen
    from handrail.conversations.jobs import let_leave

    wait = hold_seconds(conversation, author=by)
    leaves_now = at is None and not wait
    _let_in(conversation, status, along or {}, by=by, leaves_now=leaves_now)
    if leaves_now:
        said = {"client_id": client_id, "data": data or {}, "status": status}
        return _say(conversation, text, by=by, files=files, **said)
    waiting = Outgoing.objects.create(
        conversation=conversation,
        author=by,
        text=text,
        data={**(data or {}), **({"along": along} if along else {})},
        status=status,
        client_id=client_id,
        is_scheduled=at is not None,
        reaches=reached_by_mail(conversation),
        leaves_at=at or clock.now() + timedelta(seconds=wait),
    )
    waiting.files.set(files)
    verb = "reply.scheduled" if waiting.is_scheduled else "reply.held"
    record(verb, conversation, by=by, outgoing=waiting.pk, at=waiting.leaves_at.isoformat())
    let_leave.using(dedupe_key=f"outgoing:{waiting.pk}", run_after=waiting.leaves_at).enqueue(waiting.pk)
    return waiting


def _do(conversation: Conversation, along: dict[str, Any], *, by: User) -> str:
    """Do what goes along with a reply and read the conversation again. Why it cannot, or ""."""
    if not along:
        return ""
    code = next((code for each in does_along if (code := each(conversation, along, by))), "")
    conversation.refresh_from_db()
    return code


def _say(
    conversation: Conversation, text: str, *, by: User, files: Sequence[StoredFile], **said: Any
) -> Message:
    """To the customer, or, in a side conversation, to whoever was asked there; formatted as it was typed."""
    words = worded(text, files)
    if conversation.side_of_id is None:
        return conversation.reply(words.text, by=by, files=files, html=words.html, **said)
    from handrail.conversations.sides import write

    said.pop("status")
    return write(conversation, words.text, by=by, files=files, html=words.html, **said)


def _let_in(
    conversation: Conversation, status: str, along: dict[str, Any], *, by: User, leaves_now: bool
) -> None:
    """Raise what `send` does where the reply cannot go in. What goes along may be what lets it in: it is tried for one that
    waits, and done where the reply leaves now."""
    # Locked and read again: somebody may have closed it a moment ago, and nothing of this may be half done.
    rows = Conversation.objects.select_for_update()
    conversation.refresh_from_db(fields=STANDING, from_queryset=rows)
    with transaction.atomic():
        if code := _do(conversation, along, by=by):
            raise CannotGoAlong(code)
        _takes_a_reply(conversation, status, by=by)
        is_tried = bool(along) and not leaves_now
        transaction.set_rollback(is_tried)
    if is_tried:
        conversation.refresh_from_db()


def _takes_a_reply(conversation: Conversation, status: str, *, by: User) -> None:
    """Raise ConversationIsClosed, NotTheAssignee or NotOver where a reply that sets `status` cannot go in."""
    if conversation.is_closed:
        raise ConversationIsClosed(
            f"Conversation {conversation.pk} is closed. A new reply opens a follow-up."
        )
    if conversation.side_of_id is None and not conversation.may_be_answered_by(by):
        raise NotTheAssignee(f"Conversation {conversation.pk} is answered by its assignee alone.")
    if status and meant(status)[0] in OVER:
        conversation.must_be_free_to_end()


def _already(conversation: Conversation, client_id: str) -> Message | Outgoing | None:
    waiting = Outgoing.objects.filter(conversation=conversation, client_id=client_id).first()
    return waiting or Message.objects.filter(conversation=conversation, client_id=client_id).first()
