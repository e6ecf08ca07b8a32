"""Two contacts that are one person: the desk shows one, and each keeps what came by its own addresses.

Nothing is moved: a merge is a pointer from one contact to the one that goes on, so taking it back restores exactly
what was, and whatever arrived in between is already with the address it came by.

The desk sees both as one at once. Whoever signs in sees both only where each side had proved its address before the
merge: a colleague's belief, or a letter that claims to be somebody, opens nobody's history.
"""

from __future__ import annotations

from django.db import connection, models, transaction
from django.db.models import F, Q

from handrail.contacts.models import Identity, Person
from handrail.contacts.organisations import end_streams
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

PROVED = 2
LOCK = 7_062_014  # names the lock under which people are merged, one pair at a time


class CannotMerge(ValueError):
    """They are one person already, or nothing is merged that could be taken back."""


class Merge(models.Model):
    """`person` is shown as `into` while `undone_at` is empty. `opens`: who signs in as either sees both."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absorbed")
    opens = models.BooleanField()
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at=None), name="a_person_is_merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(person=F("into")), name="nobody_is_merged_into_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} into {self.into_id}"


@transaction.atomic
def merge(person: Person, *, into: Person, by: CanAct) -> Merge:
    """Show `person`, and whoever was merged into them, as `into` from now on.

    Pressed twice, or in both directions at once, there is one merge and the first one stands.
    Raises CannotMerge for somebody and themselves.
    """
    _one_at_a_time()
    one, other = _now(person), _now(into)
    if person.pk == into.pk:
        raise CannotMerge(f"{person.pk} is one contact.")
    if one.pk == other.pk:
        return _between(person, into)
    opens = may_open(one, other)
    merged = Merge.objects.create(person=one, into=other, opens=opens)
    Person.objects.filter(Q(pk=one.pk) | Q(merged_into=one)).update(merged_into=other)
    if opens:
        Person.objects.filter(Q(pk=one.pk) | Q(signs_in_as=one)).update(signs_in_as=other)
    record("person.merged", one, by=by, into=other.pk, opens=opens)
    record("person.absorbed", other, by=by, other=one.pk, opens=opens)
    end_streams([one])
    return merged


@transaction.atomic
def unmerge(person: Person, *, by: CanAct) -> None:
    """Both are as they were. Raises CannotMerge for who is merged into nobody."""
    _one_at_a_time()
    found = Merge.objects.filter(person=person, undone_at=None).select_related("into").first()
    if found is None:
        raise CannotMerge(f"{person.pk} is merged into nobody.")
    found.undone_at = clock.now()
    found.save(update_fields=["undone_at"])
    _settle(_now(person))
    record("person.unmerged", person, by=by, into=found.into_id)
    record("person.released", found.into, by=by, other=person.pk)
    end_streams([found.into, person])


def may_open(one: Person, other: Person) -> bool:
    """Whether both have proved where they are reached, and left nothing on either side that anybody could only claim."""
    return all(_is_proved(Person.objects.signing_in_as(side.pk)) for side in (one, other))


def standing(person: Person) -> list[Merge]:
    """The merges that make up this person, newest first."""
    rows = Merge.objects.filter(Q(into=person) | Q(into__merged_into=person), undone_at=None)
    return list(rows.select_related("person", "into").order_by("-at", "-pk"))


def _is_proved(people: models.QuerySet[Person]) -> bool:
    mails = Identity.objects.filter(person__in=people.values("pk"), kind=Identity.Kind.EMAIL)
    held = list(mails.values_list("assurance", flat=True))
    return bool(held) and min(held) >= PROVED


def _now(person: Person) -> Person:
    """Who a contact is shown as, read under the lock."""
    return Person.objects.select_related("merged_into").get(pk=person.pk).root


def _between(person: Person, into: Person) -> Merge:
    pair = Q(person=person, into=into) | Q(person=into, into=person)
    found = Merge.objects.filter(pair | Q(person__in=(person, into)), undone_at=None).order_by("pk").first()
    if found is None:
        raise CannotMerge(f"{person.pk} and {into.pk} are one person already.")
    return found


def _settle(root: Person) -> None:
    """Work the pointers out anew from the merges that stand, for everybody who was shown as this one."""
    group = set(Person.objects.same_as(root.pk).values_list("pk", flat=True))
    steps = Merge.objects.filter(person__in=group, undone_at=None).values_list("person", "into", "opens")
    led = {person: (into, opens) for person, into, opens in steps}
    for pk in group:
        shown, signs_in, is_open = pk, pk, True
        while shown in led:
            shown, opens = led[shown]
            is_open = is_open and opens
            signs_in = shown if is_open else signs_in
        Person.objects.filter(pk=pk).update(
            merged_into=shown if shown != pk else None, signs_in_as=signs_in if signs_in != pk else None
        )


def _one_at_a_time() -> None:
    """SQLite writes one transaction at a time anyway; elsewhere a lock that ends with this one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
