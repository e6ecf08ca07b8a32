"""The panel of readers: what the article did for them in the last 28 days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from handrail.insights.readers import Readers, readers
from handrail.insights.searching import lately
from handrail.knowledge.models import Article

DAYS = 28


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """Its numbers, of all languages together."""
    told = readers(request.viewer, lately(DAYS), only=article.pk)
    return {"readers": told[0] if told else Readers(article.pk)}
