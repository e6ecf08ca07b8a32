"""One product: its common questions, first steps, problems, every topic, and the way to us. Always in that order."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article, FaqSet, Product, Topic
from handrail.knowledge.queries import common_questions, latest_news, tutorials
from handrail.web.portal import addresses, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show

QUESTIONS_MAX = 6
STEPS_MAX = 6
NEWS_MAX = 2


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/products/<id>-<slug>"""
    viewer = request.viewer  # type: ignore[attr-defined]
    product = get_object_or_404(Product.objects.visible_to(viewer).with_texts(), pk=id)
    path = addresses.product(product, locale)
    if redirect := addresses.put_right(request, path):
        return redirect
    topics = list(Topic.objects.visible_to(viewer).filter(product=product).topmost().with_texts())
    languages = in_every_locale(path, locale)
    trail = [(product.name(locale), "")]
    return show(
        request,
        "portal/product.html",
        Frame(path=path, languages=languages, switch=languages, scope=product),
        locale=locale,
        product=product,
        trail=trail,
        questions=common_questions(viewer, product=product, at_most=QUESTIONS_MAX),
        faq_sets=list(FaqSet.objects.visible_to(viewer).filter(product=product).prefetch_related("texts")),
        starting=in_role(viewer, product, Topic.Role.START),
        how_tos=tutorials(viewer, product=product).count(),
        problems=in_role(viewer, product, Topic.Role.PROBLEM),
        topics=counted(viewer, topics),
        news=latest_news(viewer, product=product, at_most=NEWS_MAX),
        data=[structured.breadcrumb(trail, path, locale, request.brand)],  # type: ignore[attr-defined]
    )


def in_role(viewer: Viewer, product: Product, role: str) -> list[Article]:
    """The articles under the product's topics of one role, in their order."""
    found = (
        Article.objects.visible_to(viewer)
        .listed()
        .filter(topic__product=product, topic__role=role)
        .with_published()
    )
    return list(found.order_by("topic__position", "position", "pk")[:STEPS_MAX])


def counted(viewer: Viewer, topics: list[Topic]) -> list[tuple[Topic, int]]:
    """Each topic with how many articles the viewer would find in it and below it."""
    counts = {topic.pk: 0 for topic in topics}
    visible = Article.objects.visible_to(viewer).listed().order_by()
    for way in ("topic", "topic__parent", "topic__parent__parent"):
        found = visible.filter(**{f"{way}__in": topics}).values_list(way).annotate(Count("pk"))
        for pk, count in found:
            counts[pk] += count
    return [(topic, counts[topic.pk]) for topic in topics]
