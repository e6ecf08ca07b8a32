"""The index hears of every change to an article: rows inside its transaction, vectors soon after."""

from __future__ import annotations

from handrail.answers import contexts, jobs, projection, resolutions, unlearning
from handrail.answers.labels import Evidence
from handrail.answers.learn import relabel
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.events.registry import project, subscribe
from handrail.knowledge.models import Article, Topic

HEARD = {
    "ask.solved": Evidence.SOLVED,
    "ask.opened": Evidence.CLICKED,
    "ask.refused": Evidence.REFUSED,
}
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


@subscribe("ask.solved", "ask.opened", "ask.rated", "ask.refused")
def learn_from_ask(event: Event) -> None:
    """What somebody did with an answer is a vote on their question."""
    kind = HEARD.get(event.verb) or (Evidence.HELPFUL if event.data.get("is_helpful") else Evidence.UNHELPFUL)
    jobs.keep_evidence(event.subject_id, event.data.get("article"), kind, event.actor)


@subscribe("conversation.status_changed")
def learn_from_resolution(event: Event) -> None:
    """A conversation was solved: the article that an agent sent last answered the question before it."""
    if event.data.get("new") == "solved" and event.data.get("old") != "solved":
        resolutions.learn_from(event.subject_id, is_solved=True)


@subscribe("message.sent")
def learn_from_sent(event: Event) -> None:
    """An agent put an article into a reply."""
    if event.actor.kind == "staff":
        resolutions.learn_from(event.subject_id, is_solved=False)


@subscribe("conversation.team_changed", "team.changed")
def forget_what_became_private(event: Event) -> None:
    """A conversation went to a private team, or its team became one: what was learned from it goes."""
    if event.verb == "conversation.team_changed":
        unlearning.forget_private(number=event.subject_id, by=SYSTEM)
    elif event.data.get("is_private"):
        unlearning.forget_private(team=event.subject_id, by=SYSTEM)
