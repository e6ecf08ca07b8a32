"""What a customer has with us and whom they belong to, opened beside the conversation without leaving it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Organisation, Person, Record
from handrail.contacts.seeking import Found, with_addresses
from handrail.conversations.conversation import Conversation, Shelf
from handrail.core.events.models import Event

SHOWN_MOST = 8


@dataclass(frozen=True)
class Thing:
    """A record of theirs, and the states it went through: when, and what it is called; the latest last."""

    record: Record
    states: list[tuple[datetime, str]]


@dataclass(frozen=True)
class Company:
    """The organisation of whoever asks: who else belongs to it, and what it asks that is not over. `more` says that there are
    other people than these."""

    organisation: Organisation
    people: list[Found] = field(default_factory=list)
    more: bool = False
    unsolved: list[Conversation] = field(default_factory=list)


def things(found: Iterable[Record]) -> list[Thing]:
    """The records with what the ledger tells of their states."""
    records = list(found)
    told = Event.objects.filter(
        verb="record.kept",
        subject_type=Record._meta.label_lower,
        subject_id__in=[each.pk for each in records],
    ).order_by("at", "pk")
    states: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    last: dict[int, str] = {}
    for number, at, data in told.values_list("subject_id", "at", "data") if records else ():
        status = str(data.get("status", ""))
        if status and last.get(number) != status:
            last[number] = status
            states[number].append((at, Record(status=status).status_label))
    return [Thing(each, states[each.pk]) for each in records]


def company(person: Person, conversation: int, *, viewer: Viewer) -> Company | None:
    """The organisation the person belongs to, beside this conversation; nobody of it for who may not read customers."""
    organisation = person.organisation
    if organisation is None:
        return None
    asked_there = Q(organisation=organisation) | Q(requester__organisation=organisation)
    seen = Conversation.objects.visible_to(viewer).filter(asked_there).exclude(shelf=Shelf.OVER)
    unsolved = seen.exclude(pk=conversation).newest_first().only(*SHOWN)[:SHOWN_MOST]
    people: list[Found] = []
    if can(viewer, "contacts.read"):
        members = Person.objects.visible_to(viewer).filter(organisation=organisation).exclude(pk=person.pk)
        people = with_addresses(members.order_by("name", "pk")[: SHOWN_MOST + 1])
    return Company(organisation, people[:SHOWN_MOST], len(people) > SHOWN_MOST, list(unsolved))


SHOWN = ("number", "subject", "status", "custom_status", "listed_at")
