"""Words that mean the same to this site's customers: whoever asks with one is answered as if they had said the others.

Kept in sets, each in one language: `환불, 반품, 리펀드`. The answer engine asks `also_said` of every question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Max, Value

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.prepared import rows_of, sql_of
from handrail.workspace.locales import LocaleField

WORDS_MAX = 20
LETTERS_MAX = 40
SETS_MAX = 2000


class SynonymSet(models.Model):
    """Two words or more that mean the same, as people type them."""

    locale = LocaleField()
    words = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["locale", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.words)

    @classmethod
    @transaction.atomic
    def keep(cls, locale: str, words: Sequence[str], *, by: CanAct) -> SynonymSet:
        """One more set. Raises ValueError for fewer than two words."""
        row = cls(locale=locale, words=tidy(words))
        row.save()
        record("synonyms.kept", row, by=by, locale=locale, words=row.words)
        return row

    @transaction.atomic
    def rewrite(self, words: Sequence[str], *, by: CanAct) -> None:
        """Other words in place of these. Raises ValueError for fewer than two."""
        old, self.words, self.changed_at = self.words, tidy(words), clock.now()
        self.save(update_fields=["words", "changed_at"])
        record("synonyms.kept", self, by=by, locale=self.locale, old=old, words=self.words)

    @transaction.atomic
    def drop(self, *, by: CanAct) -> None:
        record("synonyms.dropped", self, by=by, locale=self.locale, words=self.words)
        self.delete()


def tidy(words: Sequence[str]) -> list[str]:
    """Each word once, single-spaced, at most WORDS_MAX of them. Raises ValueError for fewer than two."""
    kept = list(dict.fromkeys(" ".join(word.split())[:LETTERS_MAX] for word in words if word.strip()))
    if len(kept) < 2:
        raise ValueError("A set of synonyms needs two words at least.")
    return kept[:WORDS_MAX]


def also_said(text: str) -> list[str]:
    """The other words of every set of which `text` holds one, in order; a Korean word may carry its particle."""
    ((count, last, changed),) = rows_of(*sql_of("state of the synonyms", _state))
    if not count:
        return []
    pattern, others = _sets(count, last, changed)
    found: dict[str, None] = {}
    for match in pattern.finditer(_plain(text)):
        found |= dict.fromkeys(others[match[1]])
    return list(found)


def said_as_written(text: str, known: Callable[[str], int]) -> str:
    """`text` with each word of a set that is written nowhere here in the set's own word that is written most; `known` tells
    how often a word is."""
    ((count, last, changed),) = rows_of(*sql_of("state of the synonyms", _state))
    if not count:
        return text
    pattern, others = _sets(count, last, changed)

    def written(match: re.Match[str]) -> str:
        word = match[1]
        best = max(others[word], key=known, default=word)
        return best if not known(word) and known(best) else word

    swapped = pattern.sub(written, _plain(text))
    return swapped if swapped != _plain(text) else text


def _state() -> models.QuerySet[SynonymSet, Any]:
    """How many sets there are, the last of them, and when one changed last."""
    counted = SynonymSet.objects.order_by().values(all=Value(1))
    return counted.annotate(count=Count("pk"), last=Max("pk"), changed=Max("changed_at")).values_list(
        "count", "last", "changed"
    )


@lru_cache(maxsize=2)
def _sets(count: int, last: int, changed: object) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """A pattern of every word, the longest first, and the other words of each; `changed` names the state read."""
    others: dict[str, list[str]] = {}
    for words in SynonymSet.objects.values_list("words", flat=True)[:SETS_MAX]:
        for word in words:
            others.setdefault(_plain(word), []).extend(each for each in words if each != word)
    longest_first = sorted(others, key=len, reverse=True)
    # A word begins where no letter stands before it. Latin words end where no letter follows; Korean particles may.
    ends = [re.escape(word) + (r"(?![a-z0-9])" if word[-1].isascii() else "") for word in longest_first]
    return re.compile(rf"(?<!\w)({'|'.join(ends)})"), others


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
