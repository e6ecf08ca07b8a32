"""Finding people by what somebody remembers of them, and noticing who may be one person twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from phonenumbers import NumberParseException

from handrail.accounts.viewer import Viewer
from handrail.contacts.identify import normal
from handrail.contacts.models import Identity, Person, called

FOUND_MOST = 50
TWINS_MOST = 5
PHONE_DIGITS = 7


@dataclass(frozen=True)
class Found:
    """One person with what they are called and where they are reached. `why`: organisation or address, of a twin."""

    person: Person
    called: str
    addresses: list[Identity] = field(default_factory=list)
    why: str = ""


def seek(words: str, *, viewer: Viewer, but: Iterable[int] = ()) -> list[Found]:
    """Up to fifty people whose name, address or number holds these words; without words, who was met last.

    Whoever was merged is found under the one that goes on. Three queries.
    """
    seen = Person.objects.visible_to(viewer)
    if words:
        theirs = Identity.objects.filter(_written(words), person=OuterRef("pk"))
        seen = seen.filter(Q(name__icontains=words) | Exists(theirs))
    newest = seen.annotate(shown=Coalesce("merged_into", "pk")).order_by("-pk")
    numbers = dict.fromkeys(newest.values_list("shown", flat=True)[: FOUND_MOST * 2])
    wanted = [pk for pk in numbers if pk not in set(but)][:FOUND_MOST]
    people = Person.objects.visible_to(viewer).filter(pk__in=wanted).select_related("organisation")
    found = {each.person.pk: each for each in with_addresses(people)}
    return [found[pk] for pk in wanted if pk in found]


def twins(person: Person, identities: Sequence[Identity], *, viewer: Viewer) -> list[Found]:
    """Who has the same name and the same organisation, or the same name and the same word before the @.

    A hint for colleagues, who decide; nobody is merged by it.
    """
    if not person.name:
        return []
    words = {each.value.partition("@")[0] for each in identities if each.kind == Identity.Kind.EMAIL}
    same = Person.objects.visible_to(viewer).filter(name=person.name, merged_into=None).exclude(pk=person.pk)
    rows = with_addresses(same.select_related("organisation").order_by("pk")[: TWINS_MOST * 4])
    return [each for each in (_twin(row, person, words) for row in rows) if each.why][:TWINS_MOST]


def with_addresses(people: Iterable[Person]) -> list[Found]:
    """Each with the addresses of everybody merged into them, best proved first."""
    rows = list(people)
    numbers = [each.pk for each in rows]
    held: dict[int, list[Identity]] = defaultdict(list)
    if numbers:
        theirs = Q(person__in=numbers) | Q(person__merged_into__in=numbers)
        known = Identity.objects.filter(theirs).exclude(kind=Identity.Kind.HOST).select_related("person")
        for each in known.order_by("-assurance", "pk"):
            held[each.person.merged_into_id or each.person_id].append(each)
    return [
        Found(each, each.name or called({i.kind: i.value for i in reversed(held[each.pk])}), held[each.pk])
        for each in rows
    ]


def _twin(found: Found, person: Person, words: set[str]) -> Found:
    theirs = {each.value.partition("@")[0] for each in found.addresses if each.kind == Identity.Kind.EMAIL}
    why = ""
    if person.organisation_id and found.person.organisation_id == person.organisation_id:
        why = "organisation"
    elif words & theirs:
        why = "address"
    return Found(found.person, found.called, found.addresses, why)


def _written(words: str) -> Q:
    wanted = Q(value__icontains=words)
    if sum(map(str.isdigit, words)) >= PHONE_DIGITS:
        try:
            wanted |= Q(kind=Identity.Kind.PHONE, value=normal("phone", words))
        except NumberParseException:
            pass
    return wanted
