"""Whether we understood: a reply that says back what the customer needs, and the customer's word on it."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.messages import Message
from handrail.conversations.opening import going_on
from handrail.core.events.ledger import record

# What a message's data holds under KEY: it waits, it was right, or the customer corrects it.
KEY, ASKED, RIGHT, WRONG = "check", "asked", "right", "wrong"
DIGITS_MAX = 18


def said_back() -> dict[str, str]:
    """The data of a message that asks whether it is right."""
    return {KEY: ASKED}


def waits(message: Message) -> bool:
    return message.direction == "out" and message.data.get(KEY) == ASKED


@transaction.atomic
def answer(message: Message, *, is_right: bool, by: Person) -> Message | None:
    """Keep the customer's word on it, as a message of theirs and beside ours. None: there is one already, or none is asked."""
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if not waits(locked):
        return None
    locked.data = locked.data | {KEY: RIGHT if is_right else WRONG}
    locked.save(update_fields=["data"])
    conversation = going_on(Conversation.objects.get(pk=locked.conversation_id), by)
    with translation.override(conversation.locale):
        words = _("Yes, that is right.") if is_right else _("Not quite. Let me correct it.")
    record("conversation.understanding_checked", conversation, by=by, right=is_right, message=locked.pk)
    if not conversation.takes_replies:
        return None
    return conversation.receive(
        words, by=by, client_id=f"check:{locked.pk}", is_verified=True, data={"checks": locked.pk}
    )


def token_of(message: Message, endpoint: Endpoint) -> str:
    """What the link in a mail carries: this message, for whoever reads the mail at this address."""
    return (
        _signer()
        .sign(f"{endpoint.pk}:{message.pk}:{endpoint.reply_key}")
        .replace(f":{endpoint.reply_key}", "")
    )


def of_token(token: str) -> tuple[Message, Endpoint] | None:
    """The message and the window a link was made for; None for one that nobody signed or that was closed."""
    named, _dot, signature = token.partition(".")
    window, _colon, number = named.partition(":")
    if not all(part.isdecimal() and len(part) <= DIGITS_MAX for part in (window, number)):
        return None
    endpoint = (
        Endpoint.objects.select_related("conversation", "person")
        .filter(pk=int(window), is_active=True)
        .first()
    )
    if endpoint is None:
        return None
    try:
        _signer().unsign(f"{named}:{endpoint.reply_key}.{signature}")
    except BadSignature:
        return None
    message = Message.objects.filter(pk=int(number), conversation=endpoint.conversation_id).first()
    return (message, endpoint) if message and message.data.get(KEY) else None


def _signer() -> Signer:
    return Signer(sep=".", salt="handrail.conversations.understanding")
