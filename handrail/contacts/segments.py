"""Segments: people named by what we know of them, and asked for by name wherever something is for them alone.

A mark is what colleagues or connected systems say of a person: a tag (`vip`) or an attribute (`plan`: `business`).
Nobody is put into a segment by hand: whoever its rules hold for belongs to it, from the next question on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from handrail.contacts.models import Organisation, Person
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class Mark(models.Model):
    """One tag or attribute of one person; a tag has no value."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="a_mark_once_a_person")]
        indexes = [models.Index(fields=["name", "value"], name="people_of_mark")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}" if self.value else self.name


@transaction.atomic
def mark(person: Person, name: str, value: str = "", *, by: CanAct) -> None:
    """Say of a person that they are `name`, or that their `name` is `value`."""
    Mark.objects.update_or_create(
        person=person, name=name.strip()[:60], defaults={"value": value.strip()[:120]}
    )
    record("person.marked", person, by=by, name=name, value=value)


@transaction.atomic
def unmark(person: Person, name: str, *, by: CanAct) -> None:
    """No longer say it."""
    gone, _rows = Mark.objects.filter(person=person, name=name).delete()
    if gone:
        record("person.unmarked", person, by=by, name=name)


@dataclass(frozen=True)
class Rule:
    """What must hold of a person: that they belong to an organisation, or carry a mark (no value: a tag)."""

    organisation: Organisation | None = None
    mark: str = ""
    value: str = ""


class SegmentQuerySet(models.QuerySet["Segment"]):
    def holding(self, person_id: int) -> SegmentQuerySet:
        """The segments this person belongs to now."""
        rules = SegmentRule.objects.filter(segment=OuterRef("pk"))
        held = rules.holding(person_id)
        missed = rules.exclude(pk__in=SegmentRule.objects.holding(person_id).values("pk"))
        whole = Q(matches=Segment.Matches.ALL) & ~Exists(missed) & Exists(rules)
        return self.filter(Q(matches=Segment.Matches.ANY) & Exists(held) | whole)


class Segment(models.Model):
    """A named group of people. `matches` says whether one of its rules is enough or all must hold."""

    class Matches(models.TextChoices):
        ANY = "any"
        ALL = "all"

    slug = models.SlugField(max_length=60, unique=True)
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    matches = models.CharField(max_length=3, choices=Matches.choices, default=Matches.ANY)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def name(self, locale: str) -> str:
        return self.name_ko if locale == "ko" else self.name_en

    @classmethod
    @transaction.atomic
    def define(
        cls,
        slug: str,
        *,
        names: dict[str, str],
        rules: Sequence[Rule],
        by: CanAct,
        matches: str = Matches.ANY,
    ) -> Segment:
        """The segment of this slug, made or given these rules in place of those it had.

        names  locale -> name
        """
        said = {"name_ko": names["ko"], "name_en": names["en"], "matches": matches}
        segment, _made = cls.objects.update_or_create(slug=slug, defaults=said)
        segment.rules.all().delete()
        SegmentRule.objects.bulk_create(
            SegmentRule(segment=segment, organisation=rule.organisation, mark=rule.mark, value=rule.value)
            for rule in rules
        )
        record("segment.defined", segment, by=by, slug=slug, rules=len(rules))
        return segment


class SegmentRuleQuerySet(models.QuerySet["SegmentRule"]):
    def holding(self, person_id: int) -> SegmentRuleQuerySet:
        """The rules that hold for this person."""
        theirs = Person.objects.signing_in_as(person_id)
        marked = Mark.objects.filter(
            person__in=theirs.values("pk"), name=OuterRef("mark"), value=OuterRef("value")
        )
        belongs = theirs.filter(organisation=OuterRef("organisation"))
        return self.filter(Exists(belongs) | Q(organisation=None) & Exists(marked))


class SegmentRule(models.Model):
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="rules")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE)
    mark = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=120, blank=True)

    objects = SegmentRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, mark="") | Q(organisation=None) & ~Q(mark=""),
                name="a_rule_asks_for_an_organisation_or_a_mark",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.mark)
