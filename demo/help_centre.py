"""Products, topics, articles with their pictures, and FAQ sets: what people read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from demo.data import HERE, days_before, in_seoul, load, products
from handrail.accounts.models import Team
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.faq import FaqSet
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.report import Report
from handrail.knowledge.importing.run import run
from handrail.knowledge.products import Product, Topic
from handrail.workspace.models import Brand

NEWS_DAYS_AGO, NEWS_HOUR = (5, 19, 47, 82), 10


def offer_products(brand: Brand, teams: dict[str, Team]) -> dict[str, Product]:
    """Make every product with its topics and, by `teams`, who answers for it. Returns slug -> product."""
    offered = {}
    for said in products():
        product = Product.offer(
            brand,
            said["slug"],
            names=said["name"],
            descriptions=said["description"],
            kind=Product.Kind.SERVICE if said["kind"] == "service" else Product.Kind.PRODUCT,
            icon=said["icon"],
            position=said["position"],
            team=teams.get(said["slug"]),
            by=SYSTEM,
        )
        for topic in said["topics"]:
            Topic.offer(
                product,
                topic["slug"],
                names=topic["name"],
                descriptions=topic["description"],
                role=topic["role"],
                position=topic["position"],
                by=SYSTEM,
            )
        offered[said["slug"]] = product
    return offered


def import_articles(brand: Brand, *, progress: Callable[[int, int, str], None]) -> Report:
    """Bring in demo/articles, as an operator would with `handrail import`. Films may lie in demo/media."""
    return run(HERE / "articles", brand=brand, choices=Choices(beside=HERE), by=SYSTEM, progress=progress)


def date_the_news(articles: dict[str, Article], now: datetime) -> int:
    """Let the news have come out one after the other over the last months, in the order their files tell. Returns how many."""
    news = [article for article in articles.values() if article.kind == Article.Kind.NEWS]
    news.sort(key=lambda article: max(text.updated_at for text in article.translations.all()), reverse=True)
    for article, days in zip(news, NEWS_DAYS_AGO, strict=True):
        came_out = in_seoul(days_before(now, days), hour=NEWS_HOUR, minute=0)
        article.translations.update(published_at=came_out, updated_at=came_out)
    return len(news)


def by_name() -> dict[str, Article]:
    """File name without language and folders -> its article; the names the other files of the demo use."""
    found = Article.objects.filter(source__startswith="folder:articles/").with_published()
    return {article.source.rpartition("/")[2]: article for article in found}


def offer_faq_sets(brand: Brand, offered: dict[str, Product], articles: dict[str, Article]) -> int:
    """Make the FAQ sets of faq_sets.yaml. Returns how many."""
    sets = load("faq_sets.yaml")
    for position, said in enumerate(sets, start=1):
        FaqSet.offer(
            brand,
            said["slug"],
            names=said["name"],
            descriptions=said["description"],
            product=offered[said["product"]] if said["product"] else None,
            audience=said["audience"],
            position=position,
            articles=[articles[name] for name in said["articles"]],
            by=SYSTEM,
        )
    return len(sets)
