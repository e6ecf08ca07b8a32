"""The panel of furniture: an article's labels, what to read next, and files to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from handrail.knowledge.models import Article, ArticleLabel
from handrail.workspace.locales import best

LABELS_OFFERED_MAX = 200


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """What it has now, and the labels there are."""
    chosen = article.related.prefetch_related("translations__published", "translations__draft")
    return {
        "labels": ", ".join(article.labels.values_list("name", flat=True)),
        "known": list(ArticleLabel.objects.values_list("name", flat=True)[:LABELS_OFFERED_MAX]),
        "related": "\n".join(f"{each.pk} {_title(each, request.viewer.locale)}" for each in chosen),
        "downloads": list(article.files.downloads()),
        "locale": locale,
    }


def _title(article: Article, locale: str) -> str:
    text = best(article.translations.all(), locale)
    return text.title if text else ""
