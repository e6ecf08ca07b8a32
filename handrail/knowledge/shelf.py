"""The authors' list: every article there is, narrowed and counted, in pages that stay put while others write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article, ArticleQuerySet
from handrail.knowledge.checking import today
from handrail.knowledge.products import Topic
from handrail.knowledge.stages import Stage
from handrail.knowledge.translations import Translation

PAGE_ROWS = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CURSOR = re.compile(r"(\d{1,17})-(\d{1,17})")
STATES = ("draft", "review", "approved", "scheduled", "published", "checking", "outdated", "archived")


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `owner`: an id, or 0 for nobody's. `lacks`: a language with no published text."""

    state: str = ""
    locale: str = ""
    lacks: str = ""
    product: int | None = None
    topic: int | None = None
    owner: int | None = None
    query: str = ""

    @property
    def any(self) -> bool:
        ids = (self.product, self.topic, self.owner)
        return bool(self.locale or self.lacks or self.query or any(pk is not None for pk in ids))


@dataclass(frozen=True)
class Page:
    """Articles with their texts, and where the next page begins ("" at the end)."""

    articles: list[Article]
    after: str = ""


def page(viewer: Viewer, filters: Filters, *, after: str = "", rows: int = PAGE_ROWS) -> Page:
    """One page, the article written last first. A broken cursor shows the first page."""
    articles = in_state(narrowed(Article.objects.editable_by(viewer), filters), filters.state)
    if cursor := CURSOR.fullmatch(after):
        moment, pk = EPOCH + timedelta(microseconds=int(cursor[1])), int(cursor[2])
        articles = articles.filter(Q(written_at__lt=moment) | Q(written_at=moment, pk__lt=pk))
    texts = Translation.objects.with_titles()
    loaded = articles.select_related("owner").prefetch_related(
        Prefetch("translations", texts), Prefetch("topic", Topic.objects.with_texts())
    )
    found = list(loaded.order_by("-written_at", "-pk")[: rows + 1])
    if len(found) <= rows:
        return Page(found)
    last = found[rows - 1]
    micros = (last.written_at - EPOCH) // timedelta(microseconds=1)
    return Page(found[:rows], f"{micros}-{last.pk}")


def counts(viewer: Viewer, filters: Filters) -> dict[str, int]:
    """State -> how many articles of these filters stand in it; "" for all that are not archived. One query."""
    articles = narrowed(Article.objects.editable_by(viewer), filters).order_by()
    return articles.aggregate(
        **{state or "all": Count("pk", filter=_state(state)) for state in ("", *STATES)}
    )


def narrowed(articles: ArticleQuerySet, filters: Filters) -> ArticleQuerySet:
    """The articles of all filters but the state."""
    if filters.product is not None:
        articles = articles.filter(topic__product=filters.product)
    if filters.topic is not None:
        articles = articles.filter(topic=filters.topic)
    if filters.owner is not None:
        articles = articles.filter(owner=filters.owner or None)
    if filters.locale:
        articles = articles.filter(Exists(_texts().filter(locale=filters.locale)))
    if filters.lacks:
        articles = articles.filter(~Exists(_texts().filter(locale=filters.lacks, published__isnull=False)))
    for word in filters.query.split()[:8]:
        said = Q()
        for place in ("published__title", "draft__title", "published__text", "draft__text", "slug"):
            said |= Q(**{f"{place}__icontains": word})
        articles = articles.filter(Exists(_texts().filter(said)))
    return articles


def in_state(articles: ArticleQuerySet, state: str) -> ArticleQuerySet:
    """Articles in one of STATES; every one that is not archived for ""."""
    return articles.filter(_state(state))


def _state(state: str) -> Q:
    if state == "archived":
        return Q(archived_at__isnull=False)
    picks: dict[str, Any] = {
        "": Q(),
        "draft": Exists(_texts().filter(stage__in=[Stage.DRAFT, Stage.CHANGES])),
        "review": Exists(_texts().filter(stage=Stage.REVIEW)),
        "approved": Exists(_texts().filter(stage=Stage.APPROVED)),
        "scheduled": Exists(_texts().filter(stage=Stage.SCHEDULED)),
        "published": Exists(_texts().filter(published__isnull=False)),
        "checking": Q(check_by__lt=today()) & Exists(_texts().filter(published__isnull=False)),
        "outdated": Exists(_texts().filter(outdated_at__isnull=False)),
    }
    return Q(archived_at=None) & picks[state]


def _texts() -> models.QuerySet[Translation]:
    return Translation.objects.filter(article=OuterRef("pk"))
