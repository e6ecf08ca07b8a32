"""GET /hc/<locale>/suggest?query=&product=: articles for what has been typed so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.answers.results import Hit
from handrail.answers.suggest import suggest
from handrail.knowledge.models import Article, Product
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.scope import chosen

LETTERS_MAX = 300


@never_cache
@in_locale
def suggestions(request: HttpRequest, locale: str) -> JsonResponse:
    """{"suggestions": [{"title", "url", "note"}]}; note is the product, where none is picked. Nothing is kept."""
    viewer = request.viewer  # type: ignore[attr-defined]
    typed = request.GET.get("query", "")[:LETTERS_MAX]
    product = chosen(request)
    hits = suggest(typed, viewer, locale=locale, product=product)
    return JsonResponse({"suggestions": rows(hits, viewer, locale, product)})


def rows(hits: list[Hit], viewer: Viewer, locale: str, scope: Product | None) -> list[dict[str, Any]]:
    """Each hit as the field shows it, under the reader's own language."""
    found = Article.objects.visible_to(viewer).filter(pk__in=[hit.article for hit in hits]).with_published()
    articles = {article.pk: article for article in found}
    return [
        {
            "title": hit.title,
            "url": addresses.article(articles[hit.article], locale),
            "note": "" if scope else articles[hit.article].topic.product.name(locale),
        }
        for hit in hits
        if hit.article in articles
    ]
