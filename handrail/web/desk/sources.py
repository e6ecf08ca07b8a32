"""Where conversations come from: a view everybody has, a saved view, what narrows it. By its name in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse

from handrail.accounts.viewer import Viewer
from handrail.channels.inboxes import InboxQuerySet
from handrail.channels.models import Inbox
from handrail.conversations.custom_statuses import known
from handrail.conversations.labels import CHANNELS, Priority
from handrail.conversations.orders import ordered, terms_of
from handrail.conversations.queries import (
    CHAT_TABS,
    EVERYTHING,
    OWN_ORDER,
    VIEWS,
    Filters,
    in_view,
    narrowed,
)
from handrail.conversations.status import Status
from handrail.conversations.viewing import numbers_of
from handrail.conversations.views import SavedView
from handrail.web.desk.frame import visible_teams

NARROWING = ("status", "team", "tag", "channel", "priority", "mailbox")
ORDERED = "unassigned"  # the view of which each colleague chooses the order
# How the list's own orders are called in a saved view (orders.SORTS).
SORT_OF = {"newest": "newest", "oldest": "oldest", "urgent": "priority"}
ORDERS = tuple(SORT_OF)


@dataclass(frozen=True)
class Source:
    """One list of conversations. `saved` is None for a view everybody has; `where` is what narrows and orders it, as an address
    does."""

    name: str
    filters: Filters = EVERYTHING
    saved: SavedView | None = None
    where: str = ""
    order: str = ORDERS[0]

    @property
    def path(self) -> str:
        path = reverse("desk:view", args=[self.name])
        return f"{path}?{self.where}" if self.where else path

    def numbers(self, *, viewer: Viewer, most: int) -> list[int]:
        """The first `most` numbers, in the order of the list."""
        if self.saved:
            saved = self.saved
            return numbers_of(saved.query, viewer=viewer, sort=saved.sort, group=saved.group, most=most)
        rows = narrowed(in_view(self.name, viewer=viewer), self.filters)
        if terms := OWN_ORDER.get(self.name):
            in_order = ordered(rows, terms)
        elif self.order == "urgent":
            in_order = ordered(rows, terms_of("priority"))
        else:
            in_order = rows.oldest_first() if self.order == "oldest" else rows.newest_first()
        return list(in_order.values_list("pk", flat=True)[:most])


def source(name: str, asked: QueryDict, *, viewer: Viewer) -> Source:
    """The list of this name as `asked` narrows it. Raises Http404 for one nobody named or the viewer may not use."""
    if name in VIEWS or name in CHAT_TABS:
        order = _one_of(asked.get("order"), ORDERS if name == ORDERED else ()) or ORDERS[0]
        return Source(name, filters=filters_of(asked, viewer=viewer), where=where_of(asked), order=order)
    return Source(name, saved=saved_view(name, viewer=viewer))


def saved_view(name: str, *, viewer: Viewer) -> SavedView:
    """The saved view that "v12" names. Raises Http404."""
    pk = name.removeprefix("v")
    if not name.startswith("v") or not pk.isdigit() or len(pk) > 15:
        raise Http404
    found = SavedView.objects.visible_to(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def filters_of(asked: QueryDict, *, viewer: Viewer) -> Filters:
    """What the address narrows the list to; a value nobody knows narrows nothing, nor does a team or mailbox of which the
    viewer may not know."""
    team, mailbox = _number(asked.get("team", "")), _number(asked.get("mailbox", ""))
    return Filters(
        status=_status(asked.get("status", "")),
        team=team if team == 0 or team in visible_teams(viewer) else None,
        tag=asked.get("tag", "").strip().lower()[:40],
        channel=_one_of(asked.get("channel"), CHANNELS),
        priority=_one_of(asked.get("priority"), Priority.values),
        mailbox=mailbox if mailbox and _mailboxes(viewer).filter(pk=mailbox).exists() else None,
    )


def mailbox_addresses(viewer: Viewer) -> dict[int, str]:
    """id -> address of the mailboxes a list can be narrowed to, closed ones too."""
    return dict(_mailboxes(viewer).values_list("pk", "address"))


def where_of(asked: QueryDict) -> str:
    """What narrows and orders the list, as a form carries it along."""
    return urlencode([(name, asked.get(name, "")) for name in (*NARROWING, "order") if asked.get(name)])


def _mailboxes(viewer: Viewer) -> InboxQuerySet:
    return Inbox.objects.all_mail().visible_to(viewer)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _status(code: str) -> str:
    if not code or code in Status.values:
        return code
    return code if code in {each.key for each in known().values()} else ""


def _one_of(value: str | None, known: list[str] | tuple[str, ...]) -> str:
    return value if value and value in known else ""
