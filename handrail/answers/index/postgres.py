"""The lexical index on PostgreSQL: our terms as a tsvector under GIN, counted by the worker with ts_stat.

PostgreSQL's own ranking knows no rarity of words, so it proposes rows and bm25.py orders them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from handrail.answers.analysis.terms import FIELDS, Terms
from handrail.answers.entries import Within
from handrail.answers.index import Term
from handrail.answers.index.bm25 import Corpus
from handrail.core.prepared import rows_of, sql_with

CREATE = (
    "ALTER TABLE answers_entry ADD COLUMN lexemes tsvector",
    "CREATE INDEX answers_entry_lexemes ON answers_entry USING gin (lexemes) WITH (fastupdate = off)",
    "CREATE TABLE answers_term (lexeme text PRIMARY KEY, entries integer NOT NULL)",
)
DROP = ("DROP TABLE answers_term", "ALTER TABLE answers_entry DROP COLUMN lexemes")
REFRESH = (
    "INSERT INTO answers_term SELECT word, ndoc FROM ts_stat('SELECT lexemes FROM answers_entry') "
    "ON CONFLICT (lexeme) DO UPDATE SET entries = excluded.entries"
)
LEXEME_BYTES_MAX = 2000  # PostgreSQL takes 2,046


class PostgresIndex:
    postings_max = 900

    def add(self, rows: Sequence[tuple[int, Terms]]) -> None:
        values = [
            (sorted({lexeme for field in FIELDS for lexeme in _lexemes(field, terms)}), pk)
            for pk, terms in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE answers_entry SET lexemes = array_to_tsvector(%s) WHERE id = %s", values
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        """The lexemes go with their rows."""

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE answers_entry SET lexemes = NULL")

    def counts(self, terms: Iterable[Term]) -> dict[Term, int]:
        wanted = {f"{field[0]}{term}": (field, term) for field, term in terms}
        if not wanted:
            return {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT lexeme, entries FROM answers_term WHERE lexeme = ANY(%s)", [list(wanted)])
            found = dict(cursor.fetchall())
            # A term the worker has not counted yet is new: rare, but perhaps there.
            missing = [lexeme for lexeme in wanted if lexeme not in found]
            found |= self._count_new(cursor, missing)
        return {wanted[lexeme]: count for lexeme, count in found.items()}

    def propose(
        self, terms: Sequence[Term], *, within: Within, limit: int, corpus: Corpus | None = None
    ) -> list[int]:
        if not terms:
            return []
        query = " | ".join(_quoted(f"{field[0]}{term}") for field, term in terms)
        build = partial(_sharing, within, 4 * self.postings_max)
        found = rows_of(*sql_with(("sharing", within.shape), build, query, within.without))
        if not found:
            return []
        corpus = corpus or Corpus.now(terms, self.counts(terms))
        scores = corpus.scores([bytes(blob) for _pk, blob in found])
        order = (-(scores.bm25 @ (1.0, 0.5, 0.3))).argsort(kind="stable")[:limit]
        return [found[at][0] for at in order]

    @transaction.atomic
    def refresh(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM answers_term")
            cursor.execute(REFRESH)

    def _count_new(self, cursor: object, lexemes: list[str]) -> dict[str, int]:
        if not lexemes:
            return {}
        sql = (
            "SELECT l, n FROM unnest(%s::text[]) AS l, LATERAL "
            "(SELECT count(*) AS n FROM (SELECT 1 FROM answers_entry "
            "WHERE lexemes @@ array_to_tsvector(ARRAY[l])::text::tsquery LIMIT 50) AS few) AS counted WHERE n > 0"
        )
        cursor.execute(sql, [lexemes])  # type: ignore[attr-defined]
        return dict(cursor.fetchall())  # type: ignore[attr-defined]


def _sharing(within: Within, limit: int, query: str, without: str) -> QuerySet[Any, Any]:
    rows = within.of(without).extra(where=["answers_entry.lexemes @@ %s::tsquery"], params=[query])
    return rows.values_list("pk", "terms")[:limit]


def _lexemes(field: str, terms: Terms) -> list[str]:
    return [field[0] + term for term in terms[field] if len(term.encode()) < LEXEME_BYTES_MAX]


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
