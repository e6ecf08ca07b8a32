"""Templates of tickets: how a conversation begins that colleagues open often, with its words, fields and steps filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.conversations.checklists import Checklist
from handrail.conversations.forms import RequestForm
from handrail.conversations.labels import Priority, Type
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.alphabetical import Alphabetical
from handrail.core.events.ledger import record

TEXT_MOST = 20_000


class TicketTemplateQuerySet(models.QuerySet["TicketTemplate"]):
    def visible_to(self, viewer: Viewer) -> TicketTemplateQuerySet:
        """Those in use, for who opens conversations, and for who makes templates. One of a private team: for its members."""
        if not viewer.rights & {"conversations.open", "forms.write"}:
            return self.none()
        return self.filter(archived_at=None).exclude(team__in=viewer.hidden_team_ids or [])

    def by_name(self, locale: str) -> TicketTemplateQuerySet:
        """As a reader of this language looks for them."""
        return self.order_by(Alphabetical("name_ko" if locale == "ko" else "name_en"), "pk")


class TicketTemplate(models.Model):
    """`values` holds field's key -> value; `first` says whose the first words are: theirs (the customer's) or ours."""

    class First(models.TextChoices):
        THEIRS = "theirs"
        OURS = "ours"

    slug = models.CharField(max_length=60, unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    subject_ko = models.CharField(max_length=255, blank=True)
    subject_en = models.CharField(max_length=255, blank=True)
    text_ko = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    first = models.CharField(max_length=6, choices=First.choices, default=First.OURS)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="templates")
    form = models.ForeignKey(
        RequestForm, null=True, blank=True, on_delete=models.SET_NULL, related_name="templates"
    )
    checklist = models.ForeignKey(
        Checklist, null=True, blank=True, on_delete=models.SET_NULL, related_name="templates"
    )
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    type = models.CharField(max_length=8, choices=Type.choices, default=Type.QUESTION)
    values = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TicketTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name_ko", "pk"]

    def __str__(self) -> str:
        return self.slug

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    def subject(self, locale: str) -> str:
        """In this language, else in the other."""
        ours = (self.subject_ko, self.subject_en)
        return (ours[0] or ours[1]) if locale == "ko" else (ours[1] or ours[0])

    def text(self, locale: str) -> str:
        """In this language, else in the other."""
        ours = (self.text_ko, self.text_en)
        return (ours[0] or ours[1]) if locale == "ko" else (ours[1] or ours[0])

    @classmethod
    @transaction.atomic
    def make(
        cls, slug: str, *, by: CanAct, values: Mapping[str, Sequence[str]] | None = None, **said: Any
    ) -> TicketTemplate:
        """A new template. values: field's key -> value; said: names, subjects, texts, first, team, form, checklist,
        priority, type."""
        template = cls(slug=slug[:60])
        template._write(values or {}, said)
        record("template.made", template, by=by)
        return template

    @transaction.atomic
    def rewrite(self, *, by: CanAct, values: Mapping[str, Sequence[str]], **said: Any) -> None:
        self._write(values, said)
        record("template.changed", self, by=by)

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """Nobody begins with it any more; what was begun stays."""
        self.archived_at = clock.now()
        self.save(update_fields=["archived_at"])
        record("template.archived", self, by=by)

    def _write(self, values: Mapping[str, Sequence[str]], said: Mapping[str, Any]) -> None:
        for name, value in said.items():
            setattr(self, name, value)
        self.values = {key: list(value) for key, value in values.items() if value}
        self.save()
