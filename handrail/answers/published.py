"""What is published of articles, as far as a reader may see it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from handrail.accounts.viewer import Viewer
from handrail.answers.cautions import may_warn
from handrail.answers.results import Text
from handrail.core import clock
from handrail.core.prepared import rows_of, sql_with
from handrail.knowledge.audiences import alike, settled
from handrail.knowledge.models import Article, ProductText, Translation
from handrail.workspace.locales import best


def published_texts(articles: list[int], viewer: Viewer, locale: str) -> dict[int, Text]:
    """Read again, with its permission, whatever is about to be shown: article id -> text for this reader."""
    if not articles:
        return {}
    reader = settled(viewer)
    build = partial(_published, reader)
    found = rows_of(*sql_with(("published texts", alike(reader)), build, articles, locale, clock.now()))
    by_article: dict[int, list[Text]] = {}
    for row in found:
        text = Text(*row)
        by_article.setdefault(text.article, []).append(replace(text, product=text.product or ""))
    texts = {article: best(rows, locale) for article, rows in by_article.items()}
    return {article: text for article, text in texts.items() if text is not None}


def _published(viewer: Viewer, articles: list[int], locale: str, now: datetime) -> QuerySet[Any, Any]:
    visible = Article.objects.visible_to(viewer).listed(now).filter(pk__in=articles)
    found = Translation.objects.filter(article__in=visible, published__isnull=False)
    named = ProductText.objects.filter(product=OuterRef("article__topic__product")).order_by("pk")
    product = Coalesce(
        Subquery(named.filter(locale=locale).values("name")[:1]), Subquery(named.values("name")[:1])
    )
    columns = ("article_id", "locale", "slug", "published__title", "published__number", "product", "warns")
    warns = ExpressionWrapper(may_warn(), output_field=BooleanField())
    return found.annotate(product=product, warns=warns).values_list(*columns)
