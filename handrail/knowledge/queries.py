"""What several screens ask of several tables: the questions people have most, and the news."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article
from handrail.knowledge.feedback import helped_lately, reads_lately
from handrail.knowledge.products import Product


@dataclass(frozen=True)
class Question:
    """An article as a question: `helped` people said in the last 30 days that it helped, `reads` read it."""

    article: Article
    helped: int
    reads: int


def common_questions(viewer: Viewer, *, product: Product | None = None, at_most: int) -> list[Question]:
    """The questions people have most, of one product or of all: pinned first, then most read, then in order."""
    articles = Article.objects.visible_to(viewer).exclude(kind=Article.Kind.NEWS)
    if product is not None:
        articles = articles.filter(topic__product=product)
    standing = list(articles.values_list("pk", "is_pinned", "position"))
    reads = reads_lately([pk for pk, _pinned, _position in standing])
    standing.sort(key=lambda row: (not row[1], -reads.get(row[0], 0), row[2], row[0]))
    return questions([pk for pk, _pinned, _position in standing[:at_most]], viewer)


def questions(ids: list[int], viewer: Viewer) -> list[Question]:
    """The articles of `ids` that the viewer may read, in that order, with how many people each helped."""
    found = {
        article.pk: article
        for article in Article.objects.visible_to(viewer).filter(pk__in=ids).with_published()
    }
    kept = [pk for pk in ids if pk in found]
    helped, reads = helped_lately(kept), reads_lately(kept)
    return [Question(found[pk], helped.get(pk, 0), reads.get(pk, 0)) for pk in kept]


def latest_news(viewer: Viewer, *, product: Product | None = None, at_most: int) -> list[Article]:
    """News, the newest first."""
    news = Article.objects.visible_to(viewer).filter(kind=Article.Kind.NEWS).with_published()
    if product is not None:
        news = news.filter(topic__product=product)
    return sorted(news, key=_first_published, reverse=True)[:at_most]


def _first_published(article: Article) -> float:
    return min(text.published_at.timestamp() for text in article.translations.all() if text.published_at)
