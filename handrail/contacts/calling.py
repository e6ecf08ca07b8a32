"""Somebody who calls and says a number: met by it, and never taken for somebody who only claims the number."""

from __future__ import annotations

import phonenumbers

from handrail.contacts.identify import identify, known_as
from handrail.contacts.models import PROVED, Identity, Person
from handrail.core.actors import CanAct

DIGITS_LEAST = 7  # fewer are the number of a conversation, or a slip


class NumberClaimed(ValueError):
    """Somebody who can sign in says that the number is theirs and has not proved it. What a caller says is not theirs to read."""

    def __init__(self, person: Person) -> None:
        super().__init__(f"Person {person.pk} claims the number.")
        self.person = person


def is_number(text: str) -> bool:
    """Whether it is a phone number of DIGITS_LEAST at least; a Korean one where no country is named."""
    if sum(map(str.isdigit, text)) < DIGITS_LEAST:
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "KR"))
    except phonenumbers.NumberParseException:
        return False


def caller(number: str, *, by: CanAct, name: str = "") -> Person:
    """Who calls from there. Raises NumberClaimed."""
    refuse_claimed(number)
    return identify("phone", number, by=by, name=name)


def refuse_claimed(number: str) -> None:
    """Raises NumberClaimed where the number names somebody who could sign in and has not proved it."""
    known = known_as("phone", number)
    if known is None or known.assurance >= PROVED:
        return
    named = Identity.objects.filter(person__in=Person.objects.same_as(known.person_id).values("pk"))
    if named.exclude(kind=Identity.Kind.PHONE).exists():
        raise NumberClaimed(known.person.root)
