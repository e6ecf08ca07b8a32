"""Mailboxes that cannot fetch or send, for every page that should show it; at most ten seconds old."""

from __future__ import annotations

from typing import NamedTuple

from django.core.cache import cache

from handrail.accounts.viewer import Viewer
from handrail.channels.health import Health

KEPT_SECONDS = 10
KEY = "mailbox-alarms"


class Alarm(NamedTuple):
    """`way` is fetch or send; `team` the private team it belongs to, if any."""

    inbox: int
    address: str
    way: str
    team: int | None


def alarms(viewer: Viewer, *, afresh: bool = False) -> list[Alarm]:
    """What is red now of the mailboxes this viewer may know of.

    afresh  read now, for a page that was just told of a change
    """
    if afresh:
        cache.delete(KEY)
    found: list[Alarm] = cache.get_or_set(KEY, _read, KEPT_SECONDS) or []
    return [alarm for alarm in found if alarm.team is None or alarm.team in viewer.team_ids]


def _read() -> list[Alarm]:
    rows = Health.objects.red().select_related("inbox__team")
    return [
        Alarm(row.inbox_id, row.inbox.address, row.way, row.inbox.team_id if _is_private(row) else None)
        for row in rows
    ]


def _is_private(row: Health) -> bool:
    return bool(row.inbox.team and row.inbox.team.is_private)
