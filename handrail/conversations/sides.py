"""Side conversations: what colleagues ask somebody outside about a ticket, and what comes back.

Each is a conversation of its own that no list, page, search or mail shows: `visible_to` leaves it out for everybody, and
whoever may see the ticket reaches it through that (`open_to`). So nothing of it can get to the ticket's customer, and
nothing of the ticket to whoever is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.channels.mail.addresses import untagged
from handrail.channels.own_addresses import OwnAddress, refuse_own
from handrail.contacts.identify import identify
from handrail.contacts.models import Identity
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import queue_deliveries
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.live import announce_around, staff_channel
from handrail.conversations.messages import Message
from handrail.conversations.status import Status
from handrail.core import bus
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.models import StoredFile
from handrail.core.inserting import insert
from handrail.core.legible import legible

ASKED_MOST = 10
SIDES_MOST = 50  # of one ticket


class CannotAsk(ValueError):
    """`code`: nobody, many, sides (too many of them), own (an address of ours), takes_part (it is the customer's or of
    somebody in copy), no_mailbox. `address` where one is to blame."""

    def __init__(self, code: str, address: str = "") -> None:
        super().__init__(f"{code} {address}".strip())
        self.code = code
        self.address = address


def sides_of(conversation: Conversation) -> models.QuerySet[Conversation]:
    """What hangs beside a ticket, what moved last first."""
    return conversation.sides.order_by("-last_message_at", "-pk")


def answered_aside(viewer: Viewer) -> models.QuerySet[Conversation]:
    """Side conversations with an answer nobody has read, of tickets the viewer has."""
    theirs = Conversation.objects.visible_to(viewer).filter(assignee=viewer.user_id or 0)
    return Conversation.objects.filter(theirs.contain("side_of"), side_news_at__isnull=False)


@transaction.atomic
def begin(conversation: Conversation, *, to: Sequence[str], subject: str, by: User) -> Conversation:
    """Open a side conversation with these addresses; nothing is said yet (see outgoing.send). Raises CannotAsk."""
    addresses = list(dict.fromkeys(address.strip().lower() for address in to if address.strip()))
    if not addresses:
        raise CannotAsk("nobody")
    if len(addresses) > ASKED_MOST:
        raise CannotAsk("many")
    if conversation.sides.count() >= SIDES_MOST:
        raise CannotAsk("sides")
    taking_part = _taking_part(conversation)
    for address in addresses:
        _refuse(address, taking_part)
    inbox = conversation.mailbox
    if inbox is None:
        raise CannotAsk("no_mailbox")
    people = [identify("email", address, by=by) for address in addresses]
    side = Conversation(
        brand_id=conversation.brand_id,
        channel="mail",
        locale=conversation.locale,
        subject=legible(subject)[:255],
        requester=people[0],
        submitter_kind="staff",
        submitter_id=by.pk,
        team=conversation.team,
        status=Status.OPEN,
        side_of=conversation,
        about={"asked": addresses},
    )
    insert(side)
    for address, person in zip(addresses, people, strict=True):
        insert(Endpoint(conversation=side, inbox=inbox, address=address, person=person))
    record("side.begun", conversation, by=by, side=side.pk, to=addresses)
    return side


@transaction.atomic
def write(
    side: Conversation,
    text: str,
    *,
    by: CanAct,
    files: Sequence[StoredFile] = (),
    html: str = "",
    client_id: str = "",
    data: dict[str, Any] | None = None,
) -> Message:
    """Say something to those asked, each by a mail of their own. A `client_id` said before says nothing.

    html  cleaned, as of a message
    data  as of a message; "quoted" in it goes out below the words, as a forwarded mail does

    Raises CannotAsk where nobody is left to write to.
    """
    if client_id and (seen := side.messages.filter(client_id=client_id).first()):
        return seen
    _let_go_who_takes_part(side)
    data = dict(data or {})
    details = {"quoted": data.pop("quoted", ""), "html": html, "client_id": client_id, "data": data}
    message = side._say("out", text, by=by, files=files, **details)
    carried = queue_deliveries(message)
    _move(side, status=Status.OPEN)
    told: dict[str, Any] = {
        "side": side.pk,
        "message": message.pk,
        "to": {str(each.endpoint_id): "asked" for each in carried},
    }
    record("side.sent", _ticket(side), by=by, whose_time="human", **told)
    return message


@transaction.atomic
def hear(
    side: Conversation, text: str, *, by: CanAct, files: Sequence[StoredFile] = (), **details: Any
) -> Message:
    """Take in an answer: the ticket asks for attention and wakes, and for its customer nothing changes.

    details  as Conversation.receive takes them; a mail seen here before is no second message
    """
    if seen := side._already(details):
        return seen
    message = side._say("in", text, by=by, files=files, **details)
    ticket = _ticket(side)
    if not message.is_automatic:
        _move(side, status=Status.OPEN, side_news_at=message.at)
        if ticket.snoozed_until is not None:
            ticket.wake(by=by, reason="side")
        # First in the lists of colleagues; customers' pages know other moments only.
        Conversation.objects.filter(pk=ticket.pk).update(listed_at=message.at)
    record("side.answered", ticket, by=by, whose_time="waiting", side=side.pk, message=message.pk)
    if ticket.assignee_id and not message.is_automatic:
        told = {"number": ticket.pk, "side": side.pk}
        bus.publish("stream", channels=[staff_channel(ticket.assignee_id)], event="answered", data=told)
    return message


@transaction.atomic
def settle(side: Conversation, *, is_done: bool, by: CanAct) -> bool:
    """Done, or open again. False: it is so already."""
    wanted = Status.SOLVED if is_done else Status.OPEN
    if side.status == wanted:
        return False
    _move(side, status=wanted, side_news_at=None)
    record("side.done" if is_done else "side.opened", _ticket(side), by=by, side=side.pk)
    return True


def look_at(side: Conversation) -> None:
    """A colleague reads what came: it is no news any more."""
    if side.side_news_at is not None:
        _move(side, side_news_at=None)
        announce_around(_ticket(side).pk, event="changed")


def call_attention(message: Message) -> None:
    """A mail of ours that reached nobody is news too."""
    _move(message.conversation, side_news_at=message.at)


def is_done(side: Conversation) -> bool:
    return side.status == Status.SOLVED


def _refuse(address: str, taking_part: set[str]) -> None:
    try:
        refuse_own(address)
    except OwnAddress:
        raise CannotAsk("own", address) from None
    if untagged(address) in taking_part:
        raise CannotAsk("takes_part", address)


def _taking_part(conversation: Conversation) -> set[str]:
    """Addresses of those who read the ticket, without their tags; also those a person has under another row."""
    parts = conversation.participants.filter(left_at=None)
    roots = {merged or pk for pk, merged in parts.values_list("person", "person__merged_into")}
    same = Q(person__in=roots) | Q(person__merged_into__in=roots)
    theirs = Identity.objects.filter(same, kind="email")
    windows = conversation.endpoints.filter(is_active=True)
    known = [*theirs.values_list("value", flat=True), *windows.values_list("address", flat=True)]
    return {untagged(address.lower()) for address in known}


def is_anybody_left(side: Conversation) -> bool:
    """Whether anybody who was asked can still be written to aside."""
    return len(_taking_part_by_now(side)) < side.endpoints.filter(is_active=True).count()


def _taking_part_by_now(side: Conversation) -> list[Endpoint]:
    """Those asked who may read the ticket by now."""
    taking_part = _taking_part(_ticket(side))
    return [each for each in side.endpoints.filter(is_active=True) if untagged(each.address) in taking_part]


def _let_go_who_takes_part(side: Conversation) -> None:
    """They are not written to aside any more. Raises CannotAsk where nobody is left."""
    for window in _taking_part_by_now(side):
        window.is_active = False
        window.save(update_fields=["is_active"])
    if not side.endpoints.filter(is_active=True).exists():
        raise CannotAsk("takes_part", ", ".join(side.about.get("asked", [])))


def _ticket(side: Conversation) -> Conversation:
    if side.side_of is None:
        raise TypeError(f"#{side.pk} is no side conversation.")
    return side.side_of


def _move(side: Conversation, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(side, name, value)
    Conversation.objects.filter(pk=side.pk).update(**changed)
