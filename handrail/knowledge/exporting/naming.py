"""Under which file name each article leaves, the same every time: its source's own, else its first slug."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handrail.knowledge.articles import Article
from handrail.knowledge.slugs import slug_of
from handrail.knowledge.troubleshooting.models import Troubleshooter
from handrail.knowledge.troubleshooting.tree import said
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
    slug = text.slug if text else _drawn_name(article)
    stem = UNFIT.sub("-", own or slug).strip("-.")
    return stem[:100] or f"article-{article.pk}"


def _drawn_name(article: Article) -> str:
    """The name of a troubleshooter that was never shown: its article has no text yet."""
    one: Troubleshooter | None = getattr(article, "troubleshooter", None)
    return slug_of(said(one.drawn.name, article.original_locale)) if one else ""
