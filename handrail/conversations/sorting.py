"""What lists are sorted and grouped by beside plain columns, and the indexes that hold these orders.

The database answers out of such an index only where list and index say the same, letter by letter. A value given beside the
statement is not known when the way is chosen, so the values stand in the statement; all of them are our own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Func, Index, Q, SmallIntegerField
from django.db.models.expressions import Combinable
from django.db.models.fields import BigIntegerField

from handrail.conversations.labels import CHANNELS, Priority
from handrail.conversations.status import Status

# Neither deleted nor beside another one.
LISTED = Q(deleted_at__isnull=True, side_of__isnull=True)


def _ranked(column: str, values: Sequence[str]) -> Func:
    """The place of a column's value among these; one that is not among them comes last."""
    cases = " ".join(f"WHEN '{value}' THEN {at}" for at, value in enumerate(values))
    template = f"CASE %(expressions)s {cases} ELSE {len(values)} END"
    return Func(F(column), template=template, output_field=SmallIntegerField())


def _or_none(column: str) -> Func:
    """The id, or 0 for none: databases do not agree where none stands."""
    return Func(F(column), template="COALESCE(%(expressions)s, 0)", output_field=BigIntegerField())


COMPUTED = {
    "by_status": _ranked("status", Status.values),
    "by_priority": _ranked("priority", Priority.values),
    "by_channel": _ranked("channel", CHANNELS),
    "by_assignee": _or_none("assignee_id"),
    "by_team": _or_none("team_id"),
}


def _held(name: str, *first: str | Combinable) -> Index:
    """An index of what lists show: by `first`, and within it what last asked for attention first."""
    return Index(
        *first, F("listed_at").desc(), F("number").desc(), condition=LISTED, name=f"conversations_{name}"
    )


URGENT_FIRST = COMPUTED["by_priority"].desc()
HELD_ORDERS = [
    _held("urgent", "shelf", URGENT_FIRST),
    _held("urgent_of", "assignee", "shelf", URGENT_FIRST),
    _held("urgent_of_team", "team", "shelf", URGENT_FIRST),
    _held("urgent_in_box", "lies_in", "shelf", URGENT_FIRST),
    *(_held(f"per_{name[3:]}", "shelf", COMPUTED[name]) for name in COMPUTED if name != "by_priority"),
    Index(fields=["shelf", "number"], condition=LISTED, name="conversations_as_opened"),
]
