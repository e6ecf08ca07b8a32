"""What a saved view holds for whoever looks at it: its conversations, a page of them, and how many they are."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.conversations.beside import beside
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.operators import Question, read
from handrail.conversations.orders import (
    BY_LISTED,
    SORTED_MOST,
    SORTS,
    Term,
    cursor_of,
    first_of,
    following,
    is_held,
    ordered,
    terms_of,
)
from handrail.conversations.queries import (
    COLUMNS,
    COUNTED_MOST,
    EVERYTHING,
    PAGE_ROWS,
    Filters,
    Page,
    Row,
    in_view,
    nameless,
    narrowed,
)
from handrail.conversations.search import says
from handrail.conversations.words import having
from handrail.core.prepared import rows_of

# Names in conditions are looked up and “7d” is reckoned again after this.
READ_SECONDS = 30
READ_MOST = 2_000

_read: dict[tuple[Any, ...], tuple[float, str, tuple[Any, ...]]] = {}


@dataclass(frozen=True)
class ViewPage(Page):
    """A page of a saved view. `created`: number -> when it was opened; `problems`: what could not be read, and
    `hints`: what was read as words and may have been meant otherwise, a sentence each."""

    created: dict[int, datetime] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


def holding(query: str, *, viewer: Viewer) -> ConversationQuerySet:
    """What fits the conditions and the viewer may see: unsolved ones, unless the conditions name a status. None where
    a condition cannot be read."""
    return _fitting(read(query, viewer=viewer), viewer)


def page_of(
    query: str, *, viewer: Viewer, sort: str = "", group: str = "", after: str = "", rows: int = PAGE_ROWS
) -> ViewPage:
    """One page. `after`: the cursor a page before gave; a broken one shows the first page."""
    question = read(query, viewer=viewer)
    if question.problems:
        return ViewPage([], problems=question.problems)
    fitting, hints = _sortable(question, viewer, sort, group)
    found = _paged(fitting, terms_of(sort, group), after, viewer=viewer, rows=rows)
    return replace(found, hints=[*question.hints, *hints])


def urgent_first(
    view: str, *, viewer: Viewer, filters: Filters = EVERYTHING, after: str = "", rows: int = PAGE_ROWS
) -> ViewPage:
    """One page of a view everybody has, what is most urgent first. Raises KeyError for a view nobody named."""
    fitting = narrowed(in_view(view, viewer=viewer), filters)
    return _paged(fitting, terms_of("priority"), after, viewer=viewer, rows=rows)


def _sortable(
    question: Question, viewer: Viewer, sort: str, group: str
) -> tuple[ConversationQuerySet, list[str]]:
    """What a view in this order is made of, and what to say where that is not all: an order that no index holds is made of
    the first SORTED_MOST in one that does."""
    fitting = _fitting(question, viewer)
    names_status = "status" in question.asked
    if is_held(sort, group) and (not names_status or (sort in BY_LISTED and not group)):
        return fitting, []
    held = sort if sort in BY_LISTED or not names_status else BY_LISTED[0]
    beyond = ordered(fitting, terms_of(held)).values_list("pk")[SORTED_MOST : SORTED_MOST + 1]
    said = _("Only the first %(count)s are put in this order: %(order)s.")
    more = [said % {"count": f"{SORTED_MOST:,}", "order": SORTS[held]}] if list(beyond) else []
    return first_of(fitting, held), more


def _paged(
    conversations: ConversationQuerySet, terms: tuple[Term, ...], after: str, *, viewer: Viewer, rows: int
) -> ViewPage:
    fitting = following(ordered(conversations, terms), terms, after)
    names = [term.name for term in terms]
    found = list(fitting.values_list(*COLUMNS, "created_at", *names)[: rows + 1])
    shown = [Row._make(columns[: len(COLUMNS)]) for columns in found[:rows]]
    return ViewPage(
        shown,
        after=cursor_of(found[rows - 1][len(COLUMNS) + 1 :]) if len(found) > rows else "",
        beside=beside([row.number for row in shown], me=viewer.user_id or 0),
        addresses=nameless(shown),
        created={columns[0]: columns[len(COLUMNS)] for columns in found[:rows]},
    )


def numbers_of(query: str, *, viewer: Viewer, sort: str = "", group: str = "", most: int) -> list[int]:
    """The first `most` numbers in the order of the view."""
    question = read(query, viewer=viewer)
    if question.problems:
        return []
    fitting, _hints = _sortable(question, viewer, sort, group)
    return list(ordered(fitting, terms_of(sort, group)).values_list("pk", flat=True)[:most])


def counts_of(queries: Iterable[tuple[int, str]], *, viewer: Viewer) -> dict[int, int]:
    """(key, conditions) -> how many fit, all in one query; COUNTED_MOST + 1 stands for more."""
    pieces = [(key, *_counting(query, viewer)) for key, query in queries]
    if not pieces:
        return {}
    # Django's own SQL inside; nothing anybody typed.
    counted = [f"(SELECT count(*) FROM ({text}) AS v{at})" for at, (_key, text, _) in enumerate(pieces)]  # noqa: S608
    params = [each for *_rest, some in pieces for each in some]
    row = rows_of("SELECT " + ", ".join(counted), params)[0]
    return {piece[0]: count for piece, count in zip(pieces, row, strict=True)}


def _counting(query: str, viewer: Viewer) -> tuple[str, tuple[Any, ...]]:
    key = (query, viewer)
    known = _read.get(key)
    if known is None or known[0] < time.monotonic():
        if len(_read) >= READ_MOST:
            _read.clear()
        sql, params = _sql(holding(query, viewer=viewer).values_list("pk")[: COUNTED_MOST + 1])
        known = _read[key] = (time.monotonic() + READ_SECONDS, sql, params)
    return known[1], known[2]


def _sql(counted: Any) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, params = counted.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE 1 = 0", ()
    return sql, params


def _fitting(question: Question, viewer: Viewer) -> ConversationQuerySet:
    seen = Conversation.objects.visible_to(viewer)
    if question.problems:
        return seen.none()
    if "status" not in question.asked:
        seen = seen.unsolved()
    for wanted in question.wanted:
        seen = seen.filter(wanted)
    words = " ".join([question.words, *question.phrases]).strip()
    if words:
        seen = seen.filter(having(words))
    for phrase in question.phrases:
        seen = seen.filter(says(phrase))
    return seen
