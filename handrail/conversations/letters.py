"""A delivery as a letter: what of a message goes into one mail to one participant. It cannot reach notes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.looks import look_of
from handrail.channels.mail.addresses import bounce_address, reply_address
from handrail.channels.mail.mailboxes import Mailbox, on_the_wire
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.render import Card, Letter, Quoted, Rail, build, linked, subject_with_number
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.messages import Attachment, Message
from handrail.conversations.placeholders import filled, unfilled
from handrail.conversations.sharing import who_spoke
from handrail.conversations.understanding import token_of, waits
from handrail.conversations.wording import told
from handrail.core.files.keeping import read
from handrail.core.html import paragraphs
from handrail.workspace.formats import day_and_time
from handrail.workspace.models import Brand

EARLIER_IDS = 10
BEGUN_CHARS = 120


def compose(delivery: Delivery) -> tuple[bytes, str, str]:
    """The mail as bytes, its return address, and the address it goes to."""
    message, endpoint = delivery.message, delivery.endpoint
    conversation = message.conversation
    inbox = endpoint.inbox
    by_colleague = message.author_kind == "staff" and not message.is_automatic
    with translation.override(conversation.locale):
        to, *copied = addressed(delivery)
        said = told(message.text, message.html)
        further = _below(_below(_forwarded(message), _asked_to_confirm(delivery)), _left_here(delivery))
        letter = Letter(
            sender=Mailbox(inbox.address, _sender_name(inbox, conversation, message)),
            to=to,
            cc=copied,
            subject=_subject(conversation, message),
            text=at_home(_below(said.text, further), conversation.brand),
            html=said.html and at_home(said.html + linked(paragraphs(further)), conversation.brand),
            message_id=delivery.wire_id,
            in_reply_to=_parent(conversation, message),
            references=_earlier(conversation, message, endpoint.pk),
            reply_to=reply_address(inbox.address, endpoint_id=endpoint.pk, reply_key=endpoint.reply_key),
            automatic=message.is_automatic,
            signature=signature_of(message.author_id, conversation, inbox) if by_colleague else "",
            quoted=_quoted(conversation, message, inbox) if by_colleague else None,
            rail=_rail(delivery) if conversation.side_of_id is None else None,
            cards=[_card(card, conversation) for card in message.data.get("cards") or []],
            files=[
                MailFile(a.file.title, a.file.content_type, read(a.file), _cid(a, inbox))
                for a in message.attachments.select_related("file").order_by("pk")
            ],
            date=message.at,
            lang=conversation.locale,
            look=look_of(conversation.brand, locale=conversation.locale),
        )
        return build(letter), bounce_address(inbox.address, delivery_id=delivery.pk), endpoint.address


def addressed(delivery: Delivery) -> list[Mailbox]:
    """Whom a letter names, the one it is to first and those in copy behind: all who get these words by mail, by their own addresses.

    A reply to all then goes to each once and to us once, because we send nobody what another participant wrote. A letter
    that no person wrote, and one that asks somebody aside, names its receiver alone; nobody is named who may yet not get it.
    Whose address somebody else wrote, and who said nothing here, is their address: whoever knows that learns no name by it.
    """
    message, own = delivery.message, delivery.endpoint
    if message.is_automatic:
        # A name may be anybody's words about somebody else's address: no mail bears it that no person looked at.
        return [Mailbox(own.address)]
    alone = message.author_kind != "staff" or message.conversation.side_of_id is not None or own.is_fallback
    if alone:
        return [Mailbox(own.address, own.person.name)]
    letters = message.deliveries.filter(endpoint__is_fallback=False).select_related("endpoint__person")
    windows = [
        each.endpoint for each in letters.order_by("endpoint_id") if on_the_wire(each.endpoint.address)
    ]
    asks = message.conversation.requester_id
    known = {own.person_id, *who_spoke(message.conversation)}
    named = {
        window.address.lower(): Mailbox(
            window.address, window.person.name if window.person_id in known else ""
        )
        for window in sorted(windows, key=lambda window: window.person_id != asks)
    }
    return list(named.values()) or [Mailbox(own.address, own.person.name)]


def _cid(attachment: Attachment, inbox: Inbox) -> str:
    """By which the mail's text shows a picture that was painted here; nothing else is shown in it."""
    if not attachment.file.is_inline:
        return ""
    return attachment.cid or f"picture{attachment.pk}@{inbox.address.rpartition('@')[2]}"


def _sender_name(inbox: Inbox, conversation: Conversation, message: Message) -> str:
    name = inbox.sender_name(conversation.locale, brand=conversation.brand)
    if message.author_kind != "staff" or not message.author_name:
        return name
    return _("%(person)s, %(brand)s") % {"person": message.author_name, "brand": name}


