"""Request forms: which fields are asked in which order, under which conditions, and which team gets what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.conversations.fields import Field
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.typed_fields import DECIDING, Kind

PLACES_MOST = 40


class CannotArrange(ValueError):
    """`code`: many, twice, priority (asked twice), missing, later, kind, private, values, archived; `field` is the one it is about."""

    def __init__(self, code: str, field: Field) -> None:
        super().__init__(f"{field.key}: {code}")
        self.code, self.field = code, field


@dataclass(frozen=True)
class Asked:
    """One field as a form asks it: always, or where `when` has one of `values`."""

    field: Field
    when: Field | None = None
    values: Sequence[str] = ()
    is_required: bool = True


class RequestFormQuerySet(models.QuerySet["RequestForm"]):
    def visible_to(self, viewer: Viewer) -> RequestFormQuerySet:
        """Those in use for everybody; colleagues see those put aside too."""
        return self if viewer.rights & {"conversations.read", "forms.write"} else self.active()

    def active(self) -> RequestFormQuerySet:
        return self.filter(is_active=True)


class RequestForm(models.Model):
    """The default one is shown first, and holds for conversations that came without a form."""

    slug = models.CharField(max_length=60, unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    intro_ko = models.CharField(max_length=300, blank=True)
    intro_en = models.CharField(max_length=300, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="forms")
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)

    objects = RequestFormQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_form_is_the_default"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True), name="the_default_form_is_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    def intro(self, locale: str) -> str:
        return self.intro_ko if locale == "ko" else self.intro_en

    @classmethod
    @transaction.atomic
    def make(cls, slug: str, *, by: CanAct, asks: Sequence[Asked] = (), **said: Any) -> RequestForm:
        """A new form, last in order. said: names, intros, team, is_active, is_default. Raises CannotArrange."""
        last = cls.objects.aggregate(last=models.Max("position"))["last"] or 0
        form = cls(slug=slug[:60], position=said.pop("position", last + 1))
        form._write(said, asks)
        record("form.made", form, by=by)
        return form

    @transaction.atomic
    def rewrite(self, *, by: CanAct, asks: Sequence[Asked], **said: Any) -> None:
        """Say anew what it asks. Raises CannotArrange."""
        self._write(said, asks)
        record("form.changed", self, by=by)

    def asks(self) -> list[Place]:
        """Its fields in order, without those archived since. One query."""
        return list(Place.objects.asked().filter(form=self))

    def _write(self, said: Mapping[str, Any], asks: Sequence[Asked]) -> None:
        check(asks)
        for name, value in said.items():
            setattr(self, name, value)
        if self.is_default:
            self.is_active = True
            RequestForm.objects.exclude(pk=self.pk).filter(is_default=True).update(is_default=False)
        self.save()
        self.places.all().delete()  # type: ignore[attr-defined]
        Place.objects.bulk_create(
            Place(
                form=self,
                field=each.field,
                position=at,
                when=each.when,
                when_values=list(each.values) if each.when else [],
                is_required_then=each.is_required,
            )
            for at, each in enumerate(asks, start=1)
        )


class PlaceQuerySet(models.QuerySet["Place"]):
    def asked(self) -> PlaceQuerySet:
        return self.filter(field__archived_at=None).select_related("field", "when").order_by("position", "pk")

    def holding_for(self, form: int | None) -> PlaceQuerySet:
        """What is asked of a conversation with this form, the default one's for who has none; but for its priority, which it
        has anyway."""
        asked = self.asked().exclude(field__kind=Kind.PRIORITY)
        return asked.filter(form=form) if form else asked.filter(form__is_default=True)


class Place(models.Model):
    """A field in a form. With `when` it is shown where that field has one of `when_values`, and then required if so said."""

    form = models.ForeignKey(RequestForm, on_delete=models.CASCADE, related_name="places")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    when = models.ForeignKey(Field, null=True, blank=True, on_delete=models.CASCADE, related_name="decides")
    when_values = models.JSONField(default=list, blank=True)
    is_required_then = models.BooleanField(default=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "field"], name="a_field_once_in_a_form"),
            models.CheckConstraint(
                condition=Q(when=None) | ~Q(when=models.F("field")), name="no_field_waits_for_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} in {self.form_id}"


def check(asks: Sequence[Asked]) -> None:
    """Raise CannotArrange where an order cannot be asked from above to below: a condition looks upwards only, so that
    none can wait for itself."""
    before: dict[int, Field] = {}
    every = {each.field.pk for each in asks}
    for each in asks:
        if each.field.pk in before:
            raise CannotArrange("twice", each.field)
        if len(before) == PLACES_MOST:
            raise CannotArrange("many", each.field)
        if each.field.archived_at is not None:
            raise CannotArrange("archived", each.field)
        if each.field.kind == Kind.PRIORITY and any(other.kind == Kind.PRIORITY for other in before.values()):
            raise CannotArrange("priority", each.field)
        if each.when is not None:
            _check_condition(each, each.when, before, every)
        before[each.field.pk] = each.field


def _check_condition(each: Asked, when: Field, before: Mapping[int, Field], every: set[int]) -> None:
    if when.pk not in every:
        raise CannotArrange("missing", each.field)
    if when.pk not in before:
        raise CannotArrange("later", each.field)
    if when.kind not in DECIDING:
        raise CannotArrange("kind", each.field)
    if each.field.is_public and not when.is_public:
        raise CannotArrange("private", each.field)
    if not each.values or not set(each.values) <= set(when.codes):
        raise CannotArrange("values", each.field)
