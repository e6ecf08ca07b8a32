"""The views at the side, with how many lie in each."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet

from handrail.accounts.viewer import Viewer
from handrail.channels.models import InboundRaw
from handrail.conversations.conversation import Conversation
from handrail.conversations.following import Mention
from handrail.conversations.notices.notice import Notice
from handrail.conversations.queries import COUNTED_MOST, counts
from handrail.conversations.sides import answered_aside
from handrail.conversations.viewing import counts_of
from handrail.conversations.views import SavedView
from handrail.core.alphabetical import Alphabetical
from handrail.core.prepared import sql_of

MENTIONS, ASIDE, NOTICES, KEPT_ASIDE = "mentions", "aside", "notices", "kept_aside"
KEPT_SECONDS = 30  # how long a view that a colleague shares may take to reach the side
SHOWN_MOST = 40
# Counting that took longer than this is not done again at each look; its numbers stand for as long as it is worth.
SLOW_SECONDS = 0.1
WORTH = 100
KEPT_MOST_SECONDS = 60


class Kept(NamedTuple):
    """A saved view at the side. whose: "me", "team" or "everybody"."""

    pk: int
    title: str
    query: str
    whose: str

    @property
    def name(self) -> str:
        return f"v{self.pk}"


def saved_views(viewer: Viewer) -> list[Kept]:
    """Those of the viewer, first their own, then their teams', then everybody's."""
    if "conversations.read" not in viewer.rights:
        return []
    return cache.get_or_set(_views_key(viewer), lambda: _saved(viewer), KEPT_SECONDS) or []


def forget_views(viewer: Viewer) -> None:
    """Something about the viewer's views changed: show it at once."""
    cache.delete(_views_key(viewer))
    cache.delete(_counts_key(viewer))


class Unread(NamedTuple):
    """`mentions` with answers aside; `kept_aside` mails wait for a colleague's word."""

    mentions: int = 0
    notices: int = 0
    kept_aside: int = 0


def counted(viewer: Viewer) -> tuple[dict[str, int], Unread]:
    """View -> how many lie in it; and what else waits for the viewer. COUNTED_MOST + 1 stands for more."""
    if "conversations.read" not in viewer.rights:
        return {}, Unread(notices=_noticed(viewer).count())
    unread = {
        MENTIONS: sql_of((MENTIONS, viewer), lambda: _unread(viewer)),
        ASIDE: sql_of((ASIDE, viewer), lambda: _answered(viewer)),
        NOTICES: sql_of((NOTICES, viewer), lambda: _noticed(viewer)),
    }
    if "conversations.spam" in viewer.rights:
        unread[KEPT_ASIDE] = sql_of((KEPT_ASIDE, viewer), lambda: _kept_aside(viewer))
    found = counts(viewer, more=unread)
    waiting = Unread(found.pop(MENTIONS) + found.pop(ASIDE), found.pop(NOTICES), found.pop(KEPT_ASIDE, 0))
    return {**found, **_of_saved(viewer)}, waiting


def _unread(viewer: Viewer) -> QuerySet[Mention, Any]:
    return Mention.objects.visible_to(viewer).unread().values_list("pk")[: COUNTED_MOST + 1]


def _noticed(viewer: Viewer) -> QuerySet[Notice, Any]:
    unread = Notice.objects.visible_to(viewer).unread().filter(is_shown=True)
    return unread.values_list("pk")[: COUNTED_MOST + 1]


def _kept_aside(viewer: Viewer) -> QuerySet[InboundRaw, Any]:
    return InboundRaw.objects.visible_to(viewer).order_by().values_list("pk")[: COUNTED_MOST + 1]


def _answered(viewer: Viewer) -> QuerySet[Conversation, Any]:
    return answered_aside(viewer).values_list("pk")[: COUNTED_MOST + 1]


def _of_saved(viewer: Viewer) -> dict[str, int]:
    views = saved_views(viewer)
    if not views:
        return {}
    known: dict[str, int] | None = cache.get(_counts_key(viewer))
    if known is not None:
        return known
    begun = time.perf_counter()
    found = counts_of([(view.pk, view.query) for view in views], viewer=viewer)
    took = time.perf_counter() - begun
    named = {f"v{pk}": count for pk, count in found.items()}
    if took > SLOW_SECONDS:
        cache.set(_counts_key(viewer), named, min(KEPT_MOST_SECONDS, took * WORTH))
    return named


def _saved(viewer: Viewer) -> list[Kept]:
    seen = SavedView.objects.visible_to(viewer).order_by(Alphabetical("title"), "pk")
    found = [
        Kept(pk, title, query, "me" if owner else "team" if team else "everybody")
        for pk, title, query, owner, team in seen.values_list("pk", "title", "query", "owner_id", "team_id")
    ]
    order = ("me", "team", "everybody")
    return sorted(found, key=lambda view: order.index(view.whose))[:SHOWN_MOST]


def _views_key(viewer: Viewer) -> str:
    return f"desk:views:{viewer.user_id}"


def _counts_key(viewer: Viewer) -> str:
    return f"desk:view-counts:{viewer.user_id}"
