"""The mailboxes at the side: how much lies in each, and in words which of them is disconnected."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.cache import cache
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations.per_mailbox import Lies, per_mailbox
from handrail.web.mailbox_alarms import alarms

KEPT_SECONDS = 10
SHOWN_MOST = 20
# Counting that took longer than this is not done again at each word a customer says; its numbers stand for as long as it is worth.
SLOW_SECONDS = 0.1
WORTH = 100
KEPT_MOST_SECONDS = 60


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


def mailboxes(
    viewer: Viewer, *, beside: Mapping[str, int] | None = None, afresh: bool = False
) -> list[Mailbox]:
    """Those the viewer may know of, their teams' first; counts and what fails at most ten seconds old.

    beside  how many lie in the views now: where these are others than they were, so are those of a mailbox
    afresh  count now in any case

    Where counting is slow neither has it done again before its time.
    """
    if "conversations.read" not in viewer.rights:
        return []
    kept: tuple[bool, Mapping[str, int] | None, list[Mailbox]] | None = cache.get(_key(viewer))
    if kept is None or not (kept[0] or (beside in (None, kept[1]) and not afresh)):
        begun = time.perf_counter()
        found = _found(viewer)
        took = time.perf_counter() - begun
        kept = (took > SLOW_SECONDS, beside, found)
        cache.set(_key(viewer), kept, min(KEPT_MOST_SECONDS, took * WORTH) if kept[0] else KEPT_SECONDS)
    failing: dict[int, tuple[str, ...]] = {}
    for alarm in alarms(viewer):
        failing[alarm.inbox] = (*failing.get(alarm.inbox, ()), alarm.way)
    return [each._replace(fails=failing.get(each.pk, ())) for each in kept[2]]


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
