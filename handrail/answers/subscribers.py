"""The index hears of every change to an article: rows inside its transaction, vectors soon after."""

from __future__ import annotations

from handrail.answers import contexts, jobs, projection
from handrail.answers.learn import relabel
from handrail.core.events.models import Event
from handrail.core.events.registry import project, subscribe
from handrail.knowledge.models import Article, Topic

CHANGES = ("article.published", "article.withdrawn", "article.changed")


@project(*CHANGES)
def index_article(event: Event) -> None:
    """Rows that search reads agree with the article when the change commits."""
    if event.data.get("field") == "is_pinned":
        return
    article = Article.objects.select_related("topic").get(pk=event.subject_id)
    projection.project(article)
    relabel(article)


@project("product.offered", "topic.offered", "topic.moved")
def index_context(event: Event) -> None:
    """What is said of where articles stand agrees with the names on screen when the change commits."""
    if event.verb == "product.offered":
        topics = list(Topic.objects.filter(product=event.subject_id).with_texts())
    else:
        topics = Topic.objects.get(pk=event.subject_id).subtree()
    contexts.renew(topics)


@subscribe("article.published", "product.offered", "topic.offered", "topic.moved", queue="index")
def encode_article(event: Event) -> None:
    """Vectors for new wordings; until then they are found by words."""
    # One job for however many articles an import publishes at once.
    jobs.encode.using(dedupe_key="answers.encode").enqueue()


@subscribe("ask.solved")
def learn_from_solved(event: Event) -> None:
    """Somebody said that this article solved their question."""
    jobs.keep_solved(event.subject_id, event.data["article"], event.actor)
