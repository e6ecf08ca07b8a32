"""A look at another conversation without leaving the present one: the last things said in it, notes included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import fragment

SHOWN = 4
CHARS = 400
WHOLE = 300  # of one that went on in another: so many messages and as many notes


@dataclass(frozen=True)
class Said:
    """One message or note, shortened."""

    at: datetime
    who: str
    text: str
    is_note: bool = False


def page(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/glimpse: a fragment with the newest SHOWN things said, the oldest of them first.

    With ?whole they are all there, unshortened; past WHOLE the link below them leads to the rest. One that was merged is
    opened as itself.
    """
    conversation = fetch(request, number)
    said = _said(conversation, WHOLE, None) if "whole" in request.GET else _said(conversation)[-SHOWN:]
    return fragment(request, "desk/glimpse.html", conversation=conversation, said=said)


def _said(conversation: Conversation, most: int = SHOWN, chars: int | None = CHARS) -> list[Said]:
    """Oldest first, in two queries; `chars` of each, None for all."""
    messages = conversation.messages.order_by("-seq")[:most]
    notes = conversation.notes.select_related("author").order_by("-seq")[:most]
    every = [
        *(Said(each.at, _who(each), each.text[:chars]) for each in messages),
        *(
            Said(each.at, each.author.name if each.author else "", each.text[:chars], is_note=True)
            for each in notes
        ),
    ]
    return sorted(every, key=lambda each: each.at)


def _who(message: Message) -> str:
    us = _("The assistant") if message.author_kind != "staff" else _("Us")
    return message.author_name or (us if message.direction == Message.Direction.OUT else _("The customer"))
