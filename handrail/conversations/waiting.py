"""How long people wait for a person, as a range, from what really happened lately; nothing where too little is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from handrail.accounts.models import Team
from handrail.conversations.conversation import Conversation
from handrail.conversations.orders import IN_QUEUE, ordered
from handrail.core import clock

SAMPLE = 120
LATELY = timedelta(days=28)
KNOWN_FROM = 5  # fewer than these tell nothing
SAME_HOUR_FROM = 12  # from these on only what began around the same hour counts
HOUR = 60
DAY = 24 * HOUR
WITHIN = 0.8  # how many of those to come should wait no longer than the upper end


@dataclass(frozen=True)
class WaitRange:
    """Half waited no longer than `low`, eight in ten no longer than `high`."""

    low: timedelta
    high: timedelta

    @property
    def minutes(self) -> tuple[int, int]:
        """Both ends as whole minutes, at least one; the upper one never rounded down."""
        low = max(1, round(self.low.total_seconds() / 60))
        return low, max(low, ceil(self.high.total_seconds() / 60))


def usual_wait(*, channel: str, team: Team | None = None) -> WaitRange | None:
    """From "a person, please" to a person's first word, over those that came to this team while it was open.

    What began within an hour of this time of day, where there is enough of it. None where fewer than five are known, and
    where whoever is next has already waited longer than the range says: then today is not like lately.
    """
    found = of_lately(_lately(channel, team), team=team, at=clock.now())
    if found is None or _front_has_waited(channel, team) > found.high:
        return None
    return found


def of_lately(
    waits: Sequence[tuple[datetime, datetime]], *, team: Team | None, at: datetime
) -> WaitRange | None:
    """The range of (since, answered) pairs, newest first."""
    zone = ZoneInfo(team.hours.zone if team and team.hours else "UTC")
    times = team.hours.times() if team and team.hours else None
    while_open = [pair for pair in waits if times is None or times.is_open(at=pair[0])]
    alike = [pair for pair in while_open if _apart(pair[0], at, zone) <= HOUR]
    chosen = alike if len(alike) >= SAME_HOUR_FROM else while_open
    lasted = sorted(answered - since for since, answered in chosen)
    if len(lasted) < KNOWN_FROM:
        return None
    # Of n + 1 waits of one kind the next is equally likely to come anywhere, so this many of the known ones bound it.
    upper = min(ceil(WITHIN * (len(lasted) + 1)), len(lasted)) - 1
    return WaitRange(lasted[(len(lasted) - 1) // 2], lasted[upper])


def _apart(one: datetime, other: datetime, zone: ZoneInfo) -> int:
    """Minutes between two times of day, over midnight where that is shorter."""
    minutes = [each.astimezone(zone).hour * HOUR + each.astimezone(zone).minute for each in (one, other)]
    apart = abs(minutes[0] - minutes[1])
    return min(apart, DAY - apart)


def _lately(channel: str, team: Team | None) -> list[tuple[datetime, datetime]]:
    found = Conversation.objects.filter(
        channel=channel, first_answered_at__isnull=False, created_at__gte=clock.now() - LATELY
    )
    if team:
        found = found.filter(team=team)
    rows = found.order_by("-number").values_list("queued_at", "first_answered_at")[:SAMPLE]
    # Who was answered while the bot still had it waited for nobody.
    return [(since, answered) for since, answered in rows if answered and answered >= since]


def _front_has_waited(channel: str, team: Team | None) -> timedelta:
    waiting = Conversation.objects.queued().filter(channel=channel, **({"team": team} if team else {}))
    since = ordered(waiting, IN_QUEUE).values_list("queued_at", flat=True).first()
    return clock.now() - since if since else timedelta(0)
