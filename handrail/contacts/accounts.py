"""How a person comes in: a proved address, a password of their own, and out again everywhere."""

from __future__ import annotations

from allauth.account.models import EmailAddress
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
    # Pressed twice at once it makes one account: the second waits and finds it.
    person = Person.objects.select_for_update().get(pk=person.pk)
    proved = list(
        person.identities.filter(kind=Identity.Kind.EMAIL, assurance__gte=2)
        .order_by("-assurance", "pk")
        .values_list("value", flat=True)
    )
    # Accounts keep every letter in lower case, identities A-Z alone: who differs in the others is somebody else.
    proved = [address for address in proved if address == address.lower()]
    if not proved:
        raise AddressTaken(f"Person {person.pk} has no proved address to sign in with.")
    user = person.account
    if user is None or user.email not in proved:
        user = _named(proved[0], person, by=by)
    if user.role:
        raise AddressTaken(f"{user.email} is a colleague's; their password is kept elsewhere.")
    user.set_password(password)
    user.save()
    adopt(person, user, by=by)
    record("person.password_set", person, by=by)
    return user


def _named(address: str, person: Person, *, by: CanAct) -> User:
    """The account of a person under an address they proved: theirs, else one that is nobody's, else a new one.

    It may not be saved yet. An account of nobody's was made for the address, and the new password shuts out whoever
    had it.
    """
    free(address, by=by)
    holder = User.objects.filter(email=address).first()
    if holder and (holder.role or person.account is None):
        return holder
    if holder:
        _rename(holder, _nobodys(holder), by=by)
    user = person.account or User(name=person.name[:80], locale=person.locale)
    if not user.role:
        user.email = address
    return user


@transaction.atomic
def free(address: str, *, by: CanAct) -> None:
    """Take an address that was just proved from a customer's account whose person it does not name.

    That account only claimed it. It goes on under an address its person proved, or under one nobody can type; its
    password and all else stay, and who proved the address is never led to it.
    """
    EmailAddress.objects.filter(email=address, user__role="").exclude(user__email=address).delete()
    holder = User.objects.filter(email=address, role="").first()
    owner = Person.objects.filter(account=holder.pk).first() if holder else None
    if holder is None or owner is None or _names(address, owner):
        return
    EmailAddress.objects.filter(user=holder, email=address).delete()
    own = owner.identities.filter(kind=Identity.Kind.EMAIL, assurance__gte=2).values_list("value", flat=True)
    taken = set(User.objects.filter(email__in=list(own)).values_list("email", flat=True))
    fit = [each for each in own if each == each.lower() and each not in taken]
    _rename(holder, fit[0] if fit else _nobodys(holder), by=by)


def _names(address: str, person: Person) -> bool:
    return person.identities.filter(kind=Identity.Kind.EMAIL, value=address).exists()


def _rename(user: User, address: str, *, by: CanAct) -> None:
    user.email = address
    user.save(update_fields=["email"])
    record("account.changed", user, by=by, fields=["email"])


def _nobodys(user: User) -> str:
    """An address that reaches nobody (RFC 2606), for an account that lost its own."""
    return f"account-{user.pk}@released.invalid"


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
    person.browsers.all().delete()
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
