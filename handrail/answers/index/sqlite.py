"""The lexical index on SQLite: one FTS5 table whose columns hold our own terms."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from handrail.answers.analysis.terms import FIELDS, Terms
from handrail.answers.entries import IndexState, Within
from handrail.answers.index import Term
from handrail.answers.index.bm25 import Corpus
from handrail.core.prepared import rows_of, sql_with

# The terms are ours already: `ascii` splits at spaces only and keeps every other script whole.
CREATE = (
    "CREATE VIRTUAL TABLE answers_fts USING fts5(word, gram, letter, tokenize=\"ascii tokenchars '_'\")",
    "CREATE VIRTUAL TABLE answers_fts_terms USING fts5vocab('answers_fts', 'col')",
)
DROP = ("DROP TABLE answers_fts_terms", "DROP TABLE answers_fts")
# Words weigh most; pairs and letters help where words were mistyped or run together.
ORDER = "bm25(answers_fts, 1.0, 0.5, 0.3)"
# FTS5 counts a term by walking over all its rows, so what many rows hold is counted now and then only.
COMMON_FROM = 200  # rows
COUNTED_FOR = 300.0  # seconds
ALIKE = 0.1  # a count stands while the index has grown or shrunk by less than this share of its rows
PROPOSED = 5  # times as many rows as wanted, before it is known which of them the viewer may see


class Counted(NamedTuple):
    """In how many rows a term stood, when the index had so many, and until when that is believed (monotonic seconds)."""

    rows: int
    entries: int
    until: float


class SqliteIndex:
    postings_max = 6000

    def __init__(self) -> None:
        self._common: dict[tuple[str, Term], Counted] = {}

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
        wanted = set(terms)
        found = self._still_common(wanted)
        counted = self._counted(wanted - found.keys())
        common = {term: count for term, count in counted.items() if count >= COMMON_FROM}
        if common:
            site, entries = _site(), IndexState.now().entries
            until = time.monotonic() + COUNTED_FOR
            self._common |= {(site, term): Counted(count, entries, until) for term, count in common.items()}
        return found | counted

    def _still_common(self, wanted: set[Term]) -> dict[Term, int]:
        """What was counted lately of these, as far as it was counted in an index like the one there is now.

        A restored backup or a deleted help centre leaves rows behind that no count of before is true of.
        """
        site = _site()
        kept = {term: self._common[site, term] for term in wanted if (site, term) in self._common}
        if not kept:
            return {}
        now, entries = time.monotonic(), IndexState.now().entries
        return {
            term: counted.rows
            for term, counted in kept.items()
            if now < counted.until and abs(counted.entries - entries) < ALIKE * counted.entries
        }

    def propose(
        self, terms: Sequence[Term], *, within: Within, limit: int, corpus: Corpus | None = None
    ) -> list[int]:
        if not terms:
            return []
        match = _match(terms)
        sql = f"SELECT rowid FROM answers_fts WHERE answers_fts MATCH %s ORDER BY {ORDER} LIMIT %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [match, PROPOSED * limit])
            best = [pk for (pk,) in cursor.fetchall()]
        seen = {
            pk
            for (pk,) in rows_of(
                *sql_with(("seen", within.shape), partial(_seen, within), best, within.without)
            )
        }
        if len(best) < PROPOSED * limit or len(seen) >= limit:
            return [pk for pk in best if pk in seen][:limit]
        return self._among_what_is_seen(match, within, limit)

    def _among_what_is_seen(self, match: str, within: Within, limit: int) -> list[int]:
        """For a viewer who may see little of what was found best: slower, and missing nothing."""
        # The MATCH and the rank are FTS5's own; everything variable goes in as a parameter.
        rows = within.rows().extra(  # noqa: S610
            tables=["answers_fts"],
            where=["answers_fts MATCH %s AND answers_fts.rowid = answers_entry.id"],
            params=[match],
            select={"score": ORDER},
            order_by=["score"],
        )
        return [pk for pk, _score in rows.values_list("pk", "score")[:limit]]

    def _counted(self, wanted: set[Term]) -> dict[Term, int]:
        if not wanted:
            return {}
        marks = ", ".join(["%s"] * len(wanted))
        sql = f"SELECT col, term, doc FROM answers_fts_terms WHERE term IN ({marks})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [term for _field, term in wanted])
            return {(field, term): doc for field, term, doc in cursor.fetchall() if (field, term) in wanted}

    def refresh(self) -> None:
        """FTS5 counts by itself."""


def _site() -> str:
    return str(connection.settings_dict["NAME"])


def _seen(within: Within, among: list[int], without: str) -> QuerySet[Any, Any]:
    return within.of(without).filter(pk__in=among).values_list("pk")


def _match(terms: Sequence[Term]) -> str:
    groups = []
    for field in FIELDS:
        quoted = ['"' + term.replace('"', '""') + '"' for of, term in terms if of == field]
        if quoted:
            groups.append(f"{field} : ({' OR '.join(quoted)})")
    return " OR ".join(groups)
