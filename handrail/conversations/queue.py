"""대기열, the queue: who waits for a first word of a person of ours, in the order of ranking.py, and taking the next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.orders import IN_QUEUE, ordered
from handrail.conversations.queries import EVERYTHING, Filters, Page, in_view, narrowed

AHEAD_MOST = 99  # nobody counts on
TRIED_MOST = 50  # how many taken meanwhile by others are passed over before giving up


class Wait(NamedTuple):
    """place: 1 for who is next in its team's queue; since: when it came to people."""

    place: int
    since: datetime


def waits_in_queue(conversation: Conversation) -> bool:
    """Whether it is a chat that people have and nobody has taken; of a row as it was read."""
    return conversation.is_live and conversation.queue_rank is not None


def ahead_of(conversation: Conversation) -> int:
    """How many of its team's queue have their turn before it, as it was read; at most AHEAD_MOST, 0 for who does not wait."""
    if conversation.queue_rank is None:
        return 0
    waiting = Conversation.objects.queued().filter(team=conversation.team_id)
    before = _before(waiting, conversation.queue_rank, conversation.queued_at, conversation.pk)
    return len(before.values_list("pk")[:AHEAD_MOST])


def waits_of(found: Page) -> dict[int, Wait]:
    """number -> place and beginning of the wait, for a page of the queue. One query, which reads no further than the page
    does in the queue."""
    if not found.keys:
        return {}
    rank, since, number = max(found.keys.values())
    teams = {row.team_id for row in found.rows}
    named = Q(team__in=teams - {None}) | (Q(team=None) if None in teams else Q(pk__in=[]))
    waiting = Conversation.objects.queued().filter(named)
    upto = _before(waiting, rank, since, number + 1)
    passed: Counter[int | None] = Counter()
    waits: dict[int, Wait] = {}
    for team, each in ordered(upto, IN_QUEUE).values_list("team_id", "number"):
        passed[team] += 1
        if each in found.keys:
            waits[each] = Wait(passed[team], found.keys[each][1])
    return waits


def longest_wait(viewer: Viewer, *, filters: Filters = EVERYTHING) -> datetime | None:
    """Since when whoever has waited longest waits; None for an empty queue."""
    rows = narrowed(in_view("queue", viewer=viewer), filters)
    return rows.order_by("queued_at").values_list("queued_at", flat=True).first()


def take_next(viewer: Viewer, *, by: User, filters: Filters = EVERYTHING) -> Conversation | None:
    """Give the first of the queue to `by`, who looks as `viewer`; two who press at once get two. None for an empty queue."""
    for _attempt in range(TRIED_MOST):
        rows = narrowed(in_view("queue", viewer=viewer), filters)
        number = ordered(rows, IN_QUEUE).values_list("pk", flat=True).first()
        if number is None:
            return None
        with transaction.atomic():
            # Asked again under the lock: a colleague may have pressed in the same moment.
            mine = (
                Conversation.objects.select_for_update().filter(pk=number, queue_rank__isnull=False).first()
            )
            if mine:
                mine.assign(to=by, by=by)
                return mine
    return None


def _before(rows: ConversationQuerySet, rank: int, since: datetime, number: int) -> ConversationQuerySet:
    earlier = Q(queued_at__lt=since) | Q(queued_at=since, number__lt=number)
    # The first term alone is a range of the index; the second only settles ties.
    return rows.filter(queue_rank__lte=rank).filter(Q(queue_rank__lt=rank) | earlier)
