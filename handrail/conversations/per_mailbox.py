"""How much lies in each mailbox: conversations that wait for us, and those whose last word no colleague has read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.read_marks import ReadMark
from handrail.core.prepared import rows_of, sql_of

# A count past this is shown as "99+". Lower than for views: there is one for each mailbox, and each row is looked up twice.
LYING_MOST = 99


class Lies(NamedTuple):
    """open: LYING_MOST + 1 stands for more. unread: of the open ones that were counted, those where the customer spoke
    last and nobody of the team has had it before their eyes; where open stands for more it is the least there are."""

    open: int = 0
    unread: int = 0


def per_mailbox(viewer: Viewer, inboxes: Sequence[int]) -> dict[int, Lies]:
    """Inbox -> what lies in it of what the viewer may see, those that last asked for attention first; one query, which reads
    no further than LYING_MOST + 1 conversations of each."""
    if not inboxes:
        return {}
    pieces = [
        sql_of(("lies", inbox, viewer, LYING_MOST), partial(_lying, viewer, inbox)) for inbox in inboxes
    ]
    # Django's own SQL inside; nothing anybody typed.
    counted = [
        f"SELECT {at}, count(*), COALESCE(sum(is_new), 0) FROM ({text}) AS c{at}"  # noqa: S608
        for at, (text, _) in enumerate(pieces)
    ]
    rows = rows_of(" UNION ALL ".join(counted), [each for _, params in pieces for each in params])
    return {inboxes[at]: Lies(many, int(new)) for at, many, new in rows}


def _lying(viewer: Viewer, inbox: int) -> QuerySet[Conversation, Any]:
    read = ReadMark.objects.ours().filter(conversation=OuterRef("pk"), read__gte=OuterRef("last_seq"))
    is_new = Case(When(Q(last_message_from="in") & ~Q(Exists(read)), then=Value(1)), default=Value(0))
    rows = Conversation.objects.visible_to(viewer).unsolved().filter(lies_in=inbox).newest_first()
    return rows.annotate(is_new=is_new).values_list("is_new")[: LYING_MOST + 1]
