"""A delivery as a letter: what of a message goes into one mail to one participant. It cannot reach notes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.mail.addresses import bounce_address, reply_address
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.render import Card, Letter, Rail, build, subject_with_number
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.messages import Message
from handrail.core.files.keeping import read

EARLIER_IDS = 10


def compose(delivery: Delivery) -> tuple[bytes, str, str]:
    """The mail as bytes, its return address, and the address it goes to."""
    message, endpoint = delivery.message, delivery.endpoint
    conversation = message.conversation
    inbox = endpoint.inbox
    with translation.override(conversation.locale):
        letter = Letter(
            sender=Mailbox(inbox.address, _sender_name(conversation, message)),
            # A name may be anybody's words about somebody else's address: no mail bears it that no person looked at.
            to=Mailbox(endpoint.address, "" if message.is_automatic else endpoint.person.name),
            subject=_subject(conversation, message),
            text=message.text,
            html=message.html,
            message_id=delivery.wire_id,
            in_reply_to=_parent(conversation, message),
            references=_earlier(conversation, message, endpoint.pk),
            reply_to=reply_address(inbox.address, endpoint_id=endpoint.pk, reply_key=endpoint.reply_key),
            automatic=message.is_automatic,
            rail=_rail(delivery),
            cards=[_card(card, conversation.locale) for card in message.data.get("cards") or []],
            files=[
                MailFile(a.file.title, a.file.content_type, read(a.file), a.cid)
                for a in message.attachments.all()
            ],
            date=message.at,
            lang=conversation.locale,
        )
        return build(letter), bounce_address(inbox.address, delivery_id=delivery.pk), endpoint.address


def _sender_name(conversation: Conversation, message: Message) -> str:
    brand = conversation.brand.name(conversation.locale)
    if message.author_kind != "staff" or not message.author_name:
        return brand
    return _("%(person)s, %(brand)s") % {"person": message.author_name, "brand": brand}


def _subject(conversation: Conversation, message: Message) -> str:
    if message.data.get("neutral"):
        # Nothing of what was sent comes back to an address nobody vouched for.
        return subject_with_number(_("Your message to us"), conversation.number)
    return subject_with_number(conversation.subject or _("Your message to us"), conversation.number)


def _rail(delivery: Delivery) -> Rail:
    conversation = delivery.message.conversation
    place = f"{settings.BASE_URL}/hc/{conversation.locale}"
    if delivery.message.is_automatic:
        url = f"{place}/person/{delivery.endpoint.person_token}"
        return Rail(_("I need a person to answer"), url, note=_("This is an automatic reply."))
    # The request's own page lets the address's owner in.
    return Rail(_("See this request"), f"{place}/requests/{conversation.number}")


def _card(card: dict[str, Any], locale: str) -> Card:
    url = f"{settings.BASE_URL}/hc/{locale}/articles/{int(card['article'])}"
    return Card(str(card["title"]), str(card.get("opening", "")), url)


def _parent(conversation: Conversation, message: Message) -> str:
    received = conversation.messages.filter(direction="in", seq__lt=message.seq).exclude(message_id="")
    parent = received.order_by("-seq").values_list("message_id", flat=True).first() or ""
    return "" if parent.startswith("raw-") else parent


def _earlier(conversation: Conversation, message: Message, endpoint_id: int) -> list[str]:
    received = conversation.messages.filter(direction="in", seq__lt=message.seq).exclude(message_id="")
    sent = Delivery.objects.filter(endpoint=endpoint_id, message__seq__lt=message.seq)
    ids = list(received.order_by("seq").values_list("seq", "message_id"))
    ids += list(sent.values_list("message__seq", "wire_id"))
    return [found for _seq, found in sorted(ids) if not found.startswith("raw-")][-EARLIER_IDS:]
