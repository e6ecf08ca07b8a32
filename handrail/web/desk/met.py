"""Whoever a colleague names by a mail address or a phone number, wherever a customer is chosen or met."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.own_addresses import refusal
from handrail.contacts.calling import NumberClaimed, caller, is_number, refuse_claimed
from handrail.contacts.identify import identify
from handrail.contacts.models import Person
from handrail.workspace.korean import filled


class NotMet(ValueError):
    """What was typed names nobody we may take; the message says why and what to do, in the reader's language."""


def address_of(typed: str) -> str:
    """A mail address as a colleague typed it. Raises NotMet for what is none, and for one that can be nobody's."""
    address = typed.replace("\0", "").strip()[:254]
    try:
        validate_email(address)
    except ValidationError:
        raise NotMet(filled(_("“%(address)s” is not a mail address."), {"address": address})) from None
    if why := refusal(address, by_staff=True):
        raise NotMet(why)
    return address


def number_of(typed: str) -> str:
    """A phone number that may name a caller. Raises NotMet where somebody only says that it is theirs."""
    try:
        refuse_claimed(typed)
    except NumberClaimed as claimed:
        words = _(
            "%(name)s says that this number is theirs and has not proved it. If it is them, write their mail address."
        )
        raise NotMet(words % {"name": claimed.person.name or claimed.person.email}) from None
    return typed


def met(typed: str, *, by: User, name: str = "") -> tuple[Person, str]:
    """The person, met now if never before, and the mail address they are reached at; "" for who only has a number.

    Raises NotMet.
    """
    if is_number(typed):
        return caller(number_of(typed), by=by, name=name[:120]), ""
    address = address_of(typed)
    return identify("email", address, by=by, name=name[:120]), address.lower()
