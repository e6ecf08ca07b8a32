"""Everything that shows how something is done, by product and topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article, Product, Topic
from handrail.knowledge.queries import tutorials, with_tutorials
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.scope import chosen
from handrail.web.portal.topics import summary
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES

ON_A_PAGE = 60

Topics = Mapping[int, Topic]
Row = tuple[Article, str]
Shelf = tuple[Product, list[tuple[list[str], Topic, list[Row]]]]


@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/tutorials?product=<number>&skip=<how many come before>"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    product = chosen(request)
    topics = {topic.pk: topic for topic in Topic.objects.visible_to(viewer).with_texts()}
    ids = in_order(viewer, product, topics)
    skip = _skip(request, len(ids))

    def at(code: str, skip: int = 0) -> str:
        return query(addresses.tutorials(code), product=product.pk if product else "", skip=skip or "")

    return show(
        request,
        "portal/tutorials.html",
        Frame(
            path=addresses.tutorials(locale),
            languages={code: addresses.tutorials(code) for code in LOCALES},
            switch={code: at(code, skip) for code in LOCALES},
            scope=product,
            robots="noindex" if skip else "",
        ),
        locale=locale,
        product=product,
        count=len(ids),
        shelves=shelves(viewer, ids[skip : skip + ON_A_PAGE], topics, locale),
        by_product=choices(viewer, product, locale),
        earlier=at(locale, max(skip - ON_A_PAGE, 0)) if skip else "",
        later=at(locale, skip + ON_A_PAGE) if len(ids) > skip + ON_A_PAGE else "",
    )


def in_order(viewer: Viewer, product: Product | None, topics: Topics) -> list[int]:
    """The ids of a product's how-tos, or of all, in the order of products, of topics as these are nested, of each topic."""
    found = tutorials(viewer, product=product).order_by("position", "pk").values_list("pk", "topic")
    rows = [(pk, topics[topic]) for pk, topic in found if topic in topics]
    return [pk for pk, _topic in sorted(rows, key=lambda row: _place(row[1], topics))]


def shelves(viewer: Viewer, ids: Sequence[int], topics: Topics, locale: str) -> list[Shelf]:
    """Products, each with its topics: their names from the topmost down, the topic, its articles with their first words."""
    loaded = Article.objects.visible_to(viewer).with_published().in_bulk(ids)
    articles = [loaded[pk] for pk in ids if pk in loaded]

    def shelf(topic: Topic, below: list[Article]) -> tuple[list[str], Topic, list[Row]]:
        names = [each.name(locale) for each in _down_to(topic, topics)]
        return names, topic, [(article, summary(article, locale)) for article in below]

    return [
        (product, [shelf(topic, list(below)) for topic, below in groupby(below, lambda one: one.topic)])
        for product, below in groupby(articles, lambda one: one.topic.product)
    ]


def choices(viewer: Viewer, chosen: Product | None, locale: str) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is chosen) of each product that has how-tos."""
    path, found = addresses.tutorials(locale), list(with_tutorials(viewer))
    if chosen and chosen not in found:
        found.append(chosen)
    return [
        (one.name(locale), query(path, product="" if one == chosen else one.pk), one == chosen)
        for one in found
    ]


def _down_to(topic: Topic, topics: Topics) -> list[Topic]:
    above = topics.get(topic.parent_id or 0)
    return [*(_down_to(above, topics) if above else []), topic]


def _place(topic: Topic, topics: Topics) -> tuple[tuple[int, int], ...]:
    product = (topic.product.position, topic.product.pk)
    return (product, *((each.position, each.pk) for each in _down_to(topic, topics)))


def _skip(request: HttpRequest, count: int) -> int:
    """How many come before this page; none where the address says more than there are."""
    said = request.GET.get("skip", "")
    skip = int(said) if said.isdecimal() and len(said) < 6 else 0
    return skip if skip < count else 0
