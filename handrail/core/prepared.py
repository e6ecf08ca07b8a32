"""SQL kept by the shape of the question, for the few screens and verbs used all day.

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


def sql_with(
    key: Hashable, build: Callable[..., QuerySet[Any]], *values: int | str
) -> tuple[str, tuple[Any, ...]]:
    """As `sql_of`, for a query in which only `values` differ from one time to the next.

    build  given as many values, makes the query; it is called with marks in their place, once, so it must put each
           into the query as it is
    """
    marks = [_mark(place, value) for place, value in enumerate(values)]
    sql, params = sql_of(("with values", key), lambda: build(*marks))
    given = dict(zip(marks, values, strict=True))
    found = tuple(given.pop(param, param) if isinstance(param, (int, str)) else param for param in params)
    if given:
        raise ValueError(f"The query {key!r} does not hold each of its values as it is, once.")
    return sql, found


def _mark(place: int, value: int | str) -> int | str:
    return f"\x01value {place}" if isinstance(value, str) else -2_000_000_000 - place


def rows_of(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows as the database gives them: moments are naive, in UTC, on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
