"""A look at another conversation without leaving the present one: the last things said in it, notes included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import fragment

SHOWN = 4
CHARS = 400


@dataclass(frozen=True)
class Said:
    """One message or note, shortened."""

    at: datetime
    who: str
    text: str
    is_note: bool = False


def page(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/glimpse: a fragment with the newest SHOWN things said, the oldest of them first."""
    conversation = fetch(request, number)
    return fragment(request, "desk/glimpse.html", conversation=conversation, said=_said(conversation))


def _said(conversation: Conversation) -> list[Said]:
    """Two queries."""
    messages = conversation.messages.order_by("-seq")[:SHOWN]
    notes = conversation.notes.select_related("author").order_by("-seq")[:SHOWN]
    every = [
        *(Said(each.at, each.author_name or _("The customer"), each.text[:CHARS]) for each in messages),
        *(
            Said(each.at, each.author.name if each.author else "", each.text[:CHARS], is_note=True)
            for each in notes
        ),
    ]
    return sorted(every, key=lambda each: each.at)[-SHOWN:]
