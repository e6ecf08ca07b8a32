"""Where does this mail belong? The signed reply address first, then mail ids, then a number, each only for its owner."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.channels.mail.candidates import Candidates, candidates
from handrail.channels.mail.parsed import ParsedMail
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.threads import find_by_mail_ids, find_by_number


@dataclass(frozen=True)
class Place:
    """`conversation` None means a new one. `is_owner`: the sender's address is the window's own. `by`: the mail id or
    number that led there."""

    conversation: Conversation | None = None
    endpoint: Endpoint | None = None
    is_owner: bool = False
    how: str = "new"
    by: str = ""


def place(mail: ParsedMail) -> Place:
    """Find the conversation a mail answers.

    A reply address made for somebody else still leads to its conversation, but its sender is not the owner:
    they join nobody and see nothing (is_owner False).
    """
    found = candidates(mail)
    return (
        _by_reply_address(mail, found)
        or _by_return_path(mail, found)
        or _by_mail_ids(mail, found)
        or _by_number(mail, found)
        or Place()
    )


def _by_reply_address(mail: ParsedMail, found: Candidates) -> Place | None:
    windows = Endpoint.objects.filter(is_active=True).select_related("conversation")
    known = {
        endpoint.pk: endpoint for endpoint in windows.filter(pk__in=[t.endpoint_id for t in found.tokens])
    }
    for token in found.tokens:
        endpoint = known.get(token.endpoint_id)
        if endpoint and token.fits(endpoint.reply_key):
            return Place(
                endpoint.conversation, endpoint, endpoint.address == mail.from_address, "reply_address"
            )
    return None


def _by_return_path(mail: ParsedMail, found: Candidates) -> Place | None:
    # Absence notices go where failures go (RFC 3834), and some programs let people write there.
    delivery = (
        Delivery.objects.filter(pk__in=found.bounced, endpoint__is_active=True)
        .select_related("endpoint__conversation")
        .first()
    )
    if delivery is None:
        return None
    endpoint = delivery.endpoint
    return Place(endpoint.conversation, endpoint, endpoint.address == mail.from_address, "return_path")


def _by_mail_ids(mail: ParsedMail, found: Candidates) -> Place | None:
    if not mail.from_address:
        return None
    # Its own id too: a reply that overtook this mail has already named it.
    ids = [i for i in (mail.message_id, *found.message_ids) if i]
    known = find_by_mail_ids(ids, address=mail.from_address)
    return _owned(known.conversation, mail, "mail_ids", by=known.key) if known else None


def _by_number(mail: ParsedMail, found: Candidates) -> Place | None:
    if found.subject_number is None or not mail.from_address:
        return None
    conversation = find_by_number(found.subject_number, address=mail.from_address)
    return _owned(conversation, mail, "number", by=str(found.subject_number)) if conversation else None


def _owned(conversation: Conversation, mail: ParsedMail, how: str, *, by: str) -> Place:
    endpoint = conversation.endpoints.filter(address=mail.from_address).first()
    return Place(conversation, endpoint, True, how, by)
