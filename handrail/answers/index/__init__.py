"""The lexical index: terms to rows, kept in the same database and the same transaction as the articles.

`LexicalIndex` is the port. SQLite answers with FTS5, PostgreSQL with a GIN index; both only propose rows, and
bm25.py scores them, so that a site finds the same on either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django.db import connection

from handrail.answers.analysis.terms import Terms
from handrail.answers.entries import Within

if TYPE_CHECKING:
    from handrail.answers.index.bm25 import Corpus

Term = tuple[str, str]  # field, term
Counts = Mapping[Term, int]


class LexicalIndex(Protocol):
    """Proposes rows that share terms with a question."""

    postings_max: int
    """How many rows the chosen terms may lead to in all; rare terms are chosen first."""

    def add(self, rows: Sequence[tuple[int, Terms]]) -> None:
        """Make rows findable, in the caller's transaction: entry id and its terms."""

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Make rows unfindable, in the caller's transaction. Call it before the rows are deleted."""

    def clear(self) -> None:
        """Forget every row."""

    def counts(self, terms: Iterable[Term]) -> dict[Term, int]:
        """In how many rows each term is found; terms found in none are left out."""

    def propose(
        self, terms: Sequence[Term], *, within: Within, limit: int, corpus: Corpus | None = None
    ) -> list[int]:
        """Ids of the rows of `within` that share most with `terms`, best first, at most `limit`.

        corpus  of these very terms, where the caller has it already; asked for if needed
        """

    def refresh(self) -> None:
        """Bring the counts up to date; called by the worker after changes."""


def lexical_index() -> LexicalIndex:
    """The index of the database in use."""
    return _for_vendor(connection.vendor)


@lru_cache(maxsize=4)
def _for_vendor(vendor: str) -> LexicalIndex:
    if vendor == "postgresql":
        from handrail.answers.index.postgres import PostgresIndex

        return PostgresIndex()
    from handrail.answers.index.sqlite import SqliteIndex

    return SqliteIndex()


def choose(terms: Iterable[Term], counts: Counts, *, postings_max: int) -> list[Term]:
    """The rarest known terms that together lead to at most `postings_max` rows, and three at least.

    Common terms cost nearly all the time and hardly change who is proposed; scores still count them.
    """
    chosen: list[Term] = []
    postings = 0
    for term in sorted({term for term in terms if term in counts}, key=lambda term: (counts[term], term)):
        postings += counts[term]
        if postings > postings_max and len(chosen) >= 3:
            break
        chosen.append(term)
    return chosen
