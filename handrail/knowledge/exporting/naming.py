"""Under which file name each article leaves, the same every time: its source's own, else its first slug."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handrail.knowledge.articles import Article
from handrail.workspace.locales import best

UNFIT = re.compile(r"[^\w.-]+")


def names_of(articles: Iterable[Article]) -> dict[int, str]:
    """article id -> `orders/refunds/how-to-return`: product, topic and name, each once, in the order of the articles."""
    taken: set[str] = set()
    named: dict[int, str] = {}
    for article in articles:
        folder = f"{article.topic.product.slug}/{article.topic.slug}"
        wanted = f"{folder}/{_stem(article)}"
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        named[article.pk] = name
    return named


def _stem(article: Article) -> str:
    own = article.source.rpartition("/")[2]
    text = best(article.translations.all(), article.original_locale)
    stem = UNFIT.sub("-", own or (text.slug if text else "")).strip("-.")
    return stem[:100] or f"article-{article.pk}"
