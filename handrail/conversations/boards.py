"""A view in columns by status: what is to be done, and what was solved last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.conversations.beside import beside
from handrail.conversations.conversation import ConversationQuerySet
from handrail.conversations.queries import COUNTED_MOST, Filters, Page, light, nameless, narrowed, whole
from handrail.conversations.status import UNSOLVED, Status
from handrail.conversations.viewing import holding
from handrail.core.prepared import rows_of

STATUSES = (*UNSOLVED, Status.SOLVED)
CARDS = 30  # in one column; the list of that status has the rest

Fitting = Callable[[Status], ConversationQuerySet]


@dataclass(frozen=True)
class Column:
    """The newest conversations of one status. `count` stops at COUNTED_MOST + 1."""

    status: Status
    page: Page
    count: int


def of_view(view: str, *, viewer: Viewer, filters: Filters) -> Fitting:
    """What fits each column of a view of WHOLE. Raises KeyError for another."""
    scope = whole(view, viewer=viewer)

    def fitting(status: Status) -> ConversationQuerySet:
        rows = narrowed(scope, filters).filter(status=status)
        return rows if status == Status.SOLVED else rows.unsolved()

    return fitting


def of_saved(query: str, *, viewer: Viewer) -> Fitting:
    """What fits each column of a saved view's conditions."""
    return lambda status: holding(f"{query} status:{status.value}", viewer=viewer)


def columns(fitting: Fitting, *, viewer: Viewer) -> list[Column]:
    """The columns in order, each with its newest rows; as many queries however much lies in them."""
    found = [(status, light(fitting(status).newest_first()[:CARDS])) for status in STATUSES]
    everything = [row for _status, rows in found for row in rows]
    around = beside([row.number for row in everything], me=viewer.user_id or 0)
    addresses = nameless(everything)
    counts = _counts(fitting)
    return [
        Column(status, Page(rows, beside=around, addresses=addresses), count)
        for (status, rows), count in zip(found, counts, strict=True)
    ]


def _counts(fitting: Fitting) -> list[int]:
    pieces: list[str] = []
    params: list[object] = []
    for at, status in enumerate(STATUSES):
        counted = fitting(status).order_by().values_list("pk")[: COUNTED_MOST + 1]
        sql, some = counted.query.sql_with_params()
        # Django's own SQL inside; nothing anybody typed.
        pieces.append(f"(SELECT count(*) FROM ({sql}) AS b{at})")  # noqa: S608
        params += some
    return list(rows_of("SELECT " + ", ".join(pieces), params)[0])
