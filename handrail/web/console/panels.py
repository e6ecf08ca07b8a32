"""The panels beside an article's text, in order: one template a panel, and what it needs to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from handrail.knowledge.models import Article
from handrail.web.console import (
    article_care,
    article_furniture,
    article_life,
    article_place,
    article_readers,
)

Gather = Callable[[HttpRequest, Article, str], dict[str, Any]]


@dataclass(frozen=True)
class Panel:
    """`template` is included with what `gather(request, article, locale)` returns as `panel`."""

    template: str
    gather: Gather


PANELS = [
    Panel("console/panels/life.html", article_life.gather),
    Panel("console/panels/place.html", article_place.gather),
    Panel("console/panels/furniture.html", article_furniture.gather),
    Panel("console/panels/care.html", article_care.gather),
    Panel("console/panels/readers.html", article_readers.gather),
]


def panels(request: HttpRequest, article: Article, locale: str) -> list[dict[str, Any]]:
    """What the article page draws beside the text."""
    return [{"template": each.template, "data": each.gather(request, article, locale)} for each in PANELS]
