"""In which order a list stands, what it is grouped by, and how one page follows another without a gap or a repeat."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.sorting import COMPUTED

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"\d{1,17}(?:-\d{1,17}){0,3}")

SORTS = {
    "newest": _("What last asked for attention first"),
    "oldest": _("What has waited longest first"),
    "priority": _("Most urgent first"),
    "created": _("Newest number first"),
    "created_first": _("Oldest number first"),
}
GROUPS = {
    "": _("No groups"),
    "status": _("Status"),
    "assignee": _("Assignee"),
    "team": _("Team"),
    "priority": _("Priority"),
    "channel": _("Channel"),
}


class Term(NamedTuple):
    name: str
    is_falling: bool = False


LISTED, NUMBER = Term("listed_at", True), Term("number", True)
BY_SORT = {
    "newest": (LISTED, NUMBER),
    "oldest": (Term("listed_at"), Term("number")),
    "priority": (Term("by_priority", True), LISTED, NUMBER),
    "created": (NUMBER,),
    "created_first": (Term("number"),),
}
BY_LISTED = ("newest", "oldest")  # sorts of which an index holds every status
# Whose turn it is for a first word of ours (ranking.py).
IN_QUEUE = (Term("queue_rank"), Term("queued_at"), Term("number"))
MOMENTS = ("listed_at", "queued_at")
BY_GROUP = {
    "status": Term("by_status"),
    "assignee": Term("by_assignee"),
    "team": Term("by_team"),
    "priority": Term("by_priority", True),
    "channel": Term("by_channel"),
}


def terms_of(sort: str, group: str = "") -> tuple[Term, ...]:
    """What decides the order, first the group; the number settles every tie. A sort nobody knows is the newest."""
    terms = BY_SORT.get(sort, BY_SORT["newest"])
    first = BY_GROUP.get(group)
    return terms if first is None else (first, *(term for term in terms if term.name != first.name))


# A list that no index holds in its order is sorted; no more than this many, so that it costs the same however many there are.
SORTED_MOST = 10_000


def is_held(sort: str, group: str = "") -> bool:
    """Whether an index holds what is unsolved in this order (sorting.py), so that a page of it is read off without sorting."""
    terms = terms_of(sort, group)
    return not group or terms == (BY_GROUP.get(group), LISTED, NUMBER) or terms == terms_of(sort)


def first_of(conversations: ConversationQuerySet, sort: str) -> ConversationQuerySet:
    """Those that come first in this order, SORTED_MOST of them: what a list of them in another order is made of."""
    first = ordered(conversations, terms_of(sort)).values("pk")[:SORTED_MOST]
    return Conversation.objects.filter(pk__in=first)


def ordered(conversations: ConversationQuerySet, terms: tuple[Term, ...]) -> ConversationQuerySet:
    computed = {term.name: COMPUTED[term.name] for term in terms if term.name in COMPUTED}
    order = [f"-{term.name}" if term.is_falling else term.name for term in terms]
    return conversations.annotate(**computed).order_by(*order)


def following(
    conversations: ConversationQuerySet, terms: tuple[Term, ...], cursor: str
) -> ConversationQuerySet:
    """Those after the row a cursor was made of; all for a broken cursor. `conversations` must be `ordered`."""
    values = _read(cursor, terms)
    if values is None:
        return conversations
    later = Q(pk__in=[])
    same = Q()
    for term, value in zip(terms, values, strict=True):
        beyond = "lt" if term.is_falling else "gt"
        later |= same & Q(**{f"{term.name}__{beyond}": value})
        same &= Q(**{term.name: value})
    # The first term alone is a range of an index; the rest only settles ties.
    reached = "lte" if terms[0].is_falling else "gte"
    return conversations.filter(Q(**{f"{terms[0].name}__{reached}": values[0]}) & later)


def cursor_of(values: tuple[Any, ...]) -> str:
    """What names a row's place in its list, made of the values of the list's terms."""
    return "-".join(
        str((value - EPOCH) // timedelta(microseconds=1)) if isinstance(value, datetime) else str(value)
        for value in values
    )


def _read(cursor: str, terms: tuple[Term, ...]) -> list[Any] | None:
    if not CURSOR.fullmatch(cursor):
        return None
    numbers = [int(each) for each in cursor.split("-")]
    if len(numbers) != len(terms):
        return None
    return [
        EPOCH + timedelta(microseconds=number) if term.name in MOMENTS else number
        for term, number in zip(terms, numbers, strict=True)
    ]
