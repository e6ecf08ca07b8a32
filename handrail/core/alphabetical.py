"""The order of lists by name: 가나다 in Korean, a to z in English, and the same on every database.

A database's own collation is whatever its host was set up with, and some put Hangul in an order nobody reads. Hangul syllables
stand 가나다 by their code points, so names are compared by those; Latin letters without their case.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler


class Alphabetical(Func):
    """order_by(Alphabetical("name"), "pk"). SQLite's lower() knows ASCII alone; PostgreSQL's does so under "C"."""

    arity = 1
    template = "LOWER(%(expressions)s) COLLATE BINARY"

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template='LOWER((%(expressions)s) COLLATE "C") COLLATE "C"', **more
        )


def in_order(name: str) -> str:
    """What a name is sorted by where the list is made in Python."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)
