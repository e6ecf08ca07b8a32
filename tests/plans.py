"""How a database would walk what was asked; of SQLite: which steps go through a whole table of conversations."""

import re

from django.db import connection

LISTED = '"deleted_at" IS NULL AND "side_of_id" IS NULL'
TABLES = "conversation|message|note|delivery|participant|endpoint|link|notice|mention"
NAMED = re.compile(rf'"(conversations_(?:{TABLES}))"(?: (\w+))?')


def walked(queries):
    """Steps of the plans that go through a whole table of conversations, and the sentence each is of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, COALESCE(sql, '') FROM sqlite_master WHERE type = 'index'")
        indexes = cursor.fetchall()
        # An index of the few that wait may be read whole; one of all that lists show is of nearly all.
        of_few = {name for name, _of, made in indexes if " WHERE " in made and LISTED not in made}
        # Two parts of a sentence may call different tables by one name; the index says which is meant.
        of_others = {name for name, of, _made in indexes if not NAMED.match(f'"{of}"')}
        for sql in (query["sql"] for query in queries if query["sql"].startswith("SELECT")):
            names = {name for pair in NAMED.findall(sql) for name in pair if name}
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            for step in (row[3] for row in cursor.fetchall()):
                words = step.split()
                if words[0] == "SCAN" and words[1] in names and words[-1] not in of_few | of_others:
                    yield step, sql


def steps(sql):
    """The plan of one sentence, as text. PostgreSQL says how it would go where a table is large: these are of few rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("EXPLAIN " + sql)
            said = "\n".join(row[0] for row in cursor.fetchall())
            cursor.execute("RESET enable_seqscan")
            cursor.execute("RESET enable_sort")
            return said
        cursor.execute("EXPLAIN QUERY PLAN " + sql)
        return "\n".join(row[3] for row in cursor.fetchall())
