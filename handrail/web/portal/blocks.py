"""What each block of the home page shows. A room that brings a block adds its line here and its file in templates/portal/blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article, FaqSet, Product, Topic, Troubleshooter
from handrail.knowledge.queries import common_questions, latest_news, with_tutorials
from handrail.web.portal.design import design_of

QUESTIONS_MAX, NEWS_MAX, TREES_MAX, SETS_MAX, FILMS_MAX = 8, 4, 4, 6, 4
# Beside each other where one follows the other.
NARROW = frozenset({"questions", "news"})


@dataclass(frozen=True)
class Shown:
    """A block with what it shows; `heading` is its author's, "" for the usual words."""

    code: str
    heading: str
    content: Any


def rows(request: HttpRequest, locale: str) -> list[list[Shown]]:
    """The blocks that are on and have something to show, in their order; those of one row stand beside each other."""
    design = design_of(request)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    shown: list[list[Shown]] = []
    for block in design.blocks:
        if not block.on:
            continue
        content = GATHER[block.code](viewer, locale)
        if not content:
            continue
        one = Shown(block.code, block.heading.get(locale, ""), content)
        beside = shown and block.code in NARROW and len(shown[-1]) == 1 and shown[-1][0].code in NARROW
        if beside:
            shown[-1].append(one)
        else:
            shown.append([one])
    return shown


def shelves(viewer: Viewer, locale: str = "") -> list[tuple[Product, list[Topic]]]:
    """Each product with its topics, in their order."""
    topics: dict[int, list[Topic]] = defaultdict(list)
    for topic in Topic.objects.visible_to(viewer).topmost().with_texts():
        topics[topic.product_id].append(topic)
    return [
        (product, topics[product.pk]) for product in Product.objects.visible_to(viewer).listed().with_texts()
    ]


def products(viewer: Viewer, locale: str) -> list[Product]:
    return list(Product.objects.visible_to(viewer).listed().with_texts())


def faq_sets(viewer: Viewer, locale: str) -> list[FaqSet]:
    return list(FaqSet.objects.visible_to(viewer).listed().prefetch_related("texts")[:SETS_MAX])


def trees(viewer: Viewer, locale: str) -> list[Any]:
    from handrail.web.portal.troubleshooters import by_product

    found = list(Troubleshooter.objects.visible_to(viewer).listed()[:TREES_MAX])
    return [article for _product, articles in by_product(found) for article in articles]


def tutorials(viewer: Viewer, locale: str) -> list[Product]:
    return list(with_tutorials(viewer))


def videos(viewer: Viewer, locale: str) -> list[Article]:
    from handrail.web.portal.films import of_everything

    return list(of_everything(viewer)[:FILMS_MAX])


def always(viewer: Viewer, locale: str) -> bool:
    return True


GATHER: dict[str, Callable[[Viewer, str], Any]] = {
    "search": always,
    "products": products,
    "questions": lambda viewer, locale: common_questions(viewer, at_most=QUESTIONS_MAX),
    "news": lambda viewer, locale: latest_news(viewer, at_most=NEWS_MAX),
    "troubleshooters": trees,
    "tutorials": tutorials,
    "videos": videos,
    "faq": faq_sets,
    "topics": shelves,
    "requests": always,
    "contact": always,
}
