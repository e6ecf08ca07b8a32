"""Trait: subject, type, priority and tags."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.conversations.touched import Touched
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.legible import legible

TAGS_MAX = 30
CHANNELS = ("chat", "mail", "form", "phone")  # where a conversation may have begun, as lists order them


class Priority(models.TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Type(models.TextChoices):
    """Incidents are single cases of one problem; a task is work among colleagues; everything else is a question."""

    QUESTION = "question", _("Question")
    INCIDENT = "incident", _("Incident")
    PROBLEM = "problem", _("Problem")
    TASK = "task", _("Task")


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Labelled(Touched):
    subject = models.CharField(max_length=255, blank=True)
    type = models.CharField(max_length=8, choices=Type.choices, default=Type.QUESTION)
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    tags = models.ManyToManyField(Tag, blank=True, related_name="conversations")

    class Meta:
        abstract = True

    @transaction.atomic
    def retitle(self, subject: str, *, by: CanAct) -> None:
        old, self.subject = self.subject, legible(subject)[:255]
        if old != self.subject:
            self._label("subject")
            record("conversation.retitled", self, by=by, old=old, new=self.subject)

    @transaction.atomic
    def set_type(self, kind: str, *, by: CanAct) -> None:
        old, self.type = self.type, Type(kind)
        if old != self.type:
            self._label("type")
            record("conversation.type_changed", self, by=by, old=old, new=kind)

    @transaction.atomic
    def set_priority(self, priority: str, *, by: CanAct) -> None:
        old, self.priority = self.priority, Priority(priority)
        if old != self.priority:
            self._label("priority")
            record("conversation.priority_changed", self, by=by, old=old, new=priority)

    @transaction.atomic
    def tag(self, name: str, *, by: CanAct) -> None:
        """Add a tag (trimmed, lower case, at most 40 letters); one already there is no change."""
        name = name.strip().lower()[:40]
        if not name or self.tags.count() >= TAGS_MAX or self.tags.filter(name=name).exists():
            return
        self.tags.add(Tag.objects.get_or_create(name=name)[0])
        self._label()
        record("conversation.tagged", self, by=by, tag=name)

    @transaction.atomic
    def untag(self, name: str, *, by: CanAct) -> None:
        found = self.tags.filter(name=name).first()
        if found:
            self.tags.remove(found)
            self._label()
            record("conversation.untagged", self, by=by, tag=name)

    def _label(self, *fields: str) -> None:
        self.updated_at = clock.now()
        self.save(update_fields=[*fields, "updated_at"])
