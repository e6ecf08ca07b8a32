"""What was deleted leaves the database's own files too.

SQLite writes zeros over it (`secure_delete`, config/databases.py), but the journal beside the file goes on holding pages as
they were. PostgreSQL keeps them until its own housekeeping takes their place; docs/operators/running.md says how to hurry it.
"""

from __future__ import annotations

from django.db import OperationalError, connection


def empty_journal() -> bool:
    """Bring the write-ahead journal of SQLite into the database and cut it to nothing.

    False where a reader still needs it: then try again. True elsewhere, also within a transaction, whose pages are not on the
    disk yet.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:
            return False
        is_busy, _pages, _moved = cursor.fetchone()
    return not is_busy


def rewrite() -> None:
    """Write the whole database anew, without anything that was deleted at whatever time. It stands still meanwhile, and needs
    as much room again on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM" if connection.vendor == "sqlite" else "VACUUM (FULL)")
    empty_journal()
