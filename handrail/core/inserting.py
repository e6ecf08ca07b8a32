"""New rows with their SQL made once for a table, for the few verbs that write many at a time.

Django makes the text of an INSERT anew for each row, which costs several times what the database needs to write it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InternalError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Model

logger = logging.getLogger(__name__)
# A full disk, a file that may not be written, a database that only reads: SQLite and PostgreSQL name them by these two.
TAKES_NO_WRITES = (OperationalError, InternalError)


@dataclass(frozen=True)
class Table:
    """Fields: those written where the key is given and where it is not, and those the database works out by itself."""

    name: str
    fields: Sequence[Any]
    without_key: Sequence[Any]
    returned: Sequence[Any]
    sql: dict[tuple[str, bool], str] = field(default_factory=dict)


_tables: dict[type[Model], Table] = {}


def insert(row: Model) -> None:
    """Write a new row and set what the database gave it; as `save(force_insert=True)`, without signals.

    Raises TypeError for a model whose rows stand in several tables.
    """
    table = _tables.get(type(row)) or _read(type(row))
    has_key = row.pk is not None
    fields = table.fields if has_key else table.without_key
    # Looked up once: each look through `django.db.connection` costs as much as a column.
    database = connections[DEFAULT_DB_ALIAS]
    values = [each.get_db_prep_save(each.pre_save(row, True), database) for each in fields]
    with database.cursor() as cursor:
        cursor.execute(_sql(table, fields, database, has_key=has_key), values)
        if table.returned:
            for each, value in zip(table.returned, cursor.fetchone(), strict=True):
                setattr(row, each.attname, value)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_where_possible(row: Model) -> bool:
    """As `insert`, for a row that its caller can do without: False where the database takes no writes."""
    with where_possible(f"a {row._meta.verbose_name}"):
        insert(row)
        return True
    return False


@contextmanager
def where_possible(what: str) -> Iterator[None]:
    """What is written inside its caller can do without: where the database takes no writes it is left, with a line in the log.

    Inside a transaction the error is raised all the same: PostgreSQL has given that one up, and whoever began it has to know.
    """
    try:
        yield
    except TAKES_NO_WRITES as problem:
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            raise
        logger.error("%s could not be kept: %s", what, problem)


def _read(model: type[Model]) -> Table:
    meta = model._meta
    if meta.parents:
        raise TypeError(f"Rows of {model.__name__} stand in several tables; save them.")
    written = [each for each in meta.local_concrete_fields if not each.generated]
    without_key = [each for each in written if not isinstance(each, AutoField)]
    returned = [each for each in meta.local_concrete_fields if each.db_returning]
    _tables[model] = Table(meta.db_table, written, without_key, returned)
    return _tables[model]


def _sql(table: Table, fields: Sequence[Any], database: BaseDatabaseWrapper, *, has_key: bool) -> str:
    kept = table.sql.get((database.vendor, has_key))
    if kept is None:
        quoted = database.ops.quote_name
        columns = ", ".join(quoted(each.column) for each in fields)
        marks = ", ".join(["%s"] * len(fields))
        kept = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608  (names of our own tables)
        if table.returned:
            kept += f" RETURNING {', '.join(quoted(each.column) for each in table.returned)}"
        table.sql[database.vendor, has_key] = kept
    return kept
