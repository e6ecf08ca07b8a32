"""Where does this mail belong? The signed reply address first, then mail ids, then a number, each only for its owner."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.channels.mail.addresses import Candidates, candidates
from handrail.channels.mail.parsed import ParsedMail
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.threads import find_by_mail_ids, find_by_number


@dataclass(frozen=True)
class Place:
    """`conversation` None means a new one. `is_owner`: the sender's address is the window's own."""

    conversation: Conversation | None = None
    endpoint: Endpoint | None = None
    is_owner: bool = False
    how: str = "new"


def place(mail: ParsedMail) -> Place:
    """Find the conversation a mail answers.

    A reply address made for somebody else still leads to its conversation, but its sender is not the owner:
    they join nobody and see nothing (is_owner False).
    """
    found = candidates(mail)
    return _by_reply_address(mail, found) or _by_mail_ids(mail) or _by_number(mail, found) or Place()


def _by_reply_address(mail: ParsedMail, found: Candidates) -> Place | None:
    keys = Endpoint.objects.filter(reply_key__in=found.reply_keys, is_active=True).select_related("conversation")
    endpoint = keys.first() if found.reply_keys else None
    if endpoint is None:
        return None
    return Place(endpoint.conversation, endpoint, endpoint.address == mail.from_address, "reply_address")


def _by_mail_ids(mail: ParsedMail) -> Place | None:
    if not mail.from_address:
        return None
    ids = [mail.message_id, *mail.in_reply_to, *reversed(mail.references)]
    conversation = find_by_mail_ids([i for i in ids if i], address=mail.from_address)
    return _owned(conversation, mail, "mail_ids")


def _by_number(mail: ParsedMail, found: Candidates) -> Place | None:
    if found.number is None or not mail.from_address:
        return None
    return _owned(find_by_number(found.number, address=mail.from_address), mail, "number")


def _owned(conversation: Conversation | None, mail: ParsedMail, how: str) -> Place | None:
    if conversation is None:
        return None
    endpoint = conversation.endpoints.filter(address=mail.from_address).first()
    return Place(conversation, endpoint, True, how)
