"""Opening a conversation, and taking in a reply to one that may be over."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from handrail.channels.models import Inbox
from handrail.channels.own_addresses import refuse_own
from handrail.contacts.models import PROVED, Organisation, Person, one_line
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.messages import Message
from handrail.conversations.values import copy_values
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.models import StoredFile
from handrail.core.inserting import insert


@transaction.atomic
def open_conversation(
    inbox: Inbox,
    *,
    requester: Person,
    by: CanAct,
    subject: str = "",
    channel: str = "",
    address: str = "",
    **fields: Any,
) -> Conversation:
    """Begin a conversation for `requester` and attach its first window.

    channel  where it began; the inbox's kind if empty
    address  the requester's address on the inbox's channel; no window if empty
    fields   further Conversation fields: locale, held_by, about, tried, chat_key, team, follows, priority, form,
             is_claimed, lies_in (the mailbox of its first window at one, where it is not said); brand_id where it came by another brand's page than the inbox's

    Raises OwnAddress for an address of ours.
    """
    conversation = _new(
        inbox, requester=requester, by=by, subject=subject, channel=channel, address=address, **fields
    )
    insert(conversation)
    _let_in(conversation, inbox, address=address)
    record("conversation.opened", conversation, by=by, at_hand=(conversation,), channel=conversation.channel)
    return conversation


@transaction.atomic
def open_by_saying(
    text: str,
    inbox: Inbox,
    *,
    requester: Person,
    by: CanAct,
    address: str = "",
    files: Sequence[StoredFile] = (),
    said: dict[str, Any],
    **fields: Any,
) -> Message:
    """Begin a conversation with its first message, and return that: `open_conversation` and `receive` in fewer steps.

    said    further fields of the message, as `Conversation.receive` takes them
    fields  as `open_conversation` takes them, and `subject` and `channel`
    """
    conversation = _new(inbox, requester=requester, by=by, address=address, **fields)
    message = conversation.begin_with(text, by=by, **said)
    insert(conversation)
    message.conversation = conversation
    message.endpoint = _let_in(conversation, inbox, address=address)
    insert(message)
    for file in files:
        message.attachments.create(file=file)
    written = (conversation, message)
    record("conversation.opened", conversation, by=by, at_hand=written, channel=conversation.channel)
    conversation.tell_received(message, by=by)
    return message


def _new(
    inbox: Inbox,
    *,
    requester: Person,
    by: CanAct,
    subject: str = "",
    channel: str = "",
    address: str,
    **fields: Any,
) -> Conversation:
    actor = by.as_actor()
    fields.setdefault("team", inbox.team)
    fields.setdefault("locale", requester.locale)
    if "organisation" not in fields and is_shown(fields.get("about", {}), by=by):
        fields["organisation_id"] = requester.organisation_id
    if "brand_id" not in fields:
        fields["brand_id"] = inbox.brand_for_new.pk
    fields.setdefault("lies_in", inbox if address and inbox.kind == Inbox.Kind.MAIL else None)
    return Conversation(
        channel=channel or inbox.kind,
        subject=one_line(subject)[:255] if is_visible(subject) else "",
        requester=requester,
        submitter_kind=actor.kind,
        submitter_id=actor.id,
        **fields,
    )


def is_visible(words: str) -> bool:
    """Whether anything of the words can be seen: what has only marks of direction and of no width is as good as empty."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in words)


def is_shown(about: dict[str, Any], *, by: CanAct) -> bool:
    """Whether it is shown that the requester asks. What anybody may claim to be theirs is shared with nobody."""
    if by.as_actor().kind == "staff":
        return True
    return bool(about.get("vouched")) or int(about.get("assurance") or 0) >= PROVED


def _let_in(conversation: Conversation, inbox: Inbox, *, address: str) -> Endpoint | None:
    """The requester takes part, and their first window stands open."""
    person = conversation.requester
    insert(Participant(conversation=conversation, person=person, role=Participant.Role.REQUESTER))
    if not address:
        return None
    refuse_own(address)
    endpoint = Endpoint(conversation=conversation, inbox=inbox, address=address, person=person)
    insert(endpoint)
    return endpoint


def going_on(conversation: Conversation, sender: Person) -> Conversation:
    """Where a reply of `sender` belongs: here, in the survivor, or in the follow-up an earlier late reply of theirs opened."""
    target = conversation.survivor
    if target.takes_replies:
        return target
    return target.follow_ups.filter(requester=sender).order_by("-number").first() or target


@transaction.atomic
def receive_or_follow_up(
    conversation: Conversation,
    text: str,
    *,
    inbox: Inbox,
    sender: Person,
    by: CanAct,
    address: str = "",
    channel: str = "",
    chat_key: str = "",
    **details: Any,
) -> Message:
    """Take a reply into the conversation, its survivor, or a new linked one where it is over.

    A closed conversation stays as it is: the follow-up names it, keeps its subject, team, form and fields, what it is
    about, and the ways by which its requester is reached.

    channel   where the reply was written; the inbox's kind if empty
    chat_key  of the browser it was written in, which sees the follow-up then
    """
    target = going_on(conversation, sender)
    if target.takes_replies:
        return target.receive(text, by=by, **details)
    follow_up = open_conversation(
        inbox,
        requester=sender,
        by=by,
        subject=target.subject,
        channel=channel or inbox.kind,
        address=address,
        chat_key=chat_key,
        follows=target,
        team=target.team,
        brand_id=target.brand_id,
        about=_still_true(target, chat_key=chat_key),
        organisation=_still_theirs(target, sender),
        locale=target.locale,
        form=target.form,
        is_claimed=is_claim(details),
    )
    if _takes_part(sender, target):
        copy_values(target, follow_up, by=by)
    _keep_ways(target, follow_up, by=by)
    details.pop("endpoint", None)
    return follow_up.receive(text, by=by, endpoint=follow_up.endpoints.first(), **details)


def is_claim(said: dict[str, Any]) -> bool:
    """Whether the fields of a message tell of a mail that nobody vouched for."""
    return bool(said.get("from_address")) and not said.get("is_verified", True)


def _still_true(before: Conversation, *, chat_key: str) -> dict[str, Any]:
    """What the conversation is about; who was proved to be there goes along only in the same browser."""
    is_same_browser = bool(chat_key) and chat_key == before.chat_key
    return {name: fact for name, fact in before.about.items() if is_same_browser or name != "assurance"}


def _takes_part(sender: Person, before: Conversation) -> bool:
    """Who only reads along by their organisation knows no fields of it, so none go on with them."""
    if before.requester.reader_id == sender.reader_id:
        return True
    return before.participants.filter(person=sender, left_at=None).exists()


def _still_theirs(before: Conversation, sender: Person) -> Organisation | None:
    """What goes on is shared as before, while the same person belongs there."""
    is_same = before.requester_id == sender.pk and before.organisation_id == sender.organisation_id
    return before.organisation if is_same else None


def _keep_ways(before: Conversation, after: Conversation, *, by: CanAct) -> None:
    """Answers go on reaching the addresses the requester left. Those in copy are asked again by whoever wants them."""
    copied = before.participants.filter(role=Participant.Role.COPIED).values("person")
    ways = (
        before.endpoints.filter(is_active=True).exclude(person__in=copied).select_related("inbox", "person")
    )
    if before.requester_id != after.requester_id:
        return
    for way in ways:
        after.attach_endpoint(way.inbox, way.address, person=way.person, by=by, is_fallback=way.is_fallback)
