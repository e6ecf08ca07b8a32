"""How a person comes in: a proved address, a password of their own, and out again everywhere."""

from __future__ import annotations

from django.db import transaction

from handrail.accounts.models import User
from handrail.contacts.identify import IdentityTaken, also_known_as, identify, normal
from handrail.contacts.models import Identity, Person
from handrail.core import bus, clock
from handrail.core.actors import SYSTEM, CanAct
from handrail.core.events.ledger import record


class AddressTaken(ValueError):
    """The address belongs to an account that is not this person's."""


def welcome(email: str, *, assurance: int, name: str = "", locale: str = "ko") -> Person:
    """The person behind an address that was just proved (2) or signed in with (3)."""
    return identify("email", email, by=SYSTEM, assurance=assurance, name=name, locale=locale)


@transaction.atomic
def give_password(person: Person, password: str, *, by: CanAct) -> User:
    """Let a person sign in with a password too. Their proved address names the account.

    Raises AddressTaken where no address is proved, or staff own it.
    """
    proved = (
        person.identities.filter(kind=Identity.Kind.EMAIL, assurance__gte=2)
        .order_by("-assurance", "pk")
        .first()
    )
    if proved is None:
        raise AddressTaken(f"Person {person.pk} has no proved address to sign in with.")
    user = person.account or User.objects.filter(email=proved.value).first()
    if user is None:
        user = User.objects.create_user(proved.value, password, name=person.name, locale=person.locale)
    elif user.role:
        raise AddressTaken(f"{proved.value} is a colleague's; their password is kept elsewhere.")
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
    adopt(person, user, by=by)
    record("person.password_set", person, by=by)
    return user


@transaction.atomic
def adopt(person: Person, user: User, *, by: CanAct) -> None:
    """Let a customer's sign-in account stand for the person. Nothing happens where it does already."""
    if person.account_id == user.pk or user.role:
        return
    person.account = user
    person.save(update_fields=["account"])
    record("person.account_linked", person, by=by, account=user.pk)


def account_of(email: str) -> User | None:
    """The sign-in account of the person an address names, be it under another address of theirs."""
    person = find(email) if email else None
    return person.account if person else None


@transaction.atomic
def vouch(user: User, email: str, *, by: CanAct) -> None:
    """A provider we trust says that the customer of this account holds the address (assurance 3).

    Who has an account stays the person they are, and an address nobody has becomes one more of theirs. One that names
    somebody else stays with them: joining two people is for a colleague to do.
    """
    person = person_of(user)
    if person is None:
        adopt(welcome(email, assurance=3, name=user.name, locale=user.locale), user, by=by)
        return
    try:
        also_known_as(person, Identity.Kind.EMAIL, email, by=by)
    except IdentityTaken:
        return
    person.prove(Identity.Kind.EMAIL, normal("email", email), assurance=3, by=by)


def person_of(user: User) -> Person | None:
    """The person a customer's account stands for."""
    return Person.objects.filter(account=user.pk).first() if not user.role else None


@transaction.atomic
def sign_out_everywhere(person: Person, *, by: CanAct) -> None:
    """End every session and open stream of a person, on every device."""
    person.signed_out_at = clock.now()
    person.save(update_fields=["signed_out_at"])
    record("person.signed_out", person, by=by)
    bus.publish("revoke", viewer=f"person:{person.pk}", channels=[])


@transaction.atomic
def recognise(subject: str, email: str, *, name: str = "", locale: str = "ko") -> Person:
    """The person a trusted site says is signed in there: by its own id for them, else by their address.

    subject  the site's id for the person; it stays theirs when their address changes
    """
    known = (
        Identity.objects.filter(kind=Identity.Kind.HOST, value=normal("host", subject))
        .select_related("person")
        .first()
    )
    if known:
        return known.person
    person = welcome(email, assurance=3, name=name, locale=locale)
    person.identities.create(
        kind=Identity.Kind.HOST, value=normal("host", subject), assurance=3, proved_at=clock.now()
    )
    record("identity.proved", person, by=SYSTEM, kind="host", assurance=3)
    return person


def find(email: str) -> Person | None:
    """The person an address names, if we ever met."""
    known = Identity.objects.filter(kind=Identity.Kind.EMAIL, value=normal("email", email))
    row = known.select_related("person").first()
    return row.person if row else None
