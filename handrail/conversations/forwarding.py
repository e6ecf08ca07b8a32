"""A message as it is forwarded out of the desk: who wrote it, when, to whom, and its words."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.conversations.messages import Message
from handrail.workspace.formats import day_and_time

LETTERS_MAX = 60_000


def forwarded(message: Message, *, locale: str, zone: str) -> str:
    """The text below a forwarder's own words; whoever forwards may cut from it what is nobody's business."""
    conversation = message.conversation
    with translation.override(locale):
        sender = message.author_name or conversation.requester.name or _("The customer")
        if message.from_address and message.from_address != sender:
            sender = f"{sender} <{message.from_address}>"
        lines = [
            _("---------- Forwarded message ----------"),
            _("From: %(sender)s") % {"sender": sender},
            _("Date: %(when)s") % {"when": day_and_time(message.at, locale=locale, zone=zone)},
            _("Subject: %(subject)s") % {"subject": conversation.subject or _("(no subject)")},
        ]
        if message.endpoint is not None:
            ours = message.endpoint.inbox.address
            to = ours if message.direction == "in" else message.endpoint.address
            lines.append(_("To: %(address)s") % {"address": to})
    # What is folded away on the page belongs to the mail as well.
    below = ["", message.quoted] if message.quoted else []
    return "\n".join([*lines, "", message.text, *below])[:LETTERS_MAX]
