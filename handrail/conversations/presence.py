"""Who else is looking at a conversation right now."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from handrail.accounts.models import User
from handrail.core import bus, clock

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


def look(conversation_id: int, *, user: User, is_typing: bool = False) -> list[str]:
    """Say that `user` is looking, and return the names of the others who are."""
    seen = {"seen_at": clock.now(), "is_typing": is_typing}
    Presence.objects.update_or_create(conversation_id=conversation_id, user=user, defaults=seen)
    others = Presence.objects.filter(conversation_id=conversation_id, seen_at__gte=clock.now() - STILL_HERE)
    bus.publish(
        "stream",
        channels=[f"desk:{conversation_id}"],
        event="presence",
        data={"user": user.pk, "typing": is_typing},
    )
    return list(others.exclude(user=user).values_list("user__name", flat=True))
