"""Where an article stands: under which topic, and before which other article there."""

from __future__ import annotations

from django.db import transaction

from handrail.core.actors import CanAct
from handrail.knowledge.articles import Article
from handrail.knowledge.nesting import placed, set_order
from handrail.knowledge.products import Topic


@transaction.atomic
def place(article: Article, topic: Topic, *, by: CanAct, before: Article | None = None) -> None:
    """Put an article under a topic, before another one there, or last. Its address stays: the number leads to it."""
    beside: list[Article] = list(topic.articles.exclude(pk=article.pk))
    article.move(topic, by=by)
    set_order(placed(beside, article, before))
