"""Custom attributes: what managers decided is to be known of people and organisations, each typed; for colleagues alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Organisation, Person
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.typed import Value, folded, read
from handrail.workspace.typed_fields import CannotBeField, Kind, TypedField

WORD_MOST = 120


class About(models.TextChoices):
    PERSON = "person", pgettext_lazy("attribute", "A person")
    ORGANISATION = "organisation", pgettext_lazy("attribute", "An organisation")


class AttributeQuerySet(models.QuerySet["Attribute"]):
    def visible_to(self, viewer: Viewer) -> AttributeQuerySet:
        """For colleagues who read contacts or define attributes; no customer knows that there are any."""
        return self if viewer.rights & {"contacts.read", "forms.write"} else self.none()

    def active(self) -> AttributeQuerySet:
        return self.filter(archived_at=None)


class Attribute(TypedField):
    """`about` is of whom it is, and never changes. make and rewrite take names, helps and options; make also `about`."""

    FACTS = "attribute"

    about = models.CharField(max_length=12, choices=About.choices, default=About.PERSON)

    objects = AttributeQuerySet.as_manager()

    class Meta(TypedField.Meta):
        pass

    def write(self, said: dict[str, Any]) -> None:
        """As of TypedField; also `about`, as long as it is new."""
        if self.kind == Kind.PRIORITY:
            raise CannotBeField("priority")
        super().write(said)
        if self.pk is None:
            self.about = About(said.get("about", self.about))


class AttributeValue(models.Model):
    """One row a value, one for each chosen of several; of a person or of an organisation. `word` is what a search compares."""

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="values")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="attribute_values"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="attribute_values"
    )
    text = models.TextField()
    word = models.CharField(max_length=WORD_MOST)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
                name="an_attribute_is_of_one_of_them",
            ),
            models.UniqueConstraint(fields=["person", "attribute", "word"], name="a_value_once_of_a_person"),
            models.UniqueConstraint(
                fields=["organisation", "attribute", "word"], name="a_value_once_of_an_organisation"
            ),
        ]
        indexes = [models.Index(fields=["attribute", "word"], name="contacts_by_attribute")]

    def __str__(self) -> str:
        return f"{self.attribute_id}: {self.text[:40]}"


Known = dict[Attribute, Value]


def known_of(root: Person) -> Known:
    """Every attribute of people with what stands in it: of whoever goes on, else of somebody merged into them. Two queries."""
    rows = AttributeValue.objects.filter(person__in=Person.objects.same_as(root.pk))
    return _known(About.PERSON, rows, first=root.pk)


def known_of_organisation(organisation: Organisation) -> Known:
    """Every attribute of organisations with what stands in it. Two queries."""
    return _known(About.ORGANISATION, AttributeValue.objects.filter(organisation=organisation))


@transaction.atomic
def say_of(root: Person, typed: Mapping[Attribute, Sequence[str]], *, by: CanAct) -> list[Attribute]:
    """Put these in, [] for nothing; a fact for each that changed. Returns those. Raises typed.Unfit with nothing changed.

    root  whoever goes on, where contacts were merged: what is emptied is emptied of all of them
    """
    Person.objects.select_for_update().get(pk=root.pk)
    changed = _changed(typed, known_of(root))
    for attribute, value in changed.items():
        same = Person.objects.same_as(root.pk) if not value else [root]
        AttributeValue.objects.filter(attribute=attribute, person__in=same).delete()
        _keep(attribute, value, person=root)
        record("person.attribute_set", root, by=by, attribute=attribute.pk)
    return list(changed)


@transaction.atomic
def say_of_organisation(
    organisation: Organisation, typed: Mapping[Attribute, Sequence[str]], *, by: CanAct
) -> list[Attribute]:
    """As say_of."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = _changed(typed, known_of_organisation(organisation))
    for attribute, value in changed.items():
        AttributeValue.objects.filter(attribute=attribute, organisation=organisation).delete()
        _keep(attribute, value, organisation=organisation)
        record("organisation.attribute_set", organisation, by=by, attribute=attribute.pk)
    return list(changed)


def _known(about: str, rows: models.QuerySet[AttributeValue], *, first: int | None = None) -> Known:
    held: dict[int, dict[int | None, Value]] = {}
    for attribute, person, text in rows.order_by("pk").values_list("attribute_id", "person_id", "text"):
        held.setdefault(attribute, {}).setdefault(person, []).append(text)
    return {each: _of_one(held.get(each.pk, {}), first) for each in Attribute.objects.filter(about=about)}


def _of_one(held: dict[int | None, Value], first: int | None) -> Value:
    return held.get(first) or next(iter(held.values()), [])


def _changed(typed: Mapping[Attribute, Sequence[str]], before: Known) -> Known:
    wanted = {each: read(each, said, also=before.get(each, ())) for each, said in typed.items()}
    return {each: value for each, value in wanted.items() if value != before.get(each, [])}


def _keep(
    attribute: Attribute,
    value: Iterable[str],
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> None:
    AttributeValue.objects.bulk_create(
        AttributeValue(
            attribute=attribute,
            person=person,
            organisation=organisation,
            text=text,
            word=folded(text)[:WORD_MOST],
        )
        for text in value
    )
