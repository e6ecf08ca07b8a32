"""What the lists of conversations show, asked for in as few and as light queries as they need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Identity, Person, called
from handrail.conversations.beside import Beside, beside
from handrail.conversations.conversation import Conversation, ConversationQuerySet, Shelf
from handrail.conversations.orders import IN_QUEUE, cursor_of, following, ordered
from handrail.conversations.status import Status
from handrail.core.prepared import rows_of, sql_of

COUNTED_MOST = 1000  # a count past this is shown as "1000+": nobody reads on, and counting on costs
PAGE_ROWS = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(\d{1,17})-(\d{1,17})")

VIEWS = {
    "mine": _("Mine"),
    "queue": _("Queue"),
    "unassigned": _("Unassigned"),
    "all": _("All unsolved"),
    "chat": _("Chats"),
    "pending": _("Waiting for the customer"),
    "on_hold": _("On hold"),
    "snoozed": _("Snoozed"),
    "bot": _("With the assistant"),
    "solved": _("Solved"),
    "closed": _("Closed"),
}
# The chats by where they stand: tabs of one inbox, of which the first is a view of its own.
CHAT_TABS = {
    "chat": pgettext_lazy("chats", "Open"),
    "chat-snoozed": _("Snoozed"),
    "chat-over": pgettext_lazy("chats", "Closed"),
}
COUNTED = ("mine", "queue", "unassigned", "all")
WHOLE = ("mine", "unassigned", "all", "chat")  # views of what is unsolved, whatever its status
OWN_ORDER = {"queue": IN_QUEUE}  # views that go by something else than when they last asked for attention


@dataclass(frozen=True)
class Filters:
    """What narrows a view. `status` is a code as of set_status; `team` an id, or 0 for conversations without one; `mailbox`
    the id of an inbox."""

    status: str = ""
    team: int | None = None
    tag: str = ""
    channel: str = ""
    priority: str = ""
    mailbox: int | None = None

    @property
    def many(self) -> int:
        """How many are set."""
        others = (self.status, self.tag, self.channel, self.priority, self.mailbox)
        return sum(map(bool, others)) + (self.team is not None)

    @property
    def any(self) -> bool:
        return self.many > 0


EVERYTHING = Filters()


class Row(NamedTuple):
    """One line of a list: columns of one query, in this order."""

    number: int
    subject: str
    status: str
    priority: str
    channel: str
    last_message_text: str
    last_message_from: str
    last_message_is_verified: bool
    last_message_at: datetime
    requester_id: int
    requester_name: str
    assignee_id: int | None
    assignee_name: str | None
    team_id: int | None
    held_by: str
    listed_at: datetime
    custom_status_id: int | None


COLUMNS = (
    "number",
    "subject",
    "status",
    "priority",
    "channel",
    "last_message_text",
    "last_message_from",
    "last_message_is_verified",
    "last_message_at",
    "requester_id",
    "requester__name",
    "assignee_id",
    "assignee__name",
    "team_id",
    "held_by",
    "listed_at",
    "custom_status_id",
)
MOMENTS = tuple(COLUMNS.index(name) for name in ("last_message_at", "listed_at"))


@dataclass(frozen=True)
class Page:
    """Rows, what stands beside them, names for requesters who gave none, and where the next page begins ("" at the end).

    keys  number -> what decides its place, in a view with an order of its own
    """

    rows: list[Row]
    after: str = ""
    beside: Beside = field(default_factory=Beside)
    addresses: dict[int, str] = field(default_factory=dict)
    keys: dict[int, tuple[Any, ...]] = field(default_factory=dict)


def whole(view: str, *, viewer: Viewer) -> ConversationQuerySet:
    """What a view of WHOLE is of, solved ones too. Raises KeyError for another."""
    seen = Conversation.objects.visible_to(viewer)
    return {
        "mine": lambda: seen.of(viewer.user_id or 0),
        "unassigned": lambda: seen.unassigned(),
        "all": lambda: seen,
        "chat": lambda: seen.filter(channel="chat", ticket_since=None),
    }[view]()


def in_view(view: str, *, viewer: Viewer) -> ConversationQuerySet:
    """The conversations of a view of VIEWS or CHAT_TABS that the viewer may see. Raises KeyError for a view nobody named."""
    if view in WHOLE:
        return whole(view, viewer=viewer).unsolved()
    seen = Conversation.objects.visible_to(viewer)
    picks = {
        "queue": lambda: seen.queued(),
        "pending": lambda: seen.filter(status=Status.PENDING, snoozed_until=None),
        "on_hold": lambda: seen.filter(status=Status.ON_HOLD, snoozed_until=None),
        "chat-snoozed": lambda: seen.filter(shelf=Shelf.SNOOZED, channel="chat", ticket_since=None),
        "chat-over": lambda: seen.filter(shelf=Shelf.OVER, channel="chat", ticket_since=None),
        "snoozed": lambda: seen.filter(shelf=Shelf.SNOOZED),
        "bot": lambda: seen.filter(shelf=Shelf.BOT),
        "solved": lambda: seen.filter(status=Status.SOLVED),
        "closed": lambda: seen.filter(status=Status.CLOSED),
    }
    return picks[view]()


def narrowed(conversations: ConversationQuerySet, filters: Filters) -> ConversationQuerySet:
    if filters.status in Status.values:
        conversations = conversations.filter(status=filters.status)
    elif filters.status:
        conversations = conversations.filter(custom_status__key=filters.status)
    if filters.team is not None:
        conversations = conversations.filter(team=filters.team or None)
    if filters.channel:
        conversations = conversations.filter(channel=filters.channel)
    if filters.priority:
        conversations = conversations.filter(priority=filters.priority)
    if filters.mailbox:
        conversations = conversations.filter(lies_in=filters.mailbox)
    if filters.tag:
        through = Conversation.tags.through.objects
        tagged = through.filter(conversation_id=OuterRef("pk"), tag__name=filters.tag)
        conversations = conversations.filter(Exists(tagged))
    return conversations


def page(
    view: str,
    *,
    viewer: Viewer,
    filters: Filters = EVERYTHING,
    after: str = "",
    rows: int = PAGE_ROWS,
    oldest_first: bool = False,
) -> Page:
    """One page of a view, first what last asked for attention, or what has waited longest.

    after  the cursor a page before gave in the same order; a broken one shows the first page

    Raises KeyError for a view nobody named.
    """
    if view in OWN_ORDER:
        return _page_in_own_order(view, viewer=viewer, filters=filters, after=after, rows=rows)
    cursor = _read_cursor(after)

    def build(first: bool) -> QuerySet[Conversation, Any]:
        conversations = narrowed(in_view(view, viewer=viewer), filters)
        if not first and cursor:
            conversations = (
                conversations.following(*cursor) if oldest_first else conversations.before(*cursor)
            )
        in_order = conversations.oldest_first() if oldest_first else conversations.newest_first()
        return in_order.values_list(*COLUMNS)[: rows + 1]

    if cursor:
        found = light(build(False))
    else:
        found = [
            _row(each)
            for each in rows_of(
                *sql_of(("page", view, viewer, filters, rows, oldest_first), lambda: build(True))
            )
        ]
    shown = found[:rows]
    return Page(
        shown,
        after=_cursor(shown[-1]) if len(found) > rows else "",
        beside=beside([row.number for row in shown], me=viewer.user_id or 0),
        addresses=nameless(shown),
    )


def _page_in_own_order(view: str, *, viewer: Viewer, filters: Filters, after: str, rows: int) -> Page:
    terms = OWN_ORDER[view]
    names = [term.name for term in terms]
    fitting = ordered(narrowed(in_view(view, viewer=viewer), filters), terms)
    found = list(following(fitting, terms, after).values_list(*COLUMNS, *names)[: rows + 1])
    keys = {each[0]: tuple(each[len(COLUMNS) :]) for each in found[:rows]}
    page = listed([Row._make(each[: len(COLUMNS)]) for each in found[:rows]], viewer=viewer)
    return replace(page, keys=keys, after=cursor_of(keys[page.rows[-1].number]) if len(found) > rows else "")


def light(conversations: QuerySet[Conversation, Any]) -> list[Row]:
    """Rows of columns instead of objects, in the order of the query."""
    return [Row._make(columns) for columns in conversations.values_list(*COLUMNS)]


def listed(rows: list[Row], *, viewer: Viewer) -> Page:
    """A page of rows that were found in some other way than by a view."""
    around = beside([row.number for row in rows], me=viewer.user_id or 0)
    return Page(rows, beside=around, addresses=nameless(rows))


def nameless(rows: list[Row]) -> dict[int, str]:
    """What to call the requesters of these rows who gave no name."""
    return addresses_of([row.requester_id for row in rows if not row.requester_name])


def addresses_of(person_ids: list[int]) -> dict[int, str]:
    """person -> what to call those who gave no name: an address, a number, or a visitor with a mark."""
    if not person_ids:
        return {}
    known: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Identity.objects.filter(person__in=person_ids).order_by("assurance", "-pk")
    for person, kind, value in rows.values_list("person_id", "kind", "value"):
        known[person][kind] = value
    return {person: called(values) for person, values in known.items()}


def counts(
    viewer: Viewer, *, more: Mapping[str, tuple[str, tuple[Any, ...]]] | None = None
) -> dict[str, int]:
    """How many lie in each counted view, in one query; COUNTED_MOST + 1 stands for more.

    more  name -> SQL and parameters of what is counted along, cut off at COUNTED_MOST + 1 itself
    """
    pieces = [
        sql_of(("count", view, viewer, COUNTED_MOST), partial(_counted, view, viewer)) for view in COUNTED
    ]
    along = dict(more or {})
    pieces += along.values()
    # Django's own SQL inside; nothing anybody typed.
    counted = [f"(SELECT count(*) FROM ({text}) AS c{at})" for at, (text, _) in enumerate(pieces)]  # noqa: S608
    sql = "SELECT " + ", ".join(counted)
    return dict(
        zip(
            (*COUNTED, *along),
            rows_of(sql, [each for _, params in pieces for each in params])[0],
            strict=True,
        )
    )


def earlier_of(conversation: Conversation, *, viewer: Viewer, most: int = 8) -> list[Conversation]:
    """The requester's other conversations that the viewer may see, newest first."""
    root = conversation.requester.merged_into_id or conversation.requester_id
    same = Person.objects.same_as(root).values("pk")
    seen = Conversation.objects.visible_to(viewer).filter(requester__in=same)
    others = seen.exclude(pk=conversation.pk).order_by("-created_at")
    shown = ("number", "subject", "status", "custom_status", "last_message_text", "created_at", "is_claimed")
    return list(others.only(*shown)[:most])


def _counted(view: str, viewer: Viewer) -> QuerySet[Conversation, Any]:
    return in_view(view, viewer=viewer).values_list("pk")[: COUNTED_MOST + 1]


def _row(columns: tuple[Any, ...]) -> Row:
    if columns[MOMENTS[0]].tzinfo is None:
        # SQLite keeps moments in UTC and says so nowhere.
        columns = tuple(
            each.replace(tzinfo=UTC) if at in MOMENTS else each for at, each in enumerate(columns)
        )
    return Row._make(columns)


def _cursor(row: Row) -> str:
    return f"{(row.listed_at - EPOCH) // timedelta(microseconds=1)}-{row.number}"


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    match = CURSOR.fullmatch(text)
    return (EPOCH + timedelta(microseconds=int(match[1])), int(match[2])) if match else None
