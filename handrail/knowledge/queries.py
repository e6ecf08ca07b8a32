"""What several screens ask of several tables: the questions people have most, the news, and the how-tos."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce, Least

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.knowledge.articles import Article, ArticleQuerySet
from handrail.knowledge.feedback import RECENTLY, helped_lately, reads_lately
from handrail.knowledge.products import Product, ProductQuerySet

TUTORIALS = (Article.Kind.HOW_TO, Article.Kind.VIDEO)


@dataclass(frozen=True)
class Question:
    """An article as a question: `helped` people said in the last 30 days that it helped, `reads` read it."""

    article: Article
    helped: int
    reads: int


def common_questions(viewer: Viewer, *, product: Product | None = None, at_most: int) -> list[Question]:
    """The questions people have most, of one product or of all: pinned first, then most read, then in order."""
    articles = Article.objects.visible_to(viewer).listed().exclude(kind=Article.Kind.NEWS)
    articles = articles.filter(_of(product))
    since = (clock.now() - RECENTLY).date()
    lately = Coalesce(Sum("readings__reads", filter=Q(readings__day__gte=since)), 0)
    ordered = articles.annotate(lately=lately).order_by("-is_pinned", "-lately", "position", "pk")
    return questions(list(ordered.values_list("pk", flat=True)[:at_most]), viewer)


def questions(ids: list[int], viewer: Viewer) -> list[Question]:
    """The articles of `ids` that the viewer may read, in that order, with how many people each helped."""
    found = {
        article.pk: article
        for article in Article.objects.visible_to(viewer).filter(pk__in=ids).with_published()
    }
    kept = [pk for pk in ids if pk in found]
    helped, reads = helped_lately(kept), reads_lately(kept)
    return [Question(found[pk], helped.get(pk, 0), reads.get(pk, 0)) for pk in kept]


def latest_news(
    viewer: Viewer, *, product: Product | None = None, at_most: int, skip: int = 0
) -> list[Article]:
    """News that has not ended, of one product or of all, the newest first: each with `first_public`, its day in any language."""
    news = Article.objects.visible_to(viewer).listed().filter(kind=Article.Kind.NEWS).with_published()
    news = news.filter(_of(product))
    # As Translation.public_since says it, so that the days on a page fall in their order.
    since = Least(
        "translations__published_at", Coalesce("translations__updated_at", "translations__published_at")
    )
    first = Min(since, filter=Q(translations__published__isnull=False))
    ordered = news.annotate(first_public=first).order_by("-first_public", "-pk")
    return list(ordered[skip : skip + at_most])


def tutorials(viewer: Viewer, *, product: Product | None = None) -> ArticleQuerySet:
    """What shows how something is done, in writing or as a film, of one product or of all."""
    found = Article.objects.visible_to(viewer).listed().filter(kind__in=TUTORIALS)
    return found.filter(_of(product))


def with_tutorials(viewer: Viewer) -> ProductQuerySet:
    """The products this viewer finds how-tos under, each with how many: `how_tos`."""
    found = tutorials(viewer).order_by().values("pk")
    holding = Product.objects.filter(topics__articles__in=found)
    return holding.annotate(how_tos=Count("topics__articles")).with_texts()


def _of(product: Product | None) -> Q:
    """Articles of a product, or of every one that was not put away."""
    return Q(topic__product=product) if product else Q(topic__product__put_away_at=None)
