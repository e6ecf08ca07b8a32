"""Who waits for a first word of a person of ours, and in which order their turns come.

First what is more urgent; of the same urgency first those who sit before the screen; then whoever has waited longest. The
database works both columns out by itself, so the customer's place and the desk's list cannot disagree.
"""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from handrail.conversations.holding import Holder
from handrail.conversations.labels import Priority
from handrail.conversations.status import WAITING_ON_US

URGENCY = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)
WAITING = Q(
    status__in=[status.value for status in WAITING_ON_US],
    held_by=Holder.PEOPLE.value,
    snoozed_until=None,
    assignee=None,
    first_answered_at=None,
    deleted_at=None,
    side_of=None,
)


def _ranks() -> Case:
    places = [(priority, is_live) for priority in URGENCY for is_live in (True, False)]
    return Case(
        When(~WAITING, then=Value(None)),
        *(
            When(Q(priority=priority.value) & _live(is_live), then=Value(at))
            for at, (priority, is_live) in enumerate(places)
        ),
        default=Value(None),
    )


def _live(is_live: bool) -> Q:
    live = Q(channel="chat", ticket_since=None)
    return live if is_live else ~live


RANK = _ranks()
# A bot's customer waits from when people got it, everybody else from the beginning.
SINCE = Coalesce(F("handed_over_at"), F("created_at"))
