"""By what an article is known wherever it travels: the moment and number it was begun under, at the site it was begun on.

Exports carry this key, so that what comes back is the same article, and what goes elsewhere comes in there once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC

from handrail.knowledge.articles import Article

KEY = re.compile(r"handrail:\d{20}-(\d{1,18})")
NAME_CHARS_MAX = 200


def key_of(article: Article) -> str:
    """The key of an article begun here; of one that came with a key, that key."""
    return _came_with(article) or (
        f"handrail:{article.created_at.astimezone(UTC):%Y%m%d%H%M%S%f}-{article.pk}"
    )


def is_key(said: object) -> bool:
    return isinstance(said, str) and KEY.fullmatch(said) is not None


def source_of(key: str, place: str) -> str:
    """What an article that came with a key remembers: the key, and the name of its file, under which it leaves again."""
    return f"{key}/{place.rpartition('/')[2][:NAME_CHARS_MAX]}"


def is_begun_here(article: Article, key: str) -> bool:
    """Whether the article with this key was not brought here by an export, but begun here."""
    return _came_with(article) != key


def holding(keys: Collection[str]) -> dict[str, Article]:
    """key -> article, of those that are here."""
    rows = Article.objects.select_related("imported", "owner", "segment", "topic__product__brand")
    numbers = [int(match[1]) for key in keys if (match := KEY.fullmatch(key))]
    found = {key_of(article): article for article in rows.filter(pk__in=numbers)}
    if keys:
        found |= {key_of(article): article for article in rows.filter(source__startswith="handrail:")}
    return {key: found[key] for key in keys if key in found}


def _came_with(article: Article) -> str:
    key = article.source.partition("/")[0]
    return key if KEY.fullmatch(key) else ""
