"""Whom a reply goes to by mail, and who of them its writer may not expect; what nobody looks at goes to none of these."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.left_addresses import left_by
from handrail.conversations.messages import Message
from handrail.core.actors import CanAct
from handrail.core.events.models import Event

JOINED = ("conversation.participant_added", "conversation.endpoint_attached")


@dataclass(frozen=True)
class Unexpected:
    """A window a reply would reach, and why that may surprise. `by`: the colleague who added it, "" where none did.

    why  added: since the writer opened the page, by somebody else; outside: written to for the first time from here, and
         neither of the requester nor of their organisation
    """

    window: Endpoint
    why: Literal["added", "outside"]
    by: str = ""


def unexpected(
    conversation: Conversation, *, by: User, seen: Collection[int] | None = None
) -> list[Unexpected]:
    """Whom a reply of `by` would reach and they may not expect, in the order they were attached.

    seen  ids of the windows that stood on the page when it was opened; None where nobody knows

    A window is expected once somebody wrote to it or it wrote here; one added meanwhile, once this colleague wrote to it;
    one that the customer left here for the answer, at once.
    """
    open_ones = _others(conversation)
    fresh = [each for each in open_ones if seen is not None and each.pk not in seen]
    added = {window.pk: name for window, name in _added(conversation, fresh, by=by)}
    outside = {each.pk for each in _outside(conversation, open_ones)}
    return [
        Unexpected(each, "added", added[each.pk]) if each.pk in added else Unexpected(each, "outside")
        for each in open_ones
        if each.pk in added or each.pk in outside
    ]


def reached_by_mail(conversation: Conversation) -> list[int]:
    """Ids of the windows that get a mail of what is said now."""
    windows = conversation.endpoints.filter(is_active=True, inbox__kind="mail")
    return list(windows.order_by("pk").values_list("pk", flat=True))


def joined_since(conversation: Conversation, seen: Collection[int], *, by: User) -> list[Unexpected]:
    """Whom what `by` wrote would reach by now, unexpected, of those who were not there then.

    seen  ids of the windows that were
    """
    if set(reached_by_mail(conversation)) <= set(seen):
        return []
    return [each for each in unexpected(conversation, by=by, seen=seen) if each.window.pk not in seen]


def strangers(conversation: Conversation) -> list[Endpoint]:
    """The windows that would get their first word from here, and are neither the requester's nor their organisation's: no
    mail goes to them that no person looked at."""
    if not conversation.endpoints.filter(is_active=True).exclude(person=conversation.requester_id).exists():
        return []
    return _outside(conversation, _others(conversation))


def held_back_from(message: Message) -> list[Endpoint]:
    """The windows that a message no person looked at is kept from; none for a person's."""
    is_by_person = message.author_kind == "staff" and not message.is_automatic
    return [] if is_by_person else strangers(message.conversation)


@transaction.atomic
def leave_out(conversation: Conversation, windows: Collection[int], *, by: CanAct) -> list[int]:
    """Take those in copy who have these windows out of the conversation; returns what is left, to leave out of one reply."""
    left: list[int] = []
    for window in conversation.endpoints.filter(pk__in=windows, is_active=True).select_related("person"):
        copied = conversation.participants.filter(person=window.person, left_at=None, role="copied")
        if copied.exists():
            conversation.remove_participant(window.person, by=by)
        else:
            left.append(window.pk)
    return left


def _others(conversation: Conversation) -> list[Endpoint]:
    """The open mail windows, but those that the customer left here for the answer."""
    windows = conversation.endpoints.filter(is_active=True, inbox__kind="mail", is_fallback=False)
    own = left_by(_asking(conversation), conversation).values("pk")
    return list(windows.exclude(pk__in=own).select_related("person").order_by("pk"))


def _added(conversation: Conversation, fresh: list[Endpoint], *, by: User) -> list[tuple[Endpoint, str]]:
    """Those somebody else brought in, with the colleague's name; not those `by` has written to by now."""
    if not fresh:
        return []
    written = set(
        Message.objects.filter(
            deliveries__endpoint__in=fresh, author_kind="staff", author_id=by.pk
        ).values_list("deliveries__endpoint", flat=True)
    )
    facts = list(Event.objects.about(conversation).filter(verb__in=JOINED))
    names = dict(User.objects.filter(pk__in={each.actor_id for each in facts}).values_list("pk", "name"))
    found = []
    for window in fresh:
        fact = next((each for each in reversed(facts) if _tells_of(each, window)), None)
        is_staff = fact is not None and fact.actor_kind == "staff"
        if window.pk in written or (is_staff and fact is not None and fact.actor_id == by.pk):
            continue
        found.append((window, names.get(fact.actor_id or 0, "") if is_staff and fact else ""))
    return found


def _tells_of(fact: Event, window: Endpoint) -> bool:
    return fact.data.get("endpoint") == window.pk or fact.data.get("person") == window.person_id


def _asking(conversation: Conversation) -> set[int]:
    """Ids of the customer, by every name they have here, and of the nameless one whose chat they took along."""
    same = Person.objects.same_as(conversation.requester.root.pk).values_list("pk", flat=True)
    before = conversation.about.get("asked_as")
    return {*same, before} if before else set(same)


def _outside(conversation: Conversation, windows: list[Endpoint]) -> list[Endpoint]:
    asks = conversation.requester
    same = set(Person.objects.same_as(asks.root.pk).values_list("pk", flat=True))
    others = [each for each in windows if each.person_id not in same]
    organisation = conversation.organisation_id or asks.root.organisation_id
    strangers = [
        each for each in others if not organisation or each.person.root.organisation_id != organisation
    ]
    if not strangers:
        return []
    # What a program of ours sent is no word that anybody chose to send there.
    by_people = Q(deliveries__endpoint__in=strangers, author_kind="staff", is_automatic=False)
    said = Message.objects.filter(by_people).values_list("deliveries__endpoint", flat=True)
    addresses = [each.address for each in strangers]
    heard = conversation.messages.filter(direction="in", from_address__in=addresses)
    known, wrote = set(said), set(heard.values_list("from_address", flat=True))
    return [each for each in strangers if each.pk not in known and each.address not in wrote]
