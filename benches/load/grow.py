"""A filled database made larger with the database's own copying: for the growth of lists, whose rows may repeat words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FROM = 100_000
INDEX = "conversations_words_index"
TABLES = {
    "conversations_conversation": "number",
    "conversations_participant": "conversation_id",
    "conversations_words": "conversation_id",
}
# Different for every copy: what is unique, and the moment a list sorts by.
EARLIER = "strftime('%Y-%m-%d %H:%M:%f000', {column}, '-{{copy}}.{{copy:03d}} seconds')"
CHANGED = {
    "number": "number + {shift}",
    "conversation_id": "conversation_id + {shift}",
    "public_id": "public_id || '-{copy}'",
    **{column: EARLIER.format(column=column) for column in ("last_message_at", "listed_at")},
}


def grow(database: Path, *, to: int) -> None:
    """Copy the conversations of a database of FROM until there are `to`. No messages: no list reads them."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for copy in range(1, to // FROM):
            for table in TABLES:
                _copy(connection, table, copy)
        connection.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def _copy(connection: sqlite3.Connection, table: str, copy: int) -> None:
    # The last field of a column's description: 0 for one that is written, others are worked out by the database.
    columns = [
        row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0 and row[1] != "id"
    ]
    values = [CHANGED.get(name, f'"{name}"').format(copy=copy, shift=copy * FROM) for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {TABLES[table]} <= {FROM}"
    )
