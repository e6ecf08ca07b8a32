"""One topic and every article in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from handrail.knowledge.models import Article, Topic
from handrail.web.portal import addresses, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.reading import lead


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/sections/<id>-<slug>"""
    viewer = request.viewer  # type: ignore[attr-defined]
    topic = get_object_or_404(Topic.objects.visible_to(viewer).with_texts(), pk=id)
    path = addresses.topic(topic, locale)
    if redirect := addresses.put_right(request, path):
        return redirect
    found = Article.objects.visible_to(viewer).filter(topic=topic).with_published()
    languages = in_every_locale(path, locale)
    trail = [(topic.product.name(locale), addresses.product(topic.product, locale)), (topic.name(locale), "")]
    return show(
        request,
        "portal/topic.html",
        Frame(path=path, languages=languages, switch=languages, scope=topic.product),
        locale=locale,
        topic=topic,
        trail=trail,
        articles=[(article, summary(article, locale)) for article in found],
        siblings=[
            each
            for each in Topic.objects.visible_to(viewer).filter(product=topic.product).with_texts()
            if each != topic
        ],
        data=[structured.breadcrumb(trail, path, locale)],
    )


def summary(article: Article, locale: str) -> str:
    """The first words of the text a reader of `locale` would get."""
    text = article.published(locale)
    return lead(text.published.text, letters_max=110) if text and text.published else ""
