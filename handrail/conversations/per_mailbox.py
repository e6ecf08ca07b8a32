"""How much lies in each mailbox: conversations that wait for us, and those whose last word no colleague has read."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.read_marks import ReadMark


class Lies(NamedTuple):
    """unread: of the open ones, those where the customer spoke last and nobody of the team has had it before their eyes."""

    open: int = 0
    unread: int = 0


def per_mailbox(viewer: Viewer) -> dict[int, Lies]:
    """Inbox -> what lies in it of what the viewer may see; one query. A mailbox with nothing is not among them."""
    read = ReadMark.objects.ours().filter(conversation=OuterRef("pk"), read__gte=OuterRef("last_seq"))
    unsolved = Conversation.objects.visible_to(viewer).unsolved().filter(endpoints__inbox__kind="mail")
    unread = Q(last_message_from="in") & Q(~Exists(read))
    rows = (
        unsolved.order_by()
        .values(inbox=F("endpoints__inbox"))
        .annotate(many=Count("pk", distinct=True), new=Count("pk", distinct=True, filter=unread))
    )
    return {row["inbox"]: Lies(row["many"], row["new"]) for row in rows}
