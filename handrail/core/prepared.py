"""SQL kept by the shape of the question, for the few screens and verbs used all day.

Building a query costs Django several times what the database needs to answer it. What is kept is the text and
its parameters, made once by the same QuerySet methods as everywhere, so no rule of access is written twice.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import QuerySet

KEPT_MOST = 2_000

Value = int | str | datetime | Sequence[int]

_kept: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


def sql_of(key: Hashable, build: Callable[[], QuerySet[Any]]) -> tuple[str, tuple[Any, ...]]:
    """The SQL and parameters of the query that `build` makes, made again only for a key not seen before.

    key  everything the query depends on: the viewer, the view, what narrows it. A moment never belongs in it.
    """
    # An evaluation asks a database of its own, perhaps of another kind.
    own = (connection.vendor, key)
    known = _kept.get(own)
    if known is None:
        if len(_kept) >= KEPT_MOST:
            _kept.clear()
        known = _kept[own] = build().query.sql_with_params()
    return known


def sql_with(
    key: Hashable, build: Callable[..., QuerySet[Any]], *values: Value
) -> tuple[str, tuple[Any, ...]]:
    """As `sql_of`, for a query in which only `values` differ from one time to the next.

    build   given as many values, makes the query; it is called with marks in their place, once, so it must put each
            into the query as it is
    values  a list is of ids to look among: it is filled up to the next power of two, so that few lengths are kept
    """
    given = [_filled(value) if _is_list(value) else [_as_sent(value)] for value in values]
    own = (connection.vendor, key, tuple(map(len, given)))
    shape = _shapes.get(own)
    if shape is None:
        if len(_shapes) >= KEPT_MOST:
            _shapes.clear()
        shape = _shapes[own] = _shaped(key, build, values, given)
    held = [*chain.from_iterable(given), *shape.constants]
    return shape.sql, tuple([held[at] for at in shape.places])


@dataclass(frozen=True)
class Shape:
    """A statement, and for each of its parameters the place among the values and, after them, what never changes."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[int, ...]


_shapes: dict[Hashable, Shape] = {}


def _shaped(
    key: Hashable, build: Callable[..., QuerySet[Any]], values: Sequence[Value], given: list[Any]
) -> Shape:
    places = itertools.count()
    marked = [
        [_mark(next(places), value if not _is_list(value) else 0) for _each in some]
        for value, some in zip(values, given, strict=True)
    ]
    filled = zip(values, marked, strict=True)
    sql, params = build(
        *(each if _is_list(value) else each[0] for value, each in filled)
    ).query.sql_with_params()
    marks = {_as_sent(mark): place for place, mark in enumerate(chain.from_iterable(marked))}
    found = [marks.get(param) if isinstance(param, (int, str, datetime)) else None for param in params]
    if len(set(found) - {None}) < len(marks):
        raise ValueError(f"The query {key!r} does not hold each of its values as it is.")
    constants = tuple(param for param, at in zip(params, found, strict=True) if at is None)
    after = itertools.count(len(marks))
    return Shape(sql, constants, tuple(next(after) if at is None else at for at in found))


def _is_list(value: Value) -> bool:
    return not isinstance(value, (int, str, datetime))


def _filled(ids: Any) -> list[int]:
    """The ids, the last of them repeated; a number that no row has where there are none."""
    kept = list(ids) or [0]
    return kept + kept[-1:] * ((1 << (len(kept) - 1).bit_length()) - len(kept))


def _mark(place: int, value: Value) -> int | str | datetime:
    if isinstance(value, datetime):
        return datetime.fromordinal(1 + place).replace(tzinfo=UTC)
    return f"\x01value {place}" if isinstance(value, str) else -2_000_000_000 - place


def _as_sent(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def rows_of(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows as the database gives them: moments are naive, in UTC, on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