def _below(words: str, more: str) -> str:
    return "\n\n".join(each for each in (words, more) if each)


def _forwarded(message: Message) -> str:
    """What is forwarded below the words, in a mail that asks somebody aside."""
    return message.quoted.strip() if message.conversation.side_of_id is not None else ""


def at_home(words: str, brand: Brand) -> str:
    """The words with links to the help centre leading to the brand's own: colleagues copy them from the site's address."""
    site = brand.site
    return words if site == settings.BASE_URL else words.replace(f"{settings.BASE_URL}/hc/", f"{site}/hc/")


def _subject(conversation: Conversation, message: Message) -> str:
    if conversation.side_of_id is not None:
        # Without a number: whoever is asked knows nothing of the ticket.
        is_first = not conversation.messages.filter(seq__lt=message.seq).exists()
        plain = conversation.subject or _("A question")
        return plain if is_first or plain.lower().startswith("re:") else f"Re: {plain}"
    if message.data.get("neutral"):
        # Nothing of what was sent comes back to an address nobody vouched for.
        return subject_with_number(_("Your message to us"), conversation.number)
    return subject_with_number(conversation.subject or _("Your message to us"), conversation.number)


def _rail(delivery: Delivery) -> Rail:
    conversation = delivery.message.conversation
    place = f"{conversation.brand.site}/hc/{conversation.locale}"
    if delivery.message.is_automatic:
        url = f"{place}/person/{delivery.endpoint.person_token}"
        return Rail(_("I need a person"), url, note=_("This is an automatic reply."))
    # The request's own page lets the address's owner in.
    return Rail(_("See this request"), f"{place}/requests/{conversation.number}")


def signature_of(author: int | None, conversation: Conversation, inbox: Inbox) -> str:
    """What stands below a colleague's mail: their own signature or the mailbox's, without what nothing can stand in for."""
    agent = User.objects.filter(pk=author).first() if author else None
    if agent is None:
        return ""
    said = filled(agent.signature or inbox.signature, conversation, agent=agent)
    for each in unfilled(said):
        said = said.replace(each, "")
    return "\n".join(line.rstrip() for line in said.strip().splitlines())


def _quoted(conversation: Conversation, message: Message, inbox: Inbox) -> Quoted | None:
    """The customer's newest message before this, whole and as it was, where the mailbox or the sender wants it."""
    if not message.data.get("quote", inbox.quotes_history):
        return None
    # What nobody vouches for is repeated to nobody.
    before = conversation.messages.filter(direction="in", seq__lt=message.seq, is_verified=True).exclude(
        text=""
    )
    # Nor what somebody else sent to the address made for this one.
    answered = next((m for m in before.order_by("-seq")[:20] if not m.data.get("other_address")), None)
    if answered is None:
        return None
    zone = conversation.requester.zone
    when = day_and_time(answered.at, locale=conversation.locale, zone=zone)
    who = answered.author_name or conversation.requester.name or _("The customer")
    return Quoted(_("%(when)s, %(who)s wrote:") % {"when": when, "who": who}, answered.text)


def _card(card: dict[str, Any], conversation: Conversation) -> Card:
    url = f"{conversation.brand.site}/hc/{conversation.locale}/articles/{int(card['article'])}"
    return Card(str(card["title"]), str(card.get("opening", "")), url)


def _asked_to_confirm(delivery: Delivery) -> str:
    """The two ways to answer words that say back what the customer needs; for the one whose need it is."""
    message, endpoint = delivery.message, delivery.endpoint
    if not waits(message) or endpoint.person_id != message.conversation.requester_id:
        return ""
    place = f"{message.conversation.brand.site}/hc/{message.conversation.locale}"
    url = f"{place}/check/{token_of(message, endpoint)}"
    return "\n\n".join(f"{label}: {url}" for label in (_("Correct"), _("Let me correct it")))


def _left_here(delivery: Delivery) -> str:
    """Why a mail about a chat comes to an address that somebody left in it; "" for who takes part there.

    Leaving an address proves nothing. Whoever has it must know who reads what they answer.
    """
    conversation, endpoint = delivery.message.conversation, delivery.endpoint
    if conversation.channel != "chat" or conversation.side_of_id is not None:
        return ""
    if conversation.participants.filter(person=endpoint.person_id, left_at=None).exists():
        return ""
    begun = (
        conversation.messages.filter(direction="in").order_by("seq").values_list("text", flat=True).first()
    )
    return _(
        "You get this because your address was left in a chat that began with “%(words)s”. Whoever chats there reads what "
        "you answer. If that wasn't you, please do not answer."
    ) % {"words": Truncator(" ".join((begun or "").split())).chars(BEGUN_CHARS)}


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
