"""Where does this mail belong? The signed reply address first, then mail ids, then a number, each only for its owner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handrail.channels.mail.candidates import Candidates, candidates
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.threads import (
    all_by_mail_ids,
    find_by_mail_ids,
    find_by_number,
    find_by_number_and_person,
)
from handrail.intake.several_mailboxes import shares


@dataclass(frozen=True)
class Place:
    """`conversation` None means a new one. `is_owner`: the sender's address is the window's own. `by`: the mail id or
    number that led there. `beside`: the conversation it would belong to at another mailbox; `is_apart`: it leads to one
    that was opened beside another."""

    conversation: Conversation | None = None
    endpoint: Endpoint | None = None
    is_owner: bool = False
    how: str = "new"
    by: str = ""
    beside: Conversation | None = None
    is_apart: bool = False


def place(mail: ParsedMail, inbox: Inbox, *, is_vouched: bool) -> Place:
    """Find the conversation a mail to this mailbox answers.

    A reply address made for somebody else still leads to its conversation, but its sender is not the owner:
    they join nobody and see nothing (is_owner False). One that the mailbox's readers share with nobody who has it is
    none of theirs: they get their own, beside it. A number leads whoever knows it from their own mails; one they know
    from elsewhere, as from a chat, only where their domain vouches for the mail and the address is proved theirs.
    """
    found = candidates(mail)
    led = (
        _by_reply_address(mail, found)
        or _by_return_path(mail, found)
        or _by_mail_ids(mail, found, inbox)
        or _by_number(mail, found, is_vouched=is_vouched)
        or Place()
    )
    if led.conversation is None or shares(inbox, led.conversation):
        return led
    return _of_its_own(mail, found, inbox) or _shared(mail, found, inbox) or beside(led.conversation)


def beside(conversation: Conversation) -> Place:
    """A new one for what stands in another one already, which not everybody here may see."""
    return Place(how="apart", beside=conversation, is_apart=True)


def _by_reply_address(mail: ParsedMail, found: Candidates) -> Place | None:
    windows = Endpoint.objects.filter(is_active=True).select_related("conversation")
    known = {
        endpoint.pk: endpoint for endpoint in windows.filter(pk__in=[t.endpoint_id for t in found.tokens])
    }
    for token in found.tokens:
        endpoint = known.get(token.endpoint_id)
        if endpoint and token.fits(endpoint.reply_key):
            return _at(endpoint, mail)
    return None


def _at(endpoint: Endpoint, mail: ParsedMail) -> Place:
    """The window the address was made for; the sender's own where they take part too and answered to all."""
    if endpoint.address == mail.from_address:
        return Place(endpoint.conversation, endpoint, True, "reply_address")
    theirs = endpoint.conversation.endpoints.filter(address=mail.from_address, is_active=True).first()
    if theirs and mail.from_address:
        return Place(endpoint.conversation, theirs, True, "others_address")
    return Place(endpoint.conversation, endpoint, False, "reply_address")


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


def _by_mail_ids(mail: ParsedMail, found: Candidates, inbox: Inbox) -> Place | None:
    if not mail.from_address:
        return None
    if own := _of_its_own(mail, found, inbox):
        return own
    known = find_by_mail_ids(_ids(mail, found), address=mail.from_address)
    return _owned(known.conversation, mail, "mail_ids", by=known.key) if known else None


def _of_its_own(mail: ParsedMail, found: Candidates, inbox: Inbox) -> Place | None:
    """The conversation that was opened for this mailbox beside the one the mail answers elsewhere."""
    ids = [at_mailbox(inbox, each) for each in _ids(mail, found)]
    known = find_by_mail_ids(ids, address=mail.from_address) if mail.from_address else None
    if known is None:
        return None
    by = known.key.partition(" ")[2]
    return replace(_owned(known.conversation, mail, "mail_ids", by=by), is_apart=True)


def _shared(mail: ParsedMail, found: Candidates, inbox: Inbox) -> Place | None:
    """An older one it names, where the newest is not for the mailbox's readers."""
    if not mail.from_address:
        return None
    known = all_by_mail_ids(_ids(mail, found), address=mail.from_address)
    key = next((each for each in known if shares(inbox, each.conversation)), None)
    return _owned(key.conversation, mail, "mail_ids", by=key.key) if key else None


def at_mailbox(inbox: Inbox, message_id: str) -> str:
    """A mail's id as it leads to the conversation of one mailbox. No mail id holds a space."""
    return f"@{inbox.pk} {message_id}"


def _ids(mail: ParsedMail, found: Candidates) -> list[str]:
    # Its own id too: a reply that overtook this mail has already named it.
    return [i for i in (mail.message_id, *found.message_ids) if i]


def _by_number(mail: ParsedMail, found: Candidates, *, is_vouched: bool) -> Place | None:
    number = found.subject_number
    if number is None or not mail.from_address:
        return None
    conversation = find_by_number(number, address=mail.from_address)
    if conversation is None and is_vouched:
        conversation = find_by_number_and_person(number, address=mail.from_address)
    return _owned(conversation, mail, "number", by=str(number)) if conversation else None


def _owned(conversation: Conversation, mail: ParsedMail, how: str, *, by: str) -> Place:
    endpoint = conversation.endpoints.filter(address=mail.from_address).first()
    return Place(conversation, endpoint, True, how, by)
