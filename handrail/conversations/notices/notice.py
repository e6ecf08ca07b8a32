"""One fact told to one colleague: the row is what keeps anybody from being told twice, whatever way and whatever chain."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import staff_channel
from handrail.conversations.notices.kinds import Kind, kinds_for
from handrail.core import bus, clock
from handrail.core.events.models import Event


class State(models.TextChoices):
    """Of one way: not wanted, to be sent, given to its job, or not needed any more."""

    NONE = "", "none"
    WAITING = "waiting"
    GIVEN = "given"
    DROPPED = "dropped"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, viewer: Viewer) -> NoticeQuerySet:
        """One's own, of kinds one's role may know and of conversations one may still see."""
        seen = Conversation.objects.visible_to(viewer)
        own = self.filter(user=viewer.user_id or 0, kind__in=kinds_for(viewer.rights))
        return own.filter(Q(conversation=None) | Q(seen.contain("conversation")))

    def shown(self) -> NoticeQuerySet:
        """Those that stand in the desk, newest first."""
        return self.filter(is_shown=True).order_by("-at", "-pk")

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """`key` names the fact, the same for everything that follows from it; `data` says what of it may be looked up."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=80)
    who = models.CharField(max_length=120, blank=True, help_text="who did it, as they were called then")
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=clock.now)
    is_shown = models.BooleanField(default=True, help_text="in the desk")
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=State.choices, default=State.NONE, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    push = models.CharField(max_length=8, choices=State.choices, default=State.NONE, blank=True)
    push_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_colleague_is_told_once_of_a_fact")
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notices_of_colleague"),
            models.Index(fields=["user"], condition=Q(read_at=None, is_shown=True), name="notices_unread"),
            models.Index(fields=["mail_at"], condition=Q(mail="waiting"), name="notices_to_mail"),
            models.Index(fields=["push_at"], condition=Q(push="waiting"), name="notices_to_push"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


def settle(kind: Kind, *, about: str, by: Event) -> int:
    """Nobody needs to be told any more of facts of this kind whose name begins with `about` and that were there before `by`,
    the fact that ended them. Returns how many had not been read; mails and pushes that wait for them are dropped.

    This may run long after: what began again meanwhile stands.
    """
    unread = Notice.objects.filter(kind=kind, key__startswith=f"0:{about}", read_at=None, at__lte=by.at)
    later = [pk for pk, key in unread.values_list("pk", "key") if _event_of(key) > by.pk]
    unread = unread.exclude(pk__in=later)
    users = set(unread.values_list("user", flat=True))
    count = unread.update(read_at=clock.now())
    for user in users:
        bus.publish("stream", channels=[staff_channel(user)], event="noticed", data={})
    return count


def _event_of(key: str) -> int:
    """The number of the event a key ends with; 0 for one that names its fact otherwise."""
    last = key.rpartition(":")[2]
    return int(last) if last.isdecimal() else 0


def read_notices(viewer: Viewer, *, conversation: Conversation | None = None, one: int | None = None) -> None:
    """Mark one's own as read: those of a conversation, one of them, or all. Other windows hear of it."""
    unread = Notice.objects.filter(user=viewer.user_id or 0, read_at=None)
    if conversation is not None:
        unread = unread.filter(conversation=conversation)
    if one is not None:
        unread = unread.filter(pk=one)
    if unread.update(read_at=clock.now()):
        bus.publish("stream", channels=[staff_channel(viewer.user_id or 0)], event="noticed", data={})
