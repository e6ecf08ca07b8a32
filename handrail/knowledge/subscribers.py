"""What the room hears of itself: those who follow an article are told that it changed."""

from __future__ import annotations

from handrail.core.events.models import Event
from handrail.core.events.registry import subscribe
from handrail.knowledge.articles import Article
from handrail.knowledge.telling import tell_followers


@subscribe("article.published", queue="mail")
def tell_those_who_follow(event: Event) -> None:
    """Each follower gets a job of their own, so that one address that fails holds nobody up."""
    article = Article.objects.select_related("topic__product__brand").filter(pk=event.subject_id).first()
    if article:
        tell_followers(article)
