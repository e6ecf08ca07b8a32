"""One message becomes a conversation of its own: a second need in one mail is answered where it can be found again."""

from __future__ import annotations

from django.db import transaction

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.links import Link, link
from handrail.conversations.messages import Message
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.inserting import insert
from handrail.core.legible import legible

# What a message carries over as it was; who said it and when included.
CARRIED = (
    "text",
    "html",
    "quoted",
    "author_kind",
    "author_id",
    "author_name",
    "is_verified",
    "from_address",
    "at",
)


class CannotSplit(ValueError):
    """Only what a customer said becomes a conversation; what we said would have nobody to answer."""


@transaction.atomic
def split(message: Message, *, by: CanAct, subject: str = "") -> Conversation:
    """Open a conversation that begins with a copy of `message` and its files, related to the one it stands in.

    It belongs to whoever wrote the message if they take part, else to the requester, so that nobody sees what they
    did not. Nothing is sent, and no automatic answer is given: the customer hears of it by the first reply.

    Raises CannotSplit for a message of ours.
    """
    if message.direction != Message.Direction.IN:
        raise CannotSplit(f"Message {message.pk} is ours.")
    before = message.conversation
    requester = _whose(message)
    actor = by.as_actor()
    words = {name: getattr(message, name) for name in CARRIED}
    after = Conversation(
        brand_id=before.brand_id,
        channel=before.channel,
        locale=before.locale,
        subject=legible(subject or message.text)[: 255 if subject else 80],
        requester=requester,
        organisation_id=before.organisation_id if requester.pk == before.requester_id else None,
        submitter_kind=actor.kind,
        submitter_id=actor.id,
        team=before.team,
        chat_key=before.chat_key if requester.pk == before.requester_id else "",
        is_claimed=before.is_claimed and requester.pk == before.requester_id,
    )
    copy = after.begin_with(words.pop("text"), by=by, at=words.pop("at"))
    for name, value in words.items():
        setattr(copy, name, value)
    insert(after)
    copy.conversation = after
    copy.endpoint = _windows(before, after, requester, message.endpoint)
    insert(copy)
    for each in message.attachments.all():
        copy.attachments.create(file=each.file, cid=each.cid)
    written = (after, copy)
    record("conversation.opened", after, by=by, at_hand=written, channel=after.channel, split=before.pk)
    record("conversation.split", before, by=by, message=message.pk, other=after.pk)
    link(before, after, Link.Kind.RELATED, by=by)
    return after


def _whose(message: Message) -> Person:
    conversation = message.conversation
    if message.author_kind == "person":
        part = conversation.participants.filter(person=message.author_id, left_at=None).select_related(
            "person"
        )
        if there := part.first():
            return there.person
    return conversation.requester


def _windows(
    before: Conversation, after: Conversation, requester: Person, by_this: Endpoint | None
) -> Endpoint | None:
    """The requester takes part and is reached as before; returns the window the message came by, if it is among them."""
    insert(Participant(conversation=after, person=requester, role=Participant.Role.REQUESTER))
    came_by = None
    theirs = before.endpoints.filter(is_active=True, person=requester).select_related("inbox")
    for each in theirs.order_by("pk"):
        window = Endpoint(conversation=after, inbox=each.inbox, address=each.address, person=requester)
        window.is_fallback = each.is_fallback
        insert(window)
        after.come_to_lie_in(each.inbox)
        if by_this is not None and each.pk == by_this.pk:
            came_by = window
    return came_by
