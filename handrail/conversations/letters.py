"""A delivery as a letter: what of a message goes into one mail to one participant. It cannot reach notes."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.mail.addresses import bounce_address, reply_address
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.render import Letter, Rail, build, subject_with_number
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.messages import Message
from handrail.core.files.keeping import read

PERSON_SALT = "handrail.conversations.person"
EARLIER_IDS = 10


def compose(delivery: Delivery) -> tuple[bytes, str, str]:
    """The mail as bytes, its return address, and the address it goes to."""
    message, endpoint = delivery.message, delivery.endpoint
    conversation = message.conversation
    inbox = endpoint.inbox
    with translation.override(conversation.locale):
        letter = Letter(
            sender=Mailbox(inbox.address, _sender_name(conversation, message)),
            to=Mailbox(endpoint.address, endpoint.person.name),
            subject=_subject(conversation, message),
            text=message.text,
            html=message.html,
            message_id=delivery.wire_id,
            in_reply_to=_parent(conversation, message),
            references=_earlier(conversation, message, endpoint.pk),
            reply_to=reply_address(inbox.address, endpoint_id=endpoint.pk, reply_key=endpoint.reply_key),
            automatic=message.is_automatic,
            rail=_rail(delivery, conversation, message),
            files=[
                MailFile(a.file.title, a.file.content_type, read(a.file), a.cid)
                for a in message.attachments.all()
            ],
            date=message.at,
            lang=conversation.locale,
        )
        return build(letter), bounce_address(inbox.address, delivery_id=delivery.pk), endpoint.address


def person_token(delivery: Delivery) -> str:
    """Names one delivery in the link "I need a person"; pressing the button there acts, opening it does not."""
    return signing.dumps(delivery.pk, salt=PERSON_SALT)


def delivery_of(token: str) -> Delivery | None:
    """The delivery a link was made for, or None for anything we did not sign."""
    try:
        pk = signing.loads(token, salt=PERSON_SALT, max_age=60 * 60 * 24 * 90)
    except signing.BadSignature:
        return None
    return Delivery.objects.select_related("message__conversation", "endpoint__person").filter(pk=pk).first()


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


def _rail(delivery: Delivery, conversation: Conversation, message: Message) -> Rail | None:
    if message.is_automatic:
        url = f"{settings.BASE_URL}/hc/{conversation.locale}/person/{person_token(delivery)}"
        return Rail(_("I need a person to answer"), url, note=_("This is an automatic reply."))
    return Rail(
        _("See this request"), f"{settings.BASE_URL}/hc/{conversation.locale}/requests/{conversation.number}"
    )


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
