"""One table of facts. Rows are added and marked as dispatched; what they tell is never edited.

Words that must be forgotten are the one exception: purging empties what a fact says, redacting puts a mask in their place,
each by a method that says so. Every other way to change or delete a fact raises FactsStand.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from handrail.core import clock
from handrail.core.actors import Actor

T = TypeVar("T", bound=models.Model)


class FactsStand(TypeError):
    """A fact was about to be edited or deleted. What came to be different is another fact."""

    def __init__(self) -> None:
        super().__init__("A fact is never edited or deleted: record what happened since.")


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        """Facts about one row, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")

    def waiting(self) -> EventQuerySet:
        """Facts whose subscribers have no jobs yet, oldest first."""
        return self.filter(dispatched_at=None).order_by("pk")

    def mark_dispatched(self) -> int:
        """Their subscribers have their jobs. Returns how many were not marked before."""
        return super().update(dispatched_at=clock.now())

    def purge(self) -> int:
        """What they say is gone with what they are about; that they happened stays."""
        return super().update(data={})

    def redact(self, data: dict[str, Any]) -> int:
        """`data` is what they say, with a mask where words were taken out."""
        return super().update(data=data)

    def update(self, **fields: Any) -> int:
        raise FactsStand

    def bulk_update(self, *args: Any, **options: Any) -> int:
        raise FactsStand

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FactsStand


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

    def save_base(self, *args: Any, **options: Any) -> None:
        """What save() comes to: a new fact is written, one that stands is not."""
        if not self._state.adding:
            raise FactsStand
        super().save_base(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise FactsStand

    @property
    def actor(self) -> Actor:
        return Actor(self.actor_kind, self.actor_id)

    def row(self, model: type[T], pk: int) -> T:
        """A row the fact is about: the one just written where it is at hand, else read."""
        for row in self.at_hand:
            if isinstance(row, model) and row.pk == pk:
                return row
        return model._default_manager.get(pk=pk)
