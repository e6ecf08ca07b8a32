"""Finding people by what somebody remembers of them, and noticing who may be one person twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from phonenumbers import NumberParseException

from handrail.accounts.viewer import Viewer
from handrail.contacts.asking import asked, holding
from handrail.contacts.identify import normal
from handrail.contacts.models import Identity, Person, PersonQuerySet, called

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


@dataclass(frozen=True)
class Sought:
    """A page of people. `before`: where the next begins, None at the end."""

    people: list[Found]
    before: int | None = None


def seek(words: str, *, viewer: Viewer, but: Iterable[int] = ()) -> list[Found]:
    """The first page of `seek_page`."""
    return seek_page(words, viewer=viewer, but=but).people


def seek_page(words: str, *, viewer: Viewer, but: Iterable[int] = (), before: int | None = None) -> Sought:
    """Fifty people whose name, address, number or attribute holds these words; without words, who was met last first.

    words   attributes may be asked for by name, such as plan:gold (asking.py)
    before  the number a page before gave

    Whoever was merged is found under the one that goes on. Three queries, one more where words name an attribute.
    """
    goes_on = Person.objects.visible_to(viewer).filter(merged_into=None).exclude(pk__in=list(but))
    if before is not None:
        goes_on = goes_on.filter(pk__lt=before)
    if words:
        goes_on = _fitting(words, goes_on)
    rows = list(goes_on.select_related("organisation").order_by("-pk")[: FOUND_MOST + 1])
    more = rows[FOUND_MOST - 1].pk if len(rows) > FOUND_MOST else None
    return Sought(with_addresses(rows[:FOUND_MOST]), more)


def _fitting(words: str, goes_on: PersonQuerySet) -> PersonQuerySet:
    """Whoever fits themselves, or by somebody merged into them."""
    left, wanted = asked(words)
    fits = Q()
    if left:
        theirs = Identity.objects.filter(_written(left), person=OuterRef("pk"))
        fits = Q(name__icontains=left) | Exists(theirs) | holding(left)
    for each in wanted:
        fits &= each
    by_merged = Person.objects.filter(fits, merged_into__isnull=False).values("merged_into")
    return goes_on.filter(fits | Q(pk__in=by_merged))


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
