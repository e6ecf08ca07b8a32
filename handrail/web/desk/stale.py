"""What arrived while a reply was being written and its writer cannot be shown to have seen."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from handrail.accounts.viewer import Viewer
from handrail.channels.inboxes import Inbox
from handrail.conversations.activity import Told, tell
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message, Note
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.shown_facts import BESIDE_MESSAGES
from handrail.core.events.models import Event

READ_MOST = 200


class Newer(NamedTuple):
    """Something the sender of a reply has not seen; a change has no `who` of its own."""

    who: str
    text: str
    is_note: bool = False


def arrived(request: HttpRequest, conversation: Conversation) -> list[Newer]:
    """Messages, notes and colleagues' changes since the reply was begun, and what a colleague sends this moment and may
    still take back; nothing for a sender that did not say what stood on the screen.

    POST seen (the newest word there when the reply was begun), seen_change (the newest change), read (numbers of words
    that stood in view since; counts for chat lines of the customer alone).
    """
    seen = _number(request.POST, "seen")
    if seen is None:
        return []
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    me = viewer.user_id or 0
    return [
        *(
            Newer(each.author_name or each.from_address, each.text)
            for each in _said(request, conversation, seen, me)
        ),
        *(
            Newer(each.author.name if each.author else "", each.text, is_note=True)
            for each in _noted(conversation, seen, me)
        ),
        *(Newer("", told.text) for told in _changed(request, conversation, seen, viewer)),
        *(Newer(each.author.name, each.text) for each in _leaving(conversation, me)),
    ]


def _said(request: HttpRequest, conversation: Conversation, seen: int, me: int) -> list[Message]:
    numbers = [
        int(each) for each in request.POST.getlist("read")[:READ_MOST] if each.isdigit() and len(each) <= 9
    ]
    read_in_chat = Q(seq__in=numbers, endpoint__inbox__kind=Inbox.Kind.CHAT, direction=Message.Direction.IN)
    others = conversation.messages.filter(seq__gt=seen).exclude(author_kind="staff", author_id=me)
    return list(others.exclude(read_in_chat) if numbers else others)


def _noted(conversation: Conversation, seen: int, me: int) -> list[Note]:
    return list(conversation.notes.filter(seq__gt=seen).exclude(author=me).select_related("author"))


def _changed(request: HttpRequest, conversation: Conversation, seen: int, viewer: Viewer) -> list[Told]:
    """What colleagues changed since. Where the page showed no change at all, what came after its newest word."""
    last = _number(request.POST, "seen_change")
    if last is None:
        return []
    facts = Event.objects.about(conversation).filter(
        verb__in=BESIDE_MESSAGES, actor_kind="staff", pk__gt=last
    )
    if not last and (newest := conversation.messages.filter(seq__lte=seen).last()):
        facts = facts.filter(at__gt=newest.at)
    return tell(facts.exclude(actor_id=viewer.user_id), locale=viewer.locale)


def _leaving(conversation: Conversation, me: int) -> list[Outgoing]:
    waiting = conversation.outgoing.waiting().filter(is_scheduled=False)
    return list(waiting.exclude(author=me).select_related("author"))


def _number(said: QueryDict, name: str) -> int | None:
    value = said.get(name, "")
    return int(value) if value.isdigit() and len(value) <= 18 else None
