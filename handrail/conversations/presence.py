"""Who else is looking at a conversation right now."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from handrail.accounts.models import User
from handrail.conversations.live import announce_around
from handrail.core import clock
from handrail.core.alphabetical import Alphabetical

STILL_HERE = timedelta(seconds=45)


class Presence(models.Model):
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at #{self.conversation_id}"


def look(conversation_id: int, *, user: User, is_typing: bool = False) -> None:
    """Say that `user` is looking. Other windows are told only when that is news."""
    before = Presence.objects.filter(conversation_id=conversation_id, user=user).first()
    is_news = before is None or before.is_typing != is_typing or before.seen_at < clock.now() - STILL_HERE
    seen = {"seen_at": clock.now(), "is_typing": is_typing}
    Presence.objects.update_or_create(conversation_id=conversation_id, user=user, defaults=seen)
    if is_news:
        announce_around(conversation_id, event="presence")


def leave(conversation_id: int, *, user: User) -> None:
    """Say that `user` looks no longer."""
    if Presence.objects.filter(conversation_id=conversation_id, user=user).delete()[0]:
        announce_around(conversation_id, event="presence")


def others_looking(conversation_id: int, *, but: int) -> list[tuple[str, bool]]:
    """(name, is typing) of colleagues who looked within the last 45 seconds, without `but`."""
    here = Presence.objects.filter(conversation_id=conversation_id, seen_at__gte=clock.now() - STILL_HERE)
    return list(
        here.exclude(user=but).order_by(Alphabetical("user__name")).values_list("user__name", "is_typing")
    )


def reads(user_id: int, conversation_id: int) -> bool:
    """Whether this colleague has the conversation before them."""
    here = Presence.objects.filter(conversation=conversation_id, user=user_id)
    return here.filter(seen_at__gte=clock.now() - STILL_HERE).exists()


def looked_at(numbers: list[int], *, but: int) -> set[int]:
    """Those of `numbers` at which a colleague other than `but` is looking."""
    here = Presence.objects.filter(conversation__in=numbers, seen_at__gte=clock.now() - STILL_HERE)
    return set(here.exclude(user=but).values_list("conversation", flat=True))
