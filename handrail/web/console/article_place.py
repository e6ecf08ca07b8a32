"""The panel of place: who may read an article, under which topic it stands, and until when it is listed."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.knowledge.films import purposes
from handrail.knowledge.models import Article, Topic
from handrail.web.console.for_whom import audiences


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """What it is now, and what can be chosen."""
    reader = request.viewer
    topics = Topic.objects.with_texts().select_related("parent")
    named = [
        (topic.pk, f"{topic.product.name(reader.locale)} › {topic.name(reader.locale)}")
        for topic in sorted(topics, key=lambda each: (each.product.position, each.product_id, each.position))
    ]
    ends = article.ends_at.astimezone(ZoneInfo(reader.zone)) if article.ends_at else None
    return {
        "topics": named,
        "audiences": audiences(),
        "purposes": [("", _("Not said")), *purposes().items()],
        "ends_at": ends.strftime("%Y-%m-%dT%H:%M") if ends else "",
        "followers": article.followers.standing().count(),
        "locale": locale,
    }
