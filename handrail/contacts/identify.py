"""Who is this? An address or number becomes a person, new or known."""

from __future__ import annotations

import unicodedata

import phonenumbers
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from handrail.contacts.models import PROVED, Identity, Person, one_line
from handrail.contacts.organisations import join_by_address
from handrail.contacts.passing import holds_another_address
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.inserting import insert
from handrail.core.prepared import sql_with

# str.lower() would also make a K of the Kelvin sign.
LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def normal(kind: str, value: str) -> str:
    """The form in which an identity is kept and compared.

    An address: trimmed, A-Z in lower case and nothing else, so that a look-alike letter, a trailing dot or a
    `+tag` never becomes somebody else's address. A phone number: E.164, Korean where no country is named.
    Anything else: trimmed, NFC.
    """
    if kind == Identity.Kind.EMAIL:
        return value.strip().translate(LOWER)
    value = unicodedata.normalize("NFC", value.strip())
    if kind == Identity.Kind.PHONE:
        parsed = phonenumbers.parse(value, "KR")
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return value


def known_as(kind: str, value: str) -> Identity | None:
    """What we hold under a name somebody gives, if we ever met it."""
    found = Identity.objects.raw(*sql_with("identity", _named, kind, normal(kind, value)))
    return next(iter(found), None)


def _named(kind: str, value: str) -> QuerySet[Identity]:
    return Identity.objects.filter(kind=kind, value=value)


@transaction.atomic
def identify(
    kind: str,
    value: str,
    *,
    by: CanAct,
    assurance: int = 0,
    name: str = "",
    locale: str = "ko",
) -> Person:
    """The person an identity names, met now if never before.

    The assurance we hold rises to `assurance` and never falls; a name is kept only where there was none,
    because on a claim alone nobody may rename somebody else, or pass for somebody else by their address as a name.
    """
    value = normal(kind, value)
    name = "" if holds_another_address(name, value) else name
    known = known_as(kind, value)
    if known is None:
        try:
            with transaction.atomic():
                return _meet(kind, value, by=by, assurance=assurance, name=name, locale=locale)
        except IntegrityError:
            # Two first messages at once: the other one met them.
            known = Identity.objects.select_related("person").get(kind=kind, value=value)
    if assurance > known.assurance:
        known.person.prove(kind, value, assurance=assurance, by=by)
    if name and not known.person.name:
        known.person.rename(name, by=by)
    return known.person


def _meet(kind: str, value: str, *, by: CanAct, assurance: int, name: str, locale: str) -> Person:
    person = Person(name=one_line(name)[:120], locale=locale)
    insert(person)
    proved = clock.now() if assurance >= 2 else None
    insert(Identity(person=person, kind=kind, value=value, assurance=assurance, proved_at=proved))
    record("person.met", person, by=by, kind=kind, assurance=assurance)
    if kind == Identity.Kind.EMAIL and assurance >= PROVED:
        join_by_address(person, value, by=by)
    return person


@transaction.atomic
def meet_unnamed(*, by: CanAct, locale: str = "ko") -> Person:
    """Somebody new of whom neither a name nor an address is known, so that nobody can be them later by claiming one."""
    person = Person(locale=locale)
    insert(person)
    record("person.met", person, by=by, kind="", assurance=0)
    return person


class IdentityTaken(ValueError):
    """The address or number names somebody else already."""


@transaction.atomic
def also_known_as(person: Person, kind: str, value: str, *, by: CanAct, assurance: int = 0) -> Identity:
    """One more thing that names a person; the row already there if it is theirs. Raises IdentityTaken."""
    value = normal(kind, value)
    row, made = Identity.objects.get_or_create(
        kind=kind, value=value, defaults={"person": person, "assurance": assurance}
    )
    if row.person_id != person.pk:
        raise IdentityTaken(f"{value} already names person {row.person_id}.")
    if made:
        record("identity.added", person, by=by, kind=kind, assurance=assurance)
    return row
