"""How far each side of a conversation has got: what their windows hold, and what they have had before their eyes.

Marks only move forwards and are no facts of the ledger, like who is looking just now: they are worth something while people
talk, and a mark that is lost costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import announce_read
from handrail.core import clock


@dataclass(frozen=True)
class Got:
    """Numbers of messages: the last that reached a window of theirs, and the last they read; 0 for none."""

    delivered: int = 0
    read: int = 0


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    def theirs(self) -> ReadMarkQuerySet:
        """Of the customer and of those in copy."""
        return self.exclude(person=None)

    def of(self, person: Person) -> ReadMarkQuerySet:
        """Of one person, and of every contact that is the same."""
        return self.filter(person__in=Person.objects.same_as(person.root.pk))

    def ours(self) -> ReadMarkQuerySet:
        """Of the team: one for all colleagues."""
        return self.filter(person=None)

    def furthest(self) -> Got:
        far = self.aggregate(delivered=models.Max("delivered"), read=models.Max("read"))
        return Got(far["delivered"] or 0, far["read"] or 0)


class ReadMark(models.Model):
    """Of one person in one conversation; of our team where `person` is empty."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="read_marks")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    delivered = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "person"], name="a_person_has_one_mark_a_conversation"
            ),
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(person=None), name="the_team_has_one_mark_a_conversation"
            ),
            models.CheckConstraint(condition=Q(read__lte=F("delivered")), name="what_is_read_was_delivered"),
        ]

    def __str__(self) -> str:
        return f"read up to {self.read}, delivered up to {self.delivered}"


def note_read(conversation: Conversation, *, person: Person | None, delivered: int, read: int) -> bool:
    """Put down how far `person` has got, our team with None, and tell the other side's windows. False: that was known.

    delivered, read  numbers of messages; what lies beyond the newest counts as the newest
    """
    newest = conversation.last_seq
    delivered, read = min(max(delivered, read), newest), min(read, newest)
    if delivered <= 0:
        return False
    mark, _made = ReadMark.objects.get_or_create(conversation=conversation, person=person)
    # Two windows of one person may tell at once; neither takes the other back.
    behind = ReadMark.objects.filter(pk=mark.pk).filter(Q(delivered__lt=delivered) | Q(read__lt=read))
    moved = behind.update(
        delivered=Greatest("delivered", delivered), read=Greatest("read", read), at=clock.now()
    )
    if moved:
        announce_read(conversation, by_staff=person is None, delivered=delivered, read=read)
    return bool(moved)
