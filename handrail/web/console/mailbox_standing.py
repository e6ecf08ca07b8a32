"""How a mailbox stands, for the console: each way of it in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from handrail.channels.health import Health
from handrail.channels.mail import troubles
from handrail.channels.models import Inbox


class Standing(NamedTuple):
    """`state` is well, shaky (failing for a moment), red, or new."""

    way: str
    name: str
    state: str
    said: str = ""
    since: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0
    told_at: datetime | None = None


def standing(inbox: Inbox) -> list[Standing]:
    """Fetching, where it is fetched, and sending."""
    rows = {row.way: row for row in inbox.health.all()}
    names = {"fetch": _("Coming in"), "send": _("Leaving")}
    ways = ["fetch", "send"] if hasattr(inbox, "fetching") else ["send"]
    return [_one(way, names[way], rows.get(way)) for way in ways]


def state_of(inbox: Inbox) -> str:
    """The worst of its ways, for a list."""
    states = [each.state for each in standing(inbox)]
    return next((state for state in ("red", "shaky", "well") if state in states), "new")


def _one(way: str, name: str, row: Health | None) -> Standing:
    if row is None or (row.failing_since is None and row.last_ok_at is None):
        return Standing(way, name, "new")
    state = "red" if row.is_red else "shaky" if row.failing_since else "well"
    said = troubles.sentence(row.code, host=row.host, detail=row.detail) if row.code else ""
    return Standing(way, name, state, said, row.failing_since, row.last_ok_at, row.failures, row.told_at)
