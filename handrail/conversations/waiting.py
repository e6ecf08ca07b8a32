"""How long people usually wait for a person, from what really happened lately."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

from django.db.models import F
from django.db.models.functions import Coalesce

from handrail.conversations.conversation import Conversation
from handrail.core import clock

SAMPLE = 50
LATELY = timedelta(days=14)


def usual_wait(*, channel: str, team_id: int | None = None) -> timedelta | None:
    """Median from "a person, please" to a person's first word, over the last 50 of two weeks; None under five."""
    since = Coalesce("handed_over_at", "created_at")
    found = Conversation.objects.filter(
        channel=channel, first_answered_at__isnull=False, created_at__gte=clock.now() - LATELY
    )
    if team_id:
        found = found.filter(team=team_id)
    waits = list(
        found.annotate(wait=F("first_answered_at") - since)
        .order_by("-number")
        .values_list("wait", flat=True)[:SAMPLE]
    )
    return median(waits) if len(waits) >= 5 else None
