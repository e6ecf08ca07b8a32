"""The lexical index on SQLite: one FTS5 table whose columns hold our own terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from handrail.answers.analysis.terms import FIELDS, Terms
from handrail.answers.entries import EntryQuerySet
from handrail.answers.index import Term

# The terms are ours already: `ascii` splits at spaces only and keeps every other script whole.
CREATE = (
    "CREATE VIRTUAL TABLE answers_fts USING fts5(word, gram, letter, tokenize=\"ascii tokenchars '_'\")",
    "CREATE VIRTUAL TABLE answers_fts_terms USING fts5vocab('answers_fts', 'col')",
)
DROP = ("DROP TABLE answers_fts_terms", "DROP TABLE answers_fts")
# Words weigh most; pairs and letters help where words were mistyped or run together.
ORDER = "bm25(answers_fts, 1.0, 0.5, 0.3)"


class SqliteIndex:
    postings_max = 6000

    def add(self, rows: Sequence[tuple[int, Terms]]) -> None:
        values: list[list[int | str]] = [
            [pk, *(" ".join(terms[field]) for field in FIELDS)] for pk, terms in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO answers_fts(rowid, word, gram, letter) VALUES (%s, %s, %s, %s)", values
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM answers_fts WHERE rowid = %s", [(pk,) for pk in entry_ids])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM answers_fts")

    def counts(self, terms: Iterable[Term]) -> dict[Term, int]:
        wanted = list(set(terms))
        if not wanted:
            return {}
        marks = ", ".join(["%s"] * len(wanted))
        sql = f"SELECT col, term, doc FROM answers_fts_terms WHERE term IN ({marks})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [term for _field, term in wanted])
            asked = set(wanted)
            return {(field, term): doc for field, term, doc in cursor.fetchall() if (field, term) in asked}

    def propose(self, terms: Sequence[Term], *, within: EntryQuerySet, limit: int) -> list[int]:
        if not terms:
            return []
        # The MATCH and the rank are FTS5's own; everything variable goes in as a parameter.
        rows = within.extra(  # noqa: S610
            tables=["answers_fts"],
            where=["answers_fts MATCH %s AND answers_fts.rowid = answers_entry.id"],
            params=[_match(terms)],
            select={"score": ORDER},
            order_by=["score"],
        )
        return [pk for pk, _score in rows.values_list("pk", "score")[:limit]]

    def refresh(self) -> None:
        """FTS5 counts by itself."""


def _match(terms: Sequence[Term]) -> str:
    groups = []
    for field in FIELDS:
        quoted = ['"' + term.replace('"', '""') + '"' for of, term in terms if of == field]
        if quoted:
            groups.append(f"{field} : ({' OR '.join(quoted)})")
    return " OR ".join(groups)
