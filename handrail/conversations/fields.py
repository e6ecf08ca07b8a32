"""Fields: what a conversation says beside its words, each of one kind, made by managers and kept when no longer asked."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.workspace.typed_fields import (
    DECIDING,
    FIELDS_MOST,
    KEY,
    OPTIONS_MOST,
    WITH_OPTIONS,
    CannotBeField,
    Kind,
    TypedField,
)

__all__ = [
    "DECIDING",
    "FIELDS_MOST",
    "KEY",
    "OPTIONS_MOST",
    "WITH_OPTIONS",
    "CannotBeField",
    "Field",
    "FieldQuerySet",
    "Kind",
    "Required",
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


class Field(TypedField):
    """`key` is what searches and macros call it.

    make and rewrite take names, helps, options, is_public and required.
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
