"""Words tied to an article by a higher room, which give its answer whatever its text says: they leave and come in with it.

The room that keeps them says how (`kept_by`); where none does, there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from handrail.core.actors import CanAct
from handrail.knowledge.articles import Article


@dataclass(frozen=True)
class Taken:
    """`word` leads to `article` already, so no word was tied."""

    word: str
    article: Article


class Keeper(Protocol):
    def words_of(self, articles: Sequence[Article]) -> dict[int, list[str]]:
        """article id -> its words, of those that have any."""

    def tie(self, words: Sequence[str], article: Article, *, by: CanAct) -> Taken | None:
        """Tie these words in place of those there are, or none at all where one is taken; with no words, untie."""


KEEPERS: list[Keeper] = []


def kept_by(keeper: Keeper) -> None:
    """Let a higher room's words leave and come in with the articles they lead to."""
    KEEPERS[:] = [keeper]


def words_of(articles: Sequence[Article]) -> dict[int, list[str]]:
    """article id -> the words that lead to it."""
    return KEEPERS[0].words_of(articles) if KEEPERS else {}


def tie(words: Sequence[str], article: Article, *, by: CanAct) -> Taken | None:
    """Let these words lead to the article and no others; None where they do now."""
    return KEEPERS[0].tie(words, article, by=by) if KEEPERS else None
