"""One table of facts. Rows are added, marked as dispatched, and never changed otherwise."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q

from handrail.core import clock
from handrail.core.actors import Actor

T = TypeVar("T", bound=models.Model)


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        """Facts about one row, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")

    def waiting(self) -> EventQuerySet:
        """Facts whose subscribers have no jobs yet, oldest first."""
        return self.filter(dispatched_at=None).order_by("pk")


class Event(models.Model):
    """A fact: `verb` is `thing.happened`; `data` holds codes and ids, never prose."""

    class Whose(models.TextChoices):
        """Whose time passed, so that reports can tell a bot's seconds from a person's minutes."""

        BOT = "bot"
        HUMAN = "human"
        WAITING = "waiting"
        NONE = ""

    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    whose_time = models.CharField(max_length=8, choices=Whose.choices, blank=True, default=Whose.NONE)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="effects")
    depth = models.PositiveSmallIntegerField(default=0)
    dispatched_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()
    # Rows that whoever records a fact holds in hand, for those who hear it in the same transaction.
    at_hand: tuple[models.Model, ...] = ()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_of_subject"),
            models.Index(fields=["verb", "at"], name="event_of_verb"),
            models.Index(fields=["id"], condition=Q(dispatched_at=None), name="event_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_kind, self.actor_id)

    def row(self, model: type[T], pk: int) -> T:
        """A row the fact is about: the one just written where it is at hand, else read."""
        for row in self.at_hand:
            if isinstance(row, model) and row.pk == pk:
                return row
        return model._default_manager.get(pk=pk)
