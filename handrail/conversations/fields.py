"""Fields: what a conversation says beside its words, each of one kind, made by managers and kept when no longer asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
from handrail.core.actors import CanAct
from handrail.workspace.typed_fields import CannotBeField, Kind, TypedField, options_of

# How a customer reads each priority until a manager words it otherwise.
FIRST_PRIORITIES = [
    {"code": "low", "ko": "천천히 답해 주셔도 괜찮아요", "en": "No hurry"},
    {"code": "normal", "ko": "보통이에요", "en": "As usual"},
    {"code": "high", "ko": "일에 지장이 있어요", "en": "It holds me up"},
    {"code": "urgent", "ko": "지금 아무것도 할 수 없어요", "en": "I can't go on at all"},
]


class Required(models.TextChoices):
    NEVER = "never", _("Never")
    CREATE = "create", _("When a request is sent")
    SOLVE = "solve", _("Before it is solved")
    ALWAYS = "always", _("Before any conversation is solved, whatever its form")


class FieldQuerySet(models.QuerySet["Field"]):
    def visible_to(self, viewer: Viewer) -> FieldQuerySet:
        """All for colleagues; for everybody else those that are public."""
        if viewer.rights & {"conversations.read", "forms.write"}:
            return self
        return self.none() if viewer.is_staff else self.filter(is_public=True)

    def active(self) -> FieldQuerySet:
        return self.filter(archived_at=None)

    def kept(self) -> FieldQuerySet:
        """Those a conversation keeps a value of. What is said in one of priority becomes the conversation's own."""
        return self.exclude(kind=Kind.PRIORITY)


class Field(TypedField):
    """`key` is what searches and macros call it.

    `options` of one of priority: codes of Priority, and as names what a customer reads for them. make and rewrite take
    names, helps, options, is_public and required.
    """

    FACTS = "field"

    is_public = models.BooleanField(
        default=True, help_text="customers see and fill it; else colleagues alone"
    )
    required = models.CharField(max_length=6, choices=Required.choices, default=Required.NEVER)

    objects = FieldQuerySet.as_manager()

    class Meta(TypedField.Meta):
        pass

    def is_required_at(self, moment: str) -> bool:
        """By itself, whatever conditions add. moment: Required.CREATE or SOLVE."""
        return self.required == moment or (moment == Required.SOLVE and self.required == Required.ALWAYS)

    @transaction.atomic
    def rewrite(self, *, by: CanAct, **said: Any) -> None:
        """Other names, helps, options, audience or requirement. Options left out are gone for new values alone.

        Raises CannotBeField, also where a customers' field would wait for one of colleagues in some form.
        """
        super().rewrite(by=by, **said)
        waits = (
            self.places.filter(when__is_public=False)
            if self.is_public
            else self.decides.filter(field__is_public=True)
        )  # type: ignore[attr-defined]
        if waits.exists():
            raise CannotBeField("audience")

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """It is asked no more; what was said in it stays where it was said. Raises CannotBeField where others wait for it."""
        if self.decides.exists():
            raise CannotBeField("decides")
        super().archive(by=by)

    def write(self, said: dict[str, Any]) -> None:
        """As of TypedField; also is_public and required."""
        super().write(said)
        self.is_public = said.get("is_public", self.is_public)
        self.required = Required(said.get("required", self.required))
        if self.kind == Kind.PRIORITY:
            self._ask_for_priority(said.get("options"))

    def _ask_for_priority(self, options: Sequence[dict[str, str]] | None) -> None:
        """Colleagues have their own way to set it, and every conversation has one, so nothing can wait for it."""
        if not self.is_public or self.required not in (Required.NEVER, Required.CREATE):
            raise CannotBeField("priority")
        known = [each for each in options or () if each.get("code") in Priority.values]
        if not self.options:
            self.options = options_of([], known or FIRST_PRIORITIES)
        elif options is not None:
            self.options = options_of(self.options, known)
