"""The index hears of every change to an article: rows inside its transaction, vectors soon after."""

from __future__ import annotations

from handrail.answers import jobs, projection
from handrail.answers.learn import relabel
from handrail.core.events.models import Event
from handrail.core.events.registry import project, subscribe
from handrail.knowledge.models import Article

CHANGES = ("article.published", "article.withdrawn", "article.changed")


@project(*CHANGES)
def index_article(event: Event) -> None:
    """Rows that search reads agree with the article when the change commits."""
    if event.data.get("field") == "is_pinned":
        return
    article = Article.objects.select_related("topic").get(pk=event.subject_id)
    projection.project(article)
    relabel(article)


@subscribe("article.published", queue="index")
def encode_article(event: Event) -> None:
    """Vectors for new wordings; until then they are found by words."""
    # One job for however many articles an import publishes at once.
    jobs.encode.using(dedupe_key="answers.encode").enqueue()


@subscribe("ask.solved")
def learn_from_solved(event: Event) -> None:
    """Somebody said that this article solved their question."""
    jobs.keep_solved(event.subject_id, event.data["article"], event.actor)
