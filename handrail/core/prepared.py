"""SQL kept by the shape of the question, for the few screens asked for all day.

Building a query costs Django several times what the database needs to answer it. What is kept is the text and
its parameters, made once by the same QuerySet methods as everywhere, so no rule of access is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

KEPT_MOST = 2_000

_kept: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


def sql_of(key: Hashable, build: Callable[[], QuerySet[Any]]) -> tuple[str, tuple[Any, ...]]:
    """The SQL and parameters of the query that `build` makes, made again only for a key not seen before.

    key  everything the query depends on: the viewer, the view, what narrows it. A moment never belongs in it.
    """
    known = _kept.get(key)
    if known is None:
        if len(_kept) >= KEPT_MOST:
            _kept.clear()
        known = _kept[key] = build().query.sql_with_params()
    return known


def rows_of(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows as the database gives them: moments are naive, in UTC, on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
