"""The mailboxes at the side: how much lies in each, and in words which of them is disconnected."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations.per_mailbox import Lies, per_mailbox
from handrail.web.mailbox_alarms import alarms

KEPT_SECONDS = 10
SHOWN_MOST = 20
# Counting that took longer than this is not done again at each word a customer says.
SLOW_SECONDS, SLOW_KEPT_SECONDS = 0.1, 60


class Mailbox(NamedTuple):
    """One line at the side. `fails`: the ways that do not work now, of fetch and send."""

    pk: int
    address: str
    name: str
    is_paused: bool
    lies: Lies
    fails: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """What is wrong with it, in words; "" where nothing is."""
        said = [_("Mail does not come in")] * ("fetch" in self.fails)
        said += [_("Mail does not leave")] * ("send" in self.fails)
        if not said and self.is_paused:
            return _("Rests")
        return " · ".join(said)

    @property
    def is_red(self) -> bool:
        return bool(self.fails)


def mailboxes(viewer: Viewer, *, afresh: bool = False) -> list[Mailbox]:
    """Those the viewer may know of, their teams' first; counts and what fails at most ten seconds old.

    afresh  count now, unless counting is slow here
    """
    if "conversations.read" not in viewer.rights:
        return []
    kept: tuple[bool, list[Mailbox]] | None = cache.get(_key(viewer))
    if kept is None or (afresh and not kept[0]):
        begun = time.perf_counter()
        found = _found(viewer)
        is_slow = time.perf_counter() - begun > SLOW_SECONDS
        kept = (is_slow, found)
        cache.set(_key(viewer), kept, SLOW_KEPT_SECONDS if is_slow else KEPT_SECONDS)
    failing: dict[int, tuple[str, ...]] = {}
    for alarm in alarms(viewer):
        failing[alarm.inbox] = (*failing.get(alarm.inbox, ()), alarm.way)
    return [each._replace(fails=failing.get(each.pk, ())) for each in kept[1]]


def said(found: Iterable[Mailbox], written: dict[int, tuple[str, str]]) -> dict[str, str]:
    """What stands in each line by the name of its place: "m3" open, "m3-unread", "m3-state".

    written  inbox -> its two counts as they are written: open, unread
    """
    places: dict[str, str] = {}
    for each in found:
        places[f"m{each.pk}"], places[f"m{each.pk}-unread"] = written[each.pk]
        places[f"m{each.pk}-state"] = each.state
    return places


def _found(viewer: Viewer) -> list[Mailbox]:
    seen = Inbox.objects.mail().visible_to(viewer)
    rows = seen.values_list("pk", "address", "name", "is_paused", "team")
    shown = sorted(rows, key=lambda row: row[-1] not in viewer.team_ids)[:SHOWN_MOST]
    lies = per_mailbox(viewer, [row[0] for row in shown])
    return [Mailbox(*row[:-1], lies[row[0]]) for row in shown]


def _key(viewer: Viewer) -> str:
    return f"desk:mailboxes:{viewer.user_id}"
