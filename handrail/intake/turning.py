"""A chat goes on as a ticket, and back: one record, one number. What changes is where its customer is written to."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import of_others
from handrail.contacts.models import PROVED
from handrail.conversations.conversation import Conversation
from handrail.core.actors import BOT


@transaction.atomic
def turn_into_ticket(conversation: Conversation, *, by: User, subject: str = "") -> bool:
    """Let a chat go on by mail and among the requests, and tell its customer so. False: it is no chat.

    subject  what it is called from now on; "" leaves it

    From now on every answer goes to the addresses that got only what nobody read in the window, and where there is none
    to the one that is shown to be the requester's. Raises ConversationIsClosed.
    """
    if not conversation.is_live:
        return False
    opened = _open_mail(conversation, by=by)
    conversation.become_ticket(by=by, ways=opened)
    if subject.strip():
        conversation.retitle(subject, by=by)
    if conversation.held_by == "bot":
        # A ticket is people's; the assistant answers in the window alone.
        conversation.hand_over(reason="ticket", by=by)
    has_mail = conversation.endpoints.filter(inbox__kind="mail", is_active=True).exists()
    with translation.override(conversation.locale):
        words = _("We go on with this as your request #%(number)d, so you need not wait in this window.") % {
            "number": conversation.number
        }
        where = (
            _("The answer comes by mail and stands among your requests.")
            if has_mail
            else _(
                "Leave your mail address below and the answer comes there; it also stands among your requests."
            )
        )
    conversation.reply(f"{words} {where}", by=BOT, is_automatic=True, data={"code": "became_ticket"})
    return True


@transaction.atomic
def turn_into_chat(conversation: Conversation, *, by: User) -> bool:
    """Go on in the window. False: it is a chat, or never was one. Addresses that got only what was not read there get
    that alone again. Raises ConversationIsClosed."""
    opened = conversation.ways_opened_for_ticket()
    if not conversation.become_chat(by=by):
        return False
    conversation.endpoints.filter(pk__in=opened).update(is_fallback=True)
    return True


def _open_mail(conversation: Conversation, *, by: User) -> list[int]:
    """Have every answer go by mail; the windows that got only what was not read, or did not exist, before."""
    ways = conversation.endpoints.filter(inbox__kind="mail", is_active=True)
    only_unread = list(ways.filter(is_fallback=True).values_list("pk", flat=True))
    ways.update(is_fallback=False)
    if ways.exists():
        return only_unread
    person = conversation.requester
    proved = person.identities.filter(kind="email", assurance__gte=PROVED).order_by("-assurance", "pk")
    address = next(iter(of_others(proved.values_list("value", flat=True))), "")
    mail = Inbox.objects.mail_for(conversation.brand, conversation.team)
    if not address or mail is None:
        return []
    return [conversation.attach_endpoint(mail, address, person=person, by=by).pk]
